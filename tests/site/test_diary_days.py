"""What a day of the diary shows: lessons, what is due, substitutions, holidays (Регламент п. 8.9)."""

from __future__ import annotations

from typing import Any

from sgo_sheets.records.catalog import Book
from sgo_sheets.site.diary import diary_pages
from sgo_sheets.site.render import Renderer
from tests.school.small import d
from tests.site.diary_school import (
    ENGLISH,
    HISTORY,
    MATHS,
    NINA,
    OLEG,
    PETR,
    RUSSIAN,
    VERA,
    class_book,
    journal,
    lesson,
)
from tests.site.html_tree import Element, read_page

AUTUMN, WINTER = "2026-09-01.html", "2026-11-02.html"


def diary(*journals: Book, pupil: str = VERA, page: str = WINTER, name: str = "5А", **changes: Any) -> Element:
    """Return one page of a pupil's diary."""
    pages = diary_pages(class_book(*journals, name=name, **changes), Renderer())
    return next(read_page(p.content) for p in pages if p.audience == f"family:{pupil}" and p.path.endswith(f"/{page}"))


def day(page: Element, date: str) -> Element:
    """Return the card of a day («16.11»)."""
    return page.id(f"d-{d(date).isoformat()}")


def lessons(page: Element, date: str) -> dict[str, str]:
    """Return the text of each lesson of a day by subject."""
    return {one.texts("p", "subject")[0]: one.text for one in day(page, date).all("li", "lesson")}


def test_a_day_shows_the_timetable_with_times_and_rooms() -> None:
    found = lessons(diary(), "16.11")
    assert list(found) == ["Русский язык", "Математика", "Английский язык", "Физическая культура", "Литература"]
    assert found["Математика"] == "2 урок 8:55 Математика каб. 302"


def test_topic_and_homework_stand_in_their_lesson_and_homework_is_due_at_the_next_one() -> None:
    page = diary(journal(lessons=(lesson("16.11", "Смешанные числа", "§ 12, № 348"),)))
    assert lessons(page, "16.11")["Математика"] == "2 урок 8:55 Математика Смешанные числа На вторник: § 12, № 348"
    assert "К уроку: § 12, № 348 (задано в понедельник)" in lessons(page, "17.11")["Математика"]
    assert "§ 12" not in lessons(page, "18.11")["Математика"]


def test_plus_takes_the_topic_of_the_plan() -> None:
    page = diary(journal(lessons=(lesson("16.11", "+", planned="Смешанные числа"),)))
    assert "Смешанные числа" in lessons(page, "16.11")["Математика"]


def test_a_planned_topic_is_not_shown_before_the_lesson_was_held() -> None:
    page = diary(journal(lessons=(lesson("18.11", planned="Проценты"),)))
    assert "Проценты" not in page.text


def test_homework_with_a_day_of_its_own_is_due_on_that_day() -> None:
    page = diary(journal(lessons=(lesson("16.11", "Дроби", "проект", due=d("20.11")),)))
    assert "проект" not in lessons(page, "17.11")["Математика"]
    assert "К уроку: проект (задано в понедельник)" in lessons(page, "20.11")["Математика"]
    assert "На пятницу: проект" in lessons(page, "16.11")["Математика"]


def test_homework_due_on_a_day_without_that_lesson_is_handed_in_first() -> None:
    page = diary(journal("Биология", lessons=(lesson("18.11", "Клетка", "рисунок клетки", due=d("23.11")),)))
    first = day(page, "23.11").all("li", "lesson")[0]
    assert first.text == "Биология Сдать: рисунок клетки (задано в среду)"


def test_homework_of_the_last_lesson_stands_where_it_was_set() -> None:
    page = diary(journal(lessons=(lesson("29.05", "Повторение", "читать летом"),)), page="2027-03-29.html")
    assert "На дом: читать летом" in lessons(page, "29.05")["Математика"]


def test_not_set_is_not_shown_as_homework() -> None:
    for words in ("–", "не задано", "Не задано."):
        page = diary(journal(lessons=(lesson("16.11", "Дроби", words),)))
        assert lessons(page, "16.11")["Математика"] == "2 урок 8:55 Математика Дроби"


