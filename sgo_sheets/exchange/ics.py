"""A calendar file (RFC 5545) of all-day events: the same events give the same bytes, on any day."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import icalendar

PRODUCT = "-//sgo-sheets//calendar of deadlines//RU"
REMIND_DAYS, REMIND_HOUR = 3, 9
"""The reminder comes so many days before, at this hour: an all-day event begins at midnight."""
_LATER = "-"
"""What stands in a frame for what is written into it last."""


class What(NamedTuple):
    """What an event shows: its day, title and text; ``stamp`` is the day it is reckoned to be written on."""

    day: dt.date
    title: str
    text: str
    stamp: dt.date
    remind: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """An all-day event. ``key`` names it for ever: who, what, when it is due; never what day it is now."""

    key: tuple[str, ...]
    what: What

    @property
    def uid(self) -> str:
        """Return the identifier a calendar knows the event by."""
        return f"{hashlib.sha256(chr(0).join(self.key).encode()).hexdigest()[:32]}@sgo-sheets"


def calendar_file(name: str, events: Iterable[Event]) -> bytes:
    """Return the calendar as the bytes of an .ics file, events in the order of their days."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    frame: bytes = calendar.to_ical(sorted=False)
    head, end = frame.split(b"END:VCALENDAR", 1)
    body = b"".join(_bytes(event) for event in sorted(events, key=lambda event: (event.what.day, event.key)))
    return head + body + b"END:VCALENDAR" + end


def _bytes(event: Event) -> bytes:
    frame, what = _frame(event.what._replace(text=_LATER)), event.what
    lines = (("UID", event.uid), ("DESCRIPTION", what.text))
    for name, text in lines:
        frame = frame.replace(f"{name}:{_LATER}\r\n".encode(), _line(name, text), 1)
    return frame


@lru_cache(maxsize=16384)
def _line(name: str, text: str) -> bytes:
    line = icalendar.parser.Contentline.from_parts(name, icalendar.Parameters(), icalendar.vText(text))
    written: bytes = line.to_ical()
    return written + b"\r\n"


@lru_cache(maxsize=4096)
def _frame(what: What) -> bytes:
    """Return an event without its name and text: what many people owe on one day is put into words once."""
    event = icalendar.Event()
    event.add("uid", _LATER)
    event.add("dtstamp", dt.datetime.combine(what.stamp, dt.time(), dt.UTC))
    event.add("dtstart", what.day)
    event.add("dtend", what.day + dt.timedelta(days=1))
    event.add("summary", what.title)
    event.add("description", what.text)
    event.add("transp", "TRANSPARENT")
    if what.remind:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", dt.timedelta(hours=REMIND_HOUR) - dt.timedelta(days=REMIND_DAYS))
        alarm.add("description", what.title)
        event.add_component(alarm)
    written: bytes = event.to_ical(sorted=False)
    return written
