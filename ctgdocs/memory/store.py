"""`sorties/.ctgdocs/memoire.sqlite`: which inputs made which document, as the last runs left them.

It may be lost without harm: a document says itself who made it (word/fingerprint.py). So one that cannot
be read, or that something else than a run has written, is set aside, and the run makes another.

- `file` is the disk as the last complete run left it; `?` stands for a file to read again.
- `document` is one document as it was last made, with `points`, the other files that its findings name.
- `read` is what documents consulted: the acts of a séance share packs of (entry, digest). `uses` says which;
  a registry file, whose fiches are checked too, uses some under its own path.
- `typed` has the fields of every entry version that was read, for reasons in words. Personal data stay out.
- `base` has the content files that the document standing on the disk was made from: its own, its dossier.
- `said` is what the last complete run had to say.

On a network share SQLite's locks are not to be trusted: there are none here, the run's own lock is the only
one, and whoever has not taken it reads a copy (rest.py).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zlib import compress, decompress

from ctgdocs.findings import Finding
from ctgdocs.memory import rest
from ctgdocs.memory.disk import RACY
from ctgdocs.memory.glance import FORMAT, NAME, Glance, connected
from ctgdocs.memory.records import Inputs, Pack, Record, finding_from, finding_to, is_private
from ctgdocs.memory.rest import Unreadable, refused

UNKNOWN = "?"
"""The digest of an output that this program did not write: equal to nothing."""

BASE = (
    "create table if not exists base (document text not null, path text not null, data blob not null, "
    "primary key (document, path))"
)
SCHEMA = f"""
pragma application_id = {FORMAT};
create table file (path text primary key, stat text not null, digest text not null, findings text);
create table document (
  key text primary key, kind text not null, source text not null, source_digest text not null,
  context text not null, template text not null, template_digest text not null,
  charte text not null, charte_digest text not null, program text not null,
  output text not null, output_digest text not null, beside text not null, beside_digest text not null,
  sealed integer not null, findings text);
