"""The registers of people: Контингент, Книга движения, Учётные записи."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sgo_sheets.demo.names import Person
from sgo_sheets.demo.office import table
from sgo_sheets.demo.world import Child, Family, World
from sgo_sheets.records.catalog import BookContent, BookKind
from sgo_sheets.records.people_books import ENROLMENT, GRADUATION, LEAVING, MOVE, PROMOTION
from sgo_sheets.records.raw_values import Raw

Row = Mapping[str, Raw]
_LAST_GRADE = 11
_PLACES = ("школа № 3, г. Дальнеборск", "школа № 1, пос. Ключи", "лицей № 2, г. Верхнеозёрск", "школа № 5, г. Полевой")


def roll_book(world: World, name: str) -> BookContent:
    """Return Контингент/<класс>.xlsx: the cards of everybody whose class this is now."""
    own = (one for one in world.children if (one.moved[1] if one.moved else one.school_class) == name)
    return BookContent(BookKind.ROLL, {"Обучающиеся": table(_card(world, one) for one in own)})


def _card(world: World, child: Child) -> Row:
    family, person = child.family, child.person
    rng = world.spec.stream("papers", child.id)
    certificate = (
        f"{rng.choice(('I', 'II', 'III'))}-{rng.choice(('АБ', 'ВГ', 'ЕР', 'КМ'))} № {rng.randint(10**5, 10**6 - 1)}"
    )
    passport = f"00 {rng.randint(10, 25)} {rng.randint(10**5, 10**6 - 1)}"  # no region issues series 00
    fourteen = child.born.replace(year=child.born.year + 14, day=min(child.born.day, 28))
    grade = next(room.grade for room in world.rooms if room.name == child.school_class)
    both = family.father is not None and family.mother is not None
    return {
        "№ личного дела": child.id,
        "Фамилия": person.surname,
        "Имя": person.first,
        "Отчество": person.patronymic,
        "Пол": person.sex,
        "Дата рождения": child.born,
        "Класс на начало года": "" if child.arrived else child.school_class,
        "Дата зачисления": child.enrolled,
        "Карточка создана": child.enrolled,
        "Адрес": family.address,
        "Свидетельство о рождении": certificate,
        "Паспорт": passport if fourteen <= world.spec.on else "",
        "Состав семьи": "полная" if both else "неполная",
        "Мать": _full(family.mother),
        "Отец": _full(family.father),
        "Законный представитель": _full(family.guardian),
        "Телефон родителей": family.phone,
        "Социальное положение": family.social,
        "Иностранный язык": "английский" if grade > 1 else "",
        "Форма обучения": "очная",
        "Особые категории": "",
    }


def _full(person: Person | None) -> str:
    return person.full if person else ""


def movement_book(world: World) -> BookContent:
    """Return Книга движения.xlsx: last summer's promotions, the new 1 and 10, who came, left, moved, went up or out."""
    rows = sorted(_orders(world), key=lambda row: str(row["Дата приказа"]))
    numbered = []
    number = 40
    last: object = None
    for row in rows:
        same = (row["Дата приказа"], row["Тип документа"], row.get("Из класса"))
        number += same != last or row["Тип документа"] not in (PROMOTION, GRADUATION)
        last = same
        numbered.append({"Приказ №": f"{number}-у", **row})
    return BookContent(BookKind.MOVEMENT, {"Приказы": table(numbered)})


