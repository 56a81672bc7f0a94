"""Publishing broken off at every change of the disk, on a full or closed disk, and over files somebody reads."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import faulty_disk
import pytest
from published import DECEMBER, NOVEMBER, OCTOBER, Place, place, whole

from sgo_sheets.project import UserError
from sgo_sheets.publish.run import MANY_HELD
from sgo_sheets.site.disk import TEMPORARY


def assert_whole(school: Place) -> None:
    """Every published page is whole, old or new, and everything that lies there is known to the list."""
    listing = school.listing()
    assert listing is not None
    for path, text in school.files().items():
        if path.endswith(TEMPORARY):
            continue
        assert text in {OCTOBER.get(path), NOVEMBER.get(path)}, path
        assert path in listing.names, path


def changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only: tuple[str, ...]) -> range:
    """Return the numbers of all changes of the disk that publishing November over October takes."""
    probe = place(tmp_path / "probe", OCTOBER)
    probe.build(NOVEMBER)
    with faulty_disk.system(monkeypatch, only=only) as counted:
        probe.publish()
    assert len(counted.calls) > 15
    return range(1, len(counted.calls) + 1)


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("forget", [False, True], ids=["remembered", "elsewhere"])
def test_killed_at_every_change_the_share_is_whole_and_nothing_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: bool, forget: bool
) -> None:
    for number in changes(tmp_path, monkeypatch, faulty_disk.CHANGING):
        school = place(tmp_path / str(number), OCTOBER)
        school.build(NOVEMBER)
        with faulty_disk.system(monkeypatch, stop_at=number, late=late), pytest.raises(faulty_disk.KilledError):
            school.publish()
        assert_whole(school)
        # By the next run the pupil of November is gone again: his page must not stay on the share for ever.
        school.publish(DECEMBER, forget=forget)
        assert school.files() == dict(sorted(DECEMBER.items())), number
        assert school.listing() == whole(DECEMBER)


@pytest.mark.parametrize(
    ("error", "words"),
    [(faulty_disk.FULL, "кончилось место"), (faulty_disk.BROKEN, "Не удалось записать"),
     (faulty_disk.READ_ONLY, "Нет права писать")],
)  # fmt: skip
def test_a_disk_that_says_no_at_every_change_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, words: str
) -> None:
    hard = ("write", "replace", "makedirs", "unlink")
    for number in changes(tmp_path, monkeypatch, hard):
        school = place(tmp_path / str(number), OCTOBER)
        school.build(NOVEMBER)
        with (
            faulty_disk.system(monkeypatch, stop_at=number, error=error, only=hard, for_ever=True),
            pytest.raises(UserError, match=words),
        ):
            school.publish()
        assert_whole(school)
        school.publish()
        assert school.files() == dict(sorted(NOVEMBER.items()))


def hold(monkeypatch: pytest.MonkeyPatch, school: Place, names: set[str], times: int = 10**6) -> list[str]:
    """Let somebody read these published files: they can be neither replaced nor deleted. Return the tries."""
    tries: list[str] = []

    class Held(faulty_disk.System):
        def __getattr__(self, name: str) -> object:
            real = getattr(os, name)
            if name not in ("replace", "unlink"):
                return real

            def call(*paths: Path) -> None:
                path = Path(paths[-1])
                inside = path.relative_to(school.share).as_posix() if path.is_relative_to(school.share) else ""
                if inside in names and tries.count(inside) < times:
                    tries.append(inside)
                    raise PermissionError(errno.EACCES, "файл занят", str(paths[0]))
                real(*paths)

            return call

    monkeypatch.setattr(faulty_disk.disk, "os", Held())
    return tries


def test_a_file_read_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    school = place(tmp_path, OCTOBER)
    with monkeypatch.context() as patch:
        tries = hold(patch, school, {"families/k-1/index.html"}, times=3)
        done = school.publish(NOVEMBER)
    assert len(tries) == 3
    assert done.left == ()
    assert school.files() == dict(sorted(NOVEMBER.items()))


def test_a_file_read_for_ever_waits_for_the_next_run_and_keeps_the_assets_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    october = {**OCTOBER, "public/assets/old.css": "нужен старой странице"}
    school = place(tmp_path, october)
    with monkeypatch.context() as patch:
        hold(patch, school, {"families/k-1/index.html"})
        done = school.publish(NOVEMBER)
    assert done.left == ("families/k-1/index.html",)
    files = school.files()
    assert files["families/k-1/index.html"] == "октябрь"
    assert files["public/assets/old.css"] == "нужен старой странице"
    assert files["families/k-3/index.html"] == "прибыл в ноябре"
    assert not any(path.endswith(TEMPORARY) for path in files)
    school.publish()
    assert school.files() == dict(sorted(NOVEMBER.items()))
    assert school.listing() == whole(NOVEMBER)


def test_an_asset_that_cannot_be_replaced_keeps_the_pages_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    school = place(tmp_path, OCTOBER)
    with monkeypatch.context() as patch:
        hold(patch, school, {"public/assets/site.css"})
        school.publish(NOVEMBER)
    assert school.files() == {path: text for path, text in sorted(OCTOBER.items()) if "k-2" not in path}
    school.publish()
    assert school.files() == dict(sorted(NOVEMBER.items()))


def test_the_page_of_a_pupil_who_left_is_deleted_once_nobody_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = place(tmp_path, OCTOBER)
    with monkeypatch.context() as patch:
        hold(patch, school, {"families/k-2/index.html"})
        done = school.publish(NOVEMBER)
    assert done.left == ("families/k-2/index.html",)
    listing = school.listing()
    assert listing is not None
    assert listing.deleting == ("families/k-2/index.html",)
    assert school.publish(forget=True).deleted == ("families/k-2/index.html",)
    assert school.files() == dict(sorted(NOVEMBER.items()))
    assert school.listing() == whole(NOVEMBER)


def test_many_held_files_do_not_make_it_wait_for_hours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {f"families/k-{number}/index.html": "было" for number in range(30)}
    school = place(tmp_path, pages)
    with monkeypatch.context() as patch:
        tries = hold(patch, school, set(pages))
        done = school.publish(dict.fromkeys(pages, "стало"))
    assert len(done.left) == 30
    assert len(tries) == MANY_HELD * 7 + (30 - MANY_HELD)


def test_a_list_somebody_holds_stops_it_before_a_page_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = place(tmp_path, OCTOBER)
    school.build(NOVEMBER)
    hold(monkeypatch, school, {"manifest.json"})
    with pytest.raises(UserError, match="занят"):
        school.publish()
    assert school.files() == dict(sorted(OCTOBER.items()))


def test_a_reader_always_sees_a_whole_page(tmp_path: Path) -> None:
    long = {"staff/index.html": "а" * 200_000, "public/index.html": "школа"}
    other = {"staff/index.html": "я" * 300_000, "public/index.html": "школа"}
    school = place(tmp_path, long)
    page = school.share / "staff/index.html"
    seen: set[str] = set()
    finished = threading.Event()

    def read() -> None:
        while not finished.is_set():
            seen.add(page.read_text("utf-8"))

    reader = threading.Thread(target=read)
    reader.start()
    for texts in [other, long] * 5:
        school.publish(texts)
    finished.set()
    reader.join()
    assert seen <= {long["staff/index.html"], other["staff/index.html"]}


KILLED = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from published import NOVEMBER, OCTOBER, Place
school = Place(Path(sys.argv[1]))
while True:
    school.publish(NOVEMBER)
    print("november", flush=True)
    school.publish(OCTOBER)
    print("october", flush=True)
"""


