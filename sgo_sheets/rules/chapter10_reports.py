"""Глава X: отчёты (п. 10.3–10.5)."""

from __future__ import annotations

from sgo_sheets.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
