"""What picture files say of themselves, whole and damaged."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import a_jpeg, a_png

from ctgdocs.word import Damaged, facts_of

sizes = st.integers(1, 300)


@given(sizes, sizes, st.sampled_from([72, 96, 150, 300]))
def test_size_and_resolution_are_read(width: int, height: int, dpi: int) -> None:
    for kind, data in (("png", a_png(width, height, dpi)), ("jpeg", a_jpeg(width, height, dpi))):
        facts = facts_of(data)
        assert (facts.kind, facts.width, facts.height, round(facts.dpi)) == (kind, width, height, dpi)
        assert not facts.turned


@pytest.mark.parametrize("data", [a_png(dpi=0), a_jpeg(dpi=1), a_png(dpi=5_000)])
def test_a_resolution_that_means_nothing_is_that_of_screens(data: bytes) -> None:
    assert facts_of(data).dpi == 96


@pytest.mark.parametrize(("orientation", "turned"), [(1, False), (3, True), (6, True), (8, True)])
def test_a_photo_that_lies_on_its_side_is_known(orientation: int, turned: bool) -> None:
    assert facts_of(a_jpeg(orientation=orientation)).turned is turned


@given(st.data())
def test_a_picture_cut_short_or_spoilt_is_damaged_and_nothing_else_happens(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([a_png(), a_jpeg()]))
    with pytest.raises(Damaged):
        facts_of(whole[: data.draw(st.integers(0, len(whole) - 3))])
    at = data.draw(st.integers(0, len(whole) - 1))
    spoilt = whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :]
    with suppress(Damaged):
        assert facts_of(spoilt).width


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg/>", b"%PDF-1.7", b"PK\x03\x04"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(Damaged, match="ni une image PNG"):
        facts_of(data)


def test_a_picture_that_would_fill_a_memory_is_refused() -> None:
    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = a_png(1, 1)
    bomb = bomb[:12] + header + struct.pack(">I", zlib.crc32(header)) + bomb[33:]
    with pytest.raises(Damaged, match="démesurée"):
        facts_of(bomb)
