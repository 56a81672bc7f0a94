"""Глава VIII, годовые, экзаменационные и итоговые отметки (п. 8.6, 8.7); отметки, изменённые задним числом (п. 8.8)."""

from __future__ import annotations

from collections.abc import Iterable

from sgo_sheets.findings import CellRef, Problem, Problems, Role, Severity
from sgo_sheets.records.journal_books import PeriodMarks
from sgo_sheets.rules.doubts import lost_cells
from sgo_sheets.rules.owed_marks import Owing, header_of, is_newcomer
from sgo_sheets.rules.owed_year import EXAM, FINAL, YEAR_MARK, YearEnd
from sgo_sheets.rules.rule import rule
from sgo_sheets.rules.terms import days_after
from sgo_sheets.russian import day
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.model import ClassBook, Journal

TWO_DAYS = days_after(2, "окончания года или экзамена")
Finals = tuple[PeriodMarks, ...]
Ends = tuple[YearEnd, ...]
_WHAT = {YEAR_MARK: "годовой отметки", EXAM: "отметки за экзамен", FINAL: "итоговой отметки"}


@rule("R0820", clause="8.7", role=Role.TEACHER, due=TWO_DAYS)
def year_mark_missing(journal: Journal, finals: Finals, ends: Ends, book: ClassBook) -> Problems:
    """Не выставлена годовая отметка.

    Годовые отметки выставляются в течение двух календарных дней после окончания года каждому, кто к этому дню учится в
    классе, по каждому предмету с отметкой или зачётом. Если учитель не выставил, считается отметка классного
    руководителя на листе «Итоги класса». У кого весь год «осв», у того годовой отметки не требуют; о том, кто в классе
    меньше двух недель, лишь предупреждают.

    Как исправить: впишите отметку, «зач», «н/а ув», «н/а пр» или «осв» в графу «Год» листа «Итоги».
    """
    if finals or not any(period.type != YEAR for period in journal.periods):  # without a row R0813 has said it
        owed = [end.year for end in ends if end.year is not None]
        yield from _missing(journal, finals, owed, YEAR_MARK, book)


@rule("R0821", clause="8.7", role=Role.TEACHER, due=TWO_DAYS)
def exam_mark_missing(journal: Journal, finals: Finals, ends: Ends, book: ClassBook) -> Problems:
    """Не выставлена экзаменационная отметка.

    Отметку за экзамен выставляют в течение двух календарных дней после него; экзамен есть там, где в листе «Итоги»
    стоит «Дата экзамена». Пока отметки за экзамен нет, об отметке «Итог» не говорится.

    Как исправить: впишите отметку в графу «Экзамен» листа «Итоги» или исправьте дату экзамена.
    """
    owed = [end.exam for end in ends if end.exam is not None]
    yield from _missing(journal, finals, owed, EXAM, book)


@rule("R0822", clause="8.7", role=Role.TEACHER, due=TWO_DAYS)
def final_mark_missing(journal: Journal, finals: Finals, ends: Ends, book: ClassBook) -> Problems:
    """Не выставлена итоговая отметка.

    В 9 и 11 классах, кроме годовой, выставляется отметка «Итог»: где был экзамен – в течение двух календарных дней
    после него, иначе вместе с годовой. О ней говорится, когда отметка за экзамен (годовая) уже стоит; где в ней «осв»
    или «н/а», итоговой не требуют.

    Как исправить: впишите отметку в графу «Итог» листа «Итоги».
    """
    owed = [end.final for end in ends if end.final is not None]
    yield from _missing(journal, finals, owed, FINAL, book)


def _missing(journal: Journal, finals: Finals, owing: Iterable[Owing], name: str, book: ClassBook) -> Problems:
    """Yield every mark of one kind that is owed, there or not; a column that is not there is one problem."""
    what = _WHAT[name]
    sheet = CellRef(journal.path, PeriodMarks.sheet)
    whole = not lost_cells(journal, PeriodMarks.sheet, (row.row for row in finals))
    names = [name, *(period.name for period in journal.periods if period.type == YEAR and name == YEAR_MARK)]
    located = not finals or any(header_of(finals, one) is not None for one in names)
    for owed in owing:
        since, pupil = owed.period.last, owed.pupil.id
        mark = owed.mark
        if mark is not None:
            if mark.datum is not None:
                yield Problem(mark.at, f"отметка «{name}» выставлена", since, met=True, data=(mark.datum,), pupil=pupil)
            continue
        if owed.teacher is None and not whole:
            continue
        if not located:
            yield Problem(sheet, f"{what} нет ни у кого: нет столбца «{name}»", since=since)
            return
        at = owed.teacher.at if owed.teacher is not None else sheet
        row = "" if owed.teacher is not None else " и строки ученика"
        exam = f" {day(since)}" if name == EXAM else ""
        weight = Severity.WARNING if name == YEAR_MARK and is_newcomer(owed, book) else None
        yield Problem(at, f"{owed.pupil.name}: нет {what}{exam}{row}", since=since, severity=weight, pupil=pupil)


@rule("R0823", clause="8.8", role=Role.DEPUTY, severity=Severity.WARNING)
def mark_changed_late(book: ClassBook) -> Problems:
    """Отметка изменена после окончания периода.

    Заместитель руководителя контролирует правильность отметок. Программа сообщает об отметке, которая уже стояла, а
    после окончания своего периода стала другой или исчезла; кто и когда прав, решает человек. Поставленная позже
    отметка, которой раньше не было, сюда не относится.

    Как исправить: спросите учителя о причине исправления; если оно верно, делать ничего не нужно.
    """
    names = {pupil.id: pupil.name for pupil in book.roll or ()}
    for change in book.late_changes:
        if change.old and change.old != change.new and change.changed_on > change.period_end:
            became = f"стало «{change.new}»" if change.new else "теперь пусто"
            message = (
                f"{names.get(change.pupil, change.pupil)}: {change.what} изменена {day(change.changed_on)}, после "
                f"окончания периода {day(change.period_end)}: было «{change.old}», {became}"
            )
            yield Problem(change.at, message, since=change.changed_on, pupil=change.pupil)
