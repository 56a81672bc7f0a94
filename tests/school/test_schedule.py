"""Lessons by day: the poster, groups, streams, substitutions."""

from __future__ import annotations

from typing import Any

from sgo_sheets.school.elements import Slot
from sgo_sheets.school.model import School
from tests.school.small import d, messages, school


def _on(found: School, day: str, name: str = "5А") -> list[Slot]:
    book = found.book(name)
    assert book is not None
    return [slot for slot in book.slots if slot.date == d(day)]


def _said(slots: list[Slot]) -> list[tuple[int, str, str, str, bool]]:
    return [(s.number, f"{s.subject} {s.group}".strip(), s.teacher, s.changed, s.cancelled) for s in slots]


def test_a_monday_has_the_lessons_of_the_poster_with_rooms_and_bells() -> None:
    slots = _on(school(), "07.09")
    assert [(s.number, s.subject, s.group, s.room) for s in slots] == [
        (1, "Математика", "", "143"),
        (2, "Английский язык", "1", "325"),
        (2, "Английский язык", "2", "152/215"),
    ]
    assert f"{slots[0].start:%H:%M}" == "08:00"


def test_holidays_and_days_off_have_no_lessons() -> None:
    found = school()
    assert _on(found, "26.10") == []
    assert _on(found, "04.11") == []


def test_a_subject_whose_name_holds_brackets_is_not_a_group() -> None:
    poster = {"Расписание": [{"weekday": "пн", "number": 1, "cells": {"5А": "Труд (технология), 12"}}]}
    assert [(s.subject, s.group, s.room) for s in _on(school(timetable=poster), "07.09")] == [
        ("Труд (технология)", "", "12")
    ]


def test_a_cell_without_a_group_means_all_groups_of_the_load() -> None:
    poster = {"Расписание": [{"weekday": "пн", "number": 1, "cells": {"5А": "Английский язык"}}]}
    assert [s.group for s in _on(school(timetable=poster), "07.09")] == ["1", "2"]


def test_alternating_weeks() -> None:
    poster = {
        "Расписание": [
            {"weekday": "пн", "number": 1, "cells": {"5А": "по чётным: Математика\nпо нечётным: Физическая культура"}}
        ]
    }
    found = school(timetable=poster)
    assert [s.subject for s in _on(found, "07.09")] == ["Математика"]  # the second week of the school year
    assert [s.subject for s in _on(found, "14.09")] == ["Физическая культура"]


def test_a_new_sheet_is_in_force_from_its_day() -> None:
    poster = {
        "Расписание": [{"weekday": "пн", "number": 1, "cells": {"5А": "Математика"}}],
        "Расписание с 09.11.2026": [{"weekday": "пн", "number": 3, "cells": {"5А": "Математика"}}],
    }
    found = school(timetable=poster)
    assert [s.number for s in _on(found, "02.11")] == [1]
    assert [s.number for s in _on(found, "09.11")] == [3]


def test_a_mistyped_subject_is_named_with_a_guess_and_the_rest_is_read() -> None:
    poster = {"Расписание": [{"weekday": "пн", "number": 1, "cells": {"5А": "Матиматика, 143 / Физическая культура"}}]}
    found = school(timetable=poster)
    assert [s.subject for s in _on(found, "07.09")] == ["Физическая культура"]
    assert "Возможно, вы имели в виду «Математика»." in messages(found)[0]


def test_a_group_that_the_load_does_not_know_is_a_finding() -> None:
    poster = {"Расписание": [{"weekday": "пн", "number": 1, "cells": {"5А": "Английский язык (3)"}}]}
    found = school(timetable=poster)
    assert ["группы «3»" in text for text in messages(found)] == [True]


def _with(*rows: dict[str, Any]) -> School:
    return school(substitutions=[{"date": d("14.09"), "target": "5А", "number": 1, **row} for row in rows])


def test_a_substitute_teaches_and_owes_the_lesson() -> None:
    found = _with({"kind": "замена учителя", "teacher": "СТ-02"})
    assert _said(_on(found, "14.09"))[0] == (1, "Математика", "СТ-02", "замена: Полянский\u00a0О.\u00a0Л.", False)
    assert _said(_on(found, "07.09"))[0][2] == "СТ-01"


def test_a_cancelled_lesson_is_shown_and_owed_by_nobody() -> None:
    assert _said(_on(_with({"kind": "отмена"}), "14.09"))[0] == (1, "Математика", "СТ-01", "урок отменён", True)


def test_another_subject_takes_the_place() -> None:
    found = _with({"kind": "замена предмета", "subject": "Английский язык", "group": "1"})
    first = [s for s in _said(_on(found, "14.09")) if s[0] == 1]
    assert first == [
        (1, "Английский язык 1", "СТ-01", "вместо: Математика", False),
        (1, "Математика", "СТ-01", "вместо него: Английский язык", True),
    ]


def test_a_moved_lesson_is_gone_here_and_stands_there() -> None:
    found = _with({"kind": "перенос", "moved_to": d("15.09"), "moved_number": 4})
    assert _said(_on(found, "14.09"))[0][3:] == ("перенесён на 15\u00a0сентября", True)
    assert _said(_on(found, "15.09")) == [(4, "Математика", "СТ-01", "перенесён с 14\u00a0сентября", False)]


def test_a_substitution_of_one_group_leaves_the_other() -> None:
    found = school(
        substitutions=[
            {
                "date": d("14.09"),
                "target": "5А",
                "number": 2,
                "kind": "отмена",
                "subject": "Английский язык",
                "group": "2",
            }
        ]
    )
    assert [(s.group, s.cancelled) for s in _on(found, "14.09") if s.number == 2] == [("1", False), ("2", True)]


def test_a_substitution_that_fits_no_lesson_is_said_once() -> None:
    found = school(substitutions=[{"date": d("14.09"), "target": "5А", "number": 6, "kind": "отмена"}])
    assert messages(found) == [
        "Расписание.xlsx › Замены!C2: в расписании класса 5А на 14.09.2026 нет урока 6, поэтому замена не применена."
    ]


def test_a_stream_is_one_journal_of_two_classes() -> None:
    found = school(
        streams=[{"name": "10-11 проф", "classes": "10А, 11А"}],
        loads=[{"target": "10-11 проф", "subject": "Математика", "teacher": "СТ-01"}],
        groups=[],
        timetable={"Расписание": [{"weekday": "пн", "number": 5, "cells": {"10А": "Математика", "11А": "Математика"}}]},
    )
    assert [s.target for s in _on(found, "07.09", "11А")] == ["10-11 проф"]
    assert [load.subject for load in found.books[2].lacking] == ["Математика"]
    assert found.books[3].lacking == ()  # one absent journal is said of one class


def test_a_teacher_replaced_in_november_holds_the_lessons_from_that_day() -> None:
    found = school(
        loads=[
            {"target": "5А", "subject": "Математика", "teacher": "СТ-01", "until": d("08.11")},
            {"target": "5А", "subject": "Математика", "teacher": "СТ-02", "since": d("09.11")},
        ],
        groups=[],
        timetable={"Расписание": [{"weekday": "пн", "number": 1, "cells": {"5А": "Математика"}}]},
    )
    assert [_on(found, day)[0].teacher for day in ("02.11", "09.11")] == ["СТ-01", "СТ-02"]
