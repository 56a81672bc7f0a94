"""Charts: what they draw, that they say the same in words, that they need nothing from outside."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from sgo_sheets.reports.charts import Bar, Curve, bars, lines
from sgo_sheets.reports.document import Chart

NAMES = ("ученик", "класс")
BARS = (Bar("Алгебра", Decimal("4.20"), Decimal("3.90")), Bar("<Химия> & «1»", None, Decimal("4.05")))
MONTHS = ("сентябрь", "октябрь", "ноябрь")
CURVES = (Curve("ученик", (Decimal("4.2"), None, Decimal("3.8"))), Curve("класс", (4, Decimal("3.9"), None)))


def _bars() -> Chart:
    return bars("Средний балл", BARS, NAMES, 5)


def _lines() -> Chart:
    return lines("Динамика", MONTHS, CURVES, 2, 5)


def test_a_bar_is_as_long_as_its_value() -> None:
    own, beside, beside_second = _widths()
    assert own / beside == pytest.approx(4.20 / 3.90, abs=0.01)
    assert beside_second / beside == pytest.approx(4.05 / 3.90, abs=0.01)


def _widths() -> tuple[float, float, float]:
    series = _bars().svg.split('class="series bars"')[1:]
    found = [float(part.split('width="')[1].split('"')[0]) for block in series for part in block.split("<rect")[1:]]
    return found[0], found[1], found[2]


def test_the_words_say_every_figure() -> None:
    assert _bars().words == "Алгебра: ученик 4,20, класс 3,90; <Химия> & «1»: класс 4,05"
    assert _lines().words == "сентябрь: ученик 4,2, класс 4; октябрь: класс 3,9; ноябрь: ученик 3,8"


def test_nothing_comes_from_outside_and_the_legend_names_only_the_lines() -> None:
    for chart in (_bars(), _lines()):
        assert "script" not in chart.svg
        assert "url(" not in chart.svg
        assert chart.svg.count("http") == 1  # the name space
        assert "prefers-color-scheme:dark" in chart.svg
    assert ">.</text>" not in _lines().svg
    assert "класс (пунктир)" in _lines().svg


def test_the_same_figures_give_the_same_bytes() -> None:
    assert _bars().svg == _bars().svg
    assert _lines().svg == _lines().svg


def test_a_chart_without_values_is_refused() -> None:
    with pytest.raises(ValueError, match="Пусто"):
        bars("Пусто", (Bar("Алгебра", None),), NAMES, 5)


def test_a_chart_costs_little() -> None:
    _bars(), _lines()
    begun = time.process_time()
    for _ in range(20):
        _bars(), _lines()
    assert (time.process_time() - begun) / 40 < 0.01
