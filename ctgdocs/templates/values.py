"""What a context may hold: plain values, and these objects, which need no template.

`RichText` (several looks in one place), `RichTextParagraph`, `Listing` (text with line breaks) and
`InlineImage`: docxtpl's API, without its template argument, escaped and in the order Word's schema wants.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from decimal import Decimal
from html import escape
from os import PathLike
from typing import IO, Any, Protocol

from markupsafe import Markup

from ctgdocs.prose import Picture, Prose
from ctgdocs.word.package import content_of

_UNDERLINES = ("single", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave")


class Page(Protocol):
    """The document being written, as a value of it sees it (session.py)."""

    has_markup: bool
    """Whether something was printed that is not escaped text."""

    def hold(self, value: HeldValue) -> Markup:
        """A mark to print now; the value's markup takes its place once Jinja is done."""

    def link(self, url: str) -> str:
        """The id, in the current part, of a hyperlink to an address."""

    def picture(self, image: InlineImage) -> str:
        """The frame of a picture, its file added to the document."""

    def prose(self, prose: Prose, keep: bool) -> str:
        """Block-level XML of long text; `keep` keeps its end with what follows."""


PAGE: ContextVar[Page] = ContextVar("page")
"""The document being written by this thread: what a value needs to know when a template prints it."""


class HeldValue:
    """A value that becomes Word markup, not text: it prints as a mark, replaced once it can be seen where in
    the page the mark fell. `block`: it stands in place of a whole paragraph."""

    block = False

    def __html__(self) -> str:
        page = PAGE.get(None)
        if page is None:
            raise TypeError("une valeur riche ne s’imprime que par Template.render")
        return page.hold(self)

    def markup(self, page: Any) -> str:
        """Its WordprocessingML: runs, or paragraphs and tables when `block`."""
        raise NotImplementedError


class UrlId(str):
    """The id of a hyperlink's relationship, that remembers its address: see `Template.build_url_id`."""

    __slots__ = ("url",)
    url: str


class RichText(HeldValue):
    """Text in several looks inside a paragraph: `{{r texte }}`.

    Same arguments as docxtpl's: `style` (a character style's id), `color` and `highlight` (`#rrggbb`), `size`
    (half-points), `font` (`Arial`, or `eastAsia:Arial`), `underline` (True or a kind of line), `url_id`.
    """

    def __init__(self, text: Any = None, **properties: Any) -> None:
        self.xml = ""
        self.links: dict[str, str] = {}
        if text:
            self.add(text, **properties)

    def add(
        self,
        text: Any,
        style: str | None = None,
        color: str | None = None,
        highlight: str | None = None,
        size: int | None = None,
        subscript: bool | None = None,
        superscript: bool | None = None,
        bold: bool = False,
        italic: bool = False,
        underline: bool | str = False,
        strike: bool = False,
        font: str | None = None,
        url_id: str | None = None,
        rtl: bool = False,
        lang: str | None = None,
    ) -> None:
        if isinstance(text, RichText):
            self.xml += text.xml
            self.links.update(text.links)
            return
        if isinstance(text, bytes):
            text = text.decode("utf-8", errors="ignore")
        look = _look(
            style=style, color=color, highlight=highlight, size=size, subscript=subscript,
            superscript=superscript, bold=bold, italic=italic, underline=underline,
            strike=strike, font=font, rtl=rtl, lang=lang,
        )  # fmt: skip
        xml = f'<w:r>{look}<w:t xml:space="preserve">{escape(str(text))}</w:t></w:r>'
        if url_id:
            if isinstance(url_id, UrlId):
                self.links[str(url_id)] = url_id.url
            xml = f'<w:hyperlink r:id="{escape(url_id)}" w:tgtFrame="_blank">{xml}</w:hyperlink>'
        self.xml += xml

    def markup(self, page: Page) -> str:
        xml = self.xml
        for id, url in self.links.items():
            xml = xml.replace(f'r:id="{id}"', f'r:id="{page.link(url)}"')
        return xml

    def __str__(self) -> str:
        return self.xml


