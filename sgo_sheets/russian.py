"""Russian as people write it: plurals, dates, ё, look-alike letters, names of files and addresses."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

NBSP = "\u00a0"
_LEAP_YEAR = 2028
MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня",
          "июля", "августа", "сентября", "октября", "ноября", "декабря")  # fmt: skip
MONTH_NAMES = ("январь", "февраль", "март", "апрель", "май", "июнь",
               "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь")  # fmt: skip
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
WEEKDAYS_SHORT = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
WEEKDAYS_ACCUSATIVE = ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье")
_WEEKDAYS_DATIVE = ("понедельнику", "вторнику", "среде", "четвергу", "пятнице", "субботе", "воскресенью")

# Letters that look the same on the screen; Excel's users type them in either layout.
_LATIN = "ABCEHKMOPTXYaceopxyk"
_CYRILLIC = "АВСЕНКМОРТХУасеорхук"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\u00ad"))
_SPACES = re.compile(r"[^\S\n]+")
_HAS_CYRILLIC = re.compile("[А-Яа-яЁё]")
_HAS_LATIN = re.compile("[A-Za-z]")


def inside(sentence: str) -> str:
    """Return a sentence as it goes on after a colon: «не записана тема урока», but «КТП не назначен»."""
    return sentence if sentence[1:2].isupper() or sentence[:1] in "№«" else sentence[:1].lower() + sentence[1:]


def plural(number: int, one: str, few: str, many: str) -> str:
    """Return the form that agrees with the number: 1 урок, 2 урока, 5 уроков, 11 уроков."""
    tail, tens = abs(number) % 10, abs(number) % 100
    if tail == 1 and tens != 11:
        return one
    if 2 <= tail <= 4 and not 12 <= tens <= 14:
        return few
    return many


def counted(number: int, one: str, few: str, many: str) -> str:
    """Return the number with its word and a non-breaking space: «3 урока»."""
    return f"{number}{NBSP}{plural(number, one, few, many)}"


def day(date: dt.date) -> str:
    """Return the short date people type: «07.09.2026»."""
    return f"{date:%d.%m.%Y}"


def day_month(date: dt.date) -> str:
    """Return «16 ноября»."""
    return month_day(date.day, date.month)


def month_day(number: int, month: int) -> str:
    """Return the day of every year: «15 сентября»."""
    return f"{number}{NBSP}{MONTHS[month - 1]}"


def read_month_day(text: str) -> tuple[int, int] | None:
    """Return the day and the month of «15 сентября» or «до 15 сентября», None for anything else («31 апреля»)."""
    match = re.fullmatch(r"(?:до\s+)?(\d{1,2})\s+([а-я]+)", clean(text).casefold())
    if match is None or match[2] not in MONTHS:
        return None
    number, month = int(match[1]), MONTHS.index(match[2]) + 1
    return (number, month) if 1 <= number <= monthrange(_LEAP_YEAR, month)[1] else None


def spoken_day(date: dt.date) -> str:
    """Return «понедельник, 16 ноября»."""
    return f"{WEEKDAYS[date.weekday()]}, {day_month(date)}"


def to_day(date: dt.date) -> str:
    """Return «к понедельнику, 23 ноября» (with «ко» before «вторнику»)."""
    preposition = "ко" if date.weekday() == 1 else "к"
    return f"{preposition}{NBSP}{_WEEKDAYS_DATIVE[date.weekday()]}, {day_month(date)}"


def on_day(date: dt.date) -> str:
    """Return «в понедельник, 23 ноября» (with «во» before «вторник»)."""
    preposition = "во" if date.weekday() == 1 else "в"
    return f"{preposition}{NBSP}{WEEKDAYS_ACCUSATIVE[date.weekday()]}, {day_month(date)}"


def days_span(first: dt.date, last: dt.date) -> str:
    """Return «16–21 ноября» or «28 сентября – 3 октября»."""
    if first == last:
        return day_month(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_month(last)}"
    return f"{day_month(first)} – {day_month(last)}"


def period_days(first: dt.date, last: dt.date) -> str:
    """Return «1 сентября – 23 октября 2026», with both years where they differ: «1 сентября 2026 – 31 мая 2027»."""
    if first.year == last.year:
        return f"{days_span(first, last)} {last.year}"
    return f"{day_month(first)} {first.year} – {day_month(last)} {last.year}"


def decimal(value: float, digits: int = 2) -> str:
    """Return the number with a decimal comma, rounded half away from zero: 4.125 → «4,13»."""
    scaled = abs(value) * 10**digits
    rounded = int(scaled + 0.5 + 1e-9)
    whole, part = divmod(rounded, 10**digits)
    sign = "−" if value < 0 and rounded else ""
    return f"{sign}{whole},{part:0{digits}d}" if digits else f"{sign}{whole}"


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """Return the text as meant: NFC, no zero-width marks, NBSP as space, runs of spaces as one, trimmed."""
    if text.isascii() and "  " not in text and "\t" not in text:
        return text.strip()
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the key two spellings of one name share: cleaned, lower case, ё as е."""
    return clean(text).casefold().replace("ё", "е")