def test_an_address_in_homework_is_a_link_that_tells_nothing_to_the_site() -> None:
    page = diary(journal(lessons=(lesson("16.11", "Дроби", "смотреть https://example.ru/v?a=1&b=2, с. 5"),)))
    link = next(a for a in day(page, "16.11").all("a") if a.attrs["href"].startswith("http"))
    assert link.attrs == {"href": "https://example.ru/v?a=1&b=2", "rel": "noreferrer noopener"}
    assert "смотреть example.ru/v?a=1&b=2 , с. 5" in day(page, "16.11").text


def test_no_other_address_becomes_a_link() -> None:
    text = "javascript:alert(1) ftp://a.ru file:///c:/x http:// https://"
    page = diary(journal(lessons=(lesson("16.11", "Дроби", text),)))
    assert not [a for a in page.all("a") if not a.attrs["href"].startswith(("#", "20", "index", "reports.html"))]


def test_markup_typed_into_a_workbook_is_text() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)> & \"'"
    page = diary(journal(lessons=(lesson("16.11", evil, evil),)))
    assert not page.all("img")
    assert [script.attrs for script in page.all("script")] == [{"src": "../../public/assets/site.js"}]
    assert lessons(page, "16.11")["Математика"].count(evil) == 2


def test_each_group_sees_its_own_lesson() -> None:
    first = journal(ENGLISH, "1", lessons=(lesson("16.11", "Food and drinks"),))
    second = journal(ENGLISH, "2", lessons=(lesson("16.11", "My school day"),))
    assert "Food and drinks" in lessons(diary(first, second), "16.11")["Английский язык"]
    petr = diary(first, second, pupil=PETR)
    assert "My school day" in petr.text
    assert "Food and drinks" not in petr.text


def test_a_group_without_a_journal_is_shown_once() -> None:
    assert len([s for s in day(diary(), "16.11").texts("p", "subject") if s == ENGLISH]) == 1


def test_substitutions_are_said_in_words() -> None:
    changes = [
        {"date": d("24.11"), "target": "5А", "number": 3, "kind": "замена предмета", "subject": "Биология"},
        {"date": d("25.11"), "target": "5А", "number": 1, "kind": "замена учителя", "teacher": "СТ-02"},
        {"date": d("26.11"), "target": "5А", "number": 5, "kind": "отмена"},
        {"date": d("27.11"), "target": "5А", "number": 2, "kind": "перенос", "moved_to": d("28.11"), "moved_number": 4},
    ]
    page = diary(*(journal(subject) for subject in (MATHS, HISTORY, "Биология")), substitutions=changes)
    assert "вместо: История" in lessons(page, "24.11")["Биология"]
    assert "История" not in lessons(page, "24.11")
    assert "замена: Полянский О. Л." in lessons(page, "25.11")["Математика"]
    assert "урок отменён" in lessons(page, "26.11")["История"]
    assert "перенесён на 28 ноября" in lessons(page, "27.11")["Математика"]
    assert "перенесён с 27 ноября" in lessons(page, "28.11")["Математика"]


def test_homework_is_not_due_at_a_cancelled_lesson() -> None:
    off = [{"date": d("17.11"), "target": "5А", "number": 4, "kind": "отмена"}]
    page = diary(journal(lessons=(lesson("16.11", "Дроби", "§ 12"),)), substitutions=off)
    assert "§ 12" not in lessons(page, "17.11")["Математика"]
    assert "К уроку: § 12" in lessons(page, "18.11")["Математика"]


def test_a_lesson_that_was_not_held_says_so() -> None:
    page = diary(journal(lessons=(lesson("16.11", "", note="не проведён: мороз"),)))
    assert "урока не было" in lessons(page, "16.11")["Математика"]
    assert "мороз" not in page.text


def test_lessons_before_there_is_a_timetable_are_those_of_the_journal() -> None:
    page = diary(
        journal(lessons=(lesson("01.09", "Повторение", number=2),)),
        page=AUTUMN,
        timetable={"Расписание с 07.09.2026": [{"weekday": "пн", "number": 1, "cells": {"5А": RUSSIAN}}]},
    )
    assert lessons(page, "01.09") == {"Математика": "2 урок Математика Повторение"}
    assert "Расписания на эти дни пока нет" in page.text
    assert list(lessons(page, "07.09")) == ["Русский язык"]


