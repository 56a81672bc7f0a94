"""What holds for the roll and the movement of any school, however its orders contradict each other."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sgo_sheets.reports import class_sizes, movement_document, pupil_summary
from sgo_sheets.reports.class_sizes import class_sizes as sizes_on
from sgo_sheets.reports.movement import Moved, events, movement, within
from sgo_sheets.reports.rolls import rolls_on
from sgo_sheets.reports.spans import ReportSpan, month_spans
from sgo_sheets.reports.units import UnitKind, units
from sgo_sheets.school.model import School
from tests.reports.roll_school import book_of
from tests.school.small import YEAR, school

CLASSES = ("1А", "5А", "5Б", "6А", "10А")
TYPES = ("Зачисление в гимназию", "Выбытие из гимназии", "Перевод из класса в класс")
DAYS = st.dates(YEAR[0] - dt.timedelta(days=5), YEAR[1] + dt.timedelta(days=5))


@st.composite
def schools(draw: st.DrawFn) -> School:
    """Return a school with any orders: twice left, never come, into a class that is not there."""
    pupils = [f"К-{n}" for n in range(draw(st.integers(1, 8)))]
    cards = [
        {
            "id": pupil, "surname": f"Вымышлев{pupil}", "class_at_start": draw(st.sampled_from(("", *CLASSES))),
            "sex": draw(st.sampled_from(("м", "ж", ""))),
            "language": draw(st.sampled_from(("", "английский, немецкий"))),
            "born": draw(st.none() | st.dates(dt.date(2009, 1, 1), dt.date(2020, 1, 1))),
            "social": draw(st.sampled_from(("", "рабочие", "Рабочие", "служащие"))),
        }
        for pupil in pupils
    ]  # fmt: skip
    orders: list[dict[str, Any]] = [
        {
            "number": str(number), "date": day, "event": draw(st.sampled_from((day, None))),
            "type": draw(st.sampled_from(TYPES)), "pupil": draw(st.sampled_from(pupils)),
            "from_class": draw(st.sampled_from(CLASSES)), "to_class": draw(st.sampled_from((*CLASSES, "7Ж"))),
            "direction": draw(st.sampled_from(("", "другая школа", "колледж"))),
        }
        for number, day in enumerate(draw(st.lists(DAYS, max_size=12)))
    ]  # fmt: skip
    classes = [{"name": name, "grade": int("".join(filter(str.isdigit, name)))} for name in CLASSES]
    return school(
        classes=classes, cards={"5А": cards}, orders=orders, groups=[], loads=[], timetable={"Расписание": []}
    )


def _span(first: dt.date, last: dt.date) -> ReportSpan:
    return ReportSpan("", first, last, "")


def _rows(place: School, span: ReportSpan) -> tuple[Moved, ...]:
    return movement(place, span, within(events(place), span, place.year))


SPANS = st.tuples(st.dates(*YEAR), st.dates(*YEAR)).map(lambda days: _span(min(days), max(days)))


@settings(max_examples=60, deadline=None)
@given(schools(), SPANS)
def test_the_end_is_the_beginning_and_who_came_without_who_left(place: School, span: ReportSpan) -> None:
    for row in _rows(place, span):
        assert row.end == row.start + row.arrived - row.left, row.unit
        assert sum(row.directions.values()) == row.gone


@settings(max_examples=40, deadline=None)
@given(schools(), SPANS)
def test_every_sum_of_movement_is_that_of_its_classes(place: School, span: ReportSpan) -> None:
    rows = _rows(place, span)
    of_class = {row.unit.name: row for row in rows if row.unit.kind is UnitKind.CLASS}
    for row in rows:
        own = [of_class[name] for name in row.unit.classes]
        for field in ("start", "enrolled", "gone", "end"):
            assert getattr(row, field) == sum(getattr(one, field) for one in own), (row.unit, field)
    assert (rows[-1].came, rows[-1].went) == (0, 0)
    assert sum(row.came for row in of_class.values()) == sum(row.went for row in of_class.values())


@settings(max_examples=30, deadline=None)
@given(schools())
def test_a_month_begins_as_the_one_before_it_ended(place: School) -> None:
    months = [_rows(place, span) for span in month_spans(place.year)]
    for one, other in pairwise(months):
        assert [row.end for row in one] == [row.start for row in other]
    year = _rows(place, _span(*place.year))
    assert [row.arrived for row in year if row.unit.kind is UnitKind.SCHOOL] == [sum(m[-1].arrived for m in months)]
    assert year[-1].end == months[-1][-1].end


@settings(max_examples=40, deadline=None)
@given(schools(), st.dates(*YEAR))
def test_the_sizes_of_the_school_are_those_of_its_classes_and_of_movement(place: School, on: dt.date) -> None:
    rows = sizes_on(place, on)
    of_class = {row.unit.name: row for row in rows if row.unit.kind is UnitKind.CLASS}
    for row in rows:
        assert row.pupils.all == sum(of_class[name].pupils.all for name in row.unit.classes)
        assert row.pupils.all == row.pupils.boys + row.pupils.girls + row.pupils.unknown
    moved = _rows(place, _span(place.year.first, on))
    assert [row.pupils.all for row in rows] == [row.end for row in moved]


@settings(max_examples=30, deadline=None)
@given(schools(), st.dates(*YEAR))
def test_the_summary_of_the_school_is_the_sum_of_its_classes(place: School, on: dt.date) -> None:
    parts = [pupil_summary.summary_of(book, on) for book in place.books]
    whole = pupil_summary.sum_of(parts)
    assert whole.pupils.all == sum(len(own) for own in rolls_on(place, on).values())
    for trait in pupil_summary.TRAITS:
        numbers = [line.pupils.all for part in parts for line in part.traits[trait].values()]
        assert sum(numbers) == sum(line.pupils.all for line in whole.traits[trait].values())
        assert sum(numbers) >= whole.pupils.all  # everybody has a line; who is named in two has both
    ages = whole.traits[pupil_summary.AGE].values()
    assert sum(line.pupils.all for line in ages) == whole.pupils.all


@settings(max_examples=40, deadline=None)
@given(st.dates(YEAR[0] + dt.timedelta(days=1), YEAR[1]))
def test_a_leaver_counts_until_the_day_he_left(day: dt.date) -> None:
    order = {"number": "1", "date": day, "event": day, "type": TYPES[1], "pupil": "К-101", "from_class": "5А"}
    place = school(orders=[order])
    eve = day - dt.timedelta(days=1)
    there = [[pupil.id for pupil in book_of(place, "5А").pupils_on(on)] for on in (eve, day)]
    assert there == [["К-101", "К-102"], ["К-102"]]
    assert [sizes_on(place, on)[-1].pupils.all for on in (eve, day)] == [2, 1]
    assert [row.left for row in _rows(place, _span(day, day))][-1] == 1
    assert _rows(place, _span(place.year.first, eve))[-1].left == 0


def test_units_stand_step_by_step_and_what_has_no_grade_only_in_the_school() -> None:
    found = units([("5А", 5), ("1А", 1), ("Группа", 0), ("5Б", 5)])
    assert [unit.name for unit in found] == [
        "1А", "1 параллель", "1–4 классы", "5А", "5Б", "5 параллель", "5–9 классы", "Группа", "По школе",
    ]  # fmt: skip
    assert found[-1].classes == ("5А", "1А", "Группа", "5Б")


@settings(max_examples=20, deadline=None)
@given(schools())
def test_the_spans_of_a_report_have_keys_of_their_own(place: School) -> None:
    for spans in (class_sizes.spans(place), movement_document.spans(place)):
        assert len({span.key for span in spans}) == len(spans)
