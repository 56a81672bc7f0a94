"""The look and the script of the site: files copied as they are, a school's own before the built-in ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sgo_sheets.site.page import Page
from sgo_sheets.site.render import template_folders


def asset_pages(templates: Path | None = None) -> Iterator[Page]:
    """Yield every file of ``templates/site/assets`` as ``public/assets/…``, by name."""
    found: dict[str, Path] = {}
    for folder in reversed(template_folders(templates)):
        assets = folder / "assets"
        if assets.is_dir():
            found.update({file.name: file for file in assets.iterdir() if file.is_file() and file.name[0] != "."})
    for name in sorted(found):
        yield Page(f"public/assets/{name}", found[name].read_bytes(), "public")
