"""The Jinja program of one part of a template: compiled once, run for each document.

A program that makes XML whatever its values is whole, proved once, so that no document needs to be read
again: when its text is XML around its blocks, and when each branch of each block leaves open the elements
that it found open. Expat itself is asked, block by block, with a mark for each value and each block inside.
What is not proved (a filter block, a block inside a tag) stays to be read in each document, as does the
markup that a tag makes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any, Final, NamedTuple
from xml.parsers import expat

from jinja2 import nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.runtime import markup_join, str_join

from ctgdocs.findings import CtgdocsError, TemplateError
from ctgdocs.templates import layout
from ctgdocs.templates.budget import BUDGET, Budget, counted_join
from ctgdocs.templates.environment import TOO_DEEP, Environment, check_tree, deepest, missing_field, printed
from ctgdocs.templates.layout import mark
from ctgdocs.templates.prose_pieces import ProseStyles
from ctgdocs.templates.session import Session
from ctgdocs.templates.stock import Source
from ctgdocs.templates.tables import JOINED, RICH, mend, mend_grids
from ctgdocs.templates.tags import TAG
from ctgdocs.templates.values import unprintable
from ctgdocs.word.names import part_label
from ctgdocs.word.safety import FIELD_SIGNS, check_fields

# --- Which tag of a template fails: Jinja only knows lines, and each tag of a source ends on one of its own


_OPENING = re.compile(
    r"\{%[-+]?\s*(?P<word>for|if|macro|call|filter|with|autoescape|end\w+|set\s+[\w.]+\s*[-+]?%\})"
)


def misread(source: Source, error: TemplateSyntaxError) -> TemplateError:
    """What is wrong with a tag that Jinja does not read."""
    message = str(error.message or "")
    quoted = message.split("'")[1] if message.count("'") > 1 else ""
    line = error.lineno
    if message.startswith(("Unexpected end of template", "Missing end of")):
        said, hint = "bloc jamais fermé", "il faut sa fin : {% endfor %} pour for, {% endif %} pour if"
        line = _line_never_closed(source)
    elif message.startswith("No filter named"):
        said, hint = f"filtre inconnu : « {quoted} »", ""
    elif message.startswith("No test named"):
        said, hint = f"test inconnu : « {quoted} »", ""
    elif message == TOO_DEEP:
        said, hint = TOO_DEEP, ""
    elif message.startswith("Encountered unknown tag"):
        said = f"« {quoted} » ne répond à aucun bloc ouvert" if quoted else "instruction inconnue"
        hint = "une seule balise de bloc par paragraphe ; chaque for a son endfor, chaque if son endif"
    else:
        said, hint = "la balise ne se lit pas", "vérifiez les guillemets, les parenthèses et les noms"
    return _at_line(source, line, said, hint)


def _line_never_closed(source: Source) -> int:
    """The line of the innermost block that is still open at the end."""
    open_lines: list[int] = []
    for match in _OPENING.finditer(source.jinja):
        if match["word"].startswith("end"):
            del open_lines[-1:]
        else:
            open_lines.append(source.jinja.count("\n", 0, match.start()) + 1)
    return open_lines[-1] if open_lines else 0


def explained(error: Exception, source: Source, jinja: Any, values: dict[str, Any]) -> TemplateError:
    """The French error for a tag that fails when it runs, with its place and its text."""
    hint = getattr(error, "hint", "")
    if isinstance(error, SecurityError):
        message = "la balise fait une chose interdite à un modèle" + (f" ({error})" if str(error) else "")
    elif isinstance(error, UndefinedError):
        message = str(error)
        if not hint and message.startswith("champ inconnu"):
            hint = missing_field(message.split("« ")[1].removesuffix(" »"), None, values).hint
    elif isinstance(error, CtgdocsError):
        message = str(error)
    elif isinstance(error, RecursionError):
        message = "le modèle s’appelle lui-même sans fin"
    elif isinstance(error, MemoryError):
        message = "la balise demande plus de mémoire que cet ordinateur n’en a"
    else:
        message = f"la balise ne peut pas être calculée ({error})"
    return _at_line(source, _line_of(error, jinja), message, hint)


def _line_of(error: Exception, jinja: Any) -> int:
    """The line of the template's source where a program failed; 0 when it did not fail in it."""
    trace, line = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = jinja.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line


def unreadable(why: str, values: dict[str, Any], part: str) -> TemplateError:
    """Why a rendered part is not XML: a value with characters that Word cannot hold, else the template."""
    found = unprintable(values)
    if found:
        return TemplateError(
            f"« {found[0]} » contient un caractère que Word ne peut pas enregistrer ({found[1]})",
            place=found[0],
            hint="retirez ce caractère invisible, sans doute venu d’un copier-coller",
        )
    label = part_label(part)
    return TemplateError(
        f"le document ne serait pas lisible par Word ({label}) : les balises de bloc coupent la mise en page",
        place=label,
        hint=f"mettez chaque balise de bloc seule dans son paragraphe ou sa ligne ({why})",
    )


