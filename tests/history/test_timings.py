"""When data came: only what appeared while somebody looked has a day, and nobody is late by a guess."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sgo_sheets.findings import Datum, Timing
from sgo_sheets.history import Closing, History, late_changes
from sgo_sheets.workbooks.reader import read_all
from tests.history.kept_school import MATHS, KeptSchool, kept_school, moment
from tests.pipeline.little_school import FIRST, lesson_days

DAYS = lesson_days("Математика")
TOPIC = Datum(MATHS, "Уроки", DAYS[0].isoformat(), "Тема урока")
DUE = Datum(MATHS, "Уроки", DAYS[0].isoformat(), "Сдать к")
MARKS = Datum(MATHS, "Отметки", "2026-11-16", "отметки")


@pytest.fixture
def kept(tmp_path: Path) -> KeptSchool:
    return kept_school(tmp_path / "school")


def timing(kept: KeptSchool, datum: Datum) -> Timing | None:
    with kept.open() as history:
        return history.timings().get(datum)


def november(lacking: int, seen: int) -> Timing:
    return Timing(dt.date(2026, 11, lacking), dt.date(2026, 11, seen))


def test_what_was_there_when_the_history_began_has_no_day(kept: KeptSchool) -> None:
    assert timing(kept, TOPIC) is None
    kept.type(MATHS, "Уроки", 1, "Тема урока", None)
    kept.observe(moment(2))
    kept.type(MATHS, "Уроки", 1, "Тема урока", "Дроби")
    kept.observe(moment(20))
    assert timing(kept, TOPIC) is None


def test_a_datum_came_between_two_looks(kept: KeptSchool) -> None:
    kept.observe(moment(5))
    kept.school.mark(MATHS, "К-501", dt.date(2026, 11, 16), "2")
    kept.observe(moment(9))
    assert timing(kept, MARKS) == november(5, 9)


def test_looks_of_idle_days_count(kept: KeptSchool) -> None:
    digests = {book.path: book.digest for book in read_all(kept.school.root / "workbooks")}
    with kept.open() as history:
        assert history.knows(digests)
        history.look(digests, moment(7))
    kept.school.mark(MATHS, "К-501", dt.date(2026, 11, 16), "2")
    kept.observe(moment(9))
    assert timing(kept, MARKS) == november(7, 9)


def test_the_first_time_counts_whatever_is_typed_later(kept: KeptSchool) -> None:
    for at, value in ((3, dt.datetime(2026, 11, 5)), (10, None), (24, dt.datetime(2026, 11, 6))):
        kept.type(MATHS, "Уроки", 1, "Сдать к", value)
        kept.observe(moment(at))
    assert timing(kept, DUE) == november(1, 3)


def test_a_number_typed_later_does_not_make_the_lesson_late(kept: KeptSchool) -> None:
    kept.type(MATHS, "Уроки", 1, "Сдать к", dt.datetime(2026, 11, 5))
    kept.observe(moment(2))
    kept.type(MATHS, "Уроки", 1, "Урок", 2)
    kept.observe(moment(20))
    assert timing(kept, DUE._replace(key=f"{DAYS[0]} 2")) == november(1, 2)
    assert timing(kept, TOPIC._replace(key=f"{DAYS[0]} 2")) is None


def test_a_moved_column_does_not_make_its_marks_late(kept: KeptSchool) -> None:
    moved = DAYS[2] + dt.timedelta(days=1)
    with kept.school.opened(MATHS) as book:
        for cell in book["Отметки"][1]:
            if isinstance(cell.value, dt.datetime) and cell.value.date() == DAYS[2]:
                cell.value = dt.datetime.combine(moved, dt.time())
    kept.observe(moment(20))
    assert timing(kept, MARKS._replace(key=moved.isoformat())) is None


def test_a_row_that_could_not_be_read_is_not_called_missing(kept: KeptSchool) -> None:
    kept.type(MATHS, "Уроки", 1, "Дата", "второе сентября")
    kept.observe(moment(2))
    kept.type(MATHS, "Уроки", 1, "Дата", dt.datetime.combine(DAYS[0], dt.time()))
    kept.observe(moment(20))
    assert timing(kept, TOPIC) is None
    assert timing(kept, TOPIC._replace(field="Дата")) is None


def test_while_a_workbook_cannot_be_read_nobody_saw_anything_missing(kept: KeptSchool) -> None:
    place = kept.school.root / "workbooks" / MATHS
    whole = place.read_bytes()
    place.write_bytes(whole[:-50])
    for day in (3, 10, 20):
        kept.observe(moment(day))
    place.write_bytes(whole)
    kept.school.mark(MATHS, "К-501", dt.date(2026, 11, 16), "2")
    kept.observe(moment(21))
    assert timing(kept, MARKS) == november(1, 21)


def test_while_a_workbook_was_away_nobody_saw_anything_missing(kept: KeptSchool) -> None:
    place = kept.school.root / "workbooks" / MATHS
    whole = place.read_bytes()
    place.unlink()
    for day in (3, 10, 20):
        kept.observe(moment(day))
    place.write_bytes(whole)
    kept.school.mark(MATHS, "К-501", dt.date(2026, 11, 16), "2")
    kept.observe(moment(21))
    assert timing(kept, MARKS) == november(1, 21)


def test_a_clock_that_goes_back_makes_nobody_late(kept: KeptSchool) -> None:
    kept.observe(moment(20))  # the clock was wrong
    kept.school.mark(MATHS, "К-501", dt.date(2026, 11, 16), "2")
    kept.observe(moment(3))
    assert timing(kept, MARKS) == november(3, 3)
    kept.school.mark(MATHS, "К-502", dt.date(2026, 11, 16), "2")
    kept.observe(moment(4))
    with kept.open() as history:
        assert len(history.index.versions(MATHS)) == 3


def test_the_index_is_made_anew_from_the_log(kept: KeptSchool) -> None:
    kept.observe(moment(5))
    kept.school.mark(MATHS, "К-501", dt.date(2026, 11, 16), "2")
    kept.observe(moment(9))
    with kept.open() as history:
        before = history.index.content()
    for spoil in (Path.unlink, lambda file: file.write_bytes(b"no database at all" * 100)):
        spoil(kept.folder / "index.sqlite")
        with kept.open() as history:
            assert history.index.content() == before
    assert timing(kept, MARKS) == november(5, 9)


def test_reading_alone_writes_nothing(kept: KeptSchool) -> None:
    before = {path.name: path.read_bytes() for path in kept.folder.iterdir()}
    with History(kept.folder, read_only=True) as history:
        assert history.timings().get(TOPIC) is None
        assert history.head()
    assert {path.name: path.read_bytes() for path in kept.folder.iterdir()} == before


def test_reports_are_remembered_from_the_first_time_they_could_be_formed(kept: KeptSchool) -> None:
    before, later = (Datum("Отчёты", "5А", "1 четверть", name) for name in ("отчёт 7", "отчёт 8"))
    with kept.open() as history:
        history.note_formed([before], moment(1))
    kept.observe(moment(3))
    kept.observe(moment(5))
    with kept.open() as history:
        history.note_formed([before, later], moment(5))
        history.note_formed([before, later], moment(9))
        assert dict(history.timings()) == {later: november(3, 5)}


# Marks changed after their period had closed.

QUARTER = Closing("1 четверть", FIRST, dt.date(2026, 10, 24))


def late(kept: KeptSchool, grace: int = 0) -> list[tuple[str, ...]]:
    with kept.open() as history:
        found = late_changes(history.index.corrections(MATHS), [QUARTER], grace)
    return [(one.sheet, one.pupil, one.field, one.old, one.new, str(one.seen)) for one in found]


def test_a_mark_of_a_closed_period_that_became_another(kept: KeptSchool) -> None:
    kept.school.mark(MATHS, "К-501", DAYS[0], "2")
    kept.type(MATHS, "Итоги", 2, "1 четверть", 5)
    kept.observe(moment(5))
    assert sorted(late(kept)) == [
        ("Итоги", "К-502", "1 четверть", "4", "5", "2026-11-05"),
        ("Отметки", "К-501", DAYS[0].isoformat(), "5", "2", "2026-11-05"),
    ]
    assert late(kept, grace=14) == []


def test_a_mark_typed_late_is_no_changed_mark(kept: KeptSchool) -> None:
    kept.school.mark(MATHS, "К-501", DAYS[1], "2")  # nothing stood there
    kept.school.mark(MATHS, "К-501", dt.date(2026, 11, 9), "2")  # this quarter is not closed
    kept.observe(moment(12))
    kept.school.mark(MATHS, "К-501", dt.date(2026, 11, 9), "3")
    kept.observe(moment(13))
    assert late(kept) == []


def test_a_mark_changed_and_changed_back_is_no_change(kept: KeptSchool) -> None:
    for day, text in ((5, "2"), (6, None), (7, "5")):
        kept.school.mark(MATHS, "К-501", DAYS[0], text)  # type: ignore[arg-type]  # None empties the cell
        kept.observe(moment(day))
    assert late(kept) == []
    kept.school.mark(MATHS, "К-501", DAYS[0], "3")
    kept.observe(moment(8))
    assert late(kept) == [("Отметки", "К-501", DAYS[0].isoformat(), "5", "3", "2026-11-05")]


def test_nobody_looked_after_the_end_so_nobody_is_late(tmp_path: Path) -> None:
    kept = kept_school(tmp_path / "other")
    kept.school.mark(MATHS, "К-501", DAYS[0], "2")
    kept.observe(moment(20))
    with kept.open() as history:
        closed = QUARTER._replace(last=dt.date(2026, 11, 10))
        assert late_changes(history.index.corrections(MATHS), [closed]) == ()
