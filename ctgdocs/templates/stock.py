"""What the documents of a template have in common: its sources, its look, the parts that do not change.

It is kept between runs, in the user's cache folder: a run then needs no docx nor docxtpl. A file holds data
only: the package's compressed parts and the Jinja text of those with tags. Its name is the digest of all that
it was made from, its first line that of its content. What it says is believed no more than a template: the
same checks are made on its parts, and its Jinja runs in the same sandbox. A cache that cannot be read or
written is done without, silently. `CTGDOCS_CACHE` names another folder.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from html import escape
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from threading import get_ident
from typing import Final, NamedTuple

import ctgdocs
from ctgdocs.findings import TemplateError
from ctgdocs.templates.charts import ChartLook
from ctgdocs.templates.prose_pieces import ListLevel, ProseStyles
from ctgdocs.templates.tables import Needs
from ctgdocs.templates.tags import TAG
from ctgdocs.word.fingerprint import CUSTOM, Mark, Seal, declared_in
from ctgdocs.word.ids import Ids
from ctgdocs.word.names import XML_ENDINGS
from ctgdocs.word.package import Archive, Member, Package
from ctgdocs.word.safety import check_fields, make_safe

_DC = "http://purl.org/dc/elements/1.1/"
_TITLE = re.compile(r"<(?:\w+:)?title\b[^>]*?(?:/>|>.*?</(?:\w+:)?title>)", re.DOTALL)


class Source(NamedTuple):
    """A part ready for Jinja. `tags` are (Jinja's text, the author's text, place), in the author's order;
    `braces` the places where a brace is part of the text, not of a tag."""

    part: str
    jinja: str
    needs: Needs
    tags: list[tuple[str, str, str]]
    braces: list[tuple[str, str]]


class Prepared(NamedTuple):
    """`members` are the package's parts, compressed, `added` those that long text and ordinals add or change;
    `sources` the parts that hold tags, the body first; `core` is the name of the part that holds the
    document's title, `look` what long text is written in."""

    members: dict[str, Member]
    added: dict[str, Member]
    sources: list[Source]
    core: str
    look: ProseStyles


class Stock:
    """The parts of a prepared template, ready to be copied into each of its documents."""

    def __init__(self, prepared: Prepared, *, styled: bool = False) -> None:
        self.look = prepared.look
        self._prepared = prepared
        self._archive = Archive({**prepared.members, **(prepared.added if styled else {})})

    @cached_property
    def styled(self) -> Stock:
        """The same, able to hold long text."""
        return Stock(self._prepared, styled=True)

    @cached_property
    def package(self) -> Package:
        """Every part, before any value."""
        return {name: member.part() for name, member in self._archive.members.items()}

    @cached_property
    def ids(self) -> Ids:
        """The ids of the parts that hold no tag: those of the others are to be unlike them."""
        ids, rendered = Ids(), {source.part for source in self._prepared.sources}
        for name, part in self.package.items():
            if name.startswith("word/") and name.endswith(".xml") and name not in rendered:
                ids.once(part.decode("utf-8", "replace"))
        return ids

    @cached_property
    def media(self) -> Package:
        """The template's own pictures."""
        return {name: part for name, part in self.package.items() if name.startswith("word/media/")}

    def titled(self, rendered: Mapping[str, bytes], title: str) -> Package:
        """The rendered parts of a document, and its properties with that title, whose hyphens are plain: a
        property is searched as it is typed."""
        name = self._prepared.core
        core = rendered.get(name) or self.package[name]
        return {**rendered, name: _with_title(core.decode("utf-8-sig"), title)}

    def write(self, changed: Mapping[str, bytes], mark: Mark | None = None) -> bytes:
        """A whole file: the parts of `changed` in place of the template's. `mark`: what it says of itself."""
        if mark is None:
            return self._archive.write(changed)
        declared = declared_in({**self.package, **changed})
        return self._archive.write({**changed, **declared}, seal=Seal(mark, declared[CUSTOM]))


class Drawn(NamedTuple):
    """A document whose values are in place: `parts`, those that are not as in its template."""

    stock: Stock
    parts: Package

    @property
    def package(self) -> Package:
        """All its parts."""
        return {**self.stock.package, **self.parts}

    def written(self, mark: Mark | None = None) -> bytes:
        """The file; `mark`: what it says of itself."""
        return self.stock.write(self.parts, mark)


def _with_title(xml: str, title: str) -> bytes:
    plain = title.replace("\u2011", "-")
    node = f'<dc:title xmlns:dc="{_DC}">{escape(plain, quote=False)}</dc:title>'
    if _TITLE.search(xml):
        return _TITLE.sub(lambda _: node, xml, count=1).encode("utf-8")
    xml = re.sub(r"(<(?:\w+:)?coreProperties\b[^>]*?)/>\s*$", r"\1></cp:coreProperties>", xml)
    end = xml.rindex("</")
    return f"{xml[:end]}{node}{xml[end:]}".encode()