class RichTextParagraph(HeldValue):
    """Paragraphs of rich text, each with its own style, in place of the tag's paragraph: `{{p texte }}`."""

    block = True

    def __init__(self, text: Any = None, **properties: Any) -> None:
        self.xml = ""
        self.links: dict[str, str] = {}
        if text:
            self.add(text, **properties)

    def add(self, text: Any, parastyle: str | None = None) -> None:
        rich = text if isinstance(text, RichText) else RichText(text)
        style = f'<w:pPr><w:pStyle w:val="{escape(parastyle)}"/></w:pPr>' if parastyle else ""
        self.xml += f"<w:p>{style}{rich.xml}</w:p>"
        self.links.update(rich.links)

    markup = RichText.markup

    def __str__(self) -> str:
        return self.xml


class Listing:
    r"""Text whose `\n`, `\a` (new paragraph), `\t` and `\f` (new page) shape the page: `{{ liste }}`."""

    def __init__(self, text: Any) -> None:
        self.xml = escape(text if isinstance(text, str) else str(text))

    def __html__(self) -> str:
        return self.xml

    __str__ = __html__


class InlineImage(HeldValue):
    """A picture in the text: `{{ logo }}`. `width` and `height` in EMU (`docx.shared.Mm(20)`), `anchor` an
    address that a click opens, `alt` what a screen reader says."""

    def __init__(
        self,
        image: str | PathLike[str] | bytes | IO[bytes],
        width: int | None = None,
        height: int | None = None,
        anchor: str | None = None,
        alt: str | None = None,
    ) -> None:
        self.image, self.width, self.height, self.anchor, self.alt = image, width, height, anchor, alt
        self.name = str(image) if isinstance(image, (str, PathLike)) else ""
        self._data: bytes | None = None

    @property
    def data(self) -> bytes:
        """The file's bytes, read once."""
        if self._data is None:
            self._data = content_of(self.image)
        return self._data

    @classmethod
    def of(cls, picture: Picture) -> InlineImage:
        """A picture of the house’s own values, in its own size."""
        image = cls(picture.data, picture.width, picture.height, alt=picture.alt)
        image.name = picture.source
        return image

    def markup(self, page: Page) -> str:
        return f"<w:r><w:drawing>{page.picture(self)}</w:drawing></w:r>"


class HeldProse(HeldValue):
    """A `Prose` on its way to the page."""

    block = True
    __slots__ = ("keep", "prose")

    def __init__(self, prose: Prose, keep: bool = False) -> None:
        self.prose = prose
        self.keep = keep

    def __bool__(self) -> bool:
        return bool(self.prose)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.prose)

    def markup(self, page: Page) -> str:
        return page.prose(self.prose, self.keep)


def _look(*, font: str | None, rtl: bool, **given: Any) -> str:
    """`<w:rPr>` with its children in the schema's order; nothing when there is no property."""
    underline = given["underline"]
    fonts = ""
    if font:
        region, _, face = font.rpartition(":")
        face = escape(face)
        fonts = f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:cs="{face}"'
        fonts += (
            f' w:{escape(region)}="{face}"/>' if region and region not in ("ascii", "hAnsi", "cs") else "/>"
        )
    both = "<w:{0}/><w:{0}Cs/>" if rtl else "<w:{0}/>"
    raised = "superscript" if given["superscript"] else "subscript" if given["subscript"] else ""
    pieces = (
        _valued("rStyle", given["style"]),
        fonts,
        both.format("b") if given["bold"] else "",
        both.format("i") if given["italic"] else "",
        "<w:strike/>" if given["strike"] else "",
        _valued("color", str(given["color"] or "").removeprefix("#")),
        _valued("sz", given["size"]) + _valued("szCs", given["size"]),
        _valued("u", (underline if underline in _UNDERLINES else "single") if underline else ""),
        _shading(given["highlight"]),
        _valued("vertAlign", raised),
        '<w:rtl w:val="true"/>' if rtl else "",
        _valued("lang", given["lang"]),
    )
    inside = "".join(pieces)
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def _valued(name: str, value: Any) -> str:
    return f'<w:{name} w:val="{escape(str(value))}"/>' if value else ""


def _shading(color: str | None) -> str:
    return (
        f'<w:shd w:val="clear" w:color="auto" w:fill="{escape(color.removeprefix("#"))}"/>' if color else ""
    )


