"""`Template`: a Word file compiled once, that makes any number of documents.

    template = Template.load("templates/deliberations/deliberation.docx", charte="templates/charte.docx")
    document = template.render({"objet": "Convention territoriale globale"})

The template language is docxtpl's. A compiled template holds the Jinja program of each part that has tags,
and every other part already compressed. Nothing in it changes while it renders: threads may share it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from copy import copy
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

from ctgdocs.errors import ContextError, CtgdocsError, TemplateError
from ctgdocs.rendering import cache, layout, properties
from ctgdocs.rendering.environment import Environment, check_tree, missing_field, printed
from ctgdocs.rendering.fixups import EVERYTHING, Needs, mend
from ctgdocs.rendering.package import Archive, Member, Package, Readable, content_of
from ctgdocs.rendering.prepared import Prepared, Source, prepare
from ctgdocs.rendering.session import Session
from ctgdocs.rendering.values import SESSION, UrlId, plain

if TYPE_CHECKING:
    from ctgdocs.findings import Finding
    from ctgdocs.rendering.prose_styles import ProseStyles
    from ctgdocs.rendering.subdocuments import Subdocument

FIRST_PICTURE: Final = 1001
"""docxtpl numbers the pictures of the body from here; those of other parts follow, a thousand apart."""


class Program:
    """One part of a template, compiled: what makes its XML from a context."""

    __slots__ = ("first_picture", "jinja", "needs", "part", "raises", "root", "source", "word")

    def __init__(self, source: Source, environment: Environment, first_picture: int) -> None:
        self.source = source
        self.part = source.part
        self.word = source.part.startswith("word/")
        self.needs: Needs = source.needs
        self.first_picture = first_picture
        self.raises = False
        self.jinja = _compiled(source, environment)
        self.root = _printing_through(self.jinja, printed)

    def raising(self, jinja: str, environment: Environment) -> Program:
        """The same part, whose program marks the ordinals of every value; `jinja` has those of its text raised."""
        from ctgdocs.rendering.ordinals import mark

        same = jinja == self.source.jinja
        program = copy(self) if same else Program(self.source._replace(jinja=jinja), environment, self.first_picture)
        program.raises = True
        program.root = _printing_through(
            program.jinja, lambda value: printed(mark(value) if value.__class__ is str else value)
        )
        return program

    def run(self, context: dict[str, Any]) -> str:
        """The part's XML as Jinja makes it. Raises what Jinja raises."""
        jinja = self.jinja
        return "".join(self.root(jinja.new_context(context)))


