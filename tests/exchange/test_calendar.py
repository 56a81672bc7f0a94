"""The calendar of deadlines, read back by another program's parser: whole days, reminders, names that never change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event as ReadEvent

from sgo_sheets.cli import sgo
from sgo_sheets.exchange.deadlines import calendar_parts, calendar_path
from sgo_sheets.exchange.ics import Event, What, calendar_file
from sgo_sheets.exchange.standing import STANDING, From, Standing, days_of, term_in
from sgo_sheets.findings import CellRef, Finding, Kind, Role, Severity, State
from sgo_sheets.project import UserError
from sgo_sheets.records.regulation_book import Term
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.terms import on_the_day
from sgo_sheets.rules.verdict import Verdict
from sgo_sheets.school.model import School
from sgo_sheets.site.page import pages_of
from tests.pipeline.little_school import ON, LittleSchool, little_school
from tests.rules.case_files import school_with
from tests.rules.small_school import MATHS, REGULATION, d, terms

TEACHER, CLASS_TEACHER, ADMIN, DEPUTY = "СТ-01", "СТ-02", "АД-01", "ЗВ-01"


def read(content: bytes) -> Calendar:
    return IcsCalendarStream.calendar_from_ics(content.decode())


def events(content: bytes) -> list[ReadEvent]:
    return list(read(content).events)


def told(content: bytes) -> list[tuple[dt.date, str]]:
    found = [(event.start, str(event.summary).replace("\u00a0", " ")) for event in events(content)]
    return [(day, title) for day, title in found if isinstance(day, dt.date)]


def files(school: School, on: dt.date, found: Iterable[Finding] = ()) -> Mapping[str, bytes]:
    pages = list(pages_of(calendar_parts(school, Verdict(findings=tuple(found)), on)))
    assert all(page.audience.startswith("teacher:") for page in pages)
    return {page.audience.removeprefix("teacher:"): page.content for page in pages}


@pytest.fixture
def school(tmp_path: Path) -> School:
    return school_with(tmp_path, {})


def owed(due: dt.date, cell: str = "B2", **changes: object) -> Finding:
    finding = Finding(
        code="R0801",
        clause="8.4",
        at=CellRef(MATHS, "Уроки", cell),
        message="Берёзкина Вера: нет темы",
        role=Role.TEACHER,
        severity=Severity.VIOLATION,
        kind=Kind.OBLIGATION,
        person=TEACHER,
        since=due - dt.timedelta(days=14),
        due=due,
        state=State.EXPECTED,
    )
    return replace(finding, **changes)  # type: ignore[arg-type]  # a test names fields of the finding


# The file


TRICKY = "Тема; задание, «с кавычками»\\ и\nвторой строкой: 100 % — " + "очень длинное слово " * 12


def test_text_comes_back_as_it_was() -> None:
    content = calendar_file("Сроки: Ручьёва; А, И.", [Event(("а",), What(d("15.09"), TRICKY, TRICKY, d("01.09")))])
    (event,) = events(content)
    assert event.summary == TRICKY
    assert event.description == TRICKY


def test_lines_are_folded_by_bytes_and_end_as_the_standard_says() -> None:
    content = calendar_file("Сроки", [Event(("а",), What(d("15.09"), TRICKY, TRICKY, d("01.09")))])
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in lines:
        line.decode()  # no letter is cut in two


def test_an_event_is_a_whole_day_and_reminds_in_the_morning_three_days_before() -> None:
    content = calendar_file("Сроки", [Event(("а",), What(d("15.09"), "дело", "текст", d("01.09")))])
    (event,) = events(content)
    assert (type(event.start), event.start, event.end) == (dt.date, d("15.09"), d("16.09")), "the end is exclusive"
    assert event.computed_duration == dt.timedelta(days=1)
    assert event.transparency == "TRANSPARENT", "a deadline does not make one busy"
    (alarm,) = event.alarm
    assert alarm.action == "DISPLAY"
    assert dt.datetime(2026, 9, 15) + alarm.trigger == dt.datetime(2026, 9, 12, 9, 0)
    assert b"DTSTART;VALUE=DATE:20260915\r\nDTEND;VALUE=DATE:20260916\r\n" in content


def test_the_stamp_is_of_the_data_and_not_of_the_clock() -> None:
    made = [Event((str(n),), What(d("15.09"), "дело", "текст", d("01.09"))) for n in range(3)]
    assert calendar_file("Сроки", made) == calendar_file("Сроки", reversed(made))
    assert {event.dtstamp for event in events(calendar_file("Сроки", made))} == {dt.datetime(2026, 9, 1, tzinfo=dt.UTC)}


def test_names_of_events_are_their_own() -> None:
    what = What(d("15.09"), "дело", "текст", d("01.09"))
    uids = [event.uid for event in events(calendar_file("С", [Event(("а", "б"), what), Event(("аб",), what)]))]
    assert len(set(uids)) == 2


# What is owed


def test_one_event_for_a_rule_and_a_day(school: School) -> None:
    found = [owed(d("21.09"), f"B{n}") for n in range(2, 302)] + [owed(d("28.09"), "B400")]
    content = files(school, d("14.09"), found)[TEACHER]
    own = [event for event in events(content) if str(event.summary).startswith("Срок: ")]
    assert [(event.start, event.summary) for event in own] == [
        (d("21.09"), "Срок: не записана тема урока"),
        (d("28.09"), "Срок: не записана тема урока"),
    ]
    assert own[0].description == f"Регламент, п. 8.4.\nЕщё не сделано: 300.\n{MATHS} › Уроки: 300"


def test_no_pupil_is_named(school: School) -> None:
    content = files(school, d("14.09"), [owed(d("21.09"))])[TEACHER]
    assert not any("Берёзкина" in f"{event.summary}{event.description}" for event in events(content))


def test_of_many_workbooks_some_are_named(school: School) -> None:
    found = [owed(d("21.09"), at=CellRef(f"Журналы/{n}/Музыка.xlsx", "Уроки", "B2")) for n in range(1, 12)]
    (event,) = [one for one in events(files(school, d("14.09"), found)[TEACHER]) if "Срок" in str(one.summary)]
    assert str(event.description).count("Музыка.xlsx › Уроки: 1") == 8
    assert str(event.description).replace("\u00a0", " ").endswith("… и ещё 3 листа.")


@pytest.mark.parametrize(
    "changes",
    [
        {"state": State.DONE_LATE},
        {"state": State.OPEN, "kind": Kind.FINDING},
        {"severity": Severity.NOTE},
        {"state": State.UNCHECKED},
        {"person": CLASS_TEACHER},
    ],
)
def test_what_hurries_nobody_is_not_in_it(school: School, changes: dict[str, object]) -> None:
    content = files(school, d("14.09"), [owed(d("21.09"), **changes)])[TEACHER]
    assert content == files(school, d("14.09"))[TEACHER]


def test_what_is_overdue_stays_on_its_day(school: School) -> None:
    before = files(school, d("14.09"), [owed(d("21.09"))])[TEACHER]
    after = files(school, d("30.09"), [owed(d("21.09"), state=State.OVERDUE)])[TEACHER]
    assert before == after, "nothing in it depends on the day it is made on"


def test_the_name_of_an_event_stays_when_some_of_it_is_done(school: School) -> None:
    def uid(*found: Finding) -> set[str]:
        return {str(one.uid) for one in events(files(school, d("14.09"), found)[TEACHER]) if "Срок" in str(one.summary)}

    assert uid(owed(d("21.09"), "B2"), owed(d("21.09"), "B9")) == uid(owed(d("21.09"), "B9"))
    assert uid(owed(d("21.09"))).isdisjoint(uid(owed(d("22.09"))))


def test_what_a_standing_date_asks_for_is_told_in_its_event(school: School) -> None:
    marks = owed(d("24.10"), code="R0813", clause="8.5", at=CellRef(MATHS, "Итоги", "C2"))
    plain, full = (files(school, d("14.09"), found)[TEACHER] for found in ((), (marks,)))
    assert told(plain) == told(full)
    assert {event.uid for event in events(plain)} == {event.uid for event in events(full)}
    (event,) = [one for one in events(full) if one.start == d("24.10") and "за период выставлены" in str(one.summary)]
    assert f"Ещё не сделано: 1.\n{MATHS} › Итоги: 1" in str(event.description)


# Dates that come every year


def test_a_teacher_has_the_dates_of_teachers(school: School) -> None:
    found = told(files(school, d("14.09"))[TEACHER])
    assert (d("01.09"), "Начало учебного года") in found
    assert (d("15.09"), "Календарно-тематическое планирование внесено") in found
    assert (d("24.10"), "Отметки за период выставлены") in found
    assert (d("26.10"), "Отчёт учителя-предметника за период") in found, "a Saturday's next working day"
    assert not [title for _, title in found if "класс" in title.casefold() or "Учебный план" in title]
    assert [day for day, _ in found] == sorted(day for day, _ in found)


def test_the_marks_of_class_1_are_nobodys_deadline(school: School) -> None:
    titles = [title for _, title in told(files(school, d("14.09"))["СТ-03"])]
    assert "Отчёт учителя-предметника за период" in titles
    assert not [title for title in titles if title.startswith(("Отметки", "Годовые"))]


def test_a_class_teacher_has_those_of_the_class(school: School) -> None:
    found = told(files(school, d("14.09"))[CLASS_TEACHER])
    assert (d("15.09"), "Сведения об обучающихся класса внесены") in found
    assert (d("01.10"), "«Итоговые данные по учащимся» и «Общие сведения об обучающихся»") in found
    assert (d("26.10"), "Отчёт классного руководителя и сводные ведомости за период") in found
    months = [day for day, title in found if title == "Отчёт о посещаемости класса за месяц"]
    assert months[0] == d("30.09")
    assert len({(day.year, day.month) for day in months}) == len(months)


PRELIMINARY = "Предварительный отчёт классного руководителя за две недели"


def test_every_two_weeks_a_class_teacher_has_the_preliminary_report(school: School) -> None:
    content = files(school, d("14.09"))[CLASS_TEACHER]
    own = [event for event in events(content) if event.summary == PRELIMINARY]
    assert [event.start for event in own][:5] == [d("28.09"), d("12.10"), d("26.10"), d("09.11"), d("23.11")]
    assert dt.date(2027, 1, 18) in [event.start for event in own], "of 22.12–04.01, the first week of which is of study"
    assert len({event.uid for event in own}) == len(own)
    assert all(event.alarm for event in own)
    assert "Классы: 5А." in str(own[0].description)
    assert PRELIMINARY not in [title for _, title in told(files(school, d("14.09"))["СТ-03"])], "not of class 1"


def test_two_weeks_of_holidays_ask_for_no_preliminary_report(tmp_path: Path) -> None:
    days = (("зимние", "", "22.12.2026", "10.01.2027", "01.09.2026"),)
    head = ("Название", "Классы", "Начало", "Окончание", "Опубликовано")
    changed = school_with(tmp_path, {"Школа.xlsx": {"Каникулы": (head, *days)}})
    found = [day for day, title in told(files(changed, d("14.09"))[CLASS_TEACHER]) if title == PRELIMINARY]
    assert dt.date(2027, 1, 4) in found
    assert dt.date(2027, 1, 18) not in found, "22.12–04.01 has no study day"
    assert dt.date(2027, 2, 1) in found


def test_what_the_preliminary_report_lacks_is_told_in_its_event(school: School) -> None:
    place = CellRef("Журналы/5А/Классный руководитель.xlsx", "Титул")
    report = owed(d("12.10"), code="R1007", clause="10.4", at=place, role=Role.CLASS_TEACHER, person=CLASS_TEACHER)
    (event,) = [
        one
        for one in events(files(school, d("01.10"), [report])[CLASS_TEACHER])
        if one.start == d("12.10") and one.summary == PRELIMINARY
    ]
    assert f"Ещё не сделано: 1.\n{place.workbook} › Титул: 1" in str(event.description)


def test_the_preliminary_report_follows_the_term_of_its_own_rule(tmp_path: Path) -> None:
    own = school_with(tmp_path, terms(("R1007", "7", "дней", "", "", "")))
    assert (d("21.09"), PRELIMINARY) in told(files(own, d("14.09"))[CLASS_TEACHER])
    off = school_with(tmp_path, terms(("R1007", "", "", "", "", "нет")))
    assert PRELIMINARY not in [title for _, title in told(files(off, d("14.09"))[CLASS_TEACHER])]


def test_the_officials_have_theirs(school: School) -> None:
    admin = {title: day for day, title in told(files(school, d("14.09"))[ADMIN])}
    assert admin["Переход на новый учебный год завершён"] == d("15.09")
    assert admin["Приказы о формировании 1-х и 10-х классов"] == d("07.09")
    assert admin["Приказы о переводе, выпуске и второгодниках"] == dt.date(2027, 8, 31)
    assert "Сводные отчёты по школе за период" in admin
    deputy = [title for _, title in told(files(school, d("14.09"))[DEPUTY])]
    assert "Расписание занятий сформировано" in deputy


def test_who_left_has_no_calendar_unless_something_is_owed(school: School) -> None:
    gone = {**school.staff, TEACHER: school.staff[TEACHER].model_copy(update={"dismissed": d("10.09")})}
    left = replace(school, staff=gone)
    assert TEACHER in files(left, d("10.09"))
    assert TEACHER not in files(left, d("14.09"))
    assert TEACHER in files(left, d("14.09"), [owed(d("21.09"))])


def test_everybody_has_at_least_one_event(school: School) -> None:
    for content in files(school, d("14.09")).values():
        assert events(content), "a calendar without an event is no calendar"


# Регламент.xlsx


def standing(key: str) -> Standing:
    return next(one for one in STANDING if one.key == key)


MARKS = next(rule for rule in RULES if rule.code == "R0813")


def test_standing_dates_follow_the_terms_of_the_school(tmp_path: Path) -> None:
    changed = school_with(tmp_path, terms(("R0813", "3", "рабочих дней", "", "", "")))
    assert (d("28.10"), "Отметки за период выставлены") in told(files(changed, d("14.09"))[TEACHER])
    off = school_with(tmp_path, terms(("R0813", "", "", "", "", "нет")))
    assert "Отметки за период выставлены" not in [title for _, title in told(files(off, d("14.09"))[TEACHER])]
    other = Term.model_validate({"code": MARKS.code, "value": 1, "unit": "дней"})
    named = replace(off, regulation=replace(off.regulation, terms={MARKS.code: other}))
    term = term_in(standing("marks"), named)
    assert term == replace(on_the_day("окончания периода"), count=1)


def test_a_day_off_moves_a_standing_date_by_the_switch_alone(tmp_path: Path) -> None:
    switch = {
        REGULATION: {"Настройки": (("Показатель", "Значение"), ("Срок в выходной переносится на рабочий день", "да"))}
    }
    assert (d("26.10"), "Отметки за период выставлены") in told(
        files(school_with(tmp_path, switch), d("14.09"))[TEACHER]
    )


def test_a_day_in_a_year_without_rows_is_not_guessed(school: School) -> None:
    found = list(days_of(standing("school-reports"), school, ()))
    assert found == [], "no class, no period"
    unknown = replace(school.calendar, known_years=frozenset({2025}))
    reckoned = replace(standing("order"), term=replace(standing("order").term, count=2, unit="рабочих дней"))
    assert list(days_of(reckoned, replace(school, calendar=unknown), ())) == []


def test_every_standing_date_names_a_clause_and_a_name_of_its_own() -> None:
    assert len({one.key for one in STANDING}) == len(STANDING)
    assert [one.clause for one in STANDING] == sorted(
        (one.clause for one in STANDING), key=lambda clause: [int(part) for part in clause.split(".")]
    )
    assert {one.reckoned for one in STANDING} == set(From)


# The build


def calendars(school: LittleSchool) -> dict[str, bytes]:
    return {path: content for path, content in school.site().items() if path.endswith(".ics")}


def test_the_build_writes_a_calendar_for_every_employee(tmp_path: Path) -> None:
    school = little_school(tmp_path)
    school.build()
    found = calendars(school)
    assert set(found) == {calendar_path("СТ-01"), calendar_path("СТ-02")}
    assert all(read(content).prodid == "-//sgo-sheets//calendar of deadlines//RU" for content in found.values())
    assert (dt.date(2026, 9, 15), "Календарно-тематическое планирование внесено") in told(found[calendar_path("СТ-01")])


def test_builds_on_different_days_name_events_alike_and_the_same_build_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second, later = (little_school(tmp_path / name) for name in ("a", "b", "c"))
    for school, on in ((first, ON), (second, ON), (later, ON + dt.timedelta(days=1))):
        school.build(on)
    assert calendars(first) == calendars(second)
    for path, content in calendars(first).items():
        today = {event.uid: event.start for event in events(content)}
        tomorrow = {event.uid: event.start for event in events(calendars(later)[path])}
        assert len(today) == len(events(content))
        both = set(today) & set(tomorrow)
        assert {uid: today[uid] for uid in both} == {uid: tomorrow[uid] for uid in both}
        assert len(both) >= len(today) - 3


# The command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(sgo, ["calendar", *arguments])


def test_the_command_writes_what_the_build_writes(tmp_path: Path) -> None:
    school = little_school(tmp_path / "school")
    school.build(ON)
    options = ("--school", str(school.root), "--on", ON.isoformat(), "--person")
    out = tmp_path / "мой.ics"
    answer = run(*options, "учитель1", "--out", str(out))
    assert (answer.exit_code, answer.output) == (0, f"Календарь записан: {out}\n")
    assert out.read_bytes() == calendars(school)[calendar_path("СТ-01")]
    assert run(*options, "СТ-02").stdout_bytes == calendars(school)[calendar_path("СТ-02")]
    unknown = run(*options, "Учитель3")
    assert isinstance(unknown.exception, UserError)
    assert "нет в листе «Сотрудники»" in str(unknown.exception)
    refused = run(*options, "СТ-01", "--out", str(tmp_path / "нет" / "мой.ics"))
    assert isinstance(refused.exception, UserError)
