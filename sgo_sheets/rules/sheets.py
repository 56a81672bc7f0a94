"""The sheets of a blank Регламент.xlsx that are filled from the rules: «Сроки» and «Настройки»."""

from __future__ import annotations

from sgo_sheets.records.catalog import Rows
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.rule import Rule
from sgo_sheets.rules.settings import SWITCHES
from sgo_sheets.rules.terms import DATE
from sgo_sheets.russian import month_day


def term_rows() -> Rows:
    """Return «Сроки»: a row for each rule of the regulation, with the numbers the program starts from."""
    return Rows(tuple(_term(rule) for rule in RULES))


def _term(rule: Rule) -> dict[str, Raw]:
    due = rule.due
    value: Raw = None if due is None else due.count
    if due is not None and due.unit == DATE:
        value = due.date or (month_day(*due.every) if due.every else None)
    return {
        "Код правила": rule.code,
        "Пункт": rule.clause,
        "Требование": rule.title,
        "Ответственный": rule.role.label,
        "Срок": "" if due is None else str(due),
        "Значение": value,
        "Единица": "" if due is None else due.unit,
        "Важность": rule.severity.label,
        "Проверять": "да",
    }


def setting_rows() -> Rows:
    """Return «Настройки»: every switch the program knows, with its default."""
    return Rows(tuple({"Показатель": switch.name, "Значение": switch.default} for switch in SWITCHES))
