"""Глава IV: сведения об организации (п. 4.1–4.2)."""

from __future__ import annotations

from sgo_sheets.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
