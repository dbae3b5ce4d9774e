"""The one way a file is opened to be read: a regular file, never one that waits for ever or has no end.

A name in a workspace may be a FIFO, a device, a socket or a folder; opening some of them waits until somebody
writes, and reading others never ends. So a file is opened without waiting, and looked at before it is read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike

TYPE_CHECKING = False  # on the shortest path of the command line, where typing costs too much
if TYPE_CHECKING:
    from typing import IO

NOT_A_FILE = "ce n’est pas un fichier ordinaire"
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)


class NotAFile(OSError):
    """What stands there is a folder, a FIFO, a socket or a device."""

    def __init__(self, path: str | PathLike[str]) -> None:
        super().__init__(None, NOT_A_FILE, os.fspath(path))


@contextmanager
def opened(path: str | PathLike[str]) -> Iterator[IO[bytes]]:
    """A regular file, open for reading; links are followed. Raises OSError, NotAFile when it is not one."""
    with open(_handle(path), "rb", buffering=0) as file:  # a descriptor is opened here
        yield file


def read_file(path: str | PathLike[str]) -> bytes:
    """The bytes of a regular file. Raises OSError, NotAFile when it is not one."""
    with opened(path) as file:
        return file.read()


def size_of(file: IO[bytes]) -> int:
    """The bytes of an open file."""
    return os.fstat(file.fileno()).st_size


def is_file(path: str | PathLike[str]) -> bool:
    """True when a regular file stands there, links followed; a link that turns in circles leads to none."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116
    except (OSError, ValueError):
        return False


def _handle(path: str | PathLike[str]) -> int:
    try:
        handle = os.open(path, _READ)
    except OSError:
        if os.path.isdir(path):  # noqa: PTH112  # Windows refuses to open a folder, for want of rights
            raise NotAFile(path) from None
        raise
    except ValueError:  # no system has a file of that name
        raise NotAFile(path) from None
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise NotAFile(path)
