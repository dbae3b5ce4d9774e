"""Identifiers written in a text, judged by their own key, by their form or by the closed list they are of:
SIRET and SIREN, IBAN, numbers of VAT, telephone numbers, addresses, administrative courts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ctgdocs.patterns import regex
from ctgdocs.vocabulary.adresses import adresses_electroniques_fausses, codes_impossibles
from ctgdocs.vocabulary.citations import phrase
from ctgdocs.vocabulary.nombres_ecrits import combien

_GAP: Final = r"[ .\u00a0\u202f-]?"
_SIRET = regex(
    rf"\bSIRET\b[^\d\n]{{0,20}}(?P<siret>\d(?:{_GAP}\d){{8,17}})(?!\d)", re.IGNORECASE, needs="siret"
)
_SIRENE = regex(
    rf"\b(?:SIRENE|Insee|RCS)\b[^\d\n]{{0,40}}?(?:n\s?[°º]|numéro)\s*:?\s*(?P<sirene>\d(?:{_GAP}\d){{8}}(?:{_GAP}\d{{5}}|(?:{_GAP}\d){{5}})?)(?!{_GAP}\d)",
    re.IGNORECASE,
    needs="insee|rcs|sirene",
)
_SIREN = regex(
    rf"\bSIREN\b[^\d\n]{{0,20}}(?P<siren>\d(?:{_GAP}\d){{5,13}})(?!\d)", re.IGNORECASE, needs="siren"
)
_GROUP: Final = r"[ \u00a0\u202f]?(?:[A-Z\d]{4})"
_IBAN = regex(
    rf"(?<![A-Z\d])(?P<iban>FR\d\d(?:{_GROUP}){{5}}[ \u00a0\u202f]?[A-Z\d]{{3}}(?![A-Z\d])"
    r"|FR\d\d[A-Z\d]{10,30}(?![A-Z\d])"
    r"|FR\d\d(?:[ \u00a0\u202f][A-Z]{0,3}\d[A-Z\d]{0,3}(?![A-Z\d])){4,8})",
    re.IGNORECASE,
    needs="fr",
)
"""Its 27 signs by fours, all together, or of another length by groups that each hold a digit."""
_TVA = regex(
    rf"\bTVA\b[^\d\n]{{0,40}}?\bFR\s?(?P<cle>\d\d){_GAP}(?P<siren>\d(?:{_GAP}\d){{8}})(?!\d)", needs="tva"
)
_PHONE = regex(
    r"\b(?:t[ée]l(?:[ée]phone)?|portable|fax|t[ée]l[ée]copie|joindre|joignables?|appel(?:er|ez)|contact(?:er|ez))\b\s*[.:]?\s*(?:fixe|portable|:|au|le)?\s*:?\s*"
    r"(?P<numero>(?:\+33\s?(?:\(0\)\s?)?|0)[\d .\u00a0\u202f-]{5,24}\d)",
    re.IGNORECASE,
)
_COURT = regex(
    r"\b(?:[Tt]ribuna(?:l|ux)\s+[Aa]dministratifs?|T\.?A\.?)\s+(?:d[’']|de\s+la\s+|de\s+|du\s+|des\s+)"
    r"(?P<ville>[A-ZÀ-Ý][\w’'-]+(?:[ -](?:en|sur|de)?[ -]?[A-ZÀ-Ý][\w’'-]+){0,3})",
)
_OLD_COURT = regex(
    r"\btribuna(?:l|ux)\s+(?:d[’']instance|de\s+grande\s+instance)\b",
    re.IGNORECASE,
    needs="tribuna & grande|instance",
)

COURTS: Final = {
    "Amiens": "02 60 80", "Bastia": "2A 2B", "Besançon": "25 39 70 90", "Bordeaux": "24 33 47",
    "Caen": "14 50 61",
    "Cergy-Pontoise": "92 95", "Châlons-en-Champagne": "08 10 51 52", "Clermont-Ferrand": "03 15 43 63",
    "Dijon": "21 58 71 89", "Grenoble": "26 38 73 74", "Lille": "59 62", "Limoges": "19 23 36 87",
    "Lyon": "01 07 42 69", "Marseille": "04 05 13", "Melun": "77 94", "Montpellier": "11 34 66",
    "Montreuil": "93", "Nancy": "54 55 88", "Nantes": "44 49 53 72 85", "Nice": "06", "Nîmes": "30 48 84",
    "Orléans": "18 28 37 41 45", "Paris": "75", "Pau": "32 40 64 65", "Poitiers": "16 17 79 86",
    "Rennes": "22 29 35 56", "Rouen": "27 76", "Strasbourg": "57 67 68", "Toulon": "83",
    "Toulouse": "09 12 31 46 81 82",
    "Versailles": "78 91", "Guadeloupe": "971", "Martinique": "972", "Guyane": "973", "Réunion": "974",
    "Mayotte": "976", "Saint-Barthélemy": "977", "Saint-Martin": "978", "Saint-Pierre-et-Miquelon": "975",
    "Polynésie": "987", "Nouvelle-Calédonie": "988", "Wallis-et-Futuna": "986", "Basse-Terre": "971",
    "Fort-de-France": "972", "Cayenne": "973", "Saint-Denis": "974", "Mamoudzou": "976", "Nouméa": "988",
    "Papeete": "987",
}  # fmt: skip
"""Each tribunal administratif and the départements it judges for (CJA, art. R. 221-3)."""


COURTS_OF_APPEAL: Final = {
    "Bordeaux": "Bordeaux Limoges Pau Poitiers Guadeloupe Guyane Martinique Mayotte Réunion",
    "Douai": "Amiens Lille Rouen", "Lyon": "Clermont-Ferrand Dijon Grenoble Lyon",
    "Marseille": "Bastia Marseille Nice Toulon", "Nancy": "Besançon Châlons-en-Champagne Nancy Strasbourg",
    "Nantes": "Caen Nantes Orléans Rennes", "Paris": "Melun Montreuil Paris",
    "Toulouse": "Montpellier Nîmes Toulouse", "Versailles": "Cergy-Pontoise Montreuil Orléans Versailles",
}  # fmt: skip
"""Each cour administrative d’appel and the tribunaux whose judgments it reviews (CJA, art. R. 221-7)."""
_APPEAL = regex(
    r"\b(?i:cours?\s+administratives?\s+d[’']appel|C\.?A\.?A\.?)\s+(?:de\s+|d[’'])(?P<ville>[A-ZÀ-Ý][\w’'-]+)"
)


class Repere(NamedTuple):
    """An identifier that cannot be one, at `start`: as typed, why, and what to do; `sure` when its own key
    says so."""

    start: int
    said: str
    why: str
    hint: str
    sure: bool = True


def reperes_faux(text: str) -> Iterator[Repere]:
    """The identifiers of a text whose key or form is wrong.

    >>> [r.why for r in reperes_faux("SIRET : 999 990 013 00017")]
    ['la clé de ce SIRET est fausse']
    >>> [*reperes_faux("SIRET : 999 990 013 00016, 82990 Esparnac")]
    []
    """
    upper = text.upper()
    if "SIRE" in upper or "INSEE" in upper or "RCS" in upper:
        yield from _sirene(text)
    if "FR" in upper:
        yield from _bank_and_tax(text)
    if "BIC" in upper or "RNA" in upper or "APE" in upper or "NAF" in upper:
        yield from _of_another_form(text)
    if (
        "TÉL" in upper
        or "TEL" in upper
        or "FAX" in upper
        or "PORTABLE" in upper
        or "JOI" in upper
        or "EZ " in upper
        or "ER " in upper
    ):
        yield from _phones(text)
    for start, said, why in codes_impossibles(text):
        yield Repere(start, said, why, "corrigez le code postal", False)
    if (
        "@" in text
        or "/" in upper
        or "WWW" in upper
        or "MAIL" in upper
        or "COURRIEL" in upper
        or "MÉL" in upper
    ):
        for start, said, why in adresses_electroniques_fausses(text):
            yield Repere(start, said, why, "vérifiez cette adresse", False)


def _sirene(text: str) -> Iterator[Repere]:
    for pattern, name, length in ((_SIRET, "siret", 14), (_SIREN, "siren", 9)):
        for found in pattern.finditer(text):
            digits = re.sub(r"\D", "", found[name])
            if len(digits) != length:
                why = f"un {name.upper()} a {length} chiffres, celui-ci en a {len(digits)}"
                yield Repere(found.start(name), found[name], why, "recopiez-le de l’avis de situation Insee")
            elif not has_its_key(digits):
                why = f"la clé de ce {name.upper()} est fausse"
                yield Repere(found.start(name), found[name], why, "un chiffre est mal recopié : vérifiez-le")

    for found in _SIRENE.finditer(text):
        if not has_its_key(re.sub(r"\D", "", found["sirene"])):
            hint = "un chiffre est mal recopié : vérifiez-le"
            yield Repere(found.start("sirene"), found["sirene"], "la clé de ce numéro est fausse", hint)


def has_its_key(digits: str) -> bool:
    """Whether a SIREN or a SIRET has the key of Luhn; the offices of La Poste have one of their own.

    >>> has_its_key("99999001300016"), has_its_key("35600000000001")
    (True, True)
    """
    doubled = (int(sign) * (1 + rank % 2) for rank, sign in enumerate(reversed(digits)))
    if sum(number - 9 * (number > 9) for number in doubled) % 10 == 0:
        return True
    return digits.startswith("356000000") and sum(map(int, digits)) % 5 == 0


def _bank_and_tax(text: str) -> Iterator[Repere]:
    for found in _IBAN.finditer(text):
        iban = re.sub(r"\s", "", found["iban"])
        turned = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
        if len(iban) != 27:
            why = f"un IBAN français a 27 caractères, celui-ci en a {len(iban)}"
            yield Repere(found.start(), found["iban"], why, "recopiez-le du relevé d’identité bancaire")
        elif int(turned) % 97 != 1:
            why, hint = "la clé de cet IBAN est fausse", "recopiez-le du relevé d’identité bancaire"
            yield Repere(found.start(), found["iban"], why, hint)
    for found in _TVA.finditer(text):
        siren = int(re.sub(r"\D", "", found["siren"]))
        if int(found["cle"]) != (12 + 3 * (siren % 97)) % 97:
            why = "la clé de ce numéro de TVA est fausse"
            yield Repere(found.start("cle"), f"FR{found['cle']}…", why, "recopiez-le")


_FORMS: Final = (
    (
        regex(r"\bBIC\b(?:\s*/\s*SWIFT)?\s*:?\s*(?:est\s+)?(?P<said>[A-Z]{4}[A-Z\d]{1,14})(?![A-Za-z\d])"),
        regex(r"[A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?"),
        "un BIC a 8 ou 11 caractères, dont 6 lettres d’abord",
    ),
    (
        regex(
            r"\bRNA\b[^\w\n]{0,5}(?:(?:n\s?[°º]|numéro|sous\s+le\s+numéro)\s*)?:?\s*(?P<said>W\d{3,14})(?!\d)"
        ),
        regex(r"W\d{9}"),
        "un numéro RNA est « W » et 9 chiffres",
    ),
    (
        regex(
            r"\b(?:code\s+)?(?:APE|NAF)\b\s*(?:/\s?(?:APE|NAF))?\s*:?\s*(?P<said>\d[\d.]{1,6}\s?[A-Z]?)(?![\w.])"
        ),
        regex(r"\d\d\.?\d\d\s?[A-Z]"),
        "un code APE a quatre chiffres et une lettre",
    ),
)
"""Identifiers without a key: how a text says one, its form, what it is."""


def _of_another_form(text: str) -> Iterator[Repere]:
    for said, form, what in _FORMS:
        for found in said.finditer(text):
            if not form.fullmatch(found["said"].strip()):
                yield Repere(found.start("said"), found["said"].strip(), what, "recopiez-le", False)


def _phones(text: str) -> Iterator[Repere]:
    for found in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", found["numero"].replace("(0)", ""))
        national = "0" + digits[2:] if digits.startswith("33") else digits
        if len(national) != 10 and len(national) not in (4, 6, 20):
            why = f"un numéro de téléphone a dix chiffres, celui-ci en a {len(national)}"
            yield Repere(found.start("numero"), found["numero"].strip(), why, "vérifiez ce numéro", False)


class Tribunal(NamedTuple):
    """A court as cited at `start`: its town, and whether there is such a court."""

    start: int
    said: str
    ville: str
    connu: bool


def tribunaux(text: str) -> Iterator[Tribunal]:
    """The tribunaux administratifs that a text names.

    >>> [t[2:] for t in tribunaux("le tribunal administratif de Montauban")]
    [('Montauban', False)]
    """
    for found in _COURT.finditer(text):
        town = found["ville"].removeprefix("La ")
        known = next((name for name in COURTS if town.startswith(name)), None)
        yield Tribunal(found.start(), found[0], known or town, known is not None)


def cours_d_appel(text: str) -> Iterator[Tribunal]:
    """The cours administratives d’appel that a text names.

    >>> [t[2:] for t in cours_d_appel("la cour administrative d’appel de Montauban")]
    [('Montauban', False)]
    """
    for found in _APPEAL.finditer(text):
        yield Tribunal(found.start(), found[0], found["ville"], found["ville"] in COURTS_OF_APPEAL)


_STATE = regex(
    r"\b(?i:(?P<quoi>sous-préfecture|sous-préf[eè]te?|arrondissement))\s+(?:d[’']|de\s+|du\s+|des\s+)"
    r"(?P<ville>(?:(?:La|Le|Les|L’)\s?)?[A-ZÀ-Ý][\w’'-]+)",
    needs="arrondissement|sous-préf",
)


def arrondissements_cites(text: str) -> Iterator[tuple[int, str, str]]:
    """The arrondissements and sous-préfectures that a text names: where, as typed, the town.

    >>> [*arrondissements_cites("transmis à la sous-préfecture de Castelsarrasin")]
    [(14, 'sous-préfecture de Castelsarrasin', 'Castelsarrasin')]
    """
    for found in _STATE.finditer(text):
        yield found.start(), " ".join(found[0].split()), found["ville"]


def juridictions_disparues(text: str) -> Iterator[tuple[int, str]]:
    """The courts of before 2020 that a text names."""
    for found in _OLD_COURT.finditer(text):
        yield found.start(), found[0]


_APPEAL_WITHIN = regex(
    r"\b(?:recours|contest\w+)\b[^.;\n]{0,160}?\bdélai\s+(?:de\s+|d[’'])(?P<said>(?P<n>\w+(?:-\w+)?)\s+(?:\(\d+\)\s+)?(?P<unit>mois|semaines|jours))\b",
    re.IGNORECASE,
    needs="délai & contest|recours",
)
_OF_THE_COURT = regex(
    r"tribunal\s+administratif|\bTA\b|contentieux|excès\s+de\s+pouvoir|juridiction\s+administrative",
    re.IGNORECASE,
)
_OF_ITS_OWN = regex(
    r"élect|référé|silence|suspen|permis|étrang|installation|outre-mer|domicili|contrat|marché", re.IGNORECASE
)
"""What has a delay of its own: an election, an urgent application, a public contract."""
_SILENCE = regex(
    r"\bsilence\b[^.;\n]{0,80}?\bvaut\s+(?P<said>acceptation|accord)\b[^.;\n]{0,30}?\brecours\b"
    r"|\brecours\b[^.;\n]{0,120}?\bsilence\b[^.;\n]{0,80}?\bvaut\s+(?P<said2>acceptation|accord)\b",
    re.IGNORECASE,
    needs="recours|silence",
)


def recours_faux(text: str) -> Iterator[tuple[int, str, str]]:
    """The delays of a contentious appeal that are not of two months, and a silence that would accept one:
    where, as typed, why."""
    for found in _APPEAL_WITHIN.finditer(text):
        around = phrase(text, *found.span())
        many = combien(found["n"].lower())
        other = many is not None and (many != 2 or found["unit"].lower() != "mois")
        if other and _OF_THE_COURT.search(around) and not _OF_ITS_OWN.search(around):
            yield found.start("said"), found["said"], "le délai de recours contentieux est de deux mois"
    for found in _SILENCE.finditer(text):
        group = "said" if found["said"] else "said2"
        yield found.start(group), found[group], "le silence gardé sur un recours administratif le rejette"
