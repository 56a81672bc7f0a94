"""Whether two HTML files are the same page: equal tags, attributes and text, however white space is typed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import zip_longest

_SPACE = re.compile(r"[ \t\r\n\f]+")


class _Tokens(HTMLParser):
    """Gathers tags with their attributes in order, and the text between them with white space made one space."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str | tuple[str, tuple[tuple[str, str], ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = ((name, _SPACE.sub(" ", value or "")) for name, value in attrs)
        self.found.append((tag, tuple(sorted(own))))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.found.append(_SPACE.sub(" ", data))

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}>")


def first_difference(ours: str, theirs: str) -> str:
    """Return where the pages differ first, «» where they are the same page.

    Only runs of white space, the order and quotes of attributes and the spelling of entities may differ.
    """
    pairs = zip_longest(_tokens(ours), _tokens(theirs))
    return next((f"{one!r} here, {other!r} there" for one, other in pairs if one != other), "")


def _tokens(text: str) -> list[str | tuple[str, tuple[tuple[str, str], ...]]]:
    parser = _Tokens()
    parser.feed(text.strip())
    parser.close()
    return parser.found
