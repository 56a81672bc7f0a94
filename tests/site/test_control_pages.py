"""The pages of the deputy head, the class teacher and the teacher, as they are read."""

from __future__ import annotations

import dataclasses
import datetime as dt
from posixpath import dirname, join, normpath

import pytest

from sgo_sheets.findings import CellRef, Role, Severity, State
from sgo_sheets.rules.engine import RuleFault, Verdict, combine
from sgo_sheets.rules.registry import RULES
from sgo_sheets.russian import slug
from sgo_sheets.school.model import School
from tests.school.small import d
from tests.site.control_school import (
    MATHS,
    ON,
    clean_school,
    finding,
    judged,
    staff_site,
    teacher_book,
    troubled_school,
)
from tests.site.html_tree import Element, read_page

LISTS = ("by-clause.html", "by-person.html", "by-class.html", "by-deadline.html")
INDEX, CLASS = "staff/index.html", "staff/classes/5a.html"
ADMIN, COUNCIL, CLAUSES = "staff/admin.html", "staff/council.html", "staff/clauses.html"
ANNA, OLEG = (f"staff/teachers/{slug(code)}.html" for code in ("СТ-01", "СТ-02"))


def _page(path: str, school: School | None = None, verdict: Verdict | None = None, on: dt.date = ON) -> Element:
    school = school or troubled_school()
    return read_page(staff_site(school, verdict or judged(school, on), on)[path].content)


def _figures(page: Element) -> dict[str, str]:
    """Return the numbers at the top: words → number."""
    return {e.all("span")[0].text: e.all("b")[0].text for e in page.all(kind="figure")}


def _rows(table: Element) -> list[list[str]]:
    return [[cell.text for cell in row.children if isinstance(cell, Element)] for row in table.all("tr")]


@pytest.fixture(scope="module")
def deputy() -> Element:
    return _page(INDEX)


def test_the_deputy_head_sees_the_numbers_first(deputy: Element) -> None:
    assert _figures(deputy) == {"просрочено": "11", "исправить": "0", "срок до воскресенья": "3", "не проверено": "0"}


def test_every_number_opens_the_list_behind_it(site: dict[str, Element]) -> None:
    page = site[INDEX]
    opened = [e.attrs["href"] for kind in ("figure", "number") for e in page.all("a", kind)]
    assert {"by-clause.html", "by-deadline.html", "by-clause.html#clause-8-1"} <= set(opened)
    for address in opened:
        file, _, anchor = address.partition("#")
        assert not anchor or site[f"staff/{file}"].has(anchor), address


def test_every_clause_that_has_rules_is_there_with_what_is_overdue(deputy: Element) -> None:
    rows = {row[0].split()[0]: row[1:] for row in _rows(deputy.all("table", "clauses")[0])[1:]}
    assert {rule.clause for rule in RULES} <= set(rows)
    # 8.1: one lesson of mathematics (2.11) and eight of English have no row; the absent journal is overdue besides
    assert rows["8.1"][2:] == ["10", "· 0"]
    assert rows["8.5"][2:] == ["1", "· 0"]
    assert rows["8.2"] == ["✓ замечаний нет", "· 0", "· 0", "· 0"]


def test_the_heat_table_says_it_in_symbols_and_words(deputy: Element) -> None:
    table = deputy.all("table", "heat-table")[0]
    assert [e.text for e in table.all("th")] == [
        "Класс",
        "Классный руководитель",
        "Математика",
        "Английский язык",
        "5А",
    ]
    squares = {e.attrs["aria-label"].replace("\u00a0", " "): (e.text, e.attrs["href"]) for e in table.all("a", "heat")}
    late = squares["5А, Математика: просрочено или исправить: 1, записано уроков: 15 из 21, самое давнее – 7 дней"]
    empty = squares["5А, Английский язык: журнал пуст, записано уроков: 0 из 12, самое давнее – 63 дня"]
    assert (late[0], empty[0]) == ("1", "пусто")
    assert late[1].startswith("classes/5a.html#s-")


def test_people_with_the_most_overdue_are_named_first_and_at_most_ten() -> None:
    school = clean_school(
        staff=[{"code": f"Т-{n:02}", "surname": f"Учителев{n}", "first_name": "Ян"} for n in range(12)]
    )
    late = [finding(f"C{n}{k}", person=f"Т-{n:02}") for n in range(12) for k in range(n + 1)]
    page = _page(INDEX, school, Verdict(tuple(late)))
    names = [item.text for item in page.all("ol", "debtors")[0].all("li")]
    assert len(names) == 10
    assert names[0].startswith("Учителев11 Я.")
    assert names[0].endswith("самое давнее – 7 дней 12")
    assert page.all("ol", "debtors")[0].all("a")[0].attrs["href"] == f"teachers/{slug('Т-11')}.html#overdue"


