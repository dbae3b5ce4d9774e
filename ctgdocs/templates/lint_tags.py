"""The tags of a template where they stand: what is wrong with one, before asking what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import Template

from lxml import etree

from ctgdocs.findings import Finding, Place, Severity, TemplateError, advice
from ctgdocs.templates.tags import Tag, normalise, spans
from ctgdocs.word.walk import Paragraph, excerpt

# --- What the lint says of a template: findings with their place in Word, in reading order


E, A = Severity.ERREUR, Severity.ALERTE

FAULTS: dict[str, tuple[str, Severity, str, str]] = {
    # code, severity, message, hint; `$tag`: the tag, `$other`: what it has to do with, `$unit`: what it takes
    "vide": ("syntaxe", E, "la balise « $tag » est vide", ""),
    "illisible": ("syntaxe", E, "la balise « $tag » ne se lit pas", "$other"),
    "inconnue": ("balise-inconnue", E, "« $tag » n’est pas un mot connu en tête de balise", "$other"),
    "filtre": ("filtre-inconnu", E, "filtre inconnu : « $tag »", "$other"),
    "test": ("filtre-inconnu", E, "test inconnu : « $tag »", "$other"),
    "interdit": ("interdit", E, "« $tag » : un modèle ne peut pas en appeler un autre", ""),
    "riche": (
        "valeur-riche", E,
        "« $other » est un texte mis en forme : « $tag » en perdrait une partie",
        "écrivez « {{r $other }} »",
    ),
    "long": (
        "valeur-riche", E,
        "« $other » est un texte mis en forme : « $tag » en perdrait une partie",
        "mettez « {{p $other }} » seule dans son paragraphe",
    ),
    "sans-si": ("fin-sans-bloc", E, "« $tag » sans « if » avant elle", ""),
    "sans-debut": (
        "fin-sans-bloc", E,
        "« $tag » ferme un bloc qui n’a pas été ouvert",
        "il manque une balise « $other » avant celle-ci, ou celle-ci est de trop",
    ),
    "sans-fin": ("bloc-non-ferme", E, "« $tag » n’est jamais fermée", "ajoutez $other là où le bloc finit"),
    "a-cheval": (
        "bloc-a-cheval", E,
        "« $tag » ne va pas avec « $other",
        "le début et la fin d’un bloc ont le même préfixe (p, tr, tc ou rien), dans le même tableau "
        "ou la même suite de paragraphes",
    ),
    "revision": (
        "revision", E,
        "ce paragraphe porte des modifications suivies autour d’une balise : du texte serait perdu",
        "dans Word, Révision : acceptez ou refusez les modifications de ce paragraphe",
    ),
    "tiret": (
        "tiret", A,
        "« $tag » avale ce qui l’entoure, jusqu’au paragraphe voisin",
        "retirez le tiret, ou mettez la balise seule dans son paragraphe avec {%p … %}",
    ),
    "hors-tableau": (
        "hors-tableau", E,
        "« $tag » vaut pour une ligne ou une cellule, et n’est pas dans un tableau",
        "écrivez {%p … %} pour un paragraphe",
    ),
    "ouvre": (
        "accolade", E,
        "« $tag » ouvre une balise qui n’est jamais fermée dans ce paragraphe",
        "une balise tient dans un seul paragraphe : {{ champ }} ou {% … %}",
    ),
    "ferme": (
        "accolade", E,
        "« $tag » ferme une balise qui n’a pas été ouverte",
        "ajoutez le début de la balise, ou retirez ces accolades",
    ),
    "accolade": (
        "accolade-seule", A,
        "une accolade seule : elle sera imprimée telle quelle",
        "pour un champ, doublez-la : {{ champ }}",
    ),
    "mixte": (
        "balise-mixte", A,
        "la balise « $tag » a plusieurs mises en forme : seule la première vaut",
        "sélectionnez toute la balise et donnez-lui une seule mise en forme",
    ),
    "deux-p": (
        "deux-blocs", E,
        "plusieurs balises de paragraphe dans le même paragraphe : « $tag »",
        "mettez chaque balise {%p … %} ou {{p … }} seule dans son paragraphe",
    ),
    "deux-unites": (
        "deux-blocs", E,
        "plusieurs balises de $unit dans la même $unit : « $tag »",
        "mettez chaque balise {%$other … %} seule dans sa $unit",
    ),
    "perdu-p": (
        "texte-perdu", E,
        "« $other » disparaît avec la balise « $tag », qui prend tout le paragraphe",
        "mettez la balise seule dans son paragraphe",
    ),
    "perdu-unite": (
        "texte-perdu", E,
        "« $other » disparaît avec la balise « $tag », qui prend toute la $unit",
        "mettez la balise seule dans sa $unit, avant et après celle qui se répète",
    ),
    "publipostage": (
        "publipostage", A,
        "« $tag » est un champ de publipostage de Word : rien ne le remplit, il s’imprime tel quel",
        "mettez à sa place {{ $other }} ; « ctgdocs modeles champs » dit les champs de chaque genre",
    ),
    "seule": (
        "bloc-seul", A,
        "« $tag » est seule dans son paragraphe : elle y laisse une ligne vide",
        "écrivez « $other",
    ),
}  # fmt: skip


class Said(Template):
    """`$tag` and `$other`; a brace, which templates are full of, is only itself."""

    braceidpattern = "(?!)"


@dataclass(slots=True)
class Report:
    """Collects the findings of one file; `file` is how messages name it."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        spot: Paragraph | None = None,
        *,
        severity: Severity = Severity.ERREUR,
        hint: str = "",
        where: str = "",
    ) -> None:
        """A finding at a paragraph, or at `where`. Its place holds the paragraph's rank as its column, so
        that findings sort in reading order and `annotate` finds the paragraph again."""
        place = Place(self.file, 0, spot.rank, spot.shown()) if spot else Place(self.file, 0, 0, where)
        self.findings.append(Finding(code, severity, message, place, hints=advice(hint)))

    def tell(self, fault: str, spot: Paragraph, tag: str = "", other: str = "", unit: str = "") -> None:
        """One of `FAULTS`, at a paragraph."""
        code, severity, message, hint = FAULTS[fault]
        said, advised = (Said(text).substitute(tag=tag, other=other, unit=unit) for text in (message, hint))
        self.add(code, said, spot, severity=severity, hint=advised)

    def in_order(self) -> list[Finding]:
        return sorted(dict.fromkeys(self.findings), key=lambda finding: finding.place.column)


