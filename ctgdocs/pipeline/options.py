"""What a run was asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


def _silent(_done: int, _total: int) -> None:
    return None


class Options(NamedTuple):
    """`replace`: hand-edited outputs give way (and go to the history). `force`: fresh documents are made
    again too. `jobs`: processes, None to decide by the size of the batch. `cluster`: a Dask scheduler's
    address. `progress` is told how many documents are done, out of how many."""

    replace: bool = False
    force: bool = False
    jobs: int | None = None
    cluster: str = ""
    progress: Callable[[int, int], None] = _silent
