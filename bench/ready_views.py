"""Our pages from views that are worked out already: what is left is what Hugo does with the same views.

``sgo_sheets.site.diary.diary_pages`` goes from the class to the page in one go; here its two halves stand apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sgo_sheets.russian import slug
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.diary_fragments import Fragments
from sgo_sheets.site.diary_pupil import Desk, common_part
from sgo_sheets.site.diary_shared_views import Card
from sgo_sheets.site.diary_views import PeriodLink, PeriodPage
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.stage import put


@dataclass(frozen=True, slots=True)
class PupilViews:
    """All that a pupil's pages show: the links of the front page, and the page of each period by its file."""

    pupil: str
    name: str
    links: tuple[PeriodLink, ...]
    pages: dict[str, PeriodPage]


@dataclass(frozen=True, slots=True)
class ClassViews:
    """All that the diaries of a class show; pages name lessons by their place in ``cards``."""

    cards: tuple[Card, ...]
    pupils: tuple[PupilViews, ...]


def class_views(book: ClassBook, render: Renderer) -> ClassViews:
    """Return the views of the class's diaries."""
    common = common_part(book)
    desk = Desk(book, common, render.moment(book.saved) if book.saved else None)
    pupils = []
    for pupil in book.diaries():
        diary = desk.diary(pupil)
        pages = {common.pages[place].file: diary.page(place) for place in diary.places}
        pupils.append(PupilViews(pupil.id, pupil.name, diary.period_links(), pages))
    return ClassViews(common.board.cards, tuple(pupils))


def write_views(views: ClassViews, render: Renderer, target: Path) -> int:
    """Write the pages of the class's diaries and return how many there are."""
    return len(put(_pages(views, render), target, {}))


def _pages(views: ClassViews, render: Renderer) -> Iterator[Page]:
    shared = Fragments(render, views.cards)
    for own in views.pupils:
        folder, audience = f"families/{slug(own.pupil)}", f"family:{own.pupil}"
        path = f"{folder}/index.html"
        yield Page(path, render.page("diary_index.html", path=path, pupil=own.name, links=own.links), audience)
        for file, page in own.pages.items():
            path, ready = f"{folder}/{file}", {"weeks": shared.weeks(page)}
            yield Page(
                path,
                render.page("diary.html", path=path, ready=ready, page=page, shared=shared, changes=False),
                audience,
            )
