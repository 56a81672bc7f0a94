"""Глава X, отчёты текущей работы и сведения о классе (п. 10.4): раз в две недели, раз в месяц, к 1 октября."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sgo_sheets.findings import CellRef, Problem, Problems, Role, Severity
from sgo_sheets.records.journal_books import ClassTeacherTitle
from sgo_sheets.records.people_books import PupilCard
from sgo_sheets.rules.absences import Missed
from sgo_sheets.rules.report_duties import AFTER_FORTNIGHT, AFTER_MONTH, FIRST_OF_OCTOBER, duties
from sgo_sheets.rules.report_gaps import NO_JOURNAL, Window
from sgo_sheets.rules.report_words import causes_of, data_of, formed, has_blank, teacher_book_path, unformed
from sgo_sheets.rules.rule import rule
from sgo_sheets.russian import MONTH_NAMES, counted, day
from sgo_sheets.school.elements import Pupil, Span
from sgo_sheets.school.model import ClassBook

FIRST_GRADE = 1
DAY = dt.timedelta(days=1)


@rule("R1007", clause="10.4", role=Role.CLASS_TEACHER, due=AFTER_FORTNIGHT, severity=Severity.WARNING)
def preliminary_report_incomplete(book: ClassBook, windows: tuple[Window, ...]) -> Problems:
    """«Предварительный отчёт классного руководителя за учебный период» неполон.

    Классный руководитель формирует его не реже одного раза в две недели; две недели считаются, как в п. 8.4, от
    первого учебного дня класса. Отчёт полон, когда за эти недели записаны темы уроков и есть отметки. Учителю на это
    дано ещё две недели, поэтому столько же ждёт и отчёт. Долг здесь учителей, о нём говорят правила R0801, R0802 и
    R0811 (о журнале, которого нет, – R0806); классный руководитель лишь предупреждён. В 1 классе отметок и этого
    отчёта нет; недели без уроков не считаются.

    Как исправить: напомните названным учителям о темах уроков и отметках.
    """
    names = duties(3)
    at = CellRef(teacher_book_path(book), ClassTeacherTitle.sheet)
    for window in windows if book.grade > FIRST_GRADE else ():
        since = window.span.last
        span = f"{day(window.span.first)}–{day(since)}"
        if window.lacks and all(lack.what == NO_JOURNAL for lack in window.lacks):
            continue  # R0806 has said it, and R1005 will: one cause
        if window.lacks:
            causes, data = causes_of(window.lacks, book.staff), data_of(names, book.name, span)
            yield unformed(at, names, span, since, causes=causes, data=data)
        else:
            yield from formed(at, names, book.name, span, since)


@rule("R1008", clause="10.4", role=Role.CLASS_TEACHER, due=AFTER_MONTH, severity=Severity.NOTE)
def attendance_report_incomplete(
    book: ClassBook, unexplained: tuple[Missed, ...], windows: tuple[Window, ...]
) -> Problems:
    """«Отчёт о посещаемости класса» за месяц неполон.

    Классный руководитель формирует его не реже одного раза в месяц. Он неполон, пока у пропусков месяца нет причин; о
    каждом из них уже сказали правила R0818 и R0819, поэтому здесь – лишь справка. Если не записаны сами уроки, об этом
    говорит R1007, а отчёт ждёт.

    Как исправить: внесите причины на лист «Причины пропусков».
    """
    (duty,) = duties(9)
    at = CellRef(teacher_book_path(book), "Причины пропусков")
    for month in _months(book):
        name = f"{MONTH_NAMES[month.first.month - 1]} {month.first.year}"
        missed = [one for one in unexplained if one.date in month]
        if missed:
            lessons = counted(len(missed), "урока", "уроков", "уроков")
            message = f"«{duty.name}», {name}: нет причины пропуска {lessons} (с {day(missed[0].date)})"
            yield Problem(at, message, since=month.last, data=(duty.datum(book.name, name),))
        elif not has_blank(windows, month):
            yield from formed(at, (duty,), book.name, name, month.last)


def _months(book: ClassBook) -> Iterator[Span]:
    """Yield the calendar months in which the class has lessons."""
    days = book.calendar.study_days(*book.year)
    for year, month in dict.fromkeys((date.year, date.month) for date in days):
        first = dt.date(year, month, 1)
        following = (first + 31 * DAY).replace(day=1)
        yield Span(first, following - DAY)


@rule("R1009", clause="10.4", role=Role.CLASS_TEACHER, due=FIRST_OF_OCTOBER, severity=Severity.NOTE)
def class_data_incomplete(book: ClassBook, roll: tuple[Pupil, ...]) -> Problems:
    """«Итоговые данные по учащимся» и «Общие сведения об обучающихся» неполны.

    Классный руководитель формирует их ежегодно не позднее 1 октября. Они неполны, пока в картах тех, кто в этот день
    учится в классе, нет пола, даты рождения, адреса, родителей, социального положения или (со 2 класса) изучаемого
    языка. О самих картах ему же уже сказала глава V, поэтому здесь – лишь справка.

    Как исправить: заполните карты в книге класса папки «Контингент».
    """
    names = duties(13, 14)
    on = FIRST_OF_OCTOBER.due(None, book.calendar, book.year) or book.year.first
    own = [pupil for pupil in roll if pupil.class_on(on) == book.name]
    blank = [pupil for pupil in own if any(_blank(pupil.card, book.grade))]
    path = own[0].card.at("id") if own else None
    if path is None:
        return
    at, year = CellRef(path.workbook, PupilCard.sheet), f"{book.year.first.year}/{book.year.last.year}"
    if blank:
        title = " и ".join(f"«{duty.name}»" for duty in names)
        message = f"{title}: не заполнены карты: {len(blank)} (первая – {blank[0].name})"
        yield Problem(at, message, data=data_of(names, book.name, year))
    else:
        yield from formed(at, names, book.name, year, None)


def _blank(card: PupilCard, grade: int) -> Iterator[bool]:
    """Yield of each field the two reports show whether it is certainly blank."""
    fields = ("sex", "born", "address", "social", *(("language",) if grade > FIRST_GRADE else ()))
    for name in fields:
        yield not getattr(card, name) and not card.unread(name)
    yield not (card.mother or card.father or card.guardian)


RULES = (
    preliminary_report_incomplete,
    attendance_report_incomplete,
    class_data_incomplete,
)
