"""The cell that names someone of a list, and what is written there beside the name: « (Mme) », « née
ARNAL », « – démissionnaire », « (suppléante de M. ROY) », « (Président) »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ctgdocs.french import slug
from ctgdocs.importing.roster_people import Person
from ctgdocs.importing.worded import DAY, a_day
from ctgdocs.vocabulary.appellations import (
    Nomme,
    civilite_of,
    initials_of,
    is_nom_first,
    read_person,
    with_capitals,
)

FORMER = re.compile(r"\b(?:ancienn?e?s?|sortant|demission|decede|deces\b|ex\b|precedent|parti-le|radie)")
_ASIDE = re.compile(
    r"\s*[(\[](?P<in>[^()\[\]]*)[)\]]"
    r"|\s*(?:\s[–—-]\s|,\s*(?=(?:\d+\s?\w{1,3}\s+)?(?:maire|présid|vice|adjoint|conseill|délégu|démission|décéd|suppl|titul|ancien)))(?P<after>.+)$",
    re.IGNORECASE,
)
_BORN = re.compile(r",?\s*\bnée?\s+(?:(?:d[eu]s?|la|le)\s+)*(?:[A-ZÀ-Ý’'-]{2,}(?:\s+[A-ZÀ-Ý’'-]{2,}\b)*|\S+)")
REPLACED = re.compile(r"suppl(?:\.|éante?)?\s*(?:d[eu]\s+|d[’'])\s*(?P<who>.+)", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:la-|le-|l-)?(?:\d+\w{0,3}-|premiere?-)?(?:maire\b|present|presid|vice|vp\b|pdte?\b|adjoint|conseill"
    r"|delegue|membre|secretaire|tresori|rapporteur|doyen)"
)
_LONGEST = 200
"""Signs of a cell that names someone."""
_MONTH = re.compile(r"\b(?P<month>\d{1,2})/(?P<year>20\d\d)\b")
_YEAR = re.compile(r"\b20\d\d\b")


@dataclass(slots=True)
class Beside:
    """What stands beside a name. `ended`: what says that the mandate is over; `left`: what no field takes."""

    name: str
    civilite: str = ""
    fonction: str = ""
    suppleant: bool = False
    suppleant_de: str = ""
    ended: str = ""
    left: list[str] = field(default_factory=list)


def beside(typed: str) -> Beside:
    """The name of a cell, and what stands there beside it.

    >>> one = beside("Mme LÉVÊQUE née ARNAL Sabine (présidente)")
    >>> one.name, one.fonction, one.left
    ('Mme LÉVÊQUE Sabine', 'présidente', ['née ARNAL'])
    """
    typed = " ".join(typed.split())
    if len(typed) > _LONGEST:
        return Beside(typed)
    asides = [" ".join((found["in"] or found["after"] or "").split()) for found in _ASIDE.finditer(typed)]
    name = _ASIDE.sub(" ", typed)
    asides += [one.strip(" ,") for one in _BORN.findall(name)]
    one = Beside(" ".join(_BORN.sub(" ", name).split()))
    for aside in filter(None, asides):
        _sort(one, aside)
    return one


def _sort(one: Beside, aside: str) -> None:
    words = slug(aside)
    if civilite_of(aside):
        one.civilite = civilite_of(aside)
    elif replaced := REPLACED.fullmatch(aside):
        one.suppleant, one.suppleant_de = True, replaced["who"]
    elif re.fullmatch(r"suppleante?|s|suppl", words):
        one.suppleant = True
    elif re.fullmatch(r"titulaire|t|tit", words):
        return
    elif FORMER.search(words) and not re.match(r"rempla|ex-aequo", words):
        one.ended = aside
    elif _ROLE.match(words):
        one.fonction = one.fonction or aside
    else:
        one.left.append(aside)


def is_over(said: str) -> bool:
    """Whether an end that is told is past: on its day, its month or its year; without any, it is."""
    said = said[:_LONGEST]
    day = re.search(DAY, said)
    found = a_day(day[0]) if day else ""
    if not found and (month := _MONTH.search(said)) and 0 < int(month["month"]) < 13:
        found = f"{month['year']}-{int(month['month']):02}-01"
    if not found and (year := _YEAR.search(said)):
        found = f"{year[0]}-01-01"
    return not found or date.fromisoformat(found) <= date.today()


def named(nom: str, prenom: str, whole: str, heading: str) -> tuple[Nomme, bool]:
    """Whom the cells of a row name, and whether the order of the words is sure; `heading`: of `whole`."""
    if nom and prenom:
        first = nom.split()[0]
        civilite = civilite_of(first) if " " in nom else ""
        name = nom.partition(" ")[2] if civilite else nom
        return Nomme(civilite, with_capitals(prenom), with_capitals(name)), True
    order = slug(heading)
    nom_first = None
    if "prenom" in order and "nom" in order.replace("prenom", ""):
        nom_first = order.replace("prenom", "*").find("nom") < order.find("prenom")
    typed = whole or nom or prenom
    person = read_person(typed, nom_first=nom_first)
    words = typed.split()[1 if person.civilite else 0 :]
    capitals = [word == word.upper() for word in words]
    told = nom_first is not None or (any(capitals) and not all(capitals)) or "," in typed
    return person, told or len(words) < 2 or is_nom_first(words) is not None


_SHORT = (
    (r"\bV\.?\s?-?P\.?(?![\w.])|\bvice[\s-]+(?:pdte?|prés(?:id)?\.?)(?!\w)", "vice-président"),
    (r"\bvice[\s-]+président(?!e)(?:\(e\))?", "vice-président"),
    (r"\b(?:Pdte?|Prés\.)(?!\w)", "président"),
    (r"\bvice[\s-]+présidente", "vice-présidente"),
    (r"\bCM\b", "conseiller municipal"),
    (r"\bCC\b(?!\s+\w)", "conseiller communautaire"),
)  # fmt: skip
_SHORTENED = tuple((re.compile(pattern, re.IGNORECASE), whole) for pattern, whole in _SHORT)
_NUMBERED = re.compile(
    r"(?P<what>\bV\.?P\.?|\bvice-présidente?)\s+n\s?[°º]\s?(?P<rank>\d{1,2})", re.IGNORECASE
)
"""« VP n° 1 »."""
_OF_HER = {
    "vice-président": "vice-présidente",
    "président": "présidente",
    "conseiller municipal": "conseillère municipale",
    "conseiller communautaire": "conseillère communautaire",
}


def spelled(fonction: str, civilite: str) -> str:
    """A function without abbreviations: « 2e VP » is « 2e vice-présidente » for a woman.

    >>> spelled("2e VP", "M."), spelled("1er V.P. (finances)", "Mme")
    ('2e vice-président', '1re vice-présidente (finances)')
    """
    fonction = _NUMBERED.sub(
        lambda found: f"{found['rank']}{'er' if found['rank'] == '1' else 'e'} {found['what']}", fonction
    )
    for pattern, whole in _SHORTENED:
        word = _OF_HER.get(whole, whole) if civilite == "Mme" else whole
        fonction, changed = pattern.subn(word, fonction)
        if changed and civilite == "Mme":
            fonction = re.sub(r"\b1er(?=\s+vice)", "1re", fonction)
    return fonction


_CHARGED = re.compile(
    r"(?P<what>.*?\b(?:vice-présidente?|présidente?|adjointe?(?:\s+au\s+maire)?|conseill(?:er|ère)(?:\s+(?:communautaire|municipale?))?(?:\s+déléguée?)?))"
    r"\s*(?:\((?P<in>[^()]{3,})\)|(?:\s[–-]|\s?:)\s+(?P<dash>.{3,})|(?<=vice-président)e?\s+(?P<bare>(?!(?:déléguée?|de|du|des|d|en|chargée?|aux?|à|et|communautaire)\b)[a-zà-ÿ].{2,})|,?\s*(?:en\s+charge|chargée?)\s+(?:d[eu]s?\s+(?:la\s+|l[’']\s*)?|d[’'])(?P<of>.{3,}))",
    re.IGNORECASE,
)


def charged(fonction: str) -> tuple[str, str]:
    """The function and the delegation that one cell tells together.

    >>> charged("2e vice-président (finances)"), charged("adjointe chargée de la voirie")
    (('2e vice-président', 'finances'), ('adjointe', 'voirie'))
    """
    found = _CHARGED.fullmatch(fonction.strip())
    said = next(filter(None, (found[one] for one in ("in", "dash", "bare", "of"))), "") if found else ""
    if found is None or _ROLE.match(slug(said)) or re.search(r"\bmaire\b", slug(said)):
        return fonction, ""
    return found["what"], said.strip()


_ROLE_IN = re.compile(
    r"\s*(?:[(\[]\s*(?P<in>[^()]{1,30}?)\s*[)\]]|(?:\s[–-]|:)\s*(?P<after>[\w\s.-]{1,30}))\s*$"
)
_ROLES_IN_A_BODY = re.compile(
    r"p|pdte?|presidente?|v-?p|vice-pdte?|vice-presidente?|membre|rapporteure?|titulaire|suppleante?|s|t"
)


def bodies_of(typed: str) -> Iterator[tuple[str, str]]:
    """The bodies that a cell lists, each with the role there: « Finances ; Social (vice-président) »."""
    if len(typed) > 5 * _LONGEST:
        yield typed, ""
        return
    apart = r"[;\n]|\s/\s|\s\+\s" if re.search(r"[;\n]|\s/\s|\s\+\s", typed) else r"[,/](?![^()]*\))"
    for one in filter(str.strip, re.split(apart, typed)):
        if slug(one) in ("toutes", "toutes-les-commissions", "aucune", "neant", ""):
            continue
        found = _ROLE_IN.search(one)
        role = slug(found["in"] or found["after"]) if found else ""
        if found and _ROLES_IN_A_BODY.fullmatch(role):
            yield one[: found.start()], role.replace("pdt", "president")
        else:
            yield one, ""


_ORDINAL = re.compile(r"\b(\d+)\s*(?:(ère|ere|re|er)|(?:i?[eè]me|e))\b", re.IGNORECASE)
_KNOWN = re.compile(
    r"maire|presid|adjoint|conseill|membre|delegue|titulaire|suppl|secretaire|doyen|rapporteur"
)


def worded(fonction: str) -> str:
    """A function as acts write it: small letters, « 1re », « 2e ».

    >>> worded("1ère Vice-Présidente"), worded("MAIRE"), worded("2ème adjoint délégué au SIVOM")
    ('1re vice-présidente', 'maire', '2e adjoint délégué au SIVOM')
    """
    words = " ".join(fonction.split())
    if words == words.upper() and _KNOWN.search(slug(words)):
        words = words.lower()
    words = re.sub(r"(?:(?<=^)|(?<=[\s-]))[A-ZÀ-Ý](?=[a-zà-ÿ])", lambda first: first[0].lower(), words)

    def ordinal(found: re.Match[str]) -> str:
        if found[2]:
            return f"{found[1]}{'er' if found[2].lower() == 'er' else 're'}"
        return f"{found[1]}e"

    return _ORDINAL.sub(ordinal, words)


def prenom_of(typed: str) -> str:
    """The prénom; a blank to fill when the list does not say it, or its initial alone."""
    if initials_of(typed):
        return f"[à compléter : prénom ({typed})]"
    return typed or "[à compléter : prénom]"


def serves(person: Person, texts: dict[str, str], said: str) -> None:
    """The function and the delegation of a person; « suppléant » is none."""
    fonction = spelled(said, person.civilite)
    person.delegation = texts.get("delegation", "")
    person.fonction, of_function = (fonction, "") if person.delegation else charged(fonction)
    person.delegation = person.delegation or of_function
    statut = slug(texts.get("statut", "")) + " " + slug(fonction)
    person.suppleant = bool(re.match(r"(?:deleguee?-)?suppleante?\b|s\b", statut.strip()))
    if re.fullmatch(
        r"(?:délégué(?:\(?e\)?)?\s+)?(?:titulaire|suppléant(?:\(?e\)?)?)", person.fonction, re.IGNORECASE
    ):
        person.fonction = ""
    if replaced := REPLACED.fullmatch(person.fonction):
        person.fonction, person.suppleant_de = "", replaced["who"]


def replaces(person: Person, texts: dict[str, str], asides: Sequence[Beside]) -> None:
    """Whom a suppléant replaces."""
    person.suppleant_de = texts.get("suppleant_de", "") or person.suppleant_de
    for one in asides:
        person.suppleant_de = person.suppleant_de or one.suppleant_de
        person.suppleant |= one.suppleant
    person.suppleant = person.suppleant or bool(person.suppleant_de)