def as_cyrillic(text: str) -> tuple[str, bool]:
    """Return the text with Latin look-alikes of a Russian word made Cyrillic, and whether any was found.

    Only words that already hold a Cyrillic letter, or that consist of look-alikes beside digits («5A»), change:
    «Present Simple» stays what it is.
    """
    if text.isascii() and not any(c.isdigit() for c in text):
        return text, False
    if not _HAS_LATIN.search(text):
        return text, False
    words = [_cyrillic_word(word) for word in text.split(" ")]
    fixed = " ".join(words)
    return fixed, fixed != text


def _cyrillic_word(word: str) -> str:
    latin = [c for c in word if _HAS_LATIN.match(c)]
    if not latin or any(c not in _LATIN for c in latin):
        return word
    if _HAS_CYRILLIC.search(word) or re.fullmatch(r"\d{1,2}[A-Z]", word):
        return word.translate(_TO_CYRILLIC)
    return word


def near(word: str, known: Iterable[str]) -> str | None:
    """Return the one known name a typed word was probably meant to be, or None when none or several are near."""
    by_key = {fold(name): name for name in known}
    hits = get_close_matches(fold(word), by_key, n=2, cutoff=0.75)
    return by_key[hits[0]] if len(hits) == 1 else None


def perhaps(word: str, known: Iterable[str]) -> str:
    """Return « Возможно, вы имели в виду «…».» with a leading space, or «»."""
    name = near(word, known)
    return f" Возможно, вы имели в виду «{name}»." if name else ""


_TRANSLIT = dict(zip(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    ("a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
     "f", "h", "c", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya"), strict=True))  # fmt: skip
_DEVICES = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
_CLASS = re.compile(r"\d{1,2}[абвгдежзиклмн]?")
_SLUG_LENGTH = 40


@lru_cache(maxsize=16384)
def slug(text: str) -> str:
    """Return an address for a name: a-z, 0-9 and hyphens, at most 49 characters, never a Windows device name.

    A plain class name («5А») becomes «5a»; any other name ends in a hash of its exact text, so that two names
    that sound alike never share an address (one child's page must not replace another's).
    """
    low = clean(text).casefold()
    tidy = re.sub(r"[^a-z0-9]+", "-", "".join(_TRANSLIT.get(c, c) for c in low)).strip("-")
    if _CLASS.fullmatch(low):
        return tidy
    return f"{tidy[:_SLUG_LENGTH].strip('-')}-{hashlib.sha256(text.encode()).hexdigest()[:8]}".strip("-")


def file_name(text: str) -> str:
    """Return a name for a workbook a person will see: characters no file system takes are dropped."""
    kept = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "", clean(text)).strip(". ")[:100].rstrip(". ")
    return f"_{kept}" if kept.casefold().split(".")[0].strip() in _DEVICES or not kept else kept
