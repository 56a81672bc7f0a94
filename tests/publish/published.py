"""A small site, where it is published to, and what lies there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sgo_sheets.publish.durable import patience
from sgo_sheets.publish.folder import LOCK, publish
from sgo_sheets.publish.listing import LISTING, Listing, load
from sgo_sheets.publish.run import Options, Published
from sgo_sheets.site import disk, stage
from sgo_sheets.site.apply import apply
from sgo_sheets.site.page import Page

OCTOBER = {
    "public/index.html": "школа",
    "public/assets/site.css": "body {}",
    "families/k-1/index.html": "октябрь",
    "families/k-2/index.html": "ещё учится",
    "staff/reports/5a/07.xlsx": "таблица",
    "staff/index.html": "контроль",
}
NOVEMBER = {
    "public/index.html": "школа",
    "public/assets/site.css": "body { color: black }",
    "families/k-1/index.html": "ноябрь",
    "families/k-3/index.html": "прибыл в ноябре",
    "staff/reports/5a/07.xlsx": "новая таблица",
    "staff/index.html": "контроль",
}
DECEMBER = {**OCTOBER, "families/k-1/index.html": "декабрь"}
del DECEMBER["families/k-2/index.html"]


@dataclass
class Place:
    """A school's site and the folder it is published to."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def share(self) -> Path:
        return self.root / "share"

    def build(self, texts: dict[str, str]) -> None:
        present = disk.scan(self.site, {})
        stage.clear(self.root / "stage")
        pages = [Page(path, text.encode(), path.split("/")[0]) for path, text in texts.items()]
        apply(stage.put(pages, self.root / "stage", present), self.root / "stage", self.site, present)

    def publish(self, texts: dict[str, str] | None = None, *, forget: bool = False, **options: Any) -> Published:
        if texts is not None:
            self.build(texts)
        options.setdefault("everything", True)
        return publish(
            self.site,
            self.share,
            Options(**options),
            memory=None if forget else self.root / "memory",
            waiting=lambda attempts: patience(attempts, sleep=lambda _seconds: None),
        )

    def files(self) -> dict[str, str]:
        found = {path.relative_to(self.share).as_posix(): path for path in self.share.rglob("*") if path.is_file()}
        return {
            name: path.read_text("utf-8", "replace")
            for name, path in sorted(found.items())
            if name not in (LOCK, LISTING)
        }

    def listing(self) -> Listing | None:
        path = self.share / LISTING
        return load(path.read_bytes() if path.exists() else None, "там")


def whole(texts: dict[str, str]) -> Listing:
    """Return the list of a finished publication of these pages."""
    return Listing({path: hashlib.sha256(text.encode()).hexdigest() for path, text in texts.items()})


def place(root: Path, texts: dict[str, str] | None = None) -> Place:
    """Return a school with an empty share, or with one these pages are published to."""
    found = Place(root)
    found.share.mkdir(parents=True)
    if texts is not None:
        found.publish(texts)
    return found
