"""Values as they leave the reader of a file, before any kind has read them, and what is noticed on the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from sgo_sheets.russian import clean, day

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


def notes_of(info: ValidationInfo) -> Notes:
    """Return the notes of the row a value belongs to."""
    return info.context if isinstance(info.context, Notes) else Notes()


def fault(message: str) -> PydanticCustomError:
    """Return what a kind raises for a value it cannot read: a Russian sentence without its full stop."""
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
