"""The documented JSON: the page lists exactly the fields and words of the code."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

from sgo_sheets.findings import CellRef, Finding, Kind, Role, Severity, State
from sgo_sheets.rules.listing import FINDINGS_SCHEMA, RULES_SCHEMA, finding_row, findings_json, rules_json
from sgo_sheets.rules.pages import CODE_PAGES

PAGE = (Path(__file__).parents[2] / "docs" / "findings-json.md").read_text(encoding="utf-8")
ON = dt.date(2026, 11, 23)
FINDING = Finding(
    code="R0801",
    clause="8.4",
    at=CellRef("Журналы/5А/Алгебра.xlsx", "Уроки", "E12"),
    message="нет темы урока за 06.11.2026",
    role=Role.TEACHER,
    severity=Severity.VIOLATION,
    kind=Kind.OBLIGATION,
    person="СТ-01",
    since=dt.date(2026, 11, 6),
    due=dt.date(2026, 11, 20),
    state=State.OVERDUE,
)


def test_the_example_of_the_page_is_what_the_program_prints() -> None:
    example = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert example is not None
    assert findings_json([FINDING], ON) == example[1]


def test_the_page_lists_the_fields_in_their_order() -> None:
    section = PAGE.split("## A finding", 1)[1].split("## Words", 1)[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(finding_row(FINDING))


def test_the_page_lists_exactly_the_words_of_the_program() -> None:
    listed = re.findall(r"^\| `(\w+)` \| `(\w+)` \| ([^|]+) \|", PAGE, re.MULTILINE)
    words = {"kind": Kind, "severity": Severity, "role": Role, "state": State}
    assert [(field, word) for field, word, _ in listed] == [
        (field, word.value) for field, enum in words.items() for word in enum
    ]
    for field, word, russian in listed:
        if field != "kind":
            assert words[field](word).label == russian.strip()


def test_the_schemas_are_named_on_the_page() -> None:
    assert f"`{FINDINGS_SCHEMA}`" in PAGE
    assert f'"{RULES_SCHEMA}"' in PAGE


def test_a_day_that_is_unknown_is_null_and_a_text_is_empty() -> None:
    row = finding_row(Finding("W0101", "", CellRef("А.xlsx"), "…", Role.ADMIN, Severity.WARNING))
    assert (row["since"], row["due"], row["done_at"]) == (None, None, None)
    assert (row["sheet"], row["cell"], row["person"], row["clause"]) == ("", "", "", "")
    assert (row["kind"], row["state"]) == ("finding", "open")


def test_the_table_of_rules_holds_every_code_once() -> None:
    rules = json.loads(rules_json())
    assert rules["schema"] == RULES_SCHEMA
    assert [rule["code"] for rule in rules["rules"]] == list(CODE_PAGES)
    first = next(rule for rule in rules["rules"] if rule["code"] == "R0801")
    assert (first["code"], first["clause"], first["role"], first["severity"]) == (
        "R0801",
        "8.4",
        "teacher",
        "violation",
    )
    assert first["term"].replace("\u00a0", " ") == "14 дней после урока"
