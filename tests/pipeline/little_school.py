"""A little school of real workbooks: two classes, two subjects, three pupils each, one closed quarter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from sgo_sheets.pipeline import BuildResult, build
from sgo_sheets.project import SENTINEL, Project, load_project
from sgo_sheets.records.catalog import BookContent, BookKind, GridContent, Rows
from sgo_sheets.russian import slug
from sgo_sheets.site.manifest import MANIFEST
from sgo_sheets.workbooks.forms import write_book

ON = dt.date(2026, 11, 23)
FIRST, SECOND = dt.date(2026, 9, 1), dt.date(2026, 11, 2)
CLASSES = ("5А", "5Б")
SUBJECTS = {"Математика": (0, 2), "История": (1, 3)}
PUPILS = {
    "5А": (("К-501", "Берёзкина", "Вера"), ("К-502", "Лугов", "Пётр"), ("К-503", "Озёрная", "Нина")),
    "5Б": (("К-511", "Дубов", "Яков"), ("К-512", "Ёлкина", "Ада"), ("К-513", "Тропинин", "Олег")),
}
QUARTERS = (
    ("1 четверть", FIRST, dt.date(2026, 10, 24)),
    ("2 четверть", SECOND, dt.date(2026, 12, 29)),
)
MATHS_5A = "Журналы/5А/Математика.xlsx"
HISTORY_5B = "Журналы/5Б/История.xlsx"


def lesson_days(subject: str) -> tuple[dt.date, ...]:
    """Return the days of a subject's lessons up to the day of the build."""
    days = (FIRST + dt.timedelta(days=n) for n in range((ON - FIRST).days + 1))
    return tuple(
        day for day in days if day.weekday() in SUBJECTS[subject] and any(a <= day <= b for _, a, b in QUARTERS)
    )


def journal(name: str, subject: str) -> BookContent:
    """Return a filled journal: every topic, a mark for everybody on every second lesson."""
    days = lesson_days(subject)
    pupils = tuple((number, f"{surname} {first}") for number, surname, first in PUPILS[name])
    marks = {(p, d): "5432"[(p + d) % 4] for p in range(len(pupils)) for d in range(0, len(days), 2)}
    lessons = tuple(
        {"Дата": day, "Тема урока": f"{subject}, тема {n}", "Домашнее задание": f"№ {n}"}
        for n, day in enumerate(days, 1)
    )
    finals = tuple({"№ личного дела": number, "Обучающийся": name, "1 четверть": 4} for number, name in pupils)
    return BookContent(
        BookKind.JOURNAL,
        {
            "Титул": {"Класс": name, "Предмет": subject, "Учебный год": "2026/2027"},
            "Отметки": GridContent(tuple((day, None, "") for day in days), pupils, marks),
            "Уроки": Rows(lessons),
            "Итоги": Rows(finals, ("1 четверть", "2 четверть")),
        },
    )


def workbooks() -> dict[str, BookContent]:
    """Return the workbooks of the little school by path."""
    books = {
        "Школа.xlsx": school_book(),
        "Учебный план.xlsx": plan_book(),
        "Расписание.xlsx": timetable_book(),
        "Книга движения.xlsx": BookContent(BookKind.MOVEMENT, {}),
        "Регламент.xlsx": BookContent(BookKind.REGULATION, {}),
    }
    for name in CLASSES:
        cards = tuple(
            {"№ личного дела": number, "Фамилия": surname, "Имя": first, "Класс на начало года": name}
            for number, surname, first in PUPILS[name]
        )
        books[f"Контингент/{name}.xlsx"] = BookContent(BookKind.ROLL, {"Обучающиеся": Rows(cards)})
        for subject in SUBJECTS:
            books[f"Журналы/{name}/{subject}.xlsx"] = journal(name, subject)
    return books


