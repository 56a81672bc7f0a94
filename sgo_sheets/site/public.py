"""What everybody may see: the school's name, where a family finds its diary, the holidays. No names of pupils."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sgo_sheets.russian import days_span
from sgo_sheets.school.model import School
from sgo_sheets.site.diary_text import holiday_name
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer

_PATH = "public/index.html"


class Holidays(NamedTuple):
    """Holidays as the public page lists them: name, days, whose («» – all classes)."""

    name: str
    dates: str
    classes: str


def public_pages(school: School, render: Renderer) -> Iterator[Page]:
    """Yield the public page of the school (Регламент п. 4.1, 7.3)."""
    about = school.organisation
    holidays = [
        Holidays(holiday_name(row.name), days_span(row.start, row.end), row.classes)
        for row in sorted(school.holidays, key=lambda row: (row.start or school.year.first, row.classes))
        if row.start is not None and row.end is not None
    ]
    name = about.short_name or about.full_name or "Школа"
    content = render.page("public_index.html", path=_PATH, name=name, about=about, holidays=holidays)
    yield Page(_PATH, content, "public")
