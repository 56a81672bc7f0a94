"""The catalogue of clauses: each clause once, covered by something that exists or with a reason why not."""

from __future__ import annotations

import datetime as dt
import json
import re
from fnmatch import fnmatch

import pytest
from click.testing import CliRunner

from sgo_sheets.cli import COMMANDS, sgo
from sgo_sheets.records.catalog import BOOKS, BookContent, BookKind, Rows
from sgo_sheets.rules.catalogue import CATALOGUE, ENTRIES, Clause
from sgo_sheets.rules.clauses import CLAUSES
from sgo_sheets.rules.features import FEATURES, Feature
from sgo_sheets.rules.registry import BY_CODE, RULES
from sgo_sheets.rules.report_duties import FORMED, REPORT_NAMES
from sgo_sheets.workbooks.forms import write_book
from tests.pipeline.little_school import little_school

BY_RULES = {
    *("2.2", "2.4", "2.5", "2.6", "2.7", "2.8", "3.1", "3.2", "3.3", "4.1", "4.2", "5.2", "5.3", "5.4", "5.5", "5.6"),
    *("6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7", "6.8", "7.1", "7.2", "7.3", "8.1", "8.2", "8.3", "8.4", "8.5"),
    *("8.6", "8.7", "8.8", "10.3", "10.4"),
    *("9.1", "9.2", "9.3"),
}
"""Clauses that rules must check; of a chapter no rule of which is written yet it cannot be asked."""
WRITTEN = {str(int(rule.code[1:3])) for rule in RULES}

each_clause = pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.clause)
each_feature = pytest.mark.parametrize("feature", sorted(FEATURES, key=lambda one: one.name), ids=lambda one: one.name)


def test_every_clause_stands_in_it_once_and_in_order() -> None:
    assert tuple(one.clause for one in CATALOGUE) == CLAUSES
    assert set(ENTRIES) == set(CLAUSES)


def test_the_clauses_are_as_many_as_the_text_has() -> None:
    chapters = [re.match(r"Порядок \d+|\d+", clause) for clause in CLAUSES]
    counts: dict[str, int] = {}
    for chapter in chapters:
        assert chapter is not None
        counts[chapter[0]] = counts.get(chapter[0], 0) + 1
    assert counts == {
        "Порядок 1": 1,
        "Порядок 2": 1,
        "Порядок 3": 3,
        "Порядок 4": 1,
        "Порядок 5": 5,
        "Порядок 6": 1,
        "1": 2,
        "2": 8,
        "3": 3,
        "4": 2,
        "5": 6,
        "6": 8,
        "7": 3,
        "8": 9,
        "9": 3,
        "10": 6,
        "11": 1,
    }


@each_clause
def test_a_clause_is_covered_or_says_why_not(one: Clause) -> None:
    assert re.search("[а-яё]", one.title)
    assert not one.title.endswith(".")
    assert not one.reason or one.reason.endswith(".")
    if one.clause in BY_RULES:
        assert one.rules or one.clause.split(".")[0] not in WRITTEN, "a rule should check it"
    else:
        assert one.covered_by or one.reason


@each_clause
def test_a_clause_names_only_what_there_is(one: Clause) -> None:
    assert set(one.rules) <= set(BY_CODE)
    assert set(one.reports) <= set(REPORT_NAMES.values())
    assert set(one.features) <= FEATURES
    assert set(ENTRIES[one.clause].with_rules_of) <= set(CLAUSES)


def test_every_rule_covers_its_clause() -> None:
    own = {one.clause: one.rules for one in CATALOGUE}
    assert [rule.code for rule in RULES if rule.code not in own[rule.clause]] == []


def test_every_report_is_asked_for_by_a_clause() -> None:
    asked = {number for clause in ("10.3", "10.4", "10.5", "10.6") for number in ENTRIES[clause].reports}
    assert asked == set(REPORT_NAMES)


def test_a_report_is_called_formed_when_the_site_has_it(pages: frozenset[str]) -> None:
    found = {int(number[1]) for page in pages if (number := re.search(r"^staff/reports/.*?\b(\d\d)\b[^/]*$", page))}
    assert found == FORMED, "name the number of a new report in FORMED"
    (lists,) = [one for one in CATALOGUE if one.clause == "10.5"]
    for number in ENTRIES["10.5"].reports:
        assert (REPORT_NAMES[number] in lists.reports) is (number in FORMED)
        assert (f"«{REPORT_NAMES[number]}»" in lists.reason) is (number not in FORMED)


@each_feature
def test_a_feature_is_where_the_catalogue_says(feature: Feature, pages: frozenset[str]) -> None:
    assert feature.where
    if feature.command:
        assert feature.command in COMMANDS
    if feature.page:
        assert any(fnmatch(page, feature.page) for page in pages), feature.page
    if feature.workbook:
        kinds = [kind for kind in BOOKS if kind.matches(feature.workbook)]
        assert feature.sheet in {record.sheet for kind in kinds for record in kind.sheets}


def test_a_feature_that_nothing_names_is_not_kept() -> None:
    assert {feature for one in CATALOGUE for feature in one.features} == FEATURES


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Return the pages of a built school, which has a report of its own."""
    school = little_school(tmp_path_factory.mktemp("school"))
    own = Rows(({"Название": "Обучающиеся", "Таблица": "обучающиеся", "Строки": "Класс"},))
    write_book(
        school.root / "workbooks" / "Конструктор отчётов.xlsx",
        BookContent(BookKind.CONSTRUCTOR, {"Отчёты": own}),
        saved=dt.datetime(2026, 9, 1, 8, 0),
    )
    school.build()
    return frozenset(school.site())


def test_the_command_lists_every_clause() -> None:
    answer = CliRunner().invoke(sgo, ["rules", "--clauses", "--format", "json"])
    rows = json.loads(answer.output)
    assert [row["clause"] for row in rows] == list(CLAUSES)
    assert all(set(row) == {"clause", "title", "covered_by", "reason"} for row in rows)
    (topics,) = [row for row in rows if row["clause"] == "8.4"]
    assert "R0801" in topics["covered_by"]
    (reports,) = [row for row in rows if row["clause"] == "10.5"]
    assert "«Итоги успеваемости класса за учебный период»" in reports["covered_by"]

    text = CliRunner().invoke(sgo, ["rules", "--clauses"]).output
    assert text.count("п. ") >= len(CLAUSES)
    assert "п. 2.3  Работу педагогов регулируют локальные акты\n  Не проверяется программой. " in text
