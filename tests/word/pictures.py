"""Pictures made for tests: PNG and JPEG as their specifications say, a few bytes each."""

from __future__ import annotations

import struct
import zlib


def a_png(width: int = 400, height: int = 200, dpi: int = 0) -> bytes:
    """Black, of that size in pixels."""
    pixels = zlib.compress(b"\0" * ((width + 7) // 8 + 1) * height)
    resolution = struct.pack(">IIB", round(dpi * 39.3701), round(dpi * 39.3701), 1)
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))]
    chunks += [(b"pHYs", resolution)] if dpi else []
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (*chunks, (b"IDAT", pixels), (b"IEND", b""))
    )


def a_jpeg(width: int = 400, height: int = 200, dpi: int = 96, orientation: int = 0) -> bytes:
    """Its headers and its end: what is read of a JPEG."""
    exif = struct.pack("<2sHIHHHIHH", b"II", 42, 8, 1, 0x0112, 3, 1, orientation, 0)
    segments = [(0xE0, b"JFIF\0\1\1\1" + struct.pack(">HHBB", dpi, dpi, 0, 0))]
    segments += [(0xE1, b"Exif\0\0" + exif)] if orientation else []
    segments.append((0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"))
    headers = (struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data for marker, data in segments)
    return b"\xff\xd8" + b"".join(headers) + b"\xff\xda\0\x08\1\1\0\0\x3f\0\0\xff\xd9"
