"""Accidents on a sheet of plain cells: typing, deleting, sorting, inserting, pasting; in place, by a seeded hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

Cells = list[list[Any]]
Workbook = dict[str, Cells]
"""Sheet → rows of cells from A1 on."""
TYPED = (
    None, "", 5, 4.0, 2, 55, 0, 4.5, True, "н", "Н", "H", "нн", "4 5", "н 5", "УП", "нП", "осв", "зач", ".", "•", "5,4",
    "#REF!", "=1+1", "н/а", "н/а ув", "К-501", "К-502", "К-511", "К-999", "Берёзкина Вера", "Берёзкина  вера",
    "Лугов Петр", "Дубов Яков", "5А", "5A", "5Б", "6В", "Математика", "Руский", "1 четверть", "Дата", "Урок", "№",
    "№ личного дела", "Обучающийся", "Тема урока", "Показатель", "01.10.2026", "31.02.2026", "7.9.26", "09.2026",
    "перенос", "\u200b", "\u00a0", "x" * 300, -1, 1e300, dt.date(2026, 9, 7), dt.date(2025, 9, 7),
    dt.datetime(2026, 9, 2, 10, 30), dt.time(8, 30), "Выбытие из гимназии", "<b>жирно</b>", "../../etc",
)  # fmt: skip


def type_something(rows: Cells, rng: Random) -> None:
    row, column = place(rows, rng)
    rows[row][column] = rng.choice(TYPED)


def clear_a_cell(rows: Cells, rng: Random) -> None:
    row, column = place(rows, rng)
    rows[row][column] = None


def clear_a_row(rows: Cells, rng: Random) -> None:
    rows[rng.randrange(len(rows))] = []


def delete_a_row(rows: Cells, rng: Random) -> None:
    if len(rows) > 1:
        del rows[rng.randrange(len(rows))]


def delete_a_column(rows: Cells, rng: Random) -> None:
    column = rng.randrange(width(rows))
    for row in rows:
        del row[column : column + 1]


def insert_a_row(rows: Cells, rng: Random) -> None:
    rows.insert(rng.randrange(len(rows) + 1), [])


def insert_a_column(rows: Cells, rng: Random) -> None:
    column = rng.randrange(width(rows) + 1)
    for row in rows:
        row.insert(column, None)


def swap_rows(rows: Cells, rng: Random) -> None:
    one, other = rng.randrange(len(rows)), rng.randrange(len(rows))
    rows[one], rows[other] = rows[other], rows[one]


def swap_columns(rows: Cells, rng: Random) -> None:
    one, other = rng.randrange(width(rows)), rng.randrange(width(rows))
    for row in padded(rows):
        row[one], row[other] = row[other], row[one]


def sort_rows(rows: Cells, rng: Random) -> None:
    """Sort the rows under some row by some column, as a filter does."""
    head, column = rng.randrange(len(rows)), rng.randrange(width(rows))
    padded(rows)
    rows[head:] = sorted(rows[head:], key=lambda row: str(row[column]), reverse=rng.random() < 0.5)


def sort_one_column(rows: Cells, rng: Random) -> None:
    """Sort one column alone: the accident that gives rows to the wrong people."""
    head, column = rng.randrange(len(rows)), rng.randrange(width(rows))
    padded(rows)
    values = sorted((row[column] for row in rows[head:]), key=str, reverse=rng.random() < 0.5)
    for row, value in zip(rows[head:], values, strict=True):
        row[column] = value


def shift_down(rows: Cells, rng: Random) -> None:
    """Insert a cell with «shift down»: a column slides past its rows."""
    head, column = rng.randrange(len(rows)), rng.randrange(width(rows))
    padded(rows)
    values = [None, *(row[column] for row in rows[head:-1])]
    for row, value in zip(rows[head:], values, strict=True):
        row[column] = value


def fill_down(rows: Cells, rng: Random) -> None:
    """Drag a cell down by its corner."""
    row, column = place(rows, rng)
    padded(rows)
    for below in rows[row : row + rng.randint(2, 5)]:
        below[column] = rows[row][column]


def paste_a_block(rows: Cells, rng: Random) -> None:
    (top, left), (row, column) = place(rows, rng), place(rows, rng)
    padded(rows)
    block = [line[left : left + 3] for line in rows[top : top + 3]]
    for down, line in enumerate(block):
        for right, value in enumerate(line):
            if row + down < len(rows) and column + right < len(rows[row + down]):
                rows[row + down][column + right] = value


def paste_text_over_dates(rows: Cells, rng: Random) -> None:
    spelling = rng.choice(("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d %m %Y", "%d/%m/%Y"))
    for row in rows:
        for column, value in enumerate(row):
            if isinstance(value, dt.date) and rng.random() < 0.8:
                row[column] = value.strftime(spelling)


def repeat_a_row(rows: Cells, rng: Random) -> None:
    rows.insert(rng.randrange(len(rows) + 1), list(rng.choice(rows)))


ACCIDENTS: tuple[Callable[[Cells, Random], None], ...] = (
    type_something, type_something, type_something, clear_a_cell, clear_a_row, delete_a_row, delete_a_column,
    insert_a_row, insert_a_column, swap_rows, swap_columns, sort_rows, sort_one_column, shift_down, fill_down,
    paste_a_block, paste_text_over_dates, repeat_a_row,
)  # fmt: skip


def spoil(workbook: Workbook, rng: Random, most: int = 4) -> None:
    """Let one to so many accidents happen to a workbook; now and then two of its sheets are swapped."""
    for _ in range(rng.randint(1, most)):
        names = list(workbook)
        if rng.random() < 0.04 and len(names) > 1:
            one, other = rng.sample(names, 2)
            workbook[one], workbook[other] = workbook[other], workbook[one]
            continue
        rows = workbook[rng.choice(names)]
        if rows:
            rng.choice(ACCIDENTS)(rows, rng)
            padded(rows)


def width(rows: Cells) -> int:
    """Return how many columns the widest row has, at least one."""
    return max(1, *(len(row) for row in rows))


def padded(rows: Cells) -> Cells:
    """Make all rows as wide as the widest and return them."""
    wide = width(rows)
    for row in rows:
        row.extend([None] * (wide - len(row)))
    return rows


def place(rows: Cells, rng: Random) -> tuple[int, int]:
    """Return some cell within the sheet."""
    padded(rows)
    return rng.randrange(len(rows)), rng.randrange(width(rows))
