"""The sheet «Отметки»: labels above, pupils below, tokens in the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sgo_sheets.findings import CellRef
from sgo_sheets.records import faults
from sgo_sheets.records.catalog import Grid, GridColumn, GridRow
from sgo_sheets.records.journal_books import LessonColumn, PupilRow
from sgo_sheets.records.raw_values import Notes, Raw
from sgo_sheets.records.tokens import EMPTY, Tokens, parse_cell
from sgo_sheets.russian import near
from sgo_sheets.workbooks.cells import blank, header_key, header_of, letters, odd_words, secret
from sgo_sheets.workbooks.headers import Layout, find_layout
from sgo_sheets.workbooks.tables import Reading, fault_of, read_rows

_LABELS = {header_key(column.header): column for column in LessonColumn.columns()}
_seen: dict[str | float, Tokens] = {}
_SEEN_LIMIT = 20_000


def read_grid(reading: Reading) -> Grid | None:
    """Return the grid of marks, None when its header or the row «Дата» is missing (the finding says which)."""
    cells = reading.cells
    layout = find_layout(PupilRow, cells, reading.role, reading.findings)
    if layout is None:
        return None
    by_field = {column.field: index for index, column in layout.fields.items()}
    labels = _labels(reading, layout.header, by_field["name"])
    if "date" not in labels:
        message = "над таблицей нет строки «Дата» (слово стоит в столбце «Обучающийся»); лист не прочитан"
        reading.say(faults.MISSING_HEADER, cells.ref(max(layout.header - 1, 0), by_field["name"]), message)
        return None
    columns = _columns(reading, layout, labels)
    return Grid(
        workbook=cells.workbook,
        columns=tuple(column for _, column in columns),
        rows=_rows(reading, layout, [index for index, _ in columns]),
        date_row=labels["date"] + 1,
        kind_row=labels.get("kind", layout.header) + 1,
        id_letters=letters(by_field["pupil"]),
        name_letters=letters(by_field["name"]),
    )


def _labels(reading: Reading, header: int, column: int) -> dict[str, int]:
    """Return the 0-based rows of the labels by field: the words above «Обучающийся»."""
    found: dict[str, int] = {}
    strange: list[tuple[int, str]] = []
    for row in range(header):
        text = header_of(reading.cells.rows[row][column])
        known = _LABELS.get(header_key(text.rstrip(":")))
        if known is not None:
            found.setdefault(known.field, row)
        elif text:
            strange.append((row, text))
    absent = [label.header for label in _LABELS.values() if label.field not in found]
    for row, text in strange:
        close = near(text, absent)
        if close is not None:
            message = f"«{text}» похоже на «{close}», но написано иначе; строка не прочитана"
            reading.say(faults.UNKNOWN_HEADER, reading.cells.ref(row, column), message)
    return found


def _columns(reading: Reading, layout: Layout, labels: Mapping[str, int]) -> list[tuple[int, GridColumn]]:
    """Return the columns of lessons with their 0-based places; a column without a date is the teacher's own."""
    cells = reading.cells
    found = []
    notes = Notes(year=reading.year)
    headings = cells.rows[layout.header]
    for index in range(len(headings)):
        if index in layout.fields or (headings[index] != "" and secret(header_of(headings[index]))):
            continue
        odd = {name: cells.odd[row, index] for name, row in labels.items() if (row, index) in cells.odd}
        raw = {name: value for name, row in labels.items() if not blank(value := cells.rows[row][index])}
        if "date" not in odd and "date" not in raw:
            continue
        if not blank(headings[index]) and not _dated(raw.get("date")):
            continue
        for name, fault in odd.items():
            raw.pop(name, None)
            title = next(label.header for label in _LABELS.values() if label.field == name)
            reading.say(fault, cells.ref(labels[name], index), f"«{title}»: {odd_words(fault)}")
        column = _lesson(reading, labels, index, raw, notes)
        if column is not None:
            found.append((index, column))
    return found


