"""Sheets of the school of the cases, for situations told in code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sgo_sheets.findings import Finding
from sgo_sheets.rules.engine import Verdict
from tests.rules.case_files import Table, school_tables

MATHS = "Журналы/5А/Математика.xlsx"
PLAN, REGULATION, TIMETABLE, SCHOOL = "Учебный план.xlsx", "Регламент.xlsx", "Расписание.xlsx", "Школа.xlsx"
MOVEMENT, TEACHER_BOOK = "Книга движения.xlsx", "Журналы/5А/Классный руководитель.xlsx"
EXEMPTION_HEAD = ("Код правила", "Класс", "Предмет", "№ личного дела", "С", "По", "Приказ")
ORDER_HEAD = ("Приказ №", "Дата приказа", "Тип документа", "Вид", "Дата события", "№ личного дела",
              "Обучающийся", "Из класса", "В класс", "Откуда / куда", "Направление")  # fmt: skip
ORDERS = school_tables()[MOVEMENT]["Приказы"][1:]


def d(text: str) -> dt.date:
    """Return the day of the school year: «07.09»."""
    number, month = (int(part) for part in text.split("."))
    return dt.date(2026 if month >= 8 else 2027, month, number)


def lessons(*rows: tuple[str, ...]) -> Table:
    """Return «Уроки»: rows of date, topic, homework, note (the year is added)."""
    return (
        ("Дата", "Тема урока", "Домашнее задание", "Примечание"),
        *((f"{d(date):%d.%m.%Y}", *rest) for date, *rest in rows),
    )


def grid(dates: Iterable[str], pupils: Mapping[tuple[str, str], Iterable[str]]) -> Table:
    """Return «Отметки»: dates, then a row of cells for each pupil (№, name)."""
    head = ("", "", "Дата", *(f"{d(date):%d.%m.%Y}" for date in dates))
    rows = ((str(n), number, name, *cells) for n, ((number, name), cells) in enumerate(pupils.items(), 1))
    return (head, ("№", "№ личного дела", "Обучающийся"), *rows)


def sheet(workbook: str, name: str) -> Table:
    """Return a sheet of the school as it is."""
    return school_tables()[workbook][name]


def exemptions(*rows: tuple[str, ...]) -> dict[str, dict[str, Table]]:
    """Return Регламент.xlsx with these «Исключения»."""
    return {REGULATION: {"Исключения": (EXEMPTION_HEAD, *rows)}}


def terms(*rows: tuple[str, ...]) -> dict[str, dict[str, Table]]:
    """Return Регламент.xlsx with these «Сроки»: code, value, unit, weight, role, checked."""
    head = ("Код правила", "Значение", "Единица", "Важность", "Ответственный", "Проверять")
    return {REGULATION: {"Сроки": (head, *rows)}}


def causes(verdict: Verdict) -> list[Finding]:
    """Return what is said but by chapter X: its reports say once more that a journal lacks something."""
    return [finding for finding in verdict.findings if not finding.code.startswith("R10")]


def told(verdict: Verdict) -> list[tuple[str, str, str]]:
    """Return what is said: code, cell, message, as ``causes`` gives it."""
    return [(f.code, f.at.cell or f.at.sheet, f.message.replace("\u00a0", " ")) for f in causes(verdict)]


def codes(verdict: Verdict) -> list[str]:
    """Return the codes of what is said, as ``causes`` gives it."""
    return [finding.code for finding in causes(verdict)]


def unseen(verdict: Verdict) -> set[str]:
    """Return the codes of the rules that could not be checked."""
    return {finding.code for finding in verdict.unchecked}