def _at_line(source: Source, line: int, message: str, hint: str) -> TemplateError:
    """The error, with the place of the tag that Jinja calls `line`, and how its author typed it."""
    place, text = _tag_of_line(source, line) if line else ("", "")
    return TemplateError(f"{message} ({place} : « {text} »)" if text else message, place=place, hint=hint)


def _tag_of_line(source: Source, line: int) -> tuple[str, str]:
    seen: Counter[str] = Counter()
    for match in TAG.finditer(source.jinja):
        bare = _bare(match[0])
        seen[bare] += 1
        if source.jinja.count("\n", 0, match.end()) >= line:
            same = [(place, text) for jinja, text, place in source.tags if _bare(jinja) == bare]
            return same[min(seen[bare], len(same)) - 1] if same else ("", "")
    return "", ""


def _bare(tag: str) -> str:
    """A tag without its prefix, blanks and house filters: the same before and after patching."""
    inner = tag[2:-2].strip("- \n")
    inner = re.sub(r"\|ctg_(?:run|block)(?:\(true\))?\s*$", "", inner)
    inner = re.sub(r"^(?:p|r|tr|tc|colspan|cellbg)\s", "", inner).replace("&lt;", "<").replace("&gt;", ">")
    return re.sub(r"[\s()]+", "", inner)


class Program:
    """One part of a template, compiled: what makes its XML from a context."""

    def __init__(self, source: Source, environment: Environment, look: ProseStyles, ordinals: bool) -> None:
        self._source = source
        self._look = look
        self._word = source.part.startswith("word/")
        self._fields = FIELD_SIGNS.findall(source.jinja)
        self._has_fields = "nstr" in source.jinja
        self._raises = self._word and ordinals
        self.part = source.part
        self.jinja, self._is_whole = compiled(source, environment)
        escape = _marked if self._raises else printed
        self._root = printing_through(self.jinja.root_render_func, escape)
        self.jinja.blocks = {name: printing_through(it, escape) for name, it in self.jinja.blocks.items()}

    def render(self, values: dict[str, Any], common: dict[str, Any], session: Session) -> str:
        """The part, from the document's values and what `Environment.common` makes of them."""
        session.part = self.part
        try:
            xml = "".join(self._root(self.jinja.new_context(common, shared=True)))
        except Exception as error:
            raise explained(error, self._source, self.jinja, values) from error
        finished = self._finished(xml, session)
        if self._is_whole and not session.has_markup and finished is xml:
            session.whole.add(self.part)
        return finished

    def _finished(self, xml: str, session: Session) -> str:
        """What Jinja made, its rich values in place, put right where tags and values left it wrong."""
        needs = self._source.needs
        if "\x01" in xml:
            if (
                "grids" in needs
            ):  # here, where its own tables are alone: those of long text are right as they come
                xml = mend_grids(xml)
            xml = self._settled(xml, session)
            session.repeats |= "<wp:docPr " in xml
            needs = (needs - {"grids"}) | RICH | (JOINED if session.has_subdocuments else frozenset())
        if self._word and layout.has_breaks(xml):
            xml = layout.resolve(xml)
        xml = mend(xml, needs)
        session.repeats |= "ids" in needs
        if self._raises:
            xml = layout.raised(xml, self._look.ids["exposant"])
        if self._word and "[" in xml:
            xml = layout.highlighted(xml, self._look.ids["a_completer"])
        return xml

    def _settled(self, xml: str, session: Session) -> str:
        try:
            return session.settle(xml)
        except (TemplateError, SecurityError) as error:
            place = getattr(error, "place", "") or self._source.tags[0][2].split(",")[0]
            raise TemplateError(str(error), place=place, hint=getattr(error, "hint", "")) from error

    def checked(self, xml: str, values: dict[str, Any], session: Session) -> bytes:
        """The part's bytes, once read strictly where they are not known to be XML: what Word would refuse
        never leaves, and no field that its tags have put together from harmless pieces."""
        try:
            data = xml.encode("utf-8")
            sure = self.part in session.whole and not _may_be_refused(data)
            instructed = "instr" in xml or "Instr" in xml
            if instructed and (self._has_fields or not sure) and FIELD_SIGNS.findall(xml) != self._fields:
                check_fields(data, self.part)  # which reads it as strictly
            elif not sure:
                expat.ParserCreate().Parse(data, True)
        except (expat.ExpatError, UnicodeEncodeError) as error:
            raise unreadable(str(error), values, self.part) from error
        return data


