"""One build: read, assemble, judge the classes, merge, make pages, apply; or find that there is nothing to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from sgo_sheets.pipeline.context import Progress, Quiet, Run
from sgo_sheets.pipeline.figures import Counted, count, recall_verdict, remembered
from sgo_sheets.pipeline.inputs import input_digest, workbook_digests
from sgo_sheets.pipeline.known_changes import with_changes
from sgo_sheets.pipeline.last_good import keep
from sgo_sheets.pipeline.lock import school_lock
from sgo_sheets.pipeline.past import Past, opened
from sgo_sheets.pipeline.reading import Memory, Schools, read_schools
from sgo_sheets.pipeline.state import State
from sgo_sheets.pipeline.work import Made, ToMake, Which, make_pages, to_make
from sgo_sheets.pipeline.workers import crew, undisturbed
from sgo_sheets.project import SENTINEL, Project, UserError
from sgo_sheets.publish.durable import patience
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.russian import counted
from sgo_sheets.site import disk, stage
from sgo_sheets.site.apply import Applied, apply
from sgo_sheets.site.manifest import start_page

SHARE = 10  # of ten pupils or workbooks one may be gone without a question
FEW = 2
TRIES = 5  # to replace a page that another program holds


class TooMuchGoneError(UserError):
    """So many pupils or workbooks are gone since the last build that a person must say it is meant."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did.

    ``written``, ``removed`` – paths of pages; ``kept`` – how many stayed; ``start`` – the page to open; ``failing`` –
    workbook → the day (ISO) since which it or a sheet of it cannot be read; ``idle`` – nothing had changed; ``held`` –
    saves held back, as in ``held.Holding``; ``past`` – what went wrong with the history; ``told`` – why a print form of
    the school is not filled: a Russian sentence → for how many reports (0: for all); ``unfinished`` – pages that may
    wait were left as they are.
    """

    verdict: Verdict
    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int
    start: Path
    failing: Mapping[str, str] = field(default_factory=dict)
    idle: bool = False
    held: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    past: str = ""
    told: Mapping[str, int] = field(default_factory=dict)
    unfinished: bool = False


def build(
    project: Project,
    on: dt.date,
    *,
    workers: int = 0,
    progress: Progress | None = None,
    accept_removals: bool = False,
    accept_changes: Collection[str] = (),
    full: bool = False,
    memory: Memory | None = None,
    quiet: Quiet | None = None,
    now: dt.datetime | None = None,
    past: Past | None = None,
) -> BuildResult:
    """Build the site of a school as on a day and return what was done.

    ``workers`` – processes (0: as school and machine suggest); ``progress`` is told stage, done, total (0: unknown);
    ``accept_removals`` – whoever is gone is meant to be; ``accept_changes`` – workbooks held back whose
    changes are meant to be; ``full`` – believe no earlier build; ``memory`` – a watcher's; ``quiet`` – is asked
    when the pages nobody should wait for lie in the site, whether those that may wait are made now or by a build to
    come; ``now`` – by the school's clock, for a real build: the history is told of it; ``past`` – a history to ask
    instead.
    Raises UserError: no workbooks folder, another build at work, too much gone, the disk full or closed; the last good
    site is then still there.
    """
    with school_lock(project), undisturbed(), _past(project, now, past) as known, crew(workers) as helpers:
        if not (project.workbooks / SENTINEL).is_file():
            raise UserError(
                f"В папке книг {project.workbooks} нет файла {SENTINEL}: похоже, диск с книгами не подключён. "
                f"Подключите его и повторите. Если это новая папка, создайте в ней пустой файл {SENTINEL}."
            )
        kept = memory or Memory()
        state = State() if full else kept.state.load(project.state)
        try:
            present = disk.scan(project.site, state.seen)
        except OSError as error:
            raise UserError(f"Сайт в папке {project.site} не читается: {error.strerror or error}.") from error
        tell = progress or (lambda _stage, _done, _total: None)
        run = Run(project, on, state, present, workers, helpers, tell, known)
        if (
            memory is None
            and not accept_changes
            and state.inputs
            and run.nothing_to_do(workbook_digests(project.workbooks))
        ):
            idle = _idle(run)
            if idle is not None:
                return idle
        return _build(run, kept, quiet, accept_removals=accept_removals, accept_changes=accept_changes)


def _past(project: Project, now: dt.datetime | None, past: Past | None) -> AbstractContextManager[Past]:
    return opened(project, now) if past is None else nullcontext(past)


def _build(
    run: Run, memory: Memory, quiet: Quiet | None, *, accept_removals: bool, accept_changes: Collection[str]
) -> BuildResult:
    schools = read_schools(run, memory, accept_changes)
    if (
        not accept_changes
        and run.nothing_to_do({book.path: book.digest for book in schools.books})
        and (idle := _idle(run)) is not None
    ):
        return idle
    if not accept_removals:
        _ask_about_gone(run.state, schools)
    run.past.observe(schools.books, run.project.workbooks, memory.recorded)
    memory.recorded = memory.books
    judged = with_changes(schools.judged, run.past, schools.held)
    same = schools.shown is schools.judged  # then it stays one: what travels to other processes is half as much
    shown = judged if same else with_changes(schools.shown, run.past, schools.held)
    schools = replace(schools, judged=judged, shown=shown)
    stage.clear(run.stage)
    counted = count(run, schools.judged, schools.shown)
    made, applied = _renew(run, to_make(run, schools, counted), quiet)
    stage.clear(run.stage)
    memory.state.save(run.project.state, _remembered(run, schools, made, applied, counted))
    return BuildResult(
        counted.verdict,
        applied.written,
        applied.removed,
        applied.kept,
        _start(run),
        schools.failing,
        held=schools.held,
        past=run.past.words,
        told=made.told,
        unfinished=made.unfinished,
    )


def _renew(run: Run, what: ToMake, quiet: Quiet | None) -> tuple[Made, Applied]:
    """Make the pages of the site what they should be; what may wait comes second where anybody is waiting at all."""
    made, applied = _put(run, what, Which.FIRST if quiet else Which.ALL)
    if not (made.unfinished and quiet and quiet()):
        return made, applied
    now = replace(run, state=replace(run.state, units=made.units, seen=applied.pages), present=applied.pages)
    made, then = _put(now, what, Which.PATIENT)
    written, removed = (*applied.written, *then.written), (*applied.removed, *then.removed)
    return made, replace(then, written=written, removed=removed, kept=then.kept - len(applied.written))


def _put(run: Run, what: ToMake, which: Which) -> tuple[Made, Applied]:
    made = make_pages(run, what, which)
    run.tell("Обновляю сайт", 0, 0)
    return made, apply(made.staged, run.stage, run.project.site, run.present, patience(TRIES))


def _idle(run: Run) -> BuildResult | None:
    """Return the result of doing nothing, None when the last verdict cannot be understood."""
    verdict = recall_verdict(run.state.figures)
    if verdict is None:
        return None
    start = _start(run)
    kept, past, state = len(run.state.seen), run.past.words, run.state
    return BuildResult(
        verdict, (), (), kept, start, state.failing, idle=True, held=state.held, past=past, told=state.told
    )


def _start(run: Run) -> Path:
    """Return the page to open, the folder of the site while there is none."""
    site = run.project.site
    return start_page(site) or site


def _remembered(run: Run, schools: Schools, made: Made, applied: Applied, counted: Counted) -> State:
    """Return what the next build needs in order to do less; to write it down is the very last thing a build does."""
    digests = {book.path: book.digest for book in schools.books}
    try:
        good = keep(schools.books, {*schools.tainted, *schools.held}, run.state.good, run.copies, run.project.workbooks)
    except OSError as error:
        raise disk.refused(error, run.project.state) from error
    return State(
        inputs="" if made.unfinished else input_digest(run.project, run.on, digests, run.past.head()),
        books=digests,
        pupils=tuple(sorted(schools.shown.pupils)),
        failing=schools.failing,
        held=schools.held,
        good=good,
        units=made.units,
        seen=applied.pages,
        listed=applied.manifest,
        figures=remembered(counted),
        told=made.told,
    )


def _ask_about_gone(state: State, schools: Schools) -> None:
    """Raise TooMuchGoneError when more than a tenth of the pupils or of the workbooks has vanished."""
    books = set(state.books) - {book.path for book in schools.books}
    pupils = set(state.pupils) - set(schools.shown.pupils)
    gone = []
    if len(pupils) > max(FEW, len(state.pupils) // SHARE):
        gone.append(f"{counted(len(pupils), 'ученик', 'ученика', 'учеников')} из {len(state.pupils)}")
    if len(books) > max(FEW, len(state.books) // SHARE):
        some = ", ".join(sorted(books)[:3])
        gone.append(f"{counted(len(books), 'книга', 'книги', 'книг')} из {len(state.books)} ({some} …)")
    if gone:
        raise TooMuchGoneError(
            f"С прошлой сборки пропали {' и '.join(gone)}. Сайт оставлен прежним. Проверьте папку книг; если всё "
            "верно, повторите с параметром --accept-removals."
        )
