"""Applying: only what changed is written, what has no source goes, and whatever stops it, the next run repairs."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import faulty_disk
import pytest

from sgo_sheets.project import UserError
from sgo_sheets.site import disk, manifest, stage
from sgo_sheets.site.apply import Applied, apply
from sgo_sheets.site.page import Page

OLD = {
    "public/index.html": "школа",
    "public/assets/site.css": "body {}",
    "families/k-1/index.html": "дневник, октябрь",
    "families/k-2/index.html": "выбывший",
    "staff/index.html": "контроль",
}
NEW = {
    "public/index.html": "школа",
    "public/assets/site.css": "body { color: black }",
    "families/k-1/index.html": "дневник, ноябрь",
    "families/k-3/index.html": "прибывший",
    "families/k-3/2026-09-01.html": "прибывший, первая четверть",
    "staff/index.html": "контроль",
}


def put(root: Path, texts: dict[str, str]) -> Applied:
    """Build a site of these pages as a run of the program does."""
    site, aside = root / "site", root / "stage"
    present = disk.scan(site, {})
    stage.clear(aside)
    pages = [Page(path, text.encode(), "staff") for path, text in texts.items()]
    return apply(stage.put(pages, aside, present), aside, site, present)


def files(root: Path) -> dict[str, str]:
    """Return every file under the site with its text, the list of pages apart."""
    site = root / "site"
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {name: path.read_text("utf-8") for name, path in sorted(found.items()) if name != manifest.MANIFEST}


def listed(root: Path) -> dict[str, str]:
    return {path: entry.sha256 for path, entry in (manifest.read(root / "site") or {}).items()}


def digests(texts: dict[str, str]) -> dict[str, str]:
    return {path: hashlib.sha256(text.encode()).hexdigest() for path, text in texts.items()}


def test_a_site_becomes_its_pages_and_the_list_names_them(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    done = put(tmp_path, NEW)
    assert files(tmp_path) == dict(sorted(NEW.items()))
    assert listed(tmp_path) == digests(NEW)
    assert set(done.written) == {path for path in NEW if OLD.get(path) != NEW[path]}
    assert done.removed == ("families/k-2/index.html",)
    assert done.kept == 2


def test_the_folder_of_a_pupil_who_left_is_gone(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    put(tmp_path, NEW)
    assert not (tmp_path / "site/families/k-2").exists()
    assert (tmp_path / "site/families").is_dir()


def test_unchanged_pages_are_not_touched(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    before = {path: (tmp_path / "site" / path).stat() for path in (*OLD, manifest.MANIFEST)}
    done = put(tmp_path, OLD)
    assert (done.written, done.removed, done.kept) == ((), (), len(OLD))
    for path, state in before.items():
        now = (tmp_path / "site" / path).stat()
        assert (now.st_mtime_ns, now.st_ino) == (state.st_mtime_ns, state.st_ino), path


def test_a_page_edited_or_deleted_by_hand_is_put_right_and_a_stray_one_goes(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    (tmp_path / "site/staff/index.html").write_text("подделка", "utf-8")
    (tmp_path / "site/public/index.html").unlink()
    (tmp_path / "site/families/stray.html").write_text("чужое", "utf-8")
    put(tmp_path, OLD)
    assert files(tmp_path) == dict(sorted(OLD.items()))


def test_files_beside_the_three_trees_are_not_ours_to_remove(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    (tmp_path / "site/web.config").write_text("настройки сервера", "utf-8")
    put(tmp_path, NEW)
    assert (tmp_path / "site/web.config").read_text("utf-8") == "настройки сервера"


def test_the_same_pages_give_the_same_list_whatever_the_order(tmp_path: Path) -> None:
    put(tmp_path / "one", NEW)
    put(tmp_path / "two", dict(reversed(NEW.items())))
    lists = [(tmp_path / name / "site" / manifest.MANIFEST).read_bytes() for name in ("one", "two")]
    assert lists[0] == lists[1]


def test_two_pages_in_one_place_are_our_fault(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one place"):
        put(tmp_path, {"staff/a.html": "1", "staff/A.html": "2"})


@pytest.mark.parametrize("path", ["../out.html", "staff/../../out.html", "/etc/passwd", "staff/a:b.html", "index.html",
                                  "staff/" + "x" * 120 + ".html", "staff//x.html", "C:/staff/x.html"])  # fmt: skip
def test_a_page_cannot_leave_its_tree(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="no page may lie"):
        put(tmp_path, {path: "x"})
    assert not (tmp_path / "site").exists()


def every_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **options: object) -> Iterator[tuple[Path, int]]:
    """Go from the old site to the new one, breaking it off at the first, second … last change of the disk."""
    probe = tmp_path / "probe"
    put(probe, OLD)
    with faulty_disk.system(monkeypatch, **options) as counted:
        put(probe, NEW)
    assert len(counted.calls) > 10
    for number in range(1, len(counted.calls) + 1):
        root = tmp_path / str(number)
        put(root, OLD)
        yield root, number


def assert_whole(root: Path) -> None:
    """Every page is an old or a new one, and none that both sites have is missing."""
    found = files(root)
    for path, text in found.items():
        if path.endswith(disk.TEMPORARY):
            continue  # nobody's page: the next run takes it away
        assert text in {OLD.get(path), NEW.get(path)}, path
    assert set(OLD) & set(NEW) <= set(found)
    assert listed(root) in (digests(OLD), digests(NEW))


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
def test_killed_at_every_change_the_site_is_whole_and_the_next_run_repairs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    for root, number in every_stop(tmp_path, monkeypatch):
        with faulty_disk.system(monkeypatch, stop_at=number, late=late), pytest.raises(faulty_disk.KilledError):
            put(root, NEW)
        assert_whole(root)
        if listed(root) == digests(NEW):
            assert files(root) == dict(sorted(NEW.items())), "the list came before the pages"
        put(root, NEW)
        assert files(root) == dict(sorted(NEW.items()))
        assert listed(root) == digests(NEW)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (faulty_disk.FULL, "кончилось место"),
        (faulty_disk.BROKEN, "Не удалось записать"),
        (faulty_disk.READ_ONLY, "Нет права писать"),
    ],
)
def test_a_disk_that_says_no_at_every_change_leaves_whole_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, words: str
) -> None:
    hard = ("write", "replace", "makedirs", "unlink", "fsync")
    for root, number in every_stop(tmp_path, monkeypatch, only=hard):
        with (
            faulty_disk.system(monkeypatch, stop_at=number, error=error, only=hard, for_ever=True),
            pytest.raises(UserError, match=words),
        ):
            put(root, NEW)
        assert_whole(root)
        put(root, NEW)
        assert files(root) == dict(sorted(NEW.items()))


def test_a_full_disk_while_pages_are_made_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, OLD)
    with (
        faulty_disk.system(monkeypatch, stop_at=1, error=errno.ENOSPC, only=("write",), for_ever=True),
        pytest.raises(UserError, match="кончилось место"),
    ):
        put(tmp_path, NEW)
    assert files(tmp_path) == dict(sorted(OLD.items()))
    assert listed(tmp_path) == digests(OLD)


def test_a_stage_on_another_disk_is_copied_beside_the_page_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, OLD)
    real = os.replace

    def across(source: Path, target: Path) -> None:
        if "stage" in Path(source).parts and "stage" not in Path(target).parts:
            raise OSError(errno.EXDEV, "другой диск")
        real(source, target)

    monkeypatch.setattr(disk.os, "replace", across)
    put(tmp_path, NEW)
    assert files(tmp_path) == dict(sorted(NEW.items()))


def test_a_file_held_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, OLD)
    present = disk.scan(tmp_path / "site", {})
    staged = stage.put([Page(p, t.encode(), "staff") for p, t in NEW.items()], tmp_path / "stage", present)
    failed: list[str] = []

    def twice(act: object) -> None:
        try:
            act()
        except PermissionError as error:
            failed.append(str(error))
            act()

    with faulty_disk.system(monkeypatch, stop_at=1, error=errno.EACCES, only=("replace",)):
        apply(staged, tmp_path / "stage", tmp_path / "site", present, twice)
    assert len(failed) == 1
    assert files(tmp_path) == dict(sorted(NEW.items()))


KILLED = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
import test_apply
while True:
    test_apply.put(Path(sys.argv[1]), test_apply.NEW)
    print("new", flush=True)
    test_apply.put(Path(sys.argv[1]), test_apply.OLD)
    print("old", flush=True)
"""


def test_killed_for_real_the_site_is_whole(tmp_path: Path) -> None:
    here = Path(__file__).parent
    for lines in (1, 2, 3, 4, 5, 6):
        root = tmp_path / str(lines)
        put(root, OLD)
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, str(root), str(here), str(here.parent)], stdout=subprocess.PIPE
        ) as child:
            for _ in range(lines):
                assert child.stdout is not None
                child.stdout.readline()
            child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        assert_whole(root)
        put(root, NEW)
        assert files(root) == dict(sorted(NEW.items()))
        assert listed(root) == digests(NEW)
