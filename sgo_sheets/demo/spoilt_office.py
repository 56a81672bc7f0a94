"""Mistakes on purpose outside the journals: a card, a substitution, a class teacher's book, a journal not made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random

from sgo_sheets.demo.curriculum import PROJECT
from sgo_sheets.demo.journals import Job, filled
from sgo_sheets.demo.planting import Journal, Planted, cell_of
from sgo_sheets.demo.year import DAY
from sgo_sheets.records.base import Record
from sgo_sheets.records.catalog import BookContent, Rows
from sgo_sheets.records.journal_books import AbsenceReason, ClassPeriodMarks
from sgo_sheets.records.people_books import PupilCard
from sgo_sheets.records.plan_book import Load
from sgo_sheets.records.raw_values import Raw, plain
from sgo_sheets.records.timetable_book import Substitution
from sgo_sheets.russian import day as short_day

FIRST_LESSON_AGO = 15


def text_birthday(path: str, content: BookContent, rng: Random) -> tuple[BookContent, Planted]:
    """Type a date of birth as text in a card."""
    rows = _rows(content, PupilCard)
    place = rng.randrange(len(rows.rows))
    born = rows.rows[place]["Дата рождения"]
    text = short_day(born) if isinstance(born, dt.date) else ""
    at = cell_of(path, PupilCard, rows, place, "Дата рождения")
    return _with(content, PupilCard, place, {"Дата рождения": text}), Planted("W0301", at, text)


def misspelt_subject(path: str, content: BookContent, on: dt.date, name: str) -> tuple[BookContent, Planted]:
    """Misspell the subject of a substitution that is to come."""
    rows = _rows(content, Substitution)
    row: dict[str, Raw] = {
        "Дата": on + DAY, "Класс": name, "Урок": 2, "Вид": "замена предмета", "Предмет": "Руский язык",
        "Причина": "болезнь учителя",
    }  # fmt: skip
    more = Rows((*rows.rows, row), rows.columns)
    sheets = {**content.sheets, Substitution.sheet: more}
    at = cell_of(path, Substitution, more, len(rows.rows), "Предмет")
    return replace(content, sheets=sheets), Planted("W0402", at, "Руский язык")


def missing_journal(path: str, content: BookContent, jobs: Sequence[Job]) -> tuple[str, Planted] | None:
    """Return the journal that is not to be made, and the row of the load that calls for it."""
    begun = [
        job
        for job in jobs
        if job.course.lessons and job.course.lessons[0].date + FIRST_LESSON_AGO * DAY <= job.course.on
    ]
    title = {job.path: _title(job) for job in begun}
    chosen = next((job for job in begun if title[job.path]["Предмет"] == PROJECT), None)
    if chosen is None:
        return None
    rows = _rows(content, Load)
    wanted = {header: plain(title[chosen.path][header]) for header in ("Класс", "Предмет", "Группа")}
    same = [n for n, row in enumerate(rows.rows) if all(plain(row.get(h)) == value for h, value in wanted.items())]
    at = cell_of(path, Load, rows, same[-1], "Предмет")
    return chosen.path, Planted("R0806", at, wanted["Предмет"])


def contradicting_homeroom(path: str, content: BookContent, job: Job) -> tuple[BookContent, Planted] | None:
    """Let the class teacher give another mark of the closed term than the teacher of the subject."""
    journal = Journal.of(job, filled(job))
    term = journal.closed
    if term is None:
        return None
    for row in journal.finals:
        mark = row.get(term.name)
        if isinstance(mark, int):
            other = mark - 1 if mark > 3 else mark + 1
            subject = plain(_title(job)["Предмет"])
            written: dict[str, Raw] = {
                "№ личного дела": row["№ личного дела"], "Обучающийся": row["Обучающийся"], "Период": term.name,
                subject: other,
            }  # fmt: skip
            rows = Rows((written,), (subject,))
            at = cell_of(path, ClassPeriodMarks, rows, 0, subject)
            sheets = {**content.sheets, ClassPeriodMarks.sheet: rows}
            return replace(content, sheets=sheets), Planted("R0814", at, str(other))
    return None


def missing_reason(path: str, content: BookContent, on: dt.date) -> tuple[BookContent, Planted] | None:
    """Take the reason out of a row of this month whose document was brought four days ago or earlier."""
    place = _reason_row(content, on, lambda row: _before(row["Документ предоставлен"], on - 4 * DAY))
    if place is None:
        return None
    at = cell_of(path, AbsenceReason, _rows(content, AbsenceReason), place, "Причина")
    return _with(content, AbsenceReason, place, {"Причина": ""}), Planted("R0818", at)


def blank_reason(path: str, content: BookContent, on: dt.date) -> tuple[BookContent, Planted] | None:
    """Leave of a row of this month only the days: neither a reason nor a document."""
    place = _reason_row(content, on, lambda row: bool(row["Причина"]))
    if place is None:
        return None
    at = cell_of(path, AbsenceReason, _rows(content, AbsenceReason), place, "Причина")
    blank = {"Причина": "", "Документ": "", "Документ предоставлен": None}
    return _with(content, AbsenceReason, place, blank), Planted("R0819", at)


def _reason_row(content: BookContent, on: dt.date, fits: Callable[[Mapping[str, Raw]], bool]) -> int | None:
    """Return the last row of whole days, all in the month of a day, that fits: no report has asked for it yet."""
    rows = _rows(content, AbsenceReason).rows
    first = on.replace(day=1)
    return next(
        (
            place
            for place in reversed(range(len(rows)))
            if not _before(rows[place]["С"], first - DAY)
            and _before(rows[place]["По"], on)
            and not rows[place]["Уроки"]
            and fits(rows[place])
        ),
        None,
    )


def _before(value: Raw, day: dt.date) -> bool:
    return isinstance(value, dt.date) and value <= day


def _title(job: Job) -> Mapping[str, Raw]:
    title = job.form.sheets["Титул"]
    if not isinstance(title, Mapping):
        raise TypeError("«Титул» holds properties")
    return title


def _rows(content: BookContent, record: type[Record]) -> Rows:
    rows = content.sheets.get(record.sheet, Rows())
    if not isinstance(rows, Rows):
        raise TypeError(f"«{record.sheet}» holds rows")
    return rows


def _with(content: BookContent, record: type[Record], place: int, values: Mapping[str, Raw]) -> BookContent:
    """Return the content with other values in a row of a sheet."""
    rows = _rows(content, record)
    changed = tuple({**row, **values} if n == place else row for n, row in enumerate(rows.rows))
    return replace(content, sheets={**content.sheets, record.sheet: Rows(changed, rows.columns)})
