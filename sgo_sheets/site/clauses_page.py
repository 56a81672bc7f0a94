"""The matrix of clauses: every clause of Порядок and Регламент with what covers it, or why nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from sgo_sheets.rules.registry import BY_CODE
from sgo_sheets.site.clause_words import chapter_of
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer


class FeatureOf(Protocol):
    """A feature of the program: its name, where it is in words, the page it stands on («» – none, or a pattern)."""

    @property
    def name(self) -> str: ...  # noqa: D102 - named in the class
    @property
    def where(self) -> str: ...  # noqa: D102 - as above
    @property
    def page(self) -> str: ...  # noqa: D102 - as above


class ClauseOf(Protocol):
    """A clause of the catalogue: its number, what it asks for, what covers it, or the reason why nothing does."""

    @property
    def clause(self) -> str: ...  # noqa: D102 - named in the class
    @property
    def title(self) -> str: ...  # noqa: D102 - as above
    @property
    def rules(self) -> Sequence[str]: ...  # noqa: D102 - as above
    @property
    def reports(self) -> Sequence[str]: ...  # noqa: D102 - as above
    @property
    def features(self) -> Sequence[FeatureOf]: ...  # noqa: D102 - as above
    @property
    def reason(self) -> str: ...  # noqa: D102 - as above


class RuleLink(NamedTuple):
    """A rule that checks a clause: its code, its title, its page («» while there is none)."""

    code: str
    title: str
    href: str


class FeatureLink(NamedTuple):
    """A feature that covers a clause: its name, where it is, its page («» where there is no single one)."""

    name: str
    where: str
    href: str


class ClauseView(NamedTuple):
    """A clause as the matrix shows it: a symbol for how it is covered, and everything that does."""

    clause: str
    title: str
    cover: str
    rules: tuple[RuleLink, ...]
    reports: tuple[str, ...]
    features: tuple[FeatureLink, ...]
    reason: str


class Cover(NamedTuple):
    """A way to cover a clause: its key, its words, how many clauses are covered so."""

    key: str
    words: str
    number: int


COVERS = (
    ("rules", "проверяют правила"),
    ("reports", "закрывают отчёты"),
    ("features", "делает сама программа"),
    ("reason", "программа не проверяет"),
    ("open", "пока ничем не закрыты"),
)


def clauses_page(catalogue: Iterable[ClauseOf], render: Renderer) -> Page:
    """Return ``staff/clauses.html``: the clauses by chapter, in the order of the catalogue."""
    views = [_view(clause) for clause in catalogue]
    chapters: dict[str, list[ClauseView]] = {}
    for view in views:
        chapters.setdefault(_chapter(view.clause), []).append(view)
    path = "staff/clauses.html"
    content = render.page(
        "clauses.html",
        path=path,
        number=len(views),
        anchor=anchor_in_matrix,
        chapters=chapters,
        covers=[cover for cover in _covers(views) if cover.number],
    )
    return Page(path, content, "staff")


def _covers(views: Sequence[ClauseView]) -> list[Cover]:
    return [Cover(key, words, sum(view.cover == key for view in views)) for key, words in COVERS]


def anchor_in_matrix(clause: str) -> str:
    """Return the anchor of a clause: «p-8-4», «order-3-1» of Порядок."""
    kind, number = ("order", clause.removeprefix("Порядок ")) if clause.startswith("Порядок") else ("p", clause)
    return f"{kind}-{number.replace('.', '-')}"


def _view(clause: ClauseOf) -> ClauseView:
    links = tuple(
        RuleLink(code, BY_CODE[code].title if code in BY_CODE else "", f"rules/{code}.html" if code in BY_CODE else "")
        for code in clause.rules
    )
    features = tuple(FeatureLink(one.name, one.where, _href(one.page)) for one in clause.features)
    parts = (("rules", links), ("reports", clause.reports), ("features", features))
    cover = next((key for key, own in parts if own), "reason" if clause.reason else "open")
    return ClauseView(
        clause.clause, clause.title, cover, links, tuple(clause.reports), features, clause.reason
    )  # fmt: skip


def _href(page: str) -> str:
    """Return the address from ``staff/`` of a single page, «» of a pattern of many."""
    return f"../{page}" if page and "*" not in page else ""


def _chapter(clause: str) -> str:
    if clause.partition(".")[0] == "1":
        return "I. Общие положения"
    return "XI. Заключительные положения" if clause.startswith("11") else chapter_of(clause)
