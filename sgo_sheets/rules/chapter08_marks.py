"""Глава VIII, лист «Отметки»: отметки стоят на днях уроков и у тех, кто в этот день учится; 1 класс (п. 8.1, 8.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sgo_sheets.findings import CellRef, Problem, Problems, Role
from sgo_sheets.records.catalog import MARKS_SHEET, Grid, GridRow
from sgo_sheets.records.journal_books import PERIOD_EXTRAS, Lesson, PeriodMarks
from sgo_sheets.records.raw_values import plain
from sgo_sheets.records.tokens import Tokens
from sgo_sheets.rules.owed_lessons import is_covered, lesson_days
from sgo_sheets.rules.rule import rule
from sgo_sheets.russian import day, fold
from sgo_sheets.school.elements import Member, Pupil, Slot
from sgo_sheets.school.model import ClassBook, Journal

NO_HOMEWORK = frozenset({"", "-", "–", "—", "не задано", "нет"})


@rule("R0804", clause="8.1", role=Role.TEACHER)
def mark_without_lesson(
    journal: Journal, all_lessons: tuple[Lesson, ...], slots: tuple[Slot, ...], grid: Grid
) -> Problems:
    """Отметка в день без урока.

    Отметки и пропуски стоят только на днях, когда урок по расписанию с учётом замен был. Урок, записанный на лист
    «Уроки» с темой, тоже урок. На дни, когда расписания ещё нет, правило не проверяется.

    Как исправить: проверьте дату столбца; если урок был, впишите его на лист «Уроки» с темой, если не был – уберите
    отметку.
    """
    with_lesson = lesson_days(slots, all_lessons)
    wrong = {
        place
        for place, column in enumerate(grid.columns)
        if column.date not in with_lesson and is_covered(journal, column.date)
    }
    beginners = _beginners(journal)
    for row, place, tokens in _entries(grid, wrong):
        date = grid.columns[place].date
        if tokens.marks and row.pupil in beginners:
            continue  # R0808 speaks of it
        message = f"{_who(row)}: «{_typed(tokens)}» за {day(date)}, а урока в этот день нет"
        yield Problem(grid.at(row, place), message, since=date, pupil=row.pupil)


@rule("R0805", clause="8.1", role=Role.TEACHER)
def mark_of_stranger(
    journal: Journal, all_lessons: tuple[Lesson, ...], grid: Grid, members: tuple[Member, ...]
) -> Problems:
    """Отметка ученику, которого в этот день нет в классе или группе.

    Кто в какой день учится в классе, следует из графы «Класс на начало года» и книги движения, кто в группе – из
    листа «Группы».

    Как исправить: уберите отметку, если она поставлена не в ту строку или не тем днём. Если ученик в этот день учился
    в классе, администратор исправляет дату приказа в книге движения, а завуч – лист «Группы».
    """
    known = {member.pupil: member for member in members}
    beginners = _beginners(journal)
    with_lesson = lesson_days(journal.slots, all_lessons)
    for row, place, tokens in _entries(grid, range(len(grid.columns))):
        date = grid.columns[place].date
        member = known.get(row.pupil)
        if member is not None and member.on(date):
            continue
        if (tokens.marks and row.pupil in beginners) or (is_covered(journal, date) and date not in with_lesson):
            continue  # one cause, one finding: R0808 or R0804 speaks of it
        where = f"{journal.key.target}, группе «{journal.key.group}»," if journal.key.group else journal.key.target
        message = f"{_who(row)}: «{_typed(tokens)}» за {day(date)}, а в {where} ученика в этот день нет"
        yield Problem(grid.at(row, place), message, since=date, pupil=row.pupil)


@rule("R0807", clause="8.1", role=Role.TEACHER)
def pupil_missing(lessons: tuple[Lesson, ...], whole_grid: Grid, members: tuple[Member, ...]) -> Problems:
    """Ученика класса нет в листе «Отметки».

    В журнале есть строка каждого, кто учится в классе (группе), когда записан первый урок при нём; строки выбывших
    остаются.

    Как исправить: впишите № личного дела и имя ученика в первую свободную строку листа «Отметки».
    """
    listed = {row.pupil for row in whole_grid.rows}
    held = sorted(lesson.date for lesson in lessons if lesson.held and lesson.date)
    for member in members:
        first = next((date for date in held if member.on(date)), None)
        if member.pupil not in listed and first is not None:
            message = f"нет строки ученика: {member.name} ({member.pupil}), урок при нём записан {day(first)}"
            at = CellRef(whole_grid.workbook, MARKS_SHEET)
            yield Problem(at, message, since=first, pupil=member.pupil)


@rule("R0808", clause="8.2", role=Role.TEACHER)
def first_grade_mark(roll: tuple[Pupil, ...], book: ClassBook, grid: Grid) -> Problems:
    """Отметка в 1 классе.

    В журнал 1 класса вносят посещаемость и темы уроков; отметок в нём нет.

    Как исправить: уберите отметку, оставьте только пропуски.
    """
    pupils = _of_first_grade(roll, book)
    for row, place, tokens in _entries(grid, range(len(grid.columns))):
        date = grid.columns[place].date
        if tokens.marks and row.pupil in pupils:
            message = f"{_who(row)}: «{' '.join(tokens.marks)}» за {day(date)} в 1 классе"
            yield Problem(grid.at(row, place), message, since=date, pupil=row.pupil)


@rule("R0809", clause="8.2", role=Role.TEACHER)
def first_grade_homework(journal: Journal, lessons: tuple[Lesson, ...]) -> Problems:
    """Домашнее задание в 1 классе.

    В журнал 1 класса вносят посещаемость и темы уроков; домашних заданий в нём нет.

    Как исправить: очистите графу «Домашнее задание».
    """
    if journal.grade != 1 or len(journal.classes) > 1:
        return
    for lesson in lessons:
        if lesson.date and fold(lesson.homework) not in NO_HOMEWORK:
            message = f"домашнее задание за {day(lesson.date)} в 1 классе"
            yield Problem(lesson.at("homework"), message, since=lesson.date)


@rule("R0810", clause="8.2", role=Role.TEACHER)
def first_grade_final(
    journal: Journal, roll: tuple[Pupil, ...], book: ClassBook, finals: tuple[PeriodMarks, ...]
) -> Problems:
    """Итоги в 1 классе.

    Отметок в 1 классе нет, поэтому и лист «Итоги» остаётся пустым.

    Как исправить: очистите клетку листа «Итоги».
    """
    pupils = _of_first_grade(roll, book)
    known = {fold(name) for name in (*(period.name for period in journal.periods), *PERIOD_EXTRAS)}
    for row in finals:
        pupil = pupils.get(row.pupil)
        for header, value in row.marks.items():
            text = plain(value)
            if pupil is not None and text and fold(header) in known:
                message = f"{pupil.name}: «{text}» в графе «{header}» в 1 классе"
                yield Problem(row.at(header), message, pupil=row.pupil)


def _beginners(journal: Journal) -> frozenset[str]:
    """Return the pupils whose marks R0808 speaks of already: one cause, one finding."""
    alone = journal.grade == 1 and len(journal.classes) == 1
    return frozenset(member.pupil for member in journal.members) if alone else frozenset()


def _of_first_grade(roll: Iterable[Pupil], book: ClassBook) -> Mapping[str, Pupil]:
    return {pupil.id: pupil for pupil in roll} if book.grade == 1 else {}


def _entries(grid: Grid, places: Iterable[int]) -> Iterator[tuple[GridRow, int, Tokens]]:
    """Yield the cells of the columns that say something of a pupil on a day (an exemption says nothing of a day)."""
    wanted = frozenset(places)
    for row in grid.rows:
        for place, tokens in row.cells.items():
            if place in wanted and (tokens.marks or tokens.absence or tokens.late or tokens.debt):
                yield row, place, tokens


def _who(row: GridRow) -> str:
    return row.name or row.pupil


def _typed(tokens: Tokens) -> str:
    """Return the cell as a teacher types it."""
    absence = {"ОТ": "н"}.get(tokens.absence, tokens.absence)
    return " ".join([*tokens.marks, *filter(None, [absence, "ОП" * tokens.late, "•" * tokens.debt])])
