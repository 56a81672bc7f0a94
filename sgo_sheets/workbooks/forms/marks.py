"""«Отметки»: the page of the paper journal, with the corner that leads to today's lesson."""

from __future__ import annotations

from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.records.catalog import MARKS_SHEET, GridContent
from sgo_sheets.workbooks.forms import frame
from sgo_sheets.workbooks.forms.form import Form
from sgo_sheets.workbooks.forms.looks import DATE, GREY, HEADER, INK, LINK, QUIET, TEXT, Look
from sgo_sheets.workbooks.forms.marks_help import explain_folds, highlight_marks, validate
from sgo_sheets.workbooks.forms.marks_print import print_as_paper
from sgo_sheets.workbooks.forms.places import FIRST_COLUMN, HEADERS, Place

SPARE_ROWS = 10
LABELS = ("Дата", "Урок", "Вид работы")
DATE_ROW, NUMBER_ROW, KIND_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4, 5
_WIDTHS = (4.5, 11.5, 27.0, 9.0)
_DATE_HEIGHT, _LABEL_HEIGHT, _HEADER_HEIGHT, _PUPIL_HEIGHT = 66.0, 18.0, 32.0, 20.0
_ZOOM = 90  # a class of 25 fits on a screen of 1080 lines
_MARKS = frozenset("12345")
_FIVE = 5


@dataclass(frozen=True, slots=True)
class Grid:
    """What «Отметки» are made of: the content, its columns, the cells the dates lead to, the headers of «Итоги»."""

    content: GridContent
    places: tuple[Place, ...]
    links: tuple[str, ...]
    finals: tuple[str, ...]

    @property
    def last(self) -> str:
        """Return the letters of the last column."""
        return self.places[-1].letters

    @property
    def rows(self) -> int:
        """Return the last row of the form."""
        return HEADER_ROW + len(self.content.pupils) + SPARE_ROWS


def write_marks(form: Form, sheet: Worksheet, grid: Grid) -> None:
    """Write the sheet «Отметки»."""
    _corner(form, sheet, grid)
    for place in grid.places:
        _head(form, sheet, grid, place)
    _columns(form, sheet, grid)
    where = {place.lesson: place.number for place in grid.places if place.lesson is not None}
    marks: dict[int, dict[int, str]] = {}
    for (pupil, lesson), mark in grid.content.marks.items():
        marks.setdefault(pupil, {})[where[lesson]] = mark
    for index in range(len(grid.content.pupils) + SPARE_ROWS):
        _pupil(form, sheet, grid, index)
        _cells(form, sheet, grid, index, marks.get(index, {}))
    first = get_column_letter(FIRST_COLUMN)
    area = f"{first}{FIRST_ROW}:{grid.last}{grid.rows}"
    validate(sheet, area, f"{first}{KIND_ROW}:{grid.last}{KIND_ROW}")
    explain_folds(sheet, " ".join(f"{place.letters}{HEADER_ROW}" for place in grid.places if place.period))
    highlight_marks(sheet, area, f"{first}{DATE_ROW}:{grid.last}{KIND_ROW}")
    paper = frame.Print(f"{DATE_ROW}:{HEADER_ROW}", f"A:{get_column_letter(FIRST_COLUMN - 1)}")
    frame.finish(form, sheet, f"{first}{FIRST_ROW}", paper, zoom=_ZOOM)
    height = _DATE_HEIGHT + 2 * _LABEL_HEIGHT + _HEADER_HEIGHT + (grid.rows - HEADER_ROW) * _PUPIL_HEIGHT
    print_as_paper(sheet, grid.places, (sum(_WIDTHS), height), grid.rows)


def _corner(form: Form, sheet: Worksheet, grid: Grid) -> None:
    first = get_column_letter(FIRST_COLUMN)
    dates = f"${first}${DATE_ROW}:${grid.last}${DATE_ROW}"
    today = f"IFERROR(MATCH(TODAY(),{dates},0),IFERROR(MATCH(TODAY(),{dates},1),1))"
    target = f"\"#'{MARKS_SHEET}'!\"&ADDRESS({FIRST_ROW},{FIRST_COLUMN - 1}+{today},4)"
    link = Look(size=9, color=LINK, bold=True, across="center", wrap=True, fill=HEADER, locked=True)
    form.formula(sheet, (DATE_ROW, 2), f'=HYPERLINK({target},"к сегодняшнему уроку")', link)
    empty = Look(fill=HEADER, left="none", right="none", top="none", bottom="none", locked=True)
    for place in ((DATE_ROW, 1), (NUMBER_ROW, 1), (NUMBER_ROW, 2), (KIND_ROW, 1), (KIND_ROW, 2)):
        form.fill(sheet, place, None, empty)
    for row, label in enumerate(LABELS, start=DATE_ROW):
        form.fill(sheet, (row, 3), label, Look(bold=True, fill=HEADER, across="right", locked=True))
    quiet = Look(size=8, color=QUIET, across="center", wrap=True, locked=True, right="medium", fill=GREY)
    form.formula(sheet, (KIND_ROW, 4), "=Период_имя", quiet)
    for row in (DATE_ROW, NUMBER_ROW):
        form.painter.paint(sheet.cell(row, 4), quiet)
    for column, header in enumerate(HEADERS, start=1):
        look = Look(bold=True, fill=HEADER, across="center", wrap=True, bottom="medium", locked=True)
        form.fill(
            sheet, (HEADER_ROW, column), header, replace(look, right="medium") if column == len(HEADERS) else look
        )
    heights = (_DATE_HEIGHT, _LABEL_HEIGHT, _LABEL_HEIGHT, _HEADER_HEIGHT)
    for row, height in enumerate(heights, start=DATE_ROW):
        sheet.row_dimensions[row].height = height


