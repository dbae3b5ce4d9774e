"""`Template`: a Word file compiled once, that makes any number of documents.

    template = Template.load("templates/deliberations/deliberation.docx", charte="templates/charte.docx")
    document = template.render({"objet": "Convention territoriale globale"})

The template language is docxtpl's. A compiled template holds the Jinja program of each part that has tags,
and every other part already compressed. Nothing in it changes while it renders: threads may share it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from ctgdocs.findings import ContextError, TemplateError
from ctgdocs.templates import layout, prepared, stock
from ctgdocs.templates.environment import Environment, printed, texts_of
from ctgdocs.templates.fixups import EVERYTHING, Needs
from ctgdocs.templates.prepared import Prepared, prepare
from ctgdocs.templates.programs import Program, printing_through
from ctgdocs.templates.session import Session
from ctgdocs.templates.values import SESSION, UrlId, plain
from ctgdocs.word.package import Archive, Member, Package, Readable, content_of

if TYPE_CHECKING:
    from ctgdocs.findings import Finding
    from ctgdocs.templates.inserts import Subdocument
    from ctgdocs.templates.prose_look import ProseStyles

FIRST_PICTURE: Final = 1001
"""docxtpl numbers the pictures of the body from here; those of other parts follow, a thousand apart."""


class Template:
    """A compiled Word template. Make one with `Template.load`."""

    def __init__(
        self, prepared: Prepared, filters: Mapping[str, Callable[..., Any]] | None = None, key: str = ""
    ) -> None:
        self._key = key
        self._archive = Archive(prepared.members)
        self._styled_archive: Archive | None = None
        self._environment = Environment(filters)
        self._programs = [
            Program(source, self._environment, FIRST_PICTURE + 1000 * index)
            for index, source in enumerate(prepared.sources)
        ]
        self._lock = threading.Lock()
        self._parts: Package = {}
        self._raisers: list[Program] | None = None
        self._prose: tuple[ProseStyles, dict[str, Member]] | None = None
        self._package: Package | None = None
        self._faults: list[Any] | None = None
        self._media: dict[str, bytes] | None = None
        self.prepared = prepared

    @classmethod
    def load(
        cls,
        path: Readable,
        charte: Readable | None = None,
        filters: Mapping[str, Callable[..., Any]] | None = None,
        *,
        styles: Mapping[str, str] | None = None,
        watermark: str = "",
    ) -> Template:
        """Reads and compiles a Word template (`.docx` or `.dotx`: a path, bytes, or an open file).

        `charte`: the letterhead whose styles, margins, header and footer it wears; `styles`: which style of
        the charte plays which role; `filters`: functions that its tags may call by name; `watermark`: a word
        across every page. Raises TemplateError, in French with the place, for a file that cannot be used.
        """
        data = content_of(path)
        dress = content_of(charte) if charte is not None else b""
        if charte is not None and not dress:
            raise TemplateError("la charte est un fichier vide")
        key = stock.key(data, dress, styles or {}, watermark)
        prepared = stock.load(key)
        if prepared is None:
            prepared = prepare(data, dress, styles or {}, watermark)
            stock.save(key, prepared)
        return cls(prepared, filters, key)

    # --- rendering ------------------------------------------------------------------------------------

    def render(self, context: Mapping[str, Any], *, title: str = "", ordinals: bool = False) -> bytes:
        """The bytes of a Word document: the same for the same context, whatever the day and the machine.

        `title` goes to the document's properties; `ordinals` raises the endings of 1er, 2e… Raises
        TemplateError for a field that is missing or a tag that fails, ContextError for a value that is not
        plain or cannot stand in a document.
        """
        rendered, session = self._made(context, title, ordinals)
        return session.finish(rendered)

    def render_checked(
        self, context: Mapping[str, Any], *, title: str = "", ordinals: bool = False, file: str = ""
    ) -> tuple[bytes, list[Finding]]:
        """`render`, and what `inspect_rendered` finds in the document; `file` is its name in the findings."""
        from ctgdocs.templates.inspection import inspect_rendered

        rendered, session = self._made(context, title, ordinals)
        return session.finish(rendered), inspect_rendered(self, rendered, file)

    def _made(self, context: Mapping[str, Any], title: str, ordinals: bool) -> tuple[Package, Session]:
        """The rendered parts of a document, and the session that knows what else it holds."""
        values = plain(context)
        session = Session(self, ordinals=ordinals)
        programs = self._raising() if ordinals else self._programs
        token = SESSION.set(session)
        try:
            common = self._environment.common(values)
            rendered = {p.part: self._rendered(p, values, common, session) for p in programs}
        finally:
            SESSION.reset(token)
        if title:
            core = self.prepared.core
            rendered[core] = prepared.with_title(rendered.get(core) or self.part(core), title)
        return rendered, session

    def _rendered(
        self, program: Program, values: dict[str, Any], common: dict[str, Any], session: Session
    ) -> bytes:
        """One part's bytes, from the document's values and what `Environment.common` makes of them."""
        session.part = program.part
        needs = program.needs
        try:
            pieces = program.run(common)
        except Exception as error:
            from ctgdocs.templates.programs import explained

            raise explained(error, program.source, self._environment, values) from error
        made = xml = "".join(pieces)
        if xml == program.last[0]:
            return program.last[1]
        if "\x01" in xml:
            if needs.grids:  # here, where its own tables are alone: those of long text are right as they come
                xml = _mended(xml, Needs(grids=True), program.first_picture)
            try:
                xml = session.settle(xml)
            except ContextError as error:
                raise TemplateError(
                    str(error), place=program.source.tags[0][2].split(",")[0], hint=error.hint
                ) from error
            joined = session.has_subdocuments
            needs = Needs(*map(max, needs, EVERYTHING))._replace(
                grids=joined, bookmarks=needs.bookmarks or joined
            )
        if program.word and layout.has_breaks(xml):
            xml = layout.resolve(xml)
        if any(needs):
            xml = _mended(xml, needs, program.first_picture)
        if program.raises:
            xml = self._with_ordinals(xml)
        if program.word and "[" in xml:
            xml = self._with_placeholders(xml, session)
        data = self._checked(xml, program.to_read(pieces) if xml is made else xml, program.part, values)
        if xml is made:
            program.was_read(made, data)
        return data

    def _raising(self) -> list[Program]:
        """The programs that mark the ordinals they print, made the first time they are asked for."""
        if self._raisers is None:
            style = self.prose_styles().ids["exposant"]
            self._raisers = [p.raising(self._environment, style) if p.word else p for p in self._programs]
        return self._raisers

    def _with_ordinals(self, xml: str) -> str:
        from ctgdocs.templates.layout import raised

        return raised(xml, self.prose_styles().ids["exposant"])

    @staticmethod
    def _with_placeholders(xml: str, session: Session) -> str:
        from ctgdocs.templates.layout import PLACEHOLDER, highlighted

        return highlighted(xml, session.styles().ids["a_completer"]) if PLACEHOLDER.search(xml) else xml

    @staticmethod
    def _checked(xml: str, to_read: str, part: str, values: dict[str, Any]) -> bytes:
        """The part's bytes, once read strictly: what Word would refuse never leaves."""
        try:
            data = xml.encode("utf-8")
            expat.ParserCreate().Parse(data if to_read is xml else to_read.encode("utf-8"), True)
            return data
        except (expat.ExpatError, UnicodeEncodeError) as error:
            from ctgdocs.templates.programs import unreadable

            raise unreadable(str(error), values, part) from error

    # --- what a session asks --------------------------------------------------------------------------

    def part(self, name: str) -> bytes:
        """A part of the template; empty when it has none of that name."""
        member = self._archive.members.get(name)
        if member is None:
            return b""
        if name not in self._parts:
            self._parts[name] = member.part()
        return self._parts[name]

    @property
    def media(self) -> dict[str, bytes]:
        """The template's own pictures, by part name."""
        if self._media is None:
            self._media = {
                name: self.part(name) for name in self._archive.members if name.startswith("word/media/")
            }
        return self._media

    def everything(self, changed: Mapping[str, bytes]) -> Package:
        """The whole package of one document: the template's parts, those of `changed` in place of theirs."""
        if self._package is None:
            self._package = self.xml()
        return {**self._package, **changed}

    def prose_styles(self) -> ProseStyles:
        """The styles of long text, looked up (or added) the first time a document needs them."""
        return self._styled()[0]

    @cached_property
    def styled_parts(self) -> Package:
        """The parts that the styles of long text add to the template, or change in it."""
        return {name: member.part() for name, member in self._styled()[1].items()}

    def _styled(self) -> tuple[ProseStyles, dict[str, Member]]:
        if self._prose is None:
            with self._lock:
                self._prose = (stock.load_styles(self._key) if self._key else None) or self._found_styles()
        return self._prose

    def _found_styles(self) -> tuple[ProseStyles, dict[str, Member]]:
        from ctgdocs.templates.prose import ProseStyles, with_house_styles

        own = self.everything({})
        package = with_house_styles(own)
        added = {name: Member.of(part) for name, part in package.items() if part != own.get(name)}
        styles = ProseStyles.of(package)
        if self._key:
            stock.save_styles(self._key, styles, added)
        return styles, added

    # --- for authors ----------------------------------------------------------------------------------

    def subdoc(self, path: Readable | None = None) -> Subdocument:
        """A sub-document to print with `{{p … }}`: an empty python-docx document, or a Word file."""
        from ctgdocs.templates.inserts import Subdocument

        return Subdocument(self, path)

    @staticmethod
    def build_url_id(url: str) -> str:
        """What `RichText.add(url_id=…)` takes to make a link to `url`."""
        from hashlib import sha256

        id = UrlId("rIdU" + sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:12])
        id.url = url
        return id

    def archive(self, *, styled: bool) -> Archive:
        """The parts that do not change, compressed; `styled`: with the styles of long text."""
        if not styled:
            return self._archive
        if self._styled_archive is None:
            self._styled_archive = Archive({**self._archive.members, **self._styled()[1]})
        return self._styled_archive

    def printed(self, context: Mapping[str, Any]) -> list[str]:
        """Every text that the template prints from this context: what `inspect` must find in the document."""
        values = plain(context)
        found: list[str] = []

        def recorded(value: Any, inside: bool = False) -> str:
            if not inside:
                found.extend(texts_of(value))
            return printed(value)

        token = SESSION.set(Session(self))
        try:
            for program in self._programs:
                "".join(printing_through(program.jinja, recorded)(program.jinja.new_context(values)))
        finally:
            SESSION.reset(token)
        return [text for text in found if text.strip()]

    def faults(self) -> list[Any]:
        """What is wrong in every document of this template, whatever the values: looked for once."""
        if self._faults is None:
            from ctgdocs.templates.inspection import template_faults

            sources = self.prepared.sources
            braces = [brace for source in sources for brace in source.braces]
            self._faults = template_faults(self.xml(), frozenset(source.part for source in sources), braces)
        return self._faults

    def xml(self) -> Package:
        """Every part of the prepared template, before any value: for the lint and the inspection."""
        return {name: self.part(name) for name in self._archive.members}


def _mended(xml: str, needs: Needs, first_picture: int) -> str:
    from ctgdocs.templates.fixups import mend

    return mend(xml, needs, first_picture)
