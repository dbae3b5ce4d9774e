"""A Word file as parts: read with suspicion, written the same way every time.

`Package` is a plain dict from part name (`word/document.xml`) to bytes, in zip order. `read` refuses what no
honest Word file holds (bombs, twice the same name, DTDs). `Archive` keeps the parts of a template already
compressed and writes a document around the few parts that changed.

Same bytes: names, order, dates (1980-01-01), attributes and system are constants, and parts that do not
change are copied as the template's own deflate stream. The parts that change are deflated by Python's zlib:
the same bytes with every classic zlib (1.2.x, 1.3.x, on every system). A Python built on another deflate
(zlib-ng, as on Windows since 3.14) gives the same parts, but may compress them to other bytes.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple, TypeAlias
from xml.parsers import expat

from ctgdocs.files import NotAFile, read_file
from ctgdocs.findings import TemplateError
from ctgdocs.word.names import CONTENT_TYPES, PACKAGE_RELS, XML_ENDINGS, prefixed_otherwise

if TYPE_CHECKING:
    import zipfile

Package: TypeAlias = dict[str, bytes]
Readable: TypeAlias = str | PathLike[str] | bytes | IO[bytes]
Facts: TypeAlias = tuple[str, int, int]
"""What the directory of a file says of a part: its name, its size, its CRC."""
Sealing: TypeAlias = Callable[[Iterable[Facts]], tuple[str, bytes]]

LEVEL: Final = 3
"""Deflate level of what is rendered: a tenth larger than level 6, three times as fast."""

MOST_PARTS: Final = 2000
LARGEST_FILE: Final = 100 << 20
LARGEST_PART: Final = 64 << 20
LARGEST_SUM: Final = 200 << 20
SUSPECT_RATIO: Final = 400
"""A part over a megabyte that was packed more than this many times is a bomb; Word's own reach about 40."""

LONGEST: Final = 400_000
"""Tags of a whole file, a paragraph counting for ten more: as many as 300 pages that many hands corrected,
and as are read in two seconds."""
MOST_ATTRIBUTES: Final = 1_000_000
MOST_STYLES: Final = 5_000
"""Word itself stops at 4 079."""
MOST_OF_ONE: Final = 1_000
"""Attributes of one element: each is looked for among all of them. Word writes some twenty."""
MOST_OF_A_PARAGRAPH: Final = 30_000
"""Tags of one paragraph: what docxtpl's expressions read in a second."""
_LONG_TAG = re.compile(rb"<[^<>]{4000,}")
_PARAGRAPH = re.compile(rb"<(?:[^\s<>/:]+:)?p[\s/>]")

MOST_PLANS: Final = 16
"""A template changes the same few parts in every document; pictures and long text make some variants."""

OLD_WORD: Final = bytes.fromhex("d0cf11e0a1b11ae1")
STRICT: Final = b"http://purl.oclc.org/ooxml/"
"""What the names of OOXML Strict begin with: the relationship that leads to the main part shows it."""

ZIP_DAMAGE: Final = (
    zlib.error, struct.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, LookupError,
    OverflowError,
)  # fmt: skip
"""What reading a damaged, cut, encrypted or forged zip file raises, besides BadZipFile."""
XML_DAMAGE: Final = (expat.ExpatError, LookupError, ValueError)
"""What parsing a part raises: it is no XML, or in an encoding that does not exist or cannot be read."""

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DATE_1980 = 33  # 1 January 1980 in MS-DOS form


class Member(NamedTuple):
    """A part as it lies in a zip file: compressed or stored, with what the directory says of it."""

    method: int
    crc: int
    size: int
    data: bytes

    @classmethod
    def of(cls, part: bytes, level: int = LEVEL) -> Member:
        """Deflates a part."""
        packer = zlib.compressobj(level, zlib.DEFLATED, -15)
        packed = packer.compress(part) + packer.flush()
        return cls(8, zlib.crc32(part), len(part), packed)

    def part(self) -> bytes:
        """The part itself; raises TemplateError when the stream is damaged."""
        try:
            part = (
                self.data
                if self.method == 0
                else zlib.decompressobj(-15).decompress(self.data, self.size + 1)
            )
        except zlib.error as error:
            raise TemplateError(
                "le fichier Word est abîmé : une de ses parties ne se décompresse pas"
            ) from error
        if len(part) != self.size or zlib.crc32(part) != self.crc:
            raise TemplateError("le fichier Word est abîmé : une de ses parties a changé de contenu")
        return part


