"""A build broken off at every change of the disk, on a full or a closed one: a rerun repairs it."""

from __future__ import annotations

import datetime as dt
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import faulty_disk
import pytest
from little_school import MATHS_5A, LittleSchool, little_school

from sgo_sheets.pipeline import Memory
from sgo_sheets.project import UserError
from sgo_sheets.site import manifest
from sgo_sheets.site.disk import TEMPORARY
from sgo_sheets.site.manifest import MANIFEST

LESSON = dt.date(2026, 11, 16)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> LittleSchool:
    """Return a little school that was built and has a mark more since."""
    school = little_school(tmp_path_factory.mktemp("built") / "school")
    school.build()
    school.mark(MATHS_5A, "К-501", LESSON, "2")
    return school


@pytest.fixture(scope="module")
def expected(built: LittleSchool, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the site of the changed school as a build from nothing makes it."""
    school = copy_of(built, tmp_path_factory.mktemp("expected") / "school")
    shutil.rmtree(school.root / "site")
    shutil.rmtree(school.root / ".sgo")
    school.build()
    return school.site()


def copy_of(school: LittleSchool, root: Path) -> LittleSchool:
    shutil.copytree(school.root, root)
    return LittleSchool(root)


def assert_whole(school: LittleSchool, before: dict[str, bytes], after: dict[str, bytes], but: str = "") -> None:
    """Every file of the site is an old or a new one, and no page that both have is missing."""
    now = {path: data for path, data in school.site().items() if not path.endswith(TEMPORARY)}
    for path, data in now.items():
        if path == but:
            continue
        assert data in {before.get(path), after.get(path)}, path
    assert before.keys() & after.keys() <= now.keys()


def moments(changes: int) -> list[int]:
    """Return which changes of the disk to stop at: all at both ends, every seventh of the pages between, all alike."""
    begin, end = 12, 24
    return sorted({
        *range(1, min(begin, changes) + 1),
        *range(begin, max(begin, changes - end), 7),
        *range(max(1, changes - end), changes + 1),
    })  # fmt: skip


def test_killed_at_changes_of_the_disk(
    built: LittleSchool, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = built.site()
    with faulty_disk.system(monkeypatch) as counted:
        copy_of(built, tmp_path / "probe").build()
    assert len(counted.calls) > 20
    for number in moments(len(counted.calls)):
        school = copy_of(built, tmp_path / str(number))
        late = number % 2 == 1
        with faulty_disk.system(monkeypatch, stop_at=number, late=late), pytest.raises(faulty_disk.KilledError):
            school.build()
        assert_whole(school, before, expected)
        school.build()
        assert school.site() == expected, number
        shutil.rmtree(school.root)


WORDS = {faulty_disk.FULL: "кончилось место", faulty_disk.BROKEN: "Не удалось записать"}


def test_a_disk_that_says_no_at_a_write(
    built: LittleSchool, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, only = built.site(), ("write", "replace", "makedirs")
    with faulty_disk.system(monkeypatch, only=only) as counted:
        copy_of(built, tmp_path / "probe").build()
    for number in moments(len(counted.calls)):
        school = copy_of(built, tmp_path / str(number))
        error = list(WORDS)[number % 2]
        with (
            faulty_disk.system(monkeypatch, stop_at=number, error=error, only=only, for_ever=True),
            pytest.raises(UserError, match=WORDS[error]),
        ):
            school.build()
        assert_whole(school, before, expected)
        school.build()
        assert school.site() == expected, number
        shutil.rmtree(school.root)


@pytest.mark.parametrize("fault", ["killed", "full"])
def test_broken_off_while_the_reports_follow_a_save(
    built: LittleSchool, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """The marks are out then and stay out; a watcher that goes on has nothing wrong in its memory."""
    before = built.site()
    diary = next(path for path in expected if path.startswith("families/") and before.get(path) != expected[path])
    with faulty_disk.system(monkeypatch) as counted:
        asked: list[int] = []
        copy_of(built, tmp_path / "probe").build(quiet=lambda: not asked.append(len(counted.calls)))
    first = asked[0] + 1
    for number in sorted({first, first + 1, *range(first + 2, len(counted.calls), 23), len(counted.calls)}):
        memory = Memory()
        school = copy_of(built, tmp_path / str(number))
        error = 0 if fault == "killed" else faulty_disk.FULL
        with (
            faulty_disk.system(monkeypatch, stop_at=number, error=error, for_ever=fault == "full"),
            pytest.raises(faulty_disk.KilledError if fault == "killed" else UserError),
        ):
            school.build(memory=memory, quiet=lambda: True)
        assert_whole(school, before, expected, but=MANIFEST)
        assert school.site()[diary] == expected[diary], "the marks are out"
        school.build(memory=Memory() if fault == "killed" else memory)
        assert school.site() == expected, number
        shutil.rmtree(school.root)


def fill_up(path: Path) -> None:
    """Write until the disk takes no more."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 1024)


def test_a_site_on_a_disk_that_really_fills_up(tmp_path: Path) -> None:
    school = little_school(tmp_path / "school")
    with faulty_disk.mounted(school.root / "site", "8m"):
        school.build()
        before = school.pages()
        stuffing = school.root / "site/чужое.bin"
        fill_up(stuffing)
        school.mark(MATHS_5A, "К-501", LESSON, "2")
        with pytest.raises(UserError, match="кончилось место"):
            school.build()
        after = {path: data for path, data in school.pages().items() if path != "чужое.bin"}
        assert after.keys() == before.keys()
        assert manifest.read(school.root / "site") is not None
        stuffing.unlink()
        school.build()
        assert school.build().idle


def test_a_site_that_is_closed_for_writing(tmp_path: Path) -> None:
    school = little_school(tmp_path / "school")
    with faulty_disk.mounted(school.root / "site", "8m"):
        school.build()
        before = school.site()
        school.mark(MATHS_5A, "К-501", LESSON, "2")
        subprocess.run(["mount", "-o", "remount,ro", str(school.root / "site")], check=True)
        with pytest.raises(UserError, match="Нет права писать"):
            school.build()
        assert school.site() == before
        subprocess.run(["mount", "-o", "remount,rw", str(school.root / "site")], check=True)
        school.build()
        assert school.build().idle


def test_a_state_folder_that_is_closed_is_said_at_once(tmp_path: Path) -> None:
    school = little_school(tmp_path / "school")
    (school.root / ".sgo").write_text("здесь должна быть папка", "utf-8")
    with pytest.raises(UserError, match=r"\.sgo"):
        school.build()
    assert not (school.root / "site").exists()


KILLED = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from little_school import LittleSchool, MATHS_5A
import datetime as dt
school = LittleSchool(Path(sys.argv[1]))
print("start", flush=True)
for text in "2345" * 50:
    school.mark(MATHS_5A, "К-501", dt.date(2026, 11, 16), text)
    school.build()
    print(text, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 2, 3, 4])
def test_killed_for_real(built: LittleSchool, tmp_path: Path, lines: int) -> None:
    here = Path(__file__).parent
    school = copy_of(built, tmp_path / "school")
    with subprocess.Popen([sys.executable, "-c", KILLED, str(school.root), str(here)], stdout=subprocess.PIPE) as child:
        for _ in range(lines):
            assert child.stdout is not None
            child.stdout.readline()
        child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    shutil.copy(built.root / "workbooks" / MATHS_5A, school.root / "workbooks" / MATHS_5A)
    school.build()
    fresh = copy_of(school, tmp_path / "fresh")
    shutil.rmtree(fresh.root / "site")
    fresh.build(full=True)
    assert school.site() == fresh.site()