def test_holidays_and_days_off_are_quiet_bands() -> None:
    page = diary()
    assert "День народного единства среда, 4 ноября" in page.texts("p", "band")
    assert "Осенние каникулы 25 октября – 1 ноября" in page.texts("p", "band")
    assert not page.has("d-2026-11-04")
    assert not page.has("d-2026-11-08"), "a Sunday is not drawn"


def test_weeks_without_lessons_are_one() -> None:
    page = diary(page="2027-01-11.html")
    holidays = page.all("section", "week")[0]
    assert holidays.texts("p", "band") == ["Зимние каникулы 30 декабря – 10 января"]
    assert holidays.attrs["data-first"] == "2026-12-30"
    assert holidays.attrs["data-last"] == "2027-01-10"


def test_a_shortened_day_is_marked() -> None:
    assert day(diary(), "20.11").texts("p", "day-note") == ["уроки короче"]


def test_a_moved_study_day_follows_the_timetable_of_the_day_it_stands_for() -> None:
    moved = [{"date": d("22.11"), "kind": "учебный", "instead": d("18.11")}]
    page = diary(calendar=moved)
    assert day(page, "22.11").texts("p", "day-note") == ["уроки за 18 ноября"]
    assert "Биология" in lessons(page, "22.11")
    assert "Уроки перенесены на 22 ноября среда, 18 ноября" in page.texts("p", "band")


def test_who_arrived_in_october_has_no_lessons_before() -> None:
    page = diary(pupil=NINA, page=AUTUMN)
    assert not page.has("d-2026-10-10")
    assert page.has("d-2026-10-12")
    assert page.texts("p", "band")[0] == "Первый день в нашей школе, 5А понедельник, 12 октября"


def test_who_moved_has_the_lessons_of_the_former_class_until_that_day() -> None:
    before = journal(MATHS, target="5Б", lessons=(lesson("14.11", "вне расписания"), lesson("13.11", "Дроби в 5Б")))
    after = journal(MATHS, lessons=(lesson("13.11", "Дроби в 5А"), lesson("16.11", "Проценты")))
    page = diary(before, after, pupil=OLEG)
    assert "Дроби в 5Б" in lessons(page, "13.11")["Математика"]
    assert "Проценты" in lessons(page, "16.11")["Математика"]
    assert "Дроби в 5А" not in page.text
    assert "Теперь в 5А, до этого — в 5Б понедельник, 16 ноября" in page.texts("p", "band")


def test_who_left_has_pages_only_up_to_that_day() -> None:
    left = {
        "number": "20-у", "date": d("10.12"), "type": "Выбытие из гимназии", "event": d("10.12"),
        "pupil": VERA, "pupil_name": "Берёзкина Вера", "from_class": "5А", "place": "школа № 8",
    }  # fmt: skip
    pages = [p for p in diary_pages(class_book(orders=[left]), Renderer()) if p.audience == f"family:{VERA}"]
    assert [p.path.rsplit("/", 1)[1] for p in pages] == ["index.html", AUTUMN, WINTER]
    page = read_page(pages[-1].content)
    assert page.has("d-2026-12-09")
    assert not page.has("d-2026-12-10")
    assert "Здесь дневник заканчивается: дальше учёба не у нас четверг, 10 декабря" in page.texts("p", "band")


def test_class_1_has_neither_marks_nor_homework() -> None:
    child = {"id": "К-201", "surname": "Пчёлкин", "first_name": "Ваня", "class_at_start": "1А"}
    wrong = journal(target="1А", columns=(("16.11", ""),), lessons=(lesson("16.11", "Счёт до 10", "№ 5"),))
    page = diary(wrong, pupil="К-201", name="1А", cards={"1А": [child]}, orders=[])
    assert "Счёт до 10" in page.text
    assert "№ 5" not in page.text
    assert "без отметок и домашних заданий" in page.text
    assert not page.has("marks")
    assert "тметок нет" not in page.text
    assert "Ничего не задано" not in page.text
