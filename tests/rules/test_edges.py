"""The edges of chapter VIII, decided so that nobody innocent is accused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sgo_sheets.findings import Severity, State
from sgo_sheets.records.people_books import ENROLMENT
from sgo_sheets.rules.engine import Verdict, combine, judge, judge_school
from sgo_sheets.rules.registry import RULES
from sgo_sheets.school.model import School
from tests.rules.case_files import Sheets, school_tables, school_with
from tests.rules.small_school import (
    MATHS,
    MOVEMENT,
    ORDER_HEAD,
    ORDERS,
    PLAN,
    REGULATION,
    SCHOOL,
    TIMETABLE,
    causes,
    codes,
    d,
    grid,
    lessons,
    sheet,
    told,
    unseen,
)

EIGHTH = tuple(one for one in RULES if one.clause.startswith("8."))
VERA, PETR = ("К-101", "Берёзкина Вера"), ("К-102", "Лугов Пётр")
FIRST_TERM = tuple((date, "тема", "№ 1") for date in ("07.09", "14.09", "21.09", "28.09", "05.10", "12.10", "19.10"))


def judged(school: School, on: dt.date) -> Verdict:
    """Return the verdict of chapter VIII on the whole school."""
    return combine([*(judge(book, on, EIGHTH) for book in school.books), judge_school(school, on, EIGHTH)])


def test_on_23_november_the_lesson_of_9_november_is_in_time_and_that_of_6_november_is_not(tmp_path: Path) -> None:
    school = school_with(
        tmp_path,
        {
            TIMETABLE: {
                "Расписание": (
                    ("День", "Урок", "1А", "5А"),
                    ("пн", "1", "Математика", ""),
                    ("пн", "2", "", "Математика"),
                ),
                "Расписание с 02.11.2026": (
                    ("День", "Урок", "1А", "5А"),
                    ("пн", "2", "", "Математика"),
                    ("пт", "2", "", "Математика"),
                ),
            },
            MATHS: {
                "Уроки": lessons(
                    *FIRST_TERM,
                    ("02.11", "тема", "№ 1"),
                    ("06.11", "", ""),
                    ("09.11", "", ""),
                    ("13.11", "тема", "№ 1"),
                    ("16.11", "тема", "№ 1"),
                    ("20.11", "тема", "№ 1"),
                    ("23.11", "тема", "№ 1"),
                )
            },
        },
    )
    verdict = judged(school, d("23.11"))
    topics = [(f.message[-10:], f.due, f.state) for f in verdict.findings if f.code == "R0801"]
    assert topics == [
        ("06.11.2026", d("20.11"), State.OVERDUE),
        ("09.11.2026", d("23.11"), State.SOON),
    ]
    topics = [f.state for f in judged(school, d("24.11")).findings if f.code == "R0801"]
    assert topics == [State.OVERDUE, State.OVERDUE]


def test_a_lesson_that_has_not_come_is_not_spoken_of(tmp_path: Path) -> None:
    rows = lessons(("07.09", "тема", "№ 1"), ("14.09", "", ""), ("21.09", "", ""), ("28.09", "", ""))
    school = school_with(tmp_path, {MATHS: {"Уроки": rows}})
    assert told(judged(school, d("13.09"))) == []
    assert told(judged(school, d("14.09"))) == [("R0801", "B3", "нет темы урока за 14.09.2026")]


def test_a_lesson_to_come_is_not_owed_soon_however_few_days_are_left_for_it(tmp_path: Path) -> None:
    rows = lessons(("07.09", "тема", "№ 1"), ("14.09", "", ""), ("21.09", "", ""))
    short = {"Сроки": (("Код правила", "Значение", "Единица"), ("R0801", "1", "дней"))}
    school = school_with(tmp_path, {MATHS: {"Уроки": rows}, REGULATION: short})
    assert told(judged(school, d("11.09"))) == []
    assert [f.state for f in causes(judged(school, d("14.09")))] == [State.SOON]


def test_two_lessons_of_a_day_are_two_rows_and_their_numbers_tell_them_apart(tmp_path: Path) -> None:
    timetable = (("День", "Урок", "5А"), ("пн", "2", "Математика"), ("", "3", "Математика"))
    rows = (
        ("Дата", "Урок", "Тема урока", "Домашнее задание"),
        ("07.09.2026", "2", "тема", "№ 1"),
        ("07.09.2026", "3", "", ""),
        ("14.09.2026", "3", "тема", "№ 1"),
    )
    changes: Sheets = {TIMETABLE: {"Расписание": timetable}, MATHS: {"Уроки": rows}}
    verdict = judged(school_with(tmp_path, changes), d("14.09"))
    assert [line for line in told(verdict) if line[0] != "R0811"] == [
        ("R0801", "C3", "нет темы урока за 07.09.2026 (урок 3)"),
        ("R0802", "A5", "нет строки урока за 14.09.2026 (урок 2 по расписанию)"),
    ]


def test_before_there_is_a_timetable_the_rows_are_the_lessons_and_nothing_is_missing(tmp_path: Path) -> None:
    rows = lessons(("07.09", "тема", "№ 1"), ("14.09", "", ""))
    school = school_with(tmp_path, {MATHS: {"Уроки": rows}}, absent=[TIMETABLE])
    verdict = judged(school, d("30.09"))
    assert [line for line in told(verdict) if line[0] != "W0109"] == [("R0801", "B3", "нет темы урока за 14.09.2026")]
    assert unseen(verdict) == {"R0802", "R0804"}


def test_days_before_the_first_timetable_are_not_checked(tmp_path: Path) -> None:
    poster = (("День", "Урок", "1А", "5А"), ("пн", "2", "", "Математика"))
    changes: Sheets = {
        TIMETABLE: {"Расписание": poster[:1], "Расписание с 14.09.2026": poster},
        MATHS: {
            "Отметки": grid(["08.09", "14.09"], {VERA: ["5", "4"], PETR: ["", "4"]}),
            "Уроки": lessons(*FIRST_TERM[1:]),
        },
    }
    verdict = judged(school_with(tmp_path, changes), d("21.09"))
    assert told(verdict) == []
    (row,) = [f for f in verdict.unchecked if f.code == "R0802" and "5А" in f.message]
    assert row.message == "не проверено: 01.09.2026–11.09.2026 расписания класса 5А нет"
    assert row.state is State.UNCHECKED


def test_an_absent_journal_silences_the_rules_of_journals(tmp_path: Path) -> None:
    verdict = judged(school_with(tmp_path, {}, absent=[MATHS]), d("25.10"))
    assert codes(verdict) == ["R0806"]
    early = judged(school_with(tmp_path, {}, absent=[MATHS]), d("21.09"))
    assert [(f.due, f.state) for f in causes(early)] == [(d("21.09"), State.SOON)]


def test_an_absent_journal_is_owed_by_todays_holder(tmp_path: Path) -> None:
    head, homeroom, _, *first_grade = sheet(PLAN, "Нагрузка")
    rows = (
        head,
        homeroom,
        ("5А", "Математика", "", "СТ-01", "1", "", "", "30.09.2026"),
        ("5А", "Математика", "", "СТ-03", "1", "", "01.10.2026", ""),
        *first_grade,
    )
    school = school_with(tmp_path, {PLAN: {"Нагрузка": rows}}, absent=[MATHS])
    assert [f.person for f in causes(judged(school, d("22.09")))] == ["СТ-01"]
    assert [f.person for f in causes(judged(school, d("05.10")))] == ["СТ-03"]


def test_a_teacher_who_left_without_a_successor_leaves_the_debts_to_the_deputy(tmp_path: Path) -> None:
    staff = tuple((*row[:5], "28.09.2026") if row[0] == "СТ-01" else row for row in sheet(SCHOOL, "Сотрудники"))
    rows = lessons(("07.09", "тема", "№ 1"), ("14.09", "", ""), ("21.09", "тема", "№ 1"), ("28.09", "тема", "№ 1"))
    school = school_with(tmp_path, {SCHOOL: {"Сотрудники": staff}, MATHS: {"Уроки": rows}})
    assert [(f.role.label, f.person) for f in causes(judged(school, d("28.09")))] == [("учитель", "СТ-01")]
    late = causes(judged(school, d("29.09")))
    assert [(f.role.label, f.person) for f in late if f.code == "R0801"] == [("завуч", "ЗВ-01")]


def test_a_substitute_who_left_leaves_the_lesson_to_the_holder(tmp_path: Path) -> None:
    staff = tuple((*row[:5], "20.09.2026") if row[0] == "СТ-03" else row for row in sheet(SCHOOL, "Сотрудники"))
    changes = {
        SCHOOL: {"Сотрудники": staff},
        TIMETABLE: {
            "Замены": (
                ("Дата", "Класс", "Урок", "Вид", "Учитель"),
                ("14.09.2026", "5А", "2", "замена учителя", "СТ-03"),
            )
        },
        MATHS: {"Уроки": lessons(("07.09", "тема", "№ 1"), ("14.09", "", ""), ("21.09", "тема", "№ 1"))},
    }
    school = school_with(tmp_path, changes)
    assert [f.person for f in judged(school, d("20.09")).findings if f.code == "R0801"] == ["СТ-03"]
    assert [f.person for f in judged(school, d("21.09")).findings if f.code == "R0801"] == ["СТ-01"]


def test_a_fortnight_taught_by_a_substitute_is_the_substitutes(tmp_path: Path) -> None:
    away = (("Сотрудник", "С", "По", "Заменяет"), ("СТ-01", "14.09.2026", "28.09.2026", "СТ-03"))
    rows = lessons(*((date, "тема", "№ 1") for date in ("07.09", "14.09", "21.09", "28.09")))
    marks = grid(["07.09", "14.09", "21.09", "28.09"], {VERA: ["5", "4", "", ""], PETR: ["4", "", "", ""]})
    changes: Sheets = {SCHOOL: {"Отсутствия": away}, MATHS: {"Отметки": marks, "Уроки": rows}}
    verdict = judged(school_with(tmp_path, changes), d("29.09"))
    assert [(f.code, f.person) for f in causes(verdict)] == [("R0811", "СТ-03")]


def test_holidays_are_no_lessons_and_break_four_weeks(tmp_path: Path) -> None:
    dates = ["05.10", "12.10", "19.10", "02.11", "09.11"]
    rows = lessons(*((date, "тема", "№ 1") for date in ["07.09", "14.09", "21.09", "28.09", *dates]))
    marks = {VERA: ["5", "4", "4", "4", "5"], PETR: ["", "", "", "", ""]}
    names = ["07.09", "14.09", "21.09", "28.09"]
    full = {VERA: ["5", "4", "5", "4", *marks[VERA]], PETR: ["3", "3", "3", "3", *marks[PETR]]}
    school = school_with(tmp_path, {MATHS: {"Отметки": grid([*names, *dates], full), "Уроки": rows}})
    verdict = judged(school, d("15.11"))
    assert "R0812" not in codes(verdict), "three weeks, the holidays, two weeks"


def test_weeks_in_which_nobody_has_marks_do_not_count_for_a_pupil(tmp_path: Path) -> None:
    dates = [date for date, *_ in FIRST_TERM]
    marks = {VERA: ["5", "4", "", "", "5", "", "4"], PETR: [""] * 7}
    school = school_with(tmp_path, {MATHS: {"Отметки": grid(dates, marks)}})
    assert codes(judged(school, d("12.10"))) == ["R0811"], "15.09–28.09 nobody has a mark: one cause"


def test_a_pupil_who_moved_is_owed_a_mark_by_the_new_class_and_his_old_marks_count(tmp_path: Path) -> None:
    verdict = judged(_moved(tmp_path, "5"), d("25.10"))
    assert told(verdict) == []
    verdict = judged(_moved(tmp_path, ""), d("25.10"))
    assert [(f.code, str(f.at), f.person, f.severity) for f in causes(verdict)] == [
        ("R0813", "Журналы/5Б/Математика.xlsx › Итоги!C2", "СТ-03", Severity.VIOLATION)
    ]
    verdict = judged(_moved(tmp_path, "2"), d("25.10"))
    assert [(f.code, f.message.replace("\u00a0", " ")) for f in causes(verdict)] == [
        ("R0815", "Лугов Пётр: за период «1 четверть» «2», а средний балл 4,67, с весами 4,67")
    ]


def test_an_absence_is_explained_by_the_class_teacher_of_the_class_of_that_day(tmp_path: Path) -> None:
    verdict = judged(_moved(tmp_path, "5", old="н", new="н"), d("06.10"))
    assert [(one.at.workbook, one.at.cell, one.person) for one in verdict.findings if one.code == "R0819"] == [
        (MATHS, "E4", "СТ-02"),
        ("Журналы/5Б/Математика.xlsx", "H3", "СТ-01"),
    ]


def _moved(folder: Path, mark: str, old: str = "5", new: str = "5") -> School:
    """Return the school in which Лугов Пётр moved from 5А (marks ``old``, 4) to 5Б (``new``) on 5 October."""
    move = ("9-п", "05.10.2026", "Перевод из класса в класс", "", "05.10.2026", "К-102", "Лугов Пётр", "5А", "5Б", "")
    tables = school_tables()
    dates = [date for date, *_ in FIRST_TERM]
    changes: Sheets = {
        SCHOOL: {"Классы": (*tables[SCHOOL]["Классы"], ("5Б", "5"))},
        PLAN: {
            "План": (("Предмет", "1А", "5А", "5Б"), ("Математика", "1", "1", "1")),
            "Нагрузка": (
                *tables[PLAN]["Нагрузка"],
                ("5Б", "Математика", "", "СТ-03", "1", "", ""),
                ("5Б", "Классное руководство", "", "СТ-01", "", "", ""),
            ),
        },
        TIMETABLE: {
            "Расписание": (
                ("День", "Урок", "1А", "5А", "5Б"),
                ("пн", "1", "Математика", "", "Математика"),
                ("пн", "2", "", "Математика", ""),
            )
        },
        MOVEMENT: {"Приказы": (ORDER_HEAD, *ORDERS, move)},
        "Контингент/5Б.xlsx": {"Обучающиеся": (("№ личного дела", "Фамилия", "Имя", "Класс на начало года"),)},
        MATHS: {
            "Отметки": grid(dates, {VERA: ["5", "", "4", "5", "", "5", ""], PETR: ["", old, "", "4", "", "", ""]}),
            "Итоги": (("№ личного дела", "Обучающийся", "1 четверть"), (*VERA, "5"), (*PETR, "")),
        },
        "Журналы/5Б/Математика.xlsx": {
            "Титул": (("Показатель", "Значение"), ("Класс", "5Б"), ("Предмет", "Математика")),
            "Отметки": grid(dates, {PETR: ["", "", "", "", new, "", ""]}),
            "Уроки": lessons(*FIRST_TERM),
            "Итоги": (("№ личного дела", "Обучающийся", "1 четверть"), (*PETR, mark)),
        },
    }
    return school_with(folder, changes)


def test_a_subject_given_up_before_the_end_of_the_term_owes_no_mark(tmp_path: Path) -> None:
    head, homeroom, _, *first_grade = sheet(PLAN, "Нагрузка")
    load = ("5А", "Математика", "", "СТ-01", "1", "", "", "20.10.2026")
    finals = (("№ личного дела", "Обучающийся", "1 четверть"), (*VERA, ""), (*PETR, ""))
    changes = {PLAN: {"Нагрузка": (head, homeroom, load, *first_grade)}, MATHS: {"Итоги": finals}}
    assert told(judged(school_with(tmp_path, changes), d("26.10"))) == []


def test_the_class_may_be_graded_from_a_day_on(tmp_path: Path) -> None:
    head = ("Класс", "Предмет", "Учитель", "Часов в неделю", "Оценивание", "Оценивание с")
    loads = (
        head,
        ("5А", "Классное руководство", "СТ-02", "", "", ""),
        ("1А", "Классное руководство", "СТ-03", "", "", ""),
        ("5А", "Математика", "СТ-01", "1", "отметка", "12.10.2026"),
        ("1А", "Математика", "СТ-03", "1", "", ""),
    )
    subjects = (("Предмет", "Оценивание"), ("Математика", "без отметки"))
    dates = [date for date, *_ in FIRST_TERM]
    changes: Sheets = {
        SCHOOL: {"Предметы": subjects},
        PLAN: {"Нагрузка": loads},
        MATHS: {
            "Отметки": grid(dates, {VERA: [""] * 7, PETR: [""] * 7}),
            "Итоги": (("№ личного дела", "Обучающийся", "1 четверть"), (*VERA, ""), (*PETR, "4")),
        },
    }
    verdict = judged(school_with(tmp_path, changes), d("26.10"))
    assert codes(verdict) == ["R0813", "R0817"], "no fortnight before 12.10; the term ends with marks"


def test_pupils_of_another_class_of_a_stream_are_judged_by_their_own_class(tmp_path: Path) -> None:
    verdict = judged(_stream(tmp_path), d("25.10"))
    assert [(f.code, f.at.workbook, f.at.cell, f.message[:13]) for f in causes(verdict) if f.code > "R08"] == [
        ("R0813", "Журналы/10-М/Математика.xlsx", "C2", "Кленов Иван: "),
        ("R0801", "Журналы/10-М/Математика.xlsx", "B8", "нет темы урок"),
    ], "the topic once; К-202 has the mark of the class teacher of 10Б, who is another than that of 10А"


def _stream(folder: Path) -> School:
    """Return a school with a stream of 10А and 10Б; nobody of it has a mark of the teacher for the half-year."""
    first, second = ("К-201", "Кленов Иван"), ("К-202", "Осинина Анна")
    dates = [date for date, *_ in FIRST_TERM]
    head = ("№ личного дела", "Фамилия", "Имя", "Класс на начало года")
    finals = (("№ личного дела", "Обучающийся", "1 четверть"), (*first, ""), (*second, ""))
    tables = school_tables()
    changes: Sheets = {
        SCHOOL: {"Классы": (*tables[SCHOOL]["Классы"], ("10А", "10"), ("10Б", "10"))},
        PLAN: {
            "План": (("Предмет", "1А", "5А", "10А", "10Б"), ("Математика", "1", "1", "1", "1")),
            "Нагрузка": (
                *tables[PLAN]["Нагрузка"],
                ("10-М", "Математика", "", "СТ-03", "1", "", ""),
                ("10А", "Классное руководство", "", "СТ-01", "", "", ""),
                ("10Б", "Классное руководство", "", "СТ-03", "", "", ""),
            ),
            "Потоки": (("Поток", "Классы"), ("10-М", "10А, 10Б")),
        },
        TIMETABLE: {
            "Расписание": (
                ("День", "Урок", "1А", "5А", "10А", "10Б"),
                ("пн", "1", "Математика", "", "", ""),
                ("пн", "2", "", "Математика", "", ""),
                ("пн", "3", "", "", "Математика", "Математика"),
            )
        },
        MOVEMENT: {
            "Приказы": (
                ORDER_HEAD,
                *ORDERS,
                ("51-у", "01.09.2026", ENROLMENT, "формирование 10 класса", "01.09.2026", "", "", "", "10А"),
                ("52-у", "01.09.2026", ENROLMENT, "формирование 10 класса", "01.09.2026", "", "", "", "10Б"),
            )
        },
        "Контингент/10А.xlsx": {"Обучающиеся": (head, ("К-201", "Кленов", "Иван", "10А"))},
        "Контингент/10Б.xlsx": {"Обучающиеся": (head, ("К-202", "Осинина", "Анна", "10Б"))},
        "Журналы/10-М/Математика.xlsx": {
            "Титул": (("Показатель", "Значение"), ("Класс", "10-М"), ("Предмет", "Математика")),
            "Отметки": grid(dates, {first: ["5", "", "4", "5", "", "5", ""], second: ["", "5", "", "5", "5", "", "5"]}),
            "Уроки": lessons(*FIRST_TERM[:6], ("19.10", "", "")),
            "Итоги": finals,
        },
        "Журналы/10Б/Классный руководитель.xlsx": {
            "Титул": (("Показатель", "Значение"), ("Класс", "10Б")),
            "Причины пропусков": (("№ личного дела", "Обучающийся", "С"),),
            "Итоги класса": (("№ личного дела", "Обучающийся", "Период", "Математика"), (*second, "1 четверть", "5")),
        },
    }
    return school_with(folder, changes)


def test_nothing_is_owed_before_the_day_the_year_began(tmp_path: Path) -> None:
    assert judged(school_with(tmp_path, {}), dt.date(2026, 8, 1)).findings == ()
