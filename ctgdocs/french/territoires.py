"""The 101 departments with their article (T20).

Source of names and articles: INSEE, Code officiel géographique (« type de nom en clair »), checked one by one
against the names the departments and prefectures give themselves. Two families depart from INSEE's column, as
official usage does: `X-et-Y` names carry no article (`de Tarn-et-Garonne`, `d’Eure-et-Loir`), nor does
Vaucluse (`préfet de Vaucluse`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, NamedTuple

from ctgdocs.french.profil import DEFAUT, Profil

Article = Literal["", "le", "la", "les", "l’"]

_TABLE: Final = """
01 l’ Ain|02 l’ Aisne|03 l’ Allier|04 les Alpes-de-Haute-Provence|05 les Hautes-Alpes
06 les Alpes-Maritimes|07 l’ Ardèche|08 les Ardennes|09 l’ Ariège|10 l’ Aube|11 l’ Aude|12 l’ Aveyron
13 les Bouches-du-Rhône|14 le Calvados|15 le Cantal|16 la Charente|17 la Charente-Maritime|18 le Cher
19 la Corrèze|2A la Corse-du-Sud|2B la Haute-Corse|21 la Côte-d’Or|22 les Côtes-d’Armor|23 la Creuse
24 la Dordogne|25 le Doubs|26 la Drôme|27 l’ Eure|28 - Eure-et-Loir|29 le Finistère|30 le Gard
31 la Haute-Garonne|32 le Gers|33 la Gironde|34 l’ Hérault|35 - Ille-et-Vilaine|36 l’ Indre
37 - Indre-et-Loire|38 l’ Isère|39 le Jura|40 les Landes|41 - Loir-et-Cher|42 la Loire|43 la Haute-Loire
44 la Loire-Atlantique|45 le Loiret|46 le Lot|47 - Lot-et-Garonne|48 la Lozère|49 - Maine-et-Loire
50 la Manche|51 la Marne|52 la Haute-Marne|53 la Mayenne|54 - Meurthe-et-Moselle|55 la Meuse
56 le Morbihan|57 la Moselle|58 la Nièvre|59 le Nord|60 l’ Oise|61 l’ Orne|62 le Pas-de-Calais
63 le Puy-de-Dôme|64 les Pyrénées-Atlantiques|65 les Hautes-Pyrénées|66 les Pyrénées-Orientales
67 le Bas-Rhin|68 le Haut-Rhin|69 le Rhône|70 la Haute-Saône|71 - Saône-et-Loire|72 la Sarthe|73 la Savoie
74 la Haute-Savoie|75 - Paris|76 la Seine-Maritime|77 - Seine-et-Marne|78 les Yvelines|79 les Deux-Sèvres
80 la Somme|81 le Tarn|82 - Tarn-et-Garonne|83 le Var|84 - Vaucluse|85 la Vendée|86 la Vienne
87 la Haute-Vienne|88 les Vosges|89 l’ Yonne|90 le Territoire de Belfort|91 l’ Essonne
92 les Hauts-de-Seine|93 la Seine-Saint-Denis|94 le Val-de-Marne|95 le Val-d’Oise|971 la Guadeloupe
972 la Martinique|973 la Guyane|974 - La Réunion|976 - Mayotte
"""

_DE: Final = {"le": "du ", "la": "de la ", "les": "des ", "l’": "de l’"}
_A: Final = {"le": "au ", "la": "à la ", "les": "aux ", "l’": "à l’"}
_PLACES: Final = {"75": "à Paris", "974": "à La Réunion", "976": "à Mayotte"}
_EN: Final = frozenset({"971", "972", "973"})
_VOWELS: Final = "AEIOU"


class Departement(NamedTuple):
    """A department: its INSEE code, its name without article (typographic apostrophe), its article."""

    code: str
    nom: str
    article: Article

    @property
    def avec_article(self) -> str:
        """`l’Hérault`, `le Gard`, `Tarn-et-Garonne`."""
        return f"{self.article}{'' if self.article in ('', 'l’') else ' '}{self.nom}"

    @property
    def de(self) -> str:
        """`de l’Hérault`, `du Gard`, `de Tarn-et-Garonne`, `d’Eure-et-Loir`."""
        if self.article:
            return _DE[self.article] + self.nom
        return ("d’" if self.nom[0] in _VOWELS else "de ") + self.nom

    @property
    def a(self) -> str:
        """`à l’Hérault`, `au Gard`, `à Tarn-et-Garonne`."""
        return _A.get(self.article, "à ") + self.nom

    @property
    def dans(self) -> str:
        """`dans l’Hérault`, `dans le Gard`, `en Tarn-et-Garonne`, `à Paris`."""
        if self.code in _PLACES:
            return _PLACES[self.code]
        if not self.article or self.code in _EN:
            return f"en {self.nom}"
        return f"dans {self.avec_article}"


@lru_cache(maxsize=1)
def departements() -> dict[str, Departement]:
    """Code → department, in the order of the codes."""
    table: dict[str, Departement] = {}
    for line in _TABLE.replace("|", "\n").split("\n"):
        if line:
            code, article, nom = line.split(" ", 2)
            table[code] = Departement(code, nom, "" if article == "-" else article)  # type: ignore[arg-type]
    return table


@lru_cache(maxsize=1)
def departements_par_nom() -> dict[str, Departement]:
    """Name, its apostrophes typographic, → department."""
    return {one.nom: one for one in departements().values()}


def departement(code_ou_nom: str | int) -> Departement:
    """A department by code (`82`, `2A`, `974`, `1`) or by name; `ValueError` (French) when there is none.

    >>> departement("34").de, departement("Gard").avec_article, departement(82).dans
    ('de l’Hérault', 'le Gard', 'en Tarn-et-Garonne')
    """
    wanted = str(code_ou_nom).strip().replace("'", "’")
    found = departements().get(wanted.upper().zfill(2)) or departements_par_nom().get(wanted)
    if found is None:
        raise ValueError(f"«\u00a0{code_ou_nom}\u00a0» n’est pas un département français.")
    return found


def de_departement(code_ou_nom: str | int, profil: Profil = DEFAUT) -> str:
    """`de l’Hérault`, `du Gard`: as in « conseil départemental … », « préfet … ».

    >>> de_departement("34"), de_departement("28"), de_departement("974")
    ('de l’Hérault', 'd’Eure-et-Loir', 'de La Réunion')
    """
    return profil.apostrophes(departement(code_ou_nom).de)
