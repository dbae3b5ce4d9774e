"""What Word computes in long text: the number of a heading referred to, the table of contents.

Both are fields with a result already in them, so a reader that computes nothing still shows the right words.
"""

from __future__ import annotations

from ctgdocs.stages import Contents

FIRST_BOOKMARK = 50_000  # ids of the bookmarks of long text, far from those of a template

_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {text} </w:instrText></w:r>'


def reference(bookmark: str, run: str) -> str:
    """A field that prints the number of the heading marked `bookmark` (« article 2 », « 2.1 »); `run` is what
    it shows until then.

    `\\n` asks for the number as it stands before the heading, without its full stop, `\\h` makes it a link
    (ECMA-376 part 1, § 17.16.5.50), `\\* Lower` says « article » inside a sentence (§ 17.16.4.3).
    """
    field = _instruction(rf"REF {bookmark} \n \h \* Lower")
    return f"{_BEGIN}{field}{_SEPARATE}{run}{_END}"


def contents(block: Contents, openings: dict[int, str], texts: list[str]) -> str:
    """The paragraphs of a table of contents: `openings` gives the opening of a paragraph per level, `texts`
    the run of each entry. Not marked dirty: Word would ask a question each time the document is opened; the
    entries are links, and « Mettre à jour les champs » adds the pages."""
    deepest = max(entry.level for entry in block.entries)
    toc = _instruction(rf'TOC \o "1-{deepest}" \h \z \u')
    begin = _BEGIN + toc + _SEPARATE
    out: list[str] = []
    for entry, text in zip(block.entries, texts, strict=True):
        link = f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{text}</w:hyperlink>'
        out += (openings[entry.level], begin, link, "</w:p>")
        begin = ""
    out.insert(-1, _END)
    return "".join(out)
