"""Who belongs to the school and since when: pupils by cards and orders, staff by their rows."""

from __future__ import annotations

import datetime as dt

from sgo_sheets.records.people_books import ENROLMENT, GRADUATION, LEAVING
from sgo_sheets.records.school_book import Employee
from sgo_sheets.school.elements import Pupil, Span
from sgo_sheets.school.membership import order_day

_DAY = dt.timedelta(days=1)


def class_of(pupil: Pupil, year: Span) -> str:
    """Return the class a pupil is in to the end of the year as far as is known, «» for one who has left."""
    last = pupil.stays[-1] if pupil.stays else None
    return last.school_class if last is not None and last.last >= year.last else ""


def pupil_left(pupil: Pupil, year: Span) -> dt.date | None:
    """Return the day from which a pupil is gone by an order, None where no order says so."""
    days = [day for one in pupil.orders if one.type in (LEAVING, GRADUATION) and (day := order_day(one))]
    if class_of(pupil, year):
        return None
    if pupil.stays:
        gone = pupil.stays[-1].last + _DAY
        return gone if gone in days else None
    return max(days, default=None)


def employee_left(employee: Employee) -> dt.date | None:
    """Return the day after an employee's last, None while there is none."""
    return employee.dismissed + _DAY if employee.dismissed is not None else None


def works_on(employee: Employee) -> bool:
    """Return whether nothing says that an employee has left or will."""
    return employee.dismissed is None and not employee.unread("dismissed")


def enrolled_on(pupil: Pupil, year: Span) -> dt.date | None:
    """Return the day of enrolment: by the card, else by the first class of the year when that begins later."""
    if pupil.card.enrolled is not None or pupil.card.unread("enrolled"):
        return pupil.card.enrolled
    first = pupil.stays[0].first if pupil.stays else None
    return first if first is not None and first > year.first else None


def enrolment_paper(pupil: Pupil, year: Span) -> dt.date | None:
    """Return the day of the document of enrolment: its order's date, else the day of enrolment itself."""
    enrolled = enrolled_on(pupil, year)
    papers = [
        one.date
        for one in pupil.orders
        if one.type == ENROLMENT and one.date is not None and enrolled in (None, order_day(one))
    ]
    return max(papers, default=enrolled)


def card_owed_since(pupil: Pupil, year: Span) -> dt.date | None:
    """Return the day from which the card is owed: of enrolment, or of its order when that came later."""
    days = [day for day in (enrolled_on(pupil, year), enrolment_paper(pupil, year)) if day is not None]
    return max(days, default=None)


def hiring_paper(employee: Employee) -> dt.date | None:
    """Return the day of the order of hiring, else the first working day."""
    return employee.order_date or employee.hired


def staff_card_owed_since(employee: Employee) -> dt.date | None:
    """Return the day from which an employee's card is owed: the first working day, or the order's when later."""
    days = [day for day in (employee.hired, employee.order_date) if day is not None]
    return max(days) if employee.hired is not None else None
