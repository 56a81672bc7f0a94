"""The workbooks of the whole school: Школа, Регламент, Учебный план, Расписание, Конструктор."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from sgo_sheets.demo import curriculum as plan
from sgo_sheets.demo.people import TOWN
from sgo_sheets.demo.substitutions import Illness
from sgo_sheets.demo.timetable import Unit, Week
from sgo_sheets.demo.world import Child, Item, World
from sgo_sheets.demo.year import DAY, bell_rows
from sgo_sheets.records.catalog import BookContent, BookKind, Rows
from sgo_sheets.records.kinds import Raw
from sgo_sheets.records.plan_book import HOMEROOM
from sgo_sheets.records.regulation_book import DEFAULT_WORK_KINDS
from sgo_sheets.records.school_book import DUTIES
from sgo_sheets.rules.sheets import setting_rows, term_rows
from sgo_sheets.russian import WEEKDAYS
from sgo_sheets.workbooks.calendar_seed import calendar_seed

Row = Mapping[str, Raw]
SCHOOL_NAME, SHORT_NAME = "Гимназия «Росток» города Светлозерска", "Гимназия «Росток»"


def table(rows: Iterator[Row] | Sequence[Row], columns: Sequence[str] = ()) -> Rows:
    """Return the rows of a sheet to be written."""
    return Rows(tuple(rows), tuple(columns))


def school_book(world: World, ill: Sequence[Illness]) -> BookContent:
    """Return Школа.xlsx."""
    year = world.year
    seed = calendar_seed([year.first.year, year.first.year + 1]).rows
    return BookContent(
        BookKind.SCHOOL,
        {
            "Организация": _organisation(world),
            "Периоды": table(_periods(world)),
            "Каникулы": table(_holidays(world)),
            "Календарь": seed,
            "Звонки": table(
                {"Набор": name, "Урок": number, "Начало": start, "Окончание": end}
                for name, number, start, end in bell_rows()
                if any(room.shift == name for room in world.rooms)
            ),
            "Сотрудники": table(_staff(world)),
            "Отсутствия": table({"Сотрудник": one.teacher, "С": one.first, "По": one.last} for one in ill),
            "Классы": table(_classes(world)),
            "Предметы": table(
                {
                    "Предмет": subject.name,
                    "Сокращение": subject.short,
                    "Образовательная область": subject.area,
                    "Оценивание": subject.grading,
                }
                for subject in subjects(world)
            ),
            "Ответственные": table(_responsible(world)),
        },
    )


def subjects(world: World) -> list[plan.SubjectInfo]:
    """Return the subjects the school teaches."""
    taught = {item.subject for item in world.staff.items}
    return [subject for subject in plan.SUBJECTS if subject.name in taught]


def _organisation(world: World) -> Row:
    year = world.year
    director = next(one for one in world.staff.teachers if "Директор" in one.roles)
    return {
        "Полное наименование": f"Муниципальное общеобразовательное учреждение {SCHOOL_NAME}",
        "Краткое наименование": SHORT_NAME,
        "Тип": "гимназия",
        "Учредитель": "Администрация города Светлозерска",
        # Numbers of a region that does not exist (00), with right check digits.
        "ИНН": "0012345673",
        "ОГРН": "1020000012340",
        "Адрес": f"{TOWN}, ул. Садовая, д. 12",
        "Телефон": "+7 (8999) 01-20-30",
        "E-mail": "school@rostok.example",
        "Сайт": "https://rostok.example",
        "Директор": director.person.full,
        "Лицензия №": "Л035-00000-00/00123456",
        "Дата лицензии": dt.date(2016, 3, 14),
        "Аккредитация №": "А007-00000-00/01234567",
        "Дата аккредитации": dt.date(2016, 5, 20),
        "Учебный год": year.name,
        "Начало учебного года": year.first,
        "Конец учебного года": year.last,
        "Учебная неделя": 5,
        "Рабочая неделя": 5,
        "Карточка обновлена": dt.date(year.first.year, 8, 28),
    }


def _periods(world: World) -> Iterator[Row]:
    year = world.year
    for term in year.quarters:
        yield _period("1-9", "четверть", term.name, term.first, term.last)
    for term in year.halves:
        yield _period("10-11", "полугодие", term.name, term.first, term.last)
    yield _period("1-11", "год", "Год", year.first, year.study_last)


def _period(classes: str, kind: str, name: str, first: dt.date, last: dt.date) -> Row:
    return {"Классы": classes, "Тип": kind, "Период": name, "Начало": first, "Окончание": last}


def _holidays(world: World) -> Iterator[Row]:
    published = dt.date(world.year.first.year, 8, 28)
    autumn, winter, spring = world.year.breaks
    for term, classes in ((autumn, ""), (winter, ""), (world.year.extra, "1"), (spring, "")):
        yield {
            "Название": term.name, "Классы": classes, "Начало": term.first, "Окончание": term.last,
            "Опубликовано": published,
        }  # fmt: skip


def _staff(world: World) -> Iterator[Row]:
    for number, one in enumerate(world.staff.teachers, start=1):
        yield {
            "Код": one.code, "Фамилия": one.person.surname, "Имя": one.person.first,
            "Отчество": one.person.patronymic, "Должность": one.position, "Роли": ", ".join(one.roles),
            "Принят": one.hired, "Приказ о приёме": f"{number}-к", "Дата приказа": one.hired,
            "Уволен": one.dismissed, "E-mail": f"{one.code.replace('СТ-', 'st')}@rostok.example",
            "Карточка создана": one.hired,
        }  # fmt: skip


def _classes(world: World) -> Iterator[Row]:
    rooms = {one.code: one.room for one in world.staff.teachers}
    for room in world.rooms:
        yield {
            "Класс": room.name, "Параллель": room.grade, "Профиль": room.profile,
            "Вид класса": "профильный" if room.profile else "общеобразовательный",
            "Учебная неделя": plan.school_week(room.grade), "Набор звонков": room.shift,
            "Кабинет": rooms[world.staff.homeroom[room.name]], "Плановая наполняемость": 25,
        }  # fmt: skip


def _responsible(world: World) -> Iterator[Row]:
    by_role = {role: one.code for one in reversed(world.staff.teachers) for role in one.roles}
    who = (by_role["Завуч"], by_role["Администратор"], by_role["Администратор"], by_role["Завуч"])
    for number, (duty, code) in enumerate(zip(DUTIES, who, strict=True), start=101):
        yield {
            "Направление": duty, "Сотрудник": code, "Приказ №": f"{number}-о",
            "Дата приказа": dt.date(world.year.first.year, 8, 28),
        }  # fmt: skip


def regulation_book() -> BookContent:
    """Return Регламент.xlsx: the terms of the rules, the settings, the kinds of work."""
    return BookContent(
        BookKind.REGULATION,
        {
            "Сроки": term_rows(),
            "Настройки": setting_rows(),
            "Виды работ": table(
                {"Вид": name, "Сокращение": short, "Вес": weight} for name, short, weight in DEFAULT_WORK_KINDS
            ),
        },
    )


def plan_book(world: World) -> BookContent:
    """Return Учебный план.xlsx: the plan, the load, streams and groups."""
    return BookContent(
        BookKind.PLAN,
        {
            "План": table(_plan(world), [room.name for room in world.rooms]),
            "Нагрузка": table(_load(world)),
            "Потоки": table({"Поток": one.name, "Классы": ", ".join(one.classes)} for one in world.streams),
            "Группы": table(_groups(world)),
        },
        lists=_lists(world),
    )


def _lists(world: World) -> dict[str, tuple[str, ...]]:
    return {
        "Предметы": tuple(subject.name for subject in subjects(world)),
        "Сотрудники": tuple(one.code for one in world.staff.teachers),
    }


def _plan(world: World) -> Iterator[Row]:
    """Yield the rows of the plan; a subject whose hours come from both parts has two."""
    grades = {room.name: room.grade for room in world.rooms}
    area = ""
    for subject in subjects(world):
        for component in (plan.FEDERAL, plan.SCHOOL):
            hours: dict[str, Raw] = {}
            for name, grade in grades.items():
                own = plan.HOURS[grade].get(subject.name) or _stream_hours(world, name, subject.name)
                by_school = subject.component == plan.SCHOOL or (subject.name, grade) in plan.SCHOOL_HOURS
                if own and by_school == (component == plan.SCHOOL):
                    hours[name] = own
            if hours:
                shown = "" if subject.area == area else subject.area
                area = subject.area
                yield {"Образовательная область": shown, "Предмет": subject.name, "Компонент": component, **hours}


def _stream_hours(world: World, name: str, subject: str) -> int:
    taken = any(name in one.classes and subject in (course for course, _ in one.courses) for one in world.streams)
    return plan.STREAM_HOURS if taken else 0


def _load(world: World) -> Iterator[Row]:
    for room in world.rooms:
        yield {"Класс": room.name, "Предмет": HOMEROOM, "Учитель": world.staff.homeroom[room.name]}
    change = world.staff.change
    for item in world.staff.items:
        row: dict[str, Raw] = {
            "Класс": item.target, "Предмет": item.subject, "Группа": item.group, "Учитель": item.teacher,
            "Часов в неделю": item.hours, "КТП": item.plan,
        }  # fmt: skip
        if change is None or item.teacher != change.old:
            yield row
            continue
        yield {**row, "По": change.since - DAY}
        yield {**row, "Учитель": change.new, "С": change.since}


def _groups(world: World) -> Iterator[Row]:
    children = {one.id: one for one in world.children}
    for (name, subject, group), numbers in world.groups.items():
        for number in numbers:
            yield _group_row(name, subject, group, children[number])
    for stream in world.streams:
        for subject, numbers in stream.courses:
            for number in numbers:
                yield _group_row(stream.name, subject, "", children[number])


def _group_row(name: str, subject: str, group: str, child: Child) -> Row:
    row: dict[str, Raw] = {"Класс": name, "Предмет": subject, "Группа": group, "№ личного дела": child.id}
    if child.arrived:
        row["С"] = child.arrived
    if child.left:
        row["По"] = child.left - DAY
    if child.moved and child.moved[1] == name:
        row["С"] = child.moved[0]
    elif child.moved:
        row["По"] = child.moved[0] - DAY
    return row


def timetable_book(world: World, week: Week, substitutions: Sequence[Row]) -> BookContent:
    """Return Расписание.xlsx: the poster and the substitutions."""
    rooms = {one.code: one.room for one in world.staff.teachers}
    names = [room.name for room in world.rooms]
    longest = {day: max((n for cells in week.values() for d, n in cells if d == day), default=0) for day in range(6)}
    rows: list[Row] = []
    for day, last in longest.items():
        for lesson in range(1, last + 1):
            cells = {name: _cell(week[name].get((day, lesson)), rooms) for name in names}
            rows.append({"День": WEEKDAYS[day].capitalize() if lesson == 1 else "", "Урок": lesson, **cells})
    sheets = {"Расписание": table(rows, names), "Замены": table(substitutions)}
    return BookContent(BookKind.TIMETABLE, sheets, lists=_lists(world))


def _cell(unit: Unit | None, rooms: Mapping[str, str]) -> str:
    return "\n".join(_line(item, rooms) for item in unit.items) if unit else ""


def _line(item: Item, rooms: Mapping[str, str]) -> str:
    group = f" ({item.group})" if item.group else ""
    return f"{item.subject}{group}, {rooms[item.teacher]}"


def constructor_book() -> BookContent:
    """Return Конструктор отчётов.xlsx, blank."""
    return BookContent(BookKind.CONSTRUCTOR)
