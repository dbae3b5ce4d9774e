"""What someone must still write, `[à compléter : …]`, stands out in the document: a named character style.

One pass over the text of a rendered part, whatever printed it: a value, long text, the template itself.
"""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"\[\s*[àÀa]\s+compl[ée]ter\b[^\]<]*\]", re.IGNORECASE)
_RUN = re.compile(
    r"(?P<open><w:r(?: [^>]*)?>)(?P<look><w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?"
    r"<w:t(?: [^>]*)?>(?P<text>[^<]*)</w:t></w:r>"
)
_SPACED = '<w:t xml:space="preserve">'


def highlighted(xml: str, style_id: str) -> str:
    """The part's XML with each placeholder in a run of this style; one split over several runs (bold inside
    it, a line break) stays as it is."""

    def split(run: re.Match[str]) -> str:
        text, look = run["text"], run["look"] or ""
        if not PLACEHOLDER.search(text):
            return run[0]
        marked = _with_style(look, style_id)
        out: list[str] = []
        done = 0
        for found in PLACEHOLDER.finditer(text):
            if found.start() > done:
                out.append(f"{run['open']}{look}{_SPACED}{text[done : found.start()]}</w:t></w:r>")
            out.append(f"{run['open']}{marked}{_SPACED}{found[0]}</w:t></w:r>")
            done = found.end()
        if done < len(text):
            out.append(f"{run['open']}{look}{_SPACED}{text[done:]}</w:t></w:r>")
        return "".join(out)

    return _RUN.sub(split, xml)


def _with_style(look: str, style_id: str) -> str:
    """The look of a run, in this character style instead of its own; direct formatting stays."""
    inner = re.sub(r"<w:rStyle [^>]*/>", "", look.removeprefix("<w:rPr>").removesuffix("</w:rPr>"))
    return f'<w:rPr><w:rStyle w:val="{style_id}"/>{inner}</w:rPr>'
