"""The journal of a class and a subject: «Отметки», «Уроки» and «Итоги» that lead to one another."""

from __future__ import annotations

import datetime as dt
from copy import copy
from itertools import zip_longest

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.records.catalog import MARKS_SHEET, BookContent, GridContent, Rows
from sgo_sheets.records.journal_books import PERIOD_EXTRAS, Lesson, PeriodMarks
from sgo_sheets.records.regulation_book import DEFAULT_WORK_KINDS
from sgo_sheets.workbooks.forms import cells
from sgo_sheets.workbooks.forms.form import Form, highlight
from sgo_sheets.workbooks.forms.lists import Word, define, list_name
from sgo_sheets.workbooks.forms.looks import AMBER_FILL, LINK, RED, TODAY_FILL, Line
from sgo_sheets.workbooks.forms.marks import FIRST_ROW, Grid, write_marks
from sgo_sheets.workbooks.forms.marks_help import KINDS, SIGN_WORDS, SIGNS
from sgo_sheets.workbooks.forms.places import Place, edge_after, places_of
from sgo_sheets.workbooks.forms.tables import LAST_CHECKED_ROW, Layout, heads_of, write_table

SHEETS = (MARKS_SHEET, Lesson.sheet, PeriodMarks.sheet)
FINALS = "Итоговые отметки"
FINAL_WORDS: tuple[Word, ...] = (5, 4, 3, 2, "зач", "нзч", "осв", "н/а ув", "н/а пр")
_WHOLE_TIME = (("год", dt.date(2000, 1, 1), dt.date(2099, 12, 31)),)
_LESSON_HEIGHT = 33.0


def journal_lists(content: BookContent) -> dict[str, tuple[Word, ...]]:
    """Return the lists every journal has, besides those of its content."""
    periods = content.periods or _WHOLE_TIME
    return {
        **content.lists,
        KINDS: content.lists.get(KINDS) or tuple(short for _, short, _ in DEFAULT_WORK_KINDS),
        SIGNS: SIGN_WORDS,
        FINALS: FINAL_WORDS,
        "Периоды начало": tuple(first for _, first, _ in periods),
        "Периоды конец": tuple(last for _, _, last in periods),
        "Периоды имя": tuple(name for name, _, _ in periods),
    }


def define_period(book: Workbook) -> None:
    """Define the names of the current period: the last one that has begun, the first before the year begins."""
    for name, column in (("Период_с", "начало"), ("Период_по", "конец"), ("Период_имя", "имя")):
        listed = f"Периоды_{column}"
        define(book, name, f"IFERROR(LOOKUP(TODAY(),Периоды_начало,{listed}),INDEX({listed},1))")


def write_journal(form: Form, content: BookContent) -> None:
    """Write the three sheets of a journal into their empty places in the workbook."""
    grid, lessons, finals = (content.sheets.get(name) for name in SHEETS)
    grid, lessons, finals = grid or GridContent(), lessons or Rows(), finals or Rows()
    if not (isinstance(grid, GridContent) and isinstance(lessons, Rows) and isinstance(finals, Rows)):
        raise TypeError("В журнале «Отметки» — GridContent, «Уроки» и «Итоги» — Rows.")
    days = [row.get("Дата") for row in lessons.rows]
    lines = {
        index: edge_after(day, following if isinstance(following, dt.date) else None, content.periods)
        for index, (day, following) in enumerate(zip_longest(days, days[1:]))
        if isinstance(day, dt.date)
    }
    plain: Line = "thin"
    lesson_layout = Layout(
        heads_of(Lesson, lessons), _LESSON_HEIGHT, {index: line for index, line in lines.items() if line != plain}
    )
    extra = (*(name for name, _, _ in content.periods), *PERIOD_EXTRAS)
    final_layout = Layout(heads_of(PeriodMarks, finals, extra), one_page=True)
    places = places_of(grid, content.periods, form.saved)
    rows = _rows_of(grid, lessons)
    topic = lesson_layout.letters("Тема урока")
    links = tuple(f"'{Lesson.sheet}'!{topic}{row}" if row else "" for row in rows)
    gathered = tuple(head.header for head in final_layout.heads if head.gathered)
    write_marks(form, form.book[MARKS_SHEET], Grid(grid, places, links, gathered))
    write_table(form, form.book[Lesson.sheet], Lesson, lessons, lesson_layout)
    _link_back(form.book[Lesson.sheet], places, rows)
    _highlight_lessons(form.book[Lesson.sheet], lesson_layout)
    write_table(form, form.book[PeriodMarks.sheet], PeriodMarks, finals, final_layout)
    finals_rules(form.book[PeriodMarks.sheet], final_layout)


def _rows_of(grid: GridContent, lessons: Rows) -> list[int]:
    """Return the row of «Уроки» of each column of the grid, 0 where there is none."""
    by_day: dict[object, int] = {}
    for row, lesson in enumerate(lessons.rows, start=2):
        by_day.setdefault((lesson.get("Дата"), lesson.get("Урок")), row)
        by_day.setdefault(lesson.get("Дата"), row)
    return [by_day.get((date, number)) or by_day.get(date, 0) for date, number, _ in grid.columns]


def _link_back(sheet: Worksheet, places: tuple[Place, ...], rows: list[int]) -> None:
    linked: set[int] = set()
    for place in places:
        row = rows[place.lesson] if place.lesson is not None else 0
        if not row or row in linked:
            continue
        linked.add(row)
        cell = sheet.cell(row, 1)
        target = f"'{MARKS_SHEET}'!{place.letters}{FIRST_ROW}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, tooltip="К отметкам этого урока")
        font = copy(cell.font)
        cell.font = Font(name=font.name, size=font.size, color=LINK)


def _highlight_lessons(sheet: Worksheet, layout: Layout) -> None:
    """Mark today's lesson, and past lessons whose topic is not recorded yet."""
    date, topic, note = (f"${layout.letters(name)}2" for name in ("Дата", "Тема урока", "Примечание"))
    owed = f'AND({date}<>"",{date}<TODAY(),{topic}="",LEFT({note},2)<>"не")'
    letters = layout.letters("Тема урока")
    highlight(sheet, f"{letters}2:{letters}{LAST_CHECKED_ROW}", owed, fill=AMBER_FILL)
    last = get_column_letter(len(layout.heads))
    highlight(sheet, f"A2:{last}{LAST_CHECKED_ROW}", f"{date}=TODAY()", fill=TODAY_FILL)


def finals_rules(sheet: Worksheet, layout: Layout) -> None:
    """Let the gathered columns take final marks (and dates where they hold dates), and make failures stand out."""
    marks = cells.list_rule(list_name(FINALS))
    cells.speak(marks, "Итоговая отметка", error="Можно: 5 4 3 2, зач, нзч, осв, н/а ув, н/а пр.")
    areas = []
    for number, head in enumerate(layout.heads, start=1):
        letters = get_column_letter(number)
        area = f"{letters}2:{letters}{LAST_CHECKED_ROW}"
        if head.date:
            cells.apply(sheet, cells.date_rule(head.header), area)
        elif head.gathered:
            areas.append(area)
            failed = f'OR({letters}2=2,LEFT({letters}2,3)="н/а",{letters}2="нзч")'
            highlight(sheet, area, failed, color=RED)
    cells.apply(sheet, marks, " ".join(areas))
