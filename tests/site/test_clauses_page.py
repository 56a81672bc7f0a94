"""The matrix of clauses: what covers each, or why nothing does."""

from __future__ import annotations

import pytest

from sgo_sheets.rules.registry import BY_CODE
from sgo_sheets.site.clauses_page import anchor_in_matrix, clauses_page
from tests.site.control_school import CATALOGUE, RENDER
from tests.site.html_tree import Element, read_page


@pytest.fixture(scope="module")
def page() -> Element:
    return read_page(clauses_page(CATALOGUE, RENDER).content)


def _clause(page: Element, clause: str) -> Element:
    return page.id(anchor_in_matrix(clause))


def test_every_clause_stands_under_its_chapter_in_order(page: Element) -> None:
    assert page.texts("h2") == ["Порядок", "I. Общие положения", "VIII. Электронный журнал", "X. Отчёты"]
    assert [e.all("span", "clause")[0].text for e in page.all(kind="matrix-clause")] == [
        one.clause for one in CATALOGUE
    ]


def test_rules_lead_to_their_pages(page: Element) -> None:
    links = {e.attrs["href"]: e.text for e in _clause(page, "8.4").all("a")}
    assert links == {f"rules/{code}.html": f"{code} : {BY_CODE[code].title}" for code in ("R0801", "R0811")}


def test_reports_are_named_and_many_are_folded(page: Element) -> None:
    assert _clause(page, "10.3").texts(kind="cover-reports") == ["отчёт «Движение учащихся по школе»"]
    folded = _clause(page, "10.4")
    assert folded.texts("summary") == ["9 отчётов"]
    assert len(folded.all("li")) == 9


def test_a_feature_leads_to_its_page_where_it_has_a_single_one(page: Element) -> None:
    assert [e.attrs["href"] for e in _clause(page, "8.8").all("a")] == ["../staff/index.html"]
    feature = _clause(page, "1.1").all(kind="cover-features")[0]
    assert (feature.tag, feature.attrs["title"]) == ("span", "Регламент.xlsx › Сроки")


def test_what_is_not_checked_says_why_and_what_is_open_is_not_hidden(page: Element) -> None:
    assert _clause(page, "Порядок 3.3").texts("p")[1] == (
        "не проверяется программой Трудовых книжек в книгах школы нет."
    )
    assert "пока не закрыт" in _clause(page, "10.6").text


def test_the_numbers_above_count_the_clauses(page: Element) -> None:
    numbers = {e.all("span")[0].text: e.all("b")[0].text for e in page.all(kind="figure")}
    assert numbers == {
        "проверяют правила": "1",
        "закрывают отчёты": "2",
        "делает сама программа": "2",
        "программа не проверяет": "1",
        "пока ничем не закрыты": "1",
    }


def test_a_code_without_a_page_is_no_link() -> None:
    unknown = type(CATALOGUE[0])("8.4", "Темы", rules=("R0899",))
    found = read_page(clauses_page((unknown,), RENDER).content)
    assert (found.texts(kind="cover-rules"), found.id("p-8-4").all("a")) == (["R0899"], [])


def test_an_empty_catalogue_has_a_page() -> None:
    assert "Каталог пунктов пуст." in read_page(clauses_page((), RENDER).content).text
