"""A Word template that holds every field of a kind: what an author starts from, and takes away from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from lxml import etree

from ctgdocs.prose import Picture
from ctgdocs.templates.charte import dress
from ctgdocs.templates.charte_page import sections_of
from ctgdocs.templates.expressions import UNKNOWN, element_of, is_block, is_rich
from ctgdocs.templates.prose_styles import style_ids
from ctgdocs.word.names import W_NS
from ctgdocs.word.package import Readable, content_of, read, write
from ctgdocs.word.parts import main_part, one, parse, serialize, w

_DEEPEST = 6


def draft(
    context: Mapping[str, Any], page: Readable, charte: Readable | None, styles: Mapping[str, str]
) -> bytes:
    """The template: the page and the styles of the template `page`, in the charte, and in its body a tag for
    each field of the example `context`. Raises TemplateError for a file that is no Word."""
    package = read(content_of(page))
    if charte is not None:
        package = dress(package, read(content_of(charte)), styles)
    sheet = one(package, "styles")
    ids = style_ids(parse(package[sheet])) if sheet else {}
    main = main_part(package)
    root = parse(package[main], main)
    body = root.find(w("body"))
    assert body is not None
    section = sections_of(root)[0]  # that which brings the headers
    for node in list(body):
        body.remove(node)
    lines = "".join(_Draft(ids).fields(context, "", 0, frozenset(context)))
    body.extend(etree.fromstring(f'<w:body xmlns:w="{W_NS}">{lines}</w:body>'))
    body.append(section)
    return write({**package, main: serialize(root)})


class _Draft:
    """The paragraphs of the fields, in the styles `ids` by role."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self._ids = ids

    def fields(
        self, record: Mapping[str, Any], before: str, depth: int, taken: frozenset[str]
    ) -> Iterator[str]:
        for name, value in record.items():
            if name.isidentifier() and depth < _DEEPEST:
                yield from self._field(f"{before}{name}", name, value, depth, taken)

    def _field(self, path: str, name: str, value: Any, depth: int, taken: frozenset[str]) -> Iterator[str]:
        label = name.replace("_", " ").capitalize()
        if isinstance(value, bool):
            yield from self._around(f"if {path}", "endif", [self._line("corps", label)])
        elif isinstance(value, Mapping):
            yield self._title(label, depth)
            yield from self.fields(value, f"{path}.", depth + 1, taken)
        elif is_rich(value):
            yield self._title(label, depth)
            yield self._line("corps", _tag(path, value))
        elif isinstance(value, (list, tuple)):
            yield self._title(label, depth)
            one = name[:-1] if name[-1] in "sx" and name[:-1] not in taken else f"un_{name}"
            inside = self._turn(one, element_of(value), depth, taken | {one})
            yield from self._around(f"for {one} in {path}", "endfor", list(inside))
        else:
            yield self._line("corps", f"{label}\u00a0: ", f"{{{{ {path} }}}}")

    def _turn(self, name: str, value: Any, depth: int, taken: frozenset[str]) -> Iterator[str]:
        if isinstance(value, Mapping):
            yield from self.fields(value, f"{name}.", depth + 1, taken)
        else:
            yield self._line("corps", f"{{{{ {name} }}}}" if value is UNKNOWN else _tag(name, value))

    def _around(self, opening: str, closing: str, lines: list[str]) -> Iterator[str]:
        yield self._line("corps", f"{{%p {opening} %}}")
        yield from lines
        yield self._line("corps", f"{{%p {closing} %}}")

    def _title(self, label: str, depth: int) -> str:
        return self._line(f"titre{min(depth + 2, 4)}", label)

    def _line(self, role: str, *texts: str) -> str:
        style = self._ids.get(role) or self._ids.get("normal", "Normal")
        runs = (f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' for text in texts)
        return f'<w:p><w:pPr><w:pStyle w:val="{escape(style)}"/></w:pPr>{"".join(runs)}</w:p>'


def _tag(path: str, value: Any) -> str:
    """What prints a value: long text takes its whole paragraph, a picture its run."""
    sign = "p" if is_block(value) else "r" if isinstance(value, Picture) or is_rich(value) else ""
    return f"{{{{{sign} {path} }}}}"
