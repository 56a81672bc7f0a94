"""A look at the bytes of a workbook before any library opens it, in bounded time and memory.

The libraries trust a file: one far cell aborts the process, a small archive inflates to gigabytes. What passes here
is a complete archive of ordinary size whose cells stand near each other; what does not is refused with its reason.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sgo_sheets.records import faults
from sgo_sheets.workbooks.addresses import Oddities
from sgo_sheets.workbooks.archive import (
    LIMITS,
    Part,
    Refusal,
    RefusedError,
    parts_of,
    pieces,
    strange,
    torn,
    whole,
)
from sgo_sheets.workbooks.ods_look import look_ods
from sgo_sheets.workbooks.sheet_look import LONGEST_TEXT, SMALL, look_closely, look_small

__all__ = ["LIMITS", "Look", "Refusal", "inspect"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MODIFIED = re.compile(rb"<(?:dcterms:modified|dc:date)\b[^>]*>\s*([^<]{10,40})<")
_EPOCH = re.compile(rb"""date1904\s*=\s*["'](?:1|true|on)["']""")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']""")
_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_OVERLAP = 32
_TINY = 256 << 10
_FORMATS = ("/styles.xml", "/theme1.xml", ".rels", ".vml")
_MANIFEST = "META-INF/manifest.xml"
_STRINGS = "/sharedstrings.xml"
_INLINE = b"<is>"
_CORE = ("docProps/core.xml", "meta.xml")
_SECRETS = tuple(word.encode() for word in ("арол", "АРОЛ", "assword", "ASSWORD"))


@dataclass(frozen=True, slots=True)
class Look:
    """What the bytes say beside the values.

    ``saved`` is when the author saved (UTC), ``odd`` the cells without an honest value by sheet, ``secret`` whether
    the word «пароль» stands anywhere.
    """

    saved: dt.datetime | None = None
    epoch_1904: bool = False
    odd: Mapping[str, Oddities] = field(default_factory=dict)
    secret: bool = False


def inspect(data: bytes) -> Look | Refusal:
    """Return what the bytes of a workbook say, or why no library may open them; never raises for bad bytes."""
    try:
        _check_signature(data)
        return _Inspection(data, parts_of(data)).look()
    except RefusedError as error:
        return error.refusal


def _check_signature(data: bytes) -> None:
    if not data:
        raise RefusedError(faults.UNREADABLE, "файл пуст; восстановите его из копии или создайте «sgo forms».")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise RefusedError(faults.PROTECTED, "книга закрыта паролем; уберите пароль на открытие и сохраните.")
        raise RefusedError(faults.OLD_FORMAT, "старый формат .xls; сохраните как «Книга Excel (.xlsx)».")
    if not data.startswith(b"PK"):
        raise RefusedError(
            faults.UNREADABLE, "это не книга Excel или файл повреждён; сохраните его как «Книга Excel (.xlsx)»."
        )


@dataclass(slots=True)
class _Inspection:
    """One workbook while it is looked at."""

    data: bytes
    parts: Mapping[str, Part]
    sheets: dict[str, Oddities] = field(default_factory=dict)
    ods: Mapping[str, Oddities] = field(default_factory=dict)
    found: dict[str, bytes] = field(default_factory=dict)
    strings: int = 0
    secret: bool = False

    def look(self) -> Look:
        """Return the look over all parts."""
        low = {name.lower() for name in self.parts}
        if any(name.endswith("workbook.bin") for name in low):
            raise RefusedError(faults.OLD_FORMAT, "двоичный формат .xlsb; сохраните как «Книга Excel (.xlsx)».")
        listing = self.parts.get(_MANIFEST)
        if listing is not None and listing.size <= _TINY and b"encryption-data" in whole(self.data, listing):
            raise RefusedError(faults.PROTECTED, "книга закрыта паролем; уберите пароль на открытие и сохраните.")
        is_ods = "content.xml" in self.parts
        if is_ods and any(name.startswith("xl/") for name in low):
            raise strange("файл — и .xlsx, и .ods сразу")
        if len([name for name in low if "worksheets/" in name and name.endswith(".xml")]) > LIMITS.sheets:
            raise strange(f"в книге больше {LIMITS.sheets} листов")
        for part in self.parts.values():
            self._part(part)
        if is_ods:
            self.ods = look_ods(pieces(self.data, self.parts["content.xml"]))
        elif not self.sheets:
            raise torn()
        book = next((text for name, text in self.found.items() if name.lower().endswith("workbook.xml")), b"")
        return Look(
            saved=self._saved(),
            epoch_1904=_EPOCH.search(book) is not None,
            odd=self.ods if is_ods else self._by_name(),
            secret=self.secret,
        )

    def _part(self, part: Part) -> None:
        """Look at one part; every byte is inflated, so that its CRC is known to be right."""
        if part.size > SMALL:
            if self._large(part):
                self.sheets[part.name] = look_closely(pieces(self.data, part))
            return
        text = whole(self.data, part)
        if not self._is_xml(part, text):
            return
        self._check(part, text)
        if b"sheetData" in text:
            self.sheets[part.name] = look_small(text)
        elif len(text) <= _TINY:
            self.found[part.name] = text

    def _large(self, part: Part) -> bool:
        """Check a large part piece by piece; return whether it holds the rows of a sheet (then no further)."""
        tail = b""
        for piece in pieces(self.data, part):
            text = tail + piece
            if not tail and not self._is_xml(part, text):
                return _drained(pieces(self.data, part))
            if len(piece) > LONGEST_TEXT and b"<" not in piece:
                raise strange("в файле слишком длинный текст")
            self._check(part, text)
            if b"sheetData" in text:
                return True
            tail = text[-_OVERLAP:]
        return False

    @staticmethod
    def _is_xml(part: Part, text: bytes) -> bool:
        """Return whether a part is XML; refuse one that only pretends to be, or hides in another encoding."""
        if not text.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            if text.startswith((b"\xff\xfe", b"\xfe\xff")) or part.name.lower().endswith((".xml", ".rels")):
                raise torn()
            return False
        head = text[:300]
        encoding = _ENCODING.search(head)
        if b"\0" in head or (encoding is not None and encoding[1].lower() not in _ENCODINGS):
            raise strange("части файла записаны в необычной кодировке")
        return True

    def _check(self, part: Part, text: bytes) -> None:
        if b"<!" in text and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
            raise strange("в файле есть опасные объявления (DTD)")
        name = part.name.lower()
        if name.endswith(_FORMATS):
            return
        is_rows = b"sheetData" in text and not name.endswith(_STRINGS)
        if not is_rows:
            self.strings += text.count(b"<si") + text.count(b":si")
            if self.strings > LIMITS.strings:
                raise strange(f"в книге больше {LIMITS.strings} разных текстов")
        if not self.secret and not (is_rows and _INLINE not in text):
            self.secret = any(word in text for word in _SECRETS)

    def _saved(self) -> dt.datetime | None:
        """Return when the author saved, UTC; None where the workbook does not say."""
        for name in _CORE:
            match = _MODIFIED.search(self.found.get(name, b""))
            if match is None:
                continue
            try:
                moment = dt.datetime.fromisoformat(match[1].decode().strip())
                return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
            except (ValueError, OverflowError):
                return None
        return None

    def _by_name(self) -> Mapping[str, Oddities]:
        """Return the oddities of .xlsx sheets by the name people see."""
        if not any(self.sheets.values()):
            return {}
        by_path = {name.lower(): odd for name, odd in self.sheets.items() if odd}
        named = {}
        for path, text in self.found.items():
            folder, _, file = path.rpartition("/")
            if file.lower() != "workbook.xml":
                continue
            targets = self._targets(folder, file)
            for sheet in _elements(text, "sheet"):
                key = next((value for name, value in sheet.items() if name.endswith("}id")), "")
                odd = by_path.get(targets.get(key, "").lower())
                if odd is not None:
                    named[sheet.get("name", "")] = odd
        return named

    def _targets(self, folder: str, file: str) -> Mapping[str, str]:
        """Return the parts a workbook refers to by the keys it uses for them."""
        relations = self.found.get(f"{folder}/_rels/{file}.rels".lstrip("/"), b"")
        targets = {}
        for relation in _elements(relations, "Relationship"):
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            targets[relation.get("Id", "")] = path.lstrip("/")
        return targets


def _drained(rest: Iterator[bytes]) -> bool:
    """Go to the end of a part for its CRC alone; return False, for it is no sheet."""
    for _ in rest:
        pass
    return False


def _elements(text: bytes, name: str) -> Iterator[Mapping[str, str]]:
    """Yield the attributes of the elements of a name, whatever their namespace."""
    if not text:
        return
    try:
        root = fromstring(text)
    except (ParseError, DefusedXmlException) as error:
        raise torn() from error
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] == name:
            yield element.attrib
