"""Publishing to a folder: changed files only, in their order, nothing deleted by surprise, nobody's file spoilt."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from filelock import FileLock
from published import DECEMBER, NOVEMBER, OCTOBER, Place, place, whole

from sgo_sheets.project import UserError
from sgo_sheets.publish import folder
from sgo_sheets.publish.folder import LOCK, FolderTarget
from sgo_sheets.publish.listing import LISTING
from sgo_sheets.site.disk import TEMPORARY


def test_the_share_becomes_the_site(tmp_path: Path) -> None:
    school = place(tmp_path)
    first = school.publish(OCTOBER)
    assert school.files() == dict(sorted(OCTOBER.items()))
    assert school.listing() == whole(OCTOBER)
    assert len(first.written) == len(OCTOBER)
    then = school.publish(NOVEMBER)
    assert school.files() == dict(sorted(NOVEMBER.items()))
    assert school.listing() == whole(NOVEMBER)
    assert set(then.written) == {path for path in NOVEMBER if OCTOBER.get(path) != NOVEMBER[path]}
    assert then.deleted == ("families/k-2/index.html",)
    assert then.kept == 2
    assert not (school.share / "families/k-2").exists()


def test_nothing_changed_touches_nothing(tmp_path: Path) -> None:
    school = place(tmp_path, OCTOBER)
    before = {path: (school.share / path).stat().st_mtime_ns for path in (*OCTOBER, LISTING)}
    done = school.publish(OCTOBER)
    assert (done.written, done.deleted, done.kept) == ((), (), len(OCTOBER))
    assert {path: (school.share / path).stat().st_mtime_ns for path in before} == before


def test_assets_come_before_data_and_data_before_pages_and_the_list_is_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = place(tmp_path, OCTOBER)
    done: list[str] = []
    put, remove = FolderTarget.put, FolderTarget.remove
    monkeypatch.setattr(FolderTarget, "put", lambda self, name, *rest: (put(self, name, *rest), done.append(name))[0])
    monkeypatch.setattr(
        FolderTarget, "remove", lambda self, name, *rest: (remove(self, name, *rest), done.append(f"− {name}"))[0]
    )
    school.publish(NOVEMBER)
    assert done == [
        LISTING,  # what is coming
        "public/assets/site.css",
        "staff/reports/5a/07.xlsx",
        "families/k-1/index.html",
        "families/k-3/index.html",
        LISTING,
        "− families/k-2/index.html",
        LISTING,  # nothing is left to delete
    ]


def test_only_the_public_pages_go_without_a_word(tmp_path: Path) -> None:
    school = place(tmp_path)
    school.publish(OCTOBER, everything=False)
    assert set(school.files()) == {"public/index.html", "public/assets/site.css"}
    assert "families" not in (school.share / LISTING).read_text("utf-8")


def test_forgetting_open_does_not_delete_the_diaries(tmp_path: Path) -> None:
    school = place(tmp_path, OCTOBER)
    with pytest.raises(UserError, match="--open"):
        school.publish(everything=False)
    assert school.files() == dict(sorted(OCTOBER.items()))
    school.publish(everything=False, max_deletes=4)
    assert set(school.files()) == {"public/index.html", "public/assets/site.css"}


def test_a_dry_run_says_it_and_does_nothing(tmp_path: Path) -> None:
    school = place(tmp_path, OCTOBER)
    before = sorted(path.name for path in school.share.rglob("*"))
    school.build(NOVEMBER)
    would = school.publish(dry_run=True)
    assert "families/k-3/index.html" in would.written
    assert would.deleted == ("families/k-2/index.html",)
    assert school.files() == dict(sorted(OCTOBER.items()))
    assert sorted(path.name for path in school.share.rglob("*")) == before


def many(number: int) -> dict[str, str]:
    return {f"families/k-{n}/index.html": f"дневник {n}" for n in range(number)}


def test_too_many_deletions_stop_before_anything_is_written(tmp_path: Path) -> None:
    school = place(tmp_path, many(40))
    with pytest.raises(UserError, match=r"удалила бы 11.страниц из 40.*--max-deletes 11"):
        school.publish({**many(29), "staff/index.html": "новое"})
    assert school.files() == dict(sorted(many(40).items()))
    assert school.listing() == whole(many(40))
    done = school.publish(max_deletes=11)
    assert len(done.deleted) == 11
    assert len(school.files()) == 30


def test_fewer_may_be_allowed_than_usual(tmp_path: Path) -> None:
    school = place(tmp_path, many(40))
    with pytest.raises(UserError, match="--max-deletes 1"):
        school.publish(many(39), max_deletes=0)


def test_a_share_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    school = place(tmp_path, OCTOBER)
    shutil.rmtree(school.share)
    with pytest.raises(UserError, match="Подключите сетевой диск"):
        school.publish(NOVEMBER)
    assert not school.share.exists()


def test_an_empty_folder_where_a_share_was_is_a_lost_share(tmp_path: Path) -> None:
    school = place(tmp_path, OCTOBER)
    shutil.rmtree(school.share)
    school.share.mkdir()
    with pytest.raises(UserError, match="теперь она пуста"):
        school.publish(NOVEMBER)
    assert list(school.share.rglob("*.html")) == []
    school.publish(NOVEMBER, anew=True)
    assert school.files() == dict(sorted(NOVEMBER.items()))


def test_a_share_lost_in_the_middle_is_not_written_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    school = place(tmp_path, OCTOBER)
    put = FolderTarget.put

    def lose(self: FolderTarget, name: str, *rest: object) -> object:
        if name.endswith(".xlsx"):
            school.share.rename(tmp_path / "unplugged")
            school.share.mkdir()
        return put(self, name, *rest)

    monkeypatch.setattr(FolderTarget, "put", lose)
    with pytest.raises(UserError, match="пропала во время выкладки"):
        school.publish(NOVEMBER)
    monkeypatch.undo()
    assert list(school.share.iterdir()) == []
    school.share.rmdir()
    (tmp_path / "unplugged").rename(school.share)
    school.publish()
    assert school.files() == dict(sorted(NOVEMBER.items()))
    assert school.listing() == whole(NOVEMBER)


def test_two_publishers_do_not_meet(tmp_path: Path) -> None:
    school = place(tmp_path, OCTOBER)
    with FileLock(school.share / LOCK), pytest.raises(UserError, match="уже выкладывает"):
        school.publish(NOVEMBER)
    assert school.files() == dict(sorted(OCTOBER.items()))
    school.publish()
    assert school.files() == dict(sorted(NOVEMBER.items()))


@pytest.mark.parametrize("same_size", [True, False])
def test_a_page_edited_on_the_spot_is_put_right_and_named(tmp_path: Path, same_size: bool) -> None:
    school = place(tmp_path, OCTOBER)
    page = school.share / "staff/index.html"
    page.write_text("подделка" if same_size else "длинная подделка", "utf-8")
    done = school.publish()
    assert done.edited == ("staff/index.html",)
    assert school.files() == dict(sorted(OCTOBER.items()))


def test_verify_finds_an_edited_page_that_nobody_remembers(tmp_path: Path) -> None:
    school = place(tmp_path)
    school.publish(OCTOBER, forget=True)
    (school.share / "staff/index.html").write_text("подделка", "utf-8")
    assert school.publish(forget=True, verify=True, dry_run=True).edited == ("staff/index.html",)
    school.publish(forget=True, verify=True)
    assert school.files() == dict(sorted(OCTOBER.items()))


def test_a_deleted_page_comes_back(tmp_path: Path) -> None:
    school = place(tmp_path, OCTOBER)
    (school.share / "families/k-1/index.html").unlink()
    assert school.publish(forget=True).written == ("families/k-1/index.html",)
    assert school.files() == dict(sorted(OCTOBER.items()))


@pytest.mark.parametrize("damage", [b"", b'{"schema": "sgo-publ', b"\x00" * 50, None], ids=repr)
def test_a_damaged_or_missing_list_is_made_again_from_the_files(tmp_path: Path, damage: bytes | None) -> None:
    school = place(tmp_path, OCTOBER)
    path = school.share / LISTING
    path.unlink() if damage is None else path.write_bytes(damage)
    done = school.publish(NOVEMBER)
    assert set(done.written) == {path for path in NOVEMBER if OCTOBER.get(path) != NOVEMBER[path]}
    # Nobody can say whose the left page is: it is named, and deleted only when that is asked for.
    assert done.strangers == ("families/k-2/index.html",)
    assert (school.share / "families/k-2/index.html").exists()
    path.unlink()
    school.publish(max_deletes=1)
    assert school.files() == dict(sorted(NOVEMBER.items()))
    assert school.listing() == whole(NOVEMBER)


@pytest.mark.parametrize("content", [{"name": "web app"}, {"schema": "sgo-published/99"}, ["a"]], ids=repr)
def test_another_programs_folder_is_refused(tmp_path: Path, content: object) -> None:
    school = place(tmp_path)
    (school.share / LISTING).write_text(json.dumps(content), "utf-8")
    with pytest.raises(UserError, match="чужой файл"):
        school.publish(OCTOBER)
    assert school.files() == {}


def test_a_site_copied_by_hand_is_taken_over(tmp_path: Path) -> None:
    school = place(tmp_path)
    school.build(OCTOBER)
    school.share.rmdir()
    shutil.copytree(school.site, school.share)
    done = school.publish()
    assert (done.written, done.kept) == ((), len(OCTOBER))
    assert school.listing() == whole(OCTOBER)


def test_files_of_others_stay(tmp_path: Path) -> None:
    school = place(tmp_path, OCTOBER)
    (school.share / "web.config").write_text("настройки", "utf-8")
    (school.share / "staff/расписание.pdf").write_text("чужое", "utf-8")
    done = school.publish(DECEMBER)
    assert done.strangers == ("staff/расписание.pdf",)
    assert (school.share / "web.config").exists()
    assert (school.share / "staff/расписание.pdf").exists()


def test_litter_of_a_killed_run_goes(tmp_path: Path) -> None:
    school = place(tmp_path, OCTOBER)
    for name in (f"staff/index.html{TEMPORARY}", f"{LISTING}{TEMPORARY}"):
        (school.share / name).write_text("половина", "utf-8")
    school.publish()
    assert school.files() == dict(sorted(OCTOBER.items()))


def test_a_site_never_built_or_half_applied_is_not_published(tmp_path: Path) -> None:
    school = place(tmp_path)
    with pytest.raises(UserError, match="ещё не собран"):
        school.publish()
    school.build(OCTOBER)
    (school.site / "staff/index.html").write_text("правлено руками", "utf-8")
    with pytest.raises(UserError, match="не та, что была собрана"):
        school.publish()
    school.build(OCTOBER)
    school.publish()
    assert school.files() == dict(sorted(OCTOBER.items()))


def test_what_came_back_other_than_it_was_written_is_not_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = place(tmp_path, OCTOBER)
    write = folder.disk.write

    def spoil(path: Path, data: bytes, *, sync: bool = False) -> None:
        write(path, data.replace("ноябрь".encode(), "ноябрt".encode()), sync=sync)

    school.build(NOVEMBER)
    monkeypatch.setattr(folder.disk, "write", spoil)
    with pytest.raises(UserError, match="оказалось не то"):
        school.publish()
    monkeypatch.undo()
    assert school.files()["families/k-1/index.html"] == "октябрь"
    school.publish()
    assert school.files() == dict(sorted(NOVEMBER.items()))


def test_the_same_page_again_after_a_broken_run_is_not_taken_for_the_listed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school: Place = place(tmp_path)
    school.publish(OCTOBER, forget=True)
    put = FolderTarget.put

    def break_off(self: FolderTarget, name: str, *rest: object) -> object:
        if name.endswith("k-3/index.html"):
            raise KeyboardInterrupt
        return put(self, name, *rest)

    monkeypatch.setattr(FolderTarget, "put", break_off)
    with pytest.raises(KeyboardInterrupt):
        school.publish(NOVEMBER, forget=True)
    monkeypatch.undo()
    assert school.files()["families/k-1/index.html"] == "ноябрь"
    school.publish(OCTOBER, forget=True)
    assert school.files() == dict(sorted(OCTOBER.items()))