def _head(form: Form, sheet: Worksheet, grid: Grid, place: Place) -> None:
    """Write a column's date, lesson and kind of work, or the name of the period whose marks it shows."""
    look = Look(across="center", left="none", right=place.edge)
    if place.period:
        closed = replace(look, size=9, bold=True, fill=GREY, wrap=True, locked=True)
        for row in (DATE_ROW, NUMBER_ROW, KIND_ROW):
            form.fill(sheet, (row, place.number), None, closed)
        form.fill(sheet, (HEADER_ROW, place.number), place.period, replace(closed, bottom="medium"))
        return
    lesson = place.lesson
    day, number, kind = grid.content.columns[lesson] if lesson is not None else (None, None, "")
    turned = replace(look, turned=True, fill=HEADER, format=DATE, color=INK if lesson is None else LINK)
    date = form.fill(sheet, (DATE_ROW, place.number), day, turned)
    form.fill(sheet, (NUMBER_ROW, place.number), number, look)
    form.fill(sheet, (KIND_ROW, place.number), kind, replace(look, bold=True, format=TEXT))
    # The weekday is the date itself, shown as such: it follows a date that is changed.
    weekday = replace(look, size=9, color=QUIET, fill=HEADER, bottom="medium", format="[$-419]ddd", locked=True)
    letters = place.letters
    form.formula(sheet, (HEADER_ROW, place.number), f'=IF({letters}{DATE_ROW}="","",{letters}{DATE_ROW})', weekday)
    if lesson is not None and grid.links[lesson]:
        tip = "К теме и домашнему заданию этого урока"
        date.hyperlink = Hyperlink(ref=date.coordinate, location=grid.links[lesson], tooltip=tip)


def _columns(form: Form, sheet: Worksheet, grid: Grid) -> None:
    """Set widths and fold periods that are over; empty cells below the form may be typed into as well."""
    for number, width in enumerate(_WIDTHS, start=1):
        frame.column(form, sheet, number, width, replace(frame.FREE, format=TEXT) if number == 2 else frame.FREE)
    frame.open_columns(form, sheet, grid.places[-1].number + 1)
    before_folded = False
    for place in grid.places:
        frame.column(form, sheet, place.number, place.width)
        dimension = sheet.column_dimensions[place.letters]
        if place.folded:
            dimension.outlineLevel, dimension.hidden = 1, True
        dimension.collapsed = before_folded and not place.folded
        before_folded = place.folded


def _pupil(form: Form, sheet: Worksheet, grid: Grid, index: int) -> None:
    """Write the pupil's number, card, name and average; a spare row waits for a № личного дела."""
    row = FIRST_ROW + index
    pupils = grid.content.pupils
    card, name = pupils[index] if index < len(pupils) else ("", "")
    look = Look(bottom="week" if index % _FIVE == _FIVE - 1 else "thin", top="none")
    form.fill(sheet, (row, 1), index + 1 if card or name else None, replace(look, across="center", color=QUIET))
    form.fill(sheet, (row, 2), card, replace(look, color=QUIET, format=TEXT))
    form.fill(sheet, (row, 3), name, look)
    grey = replace(look, across="center", color=QUIET, format="0.00", right="medium", fill=GREY, locked=True)
    form.formula(sheet, (row, len(HEADERS)), _average(row, grid), grey)
    sheet.row_dimensions[row].height = _PUPIL_HEIGHT


def _cells(form: Form, sheet: Worksheet, grid: Grid, index: int, marks: dict[int, str]) -> None:
    row = FIRST_ROW + index
    look = Look(
        size=12, across="center", left="none", top="none", bottom="week" if index % _FIVE == _FIVE - 1 else "thin"
    )
    for place in grid.places:
        cell = (row, place.number)
        own = replace(look, right=place.edge)
        if not place.period:
            mark = marks.get(place.number, "")
            form.fill(sheet, cell, int(mark) if mark in _MARKS else mark, own)
            continue
        own = replace(own, bold=True, fill=GREY, locked=True)
        if place.period in grid.finals:
            form.formula(sheet, cell, _final(row, grid.finals.index(place.period) + 3), own)
        else:
            form.fill(sheet, cell, None, own)


def _average(row: int, grid: Grid) -> str:
    """Return the formula of the plain average of the current period: every mark counts, two of one cell as well."""
    first = get_column_letter(FIRST_COLUMN)
    line, dates = f"${first}{row}:${grid.last}{row}", f"${first}${DATE_ROW}:${grid.last}${DATE_ROW}"
    held = f"({dates}>=Период_с)*({dates}<=Период_по)"
    counted = f'(LEN({line})-LEN(SUBSTITUTE({line},{{5;4;3;2;1}},"")))'
    return f'=IFERROR(SUMPRODUCT({held}*{counted}*{{5;4;3;2;1}})/SUMPRODUCT({held}*{counted}),"")'


def _final(row: int, column: int) -> str:
    """Return the formula that shows the pupil's mark of a period as «Итоги» have it."""
    letters = get_column_letter(column)
    found = f"INDEX('Итоги'!${letters}$2:${letters}$500,MATCH($B{row},'Итоги'!$A$2:$A$500,0))&\"\""
    return f'=IF($B{row}="","",IFERROR({found},""))'