# --- reading ------------------------------------------------------------------------------------------


def content_of(source: Readable) -> bytes:
    """The bytes of a file given by path, by content, or already open."""
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, (str, PathLike)):
        try:
            data = read_file(source)
        except OSError as error:
            raise TemplateError(_unreadable(Path(source), error)) from error
    else:
        source.seek(0)
        data = source.read()
    if len(data) > LARGEST_FILE:
        raise TemplateError(f"ce fichier est trop gros pour un modèle (plus de {LARGEST_FILE >> 20} Mo)")
    return data


def _unreadable(path: Path, error: OSError) -> str:
    match error:
        case FileNotFoundError():
            why = "n’existe pas"
        case NotAFile():
            why = "n’est pas un fichier" if not path.is_dir() else "est un dossier, pas un document Word"
        case PermissionError():
            why = "ne peut pas être lu : vérifiez vos droits, ou fermez-le dans Word"
        case _:
            why = "ne peut pas être lu"
    return f"le fichier « {path.name} » {why}"


def read(source: Readable) -> Package:
    """The parts of a Word file, in the file's order. Raises TemplateError for anything else."""
    return {name: member.part() for name, member in read_members(content_of(source)).items()}


@contextmanager
def unzipped(data: bytes) -> Iterator[zipfile.ZipFile]:
    """A zip file, open: the one way its parts are reached. TemplateError for whatever its damage raises, now
    or while its parts are read."""
    import zipfile  # a template that is kept ready needs none

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except (zipfile.BadZipFile, *ZIP_DAMAGE) as error:
        raise TemplateError(
            "ce fichier n’est pas un document Word (.docx ou .dotx), ou il est abîmé"
        ) from error


def read_members(data: bytes) -> dict[str, Member]:
    """The parts of a Word file as they lie in it, every one of them checked; those of a file in OOXML Strict,
    or whose names are prefixed otherwise, as Word writes them. Raises TemplateError."""
    if data.startswith(OLD_WORD):
        raise TemplateError(
            "ce fichier est au format Word 97-2003 (.doc), ou protégé par un mot de passe",
            hint="enregistrez-le dans Word au format .docx, sans mot de passe",
        )
    with unzipped(data) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        _check_directory(infos)
        foreign = _check_length(archive, infos)
        members = {info.filename: _member(archive, info) for info in infos}
    if CONTENT_TYPES not in members or PACKAGE_RELS not in members:
        raise TemplateError("ce fichier n’est pas un document Word (.docx ou .dotx)")
    strict = STRICT in members[PACKAGE_RELS].part()
    if not (strict or foreign):
        return members
    from ctgdocs.word.strict import (
        transitional,
        usual,  # lxml, which an ordinary file needs not
    )

    parts = {name: member.part() for name, member in members.items()}
    parts = usual(transitional(parts) if strict else parts)
    return {name: Member.of(part) for name, part in parts.items()}


def ordinary(data: bytes) -> bytes:
    """A file of Word or Excel in the ordinary dialect: the same bytes unless it is in OOXML Strict. Raises
    TemplateError when it is not such a file."""
    with unzipped(data) as archive:
        if PACKAGE_RELS not in archive.namelist() or STRICT not in archive.read(PACKAGE_RELS):
            return data
    return Archive(read_members(data)).write({})


