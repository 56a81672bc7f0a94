"""Глава X, отчёты за учебный период и отчёты школы (п. 10.3, 10.4): сформированы в срок из полных данных.

Reports form themselves, so a report is late only because its data are: each rule says what lacks and who owes it.
"""

from __future__ import annotations

from sgo_sheets.findings import CellRef, Problem, Problems, Role, Severity
from sgo_sheets.records.journal_books import PeriodMarks
from sgo_sheets.records.people_books import ENROLMENT, LEAVING, MOVE, Order, PupilCard
from sgo_sheets.rules.absences import Missed
from sgo_sheets.rules.doubts import lost_cells
from sgo_sheets.rules.owed_marks import Owing
from sgo_sheets.rules.report_duties import AGREED, ONE_DAY, TWO_DAYS, duties
from sgo_sheets.rules.report_gaps import PeriodGap, Window, lacking_marks, study_periods
from sgo_sheets.rules.report_words import causes_of, data_of, formed, has_blank, teacher_book_path, unformed
from sgo_sheets.rules.rule import rule
from sgo_sheets.russian import counted, day
from sgo_sheets.school.elements import Span
from sgo_sheets.school.model import ClassBook, Journal, School

PERIODS = CellRef("Школа.xlsx", "Периоды")
FIRST_GRADE = 1
COUNTED_ON = (20, 9)
"""The day of the forms ОШ: 20 September."""


@rule("R1001", clause="10.3", role=Role.ADMIN, due=TWO_DAYS, severity=Severity.WARNING)
def school_report_incomplete(book: ClassBook, mark_gaps: tuple[PeriodGap, ...]) -> Problems:
    """Сводные отчёты по школе за период неполны.

    «Сводный отчёт классного руководителя» (по школе) и «Сводный отчёт об успеваемости по школе» готовит администратор
    не позднее двух рабочих дней после каждого учебного периода. Отчёты формируются сами, поэтому не в срок они лишь
    тогда, когда каких-то отметок нет: о самих отметках говорит правило R0813 тому, кто их должен, а здесь
    администратору – предупреждение, каких классов отчёт ждёт.

    Как исправить: напомните названным учителям об отметках; отчёт станет полным сам.
    """
    names = duties(4, 5)
    for gap in mark_gaps if book.grade > FIRST_GRADE else ():
        since = gap.period.last
        if gap.lacks:
            causes, data = causes_of(gap.lacks, book.staff), data_of(names, book.name, gap.period.name)
            yield unformed(PERIODS, names, f"{gap.period.name}, {book.name}", since, causes=causes, data=data)
        else:
            yield from formed(PERIODS, names, book.name, gap.period.name, since)


@rule("R1002", clause="10.3", role=Role.ADMIN, severity=Severity.WARNING)
def current_report_incomplete(school: School, rolls: tuple[ClassBook, ...], orders: tuple[Order, ...]) -> Problems:
    """«Наполняемость классов» или «Движение учащихся по школе» неполны.

    Эти отчёты готовы постоянно. «Наполняемость» неполна, пока в классе нет ни одного обучающегося; «Движение» – пока у
    приказа о зачислении, выбытии или переводе из класса в класс нет ни даты события, ни даты приказа.

    Как исправить: заполните список класса или дату в книге движения.
    """
    filling, moving = duties(10, 11)
    year = school.organisation.year
    empty = [book for book in rolls if book.roll is not None and not book.roll]
    for book in empty:
        at = CellRef(f"Контингент/{book.name}.xlsx", PupilCard.sheet)
        message = f"«{filling.name}»: в классе {book.name} нет ни одного обучающегося"
        yield Problem(at, message, since=school.year.first, school_class=book.name)
    if not empty:
        at = CellRef("Школа.xlsx", "Классы")
        yield from formed(at, (filling,), "", year, school.year.first)
    undated = [
        order
        for order in orders
        if order.type in (ENROLMENT, LEAVING, MOVE)
        and order.date is None
        and order.event is None
        and not (order.unread("date") or order.unread("event"))
    ]
    for order in undated:
        message = f"«{moving.name}»: в приказе {order.number} нет ни даты события, ни даты приказа"
        yield Problem(order.at("event"), message, since=school.year.first, pupil=order.pupil)
    if not undated:
        yield from formed(CellRef("Книга движения.xlsx", Order.sheet), (moving,), "", year, school.year.first)


@rule("R1003", clause="10.3", role=Role.ADMIN, due=AGREED, severity=Severity.WARNING)
def state_form_incomplete(school: School, rolls: tuple[ClassBook, ...]) -> Problems:
    """Формы ОШ-1, ОШ-5 и ОШ-9 неполны.

    Порядок и сроки этих форм согласуются с органом управления образованием. Пока школа не вписала дату в лист «Сроки»,
    о них ничего не говорится. Формы неполны, если в карте кого-либо из учеников на 20 сентября нет пола или даты
    рождения; о самих картах классным руководителям говорит глава V.

    Как исправить: напомните классным руководителям о названных картах.
    """
    forms = duties(12)
    on = school.year.first.replace(day=COUNTED_ON[0], month=COUNTED_ON[1])
    blank: dict[str, int] = {}
    for book in rolls:
        for pupil in book.pupils_on(on):
            card = pupil.card
            without_sex = not card.sex and not card.unread("sex")
            without_birthday = card.born is None and not card.unread("born")
            blank[book.name] = blank.get(book.name, 0) + (without_sex or without_birthday)
    missing = {name: number for name, number in blank.items() if number}
    at = CellRef("Школа.xlsx", "Классы")
    if missing:
        cards = ", ".join(f"{name} – {number}" for name, number in missing.items())
        data = data_of(forms, "", school.organisation.year)
        yield Problem(at, f"ОШ-1, ОШ-5, ОШ-9: в картах нет пола или даты рождения: {cards}", data=data)
    else:
        yield from formed(at, forms, "", school.organisation.year, None)


