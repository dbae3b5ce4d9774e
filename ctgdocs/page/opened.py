"""The workspace that the page has open: read again when a file of it changed, whoever changed it."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from pydantic import BaseModel

from ctgdocs.content.library import Document, Library
from ctgdocs.findings import Finding, in_order
from ctgdocs.kinds import KINDS
from ctgdocs.line.line import Line
from ctgdocs.line.orders import Made, Order, key_of
from ctgdocs.line.status import Seen, Standing, Survey, standings
from ctgdocs.memory.glance import NAME
from ctgdocs.page.places import REGISTRIES, titled, typed_title
from ctgdocs.project import Project
from ctgdocs.rules.records import look_at
from ctgdocs.stages import Entry, Origin
from ctgdocs.vocabulary.registres import SEANCES

Held = TypeVar("Held")
Stats = tuple[tuple[str, int, int], ...]
MOST_CHECKED = 60
"""Documents that a run has still to make, checked for the first screen; the others say theirs when made."""


class Opened:
    """One workspace, for one person. What is derived from its files is kept until one of them changes."""

    def __init__(self, project: Project, today: Callable[[], date] = date.today) -> None:
        self.project = project
        self.today = today
        self._lock = threading.RLock()
        self._stats: Stats = ()
        self._library = Library(project, KINDS)
        self._dress: Stats = ()
        self._line: Line | None = None
        self._kept: dict[str, object] = {}
        self._depth = 0
        self._titles: dict[str, tuple[tuple[int, int], str]] = {}

    @contextmanager
    def held(self) -> Iterator[Library]:
        """The library as the files are now; no other request reads it meanwhile."""
        with self._lock:
            self._depth += 1
            try:
                if self._depth == 1:
                    self._look()
                yield self._library
            finally:
                self._depth -= 1

    def _look(self) -> None:
        content = self._looked_at("content")
        sorties = (*self._looked_at("sorties"), *self._remembered())
        templates = self._looked_at("templates")
        if (now := (*content, *sorties, *templates)) == self._stats:
            return
        changed = {self.project.relative(path) for path, *_ in {*now} ^ {*self._stats}}
        self._stats, self._kept = now, {}
        self._library = self._library.after(changed)
        gc.collect()  # the former library and its readers hold each other: 10 MB of a thousand acts
        if self._line is None or templates != self._dress:
            self._line, self._dress = None, templates
        else:
            self._line.library = self._library

    def _looked_at(self, folder: str) -> Stats:
        found: list[tuple[str, int, int]] = []
        waiting = [f"{self.project.root}/{folder}"]
        while waiting:
            try:
                with os.scandir(waiting.pop()) as entries:
                    for entry in entries:
                        if entry.name.startswith((".", "~$")):
                            continue
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(entry.path)
                        else:
                            stat = entry.stat(follow_symlinks=False)
                            found.append((entry.path, stat.st_mtime_ns, stat.st_size))
            except OSError:
                continue
        return tuple(sorted(found))

    def _remembered(self) -> Stats:
        """What the last run remembers: it is written once its documents are."""
        path = self.project.state_dir / NAME
        try:
            stat = path.stat()
        except OSError:
            return ()
        return ((str(path), stat.st_mtime_ns, stat.st_size),)

    def once(self, name: str, make: Callable[[], Held]) -> Held:
        """What `make` gives, until a file of the workspace changes. Within `held` only."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]  # type: ignore[return-value]

    # --- documents ------------------------------------------------------------------------------------

    def documents(self) -> Mapping[str, Document]:
        with self.held() as library:
            return self.once("documents", lambda: {key_of(one): one for one in library.documents()})

    def survey(self) -> Survey:
        """How each document stands, as far as is known without making it."""
        with self.held():
            return self.once("survey", lambda: standings(self.project, KINDS))

    def standing_of(self, documents: Sequence[Document]) -> list[Seen]:
        """How a few documents stand."""
        keys = sorted(map(key_of, documents))
        with self.held():
            return self.once(f"standing {keys}", lambda: standings(self.project, KINDS, keys).seen)

    def title(self, registry: str, id: str) -> str:
        """What an entry is called. Of an act that types it on one line, read without the rest of its file."""
        with self.held() as library:
            path = library.path_of(f"{registry}/{id}")
            stat = self._stat_of(path)
            known = self._titles.get(path)
            if not REGISTRIES[registry].folder or registry == SEANCES.name:
                return titled(library, registry, id)
            if known is None or known[0] != stat:
                typed = typed_title(self.project.root / path)
                if not typed:
                    return titled(library, registry, id)
                known = self._titles[path] = (stat, typed)
            return known[1]

    def _stat_of(self, path: str) -> tuple[int, int]:
        try:
            stat = (self.project.root / path).stat()
        except OSError:
            return (0, 0)
        return (stat.st_mtime_ns, stat.st_size)

    def entry(self, document: Document) -> Entry[BaseModel] | None:
        with self.held() as library:
            return library.find(document.kind.registry, document.id)

    def findings_of(self, document: Document) -> list[Finding]:
        """Every finding of a document now: its file read, its rules judged; nothing is rendered."""
        with self.held() as library:
            return self.once(f"findings {key_of(document)}", lambda: _findings(library, document))

    def all_findings(self) -> list[Finding]:
        """What is known of everything: what the last run said of the documents that are typed as they were
        then, and what the first of the others say now."""
        survey = self.survey()
        to_make = (Standing.STALE, Standing.IN_ERROR)
        stale = [one.name for one in survey.seen if one.standing in to_make and not one.told]
        found = list(survey.findings)
        documents = self.documents()
        for name in [one for one in stale if one in documents][:MOST_CHECKED]:
            found += self.findings_of(documents[name])
        return in_order(found)

    def made(self, document: Document) -> Made:
        """The document as a run would make it now; nothing is written."""
        return self.traced(document)[0]

    def traced(self, document: Document) -> tuple[Made, list[Origin]]:
        """The same, with where each text of its page was typed."""
        with self.held() as library:
            return self.once(f"made {key_of(document)}", lambda: self._traced(library, document))

    def _traced(self, library: Library, document: Document) -> tuple[Made, list[Origin]]:
        if self._line is None:
            self._line = Line(self.project, KINDS, "", library)
        traced = self._line.traced(Order(document))
        return traced.made, traced.origins


def _findings(library: Library, document: Document) -> list[Finding]:
    found = list(library.findings(document.path))
    reader = library.reader()
    entry = library.find(document.kind.registry, document.id)
    if entry is None:
        read = library.partial(f"{document.kind.name}/{document.id}")
        return in_order([*found, *(look_at(read, reader, found) if read else ())])
    found += document.kind.check(entry, reader)
    if not any(one.blocking for one in found):
        said = document.kind.compose(entry, reader, document.part)
        found += said.findings if said is not None else ()
    return in_order(found)
