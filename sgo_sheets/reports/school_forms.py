"""Report 12, the forms ОШ-1, ОШ-5 and ОШ-9 on 20 September: what cards, classes and orders can give of them (no. 12).

The forms have long been replaced by ОО-1 and are kept by name. What the workbooks do not hold is «не ведётся».
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.reports import rolls
from sgo_sheets.reports.class_sizes import census_day, day_span
from sgo_sheets.reports.declared import SchoolReport
from sgo_sheets.reports.document import Column, Document, Kind, Lack, Place, Refused, Row, Table
from sgo_sheets.reports.grade_tables import NOT_KEPT, Across, Filled, across, by_grade
from sgo_sheets.reports.pupil_traits import AGE, FORM, LANGUAGE, Tally, Trait, tally, together
from sgo_sheets.reports.rolls import sexes
from sgo_sheets.reports.spans import ReportSpan, formed_at
from sgo_sheets.reports.summer_orders import summer_table
from sgo_sheets.rules.moves import is_repeating
from sgo_sheets.russian import day, fold
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import School

NUMBER = 12
DAY_FORM, EVENING_FORM, PROFILE_FORM = "osh-1", "osh-5", "osh-9"
EVENING = ("вечерн", "сменн", "очно-заочн", "заочн")
PROFILED = range(8, 12)
SIZES: tuple[tuple[str, range], ...] = (
    ("до 10 обучающихся", range(1, 11)),
    ("11–15", range(11, 16)),
    ("16–20", range(16, 21)),
    ("21–25", range(21, 26)),
    ("26–30", range(26, 31)),
    ("больше 30", range(31, 1000)),
)
REPLACED = (
    "Формы ОШ больше не сдаются: их сменила форма федерального статистического наблюдения ОО-1. Эти таблицы "
    "соответствуют её сведениям об обучающихся (распределение по классам, полу, возрасту, языкам, формам обучения); "
    "номера разделов, строк и граф сверьте с бланком того года, за который сдаётся отчёт."
)
_STAFF = ("Работники: образование, стаж, категория", "Питание, подвоз, медицинское обслуживание")
_PLACE = ("Здания, кабинеты, оборудование", "Учебники и библиотека", "Компьютеры и сеть", "Финансы")


class _Form(NamedTuple):
    name: str
    about: str
    tables: Callable[[School, Sequence[Filled], dt.date], tuple[Table, ...] | str]


def spans(school: School) -> tuple[ReportSpan, ...]:
    """Return the three forms, each a span of 20 September."""
    on = census_day(school.year)
    return tuple(day_span(on, form.name, key) for key, form in FORMS.items())


def make(school: School, _totals: object, span: ReportSpan) -> Document | Refused:
    """Return one of the forms, or why there is none."""
    on, form = span.first, FORMS[span.key]
    name, about = school.organisation.full_name, (form.about, f"На {day(on)}")
    classes = tuple(
        Filled(book.name, book.grade, book.info.kind, book.info.profile, book.pupils_on(on)) for book in school.books
    )
    tables: tuple[Table, ...] | str = rolls.too_early(school, on)
    if not tables and not any(one.pupils for one in classes):
        tables = f"На {day(on)} в школе нет обучающихся."
    tables = tables or form.tables(school, classes, on)
    if isinstance(tables, str):
        return Refused(NUMBER, name, f"Форма {form.name}", about, tables)
    return Document(
        number=NUMBER,
        school=name,
        title=f"Форма {form.name}",
        about=about,
        tables=tables,
        lacks=tuple(_lacks(school, on)),
        signatures=rolls.office_signatures(school, on),
        formed=formed_at([school.roll_saved], on),
        notes=(REPLACED,),
    )


REPORT = SchoolReport(NUMBER, spans, make, rests_on=rolls.rests_on)


def _day_form(school: School, classes: Sequence[Filled], on: dt.date) -> tuple[Table, ...]:
    wide = across(classes)
    return (
        wide.table("Классы и обучающиеся", "Показатель", _classes(school, classes, wide)),
        wide.table("Виды классов", "Вид класса", _kinds(classes, wide, lambda one: one.kind)),
        _ages(classes, wide, on),
        wide.table("Иностранные языки", "Изучают язык", wide.lines(_tallies(classes, LANGUAGE, on))),
        wide.table("Формы обучения", "Форма обучения", wide.lines(_tallies(classes, FORM, on))),
        summer_table(school, wide, on),
        _not_kept(*_STAFF, *_PLACE),
    )


def _evening_form(_school: School, classes: Sequence[Filled], on: dt.date) -> tuple[Table, ...] | str:
    """Return the tables of those who study in the evening, in shifts, partly or wholly by correspondence."""
    own = [one._replace(pupils=kept) for one in classes if (kept := tuple(p for p in one.pupils if is_evening(p)))]
    if not own:
        return (
            f"На {day(on)} по вечерней, сменной, очно-заочной и заочной форме никто не учится: "
            "так говорят карточки, столбец «Форма обучения»."
        )
    wide = across(own)
    return (
        wide.table("Формы обучения", "Показатель", [
            *wide.lines(_tallies(own, FORM, on)),
            wide.row("Всего обучающихся", _pupils(own), Place.TOTAL),
            wide.row("из них девочек", _girls(own), Place.TOTAL),
        ]),
        _ages(own, wide, on),
        wide.table("Иностранные языки", "Изучают язык", wide.lines(_tallies(own, LANGUAGE, on))),
        _not_kept("Работают по найму", *_STAFF, *_PLACE),
    )  # fmt: skip


def _profile_form(_school: School, classes: Sequence[Filled], on: dt.date) -> tuple[Table, ...] | str:
    """Return the tables of the profiles of grades 8–11."""
    own = [one for one in classes if one.grade in PROFILED]
    if not any(one.profile and one.pupils for one in own):
        return f"На {day(on)} в 8–11 классах нет профилей: лист «Классы» книги «Школа.xlsx», столбец «Профиль»."
    wide = across(own)
    return (
        wide.table("Профили", "Профиль", _kinds(own, wide, lambda one: one.profile, "без профиля")),
        wide.table("Виды классов", "Вид класса", _kinds(own, wide, lambda one: one.kind)),
        _not_kept("Элективные курсы", "Сетевое взаимодействие", *_STAFF),
    )


FORMS: Mapping[str, _Form] = {
    DAY_FORM: _Form("ОШ-1", "Дневное обучение", _day_form),
    EVENING_FORM: _Form("ОШ-5", "Вечернее, сменное, очно-заочное и заочное обучение", _evening_form),
    PROFILE_FORM: _Form("ОШ-9", "Профильные классы, 8–11 классы", _profile_form),
}
"""The forms by the key of their span."""


def is_evening(pupil: Pupil) -> bool:
    """Return whether the card says a form of study that ОШ-5 counts."""
    return fold(pupil.card.form).startswith(EVENING)


def _classes(school: School, classes: Sequence[Filled], wide: Across) -> Iterator[Row]:
    yield wide.row("Классов", by_grade((one.grade, 1) for one in classes if one.pupils))
    yield wide.row("Обучающихся", _pupils(classes))
    yield wide.row("из них девочек", _girls(classes))
    repeating = ((one.grade, sum(is_repeating(p, school.year) for p in one.pupils)) for one in classes)
    yield wide.row("из них второгодников", by_grade(repeating))
    yield wide.heading("Классов, где")
    for words, numbers in SIZES:
        yield wide.row(words, by_grade((one.grade, 1) for one in classes if len(one.pupils) in numbers))


def _kinds(
    classes: Sequence[Filled], wide: Across, kind: Callable[[Filled], str], blank: str = "не указан"
) -> Iterator[Row]:
    """Yield the classes, the pupils and the girls of every kind of class, as the sheet «Классы» names it."""
    named: dict[str, list[Filled]] = {}
    for one in classes:
        if one.pupils:
            named.setdefault(fold(kind(one)), []).append(one)
    for key in sorted(named, key=lambda key: (not key, key)):
        own = named[key]
        yield wide.heading(kind(own[0]) or blank)
        yield wide.row("классов", by_grade((one.grade, 1) for one in own))
        yield wide.row("обучающихся", _pupils(own))
        yield wide.row("из них девочек", _girls(own))


def _ages(classes: Sequence[Filled], wide: Across, on: dt.date) -> Table:
    """Return age × grade: full years on the next 1 January."""
    january = dt.date(on.year + 1, 1, 1)
    tallies = _tallies(classes, AGE, january)
    rows = [
        *wide.lines(tallies),
        wide.row("Всего", _pupils(classes), Place.TOTAL),
        wide.heading("Из них девочек"),
        *wide.lines(tallies, "girls"),
        wide.row("Всего девочек", _girls(classes), Place.TOTAL),
    ]
    return wide.table(f"Возраст на {day(january)}", "Полных лет", rows)


def _tallies(classes: Sequence[Filled], trait: Trait, on: dt.date) -> Mapping[int, Tally]:
    own: dict[int, list[Tally]] = {}
    for one in classes:
        own.setdefault(one.grade, []).append(tally(one.pupils, one.grade, trait, on))
    return {grade: together(tallies) for grade, tallies in own.items()}


def _pupils(classes: Sequence[Filled]) -> Mapping[int, int]:
    return by_grade((one.grade, len(one.pupils)) for one in classes)


def _girls(classes: Sequence[Filled]) -> Mapping[int, int]:
    return by_grade((one.grade, sexes(one.pupils).girls) for one in classes)


def _not_kept(*what: str) -> Table:
    columns = (Column("Чего нет в книгах школы", Kind.NAME, 46), Column("Сведения", Kind.TEXT, 16))
    return Table("Не ведётся", columns, tuple(Row((words, NOT_KEPT)) for words in what))


def _lacks(school: School, on: dt.date) -> Iterator[Lack]:
    yield from rolls.unread_lacks(school, on)
    for book in school.books:
        yield from rolls.blank_lacks(book, book.pupils_on(on), (rolls.SEX, rolls.BORN, rolls.LANGUAGE, rolls.FORM), on)
