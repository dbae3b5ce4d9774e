"""Prepared templates kept between runs, in the user's cache folder: a run then needs neither docx nor docxtpl.

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
from typing import Any, Final

import ctgdocs
from ctgdocs.errors import TemplateError
from ctgdocs.rendering.needs import Needs
from ctgdocs.rendering.package import XML_ENDINGS, Member
from ctgdocs.rendering.prepared import Prepared, Source
from ctgdocs.rendering.safety import check_fields, make_safe

FORMAT: Final = "ctgdocs 1"
MOST_FILES: Final = 200
_ENDING = ".modele"


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
        content = (folder() / (name + _ENDING)).read_bytes()
        digest, _, body = content.partition(b"\n")
        if digest != sha256(body).hexdigest().encode():
            return None
        head, _, blobs = body.partition(b"\n")
        prepared = _read(json.loads(head), blobs)
        _check(prepared)
    except (OSError, ValueError, KeyError, TypeError, IndexError, RuntimeError, TemplateError):
        return None
    return prepared


def save(name: str, prepared: Prepared) -> None:
    """Keeps a prepared template, whole or not at all."""
    body = (
        json.dumps(_written(prepared)).encode() + b"\n" + b"".join(m.data for m in prepared.members.values())
    )
    content = sha256(body).hexdigest().encode() + b"\n" + body
    try:
        where = folder()
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = where / f"{name}.{os.getpid()}.tmp"
        temporary.write_bytes(content)
        temporary.replace(where / (name + _ENDING))
        _prune(where)
    except (OSError, RuntimeError):
        return


def _prune(where: Path) -> None:
    files = sorted(where.glob("*" + _ENDING), key=lambda path: path.stat().st_mtime)
    for path in files[:-MOST_FILES]:
        path.unlink(missing_ok=True)


def _written(prepared: Prepared) -> dict[str, Any]:
    return {
        "members": [[n, m.method, m.crc, m.size, len(m.data)] for n, m in prepared.members.items()],
        "sources": [list(source) for source in prepared.sources],
        "core": prepared.core,
    }


def _read(head: dict[str, Any], blobs: bytes) -> Prepared:
    members = {}
    offset = 0
    for name, method, crc, size, length in head["members"]:
        members[str(name)] = Member(int(method), int(crc), int(size), blobs[offset : offset + length])
        offset += length
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
    return Prepared(members, sources, str(head["core"]))


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
