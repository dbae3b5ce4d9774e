"""The tags of a template where they stand: what is wrong with one, before asking what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from ctgdocs.findings import Finding, Place, Severity, TemplateError, advice
from ctgdocs.templates.tags import Tag, normalise, spans
from ctgdocs.word.locator import Spot, excerpt

if TYPE_CHECKING:
    from ctgdocs.word.locator import Spot


# --- What the lint says of a template: findings with their place in Word, in reading order


CODES: dict[str, str] = {
    "fichier": "le fichier n’est pas un modèle Word utilisable",
    "champ-inconnu": "une balise demande un champ qui n’existe pas",
    "valeur-riche": "un texte long (ou mis en forme) est demandé comme un simple mot",
    "syntaxe": "une balise ne se lit pas",
    "balise-inconnue": "une balise commence par un mot inconnu",
    "filtre-inconnu": "une balise demande un filtre ou un test qui n’existe pas",
    "interdit": "une balise demande ce qu’un modèle n’a pas le droit de faire",
    "bloc-non-ferme": "un bloc (for, if…) n’est jamais fermé",
    "fin-sans-bloc": "une fin de bloc sans début",
    "bloc-a-cheval": "un bloc s’ouvre et se ferme à des endroits qui ne vont pas ensemble",
    "bloc-seul": "une balise de bloc, seule dans son paragraphe, laisse une ligne vide",
    "hors-tableau": "une balise de ligne ou de cellule hors d’un tableau",
    "deux-blocs": "deux balises qui prennent chacune tout le paragraphe, la ligne ou la cellule",
    "texte-perdu": "du texte disparaît avec la balise qui prend toute sa place",
    "revision": "une balise est prise dans des modifications suivies",
    "balise-mixte": "une balise a plusieurs mises en forme",
    "tiret": "une balise avec un tiret avale le paragraphe voisin",
    "accolade": "une balise sans début ou sans fin",
    "accolade-seule": "une accolade seule dans le texte",
    "partie-non-lue": "une balise dans une partie du fichier qui n’est pas remplie",
    "style-absent": "un style qui manque à la charte ou au modèle",
    "contenu-actif": "une macro, un objet ou un lien vers un autre fichier",
}


@dataclass(slots=True)
class Report:
    """Collects the findings of one file; `file` is how messages name it."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        spot: Spot | None = None,
        *,
        severity: Severity = Severity.ERREUR,
        hint: str = "",
        where: str = "",
    ) -> None:
        """A finding at a paragraph, or at `where`. Its place holds the paragraph's rank as its column, so
        that findings sort in reading order and `annotate` finds the paragraph again."""
        place = Place(self.file, 0, spot.rank, spot.shown()) if spot else Place(self.file, 0, 0, where)
        self.findings.append(Finding(code, severity, message, place, hints=advice(hint)))

    def in_order(self) -> list[Finding]:
        return sorted(dict.fromkeys(self.findings), key=lambda finding: finding.place.column)


