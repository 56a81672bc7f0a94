"""The lists behind the numbers, the administrator's page, and whose each thing is."""

from __future__ import annotations

import pytest

from sgo_sheets.findings import Role, State
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.tally import Done
from sgo_sheets.russian import slug
from tests.school.small import d
from tests.site.control_school import ON, all_chapters, clean_school, finding, staff_site, troubled_school
from tests.site.html_tree import Element, read_page

ANNA, OLEG = (f"staff/teachers/{slug(code)}.html" for code in ("СТ-01", "СТ-02"))
PLACES = {
    "Уроки!C5": "8.4", "Учётные записи!D7": "2.6", "Учётные записи!F7": "2.7", "Обучающиеся!L4": "5.5",
    "Приказы!B9": "9.2", "Ответственные!C4": "2.2", "Расписание!F4": "7.3",
}  # fmt: skip


@pytest.fixture(scope="module")
def site() -> dict[str, Element]:
    pages = staff_site(clean_school(), all_chapters())
    return {path: read_page(page.content) for path, page in pages.items() if path.endswith(".html")}


def _groups(page: Element) -> dict[str, Element]:
    return {group.attrs["id"]: group for group in page.all("section", "list-group")}


def test_each_finding_is_in_every_list_where_it_belongs(site: dict[str, Element]) -> None:
    clauses, people, classes = (_groups(site[f"staff/by-{name}.html"]) for name in ("clause", "person", "class"))
    assert list(clauses)[:3] == ["clause-2-2", "clause-2-6", "clause-2-7"]
    for place, clause in PLACES.items():
        assert place.rpartition("!")[0] in clauses[f"clause-{clause.replace('.', '-')}"].text
        assert place.rpartition("!")[2] in clauses[f"clause-{clause.replace('.', '-')}"].text
    anna, oleg = (people[f"person-{slug(code)}"].text for code in ("СТ-01", "СТ-02"))
    assert [place for place in PLACES if place in anna] == ["Учётные записи!F7", "Обучающиеся!L4"]
    assert next(place for place in PLACES if place in oleg) == "Учётные записи!D7"
    own, whole = classes["class-5a"].text, classes["class-school"].text
    assert "Учётные записи!D7" in own
    assert "Обучающиеся!L4" in own
    assert [place for place in PLACES if place in whole] == ["Приказы!B9", "Ответственные!C4", "Расписание!F4"]


def test_the_list_of_a_clause_says_how_it_is_done_by_class(site: dict[str, Element]) -> None:
    group = _groups(site["staff/by-clause.html"])["clause-8-4"]
    assert "В срок: 75–93 % (в срок 30, с опозданием 1, срок не установлен 7, просрочено 2)" in group.text
    assert "Сделано с опозданием 1" in group.texts("summary")


def test_a_clause_in_which_everything_is_done_has_its_list_too(site: dict[str, Element]) -> None:
    assert _groups(site["staff/by-clause.html"])["clause-8-5"].text == "п. 8.5. Отметки за период срок не установлен 4"


def test_people_stand_by_how_much_is_overdue(site: dict[str, Element]) -> None:
    page = site["staff/by-person.html"]
    assert [group.all("h2")[0].text for group in page.all("section", "list-group")] == [
        "Полянский О. Л. 4",
        "Ручьёва А. И. 4",
    ]
    assert page.all("section", "list-group")[1].all("a")[0].attrs["href"] == f"teachers/{slug('СТ-01')}.html"


def test_deadlines_stand_by_age_then_by_day(site: dict[str, Element]) -> None:
    titles = [group.all("h2")[0].text for group in site["staff/by-deadline.html"].all("section", "list-group")]
    assert titles == ["Просрочено больше двух недель 1", "Просрочено недавно 7", "Срок – среда, 25 ноября 1"]


def test_today_is_named() -> None:
    verdict = Verdict((finding(due=ON, state=State.SOON),))
    page = read_page(staff_site(clean_school(), verdict)["staff/by-deadline.html"].content)
    assert page.all("h2")[0].text == "Срок – сегодня, понедельник, 23 ноября 1"


def test_empty_lists_say_so() -> None:
    pages = staff_site(clean_school(), Verdict())
    assert "Замечаний нет, сроков впереди нет." in read_page(pages["staff/by-person.html"].content).text


# --- the administration


def test_the_administrator_sees_his_work_by_theme_and_nothing_of_teachers(site: dict[str, Element]) -> None:
    page = site["staff/admin.html"]
    groups = _groups(page)
    assert list(groups) == ["accounts", "movement", "transition", "organisation", "cards", "plan", "reports"]
    assert "Учётные записи!D7" in groups["accounts"].text
    assert "Приказы!B9" in groups["movement"].text
    assert "Срок впереди 1" in groups["reports"].texts("summary")
    assert groups["cards"].text == "Личные карты замечаний нет"
    for foreign in ("Уроки", "Обучающиеся", "Ответственные", "Расписание!F4", "Учётные записи!F7"):
        assert foreign not in page.text
    numbers = {e.all("span")[0].text: e.all("b")[0].text for e in page.all(kind="figure")}
    assert (numbers["просрочено"], numbers["срок за две недели"]) == ("2", "1")


