"""Real builds: the history records them, obligations are timed by it, and its troubles stop no site."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sgo_sheets.cli import options, sgo
from sgo_sheets.history import REPORTS, History, observing
from sgo_sheets.history.entries import What
from sgo_sheets.pipeline import BuildResult, Memory, figures
from sgo_sheets.records import faults
from sgo_sheets.rules.engine import judge
from tests.history.kept_school import MATHS, ZONE, KeptSchool, header_row, moment
from tests.pipeline.little_school import ON, LittleSchool, little_school

LESSON = dt.date(2026, 11, 16)


@pytest.fixture
def school(tmp_path: Path) -> LittleSchool:
    return little_school(tmp_path / "school")


def build(school: LittleSchool, at: dt.datetime, **options: Any) -> BuildResult:
    """Build as a real build at a moment does."""
    return school.build(at.date(), now=at, **options)


def kept(school: LittleSchool) -> KeptSchool:
    return KeptSchool(school)


def test_every_real_build_is_told_to_the_history(school: LittleSchool) -> None:
    build(school, moment(23))
    assert build(school, moment(23, 13)).idle
    school.mark(MATHS, "К-501", LESSON, "2")
    result = build(school, moment(24))
    assert (result.idle, result.past) == (False, "")
    assert [entry.path for entry in kept(school).entries()][-1] == MATHS
    with kept(school).open() as history:
        assert next(iter(history.timings().values())).lacking == dt.date(2026, 11, 23)


def test_a_build_of_another_day_is_not(school: LittleSchool) -> None:
    school.build(ON)
    assert not kept(school).folder.exists()
    build(school, moment(23))
    before = (kept(school).folder / "log.jsonl").read_bytes()
    school.mark(MATHS, "К-501", LESSON, "2")
    school.build(ON)
    assert (kept(school).folder / "log.jsonl").read_bytes() == before
    assert build(school, moment(23)).idle is False, "the history has not seen this save yet"
    assert kept(school).entries()[-1].path == MATHS


def test_a_watcher_records_each_save_once(school: LittleSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    build(school, moment(20), memory=memory)
    read: list[str] = []
    real = observing.read_data
    monkeypatch.setattr(observing, "read_data", lambda *a: read.append(a[1]) or real(*a))
    for day, text in ((21, "2"), (22, "3")):
        school.mark(MATHS, "К-501", LESSON, text)
        build(school, moment(day), memory=memory)
        build(school, moment(day, 13), memory=memory)
    assert [entry.path for entry in kept(school).entries() if entry.what is What.VERSION][11:] == [MATHS, MATHS]
    assert read == [], "the last version is still in memory"


def test_done_in_time_late_or_nobody_knows(school: LittleSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The verdict is given the timings of the class, and judged again as soon as they change."""
    given: list[dict[Any, Any]] = []

    def spy(book: Any, on: dt.date, **options: Any) -> Any:
        own = {datum.key: timing for datum, timing in options["timings"].items() if datum.workbook != REPORTS}
        given.append(own | {"class": book.name})
        return judge(book, on, **options)

    monkeypatch.setattr(figures, "judge", spy)
    build(school, moment(20))
    build(school, moment(21))
    given.clear()
    school.mark(MATHS, "К-501", LESSON, "2")
    build(school, moment(24))
    (one,) = [found for found in given if found["class"] == "5А"]
    assert (one["2026-11-16"].lacking.day, one["2026-11-16"].seen.day) == (21, 24)
    assert not [found for found in given if found["class"] == "5Б" and len(found) > 1]
    given.clear()
    school.build(dt.date(2026, 11, 24), full=True)
    assert any("2026-11-16" in found for found in given), "a build of another day asks the history too"