# --- Kept between runs --------------------------------------------------------------------------------


FORMAT: Final = "ctgdocs 1"
MOST_FILES: Final = 200
_ENDING = ".modele"
_UNUSABLE = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    RuntimeError,
    TemplateError,
)


def folder() -> Path:
    """The user's cache folder for prepared templates, where the system wants it."""
    chosen = os.environ.get("CTGDOCS_CACHE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
        return base / "ctgdocs" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/ctgdocs"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ctgdocs"


def key(template: bytes, charte: bytes, styles: Mapping[str, str], watermark: str, ordinals: bool) -> str:
    """The digest of all that a prepared template depends on, this program included."""
    digest = sha256()
    choices = json.dumps([sorted(styles.items()), watermark, ordinals]).encode()
    for piece in (FORMAT.encode(), ctgdocs.__version__.encode(), template, charte, choices, _program()):
        digest.update(len(piece).to_bytes(8, "little"))
        digest.update(piece)
    return digest.hexdigest()


def _program() -> bytes:
    """What distinguishes this program, and the docxtpl it asks, from others: their files' sizes and times."""
    return json.dumps(sorted(_stamps())).encode()


def _stamps() -> Iterator[tuple[str, int, int]]:
    docxtpl = find_spec("docxtpl")
    others = [Path(docxtpl.origin).with_name("template.py")] if docxtpl and docxtpl.origin else []
    with suppress(OSError):
        for path in (*Path(__file__).parent.glob("*.py"), *others):
            facts = path.stat()
            yield path.name, facts.st_size, facts.st_mtime_ns


def load(name: str) -> Prepared | None:
    """The prepared template of that key, None when there is none that can be trusted as far as a template."""
    try:
        prepared = _read((folder() / (name + _ENDING)).read_bytes())
        _check(prepared)
    except _UNUSABLE:
        return None
    return prepared


def save(name: str, prepared: Prepared) -> None:
    """Keeps a prepared template, whole or not at all."""
    body = _written(prepared)
    with suppress(OSError, RuntimeError):
        where = folder()
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = where / f"{name}{_ENDING}.{os.getpid()}.{get_ident()}.tmp"
        temporary.write_bytes(sha256(body).hexdigest().encode() + b"\n" + body)
        temporary.replace(where / (name + _ENDING))
        _prune(where)


def _prune(where: Path) -> None:
    files = sorted(where.glob("*" + _ENDING), key=lambda path: path.stat().st_mtime)
    for path in files[:-MOST_FILES]:
        path.unlink(missing_ok=True)


def _written(prepared: Prepared) -> bytes:
    """A line of what is told of the parts, then the parts."""
    members = [*prepared.members.items(), *prepared.added.items()]
    facts = [[name, m.method, m.crc, m.size, len(m.data)] for name, m in members]
    sources = [[*source[:2], sorted(source.needs), *source[3:]] for source in prepared.sources]
    head = {
        "members": facts[: len(prepared.members)],
        "added": facts[len(prepared.members) :],
        "sources": sources,
        "core": prepared.core,
        "look": prepared.look._asdict(),
    }
    return json.dumps(head).encode() + b"\n" + b"".join(member.data for _, member in members)


def _read(data: bytes) -> Prepared:
    digest, _, body = data.partition(b"\n")
    if digest != sha256(body).hexdigest().encode():
        raise ValueError("spoilt")
    line, _, blobs = body.partition(b"\n")
    head = json.loads(line)
    sources = [
        Source(part, jinja, frozenset(needs), [(a, b, c) for a, b, c in tags], [(a, b) for a, b in braces])
        for part, jinja, needs, tags, braces in head["sources"]
    ]
    look = head["look"]
    for levels in ("numbers", "bullets"):
        look[levels] = tuple(ListLevel(*level) for level in look[levels])
    look["charts"] = ChartLook(*look["charts"])
    packed = BytesIO(blobs)
    members, added = (
        {name: Member(method, crc, size, packed.read(length)) for name, method, crc, size, length in facts}
        for facts in (head["members"], head["added"])
    )
    return Prepared(members, added, sources, head["core"], ProseStyles(**look))


def _check(prepared: Prepared) -> None:
    """The checks that a template's own parts go through. Raises TemplateError."""
    package = {name: member.part() for name, member in (prepared.members | prepared.added).items()}
    for name, part in package.items():
        if name.lower().endswith(XML_ENDINGS) and (b"<!DOCTYPE" in part or b"<!ENTITY" in part):
            raise TemplateError("DTD")
    make_safe(package)
    for source in prepared.sources:
        check_fields(TAG.sub("", source.jinja).encode("utf-8"), source.part)
        if source.part not in package or "<!DOCTYPE" in source.jinja:
            raise TemplateError("DTD")