def test_nobody_to_answer_is_said() -> None:
    page = _page(INDEX, clean_school(), Verdict((finding(person=""),)))
    assert "ответственный не назначен" in page.all("ol", "debtors")[0].text


@pytest.mark.parametrize("file", LISTS)
def test_every_line_names_workbook_sheet_and_cell_with_a_button_that_copies_the_path(
    site: dict[str, Element], file: str
) -> None:
    lines = site[f"staff/{file}"].all("li", "row")
    assert lines
    for line in lines:
        (button,) = line.all("button")
        workbook = line.all(kind="cell-path")[0].text
        assert button.attrs["data-copy"] == workbook
        assert workbook in button.attrs["aria-label"]
    text = " ".join(line.text for line in lines)
    assert "Журналы/5А/Математика.xlsx › Уроки!A17" in text
    assert "Учебный план.xlsx › Нагрузка!B5" in text


def test_an_empty_journal_is_one_line_with_a_number(site: dict[str, Element]) -> None:
    late = [part for part in site["staff/by-deadline.html"].all("section", "list-group") if "late" in part.attrs["id"]]
    text = " ".join(line for part in late for line in part.texts("li", "row"))
    assert "5А Английский язык (1) 5" in text


def test_what_falls_due_this_week_is_listed_by_day(deputy: Element) -> None:
    days = deputy.all("ul", "weekdays")[0].texts("li")
    assert days == ["понедельник, 23 ноября 2 Нет строки урока: 2", "среда, 25 ноября 1 Нет строки урока: 1"]


def test_a_clean_school_is_told_so() -> None:
    page = _page(INDEX, clean_school())
    assert page.all(kind="well")[0].text.startswith("Замечаний нет")
    assert set(_figures(page).values()) == {"0"}
    assert [e.text for e in page.all("table", "heat-table")[0].all("a", "heat")] == ["✓", "✓", "✓"]


def test_a_school_without_classes_has_a_page_too() -> None:
    empty = clean_school(classes=[], loads=[], groups=[], cards={}, timetable={}, journals=[])
    page = _page(INDEX, empty, Verdict())
    assert "Журналов пока нет." in page.text


def test_what_was_not_checked_is_no_accusation() -> None:
    unseen = finding(state=State.UNCHECKED, due=None, message="не проверено: лист «Уроки» не прочитан")
    site = staff_site(clean_school(), Verdict(unchecked=(unseen,)))
    page = read_page(site[INDEX].content)
    assert _figures(page)["не проверено"] == "1"
    assert _figures(page)["просрочено"] == "0"
    behind = read_page(site["staff/by-clause.html"].content).id("clause-8-4")
    assert "Не проверено: нужное не прочитано 1" in behind.texts("summary")
    assert "лист «Уроки» не прочитан" in behind.text


def test_our_own_fault_is_told_to_the_deputy_head_and_to_no_teacher() -> None:
    school = clean_school()
    site = staff_site(school, Verdict(faults=(RuleFault("R0801", "5А", "ValueError"),)))
    said = [path for path, page in site.items() if "Ошибка программы".encode() in page.content]
    assert said == [INDEX]


def test_an_unreadable_journal_is_a_question_mark() -> None:
    school = clean_school()
    book = dataclasses.replace(school.books[0], journals=(), unreadable=(CellRef(MATHS),))
    page = _page(INDEX, dataclasses.replace(school, books=(book,)))
    square = page.all("a", "heat-unread")[0]
    assert (square.text, square.attrs["aria-label"]) == ("?", "5А, Математика: не читается")


# --- the class teacher


def test_a_class_teacher_sees_what_is_missing_by_subject() -> None:
    page = _page(CLASS)
    cards = {card.all("h3")[0].text.split(" : ")[0]: card.text for card in page.all("section", "subject-card")}
    assert set(cards) == {"1 Математика", "пусто Английский язык"}
    assert "Ручьёва А. И. · записано уроков: 15 из 21" in cards["1 Математика"]
    assert "Нет журнала" in cards["пусто Английский язык"]


def test_a_class_teachers_own_duties_stand_apart() -> None:
    school = clean_school()
    own = finding(
        workbook="Журналы/5А/Классный руководитель.xlsx",
        sheet="Причины пропусков",
        role=Role.CLASS_TEACHER,
        message="нет причины",
    )
    page = _page(CLASS, school, Verdict((own,)))
    assert "Классный руководитель.xlsx › Причины пропусков!C5" in page.id("mine").text
    assert _figures(page)["за классным руководителем"] == "1"
    assert "Причины" not in page.id("subjects").text


