"""What a cell of «Отметки» and «Итоги» may say: tokens separated by spaces, through one cached table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sgo_sheets.records.raw_values import Raw, plain
from sgo_sheets.russian import as_cyrillic

ABSENT = "ОТ"
REASONS = ("УП", "Б", "НП")
PASS, FAIL = "зач", "нзч"
EXEMPT = "осв"
NOT_ATTESTED_VALID, NOT_ATTESTED_ABSENT = "н/а ув", "н/а пр"
_MARKS = {str(number): str(number) for number in range(1, 6)} | {"зач": PASS, "нзч": FAIL}
_ABSENCES = {"н": ABSENT, "от": ABSENT, "уп": "УП", "б": "Б", "нп": "НП"}
_LATIN = str.maketrans("hHoOtTbBcCeEpPyYxXaAkKmM", "нноотТбВсСеЕрРуУхХаАкКмМ")


@dataclass(frozen=True, slots=True)
class Tokens:
    """What one cell of the grid says.

    ``marks`` are «5»…«1», «зач», «нзч» in the order typed; ``absence`` is «ОТ», «УП», «Б», «НП» or «»;
    ``hints`` tell what was read as meant, ``faults`` what could not be read (the rest of the cell still counts).
    """

    marks: tuple[str, ...] = ()
    absence: str = ""
    late: bool = False
    exempt: bool = False
    debt: bool = False
    hints: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


EMPTY = Tokens()
HELP = "допустимы 5 4 3 2 1, зач, нзч, н, ОТ, УП, Б, НП, ОП, осв и точка; две отметки — через пробел: 5 4"


def parse_cell(value: Raw) -> Tokens:
    """Return what a raw cell of the grid says; dates and fractions are never guessed to be marks."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, float) and value.is_integer() and 1 <= value <= 5:
        return _parse(str(int(value)))
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return Tokens(faults=(f"«{plain(value)}» — не отметка (две отметки пишут через пробел: 5 4)",))
    return _parse(plain(value))


@lru_cache(maxsize=8192)
def _parse(text: str) -> Tokens:
    """Parse the cleaned text of a cell."""
    marks: list[str] = []
    absences: list[str] = []
    hints: list[str] = []
    faults: list[str] = []
    flags: set[str] = set()
    for word in text.split():
        meant, hint = _as_meant(word)
        if hint:
            hints.append(hint)
        key = meant.casefold()
        if meant == "нП":
            faults.append("«нП»: это «н», дописанное Excel, или «НП»? Впишите нужное заново")
        elif key in _MARKS:
            marks.append(_MARKS[key])
        elif key in _ABSENCES:
            absences.append(_ABSENCES[key])
        elif key == "оп":
            flags.add("late")
        elif key == "осв":
            flags.add("exempt")
        elif key in (".", "•"):
            flags.add("debt")
        else:
            faults.append(f"«{word}» — неизвестная запись: {HELP}")
    absence = absences[0] if absences else ""
    if len(set(absences)) > 1:
        faults.append(f"в клетке две разные причины пропуска: {' '.join(absences)}; оставьте одну")
    if absence and "late" in flags:
        faults.append("«н» вместе с «ОП»: ученик или отсутствовал, или опоздал; оставьте одно")
    if absence and "exempt" in flags:
        faults.append("«н» вместе с «осв»: оставьте одно")
    return Tokens(
        marks=tuple(marks),
        absence=absence,
        late="late" in flags and not absence,
        exempt="exempt" in flags and not absence,
        debt="debt" in flags,
        hints=tuple(hints),
        faults=tuple(faults),
    )


def _as_meant(word: str) -> tuple[str, str]:
    """Return the word as meant and a hint: full-width digits, «5,0», an apostrophe, Latin look-alikes."""
    meant = word.translate(str.maketrans("１２３４５", "12345")).strip("'’")
    if re.fullmatch(r"[1-5][.,]0", meant):
        meant = meant[0]
    latin = meant
    if re.search("[A-Za-z]", meant):
        meant, _ = as_cyrillic(meant)
        meant = meant.translate(_LATIN)
    if meant == word:
        return word, ""
    known = meant.casefold() in {*_MARKS, *_ABSENCES, "оп", "осв", ".", "•"}
    if not known:
        return word, ""
    letters = " (латинская буква)" if latin != meant else ""
    return meant, f"«{word}»{letters} прочитано как «{meant}»"


@dataclass(frozen=True, slots=True)
class FinalMark:
    """What a cell of «Итоги» says: ``value`` is «5»…«2», «зач», «нзч», «осв», «н/а ув», «н/а пр» or «»."""

    value: str = ""
    hint: str = ""
    fault: str = ""


_FINALS = {
    **{str(number): str(number) for number in range(2, 6)},
    "зач": PASS,
    "зачет": PASS,
    "нзч": FAIL,
    "незачет": FAIL,
    "осв": EXEMPT,
    "н/а ув": NOT_ATTESTED_VALID,
    "н/а пр": NOT_ATTESTED_ABSENT,
}


@lru_cache(maxsize=2048)
def _final(text: str) -> FinalMark:
    meant, _ = as_cyrillic(text)
    meant = meant.strip("'’").casefold().replace("ё", "е").replace("h/a", "н/а")
    if re.fullmatch(r"[2-5][.,]0", meant):
        meant = meant[0]
    if meant in ("н/а", "на"):
        return FinalMark(NOT_ATTESTED_ABSENT, hint="«н/а» без причины прочитано как «н/а пр» (по пропускам)")
    known = _FINALS.get(meant)
    if known is None:
        return FinalMark(fault=f"«{text}» — не итоговая отметка: допустимы 5 4 3 2, зач, нзч, осв, «н/а ув», «н/а пр»")
    return FinalMark(known)


def parse_final(value: Raw) -> FinalMark:
    """Return what a raw cell of «Итоги» says."""
    if value is None or value == "":
        return FinalMark()
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return FinalMark(fault=f"«{plain(value)}» — не итоговая отметка: допустимы 5 4 3 2, зач, нзч, осв, н/а")
    return _final(plain(value)) if plain(value) else FinalMark()
