"""Глава VIII, отметки за период (п. 8.5): выставлены в день его окончания и согласуются между собой и со средним."""

from __future__ import annotations

from collections.abc import Callable

from sgo_sheets.findings import CellRef, Problem, Problems, Role, Severity
from sgo_sheets.records.journal_books import PeriodMarks
from sgo_sheets.records.tokens import NOT_ATTESTED_ABSENT, NOT_ATTESTED_VALID
from sgo_sheets.rules.doubts import lost_cells
from sgo_sheets.rules.owed_marks import Owing, header_of, is_newcomer
from sgo_sheets.rules.period_average import Works, rounded
from sgo_sheets.rules.rule import rule
from sgo_sheets.rules.settings import ENOUGH_MARKS
from sgo_sheets.rules.terms import on_the_day
from sgo_sheets.russian import counted, decimal
from sgo_sheets.school.model import ClassBook, Journal

WorksOf = Callable[[Owing], Works | None]
NOT_ATTESTED = frozenset({NOT_ATTESTED_VALID, NOT_ATTESTED_ABSENT})


@rule("R0813", clause="8.5", role=Role.TEACHER, due=on_the_day("окончания периода"))
def period_mark_missing(
    journal: Journal, owing: tuple[Owing, ...], finals: tuple[PeriodMarks, ...], book: ClassBook
) -> Problems:
    """Не выставлена отметка за период.

    Четвертные и полугодовые отметки (или «н/а», «осв», «зач») выставляются в день окончания периода каждому, кто в
    этот день учится в классе, по каждому предмету с отметкой или зачётом. Если учитель не выставил, считается
    отметка классного руководителя на листе «Итоги класса». Кто в классе меньше двух недель, о том предупреждение.

    Как исправить: впишите отметку, «н/а ув», «н/а пр» или «осв» на лист «Итоги».
    """
    sheet = CellRef(journal.path, PeriodMarks.sheet)
    whole = not lost_cells(journal, PeriodMarks.sheet, (row.row for row in finals))
    said: set[str] = set()
    for owed in owing:
        period = owed.period
        if (mark := owed.mark) is not None:
            if mark.datum is not None:
                data, pupil = (mark.datum,), owed.pupil.id
                yield Problem(mark.at, "отметка за период выставлена", period.last, met=True, data=data, pupil=pupil)
            continue
        if owed.teacher is None and not whole:
            continue
        if header_of(finals, period.name) is None:
            if period.name not in said:
                why = f"нет столбца «{period.name}»" if finals else "нет ни одной строки"
                yield Problem(sheet, f"отметки за период «{period.name}» не выставлены: {why}", since=period.last)
            said.add(period.name)
            continue
        at = owed.teacher.at if owed.teacher is not None else sheet
        missing = "" if owed.teacher is not None else " и строки ученика"
        message = f"{owed.pupil.name}: нет отметки за период «{period.name}»{missing}"
        severity = Severity.WARNING if is_newcomer(owed, book) else None
        yield Problem(at, message, since=period.last, severity=severity, pupil=owed.pupil.id)


@rule("R0814", clause="8.5", role=Role.CLASS_TEACHER, severity=Severity.WARNING)
def period_marks_differ(journal: Journal, owing: tuple[Owing, ...]) -> Problems:
    """Отметки учителя и классного руководителя за период расходятся.

    Отметку за период выставляет учитель или классный руководитель; если выставили оба, отметки должны совпадать.
    На сайте показана отметка учителя.

    Как исправить: договоритесь с учителем и исправьте лист «Итоги класса» или лист «Итоги» журнала.
    """
    for owed in owing:
        own, other = owed.teacher, owed.class_teacher
        if own is not None and other is not None and own.value and other.value and own.value != other.value:
            message = (
                f"{owed.pupil.name}, {journal.key.subject}, «{owed.period.name}»: здесь «{other.value}», "
                f"у учителя «{own.value}» ({own.at})"
            )
            yield Problem(other.at, message, since=owed.period.last, pupil=owed.pupil.id)


@rule("R0815", clause="8.5", role=Role.TEACHER, severity=Severity.WARNING)
def period_mark_against_average(owing: tuple[Owing, ...], works: WorksOf) -> Problems:
    """Отметка за период противоречит среднему баллу.

    Предупреждение появляется, только если и простой, и взвешенный средний балл округляются до другой отметки. Отметки
    из прежнего класса или группы учтены.

    Как исправить: проверьте отметку за период; если она верна, оставьте её.
    """
    for owed in owing:
        mark = owed.mark
        if mark is None or not mark.value.isdigit():
            continue
        given = works(owed)
        plain = given.plain if given is not None else None
        if given is None or plain is None or int(mark.value) == rounded(plain):
            continue
        weighted = given.weighted
        if weighted is None or int(mark.value) == rounded(weighted):
            continue
        average = f"{decimal(plain)}, с весами {decimal(weighted)}"
        message = f"{owed.pupil.name}: за период «{owed.period.name}» «{mark.value}», а средний балл {average}"
        yield Problem(mark.at, message, since=owed.period.last, pupil=owed.pupil.id)


@rule("R0816", clause="8.5", role=Role.TEACHER, severity=Severity.WARNING)
def not_attested_with_marks(owing: tuple[Owing, ...], works: WorksOf, book: ClassBook) -> Problems:
    """Стоит «н/а», хотя отметок достаточно.

    «н/а» ставят тому, у кого за период не набралось отметок.

    Как исправить: выставьте отметку за период или оставьте «н/а», если на то есть основание.
    """
    enough = ENOUGH_MARKS.number(book.regulation)
    for owed in owing:
        mark = owed.mark
        if mark is None or mark.value not in NOT_ATTESTED:
            continue
        given = works(owed)
        if given is not None and given.entries >= enough:
            marks = counted(given.entries, "отметка", "отметки", "отметок")
            message = f"{owed.pupil.name}: за период «{owed.period.name}» «{mark.value}», хотя в нём {marks}"
            yield Problem(mark.at, message, since=owed.period.last, pupil=owed.pupil.id)


@rule("R0817", clause="8.5", role=Role.TEACHER, severity=Severity.WARNING)
def too_few_marks(owing: tuple[Owing, ...], works: WorksOf, book: ClassBook) -> Problems:
    """Отметка за период выставлена по одной-двум отметкам или без них.

    Отметке за период нужны хотя бы три текущих. Где стоит «н/а», «осв» или «зач», замечания нет.

    Как исправить: проверьте, все ли отметки внесены на лист «Отметки».
    """
    enough = ENOUGH_MARKS.number(book.regulation)
    for owed in owing:
        mark = owed.mark
        if mark is None or not mark.value.isdigit():
            continue
        given = works(owed)
        if given is not None and given.entries < enough:
            message = (
                f"{owed.pupil.name}: за период «{owed.period.name}» «{mark.value}», а текущих отметок: {given.entries}"
            )
            yield Problem(mark.at, message, since=owed.period.last, pupil=owed.pupil.id)