def test_the_class_page_leads_to_diaries_and_to_the_report() -> None:
    page = _page(CLASS)
    assert [e.attrs["href"] for e in page.id("diaries").all("a")] == [
        f"../../families/{slug(pupil)}/index.html" for pupil in ("К-101", "К-102")
    ]
    links = {e.text: e.attrs["href"] for e in page.id("reports").all("a")}
    assert (
        links
        | {
            "Итоги успеваемости класса за учебный период, 1 четверть": "../reports/5a/07-2026-09-01.html",
            "Итоги успеваемости класса за учебный период, 2 четверть": "../reports/5a/07-2026-11-02.html",
        }
        == links
    )


def test_a_class_whose_list_was_not_read_says_so() -> None:
    school = clean_school()
    book = dataclasses.replace(school.books[0], roll=None)
    site = staff_site(dataclasses.replace(school, books=(book,)), Verdict())
    for path in (CLASS, "staff/pupils.html"):
        assert "Список класса не прочитан: дневники остались прежними." in read_page(site[path].content).text


def test_findings_of_other_classes_stay_out() -> None:
    other = finding(workbook="Журналы/5Б/Математика.xlsx")
    assert "5Б" not in _page(CLASS, clean_school(), Verdict((other,))).text


# --- the teacher


def test_a_teacher_sees_nothing_of_other_teachers() -> None:
    page = _page(OLEG)
    assert "Нет журнала «5А Английский язык (2)»" in page.text
    assert "Математика" not in page.text
    assert "Ручьёва" not in page.text
    assert _figures(page) == {"уроков сегодня": "1", "срок за две недели": "0", "просрочено": "1", "исправить": "0"}


def test_today_shows_lessons_with_the_cell_to_fill() -> None:
    lessons = _page(ANNA).all("ol", "today")[0].texts("li")
    english = "Журналы/5А/Английский язык (1).xlsx"
    assert lessons == [
        "1 8:00 5А Математика каб. 143 строки урока нет Журналы/5А/Математика.xlsx › Уроки Копировать путь",
        f"2 9:00 5А Английский язык (1) каб. 325 строки урока нет {english} › Уроки Копировать путь",
    ]
    clean = _page(ANNA, clean_school()).all("ol", "today")[0].texts("li")
    assert "тема записана Журналы/5А/Математика.xlsx › Уроки!E" in clean[0]


def test_the_substitute_sees_the_lesson_and_the_absent_teacher_does_not() -> None:
    row = {"date": ON, "target": "5А", "number": 1, "kind": "замена учителя", "teacher": "СТ-02"}
    school = clean_school(substitutions=[row])
    verdict = judged(school)
    assert "5А Математика" in _page(OLEG, school, verdict).all("ol", "today")[0].text
    assert "5А Математика" not in _page(ANNA, school, verdict).all("ol", "today")[0].text


def test_the_list_goes_by_time_and_by_class() -> None:
    page = _page(ANNA)
    titles = [e.text for e in page.all("h2")]
    assert titles == ["Сегодня, понедельник, 23 ноября", "Срок сегодня 2", "Просрочено 10", "На этих двух неделях 6"]
    assert page.id("overdue").texts("h3") == ["5А"]


def test_a_class_teacher_is_led_to_the_class_and_others_are_not() -> None:
    hers, his = ([e.attrs["href"] for e in _page(path).all("nav")[0].all("a")] for path in (ANNA, OLEG))
    assert hers[0] == "../classes/5a.html"
    assert [href.endswith(".ics") for href in (*hers[1:], *his)] == [True, True], "and everybody to the calendar"


def test_who_owes_nothing_is_told_so_and_when_the_next_day_is() -> None:
    page = _page(OLEG, clean_school(), Verdict())
    assert page.all(kind="well")[0].text == "Замечаний нет Впереди пока ни одного срока."
    waiting = Verdict((finding(person="СТ-02", due=d("25.11"), state=State.SOON),))
    assert _page(OLEG, clean_school(), waiting).all(kind="well")[0].text == "Замечаний нет Следующий срок – 25 ноября."


def test_who_has_left_has_a_page_only_while_something_is_owed() -> None:
    staff = [
        {"code": "СТ-01", "surname": "Ручьёва", "first_name": "Анна", "patronymic": "Ивановна"},
        {"code": "СТ-02", "surname": "Полянский", "first_name": "Олег", "dismissed": d("01.11")},
    ]
    school = clean_school(staff=staff)
    assert OLEG not in staff_site(school, Verdict())
    assert OLEG in staff_site(school, Verdict((finding(person="СТ-02"),)))