@pytest.mark.parametrize("lines", [1, 2, 3, 4])
def test_killed_for_real_the_share_is_whole_and_free(tmp_path: Path, lines: int) -> None:
    here = Path(__file__).parent
    school = place(tmp_path, OCTOBER)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path), str(here), str(here.parent)], stdout=subprocess.PIPE
    ) as child:
        for _ in range(lines):
            assert child.stdout is not None
            child.stdout.readline()
        child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    assert_whole(school)
    school.publish(DECEMBER)
    assert school.files() == dict(sorted(DECEMBER.items()))
    assert school.listing() == whole(DECEMBER)


def test_a_small_disk_that_really_fills_up(tmp_path: Path) -> None:
    with faulty_disk.mounted(tmp_path / "share", "400k"):
        school = Place(tmp_path)
        school.publish(OCTOBER)
        big = {**OCTOBER, "staff/index.html": "новый", "families/k-1/index.html": "б" * 300_000}
        with pytest.raises(UserError, match="кончилось место"):
            school.publish(big)
        assert {path: text for path, text in school.files().items() if text != "новый"}.items() <= OCTOBER.items()
        school.publish(NOVEMBER)
        assert school.files() == dict(sorted(NOVEMBER.items()))


def test_a_share_closed_for_writing(tmp_path: Path) -> None:
    with faulty_disk.mounted(tmp_path / "share", "400k"):
        school = Place(tmp_path)
        school.publish(OCTOBER)
        subprocess.run(["mount", "-o", "remount,ro", str(school.share)], check=True)
        with pytest.raises(UserError, match="Нет права писать"):
            school.publish(NOVEMBER)
        assert school.files() == dict(sorted(OCTOBER.items()))
        subprocess.run(["mount", "-o", "remount,rw", str(school.share)], check=True)
        school.publish()
        assert school.files() == dict(sorted(NOVEMBER.items()))


def test_a_share_unplugged_behind_its_mount_point(tmp_path: Path) -> None:
    share = tmp_path / "share"
    with faulty_disk.mounted(share, "400k"):
        school = Place(tmp_path)
        school.publish(OCTOBER)
    with pytest.raises(UserError, match="теперь она пуста"):
        school.publish(NOVEMBER)
    assert [path.name for path in share.iterdir() if path.is_dir()] == []