_HALF = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_LITERAL = re.compile(r"\{_\{|\}_\}|\{_%|%_\}")
_ENDS_RAW = re.compile(r"\{%[-+]?\s*endraw")
_TRIMS = re.compile(r"\{[{%]-|.*-[}%]\}$", re.DOTALL)
_OPENINGS = ("{{", "{%", "{#")
_CONTROL = frozenset(("for", "endfor", "if", "elif", "else", "endif"))


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A tag in its paragraph; `tag` is None when it cannot be read."""

    spot: Paragraph
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


def tags_of(spot: Paragraph, report: Report) -> list[Placed]:
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


def rest_of(spot: Paragraph) -> str:
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


def check_paragraph(spot: Paragraph, tags: list[Placed], report: Report) -> None:
    """What can be seen in one paragraph."""
    _braces(spot, report)
    if not tags:
        return
    if spot.revised:
        report.tell("revision", spot)
    for placed in tags:
        inside = [p for p in spot.pieces if p.start < placed.end and p.end > placed.start]
        if len({piece.look for piece in inside}) > 1:
            report.tell("mixte", spot, excerpt(placed.text))
        if _TRIMS.match(placed.text):
            report.tell("tiret", spot, placed.text)
        if placed.prefix in ("tr", "tc") and placed.unit is None:
            report.tell("hors-tableau", spot, placed.text)
    _lost_text(spot, tags, report)
    _alone(spot, tags, report)


def _braces(spot: Paragraph, report: Report) -> None:
    rest = _LITERAL.sub(" ", _without_tags(spot.text, " "))
    for half in _HALF.findall(rest):
        report.tell("ouvre" if half in _OPENINGS else "ferme", spot, half)
    if not _HALF.search(rest) and ("{" in rest or "}" in rest):
        report.tell("accolade", spot)


def _lost_text(spot: Paragraph, tags: list[Placed], report: Report) -> None:
    """A prefixed tag takes its whole paragraph away, and only one can."""
    prefixed = [placed for placed in tags if placed.prefix == "p"]
    if not prefixed:
        return
    if len(prefixed) > 1:
        report.tell("deux-p", spot, _all_of(prefixed))
        return
    others = [placed.text for placed in tags if placed is not prefixed[0] and placed.kind != "{#"]
    rest = rest_of(spot) or " ".join(others)
    if rest:
        report.tell("perdu-p", spot, excerpt(prefixed[0].text), excerpt(rest))


def _all_of(tags: list[Placed]) -> str:
    return " », « ".join(excerpt(placed.text) for placed in tags)


def _alone(spot: Paragraph, tags: list[Placed], report: Report) -> None:
    """`{% for %}` alone in its paragraph leaves an empty paragraph at each turn."""
    control = [placed for placed in tags if placed.keyword in _CONTROL and not placed.prefix]
    if not control or len(control) < len(tags) or rest_of(spot):
        return
    opened = sum(1 for placed in control if placed.keyword in ("for", "if"))
    closed = sum(1 for placed in control if placed.keyword.startswith("end"))
    if opened == closed and opened:
        return
    tag = control[0].text
    rest = " »" if spot.row is None else " », ou {%tr … %} pour répéter la ligne du tableau"
    report.tell("seule", spot, excerpt(tag), excerpt(tag.replace("{%", "{%p", 1)) + rest)


def check_units(tags: list[Placed], report: Report) -> None:
    """A row or a cell goes away whole with its tag: one per row (or cell), and nothing else in it."""
    for prefix, unit in (("tr", "ligne"), ("tc", "cellule")):
        for group in _by_unit([placed for placed in tags if placed.prefix == prefix]):
            first = group[0]
            lost = _text_of_unit(first)
            if len(group) > 1:
                report.tell("deux-unites", first.spot, _all_of(group), prefix, unit)
            elif lost:
                report.tell("perdu-unite", first.spot, excerpt(first.text), excerpt(lost), unit)


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
