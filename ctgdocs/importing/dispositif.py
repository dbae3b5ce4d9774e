"""What an act decides: its articles with their titles and their lists, or one decision a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ctgdocs.importing.document import Para

_ITEM = re.compile(r"(?:[-–—•·●▪◦➢➤►➔>*o]\s+|[•·●▪◦➢➤►➔]\s*|\d{1,2}\s?[.)°]-?\s+)")
_ARTICLE = re.compile(
    r"art(?:icle|\.)?\s*(?:\d+(?:er|ème|e)?|premier|unique)\s*(?:[:.–—-]\s*)*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_TITLE = 120


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
