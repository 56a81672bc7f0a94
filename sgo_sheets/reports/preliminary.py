"""Report 3, «Предварительный отчёт классного руководителя за учебный период».

As report 2, but by the marks as things stand (``forecast``), and who has too few of them to attest (reports.md no. 3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sgo_sheets.reports.categories import category_of, tally
from sgo_sheets.reports.class_period import about, nobody, saved_at, short_name, unread_books
from sgo_sheets.reports.class_period_document import signatures
from sgo_sheets.reports.declared import ClassReport
from sgo_sheets.reports.document import Column, Document, Kind, Lack, Refused, Row, Table
from sgo_sheets.reports.forecast import Few, LikelySubject, forecast, too_few
from sgo_sheets.reports.homeroom_period import BY_PUPILS, before, with_attendance
from sgo_sheets.reports.period_figures import figures_of, summary
from sgo_sheets.reports.period_marks import period_sheet
from sgo_sheets.reports.period_people import Person, Said, people
from sgo_sheets.reports.spans import ReportSpan, period_spans
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.rules.settings import ENOUGH_MARKS, WEIGHTED, mark_bounds
from sgo_sheets.russian import day, decimal
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.elements import PeriodOf, Pupil
from sgo_sheets.school.model import ClassBook

NUMBER = 3


def spans(book: ClassBook) -> tuple[ReportSpan, ...]:
    """Return the study periods of a class; the year has no current marks of its own."""
    return tuple(span for span in period_spans(book) if span.period is not None and span.period.type != YEAR)


def make(book: ClassBook, span: ReportSpan) -> Document | Refused:
    """Return the preliminary report of a class over a study period, or why there is none."""
    period = span.period
    if period is None:
        raise ValueError(f"report {NUMBER} is of a study period, not of {span.name}")
    if reason := nobody(book, period):
        return _refused(book, period, reason)
    subjects = forecast(book, period)
    if not any(likely.mark or likely.entries for subject in subjects for likely in subject.marks.values()):
        reason = f"За период «{period.name}» ещё нет ни одной отметки: он начинается {day(period.first)}."
        return _refused(book, period, reason)
    sheet = period_sheet(book, period)
    persons = [_person(pupil, subjects) for pupil in sheet.pupils]
    earlier, words = before(book, period)
    now = figures_of(book, period, tally(person.category for person in persons))
    few = tuple(too_few(book, period, subjects))
    return Document(
        number=NUMBER,
        school=book.organisation.full_name,
        title=REPORT_NAMES[NUMBER],
        about=about(book, period),
        tables=(
            summary("Показатели класса", [(f"{period.name}, предварительно", now), *earlier]),
            people(persons, forecast=True),
            *([_few(book, few)] if few else []),
        ),
        lacks=with_attendance(book, period, (*_lacks(book, subjects), *unread_books(book, sheet))),
        signatures=signatures(book, period.last),
        formed=saved_at(book, sheet, period),
        landscape=False,
        notes=(_how(book), BY_PUPILS, *words),
    )


def _refused(book: ClassBook, period: PeriodOf, reason: str) -> Refused:
    return Refused(NUMBER, book.organisation.full_name, REPORT_NAMES[NUMBER], about(book, period), reason)


def _person(pupil: Pupil, subjects: Sequence[LikelySubject]) -> Person:
    own = [(one.subject, one.marks[pupil.id]) for one in subjects if pupil.id in one.marks]
    said = [Said(name, likely.mark, likely.average) for name, likely in own if likely.mark]
    return Person(pupil.name, category_of([one.mark for one in said]), said)


def _few(book: ClassBook, few: Sequence[Few]) -> Table:
    columns = (
        Column("№", Kind.NUMBER, 4),
        Column("Обучающийся", Kind.NAME, 28),
        Column("Предмет", Kind.TEXT, 30),
        Column("Отметок", Kind.NUMBER, 10),
        Column("Не хватает", Kind.NUMBER, 12),
        Column("Учитель", Kind.TEXT, 24),
    )
    rows = (
        Row((place, one.pupil.name, one.subject, one.entries, one.wanted, short_name(book, one.owner) or None))
        for place, one in enumerate(few, 1)
    )
    return Table("Мало отметок для аттестации", columns, tuple(rows), frozen=2)


def _lacks(book: ClassBook, subjects: Sequence[LikelySubject]) -> Iterator[Lack]:
    """Yield the subjects of which marks cannot be told: no journal, marks not read, not one mark of anybody."""
    for subject in subjects:
        said = subject.marks.values()
        unset = next((likely for likely in said if not likely.set.value), None)
        unread = next((likely for likely in said if likely.unread), None)
        if unset is None:
            continue
        if unread is not None:
            words, first = "отметки прочитаны не все", unread
        elif not any(likely.mark or likely.entries for likely in said):
            words, first = unset.set.fault or "нет ни одной отметки", unset
        else:
            continue
        owner, at = first.set.owner, (first.set.at if first.set.fault else subject.at) or first.set.at
        yield Lack(f"{subject.subject}: {words}", owner, short_name(book, owner), at)


def _how(book: ClassBook) -> str:
    three, four, five = (decimal(float(bound), 2).rstrip("0").rstrip(",") for bound in mark_bounds(book.regulation))
    weight = "с учётом веса работ" if WEIGHTED.flag(book.regulation) else "без учёта веса работ"
    enough = ENOUGH_MARKS.number(book.regulation)
    return (
        f"Отметка – выставленная за период, а где её нет – по среднему баллу {weight}: от {five} – «5», "
        f"от {four} – «4», от {three} – «3», ниже – «2». Чтобы аттестовать, нужно отметок: {enough}."
    )


REPORT = ClassReport(NUMBER, spans, make)
