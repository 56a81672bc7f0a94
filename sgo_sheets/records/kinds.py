"""How a cell's value is read: one kind per sort of column, forgiving where the meaning is plain, never guessing.

A kind returns the value as meant. What was read as meant although typed another way becomes a hint (``Notes``),
what cannot be read becomes an error that names what is allowed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from sgo_sheets.russian import WEEKDAYS, WEEKDAYS_SHORT, as_cyrillic, clean, day, fold, perhaps

Raw = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""What a spreadsheet cell may hold when it leaves the reader of the file."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is taken for a formula by a spreadsheet unless it is written as text."""


@dataclass(slots=True)
class Notes:
    """What was noticed while one row was read: pairs (field, hint); and the school year dates must fall into."""

    hints: list[tuple[str, str]] = field(default_factory=list)
    year: tuple[dt.date, dt.date] | None = None

    def hint(self, info: ValidationInfo, message: str) -> None:
        """Remember that the field was read as meant, and what was odd."""
        self.hints.append((info.field_name or "", message))


def _notes(info: ValidationInfo) -> Notes:
    return info.context if isinstance(info.context, Notes) else Notes()


def _fault(message: str) -> PydanticCustomError:
    return PydanticCustomError("cell", "{text}", {"text": message})


def plain(value: Raw) -> str:
    """Return the cell's value as the text a person sees in it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return day(value.date())
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def read_text(value: Raw, info: ValidationInfo) -> str:
    """Return the text; a look-alike Latin letter inside a Russian word is mended and hinted."""
    text = plain(value)
    if text.isascii():
        return text
    fixed, changed = as_cyrillic(text)
    if changed:
        _notes(info).hint(info, f"в «{text}» латинская буква, похожая на русскую; прочитано как «{fixed}»")
    return fixed


def read_name(value: Raw, info: ValidationInfo) -> str:
    """Return the name of a class, subject or person, look-alikes mended even in «5A»."""
    text = plain(value)
    fixed, changed = as_cyrillic(text)
    if changed:
        _notes(info).hint(info, f"в «{text}» латинская буква, похожая на русскую; прочитано как «{fixed}»")
    return fixed


def read_code(value: Raw, info: ValidationInfo) -> str:
    """Return a card, order or phone number as text: 1.0 is «1»."""
    return read_name(value, info)


_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})(?:\s*г\.?)?")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")


def parse_date(text: str) -> dt.date | None:
    """Return the date a person typed as text («07.09.2026», «7.9.26», «2026-09-07»), or None."""
    if match := _DATE.fullmatch(text):
        numbers = [int(part) for part in match.groups()]
        year, month, number = numbers[2], numbers[1], numbers[0]
        year += 2000 if year < 100 else 0
    elif match := _ISO_DATE.fullmatch(text):
        year, month, number = (int(part) for part in match.groups())
    else:
        return None
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def read_date(value: Raw, info: ValidationInfo) -> dt.date | None:
    """Return the date; text that is plainly a date is read and hinted, a bare number is not a date."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = plain(value)
    if not text:
        return None
    found = parse_date(text) if isinstance(value, str) else None
    if found is None:
        raise _fault(f"«{text}» — не дата; впишите дату, например 07.09.2026")
    _notes(info).hint(info, f"дата «{text}» записана текстом; прочитано как {day(found)}")
    return found


def read_year_date(value: Raw, info: ValidationInfo) -> dt.date | None:
    """Return a date that must lie inside the school year of the workbook."""
    found = read_date(value, info)
    year = _notes(info).year
    if found is None or year is None or year[0] <= found <= year[1]:
        return found
    for candidate in (year[0].year, year[1].year):
        try:
            moved = found.replace(year=candidate)
        except ValueError:
            continue
        if year[0] <= moved <= year[1]:
            raise _fault(f"дата {day(found)} вне учебного года; возможно, {day(moved)}")
    raise _fault(f"дата {day(found)} вне учебного года {day(year[0])}–{day(year[1])}")


def read_number(value: Raw, info: ValidationInfo) -> float | None:
    """Return the number; «5 » or «1,5» typed as text is read and hinted."""
    if isinstance(value, bool):
        raise _fault("здесь нужно число, а стоит ИСТИНА или ЛОЖЬ")
    if isinstance(value, (int, float)):
        return float(value)
    text = plain(value)
    if not text:
        return None
    try:
        number = float(text.lstrip("'").replace(",", ".")) if isinstance(value, str) else None
    except ValueError:
        number = None
    if number is None or number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN
        raise _fault(f"«{text}» — не число; впишите число, например 2 или 1,5")
    _notes(info).hint(info, f"число «{text}» записано текстом")
    return number