def _dated(value: Raw) -> bool:
    """Return whether the cell of a date holds a date rather than words of the teacher's own."""
    return value is not None and (not isinstance(value, str) or any(char.isdigit() for char in value))


def _lesson(
    reading: Reading, labels: Mapping[str, int], index: int, raw: dict[str, Raw], notes: Notes
) -> GridColumn | None:
    """Return the lesson above a column, None when its date could not be read."""

    def place(name: str) -> CellRef:
        return reading.cells.ref(labels[name], index)

    notes.hints.clear()
    made, wrong = LessonColumn.read(raw, notes)
    if made is None:
        for name, message in wrong.items():
            raw.pop(name, None)
            reading.say(fault_of(message), place(name), message)
        notes.hints.clear()
        made, _ = LessonColumn.read(raw, notes)
    for name, message in notes.hints:
        reading.say(faults.READ_AS_MEANT, place(name), message)
    if made is None or made.date is None:
        return None
    return GridColumn(made.date, made.number, made.kind, letters(index))


def _rows(reading: Reading, layout: Layout, lessons: Sequence[int]) -> tuple[GridRow, ...]:
    """Return the pupils' rows; a row with marks but without № личного дела is a finding."""
    cells = reading.cells
    odd: dict[int, list[int]] = {}
    places = {index: place for place, index in enumerate(lessons)}
    for row, column in cells.odd:
        if column in places:
            odd.setdefault(row, []).append(column)
    found = []
    named: set[int] = set()
    for pupil in read_rows(PupilRow, layout, reading):
        number = pupil.row - 1
        named.add(number)
        marks = _marks(reading, number, lessons)
        for column in odd.get(number, ()):
            fault = cells.odd[number, column]
            words = odd_words(fault)
            reading.say(fault, cells.ref(number, column), words)
            marks[places[column]] = Tokens(faults=(words,))
        found.append(GridRow(pupil.pupil, pupil.name, pupil.row, marks))
    _nameless(reading, layout, lessons)
    return tuple(found)


def _marks(reading: Reading, row: int, lessons: Sequence[int]) -> dict[int, Tokens]:
    """Return what the cells of a pupil's row say, by the place of the lesson; faults and hints become findings."""
    raw = reading.cells.rows[row]
    marks: dict[int, Tokens] = {}
    for place, index in enumerate(lessons):
        value = raw[index]
        if value == "":
            continue
        tokens = _tokens(value)
        if tokens is EMPTY or (not tokens.marks and blank(value)):
            continue
        marks[place] = tokens
        if tokens.faults or tokens.hints:
            where = reading.cells.ref(row, index)
            for message in tokens.faults:
                reading.say(faults.NOT_READ, where, message)
            for message in tokens.hints:
                reading.say(faults.READ_AS_MEANT, where, message)
    return marks


def _tokens(value: Raw) -> Tokens:
    """Return the tokens of a raw cell: each distinct text is parsed once for all journals of the process."""
    if type(value) is not str and type(value) is not float:
        return parse_cell(value)
    found = _seen.get(value)
    if found is None:
        found = parse_cell(value)
        if len(_seen) < _SEEN_LIMIT:
            _seen[value] = found
    return found


def _nameless(reading: Reading, layout: Layout, lessons: Sequence[int]) -> None:
    """Name the rows that hold marks although neither № личного дела nor a name stands in them."""
    cells = reading.cells
    for row in range(layout.header + 1, len(cells.rows)):
        raw = cells.rows[row]
        if not all(blank(raw[index]) for index in layout.fields):
            continue
        if any(not blank(raw[index]) and not _tokens(raw[index]).faults for index in lessons):
            place = layout.origin.at("pupil", row + 1)
            reading.say(faults.NOT_FILLED, place, "в строке есть отметки, но нет «№ личного дела»; строка не учтена")
