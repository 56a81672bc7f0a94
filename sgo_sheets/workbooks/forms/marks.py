"""«Отметки»: the page of the paper journal, with the corner that leads to today's lesson."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import pairwise

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.records.catalog import MARKS_SHEET, GridContent
from sgo_sheets.workbooks.forms import cells, frame
from sgo_sheets.workbooks.forms.looks import DATE, GREY, HEADER, INK, LINK, QUIET, TEXT, Look, Painter
from sgo_sheets.workbooks.forms.marks_help import highlight, validate

SPARE_COLUMNS = SPARE_ROWS = 10
LABELS = ("Дата", "Урок", "Вид работы")
HEADERS = ("№", "№ личного дела", "Обучающийся", "Средний балл")
DATE_ROW, NUMBER_ROW, KIND_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4, 5
FIRST_COLUMN = len(HEADERS) + 1
_WIDTHS = (4.5, 11.0, 27.0, 8.0)
LESSON_WIDTH, MARK_WIDTH = 5.3, 6.0
PUPIL_HEIGHT, DATE_HEIGHT = 21.0, 82.0
_PAPER_WIDTH, _PAPER_HEIGHT = 780.0, 500.0  # points of an A4 sheet on its side, without margins
_CHARACTER, _MOST_COLUMNS = 5.6, 40


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the grid: the lesson it belongs to (by its number in ``GridContent.columns``), or what else it is.

    ``lesson`` is None for a spare column and for the mark of a period, which ``period`` names.
    """

    number: int
    lesson: int | None = None
    period: str = ""
    past: bool = False
    edge: str = "thin"

    @property
    def letters(self) -> str:
        """Return the letters of the column."""
        return get_column_letter(self.number)


def places_of(
    grid: GridContent, periods: tuple[tuple[str, dt.date, dt.date], ...], saved: dt.date
) -> tuple[Place, ...]:
    """Return the columns in order: lessons, after each period its mark, then the spare ones.

    The column of a period's mark also keeps apart the outline groups of two periods. ``edge`` is the right border:
    the end of a week or of a period. A period is past when it ended before ``saved``.
    """
    places: list[Place] = []
    number = FIRST_COLUMN
    left = list(periods)
    lessons = range(len(grid.columns))
    for lesson in lessons:
        day = grid.columns[lesson][0]
        while left and day > left[0][2]:
            places.append(Place(number, period=left.pop(0)[0], edge="medium"))
            number += 1
        following = grid.columns[lesson + 1][0] if lesson + 1 < len(lessons) else None
        ends_week = following is not None and following.isocalendar()[:2] != day.isocalendar()[:2]
        past = bool(left) and left[0][1] <= day and left[0][2] < saved
        places.append(Place(number, lesson, past=past, edge="dashed" if ends_week else "thin"))
        number += 1
    for name, _, _ in left:
        places.append(Place(number, period=name, edge="medium"))
        number += 1
    places.extend(Place(number + spare) for spare in range(SPARE_COLUMNS))
    # The lesson before a period's mark ends its week anyway; the strong line stands between the two.
    return tuple(
        replace(place, edge="medium") if following and following.period else place
        for place, following in [*pairwise(places), (places[-1], None)]
    )


def write_marks(
    sheet: Worksheet,
    painter: Painter,
    grid: GridContent,
    places: tuple[Place, ...],
    topics: tuple[str, ...],
    finals: tuple[str, ...],
) -> None:
    """Write the sheet. ``topics`` are the cells of «Уроки» the dates lead to; ``finals`` the headers of «Итоги»."""
    last = places[-1].letters
    _corner(sheet, painter, last)
    for place in places:
        _lesson_head(sheet, painter, grid, place, topics)
    _columns(sheet, painter, places)
    by_place = _marks_by_row(grid, places)
    for index in range(len(grid.pupils) + SPARE_ROWS):
        _pupil(sheet, painter, grid, index, places, by_place.get(index, {}), finals)
    rows = FIRST_ROW + len(grid.pupils) + SPARE_ROWS - 1
    area = f"{get_column_letter(FIRST_COLUMN)}{FIRST_ROW}:{last}{rows}"
    validate(sheet, area, f"{get_column_letter(FIRST_COLUMN)}{KIND_ROW}:{last}{KIND_ROW}")
    highlight(sheet, area, f"{get_column_letter(FIRST_COLUMN)}{DATE_ROW}:{last}{KIND_ROW}")
    frame.freeze(sheet, f"{get_column_letter(FIRST_COLUMN)}{FIRST_ROW}")
    frame.protect(sheet)
    frame.tidy_view(sheet)
    _print_out(sheet, places, rows)


