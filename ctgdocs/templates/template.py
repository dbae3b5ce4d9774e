"""`Template`: a Word file compiled once, that makes any number of documents.

    template = Template.load("templates/deliberations/deliberation.docx", charte="templates/charte.docx")
    document = template.render({"objet": "Convention territoriale globale"})

The template language is docxtpl's. A compiled template holds the Jinja program of each part that has tags,
and every other part already compressed. Nothing in it changes while it renders: threads may share it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ctgdocs.templates import stock
from ctgdocs.templates.budget import BUDGET, Budget
from ctgdocs.templates.carriers import carried
from ctgdocs.templates.environment import PLAIN, Environment
from ctgdocs.templates.inspection import (
    found_in,
    left_to_write,
    rendered_faults,
    section_faults,
    sections_of,
    template_faults,
)
from ctgdocs.templates.programs import Program
from ctgdocs.templates.session import Session
from ctgdocs.templates.stock import Drawn, Prepared, Stock
from ctgdocs.templates.values import PAGE, UrlId, plain
from ctgdocs.word.fingerprint import Mark
from ctgdocs.word.package import Package, Readable, content_of, read

if TYPE_CHECKING:
    from ctgdocs.findings import Finding
    from ctgdocs.prose import Carrier
    from ctgdocs.templates.inserts import Subdocument

Filters = Mapping[str, Callable[..., Any]]


class Template:
    """A compiled Word template. Make one with `Template.load`."""

    def __init__(self, prepared: Prepared, filters: Filters | None = None, *, ordinals: bool = False) -> None:
        self._sources = prepared.sources
        self._stock = Stock(prepared)
        self._environment = Environment(filters) if filters else PLAIN
        self._ordinals = ordinals
        self._programs = [
            Program(source, self._environment, self._stock.look, ordinals) for source in prepared.sources
        ]

    @classmethod
    def load(
        cls,
        path: Readable,
        charte: Readable | None = None,
        filters: Filters | None = None,
        *,
        styles: Mapping[str, str] | None = None,
        watermark: str = "",
        ordinals: bool = False,
    ) -> Template:
        """Reads and compiles a Word template (`.docx` or `.dotx`: a path, bytes, or an open file).

        `charte`: the letterhead whose styles, margins, header and footer it wears; `styles`: which style of
        the charte plays which role; `filters`: functions that its tags may call by name; `watermark`: a word
        across every page; `ordinals`: the endings of 1er, 2e… are raised. Raises TemplateError, in French
        with the place, for a file that cannot be used.
        """
        data = content_of(path)
        dress = content_of(charte) if charte is not None else b""
        if charte is not None and not dress:
            read(dress)  # refused in its own words: nothing is no charte
        key = stock.key(data, dress, styles or {}, watermark, ordinals)
        prepared = stock.load(key)
        if prepared is None:
            from ctgdocs.templates.prepared import prepare  # lxml and docxtpl: 120 ms

            prepared = prepare(data, dress, styles or {}, watermark, ordinals=ordinals)
            stock.save(key, prepared)
        return cls(prepared, filters, ordinals=ordinals)

    # --- rendering ------------------------------------------------------------------------------------

    def render(self, context: Mapping[str, Any], *, title: str = "", mark: Mark | None = None) -> bytes:
        """The bytes of a Word document: the same for the same context, whatever the day and the machine.

        `title` and `mark` go to the document's properties. Raises TemplateError for a field that is missing,
        a tag that fails or a value that cannot stand in a document, TypeError for one that is not plain.
        """
        rendered, session = self._made(context, title)
        return session.finish(rendered).written(mark)

    def render_checked(
        self, context: Mapping[str, Any], *, title: str = "", file: str = "", mark: Mark | None = None
    ) -> tuple[bytes, list[Finding]]:
        """`render`, and what is wrong in the document; `file` is its name in the findings."""
        drawn, faults = self.drawn(context, title=title, file=file)
        return drawn.written(mark), faults

    def drawn(
        self,
        context: Mapping[str, Any],
        *,
        title: str = "",
        file: str = "",
        finished: bool = False,
        carriers: Sequence[Carrier] = (),
    ) -> tuple[Drawn, list[Finding]]:
        """A document that is not written yet, and what is wrong in it. When it is `finished`, nothing may be
        left to write in it. `carriers`: the fields of its paragraphs."""
        rendered, session = self._made(context, title)
        faults = self._faults_in(rendered, file, finished=finished)
        if carriers and self._sources:
            main = self._sources[0].part
            rendered = {**rendered, main: carried(rendered[main], carriers)}
        return session.finish(rendered), faults

    def faults_of(
        self, context: Mapping[str, Any], *, title: str = "", file: str = "", finished: bool = False
    ) -> list[Finding]:
        """What `drawn` finds wrong, when nobody keeps the document."""
        return self._faults_in(self._made(context, title)[0], file, finished=finished)

    def _faults_in(self, rendered: Package, file: str, *, finished: bool) -> list[Finding]:
        lost = section_faults(rendered[self._sources[0].part], *self._sections) if self._sources else ()
        left = left_to_write(rendered) if finished else ()
        return found_in(file, [*self.faults, *lost, *rendered_faults(rendered), *left])

    def _made(self, context: Mapping[str, Any], title: str) -> tuple[Package, Session]:
        """The rendered parts of a document, and the session that knows what else it holds."""
        values = plain(context)
        session = Session(self._stock, ordinals=self._ordinals)
        token, counting = PAGE.set(session), BUDGET.set(Budget())
        try:
            common = self._environment.common(values)
            texts = {program.part: program.render(values, common, session) for program in self._programs}
        finally:
            PAGE.reset(token)
            BUDGET.reset(counting)
        if session.repeats:
            ids = self._stock.ids.copy()
            texts = {part: ids.once(text) for part, text in texts.items()}
            session.whole.clear()
        rendered = {it.part: it.checked(texts[it.part], values, session) for it in self._programs}
        return self._stock.titled(rendered, title) if title else rendered, session

    # --- inspection -----------------------------------------------------------------------------------

    @cached_property
    def _sections(self) -> tuple[int, frozenset[bytes]]:
        return sections_of(self._sources[0].jinja)

    @cached_property
    def faults(self) -> list[Finding]:
        """What is wrong in every document of this template, whatever the values."""
        braces = [brace for source in self._sources for brace in source.braces]
        return template_faults(self._stock.package, {source.part for source in self._sources}, braces)

    # --- for authors ----------------------------------------------------------------------------------

    def subdoc(self, path: Readable | None = None) -> Subdocument:
        """A sub-document to print with `{{p … }}`: an empty python-docx document, or a Word file."""
        from ctgdocs.templates.inserts import Subdocument  # python-docx: 80 ms

        return Subdocument(self._stock.package, path)

    @staticmethod
    def build_url_id(url: str) -> str:
        """What `RichText.add(url_id=…)` takes to make a link to `url`."""
        id = UrlId("rIdU" + sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:12])
        id.url = url
        return id
