"""An invented school into whose workbooks somebody typed formulas, HTML and scripts wherever a text may stand."""

from __future__ import annotations

from functools import cache
from zlib import crc32

from sgo_sheets.records.base import Column, Record
from sgo_sheets.school.model import School
from tests.reports.demo_pages import TWO_CLASSES, read_changed

FORMULAS = ("=", "+", "-", "@")
ATTACKS = (
    '=HYPERLINK("http://x";"y")',
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "#N/A",
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" onmouseover="alert(1)',
    "</td></tr></table></main><form>",
    "javascript:alert(1)",
    "{{школа}}{{ 7*7 }}{% raw %}",
    "&lt;b&gt;&#60;i&#62;<!--",
)
"""What is put before every free text."""
LINKED = ("=1+1", "+1", "-1", "@SUM", "<img src=x onerror=alert>", "\"'><svg onload=alert>", "[]:*?")
"""What is put before a name other cells refer to: without the signs by which several names in one cell are told
apart."""
_KEPT = """
Учебный год, Код правила, Пункт, Требование, Показатель, Логин, Уроки, Вариант, КТП, Набор, Набор звонков, Классы,
Класс, Из класса, В класс, Класс на начало года, Поток, Группа, Вид работы, Вид, Код, Сотрудник, Учитель, Заменяет,
№ личного дела
"""
KEPT = frozenset(" ".join(_KEPT.split()).split(", "))
"""Columns that hold a word of a list, a number or the name of something this school does not rename."""
KEPT_SHEETS = frozenset({"Отчёты", "Показатели", "Виды работ"})
TYPED = frozenset({"read_text", "read_name", "read_code"})


@cache
def hostile_school() -> School:
    """Return the school; subjects and periods are renamed wherever they are named, so that it still hangs together."""
    known = read_changed(TWO_CLASSES)
    periods = {period.name for book in known.books for period in book.periods if period.name != "Год"}
    linked = {name: f"{LINKED[at % len(LINKED)]} {name}" for at, name in enumerate(sorted({*known.subjects, *periods}))}
    linked["Классное руководство"] = "Классное руководство"
    pupils = {one.name: f"{_before(one.card.surname)} {_before(one.card.first_name)}" for one in known.pupils.values()}
    longest = sorted(linked, key=len, reverse=True)

    def typed(path: str, record: type[Record] | None, column: Column | None, text: str) -> str:
        if text in pupils:
            return pupils[text]
        if record is None:
            return _before(text)
        if text in linked and (column is None or column.header not in KEPT):
            return linked[text]
        if column is None or column.rest:
            # A cell of the timetable may name several subjects with their groups.
            named = next((name for name in longest if name in text), "") if path.startswith("Расписание") else ""
            return text.replace(named, linked[named]) if named else text
        if record.sheet in KEPT_SHEETS or column.header in KEPT or _reader(record, column) not in TYPED:
            return text
        return _before(text)

    return read_changed(TWO_CLASSES, typed)


def attack(text: str) -> str:
    """Return what is put before a text: every time the same."""
    return ATTACKS[crc32(text.encode()) % len(ATTACKS)]


def _before(text: str) -> str:
    return f"{attack(text)} {text}"


def _reader(record: type[Record], column: Column) -> str:
    found = (getattr(one, "func", None) for one in record.model_fields[column.field].metadata)
    return next((reader.__name__ for reader in found if reader), "")