def read_whole(value: Raw, info: ValidationInfo) -> int | None:
    """Return the whole number."""
    number = read_number(value, info)
    if number is None:
        return None
    if not number.is_integer():
        raise _fault(f"«{plain(value)}» — здесь нужно целое число")
    return int(number)


def read_list(value: Raw, info: ValidationInfo) -> tuple[str, ...]:
    """Return the parts of a list separated by commas (or semicolons)."""
    return tuple(part for part in (clean(p) for p in re.split("[,;]", read_name(value, info))) if part)


_TIME = re.compile(r"(\d{1,2})[:.\-](\d{2})(?::\d{2})?")


def read_time(value: Raw) -> dt.time | None:
    """Return the time of day, written as a time, as text («8:30», «8.30») or as Excel's part of a day."""
    if isinstance(value, dt.datetime):
        return value.time().replace(second=0, microsecond=0)
    if isinstance(value, dt.time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, dt.timedelta) or (isinstance(value, float) and 0 <= value < 1):
        seconds = value.total_seconds() if isinstance(value, dt.timedelta) else value * 86400
        minutes = round(seconds / 60) % 1440
        return dt.time(minutes // 60, minutes % 60)
    text = plain(value)
    if not text:
        return None
    match = _TIME.fullmatch(text)
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return dt.time(int(match[1]), int(match[2]))
    raise _fault(f"«{text}» — не время; впишите, например, 8:30")


def read_days(value: Raw, info: ValidationInfo) -> frozenset[int]:
    """Return weekdays, Monday = 0, of «пн-пт, сб»; an empty cell means all seven."""
    found: set[int] = set()
    for part in read_list(value, info):
        ends = [_weekday(end) for end in re.split(r"\s*[-–—]\s*", part)]
        if None in ends or len(ends) > 2:
            raise _fault(f"«{part}» — не день недели; впишите, например, «пн-пт, сб»")
        first, last = ends[0] or 0, ends[-1] or 0
        found.update(range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)])
    return frozenset(found or range(7))


def _weekday(text: str) -> int | None:
    key = fold(text).rstrip(".")
    for number, (short, name) in enumerate(zip(WEEKDAYS_SHORT, WEEKDAYS, strict=True)):
        if key in (short, name) or (len(key) > 2 and name.startswith(key)):
            return number
    return None


def read_weekday(value: Raw, info: ValidationInfo) -> int | None:
    """Return one weekday, Monday = 0."""
    text = read_name(value, info)
    if not text:
        return None
    found = _weekday(text)
    if found is None:
        raise _fault(f"«{text}» — не день недели{perhaps(text, WEEKDAYS)}")
    return found


def read_yes(value: Raw, info: ValidationInfo) -> bool | None:
    """Return да/нет as a truth value, None where the cell is empty."""
    if isinstance(value, bool):
        return value
    text = fold(read_name(value, info))
    if not text:
        return None
    if text in ("да", "нет"):
        return text == "да"
    raise _fault(f"«{plain(value)}» — впишите «да» или «нет»")


def choice(*words: str, **synonyms: str) -> Callable[[Raw, ValidationInfo], str]:
    """Return a reader that accepts the words of a drop-down list in any case, and «» for an empty cell."""
    known = {fold(word): word for word in words} | {fold(key): word for key, word in synonyms.items()}

    def read_choice(value: Raw, info: ValidationInfo) -> str:
        text = read_name(value, info)
        found = known.get(fold(text), "" if not text else None)
        if found is None:
            allowed = ", ".join(f"«{word}»" for word in words)
            raise _fault(f"«{text}» не из списка: {allowed}{perhaps(text, words)}")
        return found

    read_choice.words = words  # type: ignore[attr-defined]  # the form's drop-down list is the same declaration
    return read_choice


def read_any(value: Raw, info: ValidationInfo) -> Any:  # noqa: ARG001 - a kind takes both
    """Return the value as it stands; who uses the column knows its kind."""
    return clean(value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(read_text)]
Name = Annotated[str, BeforeValidator(read_name)]
Code = Annotated[str, BeforeValidator(read_code)]
Date = Annotated[dt.date | None, BeforeValidator(read_date)]
YearDate = Annotated[dt.date | None, BeforeValidator(read_year_date)]
Number = Annotated[float | None, BeforeValidator(read_number)]
Whole = Annotated[int | None, BeforeValidator(read_whole)]
TextList = Annotated[tuple[str, ...], BeforeValidator(read_list)]
Time = Annotated[dt.time | None, BeforeValidator(read_time)]
Days = Annotated[frozenset[int], BeforeValidator(read_days)]
Weekday = Annotated[int | None, BeforeValidator(read_weekday)]
YesNo = Annotated[bool | None, BeforeValidator(read_yes)]
Anything = Annotated[Any, BeforeValidator(read_any)]
