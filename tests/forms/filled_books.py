"""An invented workbook of every kind, each with values that a form could spoil: texts like formulas, ranges, zeros."""

from __future__ import annotations

import datetime as dt

from sgo_sheets.records.catalog import BookContent, BookKind, GridContent, Rows
from sgo_sheets.workbooks.forms.start import Start, starting_books, usual_year

YEAR = (dt.date(2026, 9, 1), dt.date(2027, 5, 26))
PERIODS = (
    ("1 четверть", dt.date(2026, 9, 1), dt.date(2026, 10, 23)),
    ("2 четверть", dt.date(2026, 11, 2), dt.date(2026, 12, 30)),
    ("3 четверть", dt.date(2027, 1, 11), dt.date(2027, 3, 26)),
    ("4 четверть", dt.date(2027, 4, 5), dt.date(2027, 5, 26)),
)
SURNAMES = ("Соколова Вера", "Ёлкин Артём", "Белов Иван", "Дуб Яна", "Чиж Пётр", "Грач Нина", "Липа Олег")
PUPILS = tuple((f"К-{number:03}", name) for number, name in enumerate(SURNAMES, start=1))


def lesson_days(*weekdays: int) -> tuple[dt.date, ...]:
    """Return the days of the year that fall on the weekdays and into a period."""
    days = []
    for _, first, last in PERIODS:
        span = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
        days += [day for day in span if day.weekday() in weekdays]
    return tuple(days)


def journal() -> BookContent:
    """Return a journal of 5А, three lessons a week, two of them on one Friday, filled up to 20 November."""
    days = lesson_days(0, 2, 4)
    columns: list[tuple[dt.date, int | None, str]] = [(day, None, "") for day in days]
    friday = columns.index((dt.date(2026, 9, 11), None, ""))
    columns[friday : friday + 1] = [(days[friday], 3, "О"), (days[friday], 4, "контрольная работа")]
    filled = [place for place, column in enumerate(columns) if column[0] <= dt.date(2026, 11, 20)]
    marks = {(0, 0): "5", (1, 0): "н", (2, 0): "4 5", (3, 0): "•", (4, 0): "2", (5, 0): "н 5", (6, 0): "осв"}
    signs = ("5", "4", "3", "", "", "", "н", "", "4", "", "ОП", "", "2", "зач", "", "5 4", "", ".")
    marks |= {
        (pupil, place): sign
        for pupil in range(len(PUPILS))
        for place in filled[1:]
        if (sign := signs[(pupil * 7 + place * 5) % len(signs)])
    }
    lessons = tuple(
        {
            "Дата": day,
            "Урок": number,
            "№ по КТП": place + 1,
            "По плану": ("=1+1 и другие суммы" if place == 1 else f"Тема {place + 1}: дроби и проценты"),
            "Тема урока": "+" if place in filled else None,
            "Домашнее задание": ("5-7", "1/2", "№ 12, стр. 5", "–", "@школа")[place % 5] if place in filled else None,
            "Сдать к": days[place + 1] if place == 2 else None,
        }
        for place, (day, number, _) in enumerate(columns)
    )
    finals = tuple(
        {"№ личного дела": card, "Обучающийся": name, "1 четверть": mark}
        for (card, name), mark in zip(PUPILS, (5, 4, "н/а ув", 3, 2, "осв", "зач"), strict=True)
    )
    return BookContent(
        BookKind.JOURNAL,
        {
            "Титул": {"Класс": "5А", "Предмет": "Математика", "Учебный год": "2026/2027"},
            "Отметки": GridContent(tuple(columns), PUPILS, marks),
            "Уроки": Rows(lessons),
            "Итоги": Rows(finals, ("1 четверть", "2 четверть", "3 четверть", "4 четверть")),
        },
        periods=PERIODS,
    )


def timetable() -> BookContent:
    """Return a poster for two classes, with subgroups on two lines, and a second one from January."""
    days = ("понедельник", "вторник", "среда", "четверг", "пятница")
    languages = "Английский язык (1), 325\nАнглийский язык (2), 331"
    lessons = ("Русский язык, 143", "Математика, 152/215", languages, "История", "Физическая культура, с/з", "Музыка")
    rows = tuple(
        {
            "День": day if number == 1 else None,
            "Урок": number,
            "5А": lessons[(number + shift) % 6],
            "5Б": lessons[number - 1],
        }
        for shift, day in enumerate(days)
        for number in range(1, 7)
    )
    moved = {"Дата": dt.date(2026, 9, 14), "Класс": "5А", "Урок": 2, "Вид": "перенос", "Предмет": "Математика",
             "Перенесён на": dt.date(2026, 9, 15), "Урок на": 7, "Причина": "+болезнь"}  # fmt: skip
    return BookContent(
        BookKind.TIMETABLE,
        {
            "Расписание": Rows(rows, ("5А", "5Б")),
            "Расписание с 12.01.2027": Rows(rows, ("5А", "5Б")),
            "Замены": Rows((moved,)),
        },
        lists={"Предметы": ("Русский язык", "Математика"), "Сотрудники": ("СТ-01", "СТ-02")},
    )


