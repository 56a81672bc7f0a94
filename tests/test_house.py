"""What the first minutes on a new machine rest on: locked requirements and one test command."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].casefold().replace("_", "-").replace(".", "-")


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("base.txt", PROJECT["project"]["dependencies"]),
        ("dev.txt", [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]),
        ("bench.txt", PROJECT["dependency-groups"]["bench"]),
    ],
)
def test_everything_needed_is_locked_with_hashes_and_comes_from_anywhere(lock: str, wanted: list[str]) -> None:
    lines = (ROOT / "requirements" / lock).read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert {_name(requirement) for requirement in wanted} <= {_name(pin) for pin in pins}
    assert [pin for pin in pins if not re.match(r"[\w.-]+(\[[\w,]+\])?==[^ ]+ (; .+ )?\\$", pin)] == []


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt", "bench.txt"])
def test_extras_are_locked_by_name(lock: str) -> None:
    """An older pip looks for «coverage[toml]» anew where only «coverage» is locked, and refuses what it finds."""
    head = (ROOT / "requirements" / lock).read_text(encoding="utf-8").split("\n", 2)[1]
    assert "--no-strip-extras" in head


def test_ci_runs_the_test_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert "\nmake test " in readme
    assert "make test" in ci
    assert any(line.startswith("export SGO_REQUIRE_ALL=1") for line in ci[: ci.index("make test")])
