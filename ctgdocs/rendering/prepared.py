"""A template made ready: safe, dressed, its tags patched. Everything in it is data, so it can be cached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ctgdocs.errors import TemplateError
from ctgdocs.rendering import properties
from ctgdocs.rendering.ids import with_own_ids
from ctgdocs.rendering.needs import Needs
from ctgdocs.rendering.package import Member, Package, content_of, read_members
from ctgdocs.rendering.safety import make_safe, relationships

_RENDERED = ("header", "footer", "footnotes", "endnotes")


class Source(NamedTuple):
    """A part ready for Jinja. `tags` are (Jinja's text, the author's text, place), in the author's order;
    `braces` the places where a brace is part of the text, not of a tag."""

    part: str
    jinja: str
    needs: Needs
    tags: list[tuple[str, str, str]]
    braces: list[tuple[str, str]]


class Prepared(NamedTuple):
    """`members` are the package's parts, compressed; `sources` the parts that hold tags, the body first;
    `core` is the name of the part that holds the document's title."""

    members: dict[str, Member]
    sources: list[Source]
    core: str


def prepare(data: bytes, charte: bytes, styles: Mapping[str, str], watermark: str) -> Prepared:
    """From the bytes of a Word file. Raises TemplateError."""
    from ctgdocs.rendering.patching import source_of, text_source_of

    members = read_members(data)
    package = make_safe({name: member.part() for name, member in members.items()})
    if charte:
        from ctgdocs.rendering.charte import dress

        package = dress(package, make_safe(_parts(charte)), styles)
    if watermark:
        from ctgdocs.rendering.watermark import with_watermark

        package = with_watermark(package, watermark)
    core = properties.ensure_core(package)
    package = with_own_ids(package, rendered_parts(package)[0])
    sources = [source_of(name, package[name]) for name in rendered_parts(package)]
    sources += [text_source_of(name, package[name]) for name in package if properties.is_rendered(name)]
    kept = {
        name: members[name] if name in members and _same(members[name], part) else Member.of(part)
        for name, part in package.items()
    }
    return Prepared(kept, [source for source in sources if source is not None], core)


def rendered_parts(package: Mapping[str, bytes]) -> list[str]:
    """The body, then the headers, footers and notes it refers to. Raises TemplateError without a body."""
    main = _targets(package, "", ("officeDocument",))
    if not main:
        raise TemplateError("ce fichier n’est pas un document Word (.docx ou .dotx)")
    return [*main, *(name for body in main for name in _targets(package, body, _RENDERED))]


def _targets(package: Mapping[str, bytes], part: str, kinds: tuple[str, ...]) -> list[str]:
    folder, _, base = part.rpartition("/")
    rels = package.get(f"{folder}/_rels/{base}.rels" if part else "_rels/.rels", b"")
    found: list[str] = []
    for relationship in relationships(rels) if rels else ():
        kind = relationship.get("Type", "").rpartition("/")[2]
        target = relationship.get("Target", "")
        name = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        if kind in kinds and name in package and name not in found:
            found.append(name)
    return found


def _parts(data: bytes) -> Package:
    return {name: member.part() for name, member in read_members(content_of(data)).items()}


def _same(member: Member, part: bytes) -> bool:
    return member.size == len(part) and member.part() == part
