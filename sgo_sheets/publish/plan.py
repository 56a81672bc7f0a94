"""What a publication is going to do, decided before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from sgo_sheets.project import UserError
from sgo_sheets.publish.listing import Listing
from sgo_sheets.russian import counted
from sgo_sheets.site.disk import TEMPORARY
from sgo_sheets.site.manifest import Entry

ALLOWED_SHARE = 10  # one page of ten may go without a word
ALLOWED_ANYWAY = 10
_ASSETS, _DATA, _PAGES = range(3)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done.

    ``write`` – paths in their order; ``delete`` – published names without a page; ``litter`` – unfinished files of a
    run that was killed; ``strangers`` – files nobody published, which stay; ``edited`` – pages changed on the spot.
    """

    write: tuple[str, ...]
    delete: tuple[str, ...]
    litter: tuple[str, ...]
    strangers: tuple[str, ...]
    edited: tuple[str, ...]
    kept: int


def select(pages: Mapping[str, Entry], *, everything: bool) -> dict[str, str]:
    """Return the pages to publish, path → digest: the public ones, and the others only when asked for openly."""
    return {path: entry.sha256 for path, entry in pages.items() if everything or not is_closed(path)}


def is_closed(path: str) -> bool:
    """Return whether a page is not for everybody."""
    return not path.startswith("public/")


def is_asset(path: str) -> bool:
    """Return whether pages lean on this file: styles, scripts, pictures."""
    return path.startswith("public/assets/")


def rank(path: str) -> int:
    """Return the place in the order of publishing: assets, data, pages."""
    if is_asset(path):
        return _ASSETS
    return _PAGES if PurePosixPath(path).suffix == ".html" else _DATA


def make_plan(
    wanted: Mapping[str, str], listing: Listing | None, there: Mapping[str, str], *, adopt: bool = False
) -> Plan:
    """Return what to write and what to delete.

    ``wanted`` and ``there`` map paths to digests, as they should be and as they are; without a ``listing`` nobody
    knows whose the other files are, and only ``adopt`` lets them be deleted.
    """
    ours = listing.names if listing else frozenset()
    litter = tuple(sorted(path for path in there if path.endswith(TEMPORARY)))
    others = [path for path in there if path not in wanted and path not in litter]
    delete = tuple(sorted(path for path in others if path in ours or (adopt and listing is None)))
    write = sorted((path for path in wanted if there.get(path) != wanted[path]), key=lambda path: (rank(path), path))
    published = listing.pages if listing else {}
    return Plan(
        write=tuple(write),
        delete=delete,
        litter=litter,
        strangers=tuple(sorted(set(others) - set(delete))),
        edited=tuple(sorted(path for path in published if path in there and there[path] != published[path])),
        kept=len(wanted) - len(write),
    )


def refuse_too_many(delete: Collection[str], published: int, allowed: int | None, *, everything: bool) -> None:
    """Raise UserError when more published pages would go than allowed without a word."""
    limit = max(ALLOWED_ANYWAY, published // ALLOWED_SHARE) if allowed is None else allowed
    forgotten = allowed is None and not everything and any(map(is_closed, delete))
    if len(delete) <= limit and not forgotten:
        return
    number = counted(len(delete), "страницу", "страницы", "страниц")
    hint = "" if everything else " Страницы семей и сотрудников выкладываются только с параметром --open."
    raise UserError(
        f"Выкладка удалила бы {number} из {published}, поэтому остановлена; ничего не изменено.{hint} "
        f"Посмотрите список: --dry-run. Если удалить нужно, добавьте --max-deletes {len(delete)}."
    )
