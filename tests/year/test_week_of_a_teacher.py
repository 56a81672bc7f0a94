"""An ordinary week of a teacher, a corrected mark, a substitution, a teacher replaced in November."""

from __future__ import annotations

import datetime as dt

from tests.year.school_year import SchoolYear, places

MATHS = "Журналы/5А/Математика.xlsx"
SECOND_QUARTER = dt.date(2026, 11, 2)
WEDNESDAY, THURSDAY = dt.date(2026, 11, 25), dt.date(2026, 11, 26)
FRIDAY = dt.date(2026, 11, 27)
MONDAY = dt.date(2026, 11, 9)


def test_an_ordinary_lesson_is_typed_and_seen_at_home(year: SchoolYear) -> None:
    (ill, _), (asked, name), *_ = year.pupils("5А")
    topic = year.cell_of(MATHS, "Уроки", WEDNESDAY, "Тема урока", by="Дата")
    owed = ("R0801", MATHS, "Уроки", topic)
    before = [f for f in year.findings(FRIDAY) if f["workbook"] == MATHS]
    assert owed in places(before)
    assert {f["state"] for f in before if f["cell"] == topic} == {"expected"}

    year.type(MATHS, "Уроки", WEDNESDAY, "Тема урока", "+", by="Дата")
    year.type(MATHS, "Уроки", WEDNESDAY, "Домашнее задание", "№ 777, карточка", by="Дата")
    year.mark(MATHS, asked, WEDNESDAY, "5 4")
    year.mark(MATHS, ill, WEDNESDAY, "н")
    after = [f for f in year.findings(FRIDAY) if f["workbook"] == MATHS]
    assert owed not in places(after)
    reminder = {f["code"] for f in after} & {"R0819"}
    assert reminder == {"R0819"}, "the class teacher is reminded of the reason"
    assert places(f for f in after if f["code"] != "R0819") < places(before)

    year.build(FRIDAY)
    planned = year.rows(MATHS, "Уроки", "Дата")
    words = next(row["По плану"] for row in planned if row["Дата"] == WEDNESDAY)
    seen = year.day(asked, SECOND_QUARTER, WEDNESDAY)
    assert words in seen
    assert "5 4" in seen or ("5" in seen and "4" in seen)
    assert "№ 777, карточка" in year.day(asked, SECOND_QUARTER, THURSDAY)
    assert "причина не указана" in year.day(ill, SECOND_QUARTER, WEDNESDAY).casefold()
    assert name.split()[0] not in year.page(ill, SECOND_QUARTER)


def test_a_corrected_mark_replaces_the_old_one_and_changes_no_other_childs_page(year: SchoolYear) -> None:
    (pupil, _), (other, _), *_ = year.pupils("5А")

    def of_maths(number: str) -> str:
        return year.day(number, SECOND_QUARTER, MONDAY).split("Математика")[1].split("К уроку")[0]

    year.mark(MATHS, pupil, MONDAY, "нзч")
    year.build(FRIDAY)
    assert "не зачтено" in of_maths(pupil)
    before = year.day(other, SECOND_QUARTER, MONDAY), year.marks(other, SECOND_QUARTER)
    year.mark(MATHS, pupil, MONDAY, "зач")
    year.build(FRIDAY)
    assert of_maths(pupil).strip().startswith("зачтено")
    assert "не зачтено" not in year.page(pupil, SECOND_QUARTER)
    assert (year.day(other, SECOND_QUARTER, MONDAY), year.marks(other, SECOND_QUARTER)) == before


def test_what_a_substitute_taught_is_the_substitutes_to_fill(year: SchoolYear) -> None:
    lesson = next(row for row in year.rows("Расписание.xlsx", "Расписание", "Урок") if "Математика" in str(row["5А"]))
    monday = dt.date(2026, 11, 30)
    load = year.rows("Учебный план.xlsx", "Нагрузка", "Класс")
    holder = next(row["Учитель"] for row in load if (row["Класс"], row["Предмет"]) == ("5А", "Математика"))
    other = next(row["Учитель"] for row in load if row["Предмет"] == "Русский язык" and row["Учитель"] != holder)
    year.add(
        "Расписание.xlsx", "Замены", Дата=monday, Класс="5А", Урок=lesson["Урок"], Вид="замена учителя",
        Предмет="Математика", Учитель=other, Причина="семинар",
    )  # fmt: skip
    topic = year.cell_of(MATHS, "Уроки", monday, "Тема урока", by="Дата")
    found = [f for f in year.findings(dt.date(2026, 12, 15)) if f["workbook"] == MATHS and f["code"] == "R0801"]
    owed = {f["cell"]: (f["person"], f["state"], f["due"]) for f in found}
    assert owed[topic] == (other, "overdue", "2026-12-14")
    tuesday = year.cell_of(MATHS, "Уроки", dt.date(2026, 12, 1), "Тема урока", by="Дата")
    assert owed[tuesday] == (holder, "soon", "2026-12-15")
    year.build(FRIDAY)
    pupil = year.pupils("5А")[0][0]
    assert "замена:" in year.day(pupil, SECOND_QUARTER, monday)


def test_what_the_former_teacher_left_open_is_owed_by_who_holds_the_load_today(year: SchoolYear) -> None:
    load = year.rows("Учебный план.xlsx", "Нагрузка", "Класс")
    first = next(row for row in load if row["По"] is not None)
    second = next(
        row for row in load
        if row["С"] is not None and (row["Класс"], row["Предмет"]) == (first["Класс"], first["Предмет"])
    )  # fmt: skip
    path = f"Журналы/{first['Класс']}/{first['Предмет']}.xlsx"
    lessons = [row["Дата"] for row in year.rows(path, "Уроки", "Дата")]
    left = max(day for day in lessons if day <= first["По"] - dt.timedelta(days=1) and day >= SECOND_QUARTER)
    cell = year.type(path, "Уроки", left, "Тема урока", None, by="Дата")
    on = dt.date(2026, 11, 24)
    found = {
        f["cell"]: f["person"]
        for f in year.findings(on, workbook=path)
        if f["code"] == "R0801" and f["sheet"] == "Уроки"
    }
    assert found[cell] == second["Учитель"]
    assert second["Учитель"] != first["Учитель"]
