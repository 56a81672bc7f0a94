"""The lists behind the numbers of the control page: by clause, by person, by class, by deadline (Регламент п. 8.8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sgo_sheets.findings import Finding
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.registry import BY_CODE
from sgo_sheets.rules.tally import Done
from sgo_sheets.russian import fold, slug, spoken_day
from sgo_sheets.school.model import School
from sgo_sheets.site.clause_words import anchor_of_clause, clause_order, clause_words
from sgo_sheets.site.control_groups import Part, Person, parts_of, rule_groups
from sgo_sheets.site.control_lines import by, days_late, sort_out
from sgo_sheets.site.control_places import Places
from sgo_sheets.site.control_standing import Standing, standings, weighing
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer

WHOLE = "Школа в целом"
LISTS = (
    ("by-clause.html", "По пунктам"),
    ("by-person.html", "По людям"),
    ("by-class.html", "По классам"),
    ("by-deadline.html", "По срокам"),
)


class Tallied(NamedTuple):
    """How the obligations of a class stand within a list."""

    name: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class ListGroup:
    """A group of a list: its anchor, title and short title, the page it leads to, how it stands, its findings.

    What is done stands by class; ``number`` is of what presses: overdue and to be mended.
    """

    anchor: str
    title: str
    short: str
    href: str
    number: int
    standing: Standing
    parts: tuple[Part, ...]
    done: tuple[Tallied, ...] = ()


class ListView(NamedTuple):
    """A list as a page: its file, title, groups."""

    file: str
    title: str
    groups: Sequence[ListGroup]


def list_pages(
    school: School,
    verdict: Verdict,
    on: dt.date,
    render: Renderer,
    *,
    person: Callable[[str], Person],
    standing: Mapping[str, Standing],
) -> Iterator[Page]:
    """Yield the four lists. ``standing`` – how obligations stand by clause, as the summary says."""
    maker = _Lists(school, verdict, on, person, Places.of(school.books), weighing(school.regulation))
    views = (
        ListView("by-clause.html", "Всё по пунктам регламента", maker.by_clause(standing)),
        ListView("by-person.html", "Всё по людям", maker.by_person()),
        ListView("by-class.html", "Всё по классам", maker.by_class()),
        ListView("by-deadline.html", "Всё по срокам", maker.by_deadline()),
    )
    for view in views:
        path = f"staff/{view.file}"
        yield Page(path, render.page("control_list.html", path=path, view=view, on=on, person=person), "deputy")


@dataclass(frozen=True, slots=True)
class _Lists:
    """What all four lists are made of."""

    school: School
    verdict: Verdict
    on: dt.date
    person: Callable[[str], Person]
    places: Places
    weighty: frozenset[str]

    def by_clause(self, standing: Mapping[str, Standing]) -> list[ListGroup]:
        """Return a group for every clause of which there is anything to say."""
        own, unseen = self._grouped(lambda finding: (finding.clause,))
        done = _by_key(self.verdict.done, lambda one: BY_CODE[one.code].clause if one.code in BY_CODE else "")
        found = self._groups(own, unseen, sorted({*own, *unseen, *standing}, key=clause_order), standing)
        return [
            ListGroup(
                anchor_of_clause(clause), _clause_title(clause), clause or "книги", "", number, one, parts,
                self._by_class(own.get(clause, ()), done.get(clause, {})),
            )
            for clause, number, one, parts in found
        ]  # fmt: skip

    def by_person(self) -> list[ListGroup]:
        """Return a group for everyone of whom there is anything to say, the most overdue first."""
        own, unseen = self._grouped(lambda finding: (finding.person,))
        standing = self._standing(lambda finding: (finding.person,), lambda done: (done.person,))
        found = list(self._groups(own, unseen, {**own, **unseen, **standing}, standing))
        found.sort(key=lambda group: (-group[2].overdue, -group[1], self.person(group[0]).name))
        return [
            ListGroup(anchor_of_person(code), who.name, who.name, who.href, number, one, parts)
            for code, number, one, parts in found
            for who in (self.person(code),)
        ]

    def by_class(self) -> list[ListGroup]:
        """Return a group for every class, and one for the school as a whole."""
        names = [*(book.name for book in self.school.books), ""]

        def classes(finding: Finding) -> Iterable[str]:
            own = [name for name in self.places.topic(finding).classes if name in names]
            return own or ("",)

        own, unseen = self._grouped(classes)
        standing = self._standing(classes, lambda done: (done.school_class if done.school_class in names else "",))
        return [
            ListGroup(
                anchor_of_class(name), f"Класс {name}" if name else WHOLE, name or WHOLE,
                f"classes/{slug(name)}.html" if name else "", number, one, parts,
            )
            for name, number, one, parts in self._groups(own, unseen, names, standing)
        ]  # fmt: skip

    def by_deadline(self) -> list[ListGroup]:
        """Return what is overdue, the oldest first, then the days to come."""
        found, on, places = sort_out(self.verdict.findings, self.on), self.on, self.places
        ages = (("month", "Просрочено больше месяца", 30), ("fortnight", "Просрочено больше двух недель", 14))
        groups: list[tuple[str, str, list[Finding]]] = []
        rest = list(found.overdue)
        for anchor, title, days in ages:
            groups.append((f"late-{anchor}", title, [f for f in rest if days_late(f, on) > days]))
            rest = [f for f in rest if days_late(f, on) <= days]
        groups.append(("late-recent", "Просрочено недавно", rest))
        ahead = by((*found.fortnight, *found.later), lambda finding: finding.due.isoformat() if finding.due else "")
        for due in sorted(ahead):
            date = dt.date.fromisoformat(due)
            words = spoken_day(date) if date > on else f"сегодня, {spoken_day(date)}"
            groups.append((f"day-{due}", f"Срок – {words}", list(ahead[due])))
        return [
            ListGroup(
                anchor, title, title.removeprefix("Срок – "), "", len(own), Standing(),
                (Part("", len(own), rule_groups(own, on, places), open=True),),
            )
            for anchor, title, own in groups
            if own
        ]  # fmt: skip

    def _grouped(
        self, names: Callable[[Finding], Iterable[str]]
    ) -> tuple[dict[str, list[Finding]], dict[str, list[Finding]]]:
        """Return the findings, and what was not checked, by the names a function gives."""
        own: dict[str, list[Finding]] = {}
        unseen: dict[str, list[Finding]] = {}
        for place, findings in ((own, self.verdict.findings), (unseen, self.verdict.unchecked)):
            for finding in findings:
                for name in names(finding):
                    place.setdefault(name, []).append(finding)
        return own, unseen

    def _groups(
        self,
        own: Mapping[str, list[Finding]],
        unseen: Mapping[str, list[Finding]],
        names: Iterable[str],
        standing: Mapping[str, Standing],
    ) -> Iterator[tuple[str, int, Standing, tuple[Part, ...]]]:
        for name in names:
            found = sort_out(own.get(name, ()), self.on)
            parts = parts_of(found, unseen.get(name, ()), self.on, self.places)
            one = standing.get(name, Standing())
            if parts or one.owed:
                yield name, len(found.overdue) + len(found.mend), one, parts

    def _standing(
        self, of_finding: Callable[[Finding], Iterable[str]], of_done: Callable[[Done], Iterable[str]]
    ) -> Mapping[str, Standing]:
        found = sort_out(self.verdict.findings, self.on)
        return standings(found, self.verdict.done, self.weighty, of_finding, of_done)

    def _by_class(self, findings: Iterable[Finding], done: Mapping[Done, int]) -> tuple[Tallied, ...]:
        """Return how a clause stands in every class: the list behind the number of what is done in time."""
        order = {fold(book.name): n for n, book in enumerate(self.school.books)}
        found = standings(
            sort_out(findings, self.on), done, self.weighty,
            lambda finding: self.places.topic(finding).classes[:1] or ("",), lambda one: (one.school_class,),
        )  # fmt: skip
        names = sorted(found, key=lambda name: (order.get(fold(name), len(order)), name))
        return tuple(Tallied(name or WHOLE, found[name]) for name in names)


def _clause_title(clause: str) -> str:
    return f"п.\u00a0{clause}. {clause_words(clause)}" if clause else clause_words(clause)


def anchor_of_person(code: str) -> str:
    """Return the anchor of a person's list: «person-st-01-…»."""
    return f"person-{slug(code)}" if code else "person-nobody"


def anchor_of_class(name: str) -> str:
    """Return the anchor of a class's list: «class-5a»."""
    return f"class-{slug(name)}" if name else "class-school"


def _by_key(done: Mapping[Done, int], key: Callable[[Done], str]) -> dict[str, dict[Done, int]]:
    """Return the tally by what a function names."""
    found: dict[str, dict[Done, int]] = {}
    for one, number in done.items():
        found.setdefault(key(one), {})[one] = number
    return found
