"""What the lint says of a template: findings with their place in Word, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ctgdocs.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from ctgdocs.rendering.locator import Spot

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
        self.findings.append(Finding(code, severity, message, place, hint))

    def in_order(self) -> list[Finding]:
        return sorted(dict.fromkeys(self.findings), key=lambda finding: finding.place.column)
