"""Which lessons a pupil has on which day: those of his class that he attends, by its journals and groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

from sgo_sheets.school.elements import Pupil, Span, Stay
from sgo_sheets.site.diary_lessons import Board, OfClass

Attendance = Mapping[OfClass, tuple[Span, ...]]


def attendance(board: Board, pupil: Pupil) -> Attendance:
    """Return the journals the pupil belongs to in each class, with the days."""
    classes = {stay.school_class for stay in pupil.stays}
    found = {}
    for owner, journal in board.journals.items():
        member = journal.member(pupil.id) if owner[0] in classes else None
        if member is not None:
            found[owner] = member.spans
    return found


def lessons_by_day(
    board: Board, stays: Iterable[Stay], attended: Attendance, loose: Collection[int]
) -> dict[dt.date, tuple[int, ...]]:
    """Return the pupil's lessons by day. ``loose`` are his marks without a lesson, nobody else's.

    Where a group has no journal nobody knows who attends it: its lesson is shown to who has no other at that time.
    """
    found: dict[dt.date, tuple[int, ...]] = {}
    for stay in stays:
        for date, places in board.days.get(stay.school_class, {}).items():
            if not stay.first <= date <= stay.last:
                continue
            sure = [p for p in places if _attends(board, p, date, attended, loose)]
            busy = {board.cards[p].number for p in sure}
            kept = _without_replaced(board, sorted((*sure, *_maybe(board, places, busy)), key=places.index))
            if kept:
                found[date] = kept
    return found


def _attends(board: Board, place: int, date: dt.date, attended: Attendance, loose: Collection[int]) -> bool:
    card, owner = board.cards[place], board.owners[place]
    if card.loose and place not in loose:
        return False
    if owner in board.journals:
        return any(first <= date <= last for first, last in attended.get(owner, ()))
    return not _unknown_group(board, place)


def _maybe(board: Board, places: Iterable[int], busy: Collection[int | None]) -> Iterable[int]:
    """Return one lesson of each subject whose group is not known, at times when the pupil has no other."""
    found: dict[tuple[int | None, str], int] = {}
    for place in places:
        card = board.cards[place]
        if _unknown_group(board, place) and card.number not in busy:
            found.setdefault((card.number, card.subject), place)
    return found.values()


def _unknown_group(board: Board, place: int) -> bool:
    owner = board.owners[place]
    name, key = owner
    return owner not in board.journals and (key.group != "" or key.target != name)


def _without_replaced(board: Board, places: Sequence[int]) -> tuple[int, ...]:
    """Drop a lesson in whose place another one stands: that one says «вместо …»."""
    taken = {board.cards[p].number for p in places if not board.cards[p].cancelled}
    return tuple(p for p in places if not (board.cards[p].cancelled and board.cards[p].number in taken))