def _check_directory(infos: list) -> None:  # type: ignore[type-arg]
    if len(infos) > MOST_PARTS:
        raise TemplateError(f"le fichier Word est refusé : il a plus de {MOST_PARTS} parties")
    if sum(info.file_size for info in infos) > LARGEST_SUM:
        raise TemplateError(f"le fichier Word est refusé : décompressé, il dépasse {LARGEST_SUM >> 20} Mo")
    seen: set[str] = set()
    for info in infos:
        name = info.filename
        if name.lower() in seen:
            raise TemplateError(
                f"le fichier Word est refusé : la partie « {name} » y est deux fois",
                hint="ouvrez-le dans Word et enregistrez-le de nouveau",
            )
        seen.add(name.lower())
        if "\\" in name or name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise TemplateError(f"le fichier Word est refusé : nom de partie interdit « {name} »")
        packed_too_well = info.file_size > 1 << 20 and info.file_size > SUSPECT_RATIO * info.compress_size
        if info.file_size > LARGEST_PART or packed_too_well:
            raise TemplateError(
                f"le fichier Word est refusé : la partie « {name} » est démesurée (trop grosse décompressée)"
            )
        if info.flag_bits & 1:
            raise TemplateError("le fichier Word est protégé par un mot de passe")


def _check_length(archive, infos) -> bool:  # type: ignore[no-untyped-def]
    """Refuses a file that takes too long to read, before any part of it is parsed. Gives whether one of its
    parts is prefixed otherwise than Word does."""
    tags = attributes = 0
    foreign = False
    for info in infos:
        if info.filename.lower().endswith(XML_ENDINGS):
            with archive.open(info) as stream:
                part = stream.read(info.file_size)
            starts = [found.start() for found in _PARAGRAPH.finditer(part)]
            tags += part.count(b"<") + 10 * len(starts)
            attributes += part.count(b'="') + part.count(b"='")
            if tags > LONGEST or attributes > MOST_ATTRIBUTES:
                raise TemplateError(
                    "le fichier Word est trop long pour être lu d’une traite (plus de 300 pages)",
                    hint="coupez-le en plusieurs fichiers",
                )
            if part.count(b"styleId=") > MOST_STYLES:
                raise TemplateError(
                    "le fichier Word est refusé : il a plus de 5 000 styles",
                    hint="copiez son contenu dans un document neuf, sans sa mise en forme",
                )
            if any(tag.count(b"=") > MOST_OF_ONE for tag in _LONG_TAG.findall(part)) or any(
                part.count(b"<", start, end) > MOST_OF_A_PARAGRAPH
                for start, end in pairwise([*starts, len(part)])
            ):
                raise TemplateError(
                    f"le fichier Word est refusé : un élément de la partie « {info.filename} » est démesuré",
                    hint="coupez le paragraphe le plus long, ou copiez le contenu dans un document neuf",
                )
            foreign = foreign or prefixed_otherwise(part)
    return foreign


def _member(archive, info) -> Member:  # type: ignore[no-untyped-def]
    """One part; its compressed bytes are kept when they are plain deflate."""
    with archive.open(info) as stream:
        part: bytes = stream.read(info.file_size + 1)
        if len(part) != info.file_size or stream.read(1):
            raise TemplateError(
                f"le fichier Word est refusé : la partie « {info.filename} » ment sur sa taille"
            )
    if info.filename.lower().endswith(XML_ENDINGS):
        check_xml(part, info.filename)
    if info.compress_type != 8:
        return Member.of(part)
    raw = archive.fp
    raw.seek(info.header_offset)
    head = _LOCAL.unpack(raw.read(_LOCAL.size))
    raw.seek(info.header_offset + _LOCAL.size + head[9] + head[10])
    return Member(8, info.CRC, info.file_size, raw.read(info.compress_size))


