"""The journal of a class and a subject: «Отметки», «Уроки» and «Итоги» that lead to one another."""

from __future__ import annotations

import datetime as dt
from copy import copy

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.records.catalog import MARKS_SHEET, BookContent, GridContent, Rows
from sgo_sheets.records.journal_books import PERIOD_EXTRAS, Lesson, PeriodMarks
from sgo_sheets.records.regulation_book import DEFAULT_WORK_KINDS
from sgo_sheets.workbooks.forms import cells
from sgo_sheets.workbooks.forms.lists import Word, define
from sgo_sheets.workbooks.forms.looks import AMBER_FILL, LINK, RED, TODAY_FILL, Painter
from sgo_sheets.workbooks.forms.marks import Place, places_of, write_marks
from sgo_sheets.workbooks.forms.marks_help import KINDS, SIGN_WORDS, SIGNS, solid
from sgo_sheets.workbooks.forms.tables import LAST_CHECKED_ROW, Head, heads_of, write_table

FINALS = "Итоговые отметки"
FINAL_WORDS: tuple[Word, ...] = (5, 4, 3, 2, "зач", "нзч", "осв", "н/а ув", "н/а пр")
EXAM_DATE = "Дата экзамена"
FAR = dt.date(2100, 1, 1)


def journal_lists(content: BookContent) -> dict[str, tuple[Word, ...]]:
    """Return the lists every journal has, besides those of its content."""
    kinds = content.lists.get(KINDS) or tuple(short for _, short, _ in DEFAULT_WORK_KINDS)
    periods = content.periods or (("год", dt.date(2000, 1, 1), FAR),)
    return {
        **content.lists,
        KINDS: kinds,
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


def write_journal(book: Workbook, painter: Painter, content: BookContent, names: set[str], saved: dt.datetime) -> None:
    """Write the three sheets of a journal into their empty places in the workbook."""
    grid = content.sheets.get(MARKS_SHEET, GridContent())
    lessons = content.sheets.get(Lesson.sheet, Rows())
    finals = content.sheets.get(PeriodMarks.sheet, Rows())
    if not (isinstance(grid, GridContent) and isinstance(lessons, Rows) and isinstance(finals, Rows)):
        raise TypeError("В журнале «Отметки» — GridContent, «Уроки» и «Итоги» — Rows.")
    lesson_heads = heads_of(Lesson, lessons)
    final_heads = heads_of(PeriodMarks, finals, (*(name for name, _, _ in content.periods), *PERIOD_EXTRAS))
    places = places_of(grid, content.periods, saved.date())
    rows_of_lessons = _rows_of(grid, lessons)
    topic = get_column_letter([head.header for head in lesson_heads].index("Тема урока") + 1)
    topics = tuple(f"'{Lesson.sheet}'!{topic}{row}" if row else "" for row in rows_of_lessons)
    gathered = tuple(head.header for head in final_heads if head.gathered)
    write_marks(book[MARKS_SHEET], painter, grid, places, topics, gathered)
    write_table(book[Lesson.sheet], painter, Lesson, lessons, names, lesson_heads)
    _link_back(book[Lesson.sheet], places, rows_of_lessons)
    _highlight_lessons(book[Lesson.sheet], lesson_heads)
    write_table(book[PeriodMarks.sheet], painter, PeriodMarks, finals, names, final_heads)
    _validate_finals(book[PeriodMarks.sheet], final_heads)


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
        cell.hyperlink = Hyperlink(
            ref=cell.coordinate, location=f"'{MARKS_SHEET}'!{place.letters}5", tooltip="К отметкам этого урока"
        )
        cell.font = copy(cell.font) + Font(color=LINK)


def _highlight_lessons(sheet: Worksheet, heads: tuple[Head, ...]) -> None:
    """Mark today's lesson, and past lessons whose topic is not recorded yet."""
    letters = {head.header: get_column_letter(number) for number, head in enumerate(heads, start=1)}
    date, topic, note = (f"${letters[name]}2" for name in ("Дата", "Тема урока", "Примечание"))
    owed = f'AND({date}<>"",{date}<=TODAY(),{topic}="",LEFT({note},2)<>"не")'
    today = f"{date}=TODAY()"
    for area, formula, fill in (
        (f"{letters['Тема урока']}2:{letters['Тема урока']}{LAST_CHECKED_ROW}", owed, AMBER_FILL),
        (f"A2:{get_column_letter(len(heads))}{LAST_CHECKED_ROW}", today, TODAY_FILL),
    ):
        sheet.conditional_formatting.add(area, FormulaRule(formula=[formula], fill=solid(fill)))


def _validate_finals(sheet: Worksheet, heads: tuple[Head, ...]) -> None:
    marks = DataValidation(type="list", formula1=cells.list_name(FINALS), allow_blank=True)
    cells.speak(marks, "Итоговая отметка", "", "Можно: 5 4 3 2, зач, нзч, осв, н/а ув, н/а пр.")
    for number, head in enumerate(heads, start=1):
        if not head.gathered:
            continue
        letters = get_column_letter(number)
        area = f"{letters}2:{letters}{LAST_CHECKED_ROW}"
        if head.date:
            when = DataValidation(type="date", operator="between", formula1="14611", formula2="73050", allow_blank=True)
            cells.speak(when, head.header, "", "Впишите дату, например 07.06.2027.")
            when.add(area)
            sheet.add_data_validation(when)
            continue
        marks.add(area)
        first = f"{letters}2"
        rule = FormulaRule(
            formula=[f'OR({first}=2,LEFT({first},3)="н/а",{first}="нзч")'], font=Font(bold=True, color=RED)
        )
        sheet.conditional_formatting.add(area, rule)
    sheet.add_data_validation(marks)