_HALF = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_LITERAL = re.compile(r"\{_\{|\}_\}|\{_%|%_\}")
_ENDS_RAW = re.compile(r"\{%[-+]?\s*endraw")
_OPENINGS = ("{{", "{%", "{#")
_ANY_OPENING = re.compile(r"\{[{%#]")
_CONTROL = frozenset(("for", "endfor", "if", "elif", "else", "endif"))


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A tag in its paragraph; `tag` is None when it cannot be read."""

    spot: Spot
    text: str
    start: int
    end: int
    tag: Tag | None

    @property
    def prefix(self) -> str:
        return self.tag.prefix if self.tag else ""

    @property
    def kind(self) -> str:
        return self.text[:2]

    @property
    def expression(self) -> str:
        return self.tag.expression if self.tag else ""

    @property
    def keyword(self) -> str:
        """The first word of a `{% %}` tag: `for`, `endif`…"""
        match = re.match(r"\w+", self.expression) if self.kind == "{%" else None
        return match[0] if match else ""

    @property
    def unit(self) -> etree._Element | None:
        """What docxtpl takes away with a prefixed tag: its paragraph, row or cell."""
        return {"tr": self.spot.row, "tc": self.spot.cell}.get(self.prefix, self.spot.element)


def tags_of(spot: Spot, report: Report) -> list[Placed]:
    """The tags of a paragraph; those that cannot be read are reported."""
    found = []
    for start, end in spans(spot.text):
        text = spot.text[start:end]
        tag = None
        try:
            tag = Tag(text, normalise(text), start, end, spot.place)
        except TemplateError as error:
            report.add("syntaxe", str(error), spot, hint=error.hint)
        found.append(Placed(spot, text, start, end, tag))
    return found


def rest_of(spot: Spot) -> str:
    """What a paragraph says besides its tags."""
    return _without_tags(spot.text, "").strip()


def _without_tags(text: str, instead: str) -> str:
    """A text with something else in place of each tag, and of what stands raw between two."""
    kept = []
    done = 0
    for start, end in spans(text):
        between = text[done:start]
        kept.append(instead if _ENDS_RAW.match(text, start) else between)
        kept.append(instead)
        done = end
    return "".join((*kept, text[done:]))


def check_paragraph(spot: Spot, tags: list[Placed], report: Report) -> None:
    """What can be seen in one paragraph."""
    _braces(spot, report)
    if not tags:
        return
    if spot.revised:
        report.add(
            "revision",
            "ce paragraphe porte des modifications suivies autour d’une balise : du texte serait perdu",
            spot,
            hint="dans Word, Révision : acceptez ou refusez les modifications de ce paragraphe",
        )
    for placed in tags:
        _look(placed, report)
        if re.match(r"\{[{%]-|.*-[}%]\}$", placed.text, re.DOTALL):
            report.add(
                "tiret",
                f"« {placed.text} » avale ce qui l’entoure, jusqu’au paragraphe voisin",
                spot,
                severity=Severity.ALERTE,
                hint="retirez le tiret, ou mettez la balise seule dans son paragraphe avec {%p … %}",
            )
        if placed.prefix in ("tr", "tc") and placed.unit is None:
            report.add(
                "hors-tableau",
                f"« {placed.text} » vaut pour une ligne ou une cellule, et n’est pas dans un tableau",
                spot,
                hint="écrivez {%p … %} pour un paragraphe",
            )
    _lost_text(spot, tags, report)
    _alone(spot, tags, report)


def _braces(spot: Spot, report: Report) -> None:
    rest = _LITERAL.sub(" ", _without_tags(spot.text, " "))
    for half in _HALF.findall(rest):
        if half in _OPENINGS:
            message = f"« {half} » ouvre une balise qui n’est jamais fermée dans ce paragraphe"
            hint = "une balise tient dans un seul paragraphe : {{ champ }} ou {% … %}"
        else:
            message = f"« {half} » ferme une balise qui n’a pas été ouverte"
            hint = "ajoutez le début de la balise, ou retirez ces accolades"
        report.add("accolade", message, spot, hint=hint)
    if not _HALF.search(rest) and ("{" in rest or "}" in rest):
        report.add(
            "accolade-seule",
            "une accolade seule : elle sera imprimée telle quelle",
            spot,
            severity=Severity.ALERTE,
            hint="pour un champ, doublez-la : {{ champ }}",
        )


def _look(placed: Placed, report: Report) -> None:
    inside = [p for p in placed.spot.pieces if p.start < placed.end and p.end > placed.start]
    if len({piece.look for piece in inside}) > 1:
        report.add(
            "balise-mixte",
            f"la balise « {excerpt(placed.text)} » a plusieurs mises en forme : seule la première vaut",
            placed.spot,
            severity=Severity.ALERTE,
            hint="sélectionnez toute la balise et donnez-lui une seule mise en forme",
        )


def _lost_text(spot: Spot, tags: list[Placed], report: Report) -> None:
    """A prefixed tag takes its whole paragraph away, and only one can."""
    prefixed = [placed for placed in tags if placed.prefix == "p"]
    if not prefixed:
        return
    if len(prefixed) > 1:
        report.add(
            "deux-blocs",
            "plusieurs balises de paragraphe dans le même paragraphe : « "
            + " », « ".join(excerpt(placed.text) for placed in prefixed)
            + " »",
            spot,
            hint="mettez chaque balise {%p … %} ou {{p … }} seule dans son paragraphe",
        )
        return
    others = [placed.text for placed in tags if placed is not prefixed[0] and placed.kind != "{#"]
    rest = rest_of(spot) or " ".join(others)
    if rest:
        report.add(
            "texte-perdu",
            f"« {excerpt(rest)} » disparaît avec la balise « {excerpt(prefixed[0].text)} », "
            "qui prend tout le paragraphe",
            spot,
            hint="mettez la balise seule dans son paragraphe",
        )


def _alone(spot: Spot, tags: list[Placed], report: Report) -> None:
    """`{% for %}` alone in its paragraph leaves an empty paragraph at each turn."""
    control = [placed for placed in tags if placed.keyword in _CONTROL and not placed.prefix]
    if not control or len(control) < len(tags) or rest_of(spot):
        return
    opened = sum(1 for placed in control if placed.keyword in ("for", "if"))
    closed = sum(1 for placed in control if placed.keyword.startswith("end"))
    if opened == closed and opened:
        return
    tag = control[0].text
    report.add(
        "bloc-seul",
        f"« {excerpt(tag)} » est seule dans son paragraphe : elle y laisse une ligne vide",
        spot,
        severity=Severity.ALERTE,
        hint=f"écrivez « {excerpt(tag.replace('{%', '{%p', 1))} »"
        + (", ou {%tr … %} pour répéter la ligne du tableau" if spot.row is not None else ""),
    )


def check_units(tags: list[Placed], report: Report) -> None:
    """A row or a cell goes away whole with its tag: one per row (or cell), and nothing else in it."""
    for prefix, what in (("tr", "ligne"), ("tc", "cellule")):
        for group in _by_unit([placed for placed in tags if placed.prefix == prefix]):
            if len(group) > 1:
                report.add(
                    "deux-blocs",
                    f"plusieurs balises de {what} dans la même {what} : « "
                    + " », « ".join(excerpt(placed.text) for placed in group)
                    + " »",
                    group[0].spot,
                    hint=f"mettez chaque balise {{%{prefix} … %}} seule dans sa {what}",
                )
                continue
            lost = _text_of_unit(group[0])
            if lost:
                report.add(
                    "texte-perdu",
                    f"« {excerpt(lost)} » disparaît avec la balise « {excerpt(group[0].text)} », "
                    f"qui prend toute la {what}",
                    group[0].spot,
                    hint=f"mettez la balise seule dans sa {what}, avant et après celle qui se répète",
                )


def _by_unit(tags: list[Placed]) -> Iterator[list[Placed]]:
    groups: dict[etree._Element, list[Placed]] = {}
    for placed in tags:
        if placed.unit is not None:
            groups.setdefault(placed.unit, []).append(placed)
    yield from groups.values()


def _text_of_unit(placed: Placed) -> str:
    unit = placed.unit
    texts = [] if unit is None else [str(text) for text in unit.itertext("{*}t")]
    return "".join(texts).replace(placed.text, "", 1).strip()