def test_what_the_director_owes_is_shown_to_the_deputy_head(site: dict[str, Element]) -> None:
    page = site["staff/index.html"]
    assert "Ответственные!C4" in page.id("director").text
    assert "Расписание!F4" in page.id("mine").text
    assert "Уроки" not in page.id("mine").text


def test_a_clean_administrator_is_told_so() -> None:
    page = read_page(staff_site(clean_school(), Verdict())["staff/admin.html"].content)
    assert page.all(kind="well")[0].text.startswith("Замечаний нет")
    assert {tile.all("b")[0].text for tile in page.all("a", "theme")} == {"✓"}


def test_who_holds_an_office_is_led_to_its_page() -> None:
    staff = [
        {"code": "СТ-01", "surname": "Ручьёва", "first_name": "Анна", "patronymic": "Ивановна", "roles": "Завуч"},
        {"code": "СТ-02", "surname": "Полянский", "first_name": "Олег", "roles": "Администратор"},
    ]
    pages = staff_site(clean_school(staff=staff), Verdict())
    links = {}
    for path in (ANNA, OLEG):
        hrefs = [a.attrs["href"] for a in read_page(pages[path].content).all("nav")[0].all("a")]
        assert hrefs.pop().startswith("../calendar/"), "the last leads to the calendar of deadlines"
        links[path] = hrefs
    assert links == {ANNA: ["../classes/5a.html", "../index.html"], OLEG: ["../admin.html"]}


# --- the class and the teacher


def test_the_class_teacher_sees_own_duties_first_then_subjects_then_what_the_office_owes(
    site: dict[str, Element],
) -> None:
    page = site["staff/classes/5a.html"]
    assert [e.attrs["id"] for e in page.all("section") if e.attrs.get("id") in ("mine", "subjects", "office")] == [
        "mine", "subjects", "office",
    ]  # fmt: skip
    mine = page.id("mine")
    assert mine.texts("h3") == ["Учётные записи выданы ученикам и родителям 1", "Личные карты заполнены 1"]
    assert "Учётные записи!D7" not in page.text
    assert page.id("office").texts("li") == ["Не записана тема урока 1"]
    assert "Уроки" in page.id("subjects").text
    assert "Полянский" not in page.id("office").text


def test_what_a_class_teacher_has_done_is_counted() -> None:
    done = {
        Done("R0814", State.DONE_IN_TIME, "СТ-01", "5А", "Математика"): 5,
        Done("R0814", State.DONE_IN_TIME, "СТ-01", "5Б", "Математика"): 70,
        Done("R0801", State.DONE_IN_TIME, "СТ-01", "5А", "Математика"): 30,
    }
    pages = staff_site(clean_school(), Verdict(done=done))
    assert "Сделано 5 из 5 (в срок 5)" in read_page(pages["staff/classes/5a.html"].content).text
    assert "Сделано с начала года: 105 из 105" in read_page(pages[ANNA].content).text
    assert "Сделано с начала года" not in read_page(pages[OLEG].content).text


def test_what_fell_to_the_deputy_head_stays_the_subjects_gap_on_the_class_page() -> None:
    fallen = finding(role=Role.DEPUTY, person="")
    page = read_page(staff_site(clean_school(), Verdict((fallen,)))["staff/classes/5a.html"].content)
    assert "Уроки" in page.id("subjects").text
    assert not page.has("office")


def test_no_page_of_a_teacher_shows_what_another_owes() -> None:
    pages = staff_site(clean_school(), all_chapters())
    anna, oleg = (read_page(pages[path].content).text for path in (ANNA, OLEG))
    assert "Учётные записи!F7" in anna
    assert not [place for place in ("D7", "B9", "C4", "F4") if f"!{place}" in anna]
    assert not [place for place in ("Уроки!C5", "Уроки!C6", "!F7", "!L4") if place in oleg]
    assert "Полянский" not in anna
    assert "Ручьёва" not in oleg


# --- the heat table


def test_the_heat_table_shows_how_full_and_how_late() -> None:
    page = read_page(staff_site(troubled_school(), all_chapters())["staff/index.html"].content)
    squares = {e.attrs["aria-label"].partition(":")[0]: e for e in page.all("table", "heat-table")[0].all("a", "heat")}
    maths, own = squares["5А, Математика"], squares["5А, классный руководитель"]
    assert (maths.text, own.text) == ("2", "2")
    assert {"heat-long", "fill-2"} <= set(maths.attrs["class"].split())
    assert (
        maths.attrs["aria-label"]
        .replace("\u00a0", " ")
        .endswith(
            "просрочено или исправить: 2, записано уроков: 15 из 21, самое давнее – 22 дня, с опозданием сделано: 1"
        )
    )
    assert own.attrs["href"] == "classes/5a.html#mine"


def test_what_was_late_and_is_done_is_no_debt() -> None:
    late = finding(state=State.DONE_LATE, done_at=d("20.11"))
    verdict = Verdict((late,), done={Done("R0801", State.DONE_LATE, "СТ-01", "5А", "Математика"): 1})
    page = read_page(staff_site(clean_school(), verdict)["staff/index.html"].content)
    (square,) = page.all("table", "heat-table")[0].all("a", "heat-caught")
    assert (square.text, square.attrs["aria-label"].partition(": ")[2]) == (
        "✓",
        "всё сделано, но бывало с опозданием, записано уроков: 21 из 21, с опозданием сделано: 1",
    )
