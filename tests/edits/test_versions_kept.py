"""Accidents saved one after another: the history keeps every version, to the byte, and can tell that it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.edits.versions import lost_versions


@pytest.mark.parametrize("seed", range(4))
def test_no_version_is_ever_lost(tmp_path: Path, seed: int) -> None:
    assert lost_versions(tmp_path, seed, saves=6) == []
