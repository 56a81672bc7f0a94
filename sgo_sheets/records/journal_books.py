"""КТП/*.xlsx, Журналы/<класс>/<Предмет>.xlsx, Журналы/<класс>/Классный руководитель.xlsx."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator

from sgo_sheets.records.base import Record, Shape, column, rest
from sgo_sheets.records.kinds import Code, Name, Number, Text, Whole, choice
from sgo_sheets.records.time_kinds import Date, YearDate

PERIOD_EXTRAS = ("Год", "Экзамен", "Дата экзамена", "Итог")
ABSENCE_REASONS = ("УП", "Б", "НП")


class PlanTitle(Record):
    """Титул КТП."""

    sheet = "Титул"
    shape = Shape.PROPERTIES

    subject: Name = column("Предмет", filled=True)
    grade: Whole = column("Параллель", None, filled=True)
    variant: Text = column("Вариант")
    year: Text = column("Учебный год")


class PlanLesson(Record):
    """Строка календарно-тематического плана (Регламент п. 6.5)."""

    sheet = "План"

    number: Whole = column("№ урока", None, required=True, filled=True, key=True, width=9)
    section: Text = column("Раздел", width=30)
    topic: Text = column("Тема урока", required=True, width=70, text=True)
    hours: Number = column("Часов", 1.0, width=8)
    homework: Text = column("Домашнее задание", width=40, text=True)
    kind: Name = column("Вид работы", width=16)


class JournalTitle(Record):
    """Титул журнала: по нему журнал узнаётся, где бы ни лежал файл."""

    sheet = "Титул"
    shape = Shape.PROPERTIES

    target: Name = column("Класс", filled=True)
    subject: Name = column("Предмет", filled=True)
    group: Name = column("Группа")
    year: Text = column("Учебный год")


class Lesson(Record):
    """Проведённый или запланированный урок (Регламент п. 8.1)."""

    sheet = "Уроки"

    date: YearDate = column("Дата", None, required=True, filled=True, key=True, width=12)
    number: Whole = column("Урок", None, key=True, width=7, hint="Нужен, если в этот день два урока")
    plan_number: Whole = column("№ по КТП", None, width=9)
    planned: Text = column("По плану", width=44, grey=True, text=True)
    topic: Text = column("Тема урока", required=True, width=44, text=True, hint="«+» — как в графе «По плану»")
    homework: Text = column("Домашнее задание", width=34, text=True, hint="«–» или «не задано», если не задано")
    due: YearDate = column("Сдать к", None, width=12)
    note: Text = column("Примечание", width=24, hint="«не проведён: …», если урока не было")

    @property
    def taught(self) -> str:
        """Return the topic taught: «+» records what «По плану» shows; «» while nothing is recorded."""
        return self.planned if self.topic == "+" else self.topic

    @property
    def held(self) -> bool:
        """Return whether the lesson was held: its topic is recorded."""
        return bool(self.topic) and not self.cancelled

    @property
    def cancelled(self) -> bool:
        """Return whether the note says that there was no lesson."""
        return bool(self.note) and self.note.casefold().replace("ё", "е").startswith("не проведен")


class LessonColumn(Record):
    """Столбец листа «Отметки»: дата урока, его номер и вид работы (стоят над таблицей)."""

    sheet = "Отметки"

    date: YearDate = column("Дата", None, required=True, filled=True)
    number: Whole = column("Урок", None, hint="Нужен, если в этот день два урока")
    kind: Name = column("Вид работы", hint="Пусто — ответ на уроке")


class PupilRow(Record):
    """Строка листа «Отметки»: обучающийся; отметки стоят в столбцах уроков."""

    sheet = "Отметки"

    pupil: Code = column("№ личного дела", required=True, filled=True, key=True, text=True)
    name: Name = column("Обучающийся", required=True, width=28)


class PeriodMarks(Record):
    """Итоги обучающегося по периодам (Регламент п. 8.5–8.7)."""

    sheet = "Итоги"

    pupil: Code = column("№ личного дела", required=True, filled=True, key=True, text=True)
    name: Name = column("Обучающийся", required=True, width=28)
    marks: Mapping[str, Any] = rest(width=12)


class ClassTeacherTitle(Record):
    """Титул книги классного руководителя."""

    sheet = "Титул"
    shape = Shape.PROPERTIES

    target: Name = column("Класс", filled=True)
    year: Text = column("Учебный год")


class AbsenceReason(Record):
    """Причина пропусков с документом (Регламент п. 8.3)."""

    sheet = "Причины пропусков"

    pupil: Code = column("№ личного дела", required=True, filled=True, text=True)
    name: Name = column("Обучающийся", required=True, width=28)
    since: YearDate = column("С", None, required=True, filled=True)
    until: YearDate = column("По", None)
    lessons: Text = column("Уроки", text=True, hint="Например, 1-3; пусто — весь день")
    reason: Annotated[str, BeforeValidator(choice(*ABSENCE_REASONS))] = column("Причина")
    document: Text = column("Документ", width=26)
    document_date: Date = column("Документ предоставлен", None)


class ClassPeriodMarks(Record):
    """Итоги, выставленные классным руководителем по предметам (Регламент п. 8.5, 8.6)."""

    sheet = "Итоги класса"
    optional = True

    pupil: Code = column("№ личного дела", required=True, filled=True, text=True)
    name: Name = column("Обучающийся", required=True, width=28)
    period: Name = column("Период", required=True, filled=True)
    marks: Mapping[str, Any] = rest(width=12)


class CouncilDecision(Record):
    """Решение педагогического совета об обучающемся."""

    sheet = "Решения"
    optional = True

    pupil: Code = column("№ личного дела", required=True, filled=True, text=True)
    name: Name = column("Обучающийся", required=True, width=28)
    period: Name = column("Период")
    decision: Text = column("Решение", width=50)


class Release(Record):
    """Освобождение от предмета."""

    sheet = "Освобождения"
    optional = True

    pupil: Code = column("№ личного дела", required=True, filled=True, text=True)
    name: Name = column("Обучающийся", required=True, width=28)
    subject: Name = column("Предмет", required=True, width=26)
    since: YearDate = column("С", None)
    until: YearDate = column("По", None)
    document: Text = column("Документ", width=26)


class AccountHanded(Record):
    """Когда учётная запись передана ученику или родителю (Регламент п. 2.7)."""

    sheet = "Учётные записи"
    optional = True

    login: Text = column("Логин", required=True, filled=True, text=True, width=18)
    handed: Date = column("Передана", None)


class Announcement(Record):
    """Объявление классу."""

    sheet = "Объявления"
    optional = True

    date: YearDate = column("Дата", None, required=True, filled=True)
    until: YearDate = column("Показывать до", None)
    text: Text = column("Текст", required=True, filled=True, width=70)
