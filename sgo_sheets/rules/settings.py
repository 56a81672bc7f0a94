"""The switches of «Настройки» in Регламент.xlsx: their names, defaults and meaning. A school changes the value."""

from __future__ import annotations

from dataclasses import dataclass

from sgo_sheets.school.model import Regulation


@dataclass(frozen=True, slots=True)
class Switch:
    """A setting: its name in «Показатель», the value where the school sets none, what it means in Russian."""

    name: str
    default: int | str
    meaning: str

    def number(self, regulation: Regulation) -> int:
        """Return the whole number the school has set, else the default."""
        return int(regulation.number(self.name, float(self.default)))

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

SWITCHES: tuple[Switch, ...] = (
    ENOUGH_MARKS,
    NEWCOMER_DAYS,
    HELD_LESSONS,
    SILENT_WEEKS,
    PASSPORT_DAYS,
    MOVE_DUE,
    WEIGHTED,
)
"""Every switch the program knows, in the order of the blank sheet."""