@pytest.mark.parametrize("what", ["full", "broken", "network"])
def test_trouble_with_the_history_is_said_and_the_site_built(
    school: LittleSchool, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    build(school, moment(20))
    school.mark(MATHS, "К-501", LESSON, "2")
    with monkeypatch.context() as patch:
        if what == "full":

            def no(*_: Any) -> None:
                raise sqlite3.OperationalError("database or disk is full")

            patch.setattr(History, "append", no)
        elif what == "network":
            patch.setattr("sgo_sheets.history.history.why_not", lambda _: "Папка лежит на сетевом диске.")
        else:
            patch.setattr(observing, "file_facts", lambda *_: (_ for _ in ()).throw(OSError(5, "EIO")))
        result = build(school, moment(21))
        assert "стори" in result.past
        assert not result.idle
        assert "<b>2</b>" in school.page("К-501")
    again = build(school, moment(22))
    assert again.past == ""
    assert kept(school).entries()[-1].path == MATHS


# Saves that are held back.


def erase(school: LittleSchool, path: str, *, rows: int = 3, columns: int = 40) -> None:
    """Take the marks of some pupils away, from the first column on."""
    with school.opened(path) as book:
        sheet = book["Отметки"]
        first = header_row(sheet) + 1
        for row in range(first, first + rows):
            for column in range(4, 4 + columns):
                sheet.cell(row, column).value = None


def told(result: BuildResult) -> list[str]:
    return [f.message.replace("\u00a0", " ") for f in result.verdict.findings if f.code == faults.HELD_BACK.code]


def judged(result: BuildResult) -> set[tuple[str, str]]:
    """Return what the rules say of the journal."""
    return {(f.code, f.at.cell) for f in result.verdict.findings if f.at.workbook == MATHS and f.code[0] == "R"}


def test_a_save_that_loses_old_marks_is_held_back_until_accepted(school: LittleSchool) -> None:
    first = build(school, moment(20))
    page = school.page("К-501")
    erase(school, MATHS)
    result = build(school, moment(23))
    assert list(result.held) == [MATHS]
    assert school.page("К-501") == page
    teacher, admin = sorted(
        (f for f in result.verdict.findings if f.code == faults.HELD_BACK.code), key=lambda f: f.role, reverse=True
    )
    assert (teacher.role, teacher.person, admin.role) == ("teacher", "СТ-01", "admin")
    assert "пропало 27 из 27" in teacher.message.replace("\u00a0", " ")
    assert "sgo build --accept-changes" in admin.message
    saves = [entry.path for entry in kept(school).entries() if entry.what is What.VERSION]
    assert saves[-1] == MATHS, "the save itself is kept"
    assert judged(result) == judged(first), "judged by the version that is shown"
    assert build(school, moment(23, 14)).idle
    later = build(school, moment(30))
    assert list(later.held) == [MATHS]
    assert "с 23.11.2026" in told(later)[0]
    accepted = build(school, moment(30), accept_changes=[MATHS])
    assert (accepted.held, told(accepted)) == ({}, [])
    assert school.page("К-501") != page
    assert build(school, moment(30)).held == {}


def test_put_right_it_is_taken_at_once(school: LittleSchool) -> None:
    build(school, moment(20))
    erase(school, MATHS)
    build(school, moment(23))
    school.restore(MATHS)
    school.mark(MATHS, "К-501", LESSON, "2")
    result = build(school, moment(24))
    assert (result.held, told(result)) == ({}, [])
    assert "<b>2</b>" in school.page("К-501")


def test_ordinary_work_is_never_held_back(school: LittleSchool) -> None:
    build(school, moment(23))
    erase(school, MATHS, rows=1)  # a pupil left and his row was emptied: a third of three, not more
    assert build(school, moment(24)).held == {}
    with school.opened(MATHS) as book:
        sheet = book["Отметки"]
        for row in range(header_row(sheet) + 1, header_row(sheet) + 4):
            for column in range(4, sheet.max_column + 1):
                date = sheet.cell(1, column).value
                if isinstance(date, dt.datetime) and date.date() >= dt.date(2026, 11, 11):
                    sheet.cell(row, column).value = "5"  # all of the last two weeks
    assert build(school, moment(25)).held == {}


# The commands.


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[dt.datetime]:
    """Return the clock of the command line: its last entry is now."""
    now = [moment(20)]
    monkeypatch.setattr(options, "clock", lambda _: now[-1])
    for name in ("history", "restore"):
        monkeypatch.setattr(f"sgo_sheets.cli.{name}_command.clock", lambda _: now[-1])
    return now


def run(school: LittleSchool, *words: str) -> Result:
    command, *rest = words
    return CliRunner().invoke(sgo, [command, "--school", str(school.root), *rest])


@pytest.fixture
def lived(school: LittleSchool, clock: list[dt.datetime]) -> LittleSchool:
    """Return a school built by command on three days, a mark typed before the second and a topic before the third."""
    assert run(school, "build").exit_code == 0
    clock.append(moment(21, 9))
    school.mark(MATHS, "К-501", LESSON, "2")
    run(school, "build")
    clock.append(moment(22, 9))
    kept(school).type(MATHS, "Уроки", 1, "Тема урока", "Дроби")
    run(school, "build")
    return school


def test_changes_are_told_in_words(lived: LittleSchool) -> None:
    said = run(lived, "history").output
    assert "22.11.2026 09:00 · Журналы/5А/Математика.xlsx · версия 3" in said
    assert "Уроки · 02.09.2026 · Тема урока: «Математика, тема 1» → «Дроби»" in said
    assert "Отметки · К-501 · урок 16.11.2026: пусто → «2»" in said
    about = run(lived, "history", "--pupil", "К-501").output
    assert "К-501" in about
    assert "Дроби" not in about
    assert "Изменений нет" in run(lived, "history", "--pupil", "К-502").output
    assert "версия 2" not in run(lived, "history", "--since", "2026-11-22").output
    assert "Школа.xlsx" not in run(lived, "history", "--journal", MATHS).output


def test_versions_and_what_is_in_one(lived: LittleSchool) -> None:
    lines = run(lived, "history", "versions", MATHS).output.splitlines()
    assert len(lines) == 3
    assert lines[1].strip().startswith("2  21.11.2026 09:00")
    assert "пусто → «2»" in run(lived, "history", "show", MATHS, "--version", "2").output
    assert "первая версия" in run(lived, "history", "show", MATHS, "--version", "1").output
    assert "версии 1–3" in str(run(lived, "history", "show", MATHS, "--version", "9").exception)
    assert "Математика" in str(run(lived, "history", "versions", "Журналы/5А/Матиматика.xlsx").exception)


def test_verify_says_whole_or_damaged(lived: LittleSchool) -> None:
    result = run(lived, "history", "verify")
    assert (result.exit_code, "История цела" in result.output) == (0, True)
    file = kept(lived).folder / "log.jsonl"
    file.write_bytes(file.read_bytes().replace("Дроби".encode(), "Дробь".encode()))
    result = run(lived, "history", "verify")
    assert (result.exit_code, "изменена" in result.output) == (1, True)


def test_without_a_history_it_says_how_to_begin(school: LittleSchool) -> None:
    assert "sgo build" in str(run(school, "history", "verify").exception)


def test_restore_writes_beside_and_never_over(lived: LittleSchool) -> None:
    root = lived.root / "workbooks"
    now = (root / MATHS).read_bytes()
    assert run(lived, "restore", MATHS, "--version", "1").exit_code == 0
    assert run(lived, "restore", MATHS, "--version", "1").exit_code == 0
    place = lived.root / ".sgo/restored/Журналы/5А"
    assert sorted(path.name for path in place.iterdir()) == [
        "Математика (версия 1 от 2026-11-20) — 2.xlsx", "Математика (версия 1 от 2026-11-20).xlsx",
    ]  # fmt: skip
    first = (place / "Математика (версия 1 от 2026-11-20).xlsx").read_bytes()
    assert (root / MATHS).read_bytes() == now != first
    with kept(lived).open() as history:
        assert history.objects.get(history.index.versions(MATHS)[0].digest) == first


@pytest.mark.parametrize("lock", ["~$Математика.xlsx", ".~lock.Математика.xlsx#"])
def test_restore_over_keeps_what_it_replaces_and_refuses_an_open_file(lived: LittleSchool, lock: str) -> None:
    root = lived.root / "workbooks"
    lived.mark(MATHS, "К-503", LESSON, "4")  # nobody has built since
    now = (root / MATHS).read_bytes()
    (root / MATHS).with_name(lock).touch()
    assert "открыта" in str(run(lived, "restore", MATHS, "--version", "1", "--over").exception)
    assert (root / MATHS).read_bytes() == now
    (root / MATHS).with_name(lock).unlink()
    assert run(lived, "restore", MATHS, "--version", "1", "--over").exit_code == 0
    with kept(lived).open() as history:
        versions = history.index.versions(MATHS)
        assert history.objects.get(versions[3].digest) == now
        assert history.objects.get(versions[0].digest) == (root / MATHS).read_bytes()


def test_the_site_as_it_was_known_on_a_day(lived: LittleSchool) -> None:
    site, log = lived.site(), (kept(lived).folder / "log.jsonl").read_bytes()
    result = run(lived, "build", "--as-of", "2026-11-21")
    assert result.exit_code == 0, result.output
    then = LittleSchool(lived.root / ".sgo/as-of/2026-11-21")
    assert "<b>2</b>" in then.page("К-501")
    assert "Дроби" not in then.page("К-501", dt.date(2026, 9, 1))
    assert "Дроби" in lived.page("К-501", dt.date(2026, 9, 1))
    assert (lived.site(), (kept(lived).folder / "log.jsonl").read_bytes()) == (site, log)
    assert "истории ещё не было" in str(run(lived, "build", "--as-of", "2026-11-01").exception)


def test_purge_asks_and_wants_the_pupil_out_of_the_books(lived: LittleSchool) -> None:
    assert "ещё записан" in str(run(lived, "history", "purge", "--pupil", "К-501").exception)
    assert "нет ничего" in run(lived, "history", "purge", "--pupil", "К-999").output


def test_retain_says_how_many(lived: LittleSchool, clock: list[dt.datetime]) -> None:
    clock.append(dt.datetime(2027, 2, 1, tzinfo=ZONE))
    assert "Убрано: 0" in run(lived, "history", "retain").output.replace("\u00a0", " ")


def test_accept_changes_by_command(lived: LittleSchool, clock: list[dt.datetime]) -> None:
    erase(lived, MATHS)
    clock.append(moment(23))
    held = run(lived, "build").output.splitlines()
    assert held[1] == "Сохранение задержано, на сайте прежняя версия:"
    assert held[2].startswith(f"  {MATHS}: сохранение задержано: ")
    assert f'sgo build --accept-changes "{MATHS}".' in held[2]
    assert not [line for line in held[3:] if "W0110" in line]
    assert run(lived, "build").output.splitlines()[1:4] == held[1:4], "an idle build does not forget it"
    accepted = run(lived, "build", "--accept-changes", str(lived.root / "workbooks" / MATHS)).output
    assert accepted.splitlines()[1].startswith("Требует внимания: ")
    assert "задержано" not in accepted
