"""What the documents of a template have in common: its sources, its look, the parts that do not change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from html import escape
from typing import NamedTuple

from ctgdocs.templates.fixups import Needs
from ctgdocs.templates.prose import ProseStyles
from ctgdocs.word.fingerprint import CUSTOM, Mark, Seal, declared_in
from ctgdocs.word.package import Archive, Member, Package

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
    def media(self) -> Package:
        """The template's own pictures."""
        return {name: part for name, part in self.package.items() if name.startswith("word/media/")}

    def titled(self, rendered: Mapping[str, bytes], title: str) -> Package:
        """The rendered parts of a document, and its properties with that title."""
        name = self._prepared.core
        core = rendered.get(name) or self.package[name]
        return {**rendered, name: _with_title(core.decode("utf-8-sig"), title)}

    def write(self, changed: Mapping[str, bytes], mark: Mark | None = None) -> bytes:
        """A whole file: the parts of `changed` in place of the template's. `mark`: what it says of itself."""
        if mark is None:
            return self._archive.write(changed)
        declared = declared_in({**self.package, **changed})
        return self._archive.write({**changed, **declared}, seal=Seal(mark, declared[CUSTOM]))


def _with_title(xml: str, title: str) -> bytes:
    node = f'<dc:title xmlns:dc="{_DC}">{escape(title, quote=False)}</dc:title>'
    if _TITLE.search(xml):
        return _TITLE.sub(lambda _: node, xml, count=1).encode("utf-8")
    xml = re.sub(r"(<(?:\w+:)?coreProperties\b[^>]*?)/>\s*$", r"\1></cp:coreProperties>", xml)
    end = xml.rindex("</")
    return f"{xml[:end]}{node}{xml[end:]}".encode()
