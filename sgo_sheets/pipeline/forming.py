"""Reports that form themselves in a build: what the history will know of them is known while the school is judged."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from sgo_sheets.findings import Datum, Timing, Timings
from sgo_sheets.pipeline.past import Past


@dataclass(frozen=True, slots=True)
class Forming:
    """How reports formed in this build are dated.

    ``real`` – the history is told of this build; ``timing`` – that of a report complete for the first time, None where
    it cannot be known; ``known`` – the reports formed before.
    """

    real: bool
    timing: Timing | None
    known: frozenset[Datum]

    @classmethod
    def of(cls, past: Past) -> Self:
        """Return it for a build with a history."""
        real = past.now is not None
        return cls(real, past.forming(), past.known_reports() if real else frozenset())

    def timed(self, reports: Iterable[Datum], timings: Timings) -> Timings:
        """Return the timings with those of reports that are formed now for the first time."""
        timing = self.timing
        new = {datum: timing for datum in reports if datum not in self.known} if timing is not None else {}
        return ChainMap(new, timings) if new else timings  # type: ignore[arg-type]  # nothing is ever put into it