# --- The context of a document: plain values only, every one of them checked before a template sees it


_PLAIN = (str, int, float, bool, type(None), Decimal, dt.date, dt.datetime, dt.time)
_LEAVES = frozenset(_PLAIN)
_TEXT = frozenset((str,))
_DEEPEST = 60
_OBJECTS = (HeldValue, Listing)


def plain(context: Mapping[str, Any]) -> dict[str, Any]:
    """The context, every value of it plain; the `Prose` in it ready for the page.

    Raises TypeError naming the first value that is not plain (`elus[2].nom`).
    """
    if not isinstance(context, Mapping):
        raise TypeError("le contexte doit être un dictionnaire de valeurs")
    return _plain_dict(context if isinstance(context, dict) else dict(context), "", 0)  # type: ignore[no-any-return]


def _is_row(value: dict[Any, Any]) -> bool:
    return _LEAVES.issuperset(map(type, value.values())) and _TEXT.issuperset(map(type, value))


def _plain_dict(value: dict[Any, Any], path: str, depth: int) -> Any:
    if _is_row(value):
        return value
    changed = None
    for key, item in value.items():
        if type(key) is not str and not isinstance(key, (str, int)):
            raise TypeError(f"« {path or 'contexte'} » : une clé n’est pas un texte ({key!r})")
        if type(item) in _LEAVES:
            continue
        kept = _plain(item, f"{path}.{key}" if path else str(key), depth)
        if kept is not item:
            changed = dict(value) if changed is None else changed
            changed[key] = kept
    return value if changed is None else changed


def _plain_list(value: Any, path: str, depth: int) -> Any:
    if _LEAVES.issuperset(map(type, value)):
        return value
    changed = None
    for index, item in enumerate(value):
        kind = type(item)
        if kind in _LEAVES or (kind is dict and _is_row(item)):
            continue
        kept = _plain(item, f"{path}[{index}]", depth)
        if kept is not item:
            changed = list(value) if changed is None else changed
            changed[index] = kept
    return value if changed is None else changed


def _plain(value: Any, path: str, depth: int) -> Any:
    if depth > _DEEPEST:
        raise TypeError(f"« {path[:60]}… » : données trop profondes, ou qui se contiennent elles-mêmes")
    if isinstance(value, dict):
        return _plain_dict(value if type(value) is dict else dict(value), path, depth + 1)
    if isinstance(value, Picture):
        return InlineImage.of(value)
    if isinstance(value, (list, tuple)):
        return _plain_list(value, path, depth + 1)
    if isinstance(value, Prose):
        return HeldProse(value)
    if isinstance(value, _OBJECTS):
        return value
    if isinstance(value, _PLAIN) and not hasattr(value, "__html__"):
        return value
    raise TypeError(
        f"« {path} » : {_described(value)} n’a pas sa place dans un document ; donnez du texte, un nombre, "
        "une date, une liste ou un dictionnaire de ces valeurs"
    )


def _described(value: Any) -> str:
    if callable(value):
        return "une fonction ou une classe"
    if isinstance(value, Markup):
        return "du texte déjà balisé (Markup)"
    return f"un objet Python ({type(value).__name__})"


_UNPRINTABLE = re.compile("[\x00-\x06\x08\x0b\x0d-\x1f\ud800-\udfff\ufffe\uffff]")


def unprintable(value: Any, path: str = "") -> tuple[str, str] | None:
    """The path of the first text that XML cannot hold, and the character (`U+0008`); None: all is well."""
    if isinstance(value, str):
        sign = _UNPRINTABLE.search(value)
        return (path, f"U+{ord(sign[0]):04X}") if sign else None
    if isinstance(value, (RichText, RichTextParagraph, Listing)):
        return unprintable(value.xml, path)
    if isinstance(value, dict):
        inside = ((f"{path}.{key}" if path else str(key), item) for key, item in value.items())
    elif isinstance(value, (list, tuple)):
        inside = ((f"{path}[{index}]", item) for index, item in enumerate(value))
    else:
        return None
    return next((found for where, item in inside if (found := unprintable(item, where))), None)
