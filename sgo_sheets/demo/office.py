"""The workbooks of the deputy head: Регламент, Учебный план, Расписание, Конструктор."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sgo_sheets.demo import curriculum as plan
from sgo_sheets.demo.timetable import Unit, Week
from sgo_sheets.demo.world import Child, Item, World
from sgo_sheets.demo.year import DAY
from sgo_sheets.records.catalog import BookContent, BookKind, Rows
from sgo_sheets.records.plan_book import HOMEROOM
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.records.regulation_book import DEFAULT_WORK_KINDS
from sgo_sheets.rules.sheets import setting_rows, term_rows
from sgo_sheets.russian import WEEKDAYS

Row = Mapping[str, Raw]


def table(rows: Iterator[Row] | Sequence[Row], columns: Sequence[str] = ()) -> Rows:
    """Return the rows of a sheet to be written."""
    return Rows(tuple(rows), tuple(columns))


def subjects(world: World) -> list[plan.SubjectInfo]:
    """Return the subjects the school teaches."""
    taught = {item.subject for item in world.staff.items}
    return [subject for subject in plan.SUBJECTS if subject.name in taught]


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


def constructor_book(world: World) -> BookContent:
    """Return Конструктор отчётов.xlsx with a few reports a school may want, of the terms its classes have."""
    first = ", ".join(dict.fromkeys(world.year.terms(room.grade)[0].name for room in world.rooms))
    rows = (
        {"Название": "Отметки по месяцам", "Таблица": "отметки", "Строки": "Класс", "Столбцы": "Месяц"},
        {
            "Название": "Доля четвёрок и пятёрок",
            "Таблица": "итоги",
            "Условия": f"Период = {first}; Отметка не пусто",
            "Строки": "Предмет",
            "Столбцы": "Класс",
            "Значение": "Отметка от 4",
            "Функция": "доля %",
            "Доступ": "учителя",
        },
        {
            "Название": "Пропуски по причинам",
            "Таблица": "пропуски",
            "Условия": "Причина не = ОП",
            "Строки": "Класс, Обучающийся",
            "Столбцы": "Причина",
        },
    )
    return BookContent(BookKind.CONSTRUCTOR, {"Отчёты": table(rows)})
