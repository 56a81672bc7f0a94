"""Entries and changes in the words of people at school."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from sgo_sheets.history.changes import ROW, UNREAD, Change
from sgo_sheets.history.entries import Entry, What
from sgo_sheets.history.marks import DAY_MARKS
from sgo_sheets.records.catalog import MARKS_SHEET
from sgo_sheets.russian import counted, day

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def changes_in_words(entry: Entry) -> Iterator[str]:
    """Yield a line for each change whose values are still there, and one for those that were purged."""
    for change in entry.known():
        if change.field != DAY_MARKS:
            yield change_in_words(change)
    if purged := sum(isinstance(one, str) for one in entry.changes):
        yield f"{counted(purged, 'изменение удалено', 'изменения удалены', 'изменений удалено')} по запросу"


def change_in_words(change: Change) -> str:
    """Return «Уроки · 14.09.2026 · Тема урока: пусто → «Дроби»»."""
    place = f"{change.sheet} · {days(change.key)}"
    if change.field == ROW:
        return f"{change.sheet} · «{days(change.old)}» теперь называется «{days(change.new)}»"
    lesson = "урок " if change.sheet == MARKS_SHEET and _ISO.match(change.field) else ""
    return f"{place} · {lesson}{days(change.field)}: {_value(change.old)} → {_value(change.new)}"


def entry_in_words(entry: Entry) -> str:
    """Return what an entry tells, in one line."""
    when = moment(entry.at)
    facts = entry.facts
    if entry.what is What.VERSION:
        by = facts.get("by") or facts.get("owner")
        return f"{when} · {entry.path} · версия {facts['version']}" + (f" · сохранил(а) {by}" if by else "")
    if entry.what is What.MOVED:
        return f"{when} · {entry.path} · раньше называлась {facts['from']}"
    if entry.what is What.FORMED:
        return f"{when} · сформированы отчёты: {len(facts['data'])}"
    number = len(facts.get("versions", ()))
    return {
        What.REMOVED: f"{when} · {entry.path} · книги больше нет в папке",
        What.RETURNED: f"{when} · {entry.path} · книга вернулась прежней",
        What.DROPPED: f"{when} · по сроку хранения убраны прежние версии: {number}",
        What.PURGED: f"{when} · удалены сведения об одном ученике; убраны прежние версии: {number}",
    }[entry.what]


def moment(iso: str) -> str:
    """Return «05.10.2026 14:05» of a moment as the log writes it."""
    at = dt.datetime.fromisoformat(iso)
    return f"{day(at.date())} {at:%H:%M}"


def days(text: str) -> str:
    """Return the text with its days written as people write them."""
    return _ISO.sub(lambda match: day(dt.date.fromisoformat(match[0])), text)


def _value(text: str) -> str:
    return {"": "пусто", UNREAD: "не прочитано"}.get(text) or f"«{days(text)}»"