class Template:
    """A compiled Word template. Make one with `Template.load`."""

    def __init__(self, prepared: Prepared, filters: Mapping[str, Callable[..., Any]] | None) -> None:
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
        self._prose: tuple[ProseStyles, Package] | None = None
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

        `charte`: the letterhead whose styles, margins, header and footer it wears; `styles`: which style of the
        charte plays which role; `filters`: functions that its tags may call by name; `watermark`: a word across
        every page. Raises TemplateError, in French with the place, for a file that cannot be used.
        """
        data = content_of(path)
        dress = content_of(charte) if charte is not None else b""
        key = cache.key(data, dress, styles or {}, watermark)
        prepared = cache.load(key)
        if prepared is None:
            prepared = prepare(data, dress, styles or {}, watermark)
            cache.save(key, prepared)
        return cls(prepared, filters)

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
        from ctgdocs.rendering.inspection import inspect_rendered

        rendered, session = self._made(context, title, ordinals)
        return session.finish(rendered), inspect_rendered(self, rendered, file)

    def _made(self, context: Mapping[str, Any], title: str, ordinals: bool) -> tuple[Package, Session]:
        """The rendered parts of a document, and the session that knows what else it holds."""
        values = plain(context)
        session = Session(self, ordinals=ordinals)
        programs = self._raising() if ordinals else self._programs
        token = SESSION.set(session)
        try:
            rendered = {program.part: self._rendered(program, values, session) for program in programs}
        finally:
            SESSION.reset(token)
        if title:
            core = self.prepared.core
            rendered[core] = properties.with_title(rendered.get(core) or self.part(core), title)
        return rendered, session

    def _rendered(self, program: Program, values: dict[str, Any], session: Session) -> bytes:
        session.part = program.part
        needs = program.needs
        try:
            xml = program.run(values)
        except CtgdocsError as error:
            raise self._placed(error, program, values) from error
        except Exception as error:
            raise self._explained(error, program, values) from error
        if "\x01" in xml:
            try:
                xml = session.settle(xml)
            except ContextError as error:
                raise TemplateError(
                    str(error), place=program.source.tags[0][2].split(",")[0], hint=error.hint
                ) from error
            needs = Needs(*map(max, needs, EVERYTHING))._replace(
                grids=needs.grids or session.has_subdocuments
            )
        if program.word and layout.has_breaks(xml):
            xml = layout.resolve(xml)
        if any(needs):
            if needs.grids:
                xml = self._with_grids(xml, values)
            xml = mend(xml, needs, program.first_picture)
        if program.raises:
            xml = self._with_ordinals(xml)
        return self._checked(xml, program.part, values)

    def _with_grids(self, xml: str, values: dict[str, Any]) -> str:
        from lxml.etree import XMLSyntaxError

        from ctgdocs.rendering.grids import mend_grids

        try:
            return mend_grids(xml)
        except (XMLSyntaxError, UnicodeEncodeError) as error:
            raise _unreadable(str(error), values) from error

    def _raising(self) -> list[Program]:
        """The programs that mark the ordinals they print, made the first time they are asked for."""
        if self._raisers is None:
            from ctgdocs.rendering.ordinals import superscript

            style = self.prose_styles()[0].ids["exposant"]
            self._raisers = [
                program.raising(superscript(program.source.jinja, style), self._environment) if program.word else program
                for program in self._programs
            ]
        return self._raisers

    def _with_ordinals(self, xml: str) -> str:
        from ctgdocs.rendering.ordinals import raised

        return raised(xml, self.prose_styles()[0].ids["exposant"])

    @staticmethod
    def _checked(xml: str, part: str, values: dict[str, Any]) -> bytes:
        """The part's bytes, read once strictly: what Word would refuse never leaves."""
        try:
            data = xml.encode("utf-8")
            expat.ParserCreate().Parse(data, True)
        except (expat.ExpatError, UnicodeEncodeError) as error:
            raise _unreadable(str(error), values, part) from error
        return data

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

    def prose_styles(self) -> tuple[ProseStyles, Package]:
        """The styles of long text, and the parts that they add to the template or change in it: looked up
        the first time a document needs them."""
        if self._prose is None:
            from ctgdocs.rendering.prose import ProseStyles, with_house_styles

            with self._lock:
                own = self.everything({})
                package = with_house_styles(own)
                added = {name: part for name, part in package.items() if part != own.get(name)}
                self._prose = ProseStyles.of(package), added
        return self._prose

    # --- for authors ----------------------------------------------------------------------------------

    def subdoc(self, path: Readable | None = None) -> Subdocument:
        """A sub-document to print with `{{p … }}`: an empty one, with python-docx's methods, or a Word file."""
        from ctgdocs.rendering.subdocuments import Subdocument

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
            added = {name: Member.of(part) for name, part in self.prose_styles()[1].items()}
            self._styled_archive = Archive({**self._archive.members, **added})
        return self._styled_archive

    def printed(self, context: Mapping[str, Any]) -> list[str]:
        """Every text that the template prints from this context: what `inspect` must find in the document."""
        values = plain(context)
        found: list[str] = []

        def recorded(value: Any) -> str:
            if not hasattr(value, "__html__"):
                found.append(str(value))
            return printed(value)

        token = SESSION.set(Session(self))
        try:
            for program in self._programs:
                "".join(_printing_through(program.jinja, recorded)(program.jinja.new_context(values)))
        finally:
            SESSION.reset(token)
        return [text for text in found if text.strip()]

    def faults(self) -> list[Any]:
        """What is wrong in every document of this template, whatever the values: looked for once."""
        if self._faults is None:
            from ctgdocs.rendering.inspection import template_faults

            sources = self.prepared.sources
            braces = [brace for source in sources for brace in source.braces]
            self._faults = template_faults(self.xml(), frozenset(source.part for source in sources), braces)
        return self._faults

    def xml(self) -> Package:
        """Every part of the prepared template, before any value: for the lint and the inspection."""
        return {name: self.part(name) for name in self._archive.members}

    # --- errors ---------------------------------------------------------------------------------------

    def _placed(self, error: CtgdocsError, program: Program, values: dict[str, Any]) -> CtgdocsError:
        place, text = self._where(program, values)
        said = f"{error} ({place} : « {text} »)" if place else str(error)
        return TemplateError(said, place=place, hint=getattr(error, "hint", ""))

    def _explained(self, error: Exception, program: Program, values: dict[str, Any]) -> TemplateError:
        hint = getattr(error, "hint", "")
        if isinstance(error, SecurityError):
            message = "la balise fait une chose interdite à un modèle" + (f" ({error})" if str(error) else "")
        elif isinstance(error, UndefinedError):
            message = str(error)
            if not hint and message.startswith("champ inconnu"):
                hint = missing_field(message.split("« ")[1].removesuffix(" »"), None, values).hint
        elif isinstance(error, RecursionError):
            message = "le modèle s’appelle lui-même sans fin"
        else:
            message = f"la balise ne peut pas être calculée ({error})"
        place, text = self._where(program, values)
        return TemplateError(
            f"{message} ({place} : « {text} »)" if place else message, place=place, hint=hint
        )

    def _where(self, program: Program, values: dict[str, Any]) -> tuple[str, str]:
        """Runs the part again with its tags numbered, to learn which one fails."""
        from ctgdocs.rendering.blame import numbered_lines, place_of_line

        jinja = self._environment.from_string(numbered_lines(program.source.jinja))
        try:
            jinja.render(values)
        except Exception as error:
            trace = error.__traceback__
            lines = []
            while trace is not None:
                if trace.tb_frame.f_code.co_filename == "<template>":
                    lines.append(trace.tb_lineno)
                trace = trace.tb_next
            if lines:
                return place_of_line(program.source, lines[-1])
        return "", ""


