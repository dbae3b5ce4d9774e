"""Where documents are made: in this process, in a few, or on a cluster.

Work goes out in chunks of documents in order, and comes back in the same order, so that nothing a run says
or writes depends on how many processes there are. Any `concurrent.futures.Executor` will do.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.line.line import Line
from ctgdocs.line.orders import Kinds, Made, Options, Order
from ctgdocs.project import Project

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future


CHUNK = 24
WORTH_IT = 600  # documents: below that, starting processes costs more than it saves
PATIENCE = "10s"
AHEAD = 2  # chunks waiting for each worker: enough to keep it busy, few enough to keep memory flat


class Task(NamedTuple):
    """A chunk of work, complete in itself: another process, or another machine that sees the workspace,
    can do it. `run` tells one run from the next, so that a worker never answers from an older one's
    registries."""

    root: Path
    kinds: Kinds
    program: str
    run: str
    orders: tuple[Order, ...]


def perform(task: Task) -> list[Made]:
    """Does one task, in whatever process this is."""
    if not task.root.is_dir():
        import socket

        raise CtgdocsError(
            f"Le poste « {socket.gethostname()} » de la grappe ne voit pas l’espace de travail {task.root} : "
            "placez-le sur un dossier partagé, au même chemin sur tous les postes."
        )
    line = _line(task.root, task.kinds, task.program, task.run)
    return [line.make(order) for order in task.orders]


@lru_cache(maxsize=1)
def _line(root: Path, kinds: Kinds, program: str, run: str) -> Line:
    return Line(Project(root), kinds, program)


def how_many(jobs: int | None, documents: int) -> int:
    """The number of processes: what was asked, or the cores when the batch is worth it."""
    if jobs is not None:
        return max(1, min(jobs, documents))
    return (os.cpu_count() or 1) if documents >= WORTH_IT else 1


class Crew(NamedTuple):
    """Who makes the documents: an executor and its number of workers; no executor stands for this process."""

    executor: Executor | None = None
    workers: int = 1


@contextmanager
def crew(options: Options, documents: int) -> Iterator[Crew]:
    """The crew for a batch of `documents`. Raises UsageError when the cluster that was asked does not answer,
    CtgdocsError when a worker dies."""
    workers = how_many(options.jobs, documents)
    if options.cluster:
        with _cluster(options.cluster) as client:
            executor = client.get_executor(pure=False)
            yield Crew(executor, max(sum(client.nthreads().values()), 1))
    elif workers < 2:
        yield Crew()
    else:
        with _processes(workers) as pool:
            yield Crew(pool, workers)


@contextmanager
def _processes(workers: int) -> Iterator[Executor]:
    """That many processes like this one."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("spawn")  # the same on every system, and safe with threads
    try:
        with ProcessPoolExecutor(workers, context, _begin_worker, (gc.get_threshold(),)) as pool:
            _start_without_ctrl_c(pool)
            yield pool
    except BrokenProcessPool as error:
        raise CtgdocsError(
            "Un processus s’est arrêté brutalement (mémoire insuffisante ?) : ce qui était écrit est "
            "entier, relancez avec « --jobs 1 » pour finir."
        ) from error


def _start_without_ctrl_c(pool: Executor) -> None:
    """Starts the workers deaf to Ctrl-C from their first instruction: only the run answers it."""
    if threading.current_thread() is not threading.main_thread():
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pool.submit(int)
    finally:
        signal.signal(signal.SIGINT, before)


def _cluster(address: str) -> Any:
    """A client of a Dask cluster (extra « cluster »)."""
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(
            "L’option --cluster demande le complément « cluster » : pip install 'ctgdocs[cluster]'"
        ) from None
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(f"Aucune grappe de calcul ne répond à l’adresse « {address} ».") from error


def _begin_worker(threshold: tuple[int, int, int]) -> None:
    """A worker collects garbage as seldom as the run that started it, leaves Ctrl-C to it, and does not
    outlive it."""
    import multiprocessing

    gc.set_threshold(*threshold)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive_nobody, args=(parent,), daemon=True).start()


def _outlive_nobody(parent: Any) -> None:
    parent.join()
    os._exit(1)


def make_all(tasks: Iterator[Task], crew: Crew, line: Line) -> Iterator[list[Made]]:
    """The documents of every task, in the order of the tasks. Without an executor, `line` makes them here."""
    if crew.executor is None:
        for task in tasks:
            yield [line.make(order) for order in task.orders]
        return
    waiting: deque[Future[list[Made]]] = deque()
    try:
        for task in tasks:
            waiting.append(crew.executor.submit(perform, task))
            if len(waiting) > AHEAD * crew.workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
