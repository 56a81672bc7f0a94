"""How quickly hostile workbooks are refused: bombs, endless strings, a cell in the last row of the sheet."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.workbooks.archives import plan_book
from tests.workbooks.hostile import HOSTILE

ROOT = Path(__file__).parents[1]


def slowest_refusals(count: int = 3) -> list[tuple[str, float, float]]:
    """Return the hostile files that cost most, with CPU seconds and MiB, read one after another in a process apart."""
    with tempfile.TemporaryDirectory(prefix="sgo-bench-") as name:
        folder = Path(name)
        (folder / "КТП").mkdir()
        (folder / "КТП" / "warm-up.xlsx").write_bytes(plan_book())
        for number, (_, make) in enumerate(HOSTILE.values()):
            (folder / "КТП" / f"{number:03}.xlsx").write_bytes(make())
        command = [sys.executable, "-m", "tests.workbooks.hostile", str(folder)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
    names = {f"{number:03}": name for number, name in enumerate(HOSTILE)}
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    found = [(names[stem], seconds, megabytes) for stem, _, _, seconds, megabytes in rows if stem in names]
    return sorted(found, key=lambda one: -one[1])[:count]