def school_book() -> BookContent:
    """Return «Школа»."""
    organisation = {
        "Краткое наименование": "Школа № 0",
        "Учебный год": "2026/2027",
        "Начало учебного года": FIRST,
        "Конец учебного года": dt.date(2027, 5, 26),
        "Учебная неделя": 5,
        "Рабочая неделя": 5,
    }
    quarters = [{"Тип": "четверть", "Период": name, "Начало": a, "Окончание": b} for name, a, b in QUARTERS]
    staff = [{"Код": f"СТ-0{n}", "Фамилия": f"Учитель{n}", "Имя": "Анна", "Роли": "Учитель"} for n in (1, 2)]
    return BookContent(
        BookKind.SCHOOL,
        {
            "Организация": organisation,
            "Периоды": Rows(tuple({"Классы": "5", **quarter} for quarter in quarters)),
            "Сотрудники": Rows(tuple(staff)),
            "Классы": Rows(tuple({"Класс": name, "Параллель": 5} for name in CLASSES)),
            "Предметы": Rows(tuple({"Предмет": subject, "Оценивание": "отметка"} for subject in SUBJECTS)),
        },
    )


def plan_book() -> BookContent:
    """Return «Учебный план»: two hours of each subject."""
    loads = [
        {"Класс": name, "Предмет": subject, "Учитель": f"СТ-0{n}", "Часов в неделю": 2}
        for name in CLASSES
        for n, subject in enumerate(SUBJECTS, 1)
    ]
    plan = [{"Предмет": subject, "5А": 2, "5Б": 2} for subject in SUBJECTS]
    return BookContent(BookKind.PLAN, {"План": Rows(tuple(plan), CLASSES), "Нагрузка": Rows(tuple(loads))})


def timetable_book() -> BookContent:
    """Return «Расписание»: one lesson a day."""
    words = ("понедельник", "вторник", "среда", "четверг")
    subjects = {day: subject for subject, days in SUBJECTS.items() for day in days}
    rows = [{"День": words[day], "Урок": 1, "5А": subjects[day], "5Б": subjects[day]} for day in sorted(subjects)]
    return BookContent(BookKind.TIMETABLE, {"Расписание": Rows(tuple(rows), CLASSES)})


@cache
def template() -> dict[str, bytes]:
    """Return the files of the little school, written once in a run of the tests."""
    with TemporaryDirectory() as folder:
        for path, content in workbooks().items():
            write_book(Path(folder, path), content)
        return {path: Path(folder, path).read_bytes() for path in workbooks()}


@dataclass(frozen=True)
class LittleSchool:
    """The folder of a school and what a test does with it."""

    root: Path

    @property
    def project(self) -> Project:
        return load_project(self.root)

    def build(self, on: dt.date = ON, **options: Any) -> BuildResult:
        return build(self.project, on, **options)

    def restore(self, path: str) -> None:
        """Put a workbook back as it was at the start."""
        place = self.root / "workbooks" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(template()[path])

    @contextmanager
    def opened(self, path: str) -> Iterator[Workbook]:
        """Open a workbook, let it be changed, save it."""
        book = openpyxl.load_workbook(self.root / "workbooks" / path)
        yield book
        book.save(self.root / "workbooks" / path)

    def mark(self, path: str, pupil: str, day: dt.date, text: str) -> None:
        """Type a mark into a journal."""
        with self.opened(path) as book:
            sheet = book["Отметки"]
            rows = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == pupil]
            dates = {cell.value.date(): cell.column for cell in sheet[1] if isinstance(cell.value, dt.datetime)}
            sheet.cell(rows[0], dates[day]).value = text

    def page(self, pupil: str, period: dt.date = SECOND) -> str:
        """Return a pupil's page of a period."""
        return (self.root / "site/families" / slug(pupil) / f"{period}.html").read_text("utf-8")

    def site(self) -> dict[str, bytes]:
        """Return every file of the site."""
        folder = self.root / "site"
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    def pages(self) -> dict[str, bytes]:
        """Return every page of the site, without the list of them."""
        return {path: data for path, data in self.site().items() if path != MANIFEST}


def little_school(root: Path) -> LittleSchool:
    """Return a new little school in a folder."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "sgo.toml").write_text('[school]\ntimezone = "Europe/Moscow"\n', "utf-8")
    school = LittleSchool(root)
    for path in template():
        school.restore(path)
    (root / "workbooks" / SENTINEL).touch()
    return school