def roll() -> BookContent:
    """Return the cards of a class: numbers with leading zeros, phones that begin with +, a passport."""
    rows = tuple(
        {
            "№ личного дела": f"{number:04}",
            "Фамилия": name.split()[0],
            "Имя": name.split()[1],
            "Отчество": "Ивановна" if number % 2 else "Иванович",
            "Пол": "ж" if number % 2 else "м",
            "Дата рождения": dt.date(2015, 1 + number, 3),
            "Класс на начало года": "5А",
            "Дата зачисления": dt.date(2022, 9, 1),
            "Карточка создана": dt.date(2026, 9, 2),
            "Адрес": "г. Озёрск, ул. Лесная, д. 5/2, кв. 17",
            "Свидетельство о рождении": "II-ГД 000000",
            "Телефон родителей": "+7 000 000-00-00",
            "Мать": f"{name.split()[0]} Мария Ивановна",
            "Иностранный язык": "английский",
        }
        for number, name in enumerate(SURNAMES, start=1)
    )
    return BookContent(BookKind.ROLL, {"Обучающиеся": Rows(rows)})


def books() -> dict[str, BookContent]:
    """Return a filled workbook of every kind under the path it would have."""
    school = starting_books(Start(usual_year(2026)))
    load = {"Класс": "5А", "Предмет": "Математика", "Учитель": "СТ-01", "Часов в неделю": 3, "КТП": "Математика 5"}
    plan = {
        "Образовательная область": "Математика",
        "Предмет": "Математика",
        "Компонент": "федеральный",
        "5А": 3,
        "5Б": 2.5,
    }
    order = {"Приказ №": "07-к", "Дата приказа": dt.date(2026, 10, 12), "Тип документа": "Зачисление в гимназию",
             "Вид": "в течение года", "Дата события": dt.date(2026, 10, 12), "№ личного дела": "0008",
             "Обучающийся": "Рябина Ева", "В класс": "5А", "Откуда / куда": "школа № 3"}  # fmt: skip
    account = {"Логин": "belov", "Роль": "Ученик, Родитель", "Владелец": "0003, 0004", "ФИО": "Белов Иван"}
    topic = {"№ урока": 1, "Раздел": "-1-", "Тема урока": "1/2 и 5-7", "Часов": 1, "Домашнее задание": "№ 1-3"}
    reason = {
        "№ личного дела": "К-002",
        "Обучающийся": "Ёлкин Артём",
        "С": dt.date(2026, 9, 9),
        "Уроки": "1-3",
        "Причина": "Б",
    }
    marks = {"№ личного дела": "К-001", "Период": "1 четверть", "Математика": 5, "История": "н/а пр"}
    own = {"Название": "Отметки класса", "Таблица": "отметки", "Условия": "Класс = 5А", "Строки": "Предмет"}
    return {
        **school,
        "Конструктор отчётов.xlsx": BookContent(BookKind.CONSTRUCTOR, {"Отчёты": Rows((own,))}),
        "Учебный план.xlsx": BookContent(
            BookKind.PLAN,
            {"План": Rows((plan,), ("5А", "5Б")), "Нагрузка": Rows((load,))},
            {"Предметы": ("Математика",)},
        ),
        "Расписание.xlsx": timetable(),
        "Книга движения.xlsx": BookContent(BookKind.MOVEMENT, {"Приказы": Rows((order,))}),
        "Учётные записи.xlsx": BookContent(BookKind.ACCOUNTS, {"Учётные записи": Rows((account,))}),
        "Контингент/5А.xlsx": roll(),
        "КТП/Математика 5.xlsx": BookContent(
            BookKind.LESSON_PLAN, {"Титул": {"Предмет": "Математика", "Параллель": 5}, "План": Rows((topic,))}
        ),
        "Журналы/5А/Математика.xlsx": journal(),
        "Журналы/5А/Классный руководитель.xlsx": BookContent(
            BookKind.CLASS_TEACHER,
            {
                "Титул": {"Класс": "5А", "Учебный год": "2026/2027"},
                "Причины пропусков": Rows((reason,)),
                "Итоги класса": Rows((marks,), ("Математика", "История")),
            },
        ),
    }
