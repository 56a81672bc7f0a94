"""A workbook cut at the borders of its zip entries, so that versions share what has not changed; joined, byte for byte.

The packed bytes of every larger entry are a piece of their own; everything between them (headers, small parts, the
list of contents) is the frame. Whatever is no zip archive is one piece.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

SMALL = 512  # bytes: a shorter entry costs more as a piece than as a part of the frame
_LOCAL_SIZE = 30
_PART = struct.Struct(">I32s")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the bytes of a workbook are put together.

    ``frame`` – all bytes that belong to no piece; ``parts`` – (bytes of the frame before it, SHA-256) of each piece.
    """

    frame: bytes
    parts: tuple[tuple[int, bytes], ...]

    def packed(self) -> tuple[bytes, bytes]:
        """Return frame and parts as they are stored."""
        return zlib.compress(self.frame, 9), b"".join(_PART.pack(*part) for part in self.parts)

    @classmethod
    def unpacked(cls, frame: bytes, parts: bytes) -> Recipe:
        """Return the recipe that was stored so. Raises ValueError for anything else."""
        try:
            return cls(zlib.decompress(frame), tuple(_PART.iter_unpack(parts)))
        except (zlib.error, struct.error) as error:
            raise ValueError("damaged recipe") from error


def cut(data: bytes) -> tuple[Recipe, dict[bytes, bytes]]:
    """Return how the bytes are put together, and the pieces by SHA-256."""
    frame, parts, pieces = bytearray(), [], {}
    done = before = 0
    for start, end in _borders(data):
        frame += data[done:start]
        piece = data[start:end]
        name = hashlib.sha256(piece).digest()
        parts.append((len(frame) - before, name))
        pieces[name] = piece
        before, done = len(frame), end
    frame += data[done:]
    return Recipe(bytes(frame), tuple(parts)), pieces


def join(recipe: Recipe, piece: Callable[[bytes], bytes]) -> bytes:
    """Return the bytes; ``piece`` gives a piece by its SHA-256 (and raises KeyError for one that is not there)."""
    found, at = [], 0
    for length, name in recipe.parts:
        found.append(recipe.frame[at : at + length])
        at += length
        found.append(piece(name))
    found.append(recipe.frame[at:])
    return b"".join(found)


def _borders(data: bytes) -> Sequence[tuple[int, int]]:
    """Return first and last byte (excluded) of the pieces, in order, never overlapping."""
    if not data.startswith(b"PK"):
        return [(0, len(data))] if data else []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = sorted((info.header_offset, info.compress_size) for info in archive.infolist())
    except Exception:  # noqa: BLE001 - whatever is wrong with the archive, its bytes are kept
        return [(0, len(data))]
    found, end = [], 0
    for offset, size in entries:
        if size < SMALL or offset < end or offset + _LOCAL_SIZE > len(data):
            continue
        name, extra = struct.unpack_from("<HH", data, offset + 26)
        start = offset + _LOCAL_SIZE + name + extra
        if start + size <= len(data):
            found.append((start, start + size))
            end = start + size
    return found or [(0, len(data))]


def inflated(data: bytes) -> Iterator[bytes]:
    """Yield the parts of a workbook unpacked (at most 200 MB of each), or its bytes where it is no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                with archive.open(info) as part:
                    yield part.read(200_000_000)
    except Exception:  # noqa: BLE001 - a torn archive is looked through as it is
        yield data
