"""The views of our diary templates as JSON for Hugo: a file per class, which its content adapter turns into pages.

What pupils share is written once, as our pages share it: lessons and weeks are tables of the class, named by place.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from sgo_sheets.russian import day_month, slug
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.diary_pupil import Desk, Diary, common_part
from sgo_sheets.site.diary_shared_views import Week
from sgo_sheets.site.diary_views import WeekView
from sgo_sheets.site.render import Renderer


def write_data(book: ClassBook, render: Renderer, folder: Path) -> int:
    """Write the views of a class's diaries to ``<folder>/<class>.json`` and return the size of the file in bytes."""
    data = json.dumps(class_data(book, render), ensure_ascii=False, separators=(",", ":")).encode()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{slug(book.name)}.json").write_bytes(data)
    return len(data)


def class_data(book: ClassBook, render: Renderer) -> dict[str, Any]:
    """Return the views of all pages that ``diary_pages`` makes of the class."""
    common = common_part(book)
    desk = Desk(book, common, render.moment(book.saved) if book.saved else None)
    weeks: dict[Week, int] = {}
    places = {id(card): place for place, card in enumerate(common.board.cards)}
    pupils = [_pupil(desk.diary(pupil), weeks, places) for pupil in book.diaries()]
    return {
        "cards": {str(place): plain(card) for place, card in enumerate(common.board.cards)},
        "weeks": [_week(week) for week in weeks],
        "pupils": pupils,
    }


def _week(week: Week) -> dict[str, Any]:
    days = [day | {"lessons": [str(place) for place in day.get("lessons", ())]} for day in map(plain, week.days)]
    return plain(week) | {"id": week.id, "days": days}


def _pupil(diary: Diary, weeks: dict[Week, int], cards: Mapping[int, int]) -> dict[str, Any]:
    return {
        "slug": slug(diary.pupil.id),
        "name": diary.pupil.name,
        "links": plain(diary.period_links()),
        "notes": {str(place): plain(own) for place, own in diary.notes.items()},
        "pages": [_page(diary, place, weeks, cards) for place in diary.places],
    }


def _page(diary: Diary, place: int, weeks: dict[Week, int], cards: Mapping[int, int]) -> dict[str, Any]:
    page = diary.page(place)
    shown = {field.name: getattr(page, field.name) for field in fields(page) if field.name not in ("pupil", "notes")}
    return plain(shown) | {
        "file": diary.desk.common.pages[place].file,
        "weeks": [_week_view(view, weeks) for view in page.weeks],
        "next": plain(page.next) | {"tasks": [str(cards[id(card)]) for card in page.next.tasks]},
        "debts": [plain(debt) | {"until_words": day_month(debt.until) if debt.until else ""} for debt in page.debts],
    }


def _week_view(view: WeekView, weeks: dict[Week, int]) -> dict[str, Any]:
    return plain(view) | {"week": weeks.setdefault(view.week, len(weeks)), "first": view.week.first.isoformat()}


def plain(view: object) -> Any:
    """Return a view as JSON holds it: named fields as an object without those that are None, a day in ISO form."""
    if isinstance(view, dt.date):
        return view.isoformat()
    if is_dataclass(view):
        named = {field.name: getattr(view, field.name) for field in fields(view)}
        return {name: plain(value) for name, value in named.items() if value is not None}
    if isinstance(view, tuple) and hasattr(view, "_asdict"):
        return {name: plain(value) for name, value in view._asdict().items() if value is not None}
    if isinstance(view, Mapping):
        return {str(name): plain(value) for name, value in view.items()}
    if isinstance(view, tuple | list):
        return [plain(value) for value in view]
    return view
