"""When data came to be, as the history knows it: read from its index workbook by workbook, as it is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sgo_sheets.findings import Datum, Timing
from sgo_sheets.history.index import Index


class Timings(Mapping[Datum, Timing]):
    """When data came, read workbook by workbook as it is asked for; nothing where there is no index."""

    def __init__(self, index: Index | None, until: dt.date | None = None) -> None:
        self._index, self._until = index, until
        self._read: dict[str, Mapping[Datum, Timing]] = {}

    def of(self, path: str) -> Mapping[Datum, Timing]:
        """Return when the data of one workbook came."""
        if self._index is None:
            return MappingProxyType({})
        if path not in self._read:
            self._read[path] = self._index.timings(path, self._until)
        return self._read[path]

    def __getitem__(self, datum: Datum) -> Timing:
        return self.of(datum.workbook)[datum]

    def __iter__(self) -> Iterator[Datum]:
        for path in self._index.timed() if self._index is not None else ():
            yield from self.of(path)

    def __len__(self) -> int:
        return sum(1 for _ in self)
