"""What a build is made from, as digests: the workbooks, the program, the templates, sgo.toml and the day."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from sgo_sheets import __version__
from sgo_sheets.project import CONFIG, Project
from sgo_sheets.reports.print_forms import forms_folder
from sgo_sheets.site.render import template_folders
from sgo_sheets.workbooks.files import read_bytes
from sgo_sheets.workbooks.folder import list_workbooks

PACKAGE = Path(__file__).parents[1]


def digest_of(*parts: str) -> str:
    """Return the SHA-256 of texts; where one ends and the next begins matters."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode()
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()


def workbook_digests(workbooks: Path) -> dict[str, str]:
    """Return workbook → SHA-256 of its bytes, «» of one that cannot be read just now. Opens each once."""
    found = {}
    for path in list_workbooks(workbooks):
        data = read_bytes(workbooks / path)
        found[path] = hashlib.sha256(data).hexdigest() if isinstance(data, bytes) else ""
    return found


def maker_digest(project: Project) -> str:
    """Return the digest of what pages are made with: the program, its templates and the school's, sgo.toml."""
    moulds = (*template_folders(project.templates), forms_folder(project.templates))
    return digest_of(_program(), _files(moulds), _text(project.root / CONFIG))


def input_digest(project: Project, on: dt.date, books: Mapping[str, str], past: str = "") -> str:
    """Return the digest of everything a build depends on.

    ``books`` maps workbooks to the digests of their bytes; ``past`` changes whenever the history learns something.
    """
    lines = [f"{path}={books[path]}" for path in sorted(books)]
    return digest_of(maker_digest(project), on.isoformat(), past, *lines)


@cache
def _program() -> str:
    files = sorted(path for path in PACKAGE.rglob("*.py"))
    return digest_of(__version__, *(f"{path.relative_to(PACKAGE).as_posix()}={_text(path)}" for path in files))


def _files(folders: Iterable[Path]) -> str:
    found: list[str] = []
    for folder in folders:
        files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
        found.extend(f"{path.relative_to(folder).as_posix()}={_text(path)}" for path in files)
        found.append("")
    return digest_of(*found)


def _text(path: Path) -> str:
    """Return the digest of a file's bytes, «» of one that cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
