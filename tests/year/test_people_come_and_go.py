"""An arrival in November, a sick fortnight, the end of a term, 1 September without a timetable."""

from __future__ import annotations

import datetime as dt
import shutil

from tests.year.school_year import SchoolYear, places

MATHS = "Журналы/5А/Математика.xlsx"
TEACHER_BOOK = "Журналы/5А/Классный руководитель.xlsx"
FIRST_QUARTER, SECOND_QUARTER = dt.date(2026, 9, 1), dt.date(2026, 11, 2)


def test_who_arrives_in_november_is_asked_nothing_of_before_and_sees_the_diary_from_that_day(year: SchoolYear) -> None:
    arrival, on = dt.date(2026, 11, 18), dt.date(2026, 11, 24)
    quiet = places(year.findings(on, workbook=MATHS))
    year.add(
        "Контингент/5А.xlsx", "Обучающиеся", **{"№ личного дела": "Я-9001"}, Фамилия="Ясенева", Имя="Злата",
        Отчество="Павловна", Пол="ж", Дата_рождения=dt.date(2015, 6, 1), Дата_зачисления=arrival,
    )  # fmt: skip
    year.add(
        "Книга движения.xlsx", "Приказы", **{"Приказ №": "900-у"}, Дата_приказа=arrival,
        Тип_документа="Зачисление в гимназию", Вид="в течение года", Дата_события=arrival,
        **{"№ личного дела": "Я-9001"}, Обучающийся="Ясенева Злата", В_класс="5А", **{"Откуда / куда": "школа № 2"},
    )  # fmt: skip
    found = year.findings(on, workbook=MATHS)
    assert [
        (f["code"], f["sheet"]) for f in found if (f["code"], f["workbook"], f["sheet"], f["cell"]) not in quiet
    ] == [("R0807", "Отметки")]
    year.add(MATHS, "Отметки", **{"№ личного дела": "Я-9001"}, Обучающийся="Ясенева Злата")
    year.mark(MATHS, "Я-9001", dt.date(2026, 11, 23), 5)
    assert places(year.findings(on, workbook=MATHS)) == quiet
    year.build(on)
    assert "5" in year.day("Я-9001", SECOND_QUARTER, dt.date(2026, 11, 23))
    assert year.day("Я-9001", SECOND_QUARTER, dt.date(2026, 11, 16)) == ""
    assert f"{FIRST_QUARTER}.html" not in year.family_files("Я-9001")

    early = year.mark(MATHS, "Я-9001", dt.date(2026, 11, 16), 3)
    assert places(year.findings(on, workbook=MATHS)) - quiet == {("R0805", MATHS, "Отметки", early)}


def test_a_sick_fortnight_accuses_nobody_and_reads_as_illness_at_home(year: SchoolYear) -> None:
    pupil, name = year.pupils("5А")[1]
    on = dt.date(2026, 12, 14)
    quiet = places(year.findings(on))
    first, last = dt.date(2026, 11, 9), dt.date(2026, 11, 20)
    days = [row["Дата"] for row in year.rows(MATHS, "Уроки", "Дата") if first <= row["Дата"] <= last]
    assert len(days) == 10
    for day in days:
        year.mark(MATHS, pupil, day, "н")
    year.add(
        TEACHER_BOOK, "Причины пропусков", **{"№ личного дела": pupil}, Обучающийся=name, С=first, По=last, Причина="Б",
        Документ="справка № 900", Документ_предоставлен=dt.date(2026, 11, 23),
    )  # fmt: skip
    assert places(year.findings(on)) <= quiet
    year.build(on)
    for day in days:
        card = year.day(pupil, SECOND_QUARTER, day)
        assert "болезнь" in card.split("Математика")[1].split("каб.")[0], card


def test_at_the_end_of_a_term_marks_are_due_that_day_and_overdue_the_next(year: SchoolYear) -> None:
    pupil, _ = year.pupils("5А")[2]
    last = dt.date(2026, 12, 29)
    cell = year.cell_of(MATHS, "Итоги", pupil, "2 четверть", by="№ личного дела")

    def state(on: dt.date) -> list[str]:
        found = year.findings(on, workbook=MATHS)
        return [f["state"] for f in found if (f["code"], f["cell"], f["sheet"]) == ("R0813", cell, "Итоги")]

    assert state(dt.date(2026, 11, 24)) in ([], ["expected"])
    assert state(last) == ["soon"]
    assert state(last + dt.timedelta(days=1)) == ["overdue"]
    year.type(MATHS, "Итоги", pupil, "2 четверть", 4, by="№ личного дела")
    assert state(last + dt.timedelta(days=1)) == []
    year.build(last)
    assert "4" in year.marks(pupil, SECOND_QUARTER).split("Математика")[1].split("Русский")[0]


def test_on_the_first_of_september_without_a_timetable_nobody_is_late(year: SchoolYear) -> None:
    shutil.rmtree(year.root / "workbooks" / "Журналы")
    with year.opened("Расписание.xlsx") as book:
        for name in book.sheetnames:
            if name.startswith(("Расписание", "Замены")):
                sheet = book[name]
                sheet.delete_rows(2, sheet.max_row)
    first = dt.date(2026, 9, 1)
    made = year.run("forms", "--on", first.isoformat())
    assert made.exit_code == 0, made.output
    assert (year.root / "workbooks" / MATHS).exists()
    found = year.findings(dt.date(2026, 9, 30))
    assert {f["state"] for f in found if f["code"].startswith("R08")} <= {"unchecked"}
    year.build(first)
    pupil = year.pupils("5А")[0][0]
    assert "Расписания на эти дни пока нет" in year.page(pupil, FIRST_QUARTER)


def test_who_left_keeps_the_diary_up_to_that_day(year: SchoolYear) -> None:
    pupil, name = year.pupils("9А")[0]
    move = dt.date(2026, 11, 16)
    year.add(
        "Книга движения.xlsx", "Приказы", **{"Приказ №": "901-у"}, Дата_приказа=move,
        Тип_документа="Выбытие из гимназии", Дата_события=move, **{"№ личного дела": pupil}, Обучающийся=name,
        Из_класса="9А", **{"Откуда / куда": "лицей № 3"}, Направление="другая школа",
    )  # fmt: skip
    year.build(dt.date(2026, 11, 24))
    assert year.day(pupil, SECOND_QUARTER, dt.date(2026, 11, 10)) != ""
    assert year.day(pupil, SECOND_QUARTER, dt.date(2026, 11, 20)) == ""