def _orders(world: World) -> Iterator[Row]:
    year = world.year
    may = dt.date(year.first.year, 5, 29)
    grades = {room.name: room.grade for room in world.rooms}
    for child in world.children:
        grade = grades[child.school_class]
        if grade > 1 and not child.arrived:
            yield {
                "Дата приказа": may, "Тип документа": PROMOTION,
                "Вид": "завершение программы" if grade == 10 else "обычный", "Дата события": may,
                **_who(child), "Из класса": f"{grade - 1}{child.school_class[len(str(grade)):]}",
                "В класс": child.school_class, "Основание": "решение педагогического совета",
            }  # fmt: skip
    yield from _year_end(world)
    for room in world.rooms:
        if room.grade in (1, 10):
            yield {
                "Дата приказа": year.first, "Тип документа": ENROLMENT, "Вид": f"формирование {room.grade} класса",
                "Дата события": year.first, "В класс": room.name, "Основание": "заявления родителей",
            }  # fmt: skip
    for place, child in enumerate(world.children):
        where = _PLACES[place % len(_PLACES)]
        if child.arrived:
            yield {
                "Дата приказа": child.arrived, "Тип документа": ENROLMENT, "Вид": "в течение года",
                "Дата события": child.arrived, **_who(child), "В класс": child.school_class,
                "Откуда / куда": where, "Основание": "заявление родителей",
            }  # fmt: skip
        if child.left:
            yield {
                "Дата приказа": child.left, "Тип документа": LEAVING, "Дата события": child.left, **_who(child),
                "Из класса": child.school_class, "Откуда / куда": where, "Направление": "другая школа",
                "Основание": "заявление родителей",
            }  # fmt: skip
        if child.moved:
            yield {
                "Дата приказа": child.moved[0], "Тип документа": MOVE, "Дата события": child.moved[0], **_who(child),
                "Из класса": child.school_class, "В класс": child.moved[1], "Основание": "заявление родителей",
            }  # fmt: skip


def _year_end(world: World) -> Iterator[Row]:
    """Yield what becomes of everybody at the end of this year, once that day has come."""
    day = dt.date(world.year.last.year, 5, 29)
    grades = {room.name: room.grade for room in world.rooms}
    for child in world.children if day <= world.spec.on else ():
        name = child.moved[1] if child.moved else child.school_class
        grade, row = grades[name], {"Дата приказа": day, "Дата события": day, **_who(child), "Из класса": name}
        reason = {"Основание": "решение педагогического совета"}
        if child.left:
            continue
        if grade == _LAST_GRADE:
            yield {**row, "Тип документа": GRADUATION, **reason}
        else:
            kind = "завершение программы" if grade == _LAST_GRADE - 2 else "обычный"
            goes = f"{grade + 1}{name[len(str(grade)) :]}"
            yield {**row, "Тип документа": PROMOTION, "Вид": kind, "В класс": goes, **reason}


def _who(child: Child) -> Row:
    return {"№ личного дела": child.id, "Обучающийся": child.person.short}


@dataclass(frozen=True, slots=True)
class Account:
    """An account: its row of «Учётные записи», and the class whose teacher hands it over this year («» – not so)."""

    row: Row
    school_class: str = ""
    handed: dt.date | None = None


def accounts(world: World) -> Iterator[Account]:
    """Yield the accounts of staff, pupils and parents: made, given and handed over on the day of the order."""
    for number, one in enumerate(world.staff.teachers, start=1):
        yield Account({
            "Логин": one.code.replace("СТ-", "st"), "Роль": ", ".join(one.roles), "Владелец": one.code,
            "ФИО": one.person.full, "Основание": f"приказ № {number}-к", "Дата основания": one.hired,
            "Создана": one.hired, "Передана": one.hired, "Заблокирована": one.dismissed,
        })  # fmt: skip
    families: dict[Family, list[Child]] = {}
    for child in world.children:
        families.setdefault(child.family, []).append(child)
        login = f"u{child.id.split('-')[1]}"
        yield _of_family(world, [child], login, "Ученик", child.person.full)
    for family, children in families.items():
        parent = family.mother or family.guardian or family.father
        if parent is not None:
            login = f"r{children[0].id.split('-')[1]}"
            yield _of_family(world, children, login, "Родитель", parent.full)


def _of_family(world: World, children: list[Child], login: str, role: str, name: str) -> Account:
    first = min(children, key=lambda child: child.enrolled)
    fresh = first.enrolled >= world.year.first
    gone = [child.left for child in children if child.left]
    row: dict[str, Raw] = {
        "Логин": login, "Роль": role, "Владелец": ", ".join(child.id for child in children), "ФИО": name,
        "Основание": "приказ о зачислении", "Дата основания": first.enrolled, "Создана": first.enrolled,
        "Выдана классному руководителю": first.enrolled, "Передана": None if fresh else first.enrolled,
        "Заблокирована": max(gone) if len(gone) == len(children) else None,
    }  # fmt: skip
    return Account(row, first.school_class if fresh else "", first.enrolled if fresh else None)


def accounts_book(own: list[Account]) -> BookContent:
    """Return Учётные записи.xlsx."""
    return BookContent(BookKind.ACCOUNTS, {"Учётные записи": table([one.row for one in own])})
