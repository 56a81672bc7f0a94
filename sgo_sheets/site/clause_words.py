"""What a clause asks for in a few words, its place among the clauses, its anchor and its chapter."""

from __future__ import annotations

from sgo_sheets.rules.registry import RULES
from sgo_sheets.russian import slug

CHAPTERS = {
    "02": "II. Ответственность сотрудников",
    "03": "III. Переход на новый учебный год",
    "04": "IV. Сведения об организации",
    "05": "V. Личные карты",
    "06": "VI. Учебный план и КТП",
    "07": "VII. Расписание",
    "08": "VIII. Электронный журнал",
    "09": "IX. Движение обучающихся",
    "10": "X. Отчёты",
}
OF_FORM = "Как заполнены книги"
_WORDS = {
    "": OF_FORM,
    "2.2": "Ответственные назначены приказом",
    "2.4": "У каждого своя учётная запись, паролей в книгах нет",
    "2.5": "Учётные записи созданы",
    "2.6": "Учётные записи созданы и переданы за 3 рабочих дня",
    "2.7": "Учётные записи выданы ученикам и родителям",
    "2.8": "Учётные записи выданы сотрудникам",
    "3.1": "Переход на новый учебный год",
    "3.2": "Сведения нового учебного года",
    "3.3": "Переход завершён до 15 сентября",
    "4.1": "Сведения об организации",
    "4.2": "Карточка организации, лицензия, аккредитация",
    "5.2": "Личные карты ведёт классный руководитель",
    "5.3": "Личные карты полны и точны",
    "5.4": "Личные карты созданы за 2 рабочих дня",
    "5.5": "Личные карты заполнены",
    "5.6": "Сведения об учениках внесены до 15 сентября",
    "6.1": "Учебный план составлен",
    "6.2": "Учебный план полон",
    "6.3": "Учебный план ведёт администратор",
    "6.4": "Учебный план готов до 15 сентября",
    "6.5": "КТП назначено каждому классу и предмету",
    "6.6": "КТП внесено до 15 сентября",
    "6.7": "КТП ведёт учитель",
    "6.8": "План, классы, предметы и подгруппы",
    "7.1": "Расписание и каникулы",
    "7.2": "За расписание отвечает завуч",
    "7.3": "Расписание и каникулы в срок, без накладок",
    "8.1": "Журнал полон: уроки, ученики, отметки на своих местах",
    "8.2": "В 1 классе нет отметок и заданий",
    "8.3": "Причины пропусков указаны",
    "8.4": "Темы и отметки не реже раза в две недели",
    "8.5": "Отметки за период",
    "8.6": "Годовые, экзаменационные и итоговые отметки",
    "8.7": "Годовые и итоговые отметки за два дня",
    "9.1": "Книга движения",
    "9.2": "Приказы о движении в срок",
    "10.3": "Отчёты администратора",
    "10.4": "Отчёты учителей и классных руководителей",
}


def clause_words(clause: str) -> str:
    """Return what a clause asks for, in a few words; faults of form have no clause («»)."""
    return _WORDS.get(clause) or next((rule.title for rule in RULES if rule.clause == clause), "")


def anchor_of_clause(clause: str) -> str:
    """Return the anchor of the list of a clause: «clause-8-4»."""
    parts = clause.split(".")
    if all(part.isdigit() for part in parts):
        return f"clause-{'-'.join(parts)}"
    return f"clause-{slug(clause) if clause else 'form'}"


def clause_order(clause: str) -> tuple[object, ...]:
    """Return the key that puts clauses in their order; those of «Порядок», then faults of form, last."""
    numbers = [int(part) for part in clause.split(".") if part.isdigit()]
    return (not clause, not numbers, numbers, clause)


def chapter_of(clause: str) -> str:
    """Return the chapter of a clause as people name it: «VIII. Электронный журнал»."""
    if not clause:
        return OF_FORM
    return CHAPTERS.get(clause.partition(".")[0].rjust(2, "0"), "Порядок")
