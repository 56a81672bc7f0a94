"""The watcher's judgement, look by look: when it builds, when it waits, and what it never believes."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sgo_sheets.project import SENTINEL, UserError
from sgo_sheets.publish.durable import BusyError
from sgo_sheets.watch import LOOKS, TRIES, Built, Watcher, look, watch

MONDAY = dt.date(2026, 11, 23)


@dataclass
class Result:
    failing: dict[str, str] = field(default_factory=dict)
    unfinished: bool = False


class School:
    """A folder of workbooks and a watcher over it that notes what it does."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(exist_ok=True)
        (root / SENTINEL).touch()
        for name in ("Школа.xlsx", "Журналы/5А/Алгебра.xlsx", "Журналы/5А/История.xlsx"):
            self.save(name)
        self.builds: list[dict[str, bytes]] = []
        self.asked: list[bool | None] = []
        self.meanwhile = ""
        self.said: list[str] = []
        self.day = MONDAY
        self.broken: set[str] = set()
        self.read: list[str] = []
        self.error: Exception | None = None
        self.watcher = Watcher(root, self.run, self.readable, lambda: self.day, self.said.append)

    def save(self, name: str, text: str = "данные") -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def run(self, _day: dt.date, quiet: Callable[[], bool] | None) -> Result:
        if self.error:
            raise self.error
        self.builds.append({path.name: path.read_bytes() for path in self.root.rglob("*.xlsx")})
        if self.meanwhile and quiet:
            self.save(self.meanwhile, "сохранено во время сборки")
            self.meanwhile = ""
        self.asked.append(quiet() if quiet else None)
        return Result(dict.fromkeys(self.broken, "2026-11-23"), unfinished=self.asked[-1] is False)

    def readable(self, path: str) -> bool:
        self.read.append(path)
        return path not in self.broken

    def rest(self, most: int = 50) -> list[float]:
        """Let it look until it has nothing to wait for; return the waits."""
        waits = []
        for _ in range(most):
            wait = self.watcher.step()
            if not wait:
                return waits
            waits.append(wait)
        raise AssertionError("it never comes to rest")


@pytest.fixture
def school(tmp_path: Path) -> School:
    """Return a watched school that has been built once."""
    found = School(tmp_path / "workbooks")
    found.rest()
    assert len(found.builds) == 1
    return found


def test_what_may_wait_is_made_with_a_save_unless_something_else_was_saved_meanwhile(school: School) -> None:
    assert school.asked == [None], "the first build makes everything"
    school.save("Журналы/5А/Алгебра.xlsx", "новое")
    school.rest()
    assert school.asked == [None, True]
    school.meanwhile = "Журналы/5А/История.xlsx"
    school.save("Журналы/5А/Алгебра.xlsx", "ещё новее")
    school.rest()
    assert school.asked == [None, True, False, True]
    assert school.builds[-1]["История.xlsx"] == "сохранено во время сборки".encode()
    school.rest()
    assert len(school.asked) == 4, "nothing is left"


def test_what_is_left_while_the_share_is_away_is_made_when_it_is_back(school: School) -> None:
    run = school.watcher.run

    def away(day: dt.date, quiet: Callable[[], bool] | None) -> Built:
        (school.root / SENTINEL).unlink()
        return run(day, quiet)

    school.watcher.run = away
    school.save("Журналы/5А/Алгебра.xlsx", "новое")
    school.rest()
    assert school.asked[-1] is False
    (school.root / SENTINEL).touch()
    school.watcher.run = run
    school.rest()
    assert school.asked[-1] is None
    assert len(school.asked) == 3


def test_it_builds_once_at_the_start_and_then_rests(school: School) -> None:
    for _ in range(5):
        assert school.rest() == []
    assert len(school.builds) == 1


def test_a_saved_journal_is_built_after_two_equal_looks(school: School) -> None:
    school.save("Журналы/5А/Алгебра.xlsx", "новое")
    assert school.watcher.step() > 0
    assert len(school.builds) == 1, "one look is not enough"
    school.rest()
    assert len(school.builds) == 2
    assert school.read == ["Журналы/5А/Алгебра.xlsx"], "the others are not opened"


def test_a_file_still_being_written_is_waited_for(school: School) -> None:
    for size in range(1, 8):
        school.save("Журналы/5А/Алгебра.xlsx", "я" * size)
        assert school.watcher.step() > 0
    assert len(school.builds) == 1
    school.rest()
    assert school.builds[-1]["Алгебра.xlsx"] == ("я" * 7).encode()


