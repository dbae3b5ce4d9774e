"""The workspace's content, typed once and read when asked for: registries and documents, by id.

`Library` finds, reads and validates entries, each file at most once. A document consults it through a
`TrackingReader`, which remembers every entry, every miss and every listing it was answered: as long as
these digests are the same, the document would be composed the same way.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from ctgdocs.content.shelves import Document, Drawer, Shelf, shelf_of, stem
from ctgdocs.files import is_file, opened, size_of
from ctgdocs.findings import Finding, Place, Severity, in_order
from ctgdocs.project import Listing, Project
from ctgdocs.stages import Entry, Mapping, Origin
from ctgdocs.vocabulary.as_typed import day_of
from ctgdocs.vocabulary.registres import REGISTRES

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ctgdocs.stages import Node, Reader, Registry, Source, Steps


# --- The library as one document sees it: what it consulted, and the digest of every answer


Held = TypeVar("Held")
Made = TypeVar("Made")
Recalled: TypeAlias = "tuple[Any, dict[str, str], list[Origin]]"
"""What was made once for several documents, what was read for it, and where its texts come from."""

ABSENT = ""
IN_ERROR = "erreur"
LISTING = "*"
NAMES = "~"
ATTACHMENT = "fichier"


class TrackingReader:
    """A `stages.Reader` that remembers.

    `reads` maps what was consulted to its digest: `elus/durand-claire` (an entry; "" when it does not exist,
    `erreur` when it is in error), `elus/*` (a listing), `elus/~` (its names, which a name typed in the place
    of an id was looked for in), `fichier/content/…/plan.xlsx` (an attachment).
    """

    __slots__ = ("library", "noted", "origins", "reads")

    def __init__(self, library: Library) -> None:
        self.library = library
        self.reads: dict[str, str] = {}
        self.noted: dict[Hashable, Recalled] = {}
        self.origins: list[Origin] = []

    def find(self, registry: Registry[Held], id: str) -> Entry[Held] | None:
        key, entry, digest = self.library.answer(registry.name, id)
        self.reads[key] = digest
        self.depend_on_names(key)
        return entry

    def depend_on_names(self, key: str) -> None:
        """Notes the names that an entry was understood with, which are another answer when they change."""
        for asked in self.library.named_in(key):
            self.reads[asked] = self.library.digest(asked)

    def exists(self, registry: Registry[object], id: str) -> bool:
        key, _, digest = self.library.answer(registry.name, id)
        self.reads[key] = digest
        self.depend_on_names(key)
        return digest != ABSENT

    def ids(self, registry: Registry[object]) -> Sequence[str]:
        key = f"{registry.name}/{LISTING}"
        self.reads[key] = self.library.digest(key)
        return self.library.ids(registry)

    def recall(self, key: Hashable, make: Callable[[Reader], Made]) -> Made:
        """What `make` gives, made once for the library (see `stages.Reader`)."""
        known = self.library.recalled(key)
        if known is None:
            apart = TrackingReader(self.library)
            known = self.library.remember(key, (make(apart), apart.reads, apart.origins))
        if self.noted.get(key) is not known:
            self.reads.update(known[1])
            self.noted[key] = known
        self.origins += known[2]
        return known[0]  # type: ignore[no-any-return]

    def attachment(self, path: str) -> bytes | None:
        """The bytes of a file beside the content, or None (see `Library.attachment`)."""
        data = self.library.attachment(path)
        self.reads[f"{ATTACHMENT}/{path}"] = self.library.digest_of(data)
        return data


__all__ = ["Document", "Drawer", "Library", "TrackingReader"]

LARGEST_ATTACHMENT = 20_000_000
MOST_RECALLED = 1_000


@dataclass(slots=True)
class _File:
    """A content file as read: what was found, and its entries by id (None when in error). `source` is its
    text, None when it cannot be read, or when there is no file (`there` is False)."""

    findings: list[Finding] = field(default_factory=list)
    entries: dict[str, Entry[Any] | None] = field(default_factory=dict)
    source: Source | None = None
    there: bool = True


class Library:
    """All the content of a workspace. Nothing is read before it is asked for; nothing is read twice.

    `instead`: the bytes of files to read in place of those on the disk (path → bytes), to see what they would
    make.
    """

    def __init__(
        self,
        project: Project,
        kinds: Iterable[Drawer] = (),
        registres: Iterable[Registry[BaseModel]] = REGISTRES,
        instead: MappingType[str, bytes] | None = None,
    ) -> None:
        self.project = project
        self.instead = instead or {}
        self.kinds = tuple(kinds)
        self._shelves = {
            s.name: s for s in (shelf_of(r) for r in (*registres, *(kind.registry for kind in self.kinds)))
        }
        self._files: dict[str, _File] = {}
        self._listings: dict[str, dict[str, str]] = {}
        self._answers: dict[tuple[str, str], tuple[str, Entry[Any] | None, str]] = {}
        self._names: dict[str, dict[str, str]] = {}
        self._named_in: dict[str, dict[str, None]] = {}
        self._recalled: dict[Hashable, Recalled] = {}

    def reader(self) -> TrackingReader:
        """A reader for one document."""
        return TrackingReader(self)

    # --- entries --------------------------------------------------------------------------------------

    def find(self, registry: Registry[Held], id: str) -> Entry[Held] | None:
        """The valid entry, or None when it does not exist or is in error."""
        return self.answer(registry.name, id)[1]

    def recalled(self, key: Hashable) -> Recalled | None:
        """What was made for a document under this key, and read for it (see `TrackingReader.recall`)."""
        return self._recalled.get(key)

    def remember(self, key: Hashable, made: Recalled) -> Recalled:
        if len(self._recalled) >= MOST_RECALLED:
            self._recalled.clear()
        self._recalled[key] = made
        return made

    def exists(self, registry: Registry[object], id: str) -> bool:
        """True even when the entry is in error."""
        return self.answer(registry.name, id)[2] != ABSENT

    def ids(self, registry: Registry[object]) -> Sequence[str]:
        """All the ids of a registry or kind, sorted, entries in error included."""
        return self._ids(registry.name)

    def _ids(self, name: str) -> Sequence[str]:
        shelf = self._shelves[name]
        return sorted(self._listing(shelf) if shelf.folder else self._file(shelf, shelf.path).entries)

    def answer(self, registry: str, id: str) -> tuple[str, Entry[Any] | None, str]:
        """(key, entry, digest) of what the library says of an id; the digest tells « absent », « erreur »
        and every content apart."""
        found = self._answers.get((registry, id))
        if found is None:
            found = self._answers[registry, id] = self._look_up(self._shelves[registry], id)
        return found

    def _look_up(self, shelf: Shelf, id: str) -> tuple[str, Entry[Any] | None, str]:
        key = f"{shelf.name}/{id}"
        path = self._listing(shelf).get(id) if shelf.folder else shelf.path
        file = _File(there=False) if path is None else self._file(shelf, path)
        if id not in file.entries:  # of a file that cannot be read, nobody knows which it holds
            return key, None, IN_ERROR if file.there and file.source is None else ABSENT
        entry = file.entries[id]
        return key, entry, IN_ERROR if entry is None else entry.digest

    def attachment(self, path: str) -> bytes | None:
        """The bytes of a file under content/ (`path` is posix, from the root); None when there is none,
        when it is over 20 MB, or when a link leads it out of the workspace."""
        relative = self.project.relative(path.replace("\\", "/"))
        file = self.project.root / relative
        if not relative.startswith("content/") or not self.project.holds(file):
            return None
        try:
            with opened(file) as found:
                return found.read() if size_of(found) <= LARGEST_ATTACHMENT else None
        except OSError:
            return None

    def digest(self, key: str) -> str:
        """What a fresh reader would record, now, under a key of `TrackingReader.reads`."""
        registry, _, id = key.partition("/")
        if registry == ATTACHMENT:
            return self.digest_of(self.attachment(id))
        if registry not in self._shelves:
            return ABSENT
        if id == LISTING:
            return self.digest_of("\n".join(self._ids(registry)).encode())
        if id == NAMES:
            names = sorted(self.names_of(registry).items())
            return self.digest_of("\n".join(f"{id} {name}" for id, name in names).encode())
        return self.answer(registry, id)[2]

    @staticmethod
    def digest_of(data: bytes | None) -> str:
        return ABSENT if data is None else sha256(data).hexdigest()

    def path_of(self, key: str) -> str:
        """The content file that holds (or would hold) an entry; the folder, for the listing of a folder."""
        registry, _, id = key.partition("/")
        if registry == ATTACHMENT:
            return id
        shelf = self._shelves[registry]
        if not shelf.folder or id in (LISTING, NAMES):
            return shelf.path
        return self._listing(shelf).get(id, f"{shelf.path}/{id}.yaml")

    # --- files ----------------------------------------------------------------------------------------

    def documents(self) -> list[Document]:
        """All the documents, in the order of their paths and of their kind's parts; no file is read."""
        found = (
            Document(kind, id, path, part)
            for kind in self.kinds
            for id, path in self._listing(self._shelves[kind.name]).items()
            for part in kind.parts
        )
        return sorted(found, key=lambda document: document.path)

    def registry_files(self) -> list[str]:
        """The files of the registries, in order; no file is read."""
        files: set[str] = set()
        of_documents = {kind.name for kind in self.kinds}
        for shelf in self._shelves.values():
            if shelf.name in of_documents:
                continue
            if shelf.folder:
                files.update(self._listing(shelf).values())
            elif is_file(self.project.root / shelf.path):
                files.add(shelf.path)
        return sorted(files)

    def entries_of(self, path: str) -> dict[str, Entry[Any] | None]:
        """The entries of one content file by key (`elus/durand-claire`), None for those in error."""
        shelf = self._shelf_of(path)
        if shelf is None:
            return {}
        return {f"{shelf.name}/{id}": entry for id, entry in self._file(shelf, path).entries.items()}

    def entry(self, key: str) -> Entry[Any] | None:
        """The entry that a key of `TrackingReader.reads` names; None for a listing or an attached file."""
        registry, _, id = key.partition("/")
        known = registry in self._shelves and id not in (LISTING, NAMES)
        return self.answer(registry, id)[1] if known else None

    def partial(self, key: str) -> Entry[Any] | None:
        """What can be read of an entry in error, its faulty fields left empty; None when nothing can."""
        from ctgdocs.content.validation import what_is_read

        registry, _, id = key.partition("/")
        shelf, path = self._shelves[registry], self.path_of(key)
        source = self._file(shelf, path).source
        if source is None:
            return None
        at = () if shelf.only_id(path) is not None else (id,)
        node = source.root[at[0]] if at else source.root  # type: ignore[index]  # a str finds its equal Text
        value = what_is_read(node, shelf.registry.type(), partial(self._names_for, key))
        return Entry(registry, id, value, source, "", at)

    def answers_at(self, path: str) -> tuple[str, str]:
        """(registry, id) of what a content file holds; no id when it holds a whole registry, and neither
        when nothing reads it. No file is read."""
        shelf = self._shelf_of(path)
        if shelf is None:
            return "", ""
        return shelf.name, stem(path) if shelf.folder else ""

    def is_unreadable(self, path: str) -> bool:
        """True for a content file that is there and of which nothing can be read."""
        shelf = self._shelf_of(path)
        file = self._file(shelf, path) if shelf else _File(there=False)
        return file.there and file.source is None

    def forget(self, path: str) -> None:
        """Drops what was read of one content file; it is read again when asked for again."""
        for key in self.entries_of(path) if path in self._files else ():
            registry, _, id = key.partition("/")
            self._answers.pop((registry, id), None)
        self._files.pop(path, None)

    def after(self, changed: Iterable[str], *, instead: MappingType[str, bytes] | None = None) -> Library:
        """The library once these content files changed, or have other bytes `instead` of theirs; what was
        read of the others is kept, unless a name of a registry was understood in it."""
        then = Library(self.project, instead=instead)
        then.kinds, then._shelves = self.kinds, self._shelves
        named = {self.path_of(key) for key in self._named_in}
        gone = {*changed, *named, *then.instead}
        then._files = {path: file for path, file in self._files.items() if path not in gone and file.there}
        return then

    # --- findings -------------------------------------------------------------------------------------

    def findings(self, path: str | None = None) -> list[Finding]:
        """What reading and validating found: in one content file or, without `path`, in all of them."""
        if path is not None:
            shelf = self._shelf_of(path)
            return list(self._file(shelf, path).findings) if shelf else []
        paths = dict.fromkeys([*self.registry_files(), *(document.path for document in self.documents())])
        found = [finding for each in paths for finding in self.findings(each)]
        return in_order([*found, *self.misplaced_files()])

    def findings_of(self, registry: str, id: str) -> list[Finding]:
        """What was found in one entry, and in its whole file when the trouble is there."""
        key, _, state = self.answer(registry, id)
        if state == ABSENT:
            return []
        found = self.findings(self.path_of(key))
        if self._shelves[registry].only_id(self.path_of(key)) is not None:
            return found
        return [finding for finding in found if finding.place.field.partition(".")[0] in ("", id)]

    def misplaced_files(self) -> list[Finding]:
        """What stands in content/ and is not read: what is no file of the workspace, files that no id
        reaches, or that some systems take for another. No file is read."""
        from ctgdocs.content.shelves import misplaced, unread

        shelves = tuple(self._shelves.values())
        return [
            *self._content.findings,
            *misplaced(self._content.paths, shelves),
            *unread(self._content.others, shelves),
        ]

    # --- reading --------------------------------------------------------------------------------------

    def _file(self, shelf: Shelf, path: str) -> _File:
        file = self._files.get(path)
        if file is None:
            file = self._files[path] = self._read(shelf, path)
        return file

    def _read(self, shelf: Shelf, path: str) -> _File:
        if not shelf.folder and not os.path.lexists(self.project.root / path):
            return _File(there=False)
        source, findings = self._source(path)
        file = _File(findings, source=source)
        only = shelf.only_id(path)
        if source is None:
            if only is not None:
                file.entries[only] = None
            return file
        if only is None:
            file.findings = [_in_its_entry(one, source.root) for one in findings]
        broken = {one.place.field.partition(".")[0] for one in file.findings if one.blocking}
        nodes: Mapping | dict[str, Node] = source.root if only is None else {only: source.root}
        for id, node in nodes.items():
            at = (str(id),) if only is None else ()
            entry = self._entry(shelf, file, source, str(id), node, at)
            sound = not broken if only is not None else broken.isdisjoint(("", str(id)))
            file.entries[str(id)] = entry if sound else None
        return file

    def _source(self, path: str) -> tuple[Source | None, list[Finding]]:
        from ctgdocs.content.reading import parse, read  # from here on, yaml and pydantic are needed

        there = self.instead.get(path)
        return read(self.project, path) if there is None else parse(there, path)

    def _entry(
        self, shelf: Shelf, file: _File, source: Source, id: str, node: Node, at: Steps
    ) -> Entry[Any] | None:
        """One entry, validated; its problems join the file's."""
        from ctgdocs.content.validation import validate
        from ctgdocs.vocabulary.as_typed import IDENTIFIANT, bad_identifier

        names = partial(self._names_for, f"{shelf.name}/{id}")
        entry, problems = validate(node, shelf.registry.type(), source, at, shelf.name, id, names)
        if IDENTIFIANT.fullmatch(id) is None:
            message, hint = bad_identifier(id)
            if at:
                place = source.place(*at)
            else:
                place = Place(source.path)
                hint = hint.replace("écrivez", "renommez le fichier en")
            problems = [Finding("identifiant", Severity.ERREUR, message, place, hints=(hint,)), *problems]
        told = {place.line for one in file.findings for place in (one.place, *(r.place for r in one.related))}
        file.findings += [one for one in problems if one.place.line not in told]
        return None if any(problem.blocking for problem in problems) else entry

    def named_in(self, key: str) -> Iterable[str]:
        """The names, as keys of `TrackingReader.reads`, that an entry was looked for in when it was read."""
        return self._named_in.get(key, ())

    def _names_for(self, key: str, registry: str) -> dict[str, str]:
        """The names of a registry, for what the entry `key` calls by one."""
        self._named_in.setdefault(key, {})[f"{registry}/{NAMES}"] = None
        return self.names_of(registry)

    def names_of(self, registry: str) -> dict[str, str]:
        """id → the words that an entry is called by, as typed, whether it is in error or not; ids alone for
        the acts of a kind."""
        names = self._names.get(registry)
        if names is None:
            names = self._names[registry] = dict(self._words_of(registry))
        return names

    def _words_of(self, registry: str) -> Iterator[tuple[str, str]]:
        shelf = self._shelves.get(registry)
        if shelf is None:
            return
        paths = self._listing(shelf) if shelf.folder else {"": shelf.path}
        is_kind = any(kind.name == registry for kind in self.kinds)
        for id, path in paths.items():
            source, _ = (None, ()) if is_kind else self._source(path)
            if shelf.folder:
                yield id, _name_of(source.root) if source else ""
            elif source is not None:
                yield from ((str(id), _name_of(node)) for id, node in source.root.items())

    @cached_property
    def _content(self) -> Listing:
        """What stands in content/, which is walked once."""
        return self.project.content_files()

    def _listing(self, shelf: Shelf) -> dict[str, str]:
        """id → path of the files of a folder; the first of two files of one id."""
        listing = self._listings.get(shelf.name)
        if listing is None:
            paths = (path for path in reversed(self._content.paths) if shelf.holds(path))
            listing = self._listings[shelf.name] = {stem(path): path for path in paths}
        return listing

    def _shelf_of(self, path: str) -> Shelf | None:
        return next((shelf for shelf in self._shelves.values() if shelf.holds(path)), None)


def _in_its_entry(finding: Finding, entries: Mapping) -> Finding:
    """A finding of a file of entries, with the entry in whose lines it stands when it names none."""
    place = finding.place
    if place.field:
        return finding
    above = [id for id in entries if id.line <= place.line]
    id = max(above, key=lambda id: id.line, default="")
    return finding._replace(place=place._replace(field=str(id)))


def _name_of(node: Node) -> str:
    """What an entry of a registry is called, as typed: a person, a body, a séance by its day."""
    if not isinstance(node, Mapping):
        return ""
    fields = {str(key): value for key, value in node.items()}
    said = [str(fields[name]) for name in ("prenom", "nom", "nom_court", "sigle", "titre") if name in fields]
    return " ".join([*said, day_of(str(fields.get("date", "")))]).strip()
