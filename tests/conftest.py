"""What all tests share: real clients are required in CI and skipped, with what to install, elsewhere."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

# Commands that tests start as processes of their own find the package in the checkout, installed or not.
ROOT = str(Path(__file__).parents[1])
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [ROOT, os.environ.get("PYTHONPATH", "")]))

CLIENTS = {
    "browser": (("chromium", "chromedriver"), "apt-get install chromium chromium-driver"),
    "office": (("soffice",), "apt-get install libreoffice-calc"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose client is not installed, saying what to install; with SGO_REQUIRE_ALL=1 fail instead."""
    for marker, (programs, install) in CLIENTS.items():
        if item.get_closest_marker(marker) is None:
            continue
        missing = [program for program in programs if shutil.which(program) is None]
        if missing and os.environ.get("SGO_REQUIRE_ALL"):
            pytest.fail(f"{', '.join(missing)} not found: {install}")
        elif missing:
            pytest.skip(f"needs {', '.join(missing)}: {install}")
