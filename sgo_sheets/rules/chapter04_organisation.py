"""Глава IV: сведения об организации (п. 4.1–4.2)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from sgo_sheets.findings import CellRef, Problem, Problems, Role, Severity
from sgo_sheets.records.school_book import Organisation
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.terms import DayOfYear, by_date
from sgo_sheets.rules.terms_of import due_day
from sgo_sheets.russian import day
from sgo_sheets.school.model import School

_NEEDED = (
    "full_name", "short_name", "type", "founder", "inn", "ogrn", "address", "phone", "email", "website", "director",
    "licence", "licence_date", "accreditation", "accreditation_date",
)  # fmt: skip
_FRESH = DayOfYear(1, 6)
"""«Карточка обновлена» counts for a school year from 1 June before it."""
_INN = {10: ((2, 4, 10, 3, 5, 9, 4, 6, 8),), 12: ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))}
_OGRN = {13: 11, 15: 13}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@rule("R0401", clause="4.1", role=Role.ADMIN, due=by_date(15, 9))
def organisation_field_empty(school: School) -> Problems:
    """Не заполнены сведения об организации.

    Карточка организации, данные о лицензии и аккредитации вносятся до 15 сентября. «Аккредитация до» может быть пуста:
    аккредитация без срока бессрочна.

    Как исправить: заполните названную клетку листа «Организация».
    """
    card = school.organisation
    headers = {column.field: column.header for column in card.columns()}
    empty: dict[CellRef, list[str]] = {}
    for name in _NEEDED if _known(card) else ():
        if getattr(card, name) or card.unread(name):
            header = headers[name]
            yield Problem(card.at(name), f"«{header}»: заполнено", met=True, data=(card.datum(name),))
        else:
            empty.setdefault(card.at(name), []).append(headers[name])
    for at, names in empty.items():
        yield Problem(at, f"не заполнено: {', '.join(f'«{name}»' for name in names)}")


@rule("R0402", clause="4.1", role=Role.ADMIN, severity=Severity.WARNING)
def organisation_field_implausible(school: School) -> Problems:
    """Сведения об организации похожи на ошибку.

    Проверяются контрольные цифры ИНН и ОГРН, вид адреса почты, порядок дат лицензии и аккредитации и срок
    аккредитации.

    Как исправить: сверьте клетку с документом; если аккредитация бессрочна, оставьте «Аккредитация до» пустой.
    """
    card, year = school.organisation, school.year
    if not _known(card):
        return
    for name, why in _odd_words(card):
        yield Problem(card.at(name), why)
    for name in ("licence_date", "accreditation_date", "card_updated"):
        date = getattr(card, name)
        if date is not None and date > year.last:
            yield Problem(card.at(name), f"дата {day(date)} позже конца учебного года")
    until, given = card.accreditation_until, card.accreditation_date
    if until is not None and given is not None and until <= given:
        yield Problem(card.at("accreditation_until"), f"аккредитация до {day(until)}, а дана {day(given)}")
    elif until is not None:
        message = f"срок аккредитации истёк {day(until)}; если она бессрочна, клетка должна быть пустой"
        yield Problem(card.at("accreditation_until"), message, since=until + dt.timedelta(days=1))


def _odd_words(card: Organisation) -> Iterator[tuple[str, str]]:
    if card.inn and not right_inn(card.inn):
        yield "inn", "ИНН: не сходятся контрольные цифры"
    if card.ogrn and not right_ogrn(card.ogrn):
        yield "ogrn", "ОГРН: не сходится контрольная цифра"
    if card.email and not _EMAIL.search(card.email):
        yield "email", f"«{card.email}» не похоже на адрес электронной почты"


def right_inn(text: str) -> bool:
    """Return whether the check digits of an INN agree (10 digits, 12 of a person); a zero Excel took away is meant."""
    digits = _digits(text)
    digits = [0, *digits] if len(digits) in (9, 11) else digits
    places = _INN.get(len(digits), ())
    ends = digits[-len(places) :] if places else []
    sums = [sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) for weights in places]
    return bool(places) and all(total % 11 % 10 == end for total, end in zip(sums, ends, strict=True))


def right_ogrn(text: str) -> bool:
    """Return whether the check digit of an OGRN (13 digits) or OGRNIP (15) agrees."""
    digits = _digits(text)
    divisor = _OGRN.get(len(digits))
    if divisor is None:
        return False
    return int("".join(map(str, digits[:-1]))) % divisor % 10 == digits[-1]


def _digits(text: str) -> list[int]:
    """Return the digits; spaces and hyphens between them are how people write, anything else is no number."""
    tight = re.sub(r"[\s\u00a0-]", "", text)
    return [int(char) for char in tight] if tight.isascii() and tight.isdigit() else []


@rule("R0403", clause="4.2", role=Role.ADMIN, due=by_date(15, 9))
def card_not_updated(school: School) -> Problems:
    """Карточка организации не обновлена в этом учебном году.

    Карточку, данные о лицензии и аккредитации обновляют каждый год до 15 сентября; обновление с 1 июня считается уже
    за новый учебный год.

    Как исправить: проверьте сведения и впишите день в клетку «Карточка обновлена».
    """
    card, updated = school.organisation, school.organisation.card_updated
    if not _known(card) or card.unread("card_updated"):
        return
    at = card.at("card_updated")
    fresh = dt.date(school.year.first.year, _FRESH.month, _FRESH.day)
    if updated is None:
        yield Problem(at, "не указано, когда обновлена карточка организации")
    elif updated < fresh:
        yield Problem(at, f"карточка организации обновлена {day(updated)}: это прошлый учебный год")
    else:
        # A later day may be that of a second update: it is written over the first, and nobody is called late.
        due = due_day(card_not_updated, None, school)
        in_time = due is not None and updated <= due
        yield Problem(at, f"карточка обновлена {day(updated)}", done_at=updated if in_time else None, met=True)


def _known(card: Organisation) -> bool:
    """Return whether the sheet could be read: a card that was not says nothing."""
    return bool(card.workbook)


RULES: tuple[Rule, ...] = (organisation_field_empty, organisation_field_implausible, card_not_updated)
