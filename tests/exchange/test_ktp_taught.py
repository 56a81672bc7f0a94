"""Plans imported and taught through a whole year: import, forms, a topic typed for every lesson, check, diary."""

from __future__ import annotations

import datetime as dt
import html
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from sgo_sheets.cli import sgo
from sgo_sheets.exchange.ktp_files import name_of, read_file
from sgo_sheets.project import SENTINEL
from sgo_sheets.records.catalog import BookContent, BookKind, Rows
from sgo_sheets.russian import WEEKDAYS, slug
from sgo_sheets.workbooks.forms import write_book

SHARED = Path(os.environ.get("SGO_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data") / "ktp"
QUARTERS = (
    (dt.date(2026, 9, 1), dt.date(2026, 10, 24)),
    (dt.date(2026, 11, 2), dt.date(2026, 12, 30)),
    (dt.date(2027, 1, 11), dt.date(2027, 3, 20)),
    (dt.date(2027, 3, 29), dt.date(2027, 5, 31)),
)
WEEKS = 34
LAST = QUARTERS[-1][1]


def _run(root: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(sgo, [*map(str, words), "--school", str(root)], catch_exceptions=False)


def _new_school(root: Path, plans: Mapping[str, int]) -> None:
    """Write a school that teaches the plans (name → lessons), a class and a pupil for each grade of them."""
    books = root / "workbooks"
    named = {plan: name_of(Path(f"{plan}.csv")) for plan in plans}
    classes = {f"{grade}А": grade for grade in sorted({name.grade for name in named.values()})}
    school = {
        "Организация": {"Учебный год": "2026/2027", "Начало учебного года": QUARTERS[0][0],
                        "Конец учебного года": LAST, "Учебная неделя": 5, "Рабочая неделя": 5},
        "Периоды": Rows(tuple(
            {"Классы": "1-11", "Тип": "четверть", "Период": f"{n} четверть", "Начало": first, "Окончание": last}
            for n, (first, last) in enumerate(QUARTERS, 1))),
        "Сотрудники": Rows(({"Код": "СТ-01", "Фамилия": "Учитель", "Роли": "Учитель"},)),
        "Классы": Rows(tuple({"Класс": name, "Параллель": grade} for name, grade in classes.items())),
        "Предметы": Rows(tuple({"Предмет": subject} for subject in sorted({n.subject for n in named.values()}))),
    }  # fmt: skip
    loads = tuple(
        {"Класс": f"{named[plan].grade}А", "Предмет": named[plan].subject, "Учитель": "СТ-01", "КТП": plan}
        for plan in plans
    )
    poster: dict[tuple[int, int], dict[str, str]] = {}
    for name, grade in classes.items():
        weekly = [named[plan].subject for plan, lessons in plans.items() if named[plan].grade == grade
                  for _ in range(-(-lessons // WEEKS))]  # fmt: skip
        for place, subject in enumerate(weekly):
            poster.setdefault((place % 5, place // 5 + 1), {})[name] = subject
    rows = tuple({"День": WEEKDAYS[day], "Урок": lesson, **cells} for (day, lesson), cells in sorted(poster.items()))
    write_book(books / "Школа.xlsx", BookContent(BookKind.SCHOOL, school))
    write_book(books / "Учебный план.xlsx", BookContent(BookKind.PLAN, {"Нагрузка": Rows(loads)}))
    timetable = {"Расписание": Rows(rows, tuple(classes))}
    write_book(books / "Расписание.xlsx", BookContent(BookKind.TIMETABLE, timetable))
    for name in classes:
        card = {"№ личного дела": f"К-{name}", "Фамилия": "Ученик", "Имя": "Яна", "Класс на начало года": name}
        write_book(books / f"Контингент/{name}.xlsx", BookContent(BookKind.ROLL, {"Обучающиеся": Rows((card,))}))
    (books / SENTINEL).touch()
    (root / "sgo.toml").write_text("[school]\n", encoding="utf-8")


def _teach(path: Path) -> list[str]:
    """Type «+» where the plan has a topic and «Повторение» after its end; return the topics of the plan taught."""
    book = openpyxl.load_workbook(path)
    sheet = book["Уроки"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    planned = []
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, columns["Дата"]).value is None:
            continue
        topic = sheet.cell(row, columns["По плану"]).value
        sheet.cell(row, columns["Тема урока"]).value = "+" if topic else "Повторение"
        planned += [str(topic)] if topic else []
    book.save(path)
    return planned


def _faults(root: Path) -> set[str]:
    """Return the codes of what is wrong with reading, rows and topics at the end of the year."""
    said = json.loads(_run(root, "check", "--on", str(LAST), "--format", "json").stdout)["findings"]
    codes = {finding["code"] for finding in said if finding["severity"] != "note"}
    return {code for code in codes if code.startswith("W") or code in {"R0801", "R0802"}}


def _words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _invented(folder: Path) -> list[Path]:
    path = folder / "Математика 5.csv"
    path.write_text("№;Тема;Часов\n" + "".join(f"{n};Тема с номером {n};1\n" for n in range(1, 137)), "cp1251")
    return [path]


@pytest.mark.parametrize("source", ["invented", "official"])
def test_every_topic_of_a_plan_reaches_the_diary(tmp_path: Path, source: str) -> None:
    if source == "official" and not SHARED.is_dir():
        pytest.skip("the official lesson plans are not beside the repository")
    files = sorted(SHARED.glob("*.csv")) if source == "official" else _invented(tmp_path)
    drafts = {path.stem: read_file(path) for path in files}
    root = tmp_path / "school"
    _new_school(root, {name: len(draft.lessons) for name, draft in drafts.items()})
    assert _run(root, "import", "ktp", *files, "--yes").exit_code == 0
    assert _run(root, "forms").exit_code == 0

    assert _faults(root) == {"R0801"}
    taught = {}
    for name in drafts:
        said = name_of(Path(f"{name}.csv"))
        taught[name] = _teach(root / "workbooks" / "Журналы" / f"{said.grade}А" / f"{said.subject}.xlsx")
    assert taught == {name: [one.topic for one in draft.lessons] for name, draft in drafts.items()}

    assert _faults(root) == set()

    assert _run(root, "build", "--on", str(LAST)).exit_code == 0
    for name, topics in taught.items():
        pages = (root / "site/families" / slug(f"К-{name_of(Path(f'{name}.csv')).grade}А")).glob("*.html")
        diary = " ".join(_words(page.read_text(encoding="utf-8")) for page in pages)
        assert [topic for topic in topics if " ".join(topic.split()) not in diary] == []
