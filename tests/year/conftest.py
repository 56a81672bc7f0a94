"""A copy of the demo school for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.year.school_year import REPOSITORY, SchoolYear


@pytest.fixture
def year(tmp_path: Path) -> SchoolYear:
    """Return a copy of the committed demo school."""
    return SchoolYear.copied_from(REPOSITORY, tmp_path / "school")
