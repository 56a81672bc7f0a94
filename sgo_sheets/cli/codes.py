"""Codes and clauses as people type them: any layout and case, the beginning of a code, one slip guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sgo_sheets.project import UserError
from sgo_sheets.russian import fold

_LOOKALIKES = str.maketrans("РрШшrw", "RRWWRW")


def as_code(typed: str) -> str:
    """Return a typed code with the letters of the real ones: «р0801» is R0801."""
    return typed.strip().translate(_LOOKALIKES)


def codes_of(typed: Iterable[str], known: Sequence[str]) -> frozenset[str]:
    """Return the codes that are typed, whole or by their beginning («R08»), several parted by commas.

    Raises UserError for one that no code begins with.
    """
    found: set[str] = set()
    for part in parts_of(typed):
        code = as_code(part)
        own = [one for one in known if one.startswith(code)]
        if not own:
            raise unknown_code(part, known)
        found.update(own)
    return frozenset(found)


def unknown_code(typed: str, known: Sequence[str]) -> UserError:
    """Return what is said of a code that does not exist, with the codes one slip away."""
    code = as_code(typed)
    near = slips_away(code, known) or slips_away(code, sorted({one[: len(code)] for one in known}))
    hint = f"Возможно, вы имели в виду {' или '.join(near)}." if near else "Все коды: sgo rules."
    return UserError(f"Кода «{typed}» нет. {hint}")


def clauses_of(typed: Iterable[str], known: Sequence[str]) -> frozenset[str]:
    """Return the clauses that are typed: «8.4», a whole chapter «8», «Порядок 3.1» or all of «Порядок».

    Raises UserError for one the regulation has not.
    """
    found: set[str] = set()
    for part in parts_of(typed):
        wanted = _plain(part)
        own = [one for one in known if _within(fold(one), wanted)]
        if not own:
            near = slips_away(wanted, [fold(one) for one in known])
            named = [one for one in known if fold(one) in near]
            hint = f"Возможно, вы имели в виду {' или '.join(named)}." if named else "Все пункты: sgo rules --clauses."
            raise UserError(f"Пункта «{part}» в регламенте нет. {hint}")
        found.update(own)
    return frozenset(found)


def _plain(typed: str) -> str:
    """Return «8.4» of «п. 8.4» or «П.8.4.»."""
    return fold(typed).removeprefix("регламент ").removeprefix("п.").strip().rstrip(".")


def _within(clause: str, wanted: str) -> bool:
    return clause == wanted or clause.startswith((f"{wanted}.", f"{wanted} "))


def parts_of(typed: Iterable[str]) -> list[str]:
    """Return what is typed in one or several options, each with one or several words parted by commas."""
    return [part.strip() for one in typed for part in one.split(",") if part.strip()]


def slips_away(word: str, known: Iterable[str]) -> list[str]:
    """Return up to three words one typing slip away: a letter wrong, missing or too many, two swapped."""
    return [one for one in known if _slips(word, one) == 1][:3]


def _slips(left: str, right: str) -> int:
    """Return 1 when the texts differ by one slip, 0 when not at all, 2 for more."""
    if left == right:
        return 0
    if len(left) == len(right):
        differ = [place for place in range(len(left)) if left[place] != right[place]]
        swapped = len(differ) == 2 and left[differ[0]] == right[differ[1]] and left[differ[1]] == right[differ[0]]
        return 1 if len(differ) == 1 or swapped else 2
    short, long = sorted((left, right), key=len)
    dropped = (long[:place] + long[place + 1 :] for place in range(len(long)))
    return 1 if len(long) - len(short) == 1 and short in dropped else 2
