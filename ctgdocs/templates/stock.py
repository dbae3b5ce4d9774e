"""Prepared templates kept between runs, in the user's cache folder: a run then needs no docx nor docxtpl.

A file holds data only: the package's compressed parts and the Jinja text of those with tags. Its name is the
digest of everything it was made from, its first line that of its content. What it says is believed no more
than a template: the same checks are made on its parts, and its Jinja runs in the same sandbox. A cache that
cannot be read or written is done without, silently. `CTGDOCS_CACHE` names another folder.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING, Any, Final

import ctgdocs
from ctgdocs.files import read_file
from ctgdocs.findings import TemplateError
from ctgdocs.templates.fixups import Needs
from ctgdocs.templates.prepared import Prepared, Source
from ctgdocs.word.package import CONTENT_TYPES, XML_ENDINGS, Member
from ctgdocs.word.safety import check_fields, make_safe

if TYPE_CHECKING:
    from ctgdocs.templates.prose_look import ProseStyles

FORMAT: Final = "ctgdocs 1"
MOST_FILES: Final = 200
_ENDING, _STYLES = ".modele", ".styles"
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


def key(template: bytes, charte: bytes, styles: Mapping[str, str], watermark: str) -> str:
    """The digest of all that a prepared template depends on, this program included."""
    digest = sha256()
    choices = json.dumps([sorted(styles.items()), watermark]).encode()
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
        prepared = _read(*_content(name + _ENDING))
        _check(prepared)
    except _UNUSABLE:
        return None
    return prepared


def save(name: str, prepared: Prepared) -> None:
    """Keeps a prepared template, whole or not at all."""
    _keep(name + _ENDING, _written(prepared), prepared.members)


def load_styles(name: str) -> tuple[ProseStyles, dict[str, Member]] | None:
    """What long text needs in the template of that key: its styles, and the parts that they add or change."""
    from ctgdocs.templates.prose_look import ProseStyles

    try:
        head, blobs = _content(name + _STYLES)
        added = _members(head["members"], blobs)
        make_safe({CONTENT_TYPES: b"", **{part: member.part() for part, member in added.items()}})
        return ProseStyles.from_json(head["styles"]), added
    except _UNUSABLE:
        return None


def save_styles(name: str, styles: ProseStyles, added: Mapping[str, Member]) -> None:
    """Keeps them, whole or not at all."""
    _keep(name + _STYLES, {"members": _listed(added), "styles": styles.as_json()}, added)


def _content(file: str) -> tuple[dict[str, Any], bytes]:
    """A file's first line and its blobs, once it is what was written."""
    digest, _, body = read_file(folder() / file).partition(b"\n")
    if digest != sha256(body).hexdigest().encode():
        raise ValueError("spoilt")
    head, _, blobs = body.partition(b"\n")
    return json.loads(head), blobs


def _keep(file: str, head: dict[str, Any], members: Mapping[str, Member]) -> None:
    blobs = b"".join(member.data for member in members.values())
    body = json.dumps(head).encode() + b"\n" + blobs
    try:
        where = folder()
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = where / f"{file}.{os.getpid()}.{get_ident()}.tmp"
        temporary.write_bytes(sha256(body).hexdigest().encode() + b"\n" + body)
        temporary.replace(where / file)
        _prune(where)
    except (OSError, RuntimeError):
        return


def _prune(where: Path) -> None:
    files = sorted(
        (*where.glob("*" + _ENDING), *where.glob("*" + _STYLES)), key=lambda path: path.stat().st_mtime
    )
    for path in files[:-MOST_FILES]:
        path.unlink(missing_ok=True)


def _written(prepared: Prepared) -> dict[str, Any]:
    return {
        "members": _listed(prepared.members),
        "sources": [list(source) for source in prepared.sources],
        "core": prepared.core,
    }


def _read(head: dict[str, Any], blobs: bytes) -> Prepared:
    sources = [
        Source(
            str(part),
            str(jinja),
            Needs(*map(bool, needs)),
            [(str(a), str(b), str(c)) for a, b, c in tags],
            [(str(a), str(b)) for a, b in braces],
        )
        for part, jinja, needs, tags, braces in head["sources"]
    ]
    return Prepared(_members(head["members"], blobs), sources, str(head["core"]))


def _listed(members: Mapping[str, Member]) -> list[list[Any]]:
    return [
        [name, member.method, member.crc, member.size, len(member.data)] for name, member in members.items()
    ]


def _members(listed: list[list[Any]], blobs: bytes) -> dict[str, Member]:
    members = {}
    offset = 0
    for name, method, crc, size, length in listed:
        members[str(name)] = Member(int(method), int(crc), int(size), blobs[offset : offset + length])
        offset += length
    return members


def _check(prepared: Prepared) -> None:
    """The checks that a template's own parts go through. Raises TemplateError."""
    package = {name: member.part() for name, member in prepared.members.items()}
    for name, part in package.items():
        if name.lower().endswith(XML_ENDINGS) and (b"<!DOCTYPE" in part or b"<!ENTITY" in part):
            raise TemplateError("DTD")
    make_safe(package)
    for source in prepared.sources:
        check_fields(source.jinja.encode("utf-8"), source.part)
        if source.part not in package or "<!DOCTYPE" in source.jinja:
            raise TemplateError("DTD")
