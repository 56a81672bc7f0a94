"""Глава VIII, причины пропусков (п. 8.3): их вносит классный руководитель того класса, где ученик учился в тот день."""

from __future__ import annotations

from itertools import groupby

from sgo_sheets.findings import Problem, Problems, Role, Severity
from sgo_sheets.rules.absences import Missed, runs
from sgo_sheets.rules.rule import rule
from sgo_sheets.rules.terms import working_days_after
from sgo_sheets.russian import day
from sgo_sheets.school.model import ClassBook, ClassTeacherBook


@rule("R0818", clause="8.3", role=Role.CLASS_TEACHER, due=working_days_after(2, "предоставления документа"))
def reason_missing(teacher_book: ClassTeacherBook) -> Problems:
    """Документ о пропуске предоставлен, а причина не указана.

    Причину пропуска вносят не позднее двух рабочих дней после того, как ученик предоставил документ. Если документ
    принесён заранее, дни считаются от начала пропуска.

    Как исправить: выберите причину (УП, Б или НП) в графе «Причина» листа «Причины пропусков».
    """
    for row in teacher_book.reasons:
        if row.document_date is None or row.since is None or row.unread("reason"):
            continue
        since, at = max(row.document_date, row.since), row.at("reason")
        if row.reason:
            message, data = "причина пропуска указана", (row.datum("reason"),)
            yield Problem(at, message, since=since, met=True, data=data, pupil=row.pupil)
        elif at not in teacher_book.doubts:
            who = row.name or row.pupil
            message = (
                f"{who}: документ о пропуске с {day(row.since)} предоставлен {day(row.document_date)}, причины нет"
            )
            yield Problem(at, message, since=since, pupil=row.pupil)


@rule("R0819", clause="8.3", role=Role.CLASS_TEACHER, severity=Severity.NOTE)
def absence_unexplained(unexplained: tuple[Missed, ...], book: ClassBook) -> Problems:
    """Пропуск без причины.

    Это напоминание: у пропуска, отмеченного буквой «н», нет строки на листе «Причины пропусков», или в его строке нет
    ни причины, ни документа. Пропуски ученика в соседние учебные дни – одно напоминание. Напоминает программа
    классному руководителю того класса, в котором ученик в тот день учился.

    Как исправить: добавьте на лист «Причины пропусков» строку с днями пропуска, причиной и документом.
    """
    for _, own in groupby(unexplained, key=lambda missed: missed.pupil.id):
        lessons = list(own)
        for row in dict.fromkeys(one.row for one in lessons if one.row is not None and one.row.document_date is None):
            first = next(one for one in lessons if one.row == row)
            message = f"{first.pupil.name}: в строке о пропуске с {day(first.date)} нет ни причины, ни документа"
            yield Problem(row.at("reason"), message, since=first.date, pupil=first.pupil.id)
        for run in runs([one for one in lessons if one.row is None], book.calendar):
            yield _absence(run)


def _absence(run: list[Missed]) -> Problem:
    first, last = run[0], run[-1]
    days = day(first.date) if first.date == last.date else f"{day(first.date)}–{day(last.date)}"
    message = f"{first.pupil.name}: пропуск {days} без причины (уроков: {len(run)})"
    return Problem(first.at, message, since=first.date, pupil=first.pupil.id)
