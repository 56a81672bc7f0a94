"""What is said of a name nobody has: the near one, or else where such names are listed."""

from __future__ import annotations

import pytest

from sgo_sheets.findings import CellRef, Role
from sgo_sheets.records.school_book import SchoolClass
from sgo_sheets.school.names import Lookup, Targets, class_lookup

AT = CellRef("Книга движения.xlsx", "Приказы", "I2")


@pytest.mark.parametrize(
    ("what", "typed", "said"),
    [
        ("предмет", "Алгебро", "предмет «Алгебро» не найден. Возможно, вы имели в виду «Алгебра»."),
        ("предмет", "Танцы", "предмет «Танцы» не найден. Исправьте здесь или впишите в лист «Предметы» книги «Школа»."),
        (
            "вид работы",
            "Танцы",
            "вид работы «Танцы» не найден. Исправьте здесь или впишите в лист «Виды работ» книги «Регламент».",
        ),
    ],
)
def test_an_unknown_name(what: str, typed: str, said: str) -> None:
    assert Lookup[None](what, {}, ("Алгебра",)).unknown(typed, AT, Role.ADMIN).message == said


def test_a_class_of_one_workbook_only() -> None:
    targets = Targets(class_lookup([SchoolClass(name="5А", grade=5)]), {"5АБ": ("5А",)})
    assert targets.unknown("6Я", AT, Role.TEACHER).message == (
        "класс или поток «6Я» не найден. "
        "Исправьте здесь или впишите в лист «Классы» книги «Школа» или «Потоки» книги «Учебный план»."
    )
