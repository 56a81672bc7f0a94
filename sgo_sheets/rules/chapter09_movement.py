"""Глава IX: движение обучающихся (п. 9.1–9.3)."""

from __future__ import annotations

from sgo_sheets.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
