"""Глава V, что внесено в личную карту (п. 5.3, 5.5, 5.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sgo_sheets.findings import CellRef, Problem, Problems, Role, Severity
from sgo_sheets.records.faults import UNKNOWN_HEADER
from sgo_sheets.records.people_books import PupilCard
from sgo_sheets.rules.belonging import class_of
from sgo_sheets.rules.card_fields import (
    HEADERS,
    LANGUAGE_FROM,
    PARENTS,
    PASSPORT_FROM,
    PATRONYMIC,
    PLAIN,
    age_on,
    asked,
    birthday,
    came_this_year,
    fields_of,
    filled,
)
from sgo_sheets.rules.chapter05_cards import pupil_card_late
from sgo_sheets.rules.moves import newcomers_from
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.settings import PASSPORT_DAYS
from sgo_sheets.rules.terms import by_date
from sgo_sheets.rules.terms_of import due_day
from sgo_sheets.russian import counted, day
from sgo_sheets.school.elements import Pupil, Span
from sgo_sheets.school.model import ClassBook, School

YOUNGEST, OLDEST = 5, 21


@rule("R0503", clause="5.5", role=Role.CLASS_TEACHER, due=by_date(15, 9))
def card_field_empty(roll: tuple[Pupil, ...], book: ClassBook) -> Problems:
    """Не заполнена личная карта.

    В карте указаны фамилия, имя, отчество, пол, дата рождения, № личного дела, адрес, свидетельство о рождении, состав
    семьи, хотя бы один из родителей (законных представителей), социальное положение и со 2 класса иностранный язык.
    Срок – 15 сентября (п. 5.6), для прибывших позже – 2 рабочих дня. Вносит классный руководитель, отвечает
    назначенный приказом (п. 5.3).

    Как исправить: заполните названную клетку; если отчества по документам нет, поставьте прочерк.
    """
    for pupil in asked(roll, book):
        card, since, due = pupil.card, came_this_year(pupil, book.year), _due(pupil, book)
        known = set(card.located)
        for name in fields_of(book.grade):
            if name not in known:
                continue
            at, header = card.at(name), HEADERS[name]
            if getattr(card, name):
                message = f"{pupil.name}: «{header}» – заполнено"
                yield Problem(at, message, since=since, due=due, met=True, data=(card.datum(name),), pupil=pupil.id)
            elif not card.unread(name):
                severity = Severity.WARNING if name == PATRONYMIC else None
                message = f"{pupil.name}: не заполнено «{header}»"
                yield Problem(at, message, since=since, due=due, severity=severity, pupil=pupil.id)
        yield from _parents(pupil, since, due)


def _parents(pupil: Pupil, since: dt.date | None, due: dt.date | None) -> Iterator[Problem]:
    """Yield that a parent is named, or that nobody is; at «Мать», or the first of the three columns there is."""
    card = pupil.card
    places = [name for name in PARENTS if name in card.located]
    if not places or any(card.unread(name) for name in PARENTS):
        return
    named = next((name for name in places if filled(getattr(card, name))), None)
    if named is None:
        message = f"{pupil.name}: не указан никто из родителей (законных представителей)"
        yield Problem(card.at(places[0]), message, since=since, due=due, pupil=pupil.id)
    else:
        message, data = f"{pupil.name}: «{HEADERS[named]}» – заполнено", (card.datum(named),)
        yield Problem(card.at(named), message, since=since, due=due, met=True, data=data, pupil=pupil.id)


def _due(pupil: Pupil, book: ClassBook) -> dt.date | None:
    """Return the day of one who came later than leaves the usual term time for, None where the rule's own applies."""
    usual = due_day(card_field_empty, None, book)
    later = due_day(pupil_card_late, came_this_year(pupil, book.year), book)
    return later if usual is not None and later is not None and later > usual else None


@rule("R0504", clause="5.5", role=Role.CLASS_TEACHER, due=by_date(15, 9))
def passport_missing(roll: tuple[Pupil, ...], book: ClassBook) -> Problems:
    """Не внесён паспорт.

    С 14 лет в личной карте есть данные паспорта. Срок – 15 сентября, но не раньше чем через 90 дней после 14-летия
    (число дней задаётся настройкой), для прибывших позже – 2 рабочих дня. Сами данные программа нигде не показывает.

    Как исправить: впишите данные паспорта в графу «Паспорт».
    """
    grace = dt.timedelta(days=PASSPORT_DAYS.number(book.regulation))
    usual = due_day(passport_missing, None, book)
    for pupil in asked(roll, book):
        card, came = pupil.card, came_this_year(pupil, book.year)
        if card.born is None or "passport" not in card.located or card.unread("passport"):
            continue
        grown = birthday(card.born, PASSPORT_FROM)
        if grown > book.year.last or not _of_age_to_learn(card.born, book.year):
            continue
        lately = grown if grown >= newcomers_from(book.year) else None  # in summer some have still to turn 14
        since = max((date for date in (came, lately) if date), default=None)
        due = max(date for date in (usual, _due(pupil, book), grown + grace) if date is not None)
        at = card.at("passport")
        if card.passport:
            data = (card.datum("passport"),)
            yield Problem(at, f"{pupil.name}: паспорт внесён", since, due, met=True, data=data, pupil=pupil.id)
        else:
            message = f"{pupil.name}: не внесён паспорт; 14 лет исполнилось {day(grown)}"
            yield Problem(at, message, since, due, pupil=pupil.id)


