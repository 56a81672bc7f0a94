"""The order of a publication, whatever the target: assets, data, pages, the list, deletions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from sgo_sheets.project import UserError
from sgo_sheets.publish.durable import ATTEMPTS
from sgo_sheets.publish.listing import LISTING, Listing, dump, load
from sgo_sheets.publish.memory import recall, remember
from sgo_sheets.publish.plan import Plan, is_asset, make_plan, rank, refuse_too_many, select
from sgo_sheets.publish.target import HeldError, Mark, Target
from sgo_sheets.site import disk, manifest
from sgo_sheets.site.disk import Patience

MANY_HELD = 5  # after so many held files nobody waits for the next ones


@dataclass(frozen=True, slots=True)
class Options:
    """How to publish.

    ``everything`` – also the pages of families and staff, unsealed; ``dry_run`` – only say what would be done;
    ``verify`` – read every published file again; ``anew`` – the target was emptied on purpose; ``max_deletes`` – how
    many pages may go (None: a tenth); ``progress`` – told how many files of how many are done.
    """

    everything: bool = False
    dry_run: bool = False
    verify: bool = False
    anew: bool = False
    max_deletes: int | None = None
    progress: Callable[[int, int], None] | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """What was done, or with ``dry_run`` would be.

    Names written and deleted; names ``left`` for the next run because somebody holds them; pages that had been
    ``edited`` on the spot; ``strangers`` – files that are not ours; how many pages were up to date.
    """

    written: tuple[str, ...]
    deleted: tuple[str, ...]
    left: tuple[str, ...]
    edited: tuple[str, ...]
    strangers: tuple[str, ...]
    kept: int


@dataclass(slots=True)
class _Run:
    """The course of one publication: what is wanted (path → digest), how the files lie, what could not be done."""

    site: Path
    target: Target
    wanted: Mapping[str, str]
    waiting: Callable[[int], Patience]
    progress: Callable[[int, int], None]
    marks: dict[str, Mark] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def patience(self) -> Patience:
        return self.waiting(ATTEMPTS if len(self.left) < MANY_HELD else 1)

    def put(self, name: str) -> None:
        """Put a page to the target, or leave it for the next run."""
        if rank(name) and any(map(is_asset, self.left)):
            self.left.append(name)  # it may lean on an asset that is still the old one
            return
        data = _source(self.site, name, self.wanted[name])
        try:
            self.marks[name] = self.target.put(name, data, self.patience())
            self.written.append(name)
        except HeldError:
            self.left.append(name)

    def remove(self, name: str) -> bool:
        """Remove a file of the target; return False when somebody holds it."""
        try:
            self.target.remove(name, self.patience())
        except HeldError:
            self.left.append(name)
            return False
        self.marks.pop(name, None)
        return True

    def list(self, listing: Listing) -> None:
        """Write the list to the target unless it says so already."""
        data = dump(listing)
        if self.target.read(LISTING) == data:
            return
        try:
            self.target.put(LISTING, data, self.waiting(ATTEMPTS))
        except HeldError as error:
            raise UserError(
                f"Файл {LISTING} в {self.target.where} занят другой программой. Закройте её и повторите выкладку."
            ) from error


def publish_to(
    site: Path, target: Target, options: Options, memory: Path | None, waiting: Callable[[int], Patience]
) -> Published:
    """Publish the pages of a built site; see ``folder.publish``."""
    pages = manifest.read(site)
    if pages is None:
        raise UserError(f"Сайт в папке {site} ещё не собран. Выполните sgo build и повторите.")
    target.check()
    wanted = select(pages, everything=options.everything)
    run = _Run(site, target, wanted, waiting, options.progress or (lambda _done, _all: None))
    try:
        with nullcontext() if options.dry_run else target.lock():
            return _publish(run, options, memory)
    except OSError as error:
        target.check()
        raise disk.refused(error, Path(target.where)) from error


def _publish(run: _Run, options: Options, memory: Path | None) -> Published:
    target = run.target
    known = recall(memory, target.where)
    listing = load(target.read(LISTING), target.where)
    files = target.files()
    if listing is None and not files and known and not options.anew:
        raise UserError(
            f"Раньше в папку {target.where} уже выкладывали, а теперь она пуста: вероятно, сетевой диск не подключён. "
            "Подключите его и повторите. Если папку очистили намеренно, добавьте --anew."
        )
    there = _digests(target, files, listing, {} if options.verify else known)
    plan = make_plan(run.wanted, listing, there, adopt=options.max_deletes is not None)
    if options.dry_run:
        return Published(plan.write, plan.delete, (), plan.edited, plan.strangers, plan.kept)
    published = len(listing.names if listing else files)
    refuse_too_many(plan.delete, published, options.max_deletes, everything=options.everything)
    run.marks = {name: mark for name, mark in files.items() if name in run.wanted or name in plan.delete}
    _carry_out(run, plan, there, listing or Listing())
    remember(memory, target.where, run.marks)
    deleted = tuple(name for name in plan.delete if name not in run.marks)
    return Published(tuple(run.written), deleted, tuple(run.left), plan.edited, plan.strangers, plan.kept)


def _carry_out(run: _Run, plan: Plan, there: Mapping[str, str], before: Listing) -> None:
    """Write and delete what the plan says; whatever moment it stops at, the list names all that may lie there."""
    if plan.write:
        settled = {name: digest for name, digest in before.pages.items() if name not in plan.write}
        run.list(replace(before, pages=settled, coming=tuple({*before.coming, *plan.write})))
    for done, name in enumerate(plan.write):
        run.progress(done, len(plan.write))
        run.put(name)
    left = frozenset(run.left)
    after = Listing(
        pages={name: there[name] if name in left else digest for name, digest in run.wanted.items()
               if name not in left or name in there},
        coming=tuple(left - frozenset(there)),
        deleting=plan.delete,
    )  # fmt: skip
    run.list(after)
    # A page that was left still needs the assets it was made with.
    doomed = [name for name in plan.delete if not (left and is_asset(name))]
    gone = {name for name in (*doomed, *plan.litter) if run.remove(name)}
    run.list(replace(after, deleting=tuple(set(plan.delete) - gone)))


def _digests(
    target: Target, files: Mapping[str, Mark], listing: Listing | None, known: Mapping[str, Mark] | None
) -> dict[str, str]:
    """Return path → digest of what lies there; a file is read unless the list and the memory agree about it.

    ``known`` is None where nothing is remembered (the list is believed), {} to believe nobody.
    """
    found = {}
    for name, mark in files.items():
        listed = listing.pages.get(name) if listing else None
        if listed and (known is None or known.get(name) == mark):
            found[name] = listed
        else:
            found[name] = hashlib.sha256(target.read(name) or b"").hexdigest()
    return found


def _source(site: Path, name: str, digest: str) -> bytes:
    try:
        data = (site / name).read_bytes()
    except FileNotFoundError:
        data = b""
    if hashlib.sha256(data).hexdigest() != digest:
        raise UserError(f"Страница {site / name} не та, что была собрана. Выполните sgo build и повторите выкладку.")
    return data
