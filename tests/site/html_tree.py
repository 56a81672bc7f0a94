"""A page as a reader meets it: elements with their text, found by tag, class or id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "input", "hr", "polyline", "circle", "path"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text as one line, runs of spaces (and non-breaking ones) as one space."""
        return " ".join("".join(self._texts()).replace("\u00a0", " ").split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield " "
                yield from child._texts()
                yield " "

    def walk(self) -> Iterator[Element]:
        """Yield the element and everything inside it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str = "", kind: str = "") -> list[Element]:
        """Return the elements inside with a tag and a class."""
        return [
            e
            for e in self.walk()
            if e is not self and (not tag or e.tag == tag) and (not kind or kind in e.attrs.get("class", "").split())
        ]

    def texts(self, tag: str = "", kind: str = "") -> list[str]:
        """Return the texts of the elements inside with a tag and a class."""
        return [element.text for element in self.all(tag, kind)]

    def id(self, name: str) -> Element:
        """Return the element with an id."""
        return next(e for e in self.walk() if e.attrs.get("id") == name)

    def has(self, name: str) -> bool:
        """Return whether there is an element with an id."""
        return any(e.attrs.get("id") == name for e in self.walk())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("page")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_page(content: bytes) -> Element:
    """Return the page; fails where an element is not closed in its place."""
    builder = _Builder()
    builder.feed(content.decode())
    builder.close()
    assert [element.tag for element in builder.open] == ["page"]
    return builder.root
