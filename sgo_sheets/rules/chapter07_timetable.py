"""Глава VII: расписание и каникулы (п. 7.1–7.3)."""

from __future__ import annotations

from sgo_sheets.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
