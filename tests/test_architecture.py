"""The shape of the package: one direction of imports, one home of each library, one reader of the clock."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1] / "sgo_sheets"
LAYERS: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split())
    for names in (
        "findings russian project",
        "records",
        "workbooks school",
        "history",
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
    "leather": {"reports"},
    "xlsxwriter": {"reports"},
    "duckdb": {"reports"},
    "icalendar": {"exchange"},
    "jinja2": {"site"},
    "markupsafe": {"site"},
    "watchdog": {"watch"},
    "tenacity": {"publish", "site"},
    "filelock": {"publish", "pipeline"},
    "click": {"cli"},
    "sqlite3": {"history"},
}
CLOCKS = {
    *("date.today", "datetime.today", "datetime.now", "datetime.utcnow"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime"),
}
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("*.py"))}


def _room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def _layer(room: str) -> int:
    return next((place for place, rooms in enumerate(LAYERS) if room in rooms), -1)


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            own = node.module == "sgo_sheets"
            yield from ([f"{node.module}.{alias.name}" for alias in node.names] if own else [node.module])


def test_every_room_has_its_layer() -> None:
    homeless = {_room(path) for path in TREES if _layer(_room(path)) < 0} - {"__init__"}
    assert homeless == set(), "give it a place in LAYERS and in docs/architecture.md"


def test_imports_run_one_way() -> None:
    wrong = []
    for path, tree in TREES.items():
        room = _room(path)
        for name in _imports(tree):
            top, _, rest = name.partition(".")
            other = rest.split(".")[0]
            if top == "sgo_sheets" and room not in {other, "__init__"} and _layer(other) >= _layer(room):
                wrong.append(f"{path.relative_to(ROOT)} imports {name}: {other} does not stand below {room}")
    assert wrong == [], "pass what is needed as an argument, or move the shared word down"


def test_every_library_has_one_home() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}, at home in {sorted(HOMES.get(top, {'no room of HOMES yet'}))}"
        for path, tree in TREES.items()
        for name in _imports(tree)
        if (top := name.split(".")[0]) in HOMES or top not in sys.stdlib_module_names | {"sgo_sheets"}
        if _room(path) not in HOMES.get(top, set())
    ]
    assert wrong == [], "ask a function of the library's home for what is needed"


def test_only_the_command_line_reads_the_clock() -> None:
    readers = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ".".join(ast.unparse(node).split(".")[-2:]) in CLOCKS
        if _room(path) != "cli"
    ]
    assert readers == [], "take the day as an argument; only cli/ knows what day it is"