@pytest.mark.parametrize("change", ["older copy", "same size and time"])
def test_a_change_that_does_not_look_like_one(school: School, change: str) -> None:
    path = school.root / "Журналы/5А/Алгебра.xlsx"
    state = path.stat()
    if change == "older copy":
        path.write_text("старое", "utf-8")
        os.utime(path, ns=(0, 0))  # the clock went back
    else:
        other = path.with_name("другой.xlsx")
        other.write_text("данныЕ", "utf-8")
        os.utime(other, ns=(state.st_mtime_ns, state.st_mtime_ns))
        other.replace(path)
    school.rest()
    assert len(school.builds) == 2


def excel_deletes_then_renames(path: Path) -> list[Callable[[], None]]:
    temporary = path.with_name("6A7B8C9D")
    return [
        lambda: temporary.write_text("новое", "utf-8") and None,
        path.unlink,
        lambda: temporary.rename(path) and None,
    ]


def excel_renames_both(path: Path) -> list[Callable[[], None]]:
    temporary, old = path.with_name("1A2B3C4D"), path.with_name("5E6F7A8B.tmp")
    return [
        lambda: temporary.write_text("новое", "utf-8") and None,
        lambda: path.rename(old) and None,
        lambda: temporary.rename(path) and None,
        old.unlink,
    ]


def libre_office(path: Path) -> list[Callable[[], None]]:
    lock, temporary = path.with_name(f".~lock.{path.name}#"), path.with_name("lu12345.tmp")
    return [
        lock.touch,
        lambda: temporary.write_text("новое", "utf-8") and None,
        lambda: temporary.replace(path) and None,
        lock.unlink,
    ]


@pytest.mark.parametrize("style", [excel_deletes_then_renames, excel_renames_both, libre_office])
@pytest.mark.parametrize("looks", [1, 2])
def test_the_ways_office_programs_save(
    school: School, style: Callable[[Path], list[Callable[[], None]]], looks: int
) -> None:
    for act in style(school.root / "Журналы/5А/Алгебра.xlsx"):
        act()
        for _ in range(looks):
            school.watcher.step()
    school.rest()
    assert all("Алгебра.xlsx" in build for build in school.builds), "never built without the workbook"
    assert school.builds[-1]["Алгебра.xlsx"] == "новое".encode()
    before = len(school.builds)
    school.rest()
    assert len(school.builds) == before


def test_lock_files_and_temporary_files_are_nothing(school: School) -> None:
    for name in ("Журналы/5А/~$Алгебра.xlsx", ".~lock.Школа.xlsx#", "lu123.tmp", "._Школа.xlsx"):
        school.save(name)
    assert school.rest() == []
    assert len(school.builds) == 1


def test_a_disappearance_is_believed_after_several_looks(school: School) -> None:
    path = school.root / "Журналы/5А/История.xlsx"
    path.unlink()
    for _ in range(LOOKS - 1):
        assert school.watcher.step() > 0
    assert len(school.builds) == 1
    school.rest()
    assert "История.xlsx" not in school.builds[-1]


def test_one_that_comes_back_was_never_gone(school: School) -> None:
    path = school.root / "Журналы/5А/История.xlsx"
    aside = path.rename(path.with_suffix(".tmp"))
    school.watcher.step()
    aside.rename(path)
    school.rest()
    assert len(school.builds) == 1


@pytest.mark.parametrize("loss", ["sentinel", "all files", "folder"])
def test_a_lost_share_proves_nothing(school: School, loss: str, tmp_path: Path) -> None:
    away = tmp_path / "away"
    shutil.copytree(school.root, away)
    if loss == "sentinel":
        (school.root / SENTINEL).unlink()
    else:
        shutil.rmtree(school.root)
        if loss == "all files":
            school.root.mkdir()
    for _ in range(10):
        assert school.watcher.step() == 0
    assert len(school.builds) == 1
    assert len(school.said) == 1, "said once"
    assert "недоступна" in school.said[0]
    shutil.rmtree(school.root, ignore_errors=True)
    shutil.copytree(away, school.root)
    school.rest()
    assert set(school.builds[-1]) == {"Школа.xlsx", "Алгебра.xlsx", "История.xlsx"}


