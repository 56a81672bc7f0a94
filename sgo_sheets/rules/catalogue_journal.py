"""What is said of chapters VIII–XI of Регламент in the catalogue of clauses."""

from __future__ import annotations

from collections.abc import Mapping

from sgo_sheets.rules import features as f
from sgo_sheets.rules.catalogue_chapters import Entry

CHAPTERS_8_TO_11: Mapping[str, Entry] = {
    "8.1": Entry("Что ведётся в журнале", features=(f.JOURNALS,)),
    "8.2": Entry("В 1 классе – только посещаемость и темы"),
    "8.3": Entry(
        "Кто ведёт журнал; причина пропуска – за 2 рабочих дня",
        ("8.1", "8.4", "8.5"),
        features=(f.TEACHER_PAGE, f.CLASS_PAGE),
    ),
    "8.4": Entry("Отметки, посещаемость и темы – раз в две недели"),
    "8.5": Entry("Отметки за период – в день его окончания", features=(f.CALENDAR,)),
    "8.6": Entry("Кто выставляет годовые, экзаменационные и итоговые отметки", ("8.7",), features=(f.TEACHER_PAGE,)),
    "8.7": Entry("Годовые, экзаменационные и итоговые отметки – в течение двух дней", ("8.6",), features=(f.CALENDAR,)),
    "8.8": Entry(
        "Завуч следит за полнотой, своевременностью и правильностью", features=(f.CONTROL, f.CHECK, f.HISTORY)
    ),
    "8.9": Entry("Дневник показывает темы, задания, отметки и посещаемость", features=(f.DIARY, f.CHANGES, f.PUBLISH)),
    "9.1": Entry("Движение отражается в книге движения приказами", ("9.2",)),
    "9.2": Entry("Шесть типов документов и их сроки", ("9.1",), features=(f.CALENDAR,)),
    "9.3": Entry("Завуч следит за приказами о движении", ("9.1", "9.2"), features=(f.CONTROL,)),
    "10.1": Entry("Отчёты формируются сами и видны тем, кому положено", features=(f.REPORT_PAGES, f.PUBLISH)),
    "10.2": Entry(
        "Качество образования контролируют завуч, классные руководители и учителя",
        features=(f.CONTROL, f.CLASS_PAGE, f.TEACHER_PAGE, f.REPORT_PAGES),
    ),
    "10.3": Entry("Отчёты администратора и их сроки", features=(f.CALENDAR,), reports=(4, 5, 10, 11, 12)),
    "10.4": Entry(
        "Отчёты учителей и классных руководителей и их сроки",
        features=(f.CALENDAR,),
        reports=(1, 2, 3, 6, 7, 8, 9, 13, 14),
    ),
    "10.5": Entry("Отчёты по ученикам для работы с детьми и родителями", reports=(7, 15, 16, 17, 18, 19, 20)),
    "10.6": Entry("Конструктор отчётов", reports=(21,)),
    "11.1": Entry(
        "Регламент обязателен для всех сотрудников",
        features=(f.RULES, f.TERMS),
        reason="Отдельной обязанности со сроком нет: каждый видит на своей странице то, что относится к нему.",
    ),
}
