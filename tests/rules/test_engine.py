"""The engine: what could not be read is not judged, a crash is ours, terms of the school apply, order is fixed."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sgo_sheets.findings import CellRef, Datum, Kind, Problem, Problems, Role, Severity, State, Timing
from sgo_sheets.records.people_books import Account
from sgo_sheets.rules.engine import combine, judge, judge_school
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.rule import rule
from sgo_sheets.rules.terms import by_date, days_after, working_days_after
from sgo_sheets.school.model import ClassBook, Journal, School
from tests.rules.case_files import Sheets, judged, school_with
from tests.rules.small_school import (
    MATHS,
    MOVEMENT,
    PLAN,
    REGULATION,
    SCHOOL,
    TEACHER_BOOK,
    TIMETABLE,
    codes,
    d,
    grid,
    lessons,
    sheet,
    terms,
    told,
    unseen,
)

VERA, PETR = ("К-101", "Берёзкина Вера"), ("К-102", "Лугов Пётр")
TOPICS = {MATHS: {"Уроки": lessons(("07.09", "тема", "№ 1"), ("14.09", "", ""), ("21.09", "тема", "№ 1"))}}
JOURNAL_RULES = {one.code for one in RULES if one.code != "R0806"}


# What could not be read


@pytest.mark.parametrize(
    ("workbook", "missing", "silent"),
    [
        (MATHS, "Уроки", {"R0801", "R0802", "R0803", "R0804", "R0805", "R0807", "R0809", "R0811", "R0812"}),
        (MATHS, "Отметки", {"R0804", "R0805", "R0807", "R0808", "R0811", "R0812"}),
        (MATHS, "Итоги", {"R0810", "R0813", "R0814", "R0815", "R0816", "R0817"}),
        (TEACHER_BOOK, "Причины пропусков", {"R0812", "R0813", "R0814", "R0815", "R0816", "R0817"}),
        (MOVEMENT, "Приказы", {"R0805", "R0807", "R0808", "R0810", "R0811", "R0812", "R0813", "R0814", "R0815"}),
    ],
)
def test_a_sheet_that_cannot_be_read_silences_the_rules_that_need_it(
    tmp_path: Path, workbook: str, missing: str, silent: set[str]
) -> None:
    spoilt: Sheets = {workbook: {missing: (("совсем", "не", "та шапка"), ("1", "2", "3"))}}
    verdict = judged(school_with(tmp_path, spoilt), d("25.10"))
    assert [code for code in codes(verdict) if code.startswith("R")] == []
    assert silent <= unseen(verdict)
    assert all(finding.state is State.UNCHECKED for finding in verdict.unchecked)
    assert all(finding.message.startswith("не проверено: ") for finding in verdict.unchecked)


def test_exemptions_are_not_forgotten_because_their_sheet_is_broken(tmp_path: Path) -> None:
    broken: Sheets = {REGULATION: {"Исключения": (("совсем", "не та шапка"), ("R0801", "5А"))}}
    verdict = judged(school_with(tmp_path, {**TOPICS, **broken}), d("27.09"))
    assert "R0801" not in codes(verdict)
    assert unseen(verdict) >= JOURNAL_RULES


def test_a_broken_timetable_accuses_no_lesson(tmp_path: Path) -> None:
    broken: Sheets = {TIMETABLE: {"Замены": (("Число", "Кто"), ("14.09.2026", "5А"))}}
    verdict = judged(school_with(tmp_path, {**TOPICS, **broken}), d("27.09"))
    assert [code for code in codes(verdict) if code.startswith("R")] == []
    assert {"R0801", "R0802", "R0803", "R0804"} <= unseen(verdict)


def test_a_journal_without_a_load_is_said_once_and_not_judged(tmp_path: Path) -> None:
    head, homeroom, _, *first_grade = sheet(PLAN, "Нагрузка")
    school = school_with(tmp_path, {**TOPICS, PLAN: {"Нагрузка": (head, homeroom, *first_grade)}})
    verdict = judged(school, d("27.09"))
    assert set(codes(verdict)) == {"R0605", "R0611", "W0402"}, "the plan lacks a load; of the journal nothing is said"
    assert "R0801" in unseen(verdict)


@pytest.mark.parametrize(
    ("spoilt", "absent"),
    [
        ({PLAN: {"Нагрузка": (("Кто", "Что"), ("5А", "Математика"))}}, []),
        ({}, [PLAN]),
        ({"Контингент/5А.xlsx": {"Обучающиеся": (("Номер", "Имя"), ("К-101", "Вера"))}}, []),
        ({SCHOOL: {"Предметы": (("Название",), ("Математика",))}}, []),
    ],
)
def test_a_list_that_cannot_be_read_is_one_finding_and_calls_no_name_unknown(
    tmp_path: Path, spoilt: Sheets, absent: list[str]
) -> None:
    verdict = judged(school_with(tmp_path, {**TOPICS, **spoilt}, absent), d("27.09"))
    (found,) = [finding for finding in verdict.findings if finding.code.startswith("W")]
    assert found.at.workbook in ([*spoilt, *absent])
    unseen_of_journals = [finding for finding in verdict.unchecked if finding.code.startswith("R08")]
    assert len({finding.at for finding in unseen_of_journals if finding.at.workbook == PLAN}) <= 1


def test_a_lesson_whose_date_cannot_be_read_is_not_called_missing(tmp_path: Path) -> None:
    rows = lessons(("07.09", "тема", "№ 1"), ("14.09", "тема", "№ 1"), ("21.09", "тема", "№ 1"))
    wrong = (*rows[:2], ("14.09.2019", *rows[2][1:]), *rows[3:])
    verdict = judged(school_with(tmp_path, {MATHS: {"Уроки": wrong}}), d("27.09"))
    assert codes(verdict) == ["W0307"]
    assert "R0802" in unseen(verdict)
    assert any(finding.at == CellRef(MATHS, "Уроки", "A3") for finding in verdict.unchecked)


def test_a_pupil_whose_row_was_not_applied_is_not_called_missing(tmp_path: Path) -> None:
    marks = grid(["07.09", "14.09"], {("К-102", "Берёзкина Вера"): ["5", "4"], ("К-101", "Лугов Пётр"): ["", "3"]})
    verdict = judged(school_with(tmp_path, {MATHS: {"Отметки": marks}}), d("25.10"))
    assert codes(verdict) == ["W0403", "W0403"]
    assert {"R0807", "R0811", "R0812"} <= unseen(verdict)


def test_a_mark_that_cannot_be_read_is_not_called_missing(tmp_path: Path) -> None:
    marks = grid(["07.09", "21.09"], {VERA: ["5", "4,5"], PETR: ["4", ""]})
    finals = (("№ личного дела", "Обучающийся", "1 четверть"), (*VERA, "пять"), (*PETR, "4"))
    verdict = judged(school_with(tmp_path, {MATHS: {"Отметки": marks, "Итоги": finals}}), d("25.10"))
    assert [code for code in codes(verdict) if code in ("R0811", "R0813", "R0815")] == ["R0811"]
    (fortnight,) = [finding for finding in verdict.findings if finding.code == "R0811"]
    assert "29.09.2026–12.10.2026" in fortnight.message, "15.09–28.09 may hold the mark that could not be read"


# Our own faults


def crash(journal: Journal) -> Problems:
    """Падает.

    Так бывает.

    Как исправить: никак.
    """
    raise KeyError(journal.path)
    yield


def test_a_rule_that_crashes_is_our_fault_and_costs_nothing_else(tmp_path: Path) -> None:
    broken = rule("R0899", clause="8.9", role=Role.TEACHER)(crash)
    school = school_with(tmp_path, TOPICS)
    verdict = combine(judge(book, d("27.09"), (broken, *RULES)) for book in school.books)
    assert [(fault.code, fault.place) for fault in verdict.faults] == [
        ("R0899", "Журналы/1А/Математика.xlsx"),
        ("R0899", MATHS),
    ]
    assert "KeyError" in verdict.faults[0].error
    assert codes(verdict) == ["R0801"]


# A rule states the fact and the days; the engine adds the rest


def filled(book: ClassBook) -> Problems:
    """Внесённое.

    Когда внесено, знает история.

    Как исправить: вносите вовремя.
    """
    at = CellRef("Книга.xlsx", "Лист", "A1")
    for word in ("вовремя", "поздно", "между", "давно", "одно из двух"):
        data = (datum(word), datum("вовремя")) if word == "одно из двух" else (datum(word),)
        yield Problem(at, word, since=d("07.09"), met=True, data=data, subject=book.name)


def datum(word: str) -> Datum:
    return Datum("Книга.xlsx", "Лист", word, "поле")


def test_what_is_there_is_late_only_if_it_was_seen_missing_after_its_day(tmp_path: Path) -> None:
    made = rule("R0899", clause="8.9", role=Role.ADMIN, due=working_days_after(3, "события"))(filled)  # by 10.09
    timings = {
        datum("вовремя"): Timing(d("08.09"), d("10.09")),
        datum("поздно"): Timing(d("11.09"), d("12.09")),
        datum("между"): Timing(d("10.09"), d("14.09")),
        datum("одно из двух"): Timing(d("20.09"), d("21.09")),
    }
    verdict = judge(school_with(tmp_path, {}).books[1], d("01.10"), (made,), timings=timings)
    assert [(one.message, one.state, one.done_at) for one in verdict.findings] == [
        ("поздно", State.DONE_LATE, d("12.09"))
    ]
    counts = {(done.state, done.subject): number for done, number in verdict.done.items()}
    assert counts == {
        (State.DONE_IN_TIME, "5А"): 2,
        (State.DONE_LATE, "5А"): 1,
        (State.DONE_UNKNOWN, "5А"): 2,
    }


def of_school(school: School, rolls: tuple[ClassBook, ...], whole_accounts: tuple[Account, ...]) -> Problems:
    """Дело школы.

    Его ведёт классный руководитель.

    Как исправить: сделайте.
    """
    for book in rolls:
        if book.roll is not None:
            at = CellRef("Книга.xlsx", "Лист", "A1")
            said = f"{book.name}, записей: {len(whole_accounts)}, классов: {len(school.classes)}"
            yield Problem(at, said, since=d("07.09"), school_class=book.name)


OF_SCHOOL = rule("R0899", clause="8.9", role=Role.CLASS_TEACHER, due=by_date(15, 9))(of_school)


def test_a_rule_of_the_school_runs_once_and_its_class_teacher_answers(tmp_path: Path) -> None:
    verdict = judge_school(school_with(tmp_path, {}), d("16.09"), (OF_SCHOOL,))
    assert [(one.message, one.person, one.due) for one in verdict.findings] == [
        ("1А, записей: 11, классов: 2", "СТ-03", d("15.09")),
        ("5А, записей: 11, классов: 2", "СТ-02", d("15.09")),
    ]


def test_a_roll_that_cannot_be_read_is_passed_over_alone(tmp_path: Path) -> None:
    spoilt: Sheets = {"Контингент/1А.xlsx": {"Обучающиеся": (("совсем", "не та шапка"), ("1", "2"))}}
    verdict = judge_school(school_with(tmp_path, spoilt), d("16.09"), (OF_SCHOOL,))
    assert [one.person for one in verdict.findings if one.code == "R0899"] == ["СТ-02"]
    assert [one.at.workbook for one in verdict.unchecked] == ["Контингент/1А.xlsx"]


def test_a_row_that_was_not_applied_silences_a_rule_that_says_something_is_missing(tmp_path: Path) -> None:
    spoilt: Sheets = {
        "Учётные записи.xlsx": {"Учётные записи": (("Логин", "Роль", "Владелец"), ("", "Ученик", "К-101"))}
    }
    verdict = judge_school(school_with(tmp_path, spoilt), d("16.09"), (OF_SCHOOL,))
    assert [one.code for one in verdict.findings if one.code.startswith("R")] == []
    assert [one.code for one in verdict.unchecked] == ["R0899"]


def deed(book: ClassBook) -> Problems:
    """Дело с датой.

    Срок – дата дела.

    Как исправить: впишите дату.
    """
    at = CellRef("Книга.xlsx", "Лист", "A1")
    yield Problem(at, "сделано вовремя", since=d("07.09"), done_at=d("10.09"))
    yield Problem(at, "сделано поздно", since=d("07.09"), done_at=d("11.09"))
    yield Problem(at, "не сделано", since=d("07.09"))
    yield Problem(at, "прошлогоднее", since=dt.date(2026, 6, 1))
    yield Problem(at, "само знает срок", since=d("07.09"), due=d("30.09"))
    yield Problem(at, f"завтрашнее {book.name}", since=d("15.09"))
    yield Problem(at, "нового года", since=d("30.12"))


def test_done_things_are_listed_as_done_and_the_rest_by_their_day(tmp_path: Path) -> None:
    made = rule("R0899", clause="8.9", role=Role.ADMIN, due=working_days_after(3, "события"))(deed)
    school = school_with(tmp_path, {})
    assert "сделано вовремя" not in [one.message for one in judge(school.books[1], d("14.09"), (made,)).findings]
    verdict = judge(school.books[1], d("14.09"), (made,), keep_done=True)
    assert {finding.message: finding.state for finding in verdict.findings} == {
        "сделано вовремя": State.DONE_IN_TIME,
        "сделано поздно": State.DONE_LATE,
        "не сделано": State.OVERDUE,
        "само знает срок": State.EXPECTED,
    }
    assert {(finding.kind, finding.role, finding.person) for finding in verdict.findings} == {
        (Kind.OBLIGATION, Role.ADMIN, "АД-01")
    }
    late = judge(school.books[1], d("31.12"), (made,))
    (unknown,) = [finding for finding in late.findings if finding.message.startswith("нового года")]
    assert (unknown.due, unknown.state) == (None, State.UNCHECKED)
    assert "в листе «Календарь» нет строк этого года" in unknown.message


def test_a_day_off_is_moved_only_where_the_school_says_so(tmp_path: Path) -> None:
    made = rule("R0899", clause="8.9", role=Role.ADMIN, due=days_after(5, "события"))(deed)
    switch: Sheets = {
        REGULATION: {"Настройки": (("Показатель", "Значение"), ("Срок в выходной переносится на рабочий день", "да"))}
    }
    for changes, due in (({}, d("12.09")), (switch, d("14.09"))):
        verdict = judge(school_with(tmp_path, changes).books[1], d("09.09"), (made,))
        assert [finding.due for finding in verdict.findings if finding.message == "не сделано"] == [due]


def test_the_school_changes_terms_weight_role_and_switches_rules_off(tmp_path: Path) -> None:
    def verdict(*row: str) -> Iterator[tuple[object, ...]]:
        school = school_with(tmp_path, {**TOPICS, **terms(("R0801", *row))})
        found = [f for f in judged(school, d("22.09")).findings if f.code == "R0801"]
        return ((f.due, f.severity, f.role, f.person) for f in found)

    violation, teacher = Severity.VIOLATION, Role.TEACHER
    assert list(verdict("", "", "", "", "")) == [(d("28.09"), violation, teacher, "СТ-01")]
    assert list(verdict("7", "дней", "", "", "да")) == [(d("21.09"), violation, teacher, "СТ-01")]
    assert list(verdict("3", "рабочих дней", "справка", "", "")) == [(d("17.09"), Severity.NOTE, teacher, "СТ-01")]
    assert list(verdict("", "", "", "классный руководитель", "")) == [
        (d("28.09"), violation, Role.CLASS_TEACHER, "СТ-02")
    ]
    assert list(verdict("", "", "", "", "нет")) == []


def test_a_row_of_terms_that_means_nothing_is_said(tmp_path: Path) -> None:
    unusable = "«скоро» — не целое число дней; впишите, например, 14"
    rows = terms(("R0801", "скоро", "дней", "", "", ""), ("R0881", "3", "", "", "", ""))
    verdict = judged(school_with(tmp_path, {**TOPICS, **rows}), d("22.09"))
    assert [line for line in told(verdict) if line[0] != "R0801"] == [
        ("W0302", "B2", f"{unusable}; действует срок программы: 14 дней после урока."),
        ("W0402", "A3", "правила «R0881» нет; строка не учтена."),
    ]


BOUNDS = "Границы предварительной отметки"
NOT_BOUNDS = "три средних балла по возрастанию, больше 1 и не больше 5; действует значение программы: 2,5; 3,5; 4,5."


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (BOUNDS, "2,5; три; 4,5", f"«2,5; три; 4,5» — не {NOT_BOUNDS}"),
        (BOUNDS, "4,5; 3,5; 2,5", f"«4,5; 3,5; 2,5» — не {NOT_BOUNDS}"),
        (BOUNDS, "25; 35; 45", f"«25; 35; 45» — не {NOT_BOUNDS}"),
        ("Недель без отметок у ученика", "месяц", "«месяц» — не число; действует значение программы: 4."),
        ("Средний балл с учётом веса", "иногда", "«иногда» — не «да» или «нет»; действует значение программы: да."),
        (BOUNDS, "2,6; 3,6; 4,6", ""),
        ("Средний балл с учётом веса", "Нет", ""),
    ],
)
def test_a_setting_nothing_can_be_made_of_is_said_with_its_cell(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    rows = (("Показатель", "Значение"), ("Учебных недель", "34"), (name, value))
    verdict = judged(school_with(tmp_path, {REGULATION: {"Настройки": rows}}), d("22.09"))
    found = [line for line in told(verdict) if line[0] == "W0302"]
    assert found == ([("W0302", "B3", said)] if said else [])


def test_a_setting_by_a_name_nobody_knows_is_said_with_the_name_meant(tmp_path: Path) -> None:
    rows = (("Показатель", "Значение"), ("Учебных недель", "34"), ("Учебных недел", "33"), ("Своё", ""))
    verdict = judged(school_with(tmp_path, {REGULATION: {"Настройки": rows}}), d("22.09"))
    said = "настройки «Учебных недел» нет; строка не учтена. Возможно, вы имели в виду «Учебных недель»."
    assert [line for line in told(verdict) if line[0] == "W0402"] == [("W0402", "A3", said)]


# Persons of what reading found


def test_what_reading_found_goes_to_who_answers_for_the_workbook(tmp_path: Path) -> None:
    changes: Sheets = {
        MATHS: {"Отметки": grid(["07.09"], {VERA: ["55"], PETR: ["4"]})},
        TEACHER_BOOK: {"Причины пропусков": (("№ личного дела", "С", "По"), ("К-777", "07.09.2026", "07.09.2026"))},
        "Контингент/5А.xlsx": {
            "Обучающиеся": (
                *sheet("Контингент/5А.xlsx", "Обучающиеся"),
                ("К-101", "Берёзкина", "Вера", "5А"),
            )
        },
        MOVEMENT: {"Приказы": (*sheet(MOVEMENT, "Приказы"), ("1", "вчера", "Выпускники", "", "", "К-101"))},
        TIMETABLE: {"Замены": (("Дата", "Класс", "Урок", "Вид"), ("07.09.2026", "9Я", "1", "отмена"))},
    }
    school = school_with(tmp_path, changes)
    found = judge_school(school, d("14.09")).findings
    assert {finding.at.workbook: (finding.role.value, finding.person) for finding in found} == {
        MATHS: ("teacher", "СТ-01"),
        TEACHER_BOOK: ("class_teacher", "СТ-02"),
        "Контингент/5А.xlsx": ("class_teacher", "СТ-02"),
        MOVEMENT: ("admin", "АД-01"),
        TIMETABLE: ("deputy", "ЗВ-01"),
    }


def test_a_class_without_a_class_teacher_falls_to_the_deputy(tmp_path: Path) -> None:
    head, _, *rest = sheet(PLAN, "Нагрузка")
    changes: Sheets = {
        PLAN: {"Нагрузка": (head, *rest)},
        TEACHER_BOOK: {"Причины пропусков": (("№ личного дела", "С", "По"), ("К-777", "07.09.2026", "07.09.2026"))},
    }
    findings = judge_school(school_with(tmp_path, changes), d("14.09")).findings
    (found,) = [finding for finding in findings if finding.at.workbook == TEACHER_BOOK]
    assert (found.role, found.person) == (Role.DEPUTY, "ЗВ-01")


def test_a_workbook_that_cannot_be_read_is_still_somebodys(tmp_path: Path) -> None:
    school = school_with(tmp_path, {MATHS: {"Лист1": (("а",),), "Титул": (("б",),)}})
    found = [f for f in judge_school(school, d("14.09")).findings if f.at.workbook == MATHS]
    assert found
    assert {(f.role, f.person) for f in found} == {(Role.TEACHER, "СТ-01")}


# Order


def test_the_verdict_does_not_depend_on_the_order_of_its_parts_and_travels(tmp_path: Path) -> None:
    school = school_with(tmp_path, {**TOPICS, SCHOOL: {"Предметы": (("Предмет",), ("Математика",), ("математика",))}})
    parts = [*(judge(book, d("27.09")) for book in school.books), judge_school(school, d("27.09"))]
    whole = combine(parts)
    assert whole == combine(reversed(parts)) == replace(combine([*parts, *parts]), done=whole.done)
    assert pickle.loads(pickle.dumps(whole)) == whole  # noqa: S301 - our own bytes
    places = [(finding.at.workbook, finding.at.sheet) for finding in whole.findings]
    assert places == sorted(places)


def test_cells_are_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    rows = [(f"{n:02}.09", "", "") for n in (7, 14, 21, 28)] + [(f"{n:02}.10", "", "") for n in (5, 12, 19)]
    more = [("02.11", "", ""), ("09.11", "", ""), ("16.11", "", "")]
    verdict = judged(school_with(tmp_path, {MATHS: {"Уроки": lessons(*rows, *more)}}), d("16.11"))
    cells = [cell for code, cell, _ in told(verdict) if code == "R0801"]
    assert cells == [f"B{n}" for n in range(2, 12)]
