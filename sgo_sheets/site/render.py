"""Templates become bytes: the one place where jinja2 is set up."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sgo_sheets import russian
from sgo_sheets.findings import Severity, State

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
MOSCOW = "Europe/Moscow"


def built_in() -> Path:
    """Return the folder of the built-in templates: beside the package in a wheel, at the root in a checkout."""
    package = Path(__file__).parents[1]
    packed = package / "_templates"
    return packed if packed.is_dir() else package.parent / "templates"


def template_folders(templates: Path | None) -> tuple[Path, ...]:
    """Return where the site's templates are looked for: the school's own first, then the built-in ones."""
    own = [templates / "site"] if templates is not None else []
    return tuple(dict.fromkeys([*own, built_in() / "site"]))


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes pages from the templates of a school (``templates``; None – the built-in ones) and of the program.

    ``timezone`` is the school's clock. ``fixed_day`` is the day sgo.toml fixes (the demo school): the pages' script
    takes it for today. A renderer travels to worker processes; its environment is made there once.
    """

    templates: Path | None = None
    timezone: dt.tzinfo = field(default_factory=lambda: ZoneInfo(MOSCOW))
    fixed_day: dt.date | None = None

    def page(self, template: str, *, path: str, ready: Mapping[str, bytes] | None = None, **context: object) -> bytes:
        """Return the page's bytes (UTF-8). ``path`` is where it will lie under ``site/``: links are relative to it.

        ``ready`` are variables of the template whose markup is made already: most of a long page, so that it is neither
        copied from text to text nor encoded again.
        """
        root = "../" * path.count("/")
        ready = ready or {}
        holes = {name: Markup(f"\0{name}\0") for name in ready}  # noqa: S704 - a character no workbook can hold
        text = _environment(self.templates).get_template(template).render(
            **context, **holes, path=path, root=root, fixed_day=self.fixed_day, csp=CSP
        )  # fmt: skip
        content = text.encode()
        for name, part in ready.items():
            content = content.replace(holes[name].encode(), part)
        return content

    def macro(self, template: str, name: str) -> Callable[..., Markup]:
        """Return a macro of a template, to make a fragment that many pages share once."""
        found: Callable[..., Markup] = getattr(_environment(self.templates).get_template(template).module, name)
        return found

    def moment(self, saved: dt.datetime) -> dt.datetime:
        """Return an instant (UTC where it names no zone) by the school's clock."""
        aware = saved if saved.tzinfo else saved.replace(tzinfo=dt.UTC)
        return aware.astimezone(self.timezone)


def spoken_moment(moment: dt.datetime) -> str:
    """Return «23 ноября, 14:05» of a time by the school's clock."""
    return f"{russian.day_month(moment.date())}, {moment.hour}:{moment.minute:02d}"


@lru_cache(maxsize=8)
def _environment(templates: Path | None) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([str(folder) for folder in template_folders(templates)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters.update(
        day=russian.day,
        day_month=russian.day_month,
        spoken_day=russian.spoken_day,
        to_day=russian.to_day,
        decimal=russian.decimal,
        slug=russian.slug,
        base64=lambda text: b64encode(text.encode()).decode(),
    )
    environment.globals.update(counted=russian.counted, days_span=russian.days_span, Severity=Severity, State=State)
    return environment
