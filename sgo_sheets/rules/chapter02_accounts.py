"""Глава II: учётные записи и ответственные (п. 2.2–2.8)."""

from __future__ import annotations

from sgo_sheets.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
