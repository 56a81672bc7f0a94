"""A school folder: where its parts lie, what sgo.toml says, and errors a person can read."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

CONFIG = "sgo.toml"
SENTINEL = ".sgo-school"


class UserError(Exception):
    """Something only a person can put right; the text is a whole Russian sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Project:
    """A school folder as sgo.toml describes it.

    ``on`` fixes the day (the demo school looks the same in any year); ``targets`` are the publish targets by name.
    """

    root: Path
    workbooks: Path
    site: Path
    state: Path
    templates: Path
    on: dt.date | None = None
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Moscow"))
    targets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def find_project(start: Path) -> Project:
    """Return the school folder a path lies in: the nearest folder upwards that holds sgo.toml.

    Raises UserError when there is none or when sgo.toml cannot be understood.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return load_project(folder)
    raise UserError(
        f"В папке {start} и выше нет файла {CONFIG}, поэтому школа не найдена. "
        "Перейдите в папку школы, назовите её параметром --school или создайте новую: sgo init ПАПКА."
    )


def load_project(root: Path) -> Project:
    """Return the school folder at ``root`` with the settings of its sgo.toml."""
    path = root / CONFIG
    try:
        config = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(f"Файл {path} не читается: {error}. Исправьте названную строку и повторите.") from error
    school = _table(config, "school", path)
    on = school.get("on")
    if on is not None and (not isinstance(on, dt.date) or isinstance(on, dt.datetime)):
        raise UserError(f"{path}: «on» должна быть датой без кавычек, например on = 2026-11-23.")
    zone = school.get("timezone", "Europe/Moscow")
    try:
        timezone = ZoneInfo(str(zone))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UserError(f"{path}: часовой пояс «{zone}» не известен; впишите, например, Europe/Moscow.") from error
    publish = _table(config, "publish", path)
    targets = {name: target for name, target in publish.items() if isinstance(target, dict)}
    return Project(
        root=root,
        workbooks=root / str(school.get("workbooks", "workbooks")),
        site=root / str(school.get("site", "site")),
        state=root / ".sgo",
        templates=root / "templates",
        on=on,
        timezone=timezone,
        targets=targets,
    )


def _table(config: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
    table = config.get(name, {})
    if not isinstance(table, dict):
        raise UserError(f"{path}: «{name}» должно быть разделом [{name}].")
    return table