def _printing_through(jinja: Any, escape: Callable[[Any], str]) -> Callable[..., Any]:
    """A Jinja program that prints through this function, and not through `markupsafe.escape`."""
    root = jinja.root_render_func
    names = {**root.__globals__, "escape": escape}
    return FunctionType(root.__code__, names, root.__name__, root.__defaults__, root.__closure__)


def _compiled(source: Source, environment: Environment) -> Any:
    from ctgdocs.rendering.blame import numbered_lines, place_of_line

    try:
        tree = environment.parse(source.jinja)
        check_tree(tree)
        return environment.from_string(tree)
    except (TemplateSyntaxError, TemplateError):
        pass
    try:
        tree = environment.parse(numbered_lines(source.jinja))
        check_tree(tree)
        environment.from_string(tree)
    except TemplateSyntaxError as error:
        place, text = place_of_line(source, error.lineno)
        raise TemplateError(_syntax(error, text), place=place, hint=str(error.message or "")) from error
    except TemplateError as error:
        place, text = place_of_line(source, int(error.place))
        raise TemplateError(f"{error} (« {text} »)" if text else str(error), place=place) from error
    raise TemplateError("le modèle ne se compile pas")


def _syntax(error: TemplateSyntaxError, text: str) -> str:
    message = str(error.message or "")
    shown = f"« {text} »" if text else "du modèle"
    if message.startswith("No filter named"):
        return f"la balise {shown} emploie un filtre inconnu : {message.split(chr(39))[1]}"
    if message.startswith("No test named"):
        return f"la balise {shown} emploie un test inconnu : {message.split(chr(39))[1]}"
    if message.startswith("Unexpected end of template"):
        return f"le bloc ouvert par la balise {shown} n’est jamais fermé"
    if message.startswith("Encountered unknown tag"):
        return f"la balise {shown} ferme ou continue un bloc qui n’est pas ouvert, ou n’existe pas"
    return f"la balise {shown} ne se lit pas"


def _unreadable(why: str, values: dict[str, Any], part: str = "") -> CtgdocsError:
    """Why a rendered part is not XML: a value with characters that Word cannot hold, else the template."""
    from ctgdocs.rendering.places import part_label
    from ctgdocs.rendering.values import unprintable

    found = unprintable(values)
    if found:
        return ContextError(
            f"« {found[0]} » contient un caractère que Word ne peut pas enregistrer ({found[1]})",
            path=found[0],
            hint="retirez ce caractère invisible, sans doute venu d’un copier-coller",
        )
    return TemplateError(
        f"le document ne serait pas lisible par Word : les balises de bloc coupent la mise en page ({why})",
        place=part_label(part) if part else "",
        hint="mettez chaque balise de bloc ({%p … %}, {%tr … %}) seule dans son paragraphe ou sa ligne",
    )
