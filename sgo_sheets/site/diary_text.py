"""The words of the diary: homework with its links, marks, absences and periods as a parent reads them."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from urllib.parse import urlsplit

from sgo_sheets.records.tokens import EXEMPT, FAIL, NOT_ATTESTED_ABSENT, NOT_ATTESTED_VALID, PASS
from sgo_sheets.russian import NBSP, WEEKDAYS_ACCUSATIVE, day_month, decimal, fold
from sgo_sheets.school.regulation import WorkKindOf
from sgo_sheets.site.diary_shared_views import Chip, Piece

_ADDRESS = re.compile(r"https?://[^\s<>\"«»]+", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_TAIL = ".,;:!?)]}'"
_WEEK = 7
_NOT_SET = frozenset({"", "-", "–", "—", "нет", "не задано", "без задания", "не задавалось"})

ABSENCES = {
    "Б": "болезнь",
    "УП": "уважительная причина",
    "НП": "без уважительной причины",
    "ОТ": "причина не указана",
}
"""Reasons of absence in the words of a family, in the order of the summary's columns."""
_FINALS = {
    PASS: "зачтено",
    FAIL: "не зачтено",
    EXEMPT: "освобождение",
    NOT_ATTESTED_VALID: "нет аттестации, причина уважительная",
    NOT_ATTESTED_ABSENT: "нет аттестации из-за пропусков",
}


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[Piece, ...]:
    """Return the text in pieces: an http(s) address that parses as one becomes a link, everything else stays words."""
    found: list[Piece] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_TAIL)
        if not _leads_somewhere(address):
            continue
        if match.start() > end:
            found.append(Piece(text[end : match.start()]))
        found.append(Piece(_SCHEME.sub("", address).rstrip("/"), address))
        end = match.start() + len(address)
    if end < len(text):
        found.append(Piece(text[end:]))
    return tuple(found)


def _leads_somewhere(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def set_on(day: dt.date, due: dt.date) -> str:
    """Return when homework was set: «задано в субботу» within a week of the day it is due, else «задано 7 ноября»."""
    if (due - day).days >= _WEEK:
        return f"задано {day_month(day)}"
    return f"задано {'во' if day.weekday() == 1 else 'в'}{NBSP}{WEEKDAYS_ACCUSATIVE[day.weekday()]}"


def for_day(due: dt.date, day: dt.date) -> str:
    """Return for when homework is: «на пятницу» within a week of the day it was set, else «на 1 декабря»."""
    return f"на {WEEKDAYS_ACCUSATIVE[due.weekday()] if (due - day).days < _WEEK else day_month(due)}"


def homework(text: str) -> str:
    """Return the homework, «» where the teacher wrote that there is none («–», «не задано»)."""
    return "" if fold(text).rstrip(".") in _NOT_SET else text


def tone(mark: str) -> str:
    """Return the tone of a mark's colour: m5 … m2, «word» for a pass, «m2» for a fail."""
    if mark in ("5", "4", "3", "2"):
        return f"m{mark}"
    return "m2" if mark in ("1", FAIL) else "word"


def kind_words(kind: WorkKindOf | None, typed: str) -> str:
    """Return «диктант, вес 2»; weight 1 is not mentioned, an unknown kind is said as typed."""
    if kind is None:
        return typed
    if kind.weight == 1:
        return kind.name
    return f"{kind.name}, вес\u00a0{decimal(kind.weight, 0 if float(kind.weight).is_integer() else 1)}"


@lru_cache(maxsize=1024)
def mark_chip(mark: str, words: str) -> Chip:
    """Return the chip of a mark with the kind of its work."""
    return Chip(tone(mark), _FINALS.get(mark, mark), words)


@lru_cache(maxsize=64)
def absence_chip(reason: str) -> Chip:
    """Return the chip of an absence («ОТ», «Б», «УП», «НП») in words."""
    return Chip("away", f"пропуск: {ABSENCES[reason]}")


LATE = Chip("late", "опоздание")
FREE = Chip("away", "освобождение от занятия")


def debt_chip(words: str, until: dt.date | None, until_words: str) -> Chip:
    """Return the chip of a task that is owed, with the last day where it is set."""
    return Chip("debt", "долг", ", ".join(part for part in (words, until_words) if part), until)


def final_words(value: str) -> str:
    """Return the mark of a period as a family reads it: «4», «зачтено», «нет аттестации из-за пропусков»."""
    return _FINALS.get(value, value)


def clock(time: dt.time | None) -> str:
    """Return «8:30», «» where the bell is not known."""
    return f"{time.hour}:{time.minute:02d}" if time else ""


def room_words(room: str) -> str:
    """Return «каб. 143», and a room that is no number as it stands («спортзал»)."""
    return f"каб.{NBSP}{room}" if room[:1].isdigit() else room


def holiday_name(name: str) -> str:
    """Return «Осенние каникулы» also where the sheet says only «осенние»."""
    return sentence(name if "каникул" in fold(name) else f"{name} каникулы".strip())


def sentence(text: str) -> str:
    """Return the text with a capital letter."""
    return text[:1].upper() + text[1:]