def _may_be_refused(data: bytes) -> bool:
    """Whether a part in UTF-8 has a sign that XML may not hold."""
    return b"\xef" in data or len(data.translate(None, _CONTROLS)) < len(data)


_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))  # and U+FFFE, U+FFFF, which begin with EF


def _marked(value: Any, inside: bool = False) -> str:
    return _marked_text(value) if value.__class__ is str else printed(value)


@lru_cache(maxsize=8192)  # names, labels and dates come back from act to act
def _marked_text(text: str) -> str:
    return printed(mark(text))


def printing_through(root: Any, escape: Callable[..., str]) -> Callable[..., Any]:
    """A Jinja program that prints through this function, and not through `markupsafe.escape`."""
    names = {**root.__globals__, "escape": escape, "markup_join": _MARKUP_JOIN, "str_join": _STR_JOIN}
    return FunctionType(root.__code__, names, root.__name__, root.__defaults__, root.__closure__)


_MARKUP_JOIN, _STR_JOIN = counted_join(markup_join), counted_join(str_join)


def compiled(source: Source, environment: Environment) -> tuple[Any, bool]:
    """The Jinja template of a source, and whether it is whole. Raises TemplateError, in French,
    with the place of the tag at fault."""
    token = BUDGET.set(Budget())  # constants are computed here
    try:
        code, whole = _code(source.jinja, environment)
    except _TooDeep as error:
        raise _at_line(source, error.line, TOO_DEEP, "") from error
    except TemplateSyntaxError as error:
        raise misread(source, error) from error
    except TemplateError as error:
        raise _at_line(source, int(error.place), str(error), "") from error
    finally:
        BUDGET.reset(token)
    return environment.template_class.from_code(environment, code, environment.make_globals(None)), whole


class _TooDeep(Exception):
    """Too much, one inside the other, at `line` of a program."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@lru_cache(maxsize=64)  # the parts of a dozen templates: a page that stays open draws the same ones all day
def _code(jinja: str, environment: Environment) -> tuple[CodeType, bool]:
    tree = nodes.Template([], lineno=0)
    try:
        tree = environment.parse(jinja)
        check_tree(tree)
        return environment.compile(tree), is_whole(tree)
    except (RecursionError, MemoryError, SyntaxError) as error:
        raise _TooDeep(deepest(tree)[0].lineno) from error


_VALUE: Final = "&amp;']]"
"""Stands for an escaped value: XML takes it in text and in double quotes, and nowhere else."""

_BLOCK: Final = "ctg-block"


class _Piece(NamedTuple):
    """Some of a program's text, the elements open before it and after it, the blocks inside it."""

    around: tuple[str, ...]
    body: Iterable[nodes.Node]


class _Unproved(Exception):
    """Something that only a rendered document can tell."""


def is_whole(tree: nodes.Template) -> bool:
    """Whether all that a program prints is XML, as long as its values are escaped and XML can hold them."""
    waiting = [_Piece((), tree.body)]
    try:
        while waiting:
            waiting += _inside(waiting.pop())
    except (_Unproved, expat.ExpatError):
        return False
    return True


def _inside(piece: _Piece) -> list[_Piece]:
    """The branches of the blocks of a piece, each between the elements that are open around it."""
    text, branches = _text(piece.body)
    opening = "".join(f"<{name}>" for name in piece.around)
    closing = "".join(f"</{name}>" for name in reversed(piece.around))
    open_elements: list[str] = []
    found: list[_Piece] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: open_elements.append(name)
    parser.EndElementHandler = lambda _: open_elements.pop()

    def block(target: str, number: str) -> None:
        if target == _BLOCK:
            found.extend(_Piece(tuple(open_elements), branch) for branch in branches[int(number)])

    parser.ProcessingInstructionHandler = block
    parser.Parse(opening + text + closing, True)
    return found


def _text(body: Iterable[nodes.Node]) -> tuple[str, list[list[list[nodes.Node]]]]:
    """A body's text with its marks, and the branches of each of its blocks, in order."""
    out: list[str] = []
    blocks: list[list[list[nodes.Node]]] = []
    for node in body:
        if isinstance(node, nodes.Output):
            out += [it.data if isinstance(it, nodes.TemplateData) else _VALUE for it in node.nodes]
        elif isinstance(node, (nodes.For, nodes.If)):
            others = [one.body for one in node.elif_] if isinstance(node, nodes.If) else []
            out.append(f"<?{_BLOCK} {len(blocks)}?>")
            blocks.append([node.body, *others, node.else_])
        elif not isinstance(node, (nodes.Assign, nodes.AssignBlock, nodes.Macro)):
            raise _Unproved
    text = "".join(out)
    if "<!" in text or text.removeprefix("<?xml ").count("<?") > len(blocks):  # a mark inside would go unseen
        raise _Unproved
    return text, blocks
