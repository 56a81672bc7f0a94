"""What the school-wide workbooks hold before anybody types: the usual year, subjects, kinds of work, the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sgo_sheets.records.catalog import BookContent, BookKind, Rows
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.records.regulation_book import DEFAULT_WORK_KINDS
from sgo_sheets.records.school_book import DUTIES
from sgo_sheets.workbooks.calendar_seed import calendar_seed

SCHOOL_FILE = "Школа.xlsx"
MONDAY, SATURDAY, SUNDAY = 0, 5, 6
_DAY = dt.timedelta(days=1)
_BELLS = ("8:30-9:10", "9:20-10:00", "10:15-10:55", "11:10-11:50",
          "12:05-12:45", "12:55-13:35", "13:45-14:25", "14:35-15:15")  # fmt: skip
_PHILOLOGY, _FOREIGN = "Русский язык и литература", "Иностранные языки"
_SCIENCE, _SOCIETY = "Естественно-научные предметы", "Общественно-научные предметы"
_NUMBERS, _ART, _SPORT = "Математика и информатика", "Искусство", "Физическая культура и ОБЗР"
_TALKS = "Внеурочная деятельность"
SUBJECTS: tuple[tuple[str, str, str, str], ...] = (
    ("Русский язык", "Рус", _PHILOLOGY, "отметка"),
    ("Литературное чтение", "Лит чт", _PHILOLOGY, "отметка"),
    ("Литература", "Лит", _PHILOLOGY, "отметка"),
    ("Английский язык", "Англ", _FOREIGN, "отметка"),
    ("Математика", "Мат", _NUMBERS, "отметка"),
    ("Алгебра", "Алг", _NUMBERS, "отметка"),
    ("Геометрия", "Геом", _NUMBERS, "отметка"),
    ("Вероятность и статистика", "ВиС", _NUMBERS, "отметка"),
    ("Информатика", "Инф", _NUMBERS, "отметка"),
    ("Окружающий мир", "Окр м", "Обществознание и естествознание", "отметка"),
    ("История", "Ист", _SOCIETY, "отметка"),
    ("Обществознание", "Общ", _SOCIETY, "отметка"),
    ("География", "Геогр", _SOCIETY, "отметка"),
    ("Физика", "Физ", _SCIENCE, "отметка"),
    ("Химия", "Хим", _SCIENCE, "отметка"),
    ("Биология", "Биол", _SCIENCE, "отметка"),
    ("Основы религиозных культур и светской этики", "ОРКСЭ", "Основы религиозных культур", "без отметки"),
    ("Изобразительное искусство", "ИЗО", _ART, "отметка"),
    ("Музыка", "Муз", _ART, "отметка"),
    ("Труд (технология)", "Труд", "Технология", "отметка"),
    ("Физическая культура", "Физ-ра", _SPORT, "отметка"),
    ("Основы безопасности и защиты Родины", "ОБЗР", _SPORT, "отметка"),
    ("Индивидуальный проект", "Проект", "", "отметка"),
    ("Разговоры о важном", "РоВ", _TALKS, "без отметки"),
)


@dataclass(frozen=True, slots=True)
class UsualYear:
    """The year most schools have: four quarters (half-years in 10–11) with holidays of nine days between them."""

    first: dt.date
    last: dt.date
    autumn: tuple[dt.date, dt.date]
    winter: tuple[dt.date, dt.date]
    february: tuple[dt.date, dt.date]
    spring: tuple[dt.date, dt.date]

    @property
    def name(self) -> str:
        """Return «2026/2027»."""
        return f"{self.first.year}/{self.last.year}"


def usual_year(first_year: int) -> UsualYear:
    """Return the usual school year that begins in a calendar year; a school then corrects the days by its order."""
    last_year = first_year + 1
    first = dt.date(first_year, 9, 1)
    while first.weekday() in (SATURDAY, SUNDAY):
        first += _DAY
    autumn = _week_from(_last_monday(dt.date(first_year, 10, 31)))
    winter_end = _next_sunday(dt.date(last_year, 1, 8))
    february = _week_from(_next_monday(dt.date(last_year, 2, 15)))
    spring = _week_from(_last_monday(dt.date(last_year, 3, 31)))
    last = dt.date(last_year, 5, 26)
    while last.weekday() in (SATURDAY, SUNDAY):
        last -= _DAY
    return UsualYear(first, last, autumn, (dt.date(first_year, 12, 31), winter_end), february, spring)


def year_to_come(today: dt.date) -> int:
    """Return the calendar year in which the school year begins that is on, or, from April on, the next one."""
    return today.year if today.month >= 4 else today.year - 1


@dataclass(frozen=True, slots=True)
class Start:
    """What the workbooks begin with, besides the year: «Сроки» and «Настройки», which the rules know."""

    year: UsualYear
    terms: Rows = field(default_factory=Rows)
    settings: Rows = field(default_factory=Rows)


def starting_books(start: Start) -> dict[str, BookContent]:
    """Return the school-wide workbooks of a new school: path in the workbooks folder → what to write."""
    subjects = {"Предметы": tuple(name for name, *_ in SUBJECTS)}
    return {
        SCHOOL_FILE: BookContent(BookKind.SCHOOL, _school(start.year)),
        "Регламент.xlsx": BookContent(
            BookKind.REGULATION,
            {
                "Сроки": start.terms,
                "Настройки": start.settings,
                "Виды работ": Rows(
                    tuple(
                        {"Вид": name, "Сокращение": short, "Вес": weight} for name, short, weight in DEFAULT_WORK_KINDS
                    )
                ),
            },
        ),
        "Учебный план.xlsx": BookContent(BookKind.PLAN, lists=subjects),
        "Расписание.xlsx": BookContent(BookKind.TIMETABLE, lists=subjects),
        "Книга движения.xlsx": BookContent(BookKind.MOVEMENT),
        "Учётные записи.xlsx": BookContent(BookKind.ACCOUNTS),
        "Конструктор отчётов.xlsx": BookContent(BookKind.CONSTRUCTOR),
    }


def _school(year: UsualYear) -> dict[str, Rows | Mapping[str, Raw]]:
    return {
        "Организация": {
            "Тип": "школа",
            "Учебный год": year.name,
            "Начало учебного года": year.first,
            "Конец учебного года": year.last,
            "Учебная неделя": 5,
            "Рабочая неделя": 5,
        },
        "Периоды": Rows(tuple(_periods(year))),
        "Каникулы": Rows(tuple(_holidays(year))),
        "Календарь": calendar_seed([year.first.year, year.last.year]).rows,
        "Звонки": Rows(tuple(_bell(number, times) for number, times in enumerate(_BELLS, start=1))),
        "Предметы": Rows(
            tuple(
                {"Предмет": name, "Сокращение": short, "Образовательная область": area, "Оценивание": grading}
                for name, short, area, grading in SUBJECTS
            )
        ),
        "Ответственные": Rows(tuple({"Направление": duty} for duty in DUTIES)),
    }


def _periods(year: UsualYear) -> list[dict[str, Raw]]:
    middle = (year.winter[0] - _DAY, year.winter[1] + _DAY)
    quarters = (
        (year.first, year.autumn[0] - _DAY),
        (year.autumn[1] + _DAY, middle[0]),
        (middle[1], year.spring[0] - _DAY),
        (year.spring[1] + _DAY, year.last),
    )
    halves = ((year.first, middle[0]), (middle[1], year.last))
    rows = [_period("1-9", "четверть", f"{n} четверть", span) for n, span in enumerate(quarters, start=1)]
    rows += [_period("10-11", "полугодие", f"{n} полугодие", span) for n, span in enumerate(halves, start=1)]
    return [*rows, _period("1-11", "год", "Год", (year.first, year.last))]


def _period(classes: str, kind: str, name: str, span: tuple[dt.date, dt.date]) -> dict[str, Raw]:
    return {"Классы": classes, "Тип": kind, "Период": name, "Начало": span[0], "Окончание": span[1]}


def _holidays(year: UsualYear) -> list[dict[str, Raw]]:
    named = (
        ("Осенние", "", year.autumn),
        ("Зимние", "", year.winter),
        ("Дополнительные (1 класс)", "1", year.february),
        ("Весенние", "", year.spring),
    )
    return [
        {"Название": name, "Классы": classes, "Начало": span[0], "Окончание": span[1]} for name, classes, span in named
    ]


def _bell(number: int, times: str) -> dict[str, Raw]:
    first, last = (dt.time.fromisoformat(f"{part:0>5}") for part in times.split("-"))
    return {"Набор": "1 смена", "Урок": number, "Начало": first, "Окончание": last}


def _week_from(monday: dt.date) -> tuple[dt.date, dt.date]:
    """Return the nine days of a week with the weekend before it."""
    return monday - 2 * _DAY, monday + 6 * _DAY


def _last_monday(day: dt.date) -> dt.date:
    """Return the last Monday whose whole week has begun by the day."""
    return day - dt.timedelta(days=day.weekday())


def _next_monday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=-day.weekday() % 7)


def _next_sunday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=SUNDAY - day.weekday())