@rule("R1004", clause="10.4", role=Role.TEACHER, due=ONE_DAY, severity=Severity.NOTE)
def teacher_report_incomplete(
    journal: Journal, finals: tuple[PeriodMarks, ...], owing: tuple[Owing, ...], book: ClassBook
) -> Problems:
    """«Отчёт учителя-предметника» неполон.

    Учитель формирует его не позднее одного рабочего дня после каждого учебного периода. Неполон он только потому, что
    нет отметок за период, а о них тому же учителю уже сказало правило R0813, поэтому здесь – лишь справка.

    Как исправить: выставьте отметки за период; отчёт станет полным сам.
    """
    if lost_cells(journal, PeriodMarks.sheet, (row.row for row in finals)):
        return  # whose marks stand in the lost rows is not known
    (duty,) = duties(1)
    at = CellRef(journal.path, PeriodMarks.sheet)
    of = str(journal.key) if journal.key.target == book.name else f"{journal.key} {book.name}"
    asked, lacking = {owed.period.name for owed in owing}, lacking_marks(owing, journal.key, book)
    for period in study_periods(book):
        if period.name not in asked:
            continue
        if number := lacking[period.name]:
            marks = counted(number, "отметки", "отметок", "отметок")
            message = f"«{duty.name}», {period.name}: в нём нет {marks} ({of})"
            yield Problem(at, message, since=period.last, data=(duty.datum(of, period.name),))
        else:
            yield from formed(at, (duty,), of, period.name, period.last)


@rule("R1005", clause="10.4", role=Role.CLASS_TEACHER, due=ONE_DAY, severity=Severity.WARNING)
def class_report_incomplete(book: ClassBook, mark_gaps: tuple[PeriodGap, ...]) -> Problems:
    """Отчёты класса за учебный период неполны.

    «Отчёт классного руководителя за учебный период», «Сводную ведомость учёта успеваемости» и «Итоги успеваемости
    класса» классный руководитель формирует не позднее одного рабочего дня после периода. Все три неполны по одной
    причине – нет отметок, поэтому замечание одно. Отметки должны учителя, и нарушение – за ними (R0813); классный
    руководитель, который следит за отметками в своём классе, лишь предупреждён. В 1 классе отметок нет.

    Как исправить: напомните названным учителям или выставьте отметки на листе «Итоги класса».
    """
    names = duties(2, 6, 7)
    at = CellRef(teacher_book_path(book), "Итоги класса")
    for gap in mark_gaps if book.grade > FIRST_GRADE else ():
        since = gap.period.last
        if gap.lacks:
            causes, data = causes_of(gap.lacks, book.staff), data_of(names, book.name, gap.period.name)
            yield unformed(at, names, gap.period.name, since, causes=causes, data=data)
        else:
            yield from formed(at, names, book.name, gap.period.name, since)


@rule("R1006", clause="10.4", role=Role.CLASS_TEACHER, due=ONE_DAY, severity=Severity.NOTE)
def attendance_register_incomplete(
    book: ClassBook, unexplained: tuple[Missed, ...], windows: tuple[Window, ...]
) -> Problems:
    """«Сводная ведомость учёта посещаемости» неполна.

    Классный руководитель формирует её не позднее одного рабочего дня после каждого учебного периода. Она неполна, пока
    у пропусков периода нет причин; о каждом из них уже сказали правила R0818 и R0819, поэтому здесь – лишь справка.
    Если не записаны сами уроки, об этом говорит R1007, а ведомость ждёт.

    Как исправить: внесите причины на лист «Причины пропусков».
    """
    (duty,) = duties(8)
    at = CellRef(teacher_book_path(book), "Причины пропусков")
    for period in study_periods(book):
        span = Span(period.first, period.last)
        missed = [one for one in unexplained if one.date in span]
        if missed:
            lessons = counted(len(missed), "урока", "уроков", "уроков")
            message = f"«{duty.name}», {period.name}: нет причины пропуска {lessons} (с {day(missed[0].date)})"
            yield Problem(at, message, since=period.last, data=(duty.datum(book.name, period.name),))
        elif not has_blank(windows, span):
            yield from formed(at, (duty,), book.name, period.name, period.last)


RULES = (
    school_report_incomplete,
    current_report_incomplete,
    state_form_incomplete,
    teacher_report_incomplete,
    class_report_incomplete,
    attendance_register_incomplete,
)
