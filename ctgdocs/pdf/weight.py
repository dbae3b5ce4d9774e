"""What a received PDF would cost to read, told before it is read: a file of a few kilobytes may unpack to
gigabytes, or draw a thing that draws ten others, ten levels deep.

Only counts, never seconds: pdfium reads some twenty million bytes of drawing a second.
"""

from __future__ import annotations

import io
import re
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from ctgdocs.findings import CtgdocsError

if TYPE_CHECKING:
    import pikepdf

MOST_PAGES = 400
MOST_UNPACKED = 64 << 20
"""Bytes of what is packed in a PDF, its pictures left out."""
MOST_DRAWN, MOST_OF_A_PAGE = 40_000_000, 3_000_000
"""Bytes of drawing, what is drawn several times counted as often; pdfium keeps a page in memory, a hundred
times as large."""
_MOST_STREAMS = 100_000
_MOST_NAMES = 500_000
"""Of what pages may put on themselves, those of each page counted."""
_MOST_UNUSUAL = 100_000
"""Bytes of what is packed otherwise than usual: unpacked, they may be a thousand times as many."""
_DEEPEST = 40
_STREAM = re.compile(rb"\bstream\r?\n")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_DRAWS = re.compile(rb"(/[^\s/<>\[\](){}%]+)\s+Do\b")


def check_weight(data: bytes) -> None:
    """Raises CtgdocsError for a PDF that is too long, or too heavy, to be read, and for one that is none."""
    import pikepdf

    _check_streams(data)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise CtgdocsError(f"ce PDF a plus de {MOST_PAGES} pages")
            _check_drawing(pdf)
    except pikepdf.PasswordError as error:
        raise CtgdocsError("ce PDF est protégé par un mot de passe") from error
    except (pikepdf.PdfError, TypeError, ValueError, zlib.error) as error:
        raise CtgdocsError("ce n’est pas un PDF lisible : il est abîmé") from error


def _check_drawing(pdf: pikepdf.Pdf) -> None:
    drawing, left = _Drawing(), MOST_DRAWN
    for number, page in enumerate(pdf.pages, 1):
        drawn = drawing.of_page(page.obj)
        if drawn > MOST_OF_A_PAGE:
            raise CtgdocsError(
                f"la page {number} de ce PDF est un dessin trop lourd à lire (une carte, un plan) : retirez-"
                "la, ou demandez le fichier Word"
            )
        left -= drawn
    if left < 0:
        raise _too_heavy()


def _too_heavy() -> CtgdocsError:
    return CtgdocsError(
        "ce PDF est trop lourd à lire, une fois déplié : n’en gardez que les pages utiles, ou demandez le "
        "fichier Word"
    )


def _check_streams(data: bytes) -> None:
    """Before anything is opened: what is packed in the file, its directory included."""
    left, at = MOST_UNPACKED, 0
    ends = [found.start() for found in re.finditer(rb"endstream", data)]
    if data.count(b"stream") > 2 * _MOST_STREAMS:
        raise _too_heavy()
    while found := _STREAM.search(data, at):
        after = bisect_left(ends, found.end())
        end = ends[after] if after < len(ends) else len(data)
        head = data.rfind(b" obj", max(at, found.start() - 4000), found.start())
        at = found.end()  # what is not packed may hide what is
        if not _IMAGE.search(data, max(head, 0, at - 4000), at):
            size = sum(map(len, _unpacked(memoryview(data)[at:end], left)))
            left, at = left - size, end if size else at


def _unpacked(packed: bytes | memoryview, most: int) -> Iterator[bytes]:
    """What is packed, piece by piece, as far as it can be unpacked. Raises CtgdocsError when it is more than
    `most`."""
    unpacker, at, step = zlib.decompressobj(), 0, 1024  # zlib copies what it leaves: little, then more
    with suppress(zlib.error):  # not packed, or not this way
        while at < len(packed) and not unpacker.eof:
            given: bytes | memoryview = packed[at : at + step]
            at, step = at + step, min(4 * step, 1 << 20)
            while given and not unpacker.eof:
                piece = unpacker.decompress(given, 1 << 20)
                most -= len(piece)
                if most < 0:
                    raise _too_heavy()
                yield piece
                given = unpacker.unconsumed_tail


class _Drawing:
    """How much the pages of a PDF draw: each thing on them is weighed once."""

    def __init__(self) -> None:
        self._left = _MOST_NAMES
        self._weighed: dict[tuple[int, int], int] = {}
        self._streams: dict[tuple[int, int], tuple[int, Counter[bytes]]] = {}

    def of_page(self, page: pikepdf.Object) -> int:
        import pikepdf

        contents = page.get("/Contents")
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        self._left -= len(streams)
        resources = _inherited(page)
        return sum(self._of(one, resources, 0) for one in streams if isinstance(one, pikepdf.Stream))

    def _of(self, stream: pikepdf.Object, resources: pikepdf.Object | None, depth: int) -> int:
        """The bytes that a stream draws, those of what it puts on the page included."""
        size, draws = self._told(stream)
        if not draws or depth > _DEEPEST:
            return size
        forms = dict(self._forms(resources, depth))
        heaviest = max(forms.values(), default=0)  # a name may be written in more ways than one
        return size + sum(times * forms.get(name, heaviest) for name, times in draws.items())

    def _forms(self, resources: pikepdf.Object | None, depth: int) -> Iterator[tuple[bytes, int]]:
        """The names of what may be put on the page, and how much each draws."""
        import pikepdf

        held = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        if not isinstance(held, pikepdf.Dictionary):
            return
        self._left -= len(held)
        if self._left < 0:
            raise _too_heavy()
        for name, one in held.items():
            drawn = 0
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != "/Image":
                if one.objgen not in self._weighed:
                    self._weighed[one.objgen] = 0  # one that puts itself on the page: pdfium stops there too
                    self._weighed[one.objgen] = self._of(one, one.get("/Resources", resources), depth + 1)
                drawn = self._weighed[one.objgen]
            yield name.encode(), drawn

    def _told(self, stream: pikepdf.Object) -> tuple[int, Counter[bytes]]:
        told = self._streams.get(stream.objgen)
        if told is None:
            data = _read(stream)
            told = self._streams[stream.objgen] = (len(data), Counter(_DRAWS.findall(data)))
        return told


def _inherited(page: pikepdf.Object) -> pikepdf.Object | None:
    """The resources of a page, or of the pages that hold it."""
    import pikepdf

    node: pikepdf.Object | None = page
    for _ in range(_DEEPEST):
        if not isinstance(node, pikepdf.Dictionary) or "/Resources" in node:
            break
        node = node.get("/Parent")
    return node.get("/Resources") if isinstance(node, pikepdf.Dictionary) else None


def _read(stream: pikepdf.Object) -> bytes:
    """What a stream says, unpacked."""
    raw, packing = stream.read_raw_bytes(), stream.get("/Filter")
    if packing is None:
        data = raw
    elif packing == "/FlateDecode":
        data = b"".join(_unpacked(raw, MOST_DRAWN))
    elif len(raw) > _MOST_UNUSUAL:
        raise _too_heavy()
    else:
        data = bytes(stream.get_stream_buffer())
    return data
