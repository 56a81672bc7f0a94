"""A watcher makes only what has changed: after any save its site is the very one a first build would make."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.pipeline import Memory
from tests.pipeline.little_school import HISTORY_5B, MATHS_5A, ON, LittleSchool, little_school

ROLL_5B = "Контингент/5Б.xlsx"
Edit = Callable[[LittleSchool], None]


def put(path: str, sheet: str, row: str, column: str, value: str | int | dt.date | None) -> Edit:
    """Return the edit that types a value into the row that begins so, under a header."""

    def edit(school: LittleSchool) -> None:
        with school.opened(path) as book:
            cells = book[sheet]
            cells.cell(row_of(cells, row), column_of(cells, column)).value = value

    return edit


def row_of(sheet: Worksheet, start: str) -> int:
    return next(n for n in range(1, sheet.max_row + 1) if str(sheet.cell(n, 1).value).startswith(start))


def column_of(sheet: Worksheet, header: str) -> int:
    return next(cell.column for row in sheet.iter_rows(max_row=3) for cell in row if cell.value == header)


def damaged(path: str) -> Edit:
    def edit(school: LittleSchool) -> None:
        (school.root / "workbooks" / path).write_bytes(b"PK\x03\x04 cut off")

    return edit


def restored(path: str) -> Edit:
    return lambda school: school.restore(path)


SAVES: dict[str, Edit] = {
    "a mark": lambda school: school.mark(MATHS_5A, "К-501", dt.date(2026, 11, 16), "2"),
    "a topic taken away": put(HISTORY_5B, "Уроки", "2026-09-03", "Тема урока", None),
    "a teacher's surname": put("Школа.xlsx", "Сотрудники", "СТ-01", "Фамилия", "Яблонева"),
    "another teacher of a load": put("Учебный план.xlsx", "Нагрузка", "5А", "Учитель", "СТ-02"),
    "a day of birth": put("Контингент/5А.xlsx", "Обучающиеся", "К-502", "Дата рождения", dt.date(2015, 4, 1)),
    "who is a boy": put(ROLL_5B, "Обучающиеся", "К-511", "Пол", "м"),
    "places of a class": put("Школа.xlsx", "Классы", "5Б", "Плановая наполняемость", 25),
    "the end of the quarter": put("Школа.xlsx", "Периоды", "5", "Окончание", dt.date(2026, 10, 23)),
    "damage: a journal": damaged(HISTORY_5B),
    "the journal again": restored(HISTORY_5B),
    "damage: a roll": damaged(ROLL_5B),
    "the roll again, as it was at first": restored(ROLL_5B),
    "damage: who teaches what": damaged("Учебный план.xlsx"),
    "who teaches what, as it was at first": restored("Учебный план.xlsx"),
    "a mark of the quarter": put(MATHS_5A, "Итоги", "К-503", "1 четверть", 2),
}


def test_after_every_save_the_site_is_the_one_made_at_once(tmp_path: Path) -> None:
    school, memory = little_school(tmp_path / "school"), Memory()
    school.build(memory=memory)
    for number, (words, edit) in enumerate(SAVES.items()):
        edit(school)
        before = school.site()
        school.build(memory=memory, quiet=lambda: True)
        if not words.startswith("damage"):  # a first build has no last good copy to show
            assert school.site() != before, words
            assert school.site() == at_once(school, tmp_path / str(number)), words
    tomorrow = ON + dt.timedelta(days=1)
    school.build(tomorrow, memory=memory, quiet=lambda: True)
    assert school.site() == at_once(school, tmp_path / "tomorrow", tomorrow)


def at_once(school: LittleSchool, root: Path, on: dt.date = ON) -> dict[str, bytes]:
    shutil.copytree(school.root / "workbooks", root / "workbooks")
    shutil.copy(school.root / "sgo.toml", root)
    other = LittleSchool(root)
    other.build(on)
    return other.site()


def test_what_another_program_has_built_meanwhile_is_not_taken_for_ones_own(tmp_path: Path) -> None:
    school, memory = little_school(tmp_path / "school"), Memory()
    school.build(memory=memory)
    school.mark(MATHS_5A, "К-501", dt.date(2026, 11, 16), "2")
    assert school.build().written, "sgo build by hand, while the watcher rests"
    assert not school.build(memory=memory).written
    school.restore(MATHS_5A)
    assert school.build(memory=memory, quiet=lambda: True).written
    assert school.site() == at_once(school, tmp_path / "again")


@pytest.mark.parametrize("damage", [b"{", b""])
def test_a_state_damaged_while_the_watcher_rests_costs_a_build_and_nothing_else(tmp_path: Path, damage: bytes) -> None:
    school, memory = little_school(tmp_path / "school"), Memory()
    school.build(memory=memory)
    (school.root / ".sgo/build.json").write_bytes(damage)
    school.mark(MATHS_5A, "К-501", dt.date(2026, 11, 16), "2")
    school.build(memory=memory, quiet=lambda: True)
    assert school.site() == at_once(school, tmp_path / "again")
