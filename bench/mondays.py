"""``python -m bench.mondays``: a clean school of 40 classes on every Monday of the year: nothing may be said of it.

The school is invented and read in memory, without files, so that a year takes minutes. Prints how many Mondays there
were, everything that was said on any of them, and how long judging took; ends with 1 if anything was said.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import sys
import time

from sgo_sheets.demo.invent import invent, read
from sgo_sheets.demo.world import Spec
from sgo_sheets.rules.engine import Verdict, combine, judge, judge_school

FIRST, LAST = dt.date(2026, 8, 31), dt.date(2027, 8, 30)
SHOWN = 20


def main() -> None:
    """Play the Mondays."""
    options = argparse.ArgumentParser(prog="bench.mondays")
    options.add_argument("--classes", type=int, default=40)
    options.add_argument("--pupils", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--every", type=int, default=1, help="only every so many Mondays")
    given = options.parse_args()
    mondays = [FIRST + dt.timedelta(weeks=n) for n in range(0, (LAST - FIRST).days // 7 + 1, given.every)]
    judging, said = [], 0
    for on in mondays:
        verdict, seconds = judged(Spec(given.classes, given.pupils, given.seed, on, clean=True))
        judging.append(seconds)
        everything = [*verdict.findings, *verdict.unchecked]
        said += len(everything) + len(verdict.faults)
        for one in everything[:SHOWN]:
            print(f"{on}: {one.code} {one.at}: {one.message} ({one.state.label})")
        for fault in verdict.faults[:SHOWN]:
            print(f"{on}: {fault.code} fell in {fault.place}: {fault.error}")
        print(f"{on}: {len(everything)} said, {sum(verdict.done.values())} done, judged in {seconds:.1f} s", flush=True)
    print(f"{len(mondays)} Mondays, {said} said, judging in one process {statistics.median(judging):.1f} s (median)")
    sys.exit(1 if said else 0)


def judged(spec: Spec) -> tuple[Verdict, float]:
    """Return what is said of a school on its day, and how long judging took."""
    school = read(invent(spec))
    start = time.perf_counter()
    verdict = combine([*(judge(book, spec.on) for book in school.books), judge_school(school, spec.on)])
    return verdict, time.perf_counter() - start


if __name__ == "__main__":
    main()
