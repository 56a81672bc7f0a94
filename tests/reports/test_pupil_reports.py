"""Reports 15–20 against the examples worked by hand, what they refuse, and what they may not tell."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgo_sheets.reports.attendance import missed
from sgo_sheets.reports.company import FEWEST, HIDDEN, Company, Group, MonthMarks, closed_months, company_of, months_of
from sgo_sheets.reports.document import Document, Place, Refused, Table
from sgo_sheets.reports.pupil_average import REPORT as AVERAGE
from sgo_sheets.reports.pupil_average import SECRET
from sgo_sheets.reports.pupil_days import REPORT as DAYS
from sgo_sheets.reports.pupil_days import WIDEST
from sgo_sheets.reports.pupil_dynamics import REPORT_16 as DYNAMICS
from sgo_sheets.reports.pupil_dynamics import REPORT_19 as SHARES
from sgo_sheets.reports.pupil_letter import REPORT as LETTER
from sgo_sheets.reports.pupil_marks import entries_of, tally_of
from sgo_sheets.reports.pupil_table import REPORT as TABLE
from sgo_sheets.reports.pupil_tally import average, share
from sgo_sheets.reports.registry import PUPIL_REPORTS
from sgo_sheets.reports.totals import pack_totals, totals_of, unpack_totals
from tests.reports.case_pupils import (
    PETR,
    SUBJECTS,
    VERA,
    ask,
    case_book,
    made,
    marked,
    others,
    pupil,
    shown,
    table,
)


def test_15_is_as_worked_by_hand() -> None:
    found = made(AVERAGE, VERA)
    assert shown(found.tables[0]) == table(15, "Ожидается: средний балл")
    assert found.notes == ("Средний балл класса – по отметкам до 15.11.2026, последней закончившейся недели.", SECRET)


def test_16_is_as_worked_by_hand() -> None:
    found = made(DYNAMICS, VERA)
    expected = table(16, "Ожидается: по месяцам")
    assert shown(found.tables[0], tuple(expected[0])) == expected
    assert "по 31.10.2026" in found.notes[0]


def test_17_is_as_worked_by_hand() -> None:
    marks, absent = made(TABLE, VERA).tables
    assert shown(marks) == table(17, "Ожидается: отметки")
    assert shown(absent) == table(17, "Ожидается: пропуски")


def test_17_says_what_is_missing_and_who_owes_it() -> None:
    lacks = [{"Чего не хватает": lack.what, "Кто": lack.name} for lack in made(TABLE, VERA).lacks]
    assert [{k: t.replace("\u00a0", " ") for k, t in lack.items()} for lack in lacks] == table(
        17, "Ожидается: данные неполны"
    )


def test_18_is_as_worked_by_hand() -> None:
    (found,) = made(DAYS, PETR, span="1 четверть").tables
    assert shown_days(found) == [list(line.values()) for line in table(18, "Ожидается: по дням")]
    groups = [column.group for column in found.columns[1:-3]]
    assert groups == ["сентябрь"] * 5 + ["октябрь"] * 3


def shown_days(found: Table) -> list[list[str]]:
    lines = shown(found, tuple(map(str, range(99)))[: len(found.columns)])
    return [["" if text == "○" else text for text in line.values()] for line in lines]


def test_19_is_as_worked_by_hand() -> None:
    success, quality = made(SHARES, VERA).tables
    assert shown(success) == table(19, "Ожидается: не ниже «3»")
    assert shown(quality) == table(19, "Ожидается: не ниже «4»")


def test_20_is_as_worked_by_hand() -> None:
    marks, absent = made(LETTER, PETR, span="1 четверть").tables
    lines = shown(marks)
    lines[-1]["Отметка за период"] = lines[-1]["Отметка за период"].strip("○")
    assert lines == table(20, "Ожидается: отметки за 1 четверть")
    assert shown(absent) == table(20, "Ожидается: пропуски за 1 четверть")
    assert "Долгов нет." in made(LETTER, PETR, span="1 четверть").notes


def test_20_lists_debts_by_the_end_of_the_period() -> None:
    debts = made(LETTER, PETR, span="2 четверть").tables[2]
    assert shown(debts) == table(20, "Ожидается: долги во 2 четверти")


def test_nothing_written_is_refused_with_a_reason() -> None:
    cards = [*table(15, "Кто в классе"), {"№ личного дела": "К-299", "Фамилия": "Ивняк", "Имя": "Нина"}]
    book = case_book(cards=cards)
    for report in PUPIL_REPORTS:
        found = ask(report, "К-299", book=book)
        if isinstance(found, Document):
            assert report is TABLE, "what is owed to a newcomer is told by the school report alone"
            assert found.lacks
        else:
            assert "пока ничего не записано (данные на 18.11.2026)" in found.reason


def test_class_one_has_no_reports_of_marks() -> None:
    book = dataclasses.replace(case_book(), grade=1)
    for report in (AVERAGE, DYNAMICS, TABLE, SHARES):
        found = ask(report, VERA, book=book)
        assert isinstance(found, Refused)
        assert "В 1 классе отметок нет" in found.reason


def test_no_report_depends_on_marks_of_a_week_or_month_that_is_not_closed() -> None:
    lines = table(15, "Журнал «Математика»")
    for line in lines:
        if line["№ личного дела"] != VERA:
            line["17.11"] = "2"
    changed = case_book([marked("Математика", lines), *(marked(n, table(15, f"Журнал «{n}»")) for n in SUBJECTS[1:])])
    for report in (AVERAGE, DYNAMICS, SHARES):
        assert made(report, VERA, book=changed).tables == made(report, VERA).tables


def test_the_last_closed_week_and_month_end_before_the_newest_data() -> None:
    book = case_book()
    for saved, week, month in (
        (dt.date(2026, 11, 15), dt.date(2026, 11, 8), dt.date(2026, 10, 31)),
        (dt.date(2026, 11, 16), dt.date(2026, 11, 15), dt.date(2026, 10, 31)),
        (dt.date(2026, 10, 31), dt.date(2026, 10, 25), dt.date(2026, 9, 30)),
        (dt.date(2026, 9, 3), None, None),
    ):
        moment = dt.datetime.combine(saved, dt.time(12), tzinfo=dt.UTC)
        company = company_of(dataclasses.replace(book, saved=moment))
        assert (company.week, company.month) == (week, month), saved
    unsaved = company_of(dataclasses.replace(book, saved=None))
    assert unsaved.newest == dt.date(2026, 11, 17), "the newest entry, where no time is known"


def test_a_month_of_the_parallel_that_is_not_closed_concerns_nobody() -> None:
    months = (*others(), MonthMarks("2026-11", 20, ((5, 1.0, 9),)))
    assert closed_months(case_book(), months) == others()
    assert company_of(case_book(), months).others.keys() == {"2026-09", "2026-10"}


def test_what_a_class_gives_to_its_parallel_travels_as_json() -> None:
    totals = totals_of(case_book())
    assert unpack_totals(pack_totals(totals)) == totals
    assert [(one.key, one.pupils, sum(n for *_, n in one.marks)) for one in totals.months] == [
        ("2026-09", 5, 18),
        ("2026-10", 5, 17),
        ("2026-11", 5, 11),
    ]
    assert months_of(case_book()) == totals.months


def test_an_average_is_hidden_where_few_others_have_marks_or_all_have_the_same() -> None:
    five, four = Counter({(5, 1.0): 1}), Counter({(4, 1.0): 1})
    several = {"a": five, "b": four, "c": five}
    assert Group({**several, "me": five}, five + four + five + five).seen_by("me")
    assert Group(several, five + four + five).seen_by("me")
    assert Group(several, five + four + five).seen_by("a") is None, f"fewer than {FEWEST} others"
    same = dict.fromkeys("abcd", five)
    assert Group(same, Counter({(5, 1.0): 4})).seen_by("me") is None, "everybody's mark would be known"


MARKS = st.lists(st.tuples(st.integers(1, 5), st.sampled_from([1.0, 1.5, 2.0])), min_size=1, max_size=40)


@given(MARKS)
def test_averages_and_shares_keep_their_bounds(marks: list[tuple[int, float]]) -> None:
    tally = Counter(marks)
    for weighted in (True, False):
        found = average(tally, weighted=weighted)
        assert found is not None
        assert min(marks)[0] <= found <= max(marks)[0]
    success, quality = share(tally, 3), share(tally, 4)
    assert success is not None
    assert quality is not None
    assert 0 <= quality <= success <= 100


@given(MARKS, MARKS)
def test_an_average_of_all_lies_between_those_of_its_parts(
    first: list[tuple[int, float]], second: list[tuple[int, float]]
) -> None:
    one, two = (average(Counter(marks), weighted=True) for marks in (first, second))
    both = average(Counter(first) + Counter(second), weighted=True)
    assert one is not None
    assert two is not None
    assert both is not None
    assert min(one, two) <= both <= max(one, two)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_control_sums_hold_for_random_journals(seed: int) -> None:
    chance = random.Random(seed)
    cells = ["", "", "5", "4", "3", "2", "5 4", "н", "Б", "УП", "НП", "ОП", ".", "зач", "осв", "1"]
    journals = []
    for name in SUBJECTS:
        lines = table(15, f"Журнал «{name}»")
        for line in lines:
            for day in line.keys() - {"№ личного дела", "Итоги 1 четверть"}:
                line[day] = chance.choice(cells)
        journals.append(marked(name, lines))
    book = case_book(journals)
    company = company_of(book)
    first = next(period for period in book.periods if period.name == "1 четверть")
    for one in book.roll or ():
        own = entries_of(book)[one.id]
        works = sum(tally_of(own).values())
        days = ask(DAYS, one.id, span="1 четверть", book=book, company=company)
        letter = ask(LETTER, one.id, span="1 четверть", book=book, company=company)
        lessons = missed(book, first.first, first.last)[one.id].lessons
        if isinstance(days, Document):
            *rows, total = days.tables[-1].rows
            assert sum(int(str(row.cells[-3])) for row in rows) == total.cells[-3] == lessons
        if isinstance(letter, Document):
            marks, absent = letter.tables[:2]
            *rows, total = marks.rows
            for place in range(1, 5):
                assert sum(int(str(row.cells[place])) for row in rows) == total.cells[place]
            numbers = [int(str(row.cells[1])) for row in absent.rows]
            assert numbers[0] == sum(numbers[1:5]) == lessons
        dynamics = ask(DYNAMICS, one.id, book=book, company=company)
        if isinstance(dynamics, Document):
            *rows, total = dynamics.tables[0].rows
            assert sum(int(str(row.cells[1])) for row in rows) == total.cells[1] == works
            for row in rows:
                assert row.cells[3] in (None, HIDDEN) or int(str(row.cells[3])) >= int(str(row.cells[1]))


def test_many_days_are_told_month_by_month_and_the_figures_stand_once() -> None:
    start = dt.date(2026, 9, 1)
    days = [f"{start + dt.timedelta(days=n):%d.%m}" for n in range(53) if (start + dt.timedelta(days=n)).weekday() < 6]
    line = {"№ личного дела": VERA} | dict.fromkeys(days, "5") | {"Итоги 1 четверть": "5"}
    found = made(DAYS, VERA, span="1 четверть", book=case_book([marked("Математика", [line])]))
    assert [one.name for one in found.tables] == ["сентябрь", "октябрь"]
    assert all(len(one.columns) <= WIDEST + 4 for one in found.tables)
    assert [sum(column.turned for column in one.columns) for one in found.tables] == [0, 3]
    assert found.tables[-1].rows[0].cells[-2:] == (pytest.approx(5), 5)
    assert found.tables[0].rows[-1].place is Place.TOTAL


def test_charts_say_what_the_tables_say() -> None:
    (bars,) = AVERAGE.draw(made(AVERAGE, VERA))
    assert "Математика: ученик 4,25, класс 4,00" in bars.words
    assert "Музыка: ученик 5,00;" in bars.words, "what is hidden is not drawn either"
    (line,) = DYNAMICS.draw(made(DYNAMICS, VERA))
    assert line.words.startswith("сен: ученик 4,40, класс 3,91, параллель 4,00; окт: ученик 4,75, класс 4,24;")
    assert len(SHARES.draw(made(SHARES, VERA))) == 2


def test_a_company_of_nobody_hides_everything() -> None:
    found = made(AVERAGE, VERA, company=Company(newest=dt.date(2026, 9, 2)))
    assert found.notes == ("Среднего балла класса пока нет: не закончилась первая учебная неделя.",)
    assert pupil(case_book(), VERA).name == "Берёзкина Вера"
