"""How a cell's value is read: one kind per sort of column, forgiving where the meaning is plain, never guessing.

A kind returns the value as meant. What was read as meant although typed another way becomes a hint (``Notes``),
what cannot be read becomes an error that names what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from sgo_sheets.records.raw_values import Raw, fault, notes_of, plain
from sgo_sheets.russian import as_cyrillic, clean, fold, perhaps


def read_text(value: Raw, info: ValidationInfo) -> str:
    """Return the text; a look-alike Latin letter inside a Russian word is mended and hinted."""
    text = plain(value)
    if text.isascii():
        return text
    fixed, changed = as_cyrillic(text)
    if changed:
        notes_of(info).hint(info, f"в «{text}» латинская буква, похожая на русскую; прочитано как «{fixed}»")
    return fixed


def read_name(value: Raw, info: ValidationInfo) -> str:
    """Return the name of a class, subject or person, look-alikes mended even in «5A»."""
    text = plain(value)
    fixed, changed = as_cyrillic(text)
    if changed:
        notes_of(info).hint(info, f"в «{text}» латинская буква, похожая на русскую; прочитано как «{fixed}»")
    return fixed


def read_code(value: Raw, info: ValidationInfo) -> str:
    """Return a card, order or phone number as text: 1.0 is «1»."""
    return read_name(value, info)


def read_number(value: Raw, info: ValidationInfo) -> float | None:
    """Return the number; «5 » or «1,5» typed as text is read and hinted."""
    if isinstance(value, bool):
        raise fault("здесь нужно число, а стоит ИСТИНА или ЛОЖЬ")
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
        raise fault(f"«{text}» — не число; впишите число, например 2 или 1,5")
    notes_of(info).hint(info, f"число «{text}» записано текстом")
    return number


def read_whole(value: Raw, info: ValidationInfo) -> int | None:
    """Return the whole number."""
    number = read_number(value, info)
    if number is None:
        return None
    if not number.is_integer():
        raise fault(f"«{plain(value)}» — здесь нужно целое число")
    return int(number)


def read_list(value: Raw, info: ValidationInfo) -> tuple[str, ...]:
    """Return the parts of a list separated by commas (or semicolons)."""
    return tuple(part for part in (clean(p) for p in re.split("[,;]", read_name(value, info))) if part)


def read_yes(value: Raw, info: ValidationInfo) -> bool | None:
    """Return да/нет as a truth value, None where the cell is empty."""
    if isinstance(value, bool):
        return value
    text = fold(read_name(value, info))
    if not text:
        return None
    if text in ("да", "нет"):
        return text == "да"
    raise fault(f"«{plain(value)}» — впишите «да» или «нет»")


def choice(*words: str, **synonyms: str) -> Callable[[Raw, ValidationInfo], str]:
    """Return a reader that accepts the words of a drop-down list in any case, and «» for an empty cell."""
    known = {fold(word): word for word in words} | {fold(key): word for key, word in synonyms.items()}

    def read_choice(value: Raw, info: ValidationInfo) -> str:
        text = read_name(value, info)
        found = known.get(fold(text), "" if not text else None)
        if found is None:
            allowed = ", ".join(f"«{word}»" for word in words)
            raise fault(f"«{text}» не из списка: {allowed}{perhaps(text, words)}")
        return found

    read_choice.words = words  # type: ignore[attr-defined]  # the form's drop-down list is the same declaration
    return read_choice


def read_any(value: Raw, info: ValidationInfo) -> Any:  # noqa: ARG001 - a kind takes both
    """Return the value as it stands; who uses the column knows its kind."""
    return clean(value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(read_text)]
Name = Annotated[str, BeforeValidator(read_name)]
Code = Annotated[str, BeforeValidator(read_code)]
Number = Annotated[float | None, BeforeValidator(read_number)]
Whole = Annotated[int | None, BeforeValidator(read_whole)]
TextList = Annotated[tuple[str, ...], BeforeValidator(read_list)]
YesNo = Annotated[bool | None, BeforeValidator(read_yes)]
Anything = Annotated[Any, BeforeValidator(read_any)]
