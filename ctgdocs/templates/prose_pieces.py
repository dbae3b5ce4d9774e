"""What long text is written with: the styles of a template, escaped text, the fields that Word computes."""

from __future__ import annotations

from typing import Final, NamedTuple

from ctgdocs.prose import Contents
from ctgdocs.templates.charts import ChartLook

TEXT: Final = '<w:t xml:space="preserve">'
_TAB = "<w:r><w:tab/></w:r>"


class ListLevel(NamedTuple):
    """How one level of a list is numbered: the abstract numbering and its level, from 0."""

    abstract: int
    level: int


class ProseStyles(NamedTuple):
    """A template as the writer of long text sees it, plain data (`prose_styles.styles_of` reads it): `ids`
    gives the style id of every role the template can play; `numbers` the numbering of the numbered list
    levels, `bullets` that of the others; `text_width` and `text_height` are in twips; `next_*` are the first
    free ids; the `*_part` are part names; `charts` is how charts look."""

    ids: dict[str, str]
    numbers: tuple[ListLevel, ...]
    bullets: tuple[ListLevel, ...]
    next_number: int
    next_note: int
    text_width: int
    text_height: int
    numbering_part: str
    footnotes_part: str
    charts: ChartLook


def escape(text: str) -> str:
    """Text as it stands between tags; a line break or a tab in it becomes Word's own."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text or ">" in text:
        text = text.replace("<", "&lt;").replace(">", "&gt;")
    if "\n" in text or "\t" in text:
        text = text.replace("\n", f"</w:t><w:br/>{TEXT}").replace("\t", f"</w:t><w:tab/>{TEXT}")
    return text


def attribute(text: str) -> str:
    """Text as it stands inside double quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("\n", " ")


# --- What Word computes in long text: the number of a heading referred to, the table of contents


_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_OUT_OF_DATE = _BEGIN.replace("/></w:r>", ' w:dirty="true"/></w:r>')
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {text} </w:instrText></w:r>'


def reference(bookmark: str, run: str) -> str:
    """A field that prints the number of the heading marked `bookmark` (« article 2 », « 2.1 »); `run` is what
    it shows until then.

    `\\n` asks for the number as it stands before the heading, without its full stop, `\\h` makes it a link
    (ECMA-376 part 1, § 17.16.5.51), `\\* Lower` says « article » inside a sentence (§ 17.16.4.3). The word
    « REF », which Word needs not, is left out: LibreOffice, which does not know `\\* Lower`, would compute
    « l’Article 2 », and leaves as it stands a field that has no name.
    """
    field = _instruction(rf"{bookmark} \n \h \* Lower")
    return f"{_BEGIN}{field}{_SEPARATE}{run}{_END}"


def contents(block: Contents, openings: dict[int, str]) -> str:
    """The paragraphs of a table of contents: `openings` gives the opening of a paragraph per level.

    Nobody knows a page before the pages are laid out. LibreOffice computes each « PAGEREF » as it opens the
    file, which it does not inside a « TOC » field; Word when it is told that the field is out of date
    (« dirty », ECMA-376 part 1, § 17.16.18)."""
    out: list[str] = []
    for entry in block.entries:
        number = f"<w:r>{TEXT}{escape(entry.number)}</w:t></w:r>{_TAB}" if entry.number else ""
        page = _OUT_OF_DATE + _instruction(rf"PAGEREF {entry.bookmark} \h") + _SEPARATE + _END
        said = f"{number}<w:r>{TEXT}{escape(entry.text)}</w:t></w:r>{_TAB}{page}"
        link = f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{said}</w:hyperlink>'
        out += (openings[entry.level], link, "</w:p>")
    return "".join(out)
