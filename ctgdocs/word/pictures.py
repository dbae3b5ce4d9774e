"""What a picture file says of itself: its kind, its size, whether it is whole.

PNG and JPEG, the two that every Word shows. Only headers are read, no pixel is.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final, NamedTuple

EMU: Final = 914_400
"""Word’s unit of length, in an inch."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_USUAL_DPI: Final = 96.0
_INCHES: Final = 39.3701  # in a metre
_LEAST_DPI, _MOST_DPI = 30, 2_400
_LARGEST_SIDE, _MOST_PIXELS = 20_000, 100_000_000
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_UPRIGHT: Final = frozenset((0, 1))
_ORIENTATION: Final = 0x0112


class Damaged(ValueError):
    """Why a file is no picture that can be shown: the end of a French sentence."""


class PictureFacts(NamedTuple):
    """`kind` is `png` or `jpeg`, the size is in pixels; `turned`: its camera says that it is to be turned."""

    kind: str
    width: int
    height: int
    dpi: float
    turned: bool = False


def facts_of(data: bytes) -> PictureFacts:
    """What a picture is. Raises Damaged when it is none, is cut short, or would fill a memory."""
    try:
        if data.startswith(_PNG):
            facts = _png(data)
        elif data.startswith(_JPEG):
            facts = _jpeg(data)
        else:
            raise Damaged("n’est ni une image PNG ni une image JPEG")
    except (struct.error, IndexError):
        raise Damaged("est une image abîmée") from None
    if not facts.width or not facts.height:
        raise Damaged("est une image abîmée")
    if max(facts.width, facts.height) > _LARGEST_SIDE or facts.width * facts.height > _MOST_PIXELS:
        raise Damaged(f"est une image démesurée ({facts.width} × {facts.height} points)")
    return facts


def _resolution(dpi: float) -> float:
    return dpi if _LEAST_DPI <= dpi <= _MOST_DPI else _USUAL_DPI


def _png(data: bytes) -> PictureFacts:
    """Walks the chunks; each says what its bytes add up to (W3C PNG, § 5.3)."""
    width = height = 0
    dpi, at, pixels = 0.0, len(_PNG), False
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        content = data[at + 8 : at + 8 + length]
        (told,) = struct.unpack_from(">I", data, at + 8 + length)
        if zlib.crc32(kind + content) != told:
            raise Damaged("est une image abîmée")
        if kind == b"IHDR":
            width, height = struct.unpack_from(">II", content)
        elif kind == b"pHYs" and content[8:9] == b"\x01":
            dpi = struct.unpack_from(">I", content)[0] / _INCHES
        elif kind == b"IEND":
            break
        pixels |= kind == b"IDAT"
        at += 12 + length
    if not pixels:
        raise Damaged("est une image abîmée")
    return PictureFacts("png", width, height, _resolution(dpi))


def _jpeg(data: bytes) -> PictureFacts:
    """Walks the segments up to the frame, which gives the size (ITU-T T.81, annex B)."""
    dpi, turned, at = 0.0, False, 2
    if b"\xff\xd9" not in data[-64:] and b"\xff\xd9" not in data[len(data) // 2 :]:
        raise Damaged("est une image abîmée : il en manque la fin")
    while True:
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        (length,) = struct.unpack_from(">H", data, at + 1)
        content = data[at + 3 : at + 1 + length]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, 1)
            return PictureFacts("jpeg", width, height, _resolution(dpi), turned)
        if marker == 0xE0 and content.startswith(b"JFIF\0"):
            unit, across = struct.unpack_from(">BH", content, 7)
            dpi = across * {1: 1.0, 2: 2.54}.get(unit, 0.0)
        elif marker == 0xE1 and content.startswith(b"Exif\0\0"):
            turned = _orientation(content[6:]) not in _UPRIGHT
        if marker == 0xDA or length < 2:
            raise Damaged("est une image abîmée")
        at += 1 + length


def _orientation(exif: bytes) -> int:
    """How the camera was held: 1 when upright, 0 when it does not say (TIFF 6.0, § 2)."""
    order = "<" if exif[:2] == b"II" else ">"
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for rank in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, start + 2 + 12 * rank)
            if tag == _ORIENTATION:
                return int(value)
    except struct.error:
        pass
    return 0
