"""``python -m bench.edits``: the long run of accidents of ``tests/edits``, 10 000 on read tables and 300 on real files.

Then as many saves, one after another, go into a history that must keep every version. Prints how many there were, how
long they took, and every one after which something fell or a mark changed hands; ends with 1 if there was any.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.edits.campaign import Trial, file_trial, trial, wrongs
from tests.edits.versions import lost_versions

SHOWN = 20


def main() -> None:
    """Run both campaigns."""
    options = argparse.ArgumentParser(prog="bench.edits")
    options.add_argument("--tables", type=int, default=10_000)
    options.add_argument("--files", type=int, default=300)
    options.add_argument("--seed", type=int, default=1_000_000, help="the first seed; CI runs the small ones")
    given = options.parse_args()
    bad = _run("on read tables", trial, range(given.seed, given.seed + given.tables))
    bad += _run("on real .xlsx, pages made", file_trial, range(given.seed, given.seed + given.files))
    bad += _versions(given.seed, given.files)
    sys.exit(1 if bad else 0)


def _run(what: str, play: Callable[[int], Trial], seeds: range) -> int:
    start = time.perf_counter()
    bad = 0
    for seed in seeds:
        try:
            found = wrongs(play(seed))
        except Exception:  # noqa: BLE001 - whatever falls is what is looked for
            found = [traceback.format_exc()]
        bad += bool(found)
        if found and bad <= SHOWN:
            print(f"seed {seed}: {found[0]}")
    print(f"{len(seeds):>6} accidents {what}: {bad} bad, {time.perf_counter() - start:.0f} s", flush=True)
    return bad


def _versions(seed: int, saves: int) -> int:
    """Save so many accidents one after another under the eyes of a history; return how much of it is lost."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="sgo-bench-") as name:
        found = lost_versions(Path(name), seed, saves)
    print(*found[:SHOWN], sep="\n", end="\n" if found else "")
    print(f"{saves:>6} saves into a history: {len(found)} bad, {time.perf_counter() - start:.0f} s", flush=True)
    return len(found)


if __name__ == "__main__":
    main()
