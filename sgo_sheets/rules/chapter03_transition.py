"""Глава III: переход на новый учебный год (п. 3.1–3.3)."""

from __future__ import annotations

from sgo_sheets.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
