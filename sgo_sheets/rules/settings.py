"""The switches of «Настройки» in Регламент.xlsx: their names, defaults and meaning. A school changes the value."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from sgo_sheets.school.regulation import Regulation

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_BOUNDS = 3
_LOWEST, _HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class Switch:
    """A setting: its name in «Показатель», the value where the school sets none, what it means in Russian."""

    name: str
    default: int | str
    meaning: str

    def number(self, regulation: Regulation) -> int:
        """Return the whole number the school has set, else the default."""
        return int(regulation.number(self.name, float(self.default)))

    def text(self, regulation: Regulation) -> str:
        """Return the text the school has set, else the default."""
        return str(regulation.settings.get(self.name, self.default))

    def flag(self, regulation: Regulation) -> bool:
        """Return the да/нет the school has set, else the default."""
        return regulation.flag(self.name, default=self.default == "да")


ENOUGH_MARKS = Switch(
    "Отметок за период, не меньше", 3, "меньше отметок – предупреждение; столько же или больше – «н/а» под вопросом"
)
NEWCOMER_DAYS = Switch(
    "Дней в классе, чтобы отметка за период была обязательна", 14, "кто в классе меньше, о том лишь предупреждение"
)
HELD_LESSONS = Switch("Уроков за две недели, чтобы отметки были обязательны", 2, "меньше уроков – нет замечания")
SILENT_WEEKS = Switch("Недель без отметок у ученика", 4, "столько недель подряд без отметки – предупреждение")
PASSPORT_DAYS = Switch(
    "Дней после 14-летия, чтобы внести паспорт", 90, "столько дней после дня рождения паспорт ещё не обязателен"
)
MOVE_DUE = Switch("Срок в выходной переносится на рабочий день", "нет", "да или нет")
WEIGHTED = Switch("Средний балл с учётом веса", "да", "да или нет: какой средний балл показан в дневнике")
WHOLE_DAY = Switch(
    "День пропущен, когда пропущены все его уроки", "да", "да или нет: «нет» – когда пропущен хотя бы один урок"
)
MARK_BOUNDS = Switch(
    "Границы предварительной отметки",
    "2,5; 3,5; 4,5",
    "средний балл, с которого отметка – «3», «4» и «5», в предварительном отчёте; ниже первого – «2»",
)

STUDY_WEEKS = Switch("Учебных недель", 34, "столько недель в году: часы КТП – это часы в неделю, взятые столько раз")
STUDY_WEEKS_FIRST = Switch("Учебных недель в 1 классе", 33, "то же для 1 класса")
MOST_FIVE_DAYS = Switch(
    "Наибольшая недельная нагрузка, 5 дней",
    "1 – 21; 2-4 – 23; 5 – 29; 6 – 30; 7 – 32; 8-9 – 33; 10-11 – 34",
    "классы и часов в неделю при пятидневной неделе (СанПиН 1.2.3685-21)",
)
MOST_SIX_DAYS = Switch(
    "Наибольшая недельная нагрузка, 6 дней",
    "2-4 – 26; 5 – 32; 6 – 33; 7 – 35; 8-9 – 36; 10-11 – 37",
    "то же при шестидневной неделе; в 1 классе она пятидневная",
)
SHARED_ROOMS = Switch(
    "Кабинеты, где можно вести несколько уроков сразу",
    "спортзал, спортивный зал, актовый зал, стадион, спортплощадка, бассейн, улица, онлайн, дистанционно",
    "слова, с которых начинается название такого кабинета, через запятую",
)

SWITCHES: tuple[Switch, ...] = (
    ENOUGH_MARKS, NEWCOMER_DAYS, HELD_LESSONS, SILENT_WEEKS, PASSPORT_DAYS, MOVE_DUE, WEIGHTED, MARK_BOUNDS, WHOLE_DAY,
    STUDY_WEEKS, STUDY_WEEKS_FIRST, MOST_FIVE_DAYS, MOST_SIX_DAYS, SHARED_ROOMS,
)  # fmt: skip
"""Every switch the program knows, in the order of the blank sheet."""


def mark_bounds(regulation: Regulation) -> tuple[Fraction, ...]:
    """Return from which averages the mark is 3, 4 and 5: those of «Настройки», the default where they make no sense."""
    found = _bounds(MARK_BOUNDS.text(regulation)) or _bounds(str(MARK_BOUNDS.default))
    if not found:
        raise ValueError(f"no bounds of marks: {MARK_BOUNDS.default}")
    return found


def _bounds(text: str) -> tuple[Fraction, ...]:
    """Return the three growing averages of a text, each above 1 and not above 5; nothing where it has no such ones."""
    found = tuple(Fraction(number.replace(",", ".")) for number in _NUMBER.findall(text))
    fits = len(found) == _BOUNDS and _LOWEST < found[0] < found[1] < found[2] <= _HIGHEST
    return found if fits else ()


def unusable(regulation: Regulation) -> Iterator[tuple[Switch, str]]:
    """Yield the switches whose typed value the program cannot go by, with what is wrong in Russian: the default holds.

    Looked at are numbers, да/нет and the bounds of preliminary marks.
    """
    for switch in SWITCHES:
        if switch.name in regulation.settings and (right := wanted(switch, regulation)):
            yield switch, f"«{regulation.settings[switch.name]}» — не {right}"


def wanted(switch: Switch, regulation: Regulation) -> str:
    """Return what should have been typed, in Russian; «» where the program can go by the value."""
    value = switch.text(regulation)
    if switch is MARK_BOUNDS:
        return "" if _bounds(value) else "три средних балла по возрастанию, больше 1 и не больше 5"
    if isinstance(switch.default, int):
        return "число" if math.isnan(regulation.number(switch.name, math.nan)) else ""
    if switch.default in ("да", "нет"):
        return "" if value.casefold() in ("да", "нет", "true", "false") else "«да» или «нет»"
    return ""
