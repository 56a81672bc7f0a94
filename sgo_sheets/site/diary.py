"""The diary's pages (Регламент п. 8.9): one per pupil and study period, so that old ones stay put.

They do not depend on the day of the build: the page's script finds today, what is due next and what is overdue.
"""

from __future__ import annotations

from collections.abc import Iterator

from sgo_sheets.russian import slug
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.diary_fragments import Fragments
from sgo_sheets.site.diary_pupil import Desk, common_part
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer


def diary_pages(book: ClassBook, render: Renderer) -> Iterator[Page]:
    """Yield the diaries of the pupils whose last class this is: ``families/<slug>/index.html`` and a page per period.

    A class whose roll could not be read has no pages: the last good ones stay.
    """
    pupils = book.diaries()
    if not pupils:
        return
    common = common_part(book)
    desk = Desk(book, common, render.moment(book.saved) if book.saved else None)
    shared = Fragments(render, common.board.cards)
    changed = {one.pupil for one in book.changes}
    for pupil in pupils:
        diary = desk.diary(pupil)
        folder, audience = f"families/{slug(pupil.id)}", f"family:{pupil.id}"
        links = diary.period_links()
        path = f"{folder}/index.html"
        yield Page(path, render.page("diary_index.html", path=path, pupil=pupil.name, links=links), audience)
        for place in diary.places:
            page = diary.page(place)
            path = f"{folder}/{common.pages[place].file}"
            ready = {"weeks": shared.weeks(page)}
            content = render.page(
                "diary.html", path=path, ready=ready, page=page, shared=shared, changes=pupil.id in changed
            )
            yield Page(path, content, audience)
