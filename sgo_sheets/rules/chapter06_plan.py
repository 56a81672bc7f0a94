"""Глава VI: учебный план и КТП (п. 6.1–6.8)."""

from __future__ import annotations

from sgo_sheets.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
