"""What is not kept for ever: old saves, and everything of one pupil when asked."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import faulty_disk
import pytest

from sgo_sheets.history import log, purge, retain, traces, verify
from sgo_sheets.history.pieces import inflated
from tests.history.kept_school import MATHS, KeptSchool, header_row, kept_school, moment

LESSON = dt.date(2026, 11, 16)
PUPIL = "К-502"


@pytest.fixture
def kept(tmp_path: Path) -> KeptSchool:
    return kept_school(tmp_path / "school")


def test_after_a_month_the_last_save_of_a_day_is_left(kept: KeptSchool) -> None:
    moments = [moment(2, 9), moment(2, 18), moment(3, 9), moment(3, 18)]
    for at, text in zip(moments, "2345", strict=True):
        kept.school.mark(MATHS, "К-501", LESSON, text)
        kept.observe(at)
    with kept.open() as history:
        assert retain(history, moment(20)) == 0
        assert retain(history, moment(20, month=12)) == 2
        assert retain(history, moment(21, month=12)) == 0
        there = {v.version: history.objects.get(v.digest) is not None for v in history.index.versions(MATHS)}
        assert there == {1: True, 2: False, 3: True, 4: False, 5: True}
        assert verify(history) == ()


def test_the_same_bytes_of_another_workbook_stay(kept: KeptSchool) -> None:
    root = kept.school.root / "workbooks"
    first = (root / MATHS).read_bytes()
    shutil.copy(root / MATHS, root / "копия.xlsx")
    kept.observe(moment(2, 9))
    kept.school.mark(MATHS, "К-501", LESSON, "2")
    kept.observe(moment(2, 10))
    (root / MATHS).write_bytes(first)
    kept.observe(moment(2, 11))
    with kept.open() as history:
        retain(history, moment(20, month=12))
        assert verify(history) == ()


def leave(kept: KeptSchool) -> None:
    """Take a pupil out of every workbook and see it."""
    for path in (MATHS, "Журналы/5А/История.xlsx", "Контингент/5А.xlsx"):
        with kept.school.opened(path) as book:
            for sheet in book:
                if sheet.title in ("Отметки", "Итоги", "Обучающиеся"):
                    rows = range(header_row(sheet), sheet.max_row + 1)
                    for row in [r for r in rows if PUPIL in {str(cell.value) for cell in sheet[r][:3]}]:
                        sheet.delete_rows(row)
    kept.observe(moment(5))


def in_the_history(kept: KeptSchool, *words: str) -> set[str]:
    """Return which words stand anywhere in the files of the history, be it in a stored version."""
    found = set()
    raw = [path.read_bytes() for path in kept.folder.iterdir()]
    with kept.open() as history:
        versions = [history.objects.get(digest) or b"" for digest in history.objects.digests()]
    for data in (*raw, *(part for version in versions for part in inflated(version))):
        found |= {word for word in words if word.encode() in data}
    return found


def test_a_purged_pupil_is_nowhere_and_the_chain_holds(kept: KeptSchool) -> None:
    kept.type("Контингент/5А.xlsx", "Обучающиеся", 2, "Адрес", "ул. Тайная, 7")
    kept.school.mark(MATHS, PUPIL, LESSON, "2")
    kept.school.mark(MATHS, "К-501", LESSON, "4")
    kept.observe(moment(2))
    with kept.open() as history:
        found = traces(history, PUPIL)
        assert set(found.current) == {MATHS, "Журналы/5А/История.xlsx", "Контингент/5А.xlsx"}
    leave(kept)
    before = [entry.hash for entry in kept.entries()]
    assert in_the_history(kept, PUPIL, "Тайная", "Лугов", "К-501") == {PUPIL, "Тайная", "Лугов", "К-501"}
    with kept.open() as history:
        found = traces(history, PUPIL)
        assert found.current == ()
        purge(history, found, moment(6))
        assert verify(history) == ()
    assert in_the_history(kept, PUPIL, "Тайная", "Лугов", "К-501") == {"К-501"}
    assert [entry.hash for entry in kept.entries()][:-1] == before
    assert kept.entries()[-1].what == "purged"
    kept.school.mark(MATHS, "К-501", LESSON, "3")
    kept.observe(moment(7))
    assert kept.changes()[0].key == "К-501"


def test_a_number_that_only_begins_alike_is_left(kept: KeptSchool) -> None:
    with kept.open() as history:
        found = traces(history, "К-50")
    assert (found.changes, found.versions, found.current) == ({}, (), ())


def test_values_taken_out_without_a_tombstone_are_seen(kept: KeptSchool) -> None:
    kept.school.mark(MATHS, PUPIL, LESSON, "2")
    kept.observe(moment(2))
    with kept.open() as history:
        entries = [entry.without([0]) for entry in history.log.entries()]
        history.log.rewrite(entries)
    with kept.open() as history:
        assert any("записи об удалении нет" in text for text in verify(history))


def test_a_purge_broken_off_anywhere_is_finished_by_another(
    kept: KeptSchool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.school.mark(MATHS, PUPIL, LESSON, "2")
    kept.observe(moment(2))
    leave(kept)

    def run(school: KeptSchool) -> None:
        with school.open() as history:
            purge(history, traces(history, PUPIL), moment(6))

    def copy(name: str) -> KeptSchool:
        shutil.copytree(kept.school.root, tmp_path / name)
        return KeptSchool(type(kept.school)(tmp_path / name))

    with monkeypatch.context() as patch:
        system = faulty_disk.System()
        patch.setattr(log, "os", system)
        run(copy("probe"))
    for number in range(1, len(system.calls) + 1, 3):
        school = copy(str(number))
        with monkeypatch.context() as patch:
            patch.setattr(log, "os", faulty_disk.System(stop_at=number))
            with pytest.raises(faulty_disk.KilledError):
                run(school)
        run(school)
        with school.open() as history:
            assert verify(history) == (), number
        assert in_the_history(school, PUPIL) == set()