# --- all of them


@pytest.fixture(scope="module")
def site() -> dict[str, Element]:
    school = troubled_school()
    pages = staff_site(school, judged(school)).items()
    return {path: read_page(page.content if path.endswith(".html") else b"") for path, page in pages}


def test_every_link_leads_somewhere(site: dict[str, Element]) -> None:
    spans = ("", "-2026-09-01", "-2026-11-02", "-week", "-last-week")
    pages = ("index.html", *(f"reports{span}.html" for span in spans))
    diaries = {f"families/{slug(pupil)}/{page}" for pupil in ("К-101", "К-102") for page in pages}
    calendars = {f"staff/calendar/{slug(code)}.ics" for code in ("СТ-01", "СТ-02")}
    for path, page in site.items():
        for link in page.all("a"):
            address, _, anchor = link.attrs["href"].partition("#")
            target = normpath(join(dirname(path), address)) if address else path
            assert target in site or target in diaries | calendars, f"{path}: {link.attrs['href']}"
            if anchor and target in site:
                assert site[target].has(anchor), f"{path}: {link.attrs['href']}"


def test_no_page_links_to_a_workbook_of_the_school(site: dict[str, Element]) -> None:
    for path, page in site.items():
        for link in page.all("a"):
            name = link.attrs["href"]
            assert not name.endswith((".xlsx", ".ods")) or path.startswith("staff/reports/"), f"{path}: {name}"


def test_pages_keep_the_policy_and_have_ids_once(site: dict[str, Element]) -> None:
    for path, page in site.items():
        if not path.endswith(".html"):
            continue
        assert any("Content-Security-Policy" in e.attrs.get("http-equiv", "") for e in page.all("meta"))
        assert not [e for e in page.walk() if "style" in e.attrs or e.tag == "style"]
        assert not [e for e in page.all("script") if "src" not in e.attrs]
        ids = [e.attrs["id"] for e in page.walk() if "id" in e.attrs]
        assert len(ids) == len(set(ids)), path
        assert len(page.all("h1")) == 1


def test_pages_say_who_may_see_them() -> None:
    site = staff_site(troubled_school(), Verdict())
    names = (INDEX, CLASS, ANNA, ADMIN, COUNCIL, CLAUSES, "staff/pupils.html", *(f"staff/{file}" for file in LISTS))
    assert {path: site[path].audience for path in names} == {
        **dict.fromkeys((INDEX, COUNCIL, *(f"staff/{file}" for file in LISTS)), "deputy"),
        ADMIN: "admin",
        CLAUSES: "staff",
        CLASS: "class:5А",
        ANNA: "teacher:СТ-01",
        "staff/pupils.html": "staff",
    }


def test_markup_in_a_name_stays_text() -> None:
    evil = "<script>alert(1)</script>"
    cards = {"5А": [{"id": "К-101", "surname": evil, "first_name": '"><b>', "class_at_start": "5А"}]}
    school = clean_school(cards=cards, groups=[], journals=[teacher_book()])
    for page in staff_site(school, Verdict((finding(message=evil),))).values():
        assert evil.encode() not in page.content


def test_personal_data_of_cards_reach_no_page_but_that_of_the_class_teacher() -> None:
    card = {"id": "К-101", "surname": "Берёзкина", "first_name": "Вера", "class_at_start": "5А"}
    secret = {"passport": "9900 123456", "address": "улица Тайная", "parents_phone": "+7 900", "mother": "Тайнова Ия"}
    school = clean_school(cards={"5А": [card | secret]})
    for page in staff_site(school, judged(school)).values():
        text = page.content.decode(errors="replace")
        found = {name for name, value in secret.items() if value in text}
        assert not found or page.audience == "homeroom:5А", page.path
        assert "passport" not in found, page.path


def test_the_same_school_on_the_same_day_gives_the_same_bytes() -> None:
    one, other = (staff_site(s, judged(s)) for s in (troubled_school(), troubled_school()))
    assert one == other


def test_the_next_day_is_a_day_later() -> None:
    page = _page(INDEX, on=ON + dt.timedelta(days=1))
    assert _figures(page)["просрочено"] == "13"
    assert "самое давнее – 64 дня" in page.text


def test_notes_are_there_but_folded() -> None:
    note = finding(severity=Severity.NOTE, code="W0301", clause="", state=State.OPEN, due=None, message="прочитано")
    site = staff_site(clean_school(), combine([Verdict((note,))]))
    assert read_page(site[INDEX].content).all(kind="well")
    assert read_page(site["staff/by-clause.html"].content).id("clause-form").texts("summary") == ["К сведению 1"]
