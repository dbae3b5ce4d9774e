"""What an act decides: the sentence that decides, then articles with their titles and their lists, or one
decision a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ctgdocs.importing.document import Para
from ctgdocs.importing.worded import compiled

_ITEM = re.compile(r"(?:[-–—•·●▪◦➢➤►➔>*o]\s+|[•·●▪◦➢➤►➔]\s*|\d{1,2}\s?[.)°]-?\s+)")
_ARTICLE = re.compile(
    r"art(?:icle|\.)?\s*(?:\d+(?:er|ème|e)?|premier|unique)\s*(?:[:.–—-]\s*)*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_TITLE = 120
AGREED = compiled(
    r"après\s+délibération|après\s+(?:en\s+)?avoir\s+(?:en\s+)?(?:entendu|délibéré|oui|ouï|pris\s+connaissance)|^\s*(?:(?:ayant\s+entendu|entendu|ouï|sur\s+proposition)\b[^.:]{0,120}?,\s*)?(?:le|la|l[’'])\s*(?:conseil|comité|bureau|assemblée|collège)\b[^.]{0,90}\b(?:décide|approuve|autorise|prend\s+acte|délibère|rejette|par\s+\S+\s+voix|à\s+l[’']unanimité|à\s+la\s+majorité)|^\s*(?:décide|délibère|arrête|arrêtons|décidons|approuve)\s*(?:ce\s+qui\s+suit\s*)?(?:à\s+l[’']unanimité\s*)?:?\s*$",
)
_VERB = re.compile(
    r"\b(?P<verb>DÉCIDE(?:NT)?|DECIDE|ARRÊTE|ARRETE|ARR[ÊE]TONS|DÉLIBÈRE|DELIBERE|décide|arrête|délibère)\b\s*(?:ce\s+qui\s+suit\s*)?:?\s*"
)
_BY_VOTES = compiled(
    r"^\W*(?:à\s+la\s+majorité|par|avec)\b[^:]{0,120}?\b(?:pour|contre|abstentions?|voix)\b[^:,]{0,40}(?:[,:]\s*|$)",
)
BARE_VERB = compiled(
    r"(?:décide|délibère|arrête|arrêtons|décidons|rejette\s+(?:la|les)\s+propositions?(?:\s+suivantes?)?)\s*(?:ce\s+qui\s+suit\s*)?:?"
)
VOTES_AND_DECIDES = compiled(
    r"(?:et\s+)?(?:à|par|avec)\s[^.;]{3,160}?[,\s](?:décide|approuve|adopte|autorise|accepte|rejette|refuse|fixe|attribue|désigne"
    r"|valide|donne|charge|émet)\s\S{3,}"
)
"""« Par 5 voix pour et 2 contre, attribue une aide » : how it was voted, and what is decided."""
_FINAL = compiled(r"^.*?\baprès\s+(?:(?:en\s+)?avoir\s+(?:en\s+)?délibéré|délibération)\b")
"""What stands before what is decided, in the sentence that decides."""
_ORGAN = (
    r"(?:le|la|l[’'])\s*(?:conseil|comité|bureau|assemblée|collège)"
    r"(?:\s+(?:municipal|communautaire|syndical|métropolitain|d[’']administration|délibérante))?"
    r"(?:\s+d[eu][^,:]{3,50}(?=[,:]))?(?=[\s,:]|$)"
)
_BEFOREHAND = (
    r"(?:ayant\s+entendu|entendu|ouï|oui|sur\s+(?:proposition|rapport|le\s+rapport)"
    r"|après\s+(?:avoir|en\s+avoir|examen|lecture))\b[^,:]{0,120}(?=[,:]|$)"
)
_UNANIMOUS = (
    r"à\s+(?:l[’']unanimité|la\s+majorité)(?:\s+(?:absolue|simple))?(?:\s+(?:des|de)\s+[^,:;(]{3,60}?)?"
    r"(?:\s*,?\s*(?:moins|sauf|excepté|hormis)\s+[^,:;(]{3,80})?"
    r"(?:\s*\([^)]*\))?(?=[\s,:]*(?:[,:]|$|d[eu’']|que\b|\w+e\b))"
)
_NUMBER = (
    r"(?:\d+|(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|vingt|trente|quarante|cinquante)(?:-\w+)*(?:\set\sune?)?)"
)
_COUNTED = rf"(?:(?:par|avec|et)\s*)?{_NUMBER}\s+(?:voix\s+)?(?:pour|contre|abst?entions?)\b(?:\s*\([^)]*\))?"
_SECRET = r"(?:procède\s+au\s+)?(?:vote|voté)\s+(?:à|au)\s+(?:(?:bulletins?|scrutin)\s+secrets?|main\s+levée)"
_EDGES = " ,:\t\r\n\u00a0"
_RESULT = compiled(rf"^[\s,:]*(?:{_SECRET}|{_BEFOREHAND}|{_ORGAN}|{_UNANIMOUS}|{_COUNTED}|et\b)")
"""What stands between « après en avoir délibéré » and what is decided: who, and how it was voted."""


def item_of(para: Para) -> str:
    """What an item of a list says without its mark; "" when the paragraph is none."""
    mark = _ITEM.match(para.text)
    return para.text[mark.end() :] if mark else para.text if para.look == "bullet" else ""


@dataclass(slots=True)
class Decided:
    """One decision: the title of its article, "" for none, and its text, in Markdown."""

    titre: str = ""
    texte: str = ""

    def add(self, text: str, *, level: int = -1) -> None:
        """One more paragraph, or an item of a list of that level (from 0)."""
        listed = "- " if level >= 0 else ""
        item = f"{'  ' * max(level, 0)}{listed}{text}"
        after_item = self.texte.rpartition("\n")[2].lstrip().startswith("- ")
        gap = "" if not self.texte else "\n" if listed and after_item else "\n\n"
        self.texte += gap + item


@dataclass(slots=True)
class Dispositif:
    """The decisions of an act, taken paragraph by paragraph."""

    decisions: list[Decided] = field(default_factory=list)
    by_articles: bool = False

    def take(self, para: Para) -> None:
        numbered = para.number and _ARTICLE.match(para.number)
        article = _ARTICLE.match(f"{para.number} {para.text}" if numbered else para.text)
        if article:
            self.by_articles = True
            said = article["text"].strip()
            titled = _is_title(para, said)
            self.decisions.append(Decided(said) if titled else Decided("", said))
        elif self.by_articles and self.decisions:
            self._below(para)
        else:
            self._line(para)

    def _below(self, para: Para) -> None:
        """What an article says under its number: its list, the end of its sentence, another paragraph."""
        last, item = self.decisions[-1], item_of(para)
        if item:
            last.add(item.strip(), level=para.level if para.look == "bullet" else 0)
        elif last.texte and para.text[:1].islower() and last.texte[-1] not in ".;:":
            last.texte += f" {para.text}"
        else:
            last.add(para.text)

    def _line(self, para: Para) -> None:
        item = item_of(para).strip()
        last = self.decisions[-1].texte if self.decisions else "."
        if item or last[-1:] in ".;:" or para.text[:1].isupper():
            self.decisions.append(Decided("", item or para.text))
        else:
            self.decisions[-1].texte += f" {para.text}"

    def settle(self) -> None:
        """Decisions without the sign that parts them, those that say nothing left out."""
        for one in self.decisions:
            one.texte = one.texte.rstrip(" ;,")
            if not one.texte:
                one.titre, one.texte = "", one.titre
        self.decisions = [one for one in self.decisions if one.texte]


def _is_title(para: Para, said: str) -> bool:
    looks = para.look == "heading" or para.bold
    return looks and 0 < len(said) <= _LONGEST_TITLE and not said.endswith((".", ";", ":", ","))


def decided_by(text: str) -> str:
    """What the sentence that decides goes on to decide, without how it was voted."""
    text = text.strip()
    found = _VERB.search(text)
    if found:
        after = text[found.end() :].strip(_EDGES)
    elif final := _FINAL.match(text):
        after = text[final.end() :].strip(_EDGES)
    else:
        verb = re.search(
            r"\b(approuve|autorise|prend\s+acte|fixe|adopte|donne|désigne|APPROUVE|AUTORISE|ADOPTE|FIXE)\b.{8,}",
            text,
        )
        after = "" if text.endswith(":") else text[verb.start() :] if verb else text
    while (result := _RESULT.match(after)) and result.end():
        after = after[result.end() :].strip(_EDGES)
    after = _BY_VOTES.sub("", after).strip(_EDGES)
    return after if len(after.split()) > 1 else ""
