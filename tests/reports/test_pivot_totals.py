"""Reports of the constructor put together of what classes give are those counted over the whole school at once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgo_sheets.demo.world import Spec
from sgo_sheets.records.journal_books import AbsenceReason
from sgo_sheets.records.regulation_book import CustomReport
from sgo_sheets.records.report_tables import BY_NAME, COUNT, SHARE, SUM
from sgo_sheets.reports import pivot_totals
from sgo_sheets.reports.custom_document import REPORT
from sgo_sheets.reports.pivot import Pivot
from sgo_sheets.reports.pivot_totals import keys_of, pack_pivots, pivots_of, school_pivot, unpack_pivots
from sgo_sheets.reports.table_rows import OF_CLASSES, table_rows
from sgo_sheets.reports.table_words import Line
from sgo_sheets.reports.totals import ClassTotals
from sgo_sheets.school.custom import CustomSpec, custom_reports
from sgo_sheets.school.model import School
from tests.reports.demo_pages import read_changed
from tests.school import small
from tests.school.small import d, rows

SCHOOL = Spec(classes=4, pupils=32, seed=11, on=dt.date(2026, 11, 24))
FIELDS = {column.header: column.field for column in CustomReport.columns()}
CONDITIONS = {
    "отметки": ("Пол = ж", "Отметка от 3", "Дата с 05.10.2026 по 20.11.2026", "Запись = зач", "Группа не пусто"),
    "пропуски": ("Причина не = ОП", "Урок > 2", "День недели = пятница", "Обучающийся содержит а", "Урок пусто"),
    "уроки": ("Состояние = дан", "Тема урока пусто", "Месяц = октябрь 2026", "Параллель > 4"),
    "итоги": ("Период = 1 четверть", "Отметка не пусто", "Запись пусто", "Отметка < 4"),
}


@cache
def demo() -> School:
    """Return an invented school with a stream."""
    return read_changed(SCHOOL)


@cache
def moved() -> School:
    """Return two classes with a stream of both: К-102 goes from 5А to 5Б on 12 October.

    Both class teachers explain what he missed, each the days of the other too: only the own class, or the one he came
    from, is believed.
    """
    maths = {"5А": {0: "5 4", 1: "н", 2: "н"}, "5Б": {0: "2", 1: "3", 2: "н"}}
    cards = [("5А", "К-101", "Берёзкина", "ж"), ("5А", "К-102", "Луговой", "м"), ("5Б", "К-111", "Дубовой", "м")]
    order = {"number": "7", "date": d("12.10"), "event": d("12.10"), "type": "Перевод из класса в класс"}
    pupils = {("К-101", "Берёзкина Саша"): {0: "4", 2: "УП"}, ("К-111", "Дубовой Саша"): {1: "5", 2: "ОП"}}
    dates = ("05.10", "08.10", "15.10")
    journals = [
        small.journal(name, dates=dates, pupils={**pupils, ("К-102", "Луговой Саша"): own})
        for name, own in maths.items()
    ]
    both = {**pupils, ("К-102", "Луговой Саша"): {0: "5", 2: "4"}}
    journals.append(small.journal("5АБ", "Музыка", dates=dates, pupils=both))
    for name, first, reason in (("5А", "01.10", "УП"), ("5Б", "01.10", "Б")):
        book = small.class_teacher_book(name)
        row = {"pupil": "К-102", "since": d(first), "until": d("30.10"), "reason": reason}
        reasons = rows(book.path, AbsenceReason, row)
        journals.append(replace(book, tables={**book.tables, AbsenceReason.sheet: reasons}))
    return small.school(
        classes=[{"name": name, "grade": 5, "school_week": 5} for name in maths],
        subjects=[{"name": "Математика"}, {"name": "Музыка"}],
        cards={
            name: [
                {"id": number, "surname": surname, "first_name": "Саша", "sex": sex, "class_at_start": name}
                for own, number, surname, sex in cards
                if own == name
            ]
            for name in maths
        },
        orders=[order | {"pupil": "К-102", "from_class": "5А", "to_class": "5Б"}],
        streams=[{"name": "5АБ", "classes": "5А, 5Б"}],
        groups=[],
        loads=[{"target": name, "subject": "Математика", "teacher": "СТ-02"} for name in maths]
        + [{"target": "5АБ", "subject": "Музыка", "teacher": "СТ-02"}],
        timetable={},
        journals=journals,
    )


@cache
def all_rows(school: Callable[[], School], table: str) -> tuple[Line, ...]:
    return tuple(table_rows(school(), table))


def spec(**written: str) -> CustomSpec:
    record = {"Название": "x", **written}
    found, wrong = custom_reports(
        rows("К.xlsx", CustomReport, {FIELDS[name]: text for name, text in record.items()}), {}
    )
    assert wrong == []
    return found[0]


@st.composite
def specs(draw: st.DrawFn) -> CustomSpec:
    table = BY_NAME[draw(st.sampled_from(sorted(OF_CLASSES)))]
    numbers = [column.name for column in table.columns if column.numeric]
    function = draw(st.sampled_from([COUNT, SUM, SHARE]))
    asked = st.sampled_from(CONDITIONS[table.name])
    laid_out = draw(st.lists(st.sampled_from(table.names), min_size=1, max_size=2, unique=True))
    written = {
        "Таблица": table.name,
        "Строки": ", ".join(laid_out),
        "Столбцы": draw(st.sampled_from(["", *table.names])),
        "Условия": "; ".join(draw(st.lists(asked, max_size=2))),
        "Функция": function,
        "Значение": {COUNT: "", SUM: draw(st.sampled_from(numbers)), SHARE: draw(asked)}[function],
    }
    return spec(**written)


def counted_at_once(one: CustomSpec, lines: Iterable[Line]) -> dict[Any, tuple[Any, ...]]:
    """Return records, counted, total, least and most of every cell, one record after the other."""
    groups: dict[Any, list[Line]] = {}
    for line in lines:
        if all(condition.accepts(line[condition.place]) for condition in one.conditions):
            column = None if one.column is None else line[one.column]
            groups.setdefault((tuple(line[place] for place in one.rows), column), []).append(line)
    found = {}
    for key, group in groups.items():
        values = [line[one.value] for line in group] if one.value is not None else []
        numbers = [Fraction(str(value)) for value in values if value is not None]
        good = len(numbers) if one.value is not None else len(group)
        if one.share is not None:
            good = sum(one.share.accepts(line[one.share.place]) for line in group)
        least, most = (min(numbers), max(numbers)) if numbers else (None, None)
        found[key] = (len(group), good, sum(numbers, Fraction(0)), least, most)
    return found


def cells_of(found: Pivot) -> dict[Any, tuple[Any, ...]]:
    return {key: (one.records, one.counted, one.total, one.least, one.most) for key, one in found.cells.items()}


def put_together(school: School, one: CustomSpec) -> Pivot:
    """Return the pivot of what classes give, after it has travelled as JSON."""
    packed = {book.name: json.dumps(pack_pivots(pivots_of(book, [one]))) for book in school.books}
    return school_pivot(school, {name: unpack_pivots(json.loads(text)) for name, text in packed.items()}, one)


def test_the_demo_has_what_is_hard() -> None:
    assert any(len(journal.classes) > 1 for journal in demo().journals)
    assert all(all_rows(demo, table) for table in OF_CLASSES)
    assert [stay.school_class for stay in moved().pupils["К-102"].stays] == ["5А", "5Б"]


@given(st.sampled_from([demo, moved]), specs())
@settings(max_examples=60, deadline=None)
def test_what_classes_give_is_what_the_school_has(school: Callable[[], School], one: CustomSpec) -> None:
    expected = counted_at_once(one, all_rows(school, one.table.name))
    assert cells_of(put_together(school(), one)) == expected
    assert cells_of(school_pivot(school(), {}, one)) == expected


def test_who_moved_is_counted_where_he_was_on_the_day() -> None:
    marks = put_together(moved(), spec(Таблица="отметки", Строки="Обучающийся", Столбцы="Класс", Условия="Пол = м"))
    # К-102 in 5А until 11 October: «5 4» in mathematics, «5» in music; in 5Б from the 12th: «4» in music. His «2», «3»
    # of 5Б in mathematics stand on days before he came. К-111: «5» in mathematics, «5» in music.
    numbers = {(row[0], column): cell.records for (row, column), cell in marks.cells.items()}
    assert numbers == {("Луговой Саша", "5А"): 3, ("Луговой Саша", "5Б"): 1, ("Дубовой Саша", "5Б"): 2}
    missed = put_together(moved(), spec(Таблица="пропуски", Строки="Причина", Столбцы="Класс"))
    # 8 October in 5А is of 5А's teacher (УП), 15 October in 5Б of 5Б's (Б); К-101 has two «УП», К-111 two «ОП».
    assert {(row[0], column): cell.records for (row, column), cell in missed.cells.items()} == {
        ("УП", "5А"): 3,
        ("Б", "5Б"): 1,
        ("ОП", "5Б"): 2,
    }


def test_a_report_does_not_tell_who_counted() -> None:
    school = demo()
    totals = {book.name: ClassTotals(pivots=pivots_of(book, school.custom)) for book in school.books}
    assert len(REPORT.spans(school)) == 3
    for span in REPORT.spans(school):
        assert REPORT.make(school, totals, span) == REPORT.make(school, {}, span)


def test_a_class_whose_list_is_not_read_is_counted_from_the_school() -> None:
    one = spec(Таблица="отметки", Строки="Пол")
    first, *others = demo().books
    school = replace(demo(), books=(replace(first, roll=None), *others))
    assert pivots_of(school.books[0], [one]) == dict.fromkeys(keys_of([one]))
    assert cells_of(put_together(school, one)) == cells_of(put_together(demo(), one))


def test_too_many_cells_are_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    one = spec(Таблица="отметки", Строки="Обучающийся", Столбцы="Дата")
    expected = cells_of(put_together(demo(), one))
    monkeypatch.setattr(pivot_totals, "MOST_KEPT", 10)
    assert all(cells is None for book in demo().books for cells in pivots_of(book, [one]).values())
    assert cells_of(put_together(demo(), one)) == expected


def test_what_is_known_of_a_report_is_not_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    old = spec(Таблица="отметки", Строки="Класс")
    new = spec(Таблица="отметки", Строки="Класс", Условия="Пол = ж")
    (book, *_) = demo().books
    known = pivots_of(book, [old])
    asked: list[CustomSpec] = []
    monkeypatch.setattr(pivot_totals, "_few", lambda _book, one: asked.append(one))
    assert (
        pivots_of(book, [replace(old, title="Новое название", function=SHARE), new], known=known).items()
        > known.items()
    )
    assert asked == [new]


@pytest.mark.parametrize(
    "spoilt", [{"a": 5}, {"a": [[None], [[["5А"], [[3, 1]]]]]}, {"a": [[{}], []]}, [1], {"a": [[], "x"]}]
)
def test_what_is_damaged_is_not_believed(spoilt: Any) -> None:
    with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
        unpack_pivots(spoilt)