def check_xml(part: bytes, name: str) -> None:
    """Reads a part strictly: well-formed, namespaces declared, no DTD. Raises TemplateError."""

    def refuse(*_: object) -> None:
        raise TemplateError(f"le fichier Word est refusé : la partie « {name} » contient une DTD")

    def only_utf_8(_version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii"):
            raise TemplateError(
                f"le fichier Word est refusé : la partie « {name} » a un encodage que Word n’écrit pas",
                hint="ouvrez-le dans Word et enregistrez-le de nouveau",
            )

    only_utf_8("", "utf-16" if b"\x00" in part[:4] or part[:1] in (b"\xff", b"\xfe") else None, 0)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.XmlDeclHandler = only_utf_8
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(part, True)
    except XML_DAMAGE as error:
        raise TemplateError(
            f"le fichier Word est abîmé : la partie « {name} » ne se lit pas ({error})"
        ) from error


# --- writing ------------------------------------------------------------------------------------------


class _Entry(NamedTuple):
    """Local header, data, central header up to the offset, and the name that ends the central header."""

    local: bytes
    data: bytes
    central: bytes
    name: bytes
    size: int
    crc: int


class _Plan(NamedTuple):
    """The beginning of every file in which the same parts change: the parts that do not."""

    blob: bytes
    directory: bytes
    entries: int
    changing: tuple[str, ...]


class Archive:
    """The parts of a template, ready to be copied into each document."""

    __slots__ = ("_entries", "_last", "_order", "_plans", "members")

    def __init__(self, members: Mapping[str, Member]) -> None:
        first = [name for name in (CONTENT_TYPES, PACKAGE_RELS) if name in members]
        self._order = [*first, *(name for name in members if name not in first)]
        self.members = dict(members)
        self._entries = {name: _entry(name, members[name]) for name in self._order}
        self._last: dict[str, tuple[bytes, int, _Entry]] = {}
        self._plans: dict[frozenset[str], _Plan] = {}

    def write(self, changed: Mapping[str, bytes], level: int = LEVEL, seal: Sealing | None = None) -> bytes:
        """A whole file: the template's parts that do not change, then those of `changed`, new ones last; the
        content types stay first. `seal` makes one more part from what the directory says of the others."""
        made = {name: self._changed(name, part, level) for name, part in changed.items()}
        if seal is not None:
            name, part = seal(self._facts(made))
            made[name] = _entry(name, Member.of(part, level))
        plan = self._plan(frozenset(made))
        pieces = [plan.blob]
        directory = [plan.directory]
        offset = len(plan.blob)
        for name in plan.changing:
            local, data, central, encoded, _, _ = made.get(name) or self._entries[name]
            pieces += (local, data)
            directory += (central, offset.to_bytes(4, "little"), encoded)
            offset += len(local) + len(data)
        count = plan.entries + len(plan.changing)
        size = sum(map(len, directory))
        end = _END.pack(b"PK\5\6", 0, 0, count, count, size, offset, 0)
        return b"".join((*pieces, *directory, end))

    def _facts(self, made: Mapping[str, _Entry]) -> Iterator[Facts]:
        for name, entry in {**self._entries, **made}.items():
            yield name, entry.size, entry.crc

    def _changed(self, name: str, part: bytes, level: int) -> _Entry:
        """A part of this document, compressed; the same header as last time is not compressed again."""
        last = self._last.get(name)
        if last is not None and last[0] == part and last[1] == level:
            return last[2]
        entry = _entry(name, Member.of(part, level))
        if len(part) < 16_000:
            self._last[name] = (part, level, entry)
        return entry

    def _plan(self, names: frozenset[str]) -> _Plan:
        plan = self._plans.get(names)
        if plan is None:
            pieces: list[bytes] = []
            directory: list[bytes] = []
            offset = 0
            kept = [name for name in self._order if name not in names and CONTENT_TYPES not in names]
            for name in kept:
                local, data, central, encoded, _, _ = self._entries[name]
                pieces += (local, data)
                directory += (central, offset.to_bytes(4, "little"), encoded)
                offset += len(local) + len(data)
            changing = [name for name in self._order if name not in kept] + sorted(
                names - self._entries.keys()
            )
            plan = _Plan(b"".join(pieces), b"".join(directory), len(kept), tuple(changing))
            if len(self._plans) >= MOST_PLANS:
                self._plans.clear()
            self._plans[names] = plan
        return plan


def write(package: Mapping[str, bytes]) -> bytes:
    """The bytes of a Word file that holds these parts."""
    return Archive({name: Member.of(part) for name, part in package.items()}).write({})


def _entry(name: str, member: Member) -> _Entry:
    encoded = name.encode("utf-8")
    flags = 0 if name.isascii() else 0x800
    facts = (flags, member.method, 0, _DATE_1980, member.crc, len(member.data), member.size, len(encoded), 0)
    local = _LOCAL.pack(b"PK\3\4", 20, *facts) + encoded
    central = _CENTRAL.pack(b"PK\1\2", 20, 20, *facts, 0, 0, 0, 0, 0)[:-4]
    return _Entry(local, member.data, central, encoded, member.size, member.crc)
