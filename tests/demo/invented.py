"""What the tests of the demo share: the committed school's arguments, and what «sgo check» says of a folder."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Mapping
from pathlib import Path

from sgo_sheets.demo.invent import invent, read
from sgo_sheets.demo.planting import Planted
from sgo_sheets.demo.world import Spec
from sgo_sheets.rules.engine import Verdict, combine, judge, judge_school
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.model import School
from sgo_sheets.workbooks.reader import read_all

REPOSITORY = Path(__file__).parents[2]
COMMITTED = Spec(classes=5, pupils=70, seed=74, on=dt.date(2026, 11, 24))
SMALL = Spec(classes=2, pupils=16, seed=5, on=dt.date(2026, 10, 7))
LARGE = Spec(classes=40, pupils=1000, seed=3, on=dt.date(2026, 11, 24))


def in_memory(spec: Spec) -> tuple[School, tuple[Planted, ...]]:
    """Return an invented school, read without files, and what is planted in it; what is written is the same."""
    invented = invent(spec)
    return read(invented), invented.planted


def verdict_on(school: School, on: dt.date) -> Verdict:
    """Return what is said of a school on a day."""
    return combine([judge_school(school, on), *(judge(book, on) for book in school.books)])


def verdict(workbooks: Path, on: dt.date) -> Verdict:
    """Return what is said of the workbooks of a folder on a day."""
    return verdict_on(assemble(read_all(workbooks)), on)


def parts(path: Path) -> Mapping[str, bytes]:
    """Return the parts of a workbook: its bytes whatever library has compressed them."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in sorted(archive.namelist())}


def files(root: Path) -> list[str]:
    """Return the names of all files of a folder, relative to it, with slashes."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
