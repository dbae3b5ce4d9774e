"""The Jinja program of one part of a template: compiled once, run for each document."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import lru_cache
from types import FunctionType
from typing import Any

from jinja2.exceptions import TemplateSyntaxError

from ctgdocs.errors import TemplateError
from ctgdocs.rendering.environment import Environment, check_tree, printed
from ctgdocs.rendering.needs import Needs
from ctgdocs.rendering.ordinals import mark
from ctgdocs.rendering.prepared import Source
from ctgdocs.rendering.skeleton import short_forms


class Program:
    """One part of a template, compiled: what makes its XML from a context."""

    __slots__ = (
        "_short",
        "first_picture",
        "jinja",
        "last",
        "needs",
        "part",
        "raises",
        "root",
        "source",
        "word",
    )

    def __init__(self, source: Source, environment: Environment, first_picture: int) -> None:
        self.source = source
        self.part = source.part
        self.word = source.part.startswith("word/")
        self.needs: Needs = source.needs
        self.first_picture = first_picture
        self.raises = False
        self.jinja = compiled(source, environment)
        self.root = printing_through(self.jinja, printed)
        self._short: dict[str, str] | None = None
        self.last: tuple[str, bytes] = ("", b"")
        """The part as it was made last, and its bytes: headers are often the same from act to act."""

    def raising(self, environment: Environment, style: str) -> Program:
        """The same part, with the ordinals of its text raised by the style, those of its values marked."""
        from ctgdocs.rendering.raising import with_ordinals

        jinja = with_ordinals(self.source.jinja, style)
        changed = jinja != self.source.jinja
        program = (
            Program(self.source._replace(jinja=jinja), environment, self.first_picture)
            if changed
            else copy(self)
        )
        program.last = ("", b"")
        program.raises = True

        def raised(value: Any, inside: bool = False) -> str:
            return _marked(value) if value.__class__ is str else printed(value)

        program.root = printing_through(program.jinja, raised)
        return program

    def run(self, common: dict[str, Any]) -> list[str]:
        """The part's XML as Jinja makes it, in pieces, from what `Environment.common` gives. Raises what
        Jinja raises."""
        return list(self.root(self.jinja.new_context(common, shared=True)))

    def to_read(self, pieces: list[str]) -> str:
        """What has to be read to know that these pieces are XML: all of it once, then short forms."""
        short = self._short
        return "".join([short.get(piece, piece) for piece in pieces] if short else pieces)

    def was_read(self, made: str, data: bytes) -> None:
        """Remembers that a part just made was read, and read whole the first time."""
        self.last = (made, data)
        if self._short is None:
            self._short = short_forms(self.root.__code__)


@lru_cache(maxsize=8192)  # names, labels and dates come back from act to act
def _marked(text: str) -> str:
    return printed(mark(text))


def printing_through(jinja: Any, escape: Callable[..., str]) -> Callable[..., Any]:
    """A Jinja program that prints through this function, and not through `markupsafe.escape`."""
    root = jinja.root_render_func
    names = {**root.__globals__, "escape": escape}
    return FunctionType(root.__code__, names, root.__name__, root.__defaults__, root.__closure__)


def compiled(source: Source, environment: Environment) -> Any:
    """The Jinja template of a source. Raises TemplateError, in French, with the place of the tag at fault."""
    try:
        tree = environment.parse(source.jinja)
        check_tree(tree)
        return environment.from_string(tree)
    except (TemplateSyntaxError, TemplateError):
        pass
    from ctgdocs.rendering.blame import misread, numbered_lines, place_of_line

    try:  # once more, to learn where
        tree = environment.parse(numbered_lines(source.jinja))
        check_tree(tree)
        environment.from_string(tree)
    except TemplateSyntaxError as error:
        raise misread(source, error) from error
    except TemplateError as error:
        place, text = place_of_line(source, int(error.place))
        raise TemplateError(f"{error} ({place} : « {text} »)" if text else str(error), place=place) from error
    raise TemplateError("le modèle ne se compile pas")
