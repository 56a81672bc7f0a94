"""Глава V: личные карты (п. 5.3–5.6)."""

from __future__ import annotations

from sgo_sheets.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