def test_a_half_written_workbook_is_tried_again_and_then_taken(school: School) -> None:
    school.broken = {"Журналы/5А/Алгебра.xlsx"}
    school.save("Журналы/5А/Алгебра.xlsx", "полов")
    school.watcher.step()
    wait = school.watcher.step()
    assert wait > 0
    assert len(school.builds) == 1
    school.broken = set()
    school.save("Журналы/5А/Алгебра.xlsx", "половина и вторая")
    school.rest()
    assert len(school.builds) == 2


def test_one_that_stays_unreadable_is_reported_and_does_not_hold_up_the_others(school: School) -> None:
    school.broken = {"Журналы/5А/Алгебра.xlsx"}
    school.save("Журналы/5А/Алгебра.xlsx", "половина")
    school.save("Журналы/5А/История.xlsx", "новая отметка")
    waits = []
    while len(school.builds) == 1:
        waits.append(school.watcher.step())
    assert school.read.count("Журналы/5А/Алгебра.xlsx") == TRIES
    assert max(waits) > min(waits), "ever later"
    assert school.builds[-1]["История.xlsx"] == "новая отметка".encode()
    school.watcher.step()
    number = len(school.builds)
    school.watcher.step()
    assert len(school.builds) > number, "an unreadable one is tried again at every look"
    school.broken = set()
    school.rest()
    number = len(school.builds)
    assert school.rest() == []
    assert len(school.builds) == number


def test_a_new_day_is_a_reason_to_build(school: School) -> None:
    school.day += dt.timedelta(days=1)
    school.rest()
    assert len(school.builds) == 2


def test_a_refusal_is_said_once_and_tried_again(school: School) -> None:
    school.error = UserError("На диске кончилось место.")
    school.save("Школа.xlsx", "новое")
    for _ in range(6):
        school.watcher.step()
    assert school.said == ["На диске кончилось место."]
    school.error = None
    school.rest()
    assert len(school.builds) == 2


def test_while_another_program_builds_it_waits_and_says_nothing(school: School) -> None:
    school.error = BusyError("Школу собирает другая программа.")
    school.save("Школа.xlsx", "новое")
    for _ in range(6):
        assert school.watcher.step() > 0
    assert school.said == []
    school.error = None
    school.rest()
    assert len(school.builds) == 2


def test_our_own_fault_does_not_end_the_watch(school: School) -> None:
    school.error = ZeroDivisionError("x")
    school.save("Школа.xlsx", "новое")
    school.rest()
    assert "ZeroDivisionError" in school.said[-1]
    school.error = None
    school.save("Школа.xlsx", "ещё новее")
    school.rest()
    assert len(school.builds) == 2


def test_what_is_saved_while_it_builds_is_built_next(school: School) -> None:
    run = school.run

    def slow(day: dt.date, quiet: Callable[[], bool] | None) -> Result:
        result = run(day, quiet)
        if len(school.builds) == 2:
            school.save("Школа.xlsx", "сохранено во время сборки")
        return result

    school.watcher.run = slow
    school.save("Школа.xlsx", "новое")
    school.rest()
    assert school.builds[-1]["Школа.xlsx"] == "сохранено во время сборки".encode()
    assert len(school.builds) == 3


class Script:
    """An alarm that rests no time and ends the watch after so many rests."""

    def __init__(self, rests: int) -> None:
        self.rests, self.slept, self.waited = rests, 0, 0

    def sleep(self, _seconds: float) -> None:
        self.slept += 1
        if self.slept == self.rests:
            raise KeyboardInterrupt

    def quiet(self, _seconds: float) -> None:
        self.waited += 1


def test_the_loop_waits_for_quiet_and_rests_until_ctrl_c(tmp_path: Path) -> None:
    school, alarm, revived = School(tmp_path / "workbooks"), Script(3), []
    with pytest.raises(KeyboardInterrupt):
        watch(school.watcher, alarm, lambda: revived.append(1))
    assert len(school.builds) == 1
    assert alarm.waited >= 1
    assert len(revived) == alarm.waited + alarm.slept


def test_a_thousand_looks_open_nothing(school: School) -> None:
    for _ in range(1000):
        school.watcher.step()
    assert school.read == []
    assert len(school.builds) == 1


def test_nothing_is_touched_by_looking(school: School) -> None:
    before = {path: path.stat() for path in school.root.rglob("*")}
    look(school.root)
    assert {path: path.stat() for path in school.root.rglob("*")} == before
