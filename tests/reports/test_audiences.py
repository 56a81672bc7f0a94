"""Who may see a page sees nobody else's child there: every page of the demo school against its rosters.

Written against what a page says of itself: a report added to the registry is walked through here without a word.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator

import openpyxl
import pytest

from sgo_sheets.reports.registry import CLASS_REPORTS
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import School
from sgo_sheets.site.page import Page
from tests.demo.invented import COMMITTED
from tests.reports.case_07 import with_finals
from tests.reports.demo_pages import ON, read_changed, site_pages
from tests.school import small
from tests.school.small import d

KNOWN = {"public", "staff", "deputy", "admin", "class", "homeroom", "teacher", "family"}
"""The audiences a page may name. A new one is to be given a test here of what it may show."""
OF_CLASS = ("class", "homeroom")
ADDRESSES = 14


@pytest.fixture(scope="module")
def school() -> School:
    return read_changed(COMMITTED)


@pytest.fixture(scope="module")
def pages(school: School) -> tuple[Page, ...]:
    return tuple(site_pages(school, ON))


def _text(page: Page) -> str:
    """Return all a page says, what stands in its attributes too."""
    if page.path.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(page.content))
        cells = (cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
        return " \n".join([*book.sheetnames, *(str(value) for value in cells if value is not None)])
    text = html.unescape(page.content.decode()).replace("\u00a0", " ")
    return f"{text} {' '.join(re.sub('<[^>]*>', ' ', text).split())}" if page.path.endswith(".html") else text


def _shown(text: str, pupils: Iterable[Pupil]) -> Iterator[str]:
    """Yield the pupils a text names, by name or by № личного дела."""
    for pupil in pupils:
        if pupil.card.surname not in text and pupil.id not in text:
            continue
        short = f"{pupil.card.surname} {pupil.card.first_name[:1]}."
        for words in (pupil.name, pupil.id, short):
            if words in text and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text):
                yield f"{pupil.id} ({words})"
                break


def _others(school: School, own: set[str]) -> list[Pupil]:
    """Return the pupils who are not among those named, without namesakes of theirs, of their parents and of staff."""
    cards = [school.pupils[one].card for one in own]
    names = {words for card in cards for words in (card.mother, card.father, card.guardian)}
    names |= {school.pupils[one].name for one in own} | {f"{p.surname} {p.first_name}" for p in school.staff.values()}
    short = {f"{name.split()[0]} {name.split()[1][:1]}" for name in names if " " in name}
    return [
        pupil
        for pupil in school.pupils.values()
        if pupil.id not in own and f"{pupil.card.surname} {pupil.card.first_name[:1]}" not in short
    ]


def test_every_audience_is_one_these_tests_know(pages: tuple[Page, ...], school: School) -> None:
    assert {page.audience.partition(":")[0] for page in pages} <= KNOWN
    for page in pages:
        sort, _, of = page.audience.partition(":")
        known = {"family": school.pupils, "teacher": school.staff}.get(sort)
        if sort in OF_CLASS:
            assert of in [book.name for book in school.books], page.path
        elif known is not None:
            assert of in known, page.path
        else:
            assert not of, page.path


def test_a_tree_holds_pages_of_its_own_audience_only(pages: tuple[Page, ...]) -> None:
    sorts = {
        "public": {"public"},
        "families": {"family"},
        "staff": KNOWN - {"public", "family"},
    }
    wrong = [page.path for page in pages if page.audience.partition(":")[0] not in sorts[page.tree.value]]
    assert [path for path in wrong if not path.startswith("staff/reports/")] == []
    # A report a family may read lies where its class reads it too.
    assert {page.audience.partition(":")[0] for page in pages if page.path in wrong} <= {"family"}


def _strangers(pages: Iterable[Page], school: School) -> tuple[list[str], int]:
    """Return the pupils of other classes whom pages of a class name, and how many pages were walked through."""
    wrong, walked = [], 0
    for book in school.books:
        others = _others(school, {pupil.id for pupil in book.roll or ()})
        for page in pages:
            sort, _, of = page.audience.partition(":")
            if sort in OF_CLASS and of == book.name:
                walked += 1
                wrong += [f"{page.path} ({page.audience}): {one}" for one in _shown(_text(page), others)]
    return wrong, walked


def test_no_page_of_a_class_shows_a_pupil_of_another(pages: tuple[Page, ...], school: School) -> None:
    for book in school.books:
        assert book.roll
        assert len(_others(school, {pupil.id for pupil in book.roll})) > len(school.pupils) // 3
    wrong, walked = _strangers(pages, school)
    assert wrong == []
    assert walked >= len(school.books) * (len(CLASS_REPORTS) + 1)


def test_no_page_of_a_family_shows_another_child(pages: tuple[Page, ...], school: School) -> None:
    wrong = []
    families = [page for page in pages if page.audience.startswith("family:")]
    assert {page.audience.partition(":")[2] for page in families} == set(school.pupils)
    others: dict[str, list[Pupil]] = {}
    for page in families:
        child = page.audience.partition(":")[2]
        if child not in others:
            others[child] = _others(school, {child})
        wrong += [f"{page.path}: {one}" for one in _shown(_text(page), others[child])]
    assert wrong == []


def test_the_public_tree_names_no_child(pages: tuple[Page, ...], school: School) -> None:
    others = _others(school, set())
    public = [page for page in pages if page.audience == "public" and page.path.endswith((".html", ".ics", ".json"))]
    assert public
    assert [f"{page.path}: {one}" for page in public for one in _shown(_text(page), others)] == []


def test_addresses_and_phones_are_for_the_class_teacher_and_the_administration(
    pages: tuple[Page, ...], school: School
) -> None:
    """Report 14 is narrower than the others (reports.md, audience; 152-ФЗ)."""
    cards = [pupil.card for pupil in school.pupils.values()]
    private = {words for card in cards for words in (card.address, card.parents_phone) if words}
    assert private
    allowed = {"homeroom", "admin", "deputy"}
    wrong = [
        f"{page.path} ({page.audience}): {words}"
        for page in pages
        if page.audience.partition(":")[0] not in allowed and page.path.endswith((".html", ".xlsx"))
        for text in [_text(page)]
        for words in private
        if words in text
    ]
    assert wrong == []
    assert all(report.homeroom for report in CLASS_REPORTS if report.number == ADDRESSES)


def test_a_pupil_who_moved_is_on_pages_of_both_classes_and_nobody_else_is() -> None:
    marks = {"5А": {"К-101": "5", "К-102": "4"}, "5Б": {"К-102": "3", "К-111": "5", "К-112": "4"}}
    cards = {
        "5А": [_card("К-101", "Берёзкина", "Вера", "5А"), _card("К-102", "Лугов", "Пётр", "5А")],
        "5Б": [_card("К-111", "Дубов", "Яков", "5Б"), _card("К-112", "Ёлкина", "Ада", "5Б")],
    }
    order = {"number": "7", "date": d("12.10"), "event": d("12.10"), "type": "Перевод из класса в класс"}
    loads = [{"target": target, "subject": "Математика", "teacher": "СТ-02"} for target in marks]
    little = small.school(
        cards=cards,
        orders=[order | {"pupil": "К-102", "from_class": "5А", "to_class": "5Б"}],
        loads=loads,
        groups=[],
        timetable={},
        journals=[with_finals(target, "Математика", "", given) for target, given in marks.items()],
    )
    assert {stay.school_class for stay in little.pupils["К-102"].stays} == {"5А", "5Б"}
    pages = list(site_pages(little, ON))
    assert _strangers(pages, little)[0] == []
    for name, own in (("5А", {"К-101"}), ("5Б", {"К-102", "К-111", "К-112"})):
        # The tests above would say nothing if a name were never found.
        texts = " ".join(_text(page) for page in pages if page.audience == f"class:{name}")
        assert {one.partition(" ")[0] for one in _shown(texts, little.pupils.values())} >= own


def _card(number: str, surname: str, first_name: str, target: str) -> dict[str, str]:
    return {"id": number, "surname": surname, "first_name": first_name, "class_at_start": target}
