"""The reports of chapter X (п. 10.1–10.6): number, name, clause, who answers for each, how often, who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sgo_sheets.findings import Datum, Role
from sgo_sheets.rules.terms import DueTerm, agreed_date, by_date, days_after, working_days_after

PERIOD, FORTNIGHT, MONTH, YEARLY = "каждый учебный период", "раз в две недели", "раз в месяц", "раз в год"
ALWAYS, ALL_YEAR, ON_REQUEST = "постоянно", "в течение года", "по запросу"

OFFICE = ("завуч", "администратор", "директор")
CLASS = ("классный руководитель", "учителя класса", "завуч")
PERSONAL = ("классный руководитель", "завуч", "администратор", "директор")
TEACHER = ("учитель", "завуч")
FAMILY = ("семья", "классный руководитель", "учителя класса")


@dataclass(frozen=True, slots=True)
class ReportDuty:
    """A report the regulation names. ``term`` is None where it sets no day (п. 10.3 «постоянно», 10.5, 10.6)."""

    number: int
    name: str
    clause: str
    role: Role
    every: str
    audience: tuple[str, ...]
    term: DueTerm | None = None

    def datum(self, of: str, span: str) -> Datum:
        """Return the name by which the history knows that the report «of» a class, over a span, was formed."""
        return Datum("reports", self.name, f"{of} {span}".strip(), "сформирован")


ONE_DAY = working_days_after(1, "окончания периода")
TWO_DAYS = working_days_after(2, "окончания периода")
AFTER_FORTNIGHT = days_after(14, "этих двух недель")
AFTER_MONTH = days_after(14, "окончания месяца")
FIRST_OF_OCTOBER = by_date(1, 10)
AGREED = agreed_date()

PRELIMINARY = "Предварительный отчёт классного руководителя за учебный период"
_A, _T, _C = Role.ADMIN, Role.TEACHER, Role.CLASS_TEACHER
REPORTS: tuple[ReportDuty, ...] = (
    ReportDuty(1, "Отчёт учителя-предметника", "10.4", _T, PERIOD, TEACHER, ONE_DAY),
    ReportDuty(2, "Отчёт классного руководителя за учебный период", "10.4", _C, PERIOD, CLASS, ONE_DAY),
    ReportDuty(
        3,
        PRELIMINARY,
        "10.4",
        _C,
        FORTNIGHT,
        CLASS,
        AFTER_FORTNIGHT,
    ),
    ReportDuty(4, "Сводный отчёт классного руководителя", "10.3", _A, PERIOD, OFFICE, TWO_DAYS),
    ReportDuty(5, "Сводный отчёт об успеваемости по школе", "10.3", _A, PERIOD, OFFICE, TWO_DAYS),
    ReportDuty(6, "Сводная ведомость учёта успеваемости", "10.4", _C, PERIOD, CLASS, ONE_DAY),
    ReportDuty(7, "Итоги успеваемости класса за учебный период", "10.4", _C, PERIOD, CLASS, ONE_DAY),
    ReportDuty(8, "Сводная ведомость учёта посещаемости", "10.4", _C, PERIOD, CLASS, ONE_DAY),
    ReportDuty(9, "Отчёт о посещаемости класса", "10.4", _C, MONTH, CLASS, AFTER_MONTH),
    ReportDuty(10, "Наполняемость классов", "10.3", _A, ALWAYS, OFFICE),
    ReportDuty(11, "Движение учащихся по школе", "10.3", _A, ALWAYS, OFFICE),
    ReportDuty(12, "ОШ-1", "10.3", _A, YEARLY, OFFICE, AGREED),
    ReportDuty(12, "ОШ-5", "10.3", _A, YEARLY, OFFICE, AGREED),
    ReportDuty(12, "ОШ-9", "10.3", _A, YEARLY, OFFICE, AGREED),
    ReportDuty(13, "Итоговые данные по учащимся", "10.4", _C, YEARLY, OFFICE, FIRST_OF_OCTOBER),
    ReportDuty(14, "Общие сведения об обучающихся", "10.4", _C, YEARLY, PERSONAL, FIRST_OF_OCTOBER),
    ReportDuty(15, "Средний балл ученика", "10.5", _C, ALL_YEAR, FAMILY),
    ReportDuty(16, "Динамика среднего балла ученика", "10.5", _C, ALL_YEAR, FAMILY),
    ReportDuty(17, "Табель успеваемости учащегося", "10.5", _C, ALL_YEAR, FAMILY),
    ReportDuty(18, "Отчёт об успеваемости и посещаемости ученика", "10.5", _C, ALL_YEAR, FAMILY),
    ReportDuty(19, "Итоги успеваемости и качества знаний", "10.5", _C, ALL_YEAR, FAMILY),
    ReportDuty(20, "Информационное письмо для родителей", "10.5", _C, ALL_YEAR, FAMILY),
    ReportDuty(21, "Конструктор отчётов", "10.6", _A, ON_REQUEST, OFFICE),
)
"""Every report of chapter X in the order of the reports' numbers; the three forms ОШ share one."""


def duties(*numbers: int) -> tuple[ReportDuty, ...]:
    """Return the reports with these numbers."""
    return tuple(duty for duty in REPORTS if duty.number in numbers)


def _names() -> dict[int, str]:
    """Return number → name, as п. 10.3–10.6 spell it; those of one number together: «ОШ-1, ОШ-5 и ОШ-9»."""
    names: dict[int, list[str]] = {}
    for duty in REPORTS:
        names.setdefault(duty.number, []).append(duty.name)
    return {number: " и ".join(filter(None, (", ".join(own[:-1]), own[-1]))) for number, own in names.items()}


REPORT_NAMES: Mapping[int, str] = _names()
"""The reports by the number they have in this program."""
FORMED = frozenset(range(1, 22))
"""The reports the program forms as pages so far; of the others it knows whether their data are complete."""