@rule("R0505", clause="5.5", role=Role.CLASS_TEACHER, due=by_date(15, 9))
def card_column_missing(rolls: tuple[ClassBook, ...], school: School) -> Problems:
    """В книге личных карт нет нужного столбца.

    Для каждого сведения п. 5.5 нужен столбец; пока его нет, о каждой карте отдельно ничего не сказано.

    Как исправить: верните столбец из образца («sgo forms») и заполните его.
    """
    misspelt = {(one.at.workbook, one.at.sheet) for one in school.findings if one.code == UNKNOWN_HEADER.code}
    said: set[CellRef] = set()
    for book in rolls:
        for pupil in asked(book.roll or (), book):
            card = pupil.card
            sheet = CellRef(card.workbook, PupilCard.sheet)
            if sheet in said or sheet[:2] in misspelt:
                continue
            said.add(sheet)
            absent = [HEADERS[name] for name in _columns_of(book) if name not in card.located]
            if not any(name in card.located for name in PARENTS):
                absent.append(" / ".join(HEADERS[name] for name in PARENTS))
            if absent:
                named = ", ".join(f"«{header}»" for header in absent)
                words = "нет столбца" if len(absent) == 1 else "нет столбцов"
                yield Problem(sheet, f"{words} {named}", school_class=class_of(pupil, school.year))


def _columns_of(book: ClassBook) -> Iterator[str]:
    """Yield the columns the cards of a class cannot do without."""
    yield from (*PLAIN, "card_created")
    if book.grade >= LANGUAGE_FROM:
        yield "language"
    born = [pupil.card.born for pupil in asked(book.roll or (), book)]
    if any(date is not None and birthday(date, PASSPORT_FROM) <= book.year.first for date in born):
        yield "passport"


@rule("R0506", clause="5.5", role=Role.CLASS_TEACHER, severity=Severity.WARNING)
def card_field_implausible(roll: tuple[Pupil, ...], book: ClassBook) -> Problems:
    """Сведения личной карты похожи на ошибку.

    Ученику от 5 лет до 21 года, даты не позже конца учебного года, в имени нет цифр, отчество и пол не спорят.

    Как исправить: сверьте клетку с документом.
    """
    for pupil in asked(roll, book):
        card, since = pupil.card, came_this_year(pupil, book.year)
        for name, why in _odd(card, book.year):
            yield Problem(card.at(name), f"{pupil.name}: {why}", since=since, pupil=pupil.id)


def _odd(card: PupilCard, year: Span) -> Iterator[tuple[str, str]]:
    """Yield the fields that cannot be right, and why."""
    for name in ("surname", "first_name", PATRONYMIC):
        if any(char.isdigit() for char in getattr(card, name)):
            yield name, f"в графе «{HEADERS[name]}» цифра"
    for name in ("enrolled", "card_created"):
        date = getattr(card, name)
        if date is not None and date > year.last:
            yield name, f"«{HEADERS[name]}» – {day(date)}, это позже конца учебного года"
    ending = card.patronymic.casefold()
    if (card.sex == "ж" and ending.endswith(("вич", "ьич"))) or (card.sex == "м" and ending.endswith(("вна", "ична"))):
        yield "sex", f"пол «{card.sex}», а отчество «{card.patronymic}»"
    if card.born is None:
        return
    if not _of_age_to_learn(card.born, year):
        yield "born", _age_words(card.born, year)
    elif card.enrolled is not None and age_on(card.born, card.enrolled) < YOUNGEST:
        age = counted(age_on(card.born, card.enrolled), "год", "года", "лет")
        yield "enrolled", f"«{HEADERS['enrolled']}» – {day(card.enrolled)}: ученику было {age}"


def _of_age_to_learn(born: dt.date, year: Span) -> bool:
    """Return whether the age may be a pupil's: 5 by the end of the year, not over 21 at its beginning."""
    return age_on(born, year.last) >= YOUNGEST and age_on(born, year.first) <= OLDEST


def _age_words(born: dt.date, year: Span) -> str:
    if born > year.last:
        return f"дата рождения {day(born)} ещё не наступила"
    age = max(age_on(born, year.first), 0)
    return f"дата рождения {day(born)}: на начало года {counted(age, 'год', 'года', 'лет')}"


RULES: tuple[Rule, ...] = (
    card_field_empty,
    passport_missing,
    card_column_missing,
    card_field_implausible,
)