create index document_source on document (source);
create index document_output on document (output);
create index document_beside on document (beside) where beside <> '';
create table points (document text not null, path text not null);
create index points_document on points (document);
create index points_path on points (path);
create table pack (id integer primary key, name text not null unique);
create table read (pack integer not null, key text not null, digest text not null);
create index read_pack on read (pack);
create index read_key on read (key, digest);
create table uses (user text not null, pack integer not null);
create index uses_user on uses (user);
create index uses_pack on uses (pack);
create table typed (key text not null, digest text not null, fields text not null, primary key (key, digest));
{BASE};
create table said (documents integer not null, echo text not null);
"""


class Memory:
    """What is remembered, open for one run. `lost`: there was one, and it could not be read."""

    def __init__(self, database: sqlite3.Connection, path: Path | None = None, *, lost: bool = False) -> None:
        self._database = database
        self._path = path
        self._packs: dict[str, int] = {}
        self._left: set[int] = set()
        self._typed: dict[str, str] = {}
        self._written = False
        self.lost = lost
        self.seal = b"" if path is None else rest.seal_at(path)
        """What the file was sealed with when it was opened."""

    # --- opening and closing --------------------------------------------------------------------------

    @classmethod
    def empty(cls) -> Memory:
        """One that is not kept."""
        return cls(_laid_out())

    @classmethod
    def open(cls, folder: Path) -> Memory:
        """The memory of a workspace, for a run that holds its lock. Raises WritingError."""
        database, lost = rest.for_writing(folder, _laid_out().serialize())
        return cls(database, folder / NAME, lost=lost)

    @classmethod
    def peek(cls, folder: Path) -> Memory:
        """The memory of a workspace, to be read only; an empty one when there is none, or none to be read."""
        try:
            return cls(rest.for_reading(folder))
        except Unreadable:
            return cls.empty()

    def close(self) -> None:
        """Closes it; what a run has written is sealed with its sum."""
        self._database.close()
        if self._path is not None and self._written:
            rest.seal(self._path)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is remembered meanwhile, or nothing. Raises WritingError when the disk refuses, Unreadable
        when the memory is damaged."""
        try:
            self._rows("begin immediate")
            if not self._written:
                self._rows("pragma user_version = 0")
                self._rows("delete from said")
                self._rows(BASE)
            yield
            self._rows("commit")
        except BaseException:
            self._packs.clear()
            with suppress(sqlite3.Error):
                self._database.rollback()
            raise
        self._written = True

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise refused(error) from error

    def _many(self, query: str, rows: Sequence[tuple[Any, ...]]) -> None:
        try:
            if rows:
                self._database.executemany(query, rows)
        except sqlite3.Error as error:
            raise refused(error) from error

    def _column(self, query: str, *values: Any) -> list[Any]:
        return [row[0] for row in self._rows(query, *values)]

    # --- the disk, and what was said ------------------------------------------------------------------

    def files(self) -> dict[str, tuple[str, str]]:
        """path → (stat, digest) of every file, as the last complete run left it."""
        return {row[0]: row[1:] for row in self._rows("select path, stat, digest from file")}

    def said(self) -> tuple[int, str] | None:
        """The number of documents of the last complete run, and what it said."""
        rows = self._rows("select documents, echo from said")
        return (rows[0][0], rows[0][1]) if rows else None

    def findings_of(self, path: str) -> tuple[Finding, ...] | None:
        """What a registry file had to say; None when it has to be read."""
        found = self._column("select findings from file where path = ?", path)
        return _findings(found[0]) if found else None

    def forget_files(self, paths: Iterable[str]) -> None:
        """These files are no longer what a complete run left: they will be looked at again."""
        self._many("update file set stat = ?, digest = '' where path = ?", [(RACY, path) for path in paths])

    def wrote(self, path: str, stat: str, digest: str) -> None:
        self._rows("insert or replace into file (path, stat, digest) values (?, ?, ?)", path, stat, digest)

    def complete(
        self,
        rows: Sequence[tuple[str, str, str]],
        gone: Iterable[str],
        fiches: Mapping[str, tuple[tuple[Finding, ...] | None, tuple[Pack, ...]]],
        said: Glance,
    ) -> None:
        """A run has dealt with every document. `rows`: the files that are not as they were remembered;
        `fiches`: what registry files had to say, and what their checks read."""
        self._many(
            "insert into file (path, stat, digest) values (?, ?, ?) on conflict (path) do update set "
            "stat = excluded.stat, digest = excluded.digest",
            rows,
        )
        lost = [(path,) for path in gone]
        self._many("delete from file where path = ?", lost)
        for (path,) in lost:
            self._use(path, ())
        for path, (findings, packs) in fiches.items():
            self._rows("update file set findings = ? where path = ?", _text(findings), path)
            self._use(path, packs)
        self._let_go()
        self._rows("delete from said")
        unkept = self._column("select 1 from document where findings is null limit 1")
        if not unkept and all(findings is not None for findings, _ in fiches.values()):
            self._rows("insert into said values (?, ?)", said.documents, said.echo)

    # --- documents ------------------------------------------------------------------------------------

    def keys(self) -> set[str]:
        return set(self._column("select key from document"))

    def document(self, key: str) -> Record | None:
        rows = self._rows("select * from document where key = ?", key)
        return _record(rows[0]) if rows else None

    def documents(self) -> Iterator[tuple[str, Record]]:
        """Every document, in order."""
        for row in self._rows("select * from document order by key"):
            yield row[0], _record(row)

    def keep(self, key: str, record: Record, packs: Sequence[Pack]) -> None:
        """Remembers a document and what it read."""
        there = (read for pack in packs for read, digest in pack.reads.items() if digest)
        private = record.findings and is_private(there)
        findings = None if private else record.findings
        values = (record.kind, record.source, record.source_digest, *record.inputs, record.output_digest)
        row = (key, *values, record.beside, record.beside_digest, record.sealed, _text(findings))
        self._rows(f"insert or replace into document values ({', '.join('?' * len(row))})", *row)
        self._rows("delete from points where document = ?", key)
        named = {finding.place.file for finding in findings or ()} - {record.source}
        self._many("insert into points values (?, ?)", [(key, path) for path in named])
        self._use(key, packs)

    def rewrote(self, key: str, path: str, stat: str, digest: str) -> None:
        """The output of a document is another, for the same page."""
        self._rows("update document set output_digest = ? where key = ? and output = ?", digest, key, path)
        self.wrote(path, stat, digest)

    def drop(self, key: str) -> None:
        """Forgets a document whose content is gone; the file it wrote says itself that it is ours."""
        self._rows("delete from document where key = ?", key)
        self._rows("delete from points where document = ?", key)
        self._use(key, ())

    def with_something_to_say(self) -> set[str]:
        """The documents of which more is to be said than that they are up to date."""
        return set(
            self._column("select key from document where findings <> '' or beside <> '' or output = ''")
        )

    def written(self, path: str) -> str | None:
        """The digest of the bytes that this program last wrote at `path`; None when it remembers none."""
        found = self._column(
            "select output_digest from document where output = ?1 and output_digest <> '' "
            "union all select beside_digest from document where beside = ?1 and beside <> ''",
            path,
        )
        return found[0] if found else None

    def outputs(self) -> set[str]:
        """Every place where a document is written, or its new version."""
        return set(self._column("select output from document union select beside from document"))

    def has_other_outputs(self) -> bool:
        """True when there stand under `sorties/` Word files that no document writes."""
        query = (
            "select 1 from file where path like 'sorties/%.docx' and path not in "
            "(select output from document) limit 1"
        )
        return bool(self._column(query))

    def makers(self, output: str) -> list[str]:
        """The documents that write this output, or put a new version there."""
        return self._column(
            "select key from document where output = ?1 "
            "union select key from document where beside = ?1 and beside <> ''",
            output,
        )

    # --- which documents an edit touches --------------------------------------------------------------

    def touched(self, path: str) -> list[str]:
        """The documents that this file makes, that are written there, or that have something to say of it."""
        return self._column(
            "select key from document where source = ?1 or output = ?1 "
            "union select key from document where beside = ?1 and beside <> '' "
            "union select document from points where path = ?1",
            path,
        )

    def dressed(self, path: str) -> list[str]:
        """The documents that this template or this charte makes."""
        return self._column("select key from document where template = ?1 or charte = ?1", path)

    def readers(self, key: str, digest: str) -> list[str]:
        """Who read this entry when its digest was another: documents, and registry files."""
        return self._column(
            "select distinct user from read join uses using (pack) where key = ? and digest <> ?",
            _storable(key),
            digest,
        )

    def is_read(self, key: str) -> bool:
        return bool(self._column("select 1 from read where key = ? limit 1", _storable(key)))

    def users(self, keys: Iterable[str]) -> set[str]:
        """Who read one of these entries."""
        query = "select distinct user from read join uses using (pack) where key = ?"
        return {user for key in keys for user in self._column(query, key)}

    def keys_read(self, registry: str) -> list[str]:
        """Every entry, listing or attached file of a registry that somebody read."""
        return self._column(
            "select distinct key from read where key >= ? and key < ?", f"{registry}/", f"{registry}0"
        )

    def unsettled(self, program: str) -> list[str]:
        """The documents to look at in every run, and those that another program made."""
        return self._column(
            "select key from document where output_digest = ? or findings is null or program <> ?",
            UNKNOWN,
            program,
        )

    def edited(self) -> list[str]:
        """The documents whose output was not what the program wrote when the last complete run ended."""
        return self._column(
            "select key from document left join file on path = output where output <> '' and "
            "(beside <> '' or digest is null or digest <> output_digest)"
        )

    def reads(self, user: str) -> dict[str, str]:
        """What a document read: key → digest."""
        query = "select key, digest from uses join read using (pack) where user = ? order by key"
        return dict(self._rows(query, user))

    # --- what documents read --------------------------------------------------------------------------

    def _use(self, user: str, packs: Sequence[Pack]) -> None:
        before = set(self._column("select pack from uses where user = ?", user))
        now = {self._id(pack) for pack in packs}
        if before == now:
            return
        self._left |= before - now
        self._rows("delete from uses where user = ?", user)
        self._many("insert into uses values (?, ?)", [(user, id) for id in sorted(now)])

    def _id(self, pack: Pack) -> int:
        id = self._packs.get(pack.name)
        if id is None:
            found = self._column("select id from pack where name = ?", pack.name)
            id = self._packs[pack.name] = found[0] if found else self._added(pack)
        return id

    def _added(self, pack: Pack) -> int:
        id: int
        (id,) = self._column("insert into pack (name) values (?) returning id", pack.name)
        self._many(
            "insert into read values (?, ?, ?)",
            [(id, _storable(key), one) for key, one in pack.reads.items()],
        )
        return id

    def _let_go(self) -> None:
        """Forgets the packs, and the versions of entries, that nobody uses any more."""
        for id in self._left:
            if not self._column("select 1 from uses where pack = ? limit 1", id):
                self._rows("delete from read where pack = ?", id)
                self._rows("delete from pack where id = ?", id)
                self._packs = {name: one for name, one in self._packs.items() if one != id}
        for key, digest in self._typed.items():
            self._rows(
                "delete from typed where key = ?1 and digest <> ?2 and not exists "
                "(select 1 from read where read.key = ?1 and read.digest = typed.digest)",
                key,
                digest,
            )
        self._left.clear()
        self._typed.clear()

    # --- fields as typed ------------------------------------------------------------------------------

    def remember_typed(self, key: str, digest: str, values: Mapping[str, str]) -> None:
        """The fields of one version of an entry or of a document."""
        if is_private((key,)):
            return
        self._rows(
            "insert or replace into typed values (?, ?, ?)", _storable(key), digest, json.dumps(values)
        )
        self._typed[key] = digest

    # --- what a document that stands was made from ----------------------------------------------------

    def remember_base(self, key: str, contents: Mapping[str, bytes]) -> None:
        """The content files that a document was made from, as it was written; personal data stay out."""
        self._rows("delete from base where document = ?", key)
        rows = [(key, path, compress(data)) for path, data in contents.items() if not is_private((path,))]
        self._many("insert into base values (?, ?, ?)", rows)

    def base(self, key: str) -> dict[str, bytes]:
        """The content files that the document was made from, by path; none when they are not known."""
        if not self._column("select name from sqlite_master where name = 'base'"):
            return {}
        rows = self._rows("select path, data from base where document = ?", key)
        return {path: decompress(data) for path, data in rows}

    def typed(self, key: str, digest: str) -> dict[str, str] | None:
        """The fields of one version of an entry; None when they are not known."""
        found = self._column("select fields from typed where key = ? and digest = ?", _storable(key), digest)
        return _from_json(found[0]) if found else None


def _laid_out() -> sqlite3.Connection:
    database = connected(":memory:")
    database.executescript(SCHEMA)
    return database


def _record(row: tuple[Any, ...]) -> Record:
    _key, kind, source, source_digest, *inputs, output_digest, beside, beside_digest, sealed, findings = row
    return Record(
        kind,
        source,
        source_digest,
        Inputs(*inputs),
        output_digest,
        beside,
        beside_digest,
        bool(sealed),
        _findings(findings),
    )


def _text(findings: Sequence[Finding] | None) -> str | None:
    """Findings as JSON, "" when there are none, None when they are not kept."""
    if findings is None:
        return None
    return json.dumps([finding_to(one) for one in findings]) if findings else ""


def _findings(text: str | None) -> tuple[Finding, ...] | None:
    if text is None:
        return None
    return tuple(finding_from(one) for one in _from_json(text)) if text else ()


def _from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise Unreadable(str(error)) from error


def _storable(text: str) -> str:
    """A key that holds half a character, in signs that can be remembered."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
