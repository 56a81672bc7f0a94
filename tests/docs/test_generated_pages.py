"""Pages that follow from the code say what the code says."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["workbooks.md", "report-tables.md", "rules.md", "clauses.md", "cli.md"])
def test_a_generated_page_is_up_to_date(name: str) -> None:
    pages = runpy.run_path(str(DOCS / "generate.py"))["pages"]()
    committed = (DOCS / name).read_text(encoding="utf-8")
    assert committed == pages[name], f"docs/{name} differs from the code: run «python -m docs.generate» and commit it"


def test_the_readme_begins_with_the_two_commands() -> None:
    lines = (DOCS.parent / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line.split("#")[0].strip() for line in lines[3:5]] == ["make site", "make test"]


@pytest.mark.parametrize("page", [DOCS.parent / "README.md", *sorted(DOCS.rglob("*.md"))], ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [part.split(")")[0].split("#")[0] for part in text.split("](")[1:]]
    missing = [link for link in links if link and "://" not in link and not (page.parent / link).exists()]
    assert missing == []
