"""A command as a terminal runs it, in this process: what it says and how it ends, without a new interpreter.
Whoever waits too long is interrupted."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from ctgdocs.cli.main import main


class Said(NamedTuple):
    """How a command ended, and what it said on each stream."""

    code: int
    out: str
    err: str


class Hangs(BaseException):
    """No door of the program catches it."""


def command(root: Path, *arguments: str, patience: int = 60, plain: bool = True) -> Said:
    """`ctgdocs arguments` in the folder `root`; fails when it takes longer than `patience` seconds. `plain`:
    plain spaces in the place of no-break ones."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with chdir(root), redirect_stdout(out), redirect_stderr(err), _no_longer_than(patience):
        code = main(arguments)
    said = [_read(stream) for stream in (out, err)]
    if plain:
        said = [text.replace("\u00a0", " ").replace("\u202f", " ") for text in said]
    assert "Traceback" not in said[1]
    return Said(int(code), *said)


def _read(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8")


@contextmanager
def _no_longer_than(seconds: int) -> Iterator[None]:
    if os.name == "nt":
        yield
        return

    def late(number: int, frame: FrameType | None) -> None:
        raise Hangs(f"after {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
