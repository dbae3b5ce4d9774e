"""`de` and `à` before a place or a collectivité: elision, contraction, h aspiré, departments (T17 to T21)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from ctgdocs.french.profil import DEFAUT, Profil

# --- Communes whose H forbids elision: `de Hem`, `de Honfleur` (T19). It cannot be computed, so it is listed


COMMUNES: Final = """
Habsheim · Hachan · Hadancourt-le-Haut-Clocher · Haegen · Hagedet · Hagenbach · Hagenthal-le-Bas ·
Hagenthal-le-Haut · Haget · Hagnicourt · Haguenau · Hailles · Haimps · Haims · Halles-sous-les-Côtes · Ham
· Ham-en-Artois · Ham-les-Moines · Ham-sous-Varsberg · Ham-sur-Meuse · Hambach · Hambers · Hambye ·
Hamelet · Hames-Boucres · Hammeville · Hamonville · Hampigny · Hampont · Han-devant-Pierrepont ·
Han-lès-Juvigny · Han-sur-Meuse · Han-sur-Nied · Handschuheim · Hangard · Hangenbieten · Hangviller ·
Hannapes · Hannappes · Hannogne-Saint-Martin · Hannogne-Saint-Rémy · Hannonville-Suzémont ·
Hannonville-sous-les-Côtes · Hans · Hanvec · Hanviller · Hanvoile · Happencourt · Harcy · Hardanges ·
Hardinvast · Harricourt · Harskirchen · Hartmannswiller · Harville · Hary · Hatten · Hattmatt · Hattstatt
· Hauban · Haudivillers · Haulies · Haulmé · Hausgauen · Haut Valromey · Haut-Bocage · Haut-Lieu ·
Haut-Loquin · Haut-du-Them-Château-Lambert · Hautbos · Haute-Amance · Haute-Avesnes · Haute-Goulaine ·
Haute-Kontz · Haute-Rivoire · Haute-Vigneulles · Haute-Épine · Hautecloque · Hautefage · Hautefontaine ·
Hautes-Duyes · Hauteville-la-Guichard · Hauteville-sur-Mer · Haution · Hautot-le-Vatois · Hautot-sur-Seine
· Hauts de Bienne · Hautteville-Bocage · Hauville · Hauviné · Haybes · Hecken · Hecmanville · Hegeney ·
Heidolsheim · Heidwiller · Heiligenberg · Heiligenstein · Heilles · Heimersdorf · Heimsbrunn · Heiteren ·
Heiwiller · Helfrantzkirch · Helleville · Hem · Hem-Hardinval · Hem-Lenglet · Hem-Monacu · Hengwiller ·
Henvic · Herbitzheim · Herbsheim · Hercé · Hermes · Hermival-les-Vaux · Herpont · Herran · Herrlisheim ·
Herrlisheim-près-Colmar · Hescamps · Hessenheim · Hettenschlag · Heudicourt-sous-les-Côtes ·
Heugueville-sur-Sienne · Hibarette · Hierges · Hiermont · Hiesville · Hiis · Hilsenheim · Hinacourt ·
Hindisheim · Hindlingen · Hinsbourg · Hinsingen · Hipsheim · Hirschland · Hirsingue · Hirtzbach ·
Hirtzfelden · Hitte · Hochfelden · Hochstatt · Hochstett · Hocquigny · Hodenc-en-Bray · Hodenc-l’Évêque ·
Hodeng-Hodenger · Hodeng-au-Bosc · Hoffen · Hohengœft · Hohfrankenheim · Hohrod · Holnon · Holque ·
Holtzheim · Hombourg · Hombourg-Budange · Hombourg-Haut · Hommarting · Hommert · Hon-Hergies ·
Hondainville · Hondouville · Honfleur · Honguemare-Guenouville · Honskirch · Horbourg-Wihr · Horgues ·
Hornoy-le-Bourg · Hoste · Hotot-en-Auge · Hottot-les-Bagues · Hottviller · Houdan · Houdilcourt ·
Houetteville · Houeydets · Houilles · Houldizy · Houlette · Houlgate · Houlle · Houppeville · Houquetot ·
Hourc · Hourges · Houry · Houssen · Housset · Houville-en-Vexin · Hoymille · Huanne-Montmartin · Huelgoat
· Huest · Hugleville-en-Caux · Huillé-Lézigné · Huiron · Huisnes-sur-Mer · Humes-Jorquenay · Hunawihr ·
Hundsbach · Huningue · Hunspach · Hurtigheim · Husseren-Wesserling · Husseren-les-Châteaux · Huttendorf ·
Huttenheim · Hyet · Hyémondans · Hèches · Hères · Hédé-Bazouges · Hégenheim · Hémevez · Hénansal · Hénon ·
Hésingue · Hœdic · Hœnheim · Hœrdt
"""

H_ASPIRE: Final = frozenset(name.strip() for name in COMMUNES.replace("\n", " ").split("·"))


# --- The 101 departments with their article (T20)


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
_NAME_VOWELS: Final = "AEIOU"


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
        return ("d’" if self.nom[0] in _NAME_VOWELS else "de ") + self.nom

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


_VOWELS: Final = frozenset("aeiouàâäéèêëîïôöùûüœæ")
_H_EXCEPTIONS: Final = re.compile(
    r"(?:Hauts?|Hautes?)(?:[- ]|$)|Haut(?:e|es)?(?:ville|rive|roche|cloque|bos)"
)
_Y_ELIDES: Final = re.compile(r"Y(?:$|[^aeiouéèêAEIOUÉÈÊ]|[eéè]r|[eéè]v|[eéè]b|onne$)", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"(?P<le>[Ll]e )|(?P<les>[Ll]es )|(?P<la>[Ll]a )|(?P<l>[Ll]’)")

_REGIONS: Final = {
    "Hauts-de-France": "les",
    "Pays de la Loire": "les",
    "Grand Est": "le",
    "Centre-Val de Loire": "le",
    "Réunion": "la",
}
_NOUNS: Final = """
la: commune communauté métropole ville caisse mutualité association mairie région préfecture sous-préfecture
la: collectivité commission école crèche micro-crèche fédération direction agence société coopérative
la: présidente convention délibération trésorerie Caf CAF MSA CARSAT DGFiP DDETS
le: syndicat conseil département comité bureau centre collège lycée groupement établissement pôle pays
le: ministère tribunal président maire préfet relais multi-accueil territoire service SIVOM SIVU PETR CCAS
le: CIAS RPE SDIS CIDFF COPIL EPCI État
"""
_ARTICLE_OF: Final = {
    word: line[:2] for line in _NOUNS.strip().split("\n") for word in line.partition(": ")[2].split(" ")
}


def elision(nom: str) -> bool:
    """Whether `de` and `le` lose their vowel before `nom` (T19).

    Vowels do; H does unless the name is in the list of real communes or begins with Haut-; Y does before a
    consonant (`d’Yvetot`), and before e, é, è only in Yerres, Yèvres and the like (`de Yenne`). A registry
    that knows better says so with its own yes or no.

    >>> elision("Esparsac"), elision("Huriel"), elision("Houilles"), elision("Yvetot"), elision("Yenne")
    (True, True, False, True, False)
    """
    first = nom[:1].lower()
    if first in _VOWELS:
        return nom.casefold() not in ("onze", "onzième", "oui", "uhlan", "ouistiti")
    if first == "h":
        plain = nom.replace("'", "’")
        return plain not in H_ASPIRE and not _H_EXCEPTIONS.match(plain)
    return first == "y" and _Y_ELIDES.match(nom) is not None


@lru_cache(maxsize=4096)
def de(
    nom: str, profil: Profil = DEFAUT, *, elision: bool | None = None, departement: bool | None = None
) -> str:
    """`de` and a name: of a commune, a department, a region, or a collectivité with or without its article.

    >>> de("Esparsac"), de("Le Causé"), de("Les Angles"), de("La Crèche"), de("L'Isle")
    ('d’Esparsac', 'du Causé', 'des Angles', 'de La Crèche', 'de L’Isle')
    >>> de("Hérault"), de("Tarn-et-Garonne"), de("Vienne"), de("Vienne", departement=False)
    ('de l’Hérault', 'de Tarn-et-Garonne', 'de la Vienne', 'de Vienne')
    >>> de("commune d'Esparsac"), de("le SIVOM d'Ayen"), de("Houilles"), de("Houilles", elision=True)
    ('de la commune d’Esparsac', 'du SIVOM d’Ayen', 'de Houilles', 'd’Houilles')

    A name that is also a department's is the department unless `departement=False` (there are thirteen
    communes of such names); `elision` overrules the rule for an H or a Y.
    """
    return profil.apostrophes(_preposed(nom, "de ", "du ", "des ", elision, departement))


@lru_cache(maxsize=4096)
def a(nom: str, profil: Profil = DEFAUT, *, departement: bool | None = None) -> str:
    """`à` and a name, contracted where French contracts (T18).

    >>> a("Le Havre"), a("Les Angles"), a("La Rochelle"), a("Esparsac"), a("L'Isle")
    ('au Havre', 'aux Angles', 'à La Rochelle', 'à Esparsac', 'à L’Isle')
    """
    return profil.apostrophes(_preposed(nom, "à ", "au ", "aux ", False, departement))


def avec_article(nom: str, profil: Profil = DEFAUT) -> str:
    """A collectivité, an institution or a department with its article, when it has one and it is known.

    >>> avec_article("commune d'Esparsac"), avec_article("SIVOM d'Ayen"), avec_article("École maternelle")
    ('la commune d’Esparsac', 'le SIVOM d’Ayen', 'l’École maternelle')
    """
    name = _clean(nom)
    if found := departements_par_nom().get(name):
        return profil.apostrophes(found.avec_article)
    article = _REGIONS.get(name) or _article_of(name)
    return profil.apostrophes(f"{article}{' ' if article and article[-1] != '’' else ''}{name}")


def elide(mot: str, suite: str, profil: Profil = DEFAUT, *, elision: bool | None = None) -> str:
    """A word that may lose its vowel, and what follows: `qu’il`, `que la`, `d’approuver`, `de signer`.

    >>> elide("que", "il"), elide("que", "la convention"), elide("de", "autoriser"), elide("de", "honorer")
    ('qu’il', 'que la convention', 'd’autoriser', 'd’honorer')
    """
    if elision is None:
        elision = _elides(suite)
    return profil.apostrophes(f"{mot[:-1]}’{suite}" if elision else f"{mot} {suite}")


def majuscules(texte: str) -> str:
    """A heading in capitals that keeps its accents, and leaves ordinals and `n°` as they are (T21, T22).

    >>> majuscules("République française"), majuscules("commune d’Esparsac"), majuscules("n° 12 du 1er mars")
    ('RÉPUBLIQUE FRANÇAISE', 'COMMUNE D’ESPARSAC', 'n° 12 DU 1er MARS')
    """
    return _KEPT_LOWER.sub(lambda match: match[0] if match[1] else match[0].upper(), texte)


_KEPT_LOWER: Final = re.compile(
    r"(\b\d+(?:er|re|ers|res|es?|de?)\b|\b[nN]°s?|\bnos(?=[\s\u00a0]\d)|(?<=\d[ \u00a0])h\b)|\w+|\W",
    re.UNICODE,
)


def _elides(suite: str) -> bool:
    return elision(suite)


def _preposed(
    nom: str, plain: str, contracted: str, plural: str, elides: bool | None, departement: bool | None
) -> str:
    name = _clean(nom)
    if departement is not False and (found := departements_par_nom().get(name)):
        return found.de if plain == "de " else found.a
    article = _REGIONS.get(name) or _article_of(name)
    if article:
        name = f"{article}{'' if article == 'l’' else ' '}{name}"
    match = _ARTICLE.match(name)
    if match is not None and elides is not True:
        rest = name[match.end() :]
        if match["le"]:
            return contracted + rest
        return plural + rest if match["les"] else plain + name
    if elides is None:
        elides = elision(name)
    return (plain[:-1].rstrip("e") + "’" if elides else plain) + name


def _clean(nom: str) -> str:
    return " ".join(str(nom).replace("'", "’").split())


def _article_of(name: str) -> str:
    """The article a common noun or an acronym takes: `la` commune, `l’`école, `le` SIVOM; "" when unknown."""
    first, _, rest = name.partition(" ")
    for word in (first, first[:1].lower() + first[1:]):
        if word != first and not rest:
            continue  # a capitalised word alone may be a place
        if word in _ARTICLE_OF:
            return "l’" if elision(first) else _ARTICLE_OF[word]
    return ""
