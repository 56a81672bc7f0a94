"""The zip archive of a workbook: its list of parts checked, its parts inflated in bounded memory, their CRC verified.

Only what a spreadsheet program writes is accepted: one complete archive from the first byte to the last, stored or
deflated parts, no encryption, no two parts of one name, no part that inflates beyond measure.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sgo_sheets.records import faults

PIECE = 1 << 20
_FED = 1 << 16
_END = b"PK\x05\x06"
_END_SIZE = 22
_LOCAL = b"PK\x03\x04"
_LOCAL_SIZE = 30
_ENCRYPTED = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may hold at most (bytes, counts); formatted empty cells are free."""

    file: int = 30_000_000
    unpacked: int = 200_000_000
    ratio: int = 200
    ratio_from: int = 10_000_000
    parts: int = 2_000
    cells: int = 400_000
    rows: int = 20_000
    columns: int = 2_000
    area: int = 2_000_000
    sheets: int = 100
    strings: int = 300_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not opened: the fault and a sentence for a person."""

    fault: faults.Fault
    message: str


class RefusedError(Exception):
    """The bytes must not reach a library; carries the refusal."""

    def __init__(self, fault: faults.Fault, message: str) -> None:
        super().__init__(message)
        self.refusal = Refusal(fault, message)


def torn() -> RefusedError:
    """Return the refusal of a file that is damaged or was not saved to its end."""
    return RefusedError(
        faults.UNREADABLE,
        "файл повреждён или сохранён не полностью; откройте его в Excel или LibreOffice и сохраните заново.",
    )


def strange(what: str) -> RefusedError:
    """Return the refusal of a file that no spreadsheet program writes, or that is larger than a workbook may be."""
    return RefusedError(faults.TOO_LARGE, f"{what}; перенесите данные в новую книгу, созданную командой «sgo forms».")


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside the archive: where its packed bytes stand, its sizes, its checksum."""

    name: str
    start: int
    packed: int
    size: int
    crc: int
    deflated: bool


def parts_of(data: bytes, limits: Limits = LIMITS) -> Mapping[str, Part]:
    """Return the parts of a complete archive by name; raises ``RefusedError`` for anything else."""
    _check_end(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except Exception as error:
        raise torn() from error
    if len(infos) > limits.parts:
        raise strange(f"в файле слишком много частей: {len(infos)}")
    if sum(info.file_size for info in infos) > limits.unpacked:
        raise strange(f"в развёрнутом виде файл больше {limits.unpacked // 1_000_000} МБ")
    found: dict[str, Part] = {}
    names = set()
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise RefusedError(faults.PROTECTED, "книга закрыта паролем; уберите пароль на открытие и сохраните.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise strange("файл сжат необычным способом")
        if info.filename.casefold() in names:
            raise strange(f"в файле две части с именем «{info.filename[:60]}»")
        if info.file_size > limits.ratio_from and info.file_size > limits.ratio * info.compress_size:
            raise strange("файл подозрительно сильно сжат")
        names.add(info.filename.casefold())
        found[info.filename] = _part(data, info)
    _check_overlap(found)
    return found


def _check_end(data: bytes) -> None:
    """Refuse an archive that does not end exactly where its own directory says."""
    if not data.startswith(_LOCAL):
        raise torn()
    end = data.rfind(_END, max(0, len(data) - _END_SIZE - 0xFFFF))
    if end < 0 or end + _END_SIZE > len(data):
        raise torn()
    size, offset, comment = struct.unpack_from("<IIH", data, end + 12)
    if offset == 0xFFFFFFFF:
        raise strange("архив книги записан в формате для файлов больше 4 ГБ")
    if end + _END_SIZE + comment != len(data) or offset + size != end:
        raise torn()


def _part(data: bytes, info: zipfile.ZipInfo) -> Part:
    at = info.header_offset
    if at < 0 or at + _LOCAL_SIZE > len(data) or data[at : at + 4] != _LOCAL:
        raise torn()
    name, extra = struct.unpack_from("<HH", data, at + 26)
    start = at + _LOCAL_SIZE + name + extra
    if start + info.compress_size > len(data):
        raise torn()
    return Part(
        info.filename, start, info.compress_size, info.file_size, info.CRC, info.compress_type == zipfile.ZIP_DEFLATED
    )


def _check_overlap(parts: Mapping[str, Part]) -> None:
    """Refuse parts that share bytes: one way to make a small file inflate without end."""
    end = 0
    for part in sorted(parts.values(), key=lambda part: part.start):
        if part.packed and part.start < end:
            raise strange("части файла накладываются друг на друга")
        end = max(end, part.start + part.packed)


def whole(data: bytes, part: Part) -> bytes:
    """Return the bytes of a part; meant for parts that are known to be small."""
    return b"".join(pieces(data, part))


def pieces(data: bytes, part: Part) -> Iterator[bytes]:
    """Yield the bytes of a part, about a megabyte at a time; raises ``RefusedError`` unless size and CRC agree."""
    size, crc = 0, 0
    for piece in _inflated(data, part) if part.deflated else _stored(data, part):
        size += len(piece)
        if size > part.size:
            raise torn()
        crc = zlib.crc32(piece, crc)
        yield piece
    if size != part.size or crc != part.crc:
        raise torn()


def _stored(data: bytes, part: Part) -> Iterator[bytes]:
    for at in range(part.start, part.start + part.packed, PIECE):
        yield data[at : min(at + PIECE, part.start + part.packed)]


def _inflated(data: bytes, part: Part) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    end = part.start + part.packed
    try:
        for at in range(part.start, end, _FED):
            fed = data[at : min(at + _FED, end)]
            while fed:
                yield inflater.decompress(fed, PIECE)
                fed = inflater.unconsumed_tail
            if inflater.eof:
                break
        yield inflater.flush()
    except zlib.error as error:
        raise torn() from error
    if not inflater.eof or inflater.unused_data:
        raise torn()
