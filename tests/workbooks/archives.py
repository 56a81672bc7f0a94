"""Workbooks made byte by byte: what no spreadsheet program would write, and what a broken one might."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_FORMATS = "http://schemas.openxmlformats.org"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_TYPES = (
    f'{_HEAD}<Types xmlns="{_FORMATS}/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
).encode()
_RELS = (
    f'{_HEAD}<Relationships xmlns="{_FORMATS}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_FORMATS}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
).encode()
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_KINDS = " ".join(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "table", "text")) + (
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
TITLE = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Показатель</t></is></c><c r="B1" t="inlineStr"><is><t>Значение</t></is>'
    '</c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Предмет</t></is></c><c r="B2" t="inlineStr"><is><t>Химия</t>'
    '</is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>Параллель</t></is></c><c r="B3"><v>8</v></c></row>'
)
PLAN = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>№ урока</t></is></c><c r="B1" t="inlineStr"><is><t>Тема урока</t></is>'
    '</c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2" t="inlineStr"><is><t>Вещества</t></is></c></row>'
)


def sheet(rows: str | bytes, after: str = "", main: str = MAIN) -> bytes:
    """Return the XML of a worksheet with the given rows."""
    body = rows if isinstance(rows, bytes) else rows.encode()
    return f'<worksheet xmlns="{main}"><sheetData>'.encode() + body + f"</sheetData>{after}</worksheet>".encode()


def parts(sheets: Mapping[str, bytes], main: str = MAIN, book: str = "", strings: bytes = b"") -> dict[str, bytes]:
    """Return the parts of an .xlsx with the given sheets by name."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    if main == STRICT:
        relation = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
    targets = "".join(
        f'<Relationship Id="rId{n}" Type="{relation}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    listed = f"<sheets>{names}</sheets>"
    shared = f'<Relationship Id="rId99" Type="{relation}/sharedStrings" Target="sharedStrings.xml"/>'
    found = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS,
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}">{book}{listed}</workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_FORMATS}/package/2006/relationships">{targets}{shared}</Relationships>'
        ).encode(),
    }
    if strings:
        found["xl/sharedStrings.xml"] = strings
    return found | {f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)}


def zipped(content: Mapping[str, bytes]) -> bytes:
    """Return an archive of the parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in content.items():
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def plan_book(plan: str | bytes = PLAN, **more: str) -> bytes:
    """Return a small «КТП» workbook whose sheet «План» holds the given rows."""
    return zipped(parts({"Титул": sheet(TITLE), "План": sheet(plan, **more)}))


def ods(table: str, name: str = "План") -> bytes:
    """Return an .ods with a sheet «Титул» and one more of the given rows."""
    title = ods_row("Показатель", "Значение") + ods_row("Предмет", "Химия") + ods_row("Параллель", "8")
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_KINDS}><office:body><office:spreadsheet>'
        f'<table:table table:name="Титул">{title}</table:table><table:table table:name="{name}">{table}</table:table>'
        f"</office:spreadsheet></office:body></office:document-content>"
    )
    entry = '<manifest:file-entry manifest:full-path="/" manifest:media-type='
    listing = (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0">{entry}'
        f'"application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": listing.encode(),
        }
    )


def ods_row(*texts: str) -> str:
    """Return a row of texts."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>' for t in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"


def claimed(name: str, packed: bytes, size: int, crc: int = 0, others: Mapping[str, bytes] | None = None) -> bytes:
    """Return an archive with one part whose packed bytes, size and checksum are whatever the writer claims."""
    body = io.BytesIO()
    listing = b""
    entries = [
        (other, zlib.compress(text, wbits=-15), len(text), zlib.crc32(text)) for other, text in (others or {}).items()
    ]
    for part, data, length, checksum in [*entries, (name, packed, size, crc)]:
        raw = part.encode()
        at = body.tell()
        head = struct.pack("<HHHHHIIIHH", 20, 0x800, 8, 0, 33, checksum, len(data), length, len(raw), 0)
        body.write(b"PK\x03\x04" + head + raw + data)
        listing += b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, at) + raw
    end = body.tell()
    count = len(entries) + 1
    body.write(listing + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(listing), end, 0))
    return body.getvalue()


def deflated(blocks: Iterable[tuple[bytes, int]]) -> tuple[bytes, int]:
    """Return the packed bytes of (block, how often) and their whole size; a repeated block is packed once."""
    packed = b""
    size = 0
    for block, times in blocks:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed += (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)) * times
        size += len(block) * times
    return packed + zlib.compressobj(9, zlib.DEFLATED, -15).flush(), size
