"""Looking whether the history is what was written: the chain of the log, every version, the index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sgo_sheets.history.entries import DamagedError, Entry, What, check, read_entry
from sgo_sheets.history.history import History
from sgo_sheets.history.index import Index
from sgo_sheets.russian import counted


@dataclass(slots=True)
class Seen:
    """What the log tells: how many entries, the versions that must be there, what was taken away and by what right."""

    entries: int = 0
    versions: dict[int, Entry] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    blank: set[tuple[int, int]] = field(default_factory=set)
    granted: set[tuple[int, int]] = field(default_factory=set)


def verify(history: History) -> tuple[str, ...]:
    """Return what is wrong with the history, a Russian sentence each; () when it is what was written."""
    seen = Seen()
    found = [*_chain(history, seen), *_taken(seen), *_versions(history, seen)]
    return tuple(found) or tuple(_index(history))


def _chain(history: History, seen: Seen) -> Iterator[str]:
    before: Entry | None = None
    for number, (_, line) in enumerate(history.log.read(), 1):
        try:
            entry = read_entry(line)
        except DamagedError as error:
            yield f"Журнал истории, строка {number}: {error}."
            continue
        if wrong := check(entry, before):
            yield f"Журнал истории, строка {number}: {wrong}."
        before = entry
        if not entry.true:
            continue
        seen.entries += 1
        seen.blank.update((entry.number, place) for place, one in enumerate(entry.changes) if isinstance(one, str))
        if entry.what is What.VERSION:
            seen.versions[entry.number] = entry
        elif entry.what in (What.DROPPED, What.PURGED):
            seen.dropped.update(entry.facts["versions"])
            for of, places in entry.facts.get("changes", {}).items():
                seen.granted.update((int(of), place) for place in places)
    if lost := history.index.get("lost"):
        yield f"У журнала истории однажды пропал конец: было записей {lost}, осталось меньше."


def _taken(seen: Seen) -> Iterator[str]:
    """Yield the values that are missing without a record of their removal, and those still there in spite of one."""
    if wrong := sorted({number for number, _ in seen.blank - seen.granted}):
        yield f"Из записей {_some(wrong)} значения убраны, но записи об удалении нет."
    if left := sorted({number for number, _ in seen.granted - seen.blank}):
        yield f"Удаление не доведено до конца (записи {_some(left)}): повторите sgo history purge."


def _versions(history: History, seen: Seen) -> Iterator[str]:
    yield from (f"{words[:1].upper()}{words[1:]}." for words in history.objects.faults())
    for number, entry in seen.versions.items():
        if number not in seen.dropped and history.objects.get(str(entry.facts["digest"])) is None:
            yield f"{entry.path}: версия {entry.facts['version']} повреждена или пропала."


def _index(history: History) -> Iterator[str]:
    """Yield whether the index differs from one made anew; asked only of a log that is right."""
    fresh = Index(Path(":memory:"))
    try:
        for place, line in history.log.read():
            fresh.add(read_entry(line), place, place + len(line))
        if fresh.content() != history.index.content():
            yield (
                "Указатель истории расходится с журналом. Удалите файл .sgo/history/index.sqlite: "
                "он будет создан заново."
            )
    finally:
        fresh.close()


def _some(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:5]))
    return shown if len(numbers) <= 5 else f"{shown} … всего {counted(len(numbers), 'запись', 'записи', 'записей')}"
