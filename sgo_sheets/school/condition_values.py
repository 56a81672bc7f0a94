"""What a person types after the sign of a condition: numbers, days, words of a list; and the words a school has."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.records.report_tables import Sort, TableColumn
from sgo_sheets.records.school_book import Employee
from sgo_sheets.records.time_kinds import parse_date
from sgo_sheets.russian import MONTH_NAMES, as_cyrillic, clean, day, fold, perhaps
from sgo_sheets.school.elements import PeriodOf, Span

Bound = float | dt.date | str
Values = Mapping[str, Sequence[str]]
"""The values the school has, by the name of the column: another one is a slip."""
Fail = Callable[..., Exception]
"""Given what is wrong, returns the exception to raise."""
_SHORT_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.?")
_SHOWN = 20


class Known(NamedTuple):
    """What conditions are read by: the values the school has, its year for a day without one."""

    values: Values
    year: Span | None = None


def values_of(
    classes: Sequence[str],
    subjects: Sequence[str],
    staff: Mapping[str, Employee],
    periods: Mapping[str, Iterable[PeriodOf]],
    year: Span,
) -> Values:
    """Return the values a school has, by the name of the column; ``periods`` – of each class."""
    people = sorted({person.short_name.replace("\u00a0", " ") for person in staff.values()})
    count = (year.last.year - year.first.year) * 12 + year.last.month - year.first.month + 1
    months = ((year.first.year, year.first.month - 1 + number) for number in range(count))
    return {
        "Класс": classes,
        "Предмет": subjects,
        "Учитель": people,
        "Замещает": people,
        "Сотрудник": people,
        "Период": tuple(dict.fromkeys(period.name for own in periods.values() for period in own)),
        "Месяц": tuple(f"{MONTH_NAMES[month % 12]} {first + month // 12}" for first, month in months),
    }


def listed(column: TableColumn, text: str, fail: Fail, known: Known) -> Iterator[Bound]:
    """Yield the values of a list: through a comma or «или», numbers and names the school has through «и» too."""
    names = known.values.get(column.name) or column.values
    parts = re.split(r",\s+|\s+или\s+" if column.sort is Sort.NUMBER else r",|\s+или\s+", text)
    for part in (bare(one) for one in parts if bare(one)):
        pieces = [part]
        if " и " in part and (column.sort is not Sort.TEXT or (names and fold(part) not in map(fold, names))):
            pieces = part.split(" и ")
        for piece in pieces:
            yield _value(column, as_cyrillic(clean(piece))[0], fail, known, names)


def ordered(column: TableColumn, text: str, fail: Fail, known: Known) -> float | dt.date:
    """Return a number or a day, whichever the column holds."""
    found = _read(column.sort, text, known)
    if isinstance(found, str) or found is None:
        if column.sort is Sort.TEXT:
            raise fail(f"«{column.name}» – текст: для него есть «=», «не =», «содержит», «пусто».")
        raise fail(f"«{text}» – не {column.sort.value}; впишите, например, {_sample(column)}.")
    return found


def bare(text: str) -> str:
    """Return a text without the quotes around it."""
    return clean(text).strip("«»\"'")


def _value(column: TableColumn, part: str, fail: Fail, known: Known, names: Sequence[str]) -> Bound:
    found = _read(column.sort, part, known)
    if found is None:
        raise fail(f"«{part}» – не {column.sort.value}; впишите, например, {_sample(column)}.")
    folded = {fold(name): name for name in names}
    if not names or found in folded:
        return found
    begun = [name for key, name in folded.items() if key.startswith(f"{found} ")]  # «октябрь», «Иванова»
    if len(begun) == 1:
        return fold(begun[0])
    if begun:
        raise fail(f"«{part}» в графе «{column.name}» – это не одно: {', '.join(begun[:_SHOWN])}. Впишите целиком.")
    hint = perhaps(part, names) or _some(names)
    if column.values and " – " in column.what:
        hint += f" {column.what[0].upper()}{column.what[1:]}."
    if column.name == "Класс" and part.isdigit():
        hint += f" Для всей параллели: «Параллель = {part}»."
    raise fail(f"«{column.name}» такого значения не имеет: «{part}».{hint}")


def _some(names: Sequence[str]) -> str:
    return f" Есть: {', '.join(names[:_SHOWN])}{' …' if len(names) > _SHOWN else ''}".rstrip(".") + "."


def _sample(column: TableColumn) -> str:
    return day(dt.date(2026, 9, 7)) if column.sort is Sort.DATE else "4"


def _read(sort: Sort, text: str, known: Known) -> Bound | None:
    if sort is Sort.TEXT:
        return fold(bare(text))
    if sort is Sort.DATE:
        return parse_date(bare(text)) or _of_year(bare(text), known.year)
    try:
        number = float(bare(text).replace(",", "."))
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def _of_year(text: str, year: Span | None) -> dt.date | None:
    """Return «1.10» as a day of the school year, None where it is none."""
    match = _SHORT_DATE.fullmatch(text)
    if match is None or year is None:
        return None
    number, month = int(match[1]), int(match[2])
    try:
        return dt.date((year.first if month >= year.first.month else year.last).year, month, number)
    except ValueError:
        return None
