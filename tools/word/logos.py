"""Invented logos, drawn point by point: hills of the Vaurelle under a sun, the shields of three of its
communes. Run it to draw them again.

The PNG files are committed beside the program (`images/`) and the content, because zlib may compress
differently elsewhere.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

IMAGES = Path(__file__).parent / "images"
Colour = tuple[int, int, int, int]
CLEAR: Colour = (255, 255, 255, 0)
_SIDE = 320
_SAMPLES = 4


def _colour(code: str) -> Colour:
    return (int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16), 255)


def _hills(x: float, y: float, sky: Colour, sun: Colour, greens: tuple[Colour, Colour, Colour]) -> Colour:
    """The landscape in a square of side 1, y downwards."""
    if y > 0.80 + 0.05 * math.sin(2.2 * math.pi * (x - 0.30)):
        return greens[2]
    if y > 0.66 + 0.10 * math.sin(1.9 * math.pi * (x + 0.52)):
        return greens[1]
    if y > 0.56 + 0.09 * math.sin(1.7 * math.pi * (x - 0.62)):
        return greens[0]
    if math.hypot(x - 0.66, y - 0.34) < 0.115:
        return sun
    return sky


def sober(x: float, y: float) -> Colour:
    """A navy ring around the landscape."""
    radius = math.hypot(x - 0.5, y - 0.5)
    if radius > 0.495:
        return CLEAR
    if radius > 0.455:
        return _colour("1F3A5F")
    if radius > 0.43:
        return _colour("FFFFFF")
    return _hills(
        x, y, _colour("EEF3F8"), _colour("C9A24B"), (_colour("8FA9C4"), _colour("4F7399"), _colour("1F3A5F"))
    )


def modern(x: float, y: float) -> Colour:
    """A rounded square, in greens."""
    corner = 0.2
    dx, dy = max(corner - x, x - (1 - corner), 0), max(corner - y, y - (1 - corner), 0)
    if math.hypot(dx, dy) > corner:
        return CLEAR
    return _hills(
        x, y, _colour("F6EFD9"), _colour("D98E2B"), (_colour("A9C79A"), _colour("5E9A6B"), _colour("1E5B45"))
    )


def shield(
    ground: str, charge: str, charged: Callable[[float, float], bool]
) -> Callable[[float, float], Colour]:
    """A coat of arms: a ground, and a charge where `charged` says."""

    def draw(x: float, y: float) -> Colour:
        half = 0.42 if y < 0.5 else 0.42 * math.sqrt(max(0.0, 1 - ((y - 0.5) / 0.48) ** 2))
        inside = half - abs(x - 0.5)
        if y < 0.03 or inside < 0:
            return CLEAR
        if inside < 0.03 or y < 0.06:
            return _colour("333333")
        return _colour(charge if charged(x, y) else ground)

    return draw


SHIELDS = {
    "belmaure-de-vaurelle": shield("1F3A5F", "C9A24B", lambda x, y: abs(y - 0.45) < 0.1),
    "lavol": shield("7A1F2B", "F2EDE0", lambda x, y: abs(x - y) < 0.09),
    "larroumel": shield("2E6B4F", "F2EDE0", lambda x, y: math.hypot(x - 0.5, y - 0.42) < 0.2),
}


def png(draw: Callable[[float, float], Colour]) -> bytes:
    """An RGBA picture, each pixel the mean of a grid of samples."""
    lines = []
    total = _SAMPLES * _SAMPLES
    for row in range(_SIDE):
        line = bytearray([0])
        for column in range(_SIDE):
            sums = [0, 0, 0, 0]
            for sample in range(total):
                x = (column + (sample % _SAMPLES + 0.5) / _SAMPLES) / _SIDE
                y = (row + (sample // _SAMPLES + 0.5) / _SAMPLES) / _SIDE
                red, green, blue, alpha = draw(x, y)
                for index, value in enumerate((red * alpha, green * alpha, blue * alpha, alpha)):
                    sums[index] += value
            alpha = sums[3]
            line += bytes((value // alpha if alpha else 255) for value in sums[:3])
            line.append(alpha // total)
        lines.append(bytes(line))
    head = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"".join(lines), 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    (IMAGES / "logo-sobre.png").write_bytes(png(sober))
    (IMAGES / "logo-moderne.png").write_bytes(png(modern))
    beside = Path(__file__).parents[2] / "content" / "logos"
    beside.mkdir(exist_ok=True)
    for name, draw in SHIELDS.items():
        (beside / f"{name}.png").write_bytes(png(draw))