def _corner(sheet: Worksheet, painter: Painter, last: str) -> None:
    first = get_column_letter(FIRST_COLUMN)
    dates = f"${first}${DATE_ROW}:${last}${DATE_ROW}"
    today = f"IFERROR(MATCH(TODAY(),{dates},0),IFERROR(MATCH(TODAY(),{dates},1),1))"
    link = sheet.cell(DATE_ROW, 2)
    link.value = (
        f'=HYPERLINK("#\'{MARKS_SHEET}\'!"&ADDRESS({FIRST_ROW},{FIRST_COLUMN - 1}+{today},4),"к сегодняшнему уроку")'
    )
    painter.paint(link, Look(color=LINK, bold=True, across="center", wrap=True, locked=True))
    for row, label in enumerate(LABELS, start=DATE_ROW):
        cells.write(sheet.cell(row, 3), label)
        painter.paint(sheet.cell(row, 3), Look(bold=True, fill=HEADER, across="right", locked=True))
    period = sheet.cell(KIND_ROW, 4)
    period.value = "=Период_имя"
    painter.paint(period, Look(size=9, color=QUIET, across="center", wrap=True, locked=True))
    for column, header in enumerate(HEADERS, start=1):
        cells.write(sheet.cell(HEADER_ROW, column), header)
        look = Look(bold=True, fill=HEADER, across="center", wrap=True, bottom="medium", locked=True)
        painter.paint(sheet.cell(HEADER_ROW, column), replace(look, right="medium" if column == 4 else "thin"))
    sheet.row_dimensions[DATE_ROW].height = DATE_HEIGHT
    sheet.row_dimensions[NUMBER_ROW].height = sheet.row_dimensions[KIND_ROW].height = 18
    sheet.row_dimensions[HEADER_ROW].height = 34


def _lesson_head(sheet: Worksheet, painter: Painter, grid: GridContent, place: Place, topics: tuple[str, ...]) -> None:
    date, number, kind, header = (sheet.cell(row, place.number) for row in range(DATE_ROW, HEADER_ROW + 1))
    head = Look(fill=HEADER, across="center", right=place.edge)
    if place.period:
        closed = replace(head, bold=True, locked=True, fill=GREY)
        for cell in (date, number, kind):
            painter.paint(cell, closed)
        cells.write(header, place.period)
        painter.paint(header, replace(closed, turned=True, size=8, wrap=True, bottom="medium"))
        return
    painter.paint(
        date, replace(head, turned=True, format=f"ddd {DATE}", color=LINK if place.lesson is not None else INK)
    )
    painter.paint(number, replace(head, fill=""))
    painter.paint(kind, replace(head, fill="", bold=True, format=TEXT))
    painter.paint(header, replace(head, size=9, color=QUIET, bottom="medium"))
    if place.lesson is None:
        return
    day, lesson_number, work = grid.columns[place.lesson]
    cells.write(date, day)
    cells.write(number, lesson_number)
    cells.write(kind, work)
    if place.lesson < len(topics) and topics[place.lesson]:
        date.hyperlink = Hyperlink(
            ref=date.coordinate, location=topics[place.lesson], tooltip="К теме и домашнему заданию этого урока"
        )


def _columns(sheet: Worksheet, painter: Painter, places: tuple[Place, ...]) -> None:
    """Set widths and fold past periods; empty cells below the form may be typed into as well."""
    for number, width in enumerate(_WIDTHS, start=1):
        look = replace(frame.FREE, format=TEXT) if number == 2 else frame.FREE
        frame.column(sheet, painter, number, width, look)
    frame.open_columns(sheet, painter, places[-1].number + 1)
    for place, following in pairwise((*places, Place(0))):
        frame.column(sheet, painter, place.number, MARK_WIDTH if place.period else LESSON_WIDTH, frame.FREE)
        dimension = sheet.column_dimensions[place.letters]
        if place.past:
            dimension.outlineLevel, dimension.hidden = 1, True
            if not following.past:
                sheet.column_dimensions[get_column_letter(place.number + 1)].collapsed = True


