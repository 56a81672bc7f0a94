"""``sgo explain CODE``: the page of a rule or of a fault of form."""

from __future__ import annotations

import textwrap

import click

from sgo_sheets.cli.options import debug_option
from sgo_sheets.project import UserError

WIDTH = 90
_LOOKALIKES = str.maketrans("РрШшrw", "RRWWRW")


@click.command("explain")
@click.argument("code", metavar="КОД")
@debug_option
def command(code: str) -> None:
    """Объяснить правило: что требуется, к какому сроку, как исправить."""
    from sgo_sheets.rules.pages import CODE_PAGES  # noqa: PLC0415 - rules are not for --help

    page = CODE_PAGES.get(code.strip().translate(_LOOKALIKES))
    if page is None:
        near = _near(code.strip().translate(_LOOKALIKES), tuple(CODE_PAGES))
        hint = f"Возможно, вы имели в виду {' или '.join(near)}." if near else "Все коды: sgo rules."
        raise UserError(f"Кода «{code}» нет. {hint}")
    click.secho(f"{page.code} {page.title}", bold=True)
    facts = [f"п. {page.clause} регламента"] if page.clause else ["правило чтения книг"]
    facts.append(page.severity.label)
    facts.extend([page.role.label] if page.role else [])
    facts.extend([f"срок: {page.term}"] if page.term else [])
    click.echo("; ".join(facts))
    for text in (*page.why.split("\n\n"), f"Как исправить: {page.fix}"):
        click.echo("")
        click.echo(textwrap.fill(text, WIDTH, break_on_hyphens=False))


def _near(code: str, known: tuple[str, ...]) -> list[str]:
    """Return the codes one typing slip away: a digit wrong, missing or too many, two swapped."""
    return [one for one in known if _slips(code, one) == 1][:3]


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
