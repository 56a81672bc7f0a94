"""The staff's list of links to the diaries, by class."""

from __future__ import annotations

from sgo_sheets.russian import slug
from sgo_sheets.school.model import School
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer


def pupils_page(school: School, render: Renderer) -> Page:
    """Return ``staff/pupils.html``: who has a diary, by class; of a class whose list was not read it says so."""
    path = "staff/pupils.html"
    classes = [
        (
            book.name,
            f"classes/{slug(book.name)}.html",
            None if book.roll is None else [(p.name, f"../families/{slug(p.id)}/index.html") for p in book.diaries()],
        )
        for book in school.books
    ]
    number = sum(len(pupils) for _, _, pupils in classes if pupils)
    return Page(path, render.page("pupils.html", path=path, classes=classes, number=number), "staff")