def _marks_by_row(grid: GridContent, places: tuple[Place, ...]) -> dict[int, dict[int, str]]:
    """Return the marks by pupil and number of the sheet's column."""
    where = {place.lesson: place.number for place in places if place.lesson is not None}
    found: dict[int, dict[int, str]] = {}
    for (pupil, lesson), mark in grid.marks.items():
        found.setdefault(pupil, {})[where[lesson]] = mark
    return found


def _pupil(
    sheet: Worksheet,
    painter: Painter,
    grid: GridContent,
    index: int,
    places: tuple[Place, ...],
    marks: dict[int, str],
    finals: tuple[str, ...],
) -> None:
    row = FIRST_ROW + index
    card, name = grid.pupils[index] if index < len(grid.pupils) else ("", "")
    fifth = "medium" if index % 5 == 4 else "thin"
    values = (index + 1 if card or name else None, card, name)
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        cells.write(cell, value)
        look = Look(
            across=("center", None, None)[column - 1],
            color=QUIET if column < 3 else INK,
            format=TEXT if column == 2 else "General",
            bottom=fifth,
        )
        painter.paint(cell, look)
    average = sheet.cell(row, 4)
    average.value = _average(row, places[0].letters, places[-1].letters)
    painter.paint(
        average,
        Look(across="center", color=QUIET, format="0.00", bottom=fifth, right="medium", fill=GREY, locked=True),
    )
    for place in places:
        cell = sheet.cell(row, place.number)
        if place.period:
            if place.period in finals:
                cell.value = _final(row, finals.index(place.period) + 3)
            painter.paint(
                cell, Look(bold=True, across="center", fill=GREY, right=place.edge, bottom=fifth, locked=True)
            )
            continue
        mark = marks.get(place.number, "")
        cells.write(cell, int(mark) if mark in ("1", "2", "3", "4", "5") else mark)
        painter.paint(cell, Look(size=12, across="center", right=place.edge, bottom=fifth))
    sheet.row_dimensions[row].height = PUPIL_HEIGHT


def _average(row: int, first: str, last: str) -> str:
    """Return the formula of the plain average of the current period: every mark counts, two of one cell as well."""
    line, dates = f"${first}{row}:${last}{row}", f"${first}${DATE_ROW}:${last}${DATE_ROW}"
    held = f"({dates}>=Период_с)*({dates}<=Период_по)"
    counted = f'(LEN({line})-LEN(SUBSTITUTE({line},{{5;4;3;2;1}},"")))'
    return f'=IFERROR(SUMPRODUCT({held}*{counted}*{{5;4;3;2;1}})/SUMPRODUCT({held}*{counted}),"")'


def _final(row: int, column: int) -> str:
    """Return the formula that shows the pupil's mark of a period as «Итоги» have it."""
    letters = get_column_letter(column)
    return (
        f'=IF($B{row}="","",IFERROR(INDEX(\'Итоги\'!${letters}$2:${letters}$500,'
        f'MATCH($B{row},\'Итоги\'!$A$2:$A$500,0))&"",""))'
    )


def _print_out(sheet: Worksheet, places: tuple[Place, ...], rows: int) -> None:
    """Print as the paper journal: all pupils on a page, the names on every page, a new page where a period ends."""
    frame.page(
        sheet, rows=f"{DATE_ROW}:{HEADER_ROW}", columns=f"A:{get_column_letter(FIRST_COLUMN - 1)}", fit_height=True
    )
    sheet.sheet_properties.pageSetUpPr.fitToPage = False
    height = DATE_HEIGHT + 2 * 18 + 34 + (rows - HEADER_ROW) * PUPIL_HEIGHT
    scale = max(40, min(100, int(100 * _PAPER_HEIGHT / height)))
    sheet.page_setup.scale = scale
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
    room = _PAPER_WIDTH * 100 / scale - sum(_WIDTHS) * _CHARACTER
    breaks = ColBreak()
    used = 0.0
    for place, following in pairwise(places):
        used += (LESSON_WIDTH if not place.period else MARK_WIDTH) * _CHARACTER
        full = used + LESSON_WIDTH * _CHARACTER > room and not following.period
        if full or place.period:
            breaks.append(Break(id=place.number, max=1048575, man=True))
            used = 0.0
    sheet.col_breaks = breaks
    sheet.print_area = f"A1:{places[-1].letters}{rows}"
