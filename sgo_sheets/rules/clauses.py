"""The numbering of the regulation as rules and pages cite it: «8.4», «Порядок 3.1» (the slip «6.» after 5.5 is 5.6)."""

from __future__ import annotations

_COUNTS = {1: 2, 2: 8, 3: 3, 4: 2, 5: 6, 6: 8, 7: 3, 8: 9, 9: 3, 10: 6, 11: 1}
_ORDER = ("1", "2", "3.1", "3.2", "3.3", "4", "5.1", "5.2", "5.3", "5.4", "5.5", "6")

CLAUSES: tuple[str, ...] = (
    *(f"Порядок {clause}" for clause in _ORDER),
    *(f"{chapter}.{number}" for chapter, count in _COUNTS.items() for number in range(1, count + 1)),
)
