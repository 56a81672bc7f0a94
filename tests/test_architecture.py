"""The shape of the package: one direction of imports, one home of each library, one reader of the clock."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "sgo_sheets"
LAYERS: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split())
    for names in (
        "findings russian project",
        "records",
        "workbooks school",
        "rules",
        "reports",
        "site",
        "publish exchange",
        "pipeline",
        "watch demo",
        "cli",
        "__main__",
    )
)
HOMES = {
    "pydantic": {"records"},
    "pydantic_core": {"records"},
    "python_calamine": {"workbooks"},
    "openpyxl": {"workbooks"},
    "defusedxml": {"workbooks"},
    "holidays": {"workbooks"},
    "xlsxwriter": {"reports"},
    "jinja2": {"site"},
    "markupsafe": {"site"},
    "watchdog": {"watch"},
    "tenacity": {"publish", "site"},
    "filelock": {"publish", "pipeline"},
    "click": {"cli"},
}
CLOCKS = {"now", "today", "utcnow", "time_ns", "localtime"}
MODULES = sorted(ROOT.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def _layer(room: str) -> int:
    return next((place for place, rooms in enumerate(LAYERS) if room in rooms), -1)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (
                [f"{node.module}.{a.name}" for a in node.names] if node.module == "sgo_sheets" else [node.module]
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way_and_every_library_has_its_home(path: Path) -> None:
    room = _room(path)
    if room == "__init__":
        return
    assert _layer(room) >= 0, f"{room} is in no layer: give it a place in LAYERS and in docs/architecture.md"
    for name in _imports(path):
        top, _, rest = name.partition(".")
        other = rest.split(".")[0]
        if top == "sgo_sheets" and other != room and _layer(other) >= 0:
            assert _layer(other) < _layer(room), (
                f"{path.name} imports {name}, but {other} does not stand below {room}: "
                "pass what is needed as an argument, or move the shared word down"
            )
        assert room in HOMES.get(top, {room}), (
            f"{path.name} imports {top}, whose home is {', '.join(sorted(HOMES[top]))}: ask a function there"
        )


@pytest.mark.parametrize(
    "path", [p for p in MODULES if _room(p) != "cli"], ids=lambda path: str(path.relative_to(ROOT))
)
def test_only_the_command_line_reads_the_clock(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in CLOCKS
            and isinstance(node.value, (ast.Name, ast.Attribute))
        ):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id
            assert owner not in {"date", "datetime", "dt", "time"}, (
                f"{path.name}:{node.lineno} reads the clock: take the day as an argument; "
                "only cli/ knows what day it is"
            )
