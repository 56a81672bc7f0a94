"""Reports 2 and 3 against the examples worked by hand; what they are refused for; what they lack."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from sgo_sheets.records.journal_books import Release
from sgo_sheets.reports import homeroom_period, preliminary
from sgo_sheets.reports.declared import ClassReport
from sgo_sheets.reports.document import Document, Place, Refused
from sgo_sheets.reports.forecast import average_of, mark_by
from sgo_sheets.reports.workbook import workbook_of
from sgo_sheets.rules.settings import MARK_BOUNDS, mark_bounds
from sgo_sheets.school.model import ClassBook, ClassTeacherBook
from sgo_sheets.school.regulation import Regulation, WorkKindOf
from tests.reports.period_school import case, lines, school_of, text, told, written
from tests.school.small import rows

TIMETABLE = {
    "Расписание": [
        {"weekday": "пн", "number": 1, "cells": {"5А": "Математика"}},
        {"weekday": "пн", "number": 2, "cells": {"5А": "Английский язык"}},
        {"weekday": "ср", "number": 1, "cells": {"5А": "Математика"}},
    ]
}
KINDS = (WorkKindOf("контрольная работа", "к", 3), WorkKindOf("ответ на уроке", "о", 1))


def _book(number: str, entries: str, **changes: Any) -> ClassBook:
    found = school_of(
        case(number, "Кто в классе"), case(number, "Итоги"), case(number, entries), **{"timetable": TIMETABLE} | changes
    ).book("5А")
    assert found is not None
    return dataclasses.replace(found, regulation=Regulation(kinds=KINDS))


def _two(**changes: Any) -> ClassBook:
    return _book("02", "Пропуски", **changes)


def _three(**changes: Any) -> ClassBook:
    return _book("03", "Отметки", **changes)


def _made(report: ClassReport, book: ClassBook, period: str = "2 четверть") -> Document | Refused:
    return report.make(book, next(span for span in report.spans(book) if span.name == period))


def _document(report: ClassReport, book: ClassBook, period: str = "2 четверть") -> Document:
    found = _made(report, book, period)
    assert isinstance(found, Document)
    return found


def _without_periods(expected: list[dict[str, str]]) -> list[list[str]]:
    return [list(line.values()) for line in expected]


def test_the_figures_are_as_worked_by_hand_with_the_previous_period_beside_them() -> None:
    assert lines(_document(homeroom_period.REPORT, _two()).tables[0]) == case("02", "Ожидается: показатели")


def test_the_pupils_behind_the_numbers_stand_by_category_with_their_subjects() -> None:
    book = _two()
    assert lines(_document(homeroom_period.REPORT, book).tables[1]) == case("02", "Ожидается: обучающиеся")
    first = _document(homeroom_period.REPORT, book, "1 четверть")
    assert lines(first.tables[1]) == case("02", "Ожидается: обучающиеся 1 четверти")


def test_the_first_period_has_nothing_beside_it() -> None:
    table = _document(homeroom_period.REPORT, _two(), "1 четверть").tables[0]
    assert [column.title for column in table.columns] == ["Показатель", "1 четверть"]
    expected = [[line["Показатель"], line["1 четверть"]] for line in case("02", "Ожидается: показатели")]
    assert _without_periods(lines(table)) == expected


def test_the_workbook_holds_the_same_numbers_as_numbers_and_its_sums_agree() -> None:
    rows = written(_document(homeroom_period.REPORT, _two()))
    found = [[text(value) for value in row] for row in rows]
    assert found == _without_periods(case("02", "Ожидается: показатели"))
    for column in (1, 2):
        of = {row[0]: row[column] for row in rows}
        assert of["На начало периода"] + of["Прибыло"] - of["Выбыло"] == of["На конец периода"]
        parts = ("Успевают на «5»", "Успевают на «4» и «5», всего", "Успевают с одной «3»")
        rest = ("Успевают на «3», «4» и «5»", "Неуспевающие, всего", "Нет данных: отметок нет")
        assert sum(of[name] for name in (*parts, *rest)) == of["На конец периода"]
        reasons = ("по болезни", "по уважительной причине", "без уважительной причины", "без указанной причины")
        assert sum(of[f"Уроков {name}"] for name in reasons) == of["Уроков, всего"]


def test_what_report_2_lacks_names_the_cell_and_who_owes_it() -> None:
    assert told(_document(homeroom_period.REPORT, _two()).lacks) == case("02", "Ожидается: данные неполны")


def test_a_period_without_marks_is_refused_by_the_name_of_the_report() -> None:
    refused = _made(homeroom_period.REPORT, _two(), "Год")
    assert isinstance(refused, Refused)
    assert (refused.number, refused.title) == (2, "Отчёт классного руководителя за учебный период")
    assert "Не выставлено ни одной отметки" in refused.reason


def test_the_year_stands_beside_its_last_period() -> None:
    marks = [line | {"Период": "Год"} for line in case("02", "Итоги") if line["Период"] == "1 четверть"]
    found = school_of(case("02", "Кто в классе"), [*case("02", "Итоги"), *marks]).book("5А")
    assert found is not None
    columns = _document(homeroom_period.REPORT, found, "Год").tables[0].columns
    assert [column.title for column in columns] == ["Показатель", "Год", "2 четверть", "Изменение"]


@pytest.mark.parametrize("report", [homeroom_period.REPORT, preliminary.REPORT])
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"grade": 1}, "В 1 классе отметок нет"),
        ({"roll": None}, "Список класса не прочитан"),
        ({"roll": ()}, "нет ни одного обучающегося"),
        ({"journals": ()}, "ни одной отметки"),
    ],
)
def test_a_report_without_data_is_refused_with_the_reason(
    report: ClassReport, change: dict[str, Any], reason: str
) -> None:
    found = _made(report, dataclasses.replace(_three(), teacher_book=None, **change))
    assert isinstance(found, Refused)
    assert found.number == report.number
    assert found.title == report.name
    assert reason in found.reason


def test_the_preliminary_marks_are_as_worked_by_hand() -> None:
    document = _document(preliminary.REPORT, _three())
    assert lines(document.tables[1]) == case("03", "Ожидается: обучающиеся")


def test_the_preliminary_figures_are_as_worked_by_hand() -> None:
    document = _document(preliminary.REPORT, _three())
    expected = case("03", "Ожидается: показатели")
    names = {line["Показатель"] for line in expected}
    assert [line for line in lines(document.tables[0]) if line["Показатель"] in names] == expected
    assert "Сравнить не с чем: отметок за период «1 четверть» нет." in document.notes
    number = next(row for row in written(document) if row[0] == "Успеваемость по обучающимся, %")
    assert number[1] == 80


def test_who_has_too_few_marks_is_as_worked_by_hand() -> None:
    table = _document(preliminary.REPORT, _three()).tables[2]
    assert lines(table) == case("03", "Ожидается: мало отметок")


def test_who_is_released_for_the_whole_period_has_not_too_few_marks() -> None:
    release = {"pupil": "К-105", "name": "Рощина Дарья", "subject": "Английский язык"}
    own = dataclasses.replace(ClassTeacherBook(""), releases=rows("", Release, release))
    book = dataclasses.replace(_three(), teacher_book=own)
    table = _document(preliminary.REPORT, book).tables[2]
    assert "Рощина Дарья" not in [line["Обучающийся"] for line in lines(table)]


def test_the_year_has_no_preliminary_report() -> None:
    assert [span.name for span in preliminary.REPORT.spans(_three())] == ["1 четверть", "2 четверть"]


def test_the_marks_of_a_closed_period_are_those_set() -> None:
    """Report 3 of a period whose marks are all set says what report 2 says."""
    book = _two()
    two, three = (_document(report, book, "1 четверть") for report in (homeroom_period.REPORT, preliminary.REPORT))
    assert [row.cells for row in two.tables[0].rows] == [row.cells for row in three.tables[0].rows]
    assert [row.cells for row in two.tables[1].rows] == [row.cells[:5] for row in three.tables[1].rows]
    assert len(three.tables) == 2


def test_a_journal_that_was_not_read_is_named_by_the_preliminary_report() -> None:
    book = _three()
    journals = tuple(
        dataclasses.replace(one, grid=None) if one.key.subject == "Математика" else one for one in book.journals
    )
    document = _document(preliminary.REPORT, dataclasses.replace(book, journals=journals))
    assert told(document.lacks)[0] == {
        "Чего не хватает": "Математика: отметки прочитаны не все",
        "Кто": "Полянский О. Л.",
        "Где": "Журналы/5А/Математика.xlsx › Отметки",
    }
    assert len([lack for lack in document.lacks if lack.at.sheet == "Отметки"]) == 1


def test_a_subject_without_one_mark_is_named_by_the_preliminary_report() -> None:
    entries = [line for line in case("03", "Отметки") if line["Предмет"] == "Математика"]
    found = school_of(case("03", "Кто в классе"), case("03", "Итоги"), entries, timetable=TIMETABLE).book("5А")
    assert found is not None
    assert _document(preliminary.REPORT, found).lacks[0].what == "Английский язык: нет ни одной отметки"


@pytest.mark.parametrize(
    ("average", "mark"), [("2.49", 2), ("2.5", 3), ("3.499", 3), ("3.5", 4), ("4.4999", 4), ("4.5", 5), ("1", 2)]
)
def test_a_mark_by_its_average(average: str, mark: int) -> None:
    assert mark_by(Fraction(average), mark_bounds(Regulation())) == mark


def test_the_bounds_are_a_switch_and_nonsense_is_the_default() -> None:
    own = Regulation(settings={MARK_BOUNDS.name: "2,6; 3,6; 4,6"})
    assert mark_bounds(own) == (Fraction("2.6"), Fraction("3.6"), Fraction("4.6"))
    for text_ in ("", "4,5; 3,5; 2,5", "2,5", "много", "25; 35; 45", "1; 3; 5"):
        wrong = Regulation(settings={MARK_BOUNDS.name: text_})
        assert mark_bounds(wrong) == (Fraction("2.5"), Fraction("3.5"), Fraction("4.5"))


def test_weights_that_are_fractions_are_exact_and_may_be_left_out() -> None:
    digits = [(4, 0.1), (5, 0.1), (4, 0.1), (5, 0.1)]
    assert average_of(digits, weighted=True) == Fraction(9, 2)
    assert average_of([(5, 3.0), (2, 1.0)], weighted=False) == Fraction(7, 2)
    assert average_of([(5, 0.0)], weighted=True) is None


def test_the_same_class_gives_the_same_bytes() -> None:
    for report in (homeroom_period.REPORT, preliminary.REPORT):
        documents = [_document(report, _two()) for _ in range(2)]
        assert workbook_of(documents[0], None) == workbook_of(documents[1], None)
        for row in (row for table in documents[0].tables for row in table.rows if row.place is Place.LINE):
            assert all(isinstance(value, (int, str, Decimal, type(None))) for value in row.cells)
