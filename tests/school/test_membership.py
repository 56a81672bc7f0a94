"""Where a pupil studies on a day follows from «Класс на начало года» and the movement book."""

from __future__ import annotations

from typing import Any

from tests.school.small import d, messages, school

ENROL, LEAVE, MOVE = "Зачисление в гимназию", "Выбытие из гимназии", "Перевод из класса в класс"


def _order(kind: str, event: str, pupil: str = "К-101", **more: Any) -> dict[str, Any]:
    return {"number": "1", "date": d(event), "type": kind, "event": d(event), "pupil": pupil, **more}


def _stays(*orders: dict[str, Any], pupil: str = "К-101", **card: Any) -> list[tuple[str, str, str]]:
    cards = {"5А": [{"id": "К-101", "surname": "Берёзкина", "first_name": "Вера", "class_at_start": "5А", **card}]}
    found = school(cards=cards, orders=list(orders), groups=[])
    return [(s.school_class, f"{s.first:%d.%m}", f"{s.last:%d.%m}") for s in found.pupils[pupil].stays]


def test_without_orders_a_pupil_stays_the_whole_year() -> None:
    assert _stays() == [("5А", "01.09", "31.05")]


def test_from_the_day_of_a_move_the_pupil_is_in_the_new_class() -> None:
    assert _stays(_order(MOVE, "10.11", from_class="5А", to_class="5Б")) == [
        ("5А", "01.09", "09.11"),
        ("5Б", "10.11", "31.05"),
    ]


def test_who_left_is_out_from_the_day_of_the_event() -> None:
    assert _stays(_order(LEAVE, "10.11", from_class="5А")) == [("5А", "01.09", "09.11")]


def test_who_arrived_belongs_from_the_day_of_the_event() -> None:
    assert _stays(_order(ENROL, "12.10", to_class="5Б"), class_at_start="") == [("5Б", "12.10", "31.05")]


def test_who_left_and_came_back_has_two_stays() -> None:
    orders = (_order(ENROL, "01.02", to_class="5Б"), _order(LEAVE, "10.11", from_class="5А"))
    assert _stays(*orders) == [("5А", "01.09", "09.11"), ("5Б", "01.02", "31.05")]


def test_an_order_effective_on_the_first_day_explains_and_moves_nobody() -> None:
    assert _stays(_order(ENROL, "01.09", to_class="5Б")) == [("5А", "01.09", "31.05")]


def test_orders_of_last_year_are_not_looked_up() -> None:
    found = school(orders=[_order(ENROL, "20.08.2020", "К-000", to_class="4Ж")])
    assert messages(found) == []


def test_an_order_whose_number_and_name_disagree_moves_nobody() -> None:
    found = school(orders=[_order(LEAVE, "10.11", from_class="5А", pupil_name="Лугов Пётр")])
    assert [s.last for s in found.pupils["К-101"].stays] == [d("31.05")]
    assert [f.at.cell for f in found.findings if f.code == "W0403"] == ["G2"]


def test_one_number_in_two_classes_counts_once_and_is_said() -> None:
    card = {"id": "К-101", "surname": "Чужой", "first_name": "Егор", "class_at_start": "5Б"}
    mine = {"id": "К-101", "surname": "Берёзкина", "first_name": "Вера", "class_at_start": "5А"}
    found = school(cards={"5Б": [card], "5А": [mine]}, groups=[])
    assert found.pupils["К-101"].name == "Берёзкина Вера"
    assert [str(f.at) for f in found.findings] == ["Контингент/5Б.xlsx › Обучающиеся!A2"]


def test_who_came_and_left_on_one_day_was_there_on_none_whatever_the_order_of_the_rows() -> None:
    orders = (_order(LEAVE, "12.10", from_class="5А"), _order(ENROL, "12.10", to_class="5А"))
    assert _stays(*orders, class_at_start="") == []
    assert _stays(*reversed(orders), class_at_start="") == []
    assert _stays(*orders) == [("5А", "01.09", "11.10"), ("5А", "12.10", "31.05")]


def test_who_was_enrolled_in_the_summer_and_left_before_the_year_is_in_no_class() -> None:
    orders = (_order(ENROL, "10.06.2026", to_class="5А"), _order(LEAVE, "20.08.2026", from_class="5А"))
    assert _stays(*orders, class_at_start="") == []


def test_enrolments_for_the_next_year_are_not_looked_up() -> None:
    found = school(orders=[_order(ENROL, "01.09.2027", "К-900", to_class="1Ж")])
    assert messages(found) == []
