"""T9: the personal data of a child, of a beneficiary, of anybody, in an act that is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ctgdocs.french import MOIS_ECRIT, slug, words_in_order
from ctgdocs.patterns import Sought, regex
from ctgdocs.rules.rule import ALERTE, PROSE, Prose, Said, Typed, about, rule
from ctgdocs.stages import Reader
from ctgdocs.vocabulary.as_typed import shown
from ctgdocs.vocabulary.registres import ELUS, PARTENAIRES

_CAPITAL: Final = r"[A-ZÀÂÇÉÈÊËÎÏÔÖÙÛÜ]"
_NAME: Final = rf"{_CAPITAL}[\w’'-]+(?:\s+{_CAPITAL}[\w’'-]*){{0,2}}"
_CIVILITIES: Final = "m.|mme|monsieur|madame|mlle"
_WHO: Final = rf"(?:M\.|Mme|Monsieur|Madame|Mlle)\s+(?P<nom>{_NAME})"


def _who(rank: int) -> str:
    """The same, under another name in one pattern."""
    return _WHO.replace("<nom>", f"<nom{rank}>")


_NIR = regex(
    r"(?<![\d.])[12][ \u00a0]?\d\d[ \u00a0]?(?:0[1-9]|1[0-2])[ \u00a0]?(?:\d\d"
    r"|2[AB])[ \u00a0]?\d{3}[ \u00a0]?\d{3}(?:[ \u00a0]?\d\d)?(?![\d.,])"
)
_A_LONG_NUMBER = regex(r"\d(?:[ \u00a0]?\d){4}")
_ALLOCATAIRE = regex(
    r"\b(?:n\s?[°º]|numéro|matricule)\s*(?:d[’'])?\s*allocataire\s*(?:Caf|MSA)?\s*:?\s*\d[\d ]{4,}",
    re.IGNORECASE,
    needs="allocataire",
)
_BORN = regex(
    rf"(?<!\bnom )\bnée?(?:\(e\))?\s+(?:le\s+\d{{1,2}}(?:er)?[\s/.]|en\s+(?:{MOIS_ECRIT})\s+(?:19|20)\d\d)",
    re.IGNORECASE,
    needs="né",
)
_CHILD = regex(
    rf"(?:\b[Ll][’']enfant|\b[Ll]es\s+enfants|\b[Ll][’']élève|\b(?:[Ss]on|[Ss]a|[Ll]eur)\s+(?:fils|fille|enfant)|\b[Ll][ea]\s+(?:jeune|mineure?)"
    rf"|\b[Ll]e\s+petit|\b[Ll]a\s+petite)\s+(?:{_CAPITAL}\.\s?)?(?P<nom>{_NAME})|\bEnfant\s*:\s*(?P<nom2>{_CAPITAL}[\w’'-]+\s+{_CAPITAL}[\w’'-]+)",
    needs="enfant|fille|fils|jeune|mineur|petit|élève",
)
_SOCIAL: Final = (
    r"(?:remises?\s+gracieuses?|tarif\s+(?:réduit|social)|aides?\s+(?:sociale|alimentaire|médicale|financière|d[’']urgence|exceptionnelle)s?"
    r"|secours|revenu\s+de\s+solidarité|RSA|AAH|APA|dettes?|impayés?|surendett\w+|handicap\w*|malad\w+|hospitalis\w+|invalidité"
    r"|grossesse|incarcér\w+|quotient\s+familial|créances?|non-valeur|hébergement\s+d[’']urgence|expulsion|dégrèvement)"
)
_LIFE: Final = (
    "remise|tarif|aide|secours|revenu|rsa|aah|apa|dette|impayé|surendett|handicap|malad|hospitalis|invalidité|grossesse|incarcér"
    "|quotient|créance|non-valeur|hébergement|expulsion|dégrèvement"
)
"""Words of which one stands in what `_SOCIAL` matches."""
_HELPED = regex(
    rf"\b(?:accord|attribu|octroy|vers|allou|consent)\w*\s[^.;\n]{{0,60}}?\b(?:aides?|secours|prêt|allocation|bourse|remise|exonération|prise\s+en\s+charge|dégrèvement|logement)\b"
    rf"[^.;\n]{{0,80}}?\b(?:à|pour|au\s+bénéfice\s+de|en\s+faveur\s+de)\s+(?:la\s+famille\s+(?:de\s+)?(?P<famille>{_NAME})|{_WHO})"
    rf"|\b(?:[Aa]ides?|[Rr]emises?|[Ss]ecours|[Pp]rêts?|[Bb]ourses?|[Ee]xonérations?|[Dd]égrèvements?|[Aa]llocations?)\b[^.;\n]{{0,40}}?"
    rf"\b(?:attribuée?s?|accordée?s?|versée?s?|octroyée?s?|allouée?s?|consentie?s?)\s+à\s+{_who(4)}"
    rf"|\b(?i:{_SOCIAL})\b[^.;\n]{{0,20}}?(?:\s(?:à|pour|de)|\s?€\s*:)\s+{_who(2)}"
    rf"|\b(?:[Aa]dmission|[Dd]emande|[Ss]ituation|[Dd]ossier)\s+de\s+{_who(3)}"
    rf"[^.;\n]{{0,40}}?\b(?i:{_SOCIAL})\b",
    needs=f"{_CIVILITIES}|famille & {_LIFE}|prêt|allocation|bourse|exonération|prise|logement",
)
_BENEFICIARY = regex(
    rf"\b(?:bénéficiaires?|allocataires?|demandeurs?|demandeuses?|usagère?s?)\s*,?\s*:?\s*{_WHO}"
    rf"|{_who(2)}[^.;\n]{{0,40}}?"
    rf"\b(?:bénéfici\w+|perç\w+|sollicit\w+|reçoi\w+|obtien\w+|souffr\w+|redevables?|doi(?:t|vent))\b"
    rf"[^.;\n]{{0,60}}?\b(?i:{_SOCIAL})\b",
    needs=f"{_CIVILITIES} & bénéfici|allocataire|demandeu|usag|{_LIFE}",
)
_HOME = regex(
    rf"{_WHO}(?:[^.;\n]{{0,60}}?\b(?:domiciliée?|demeurant|habitant|résidant)\b[^.;\n]{{0,20}}?\s(?:au\s+)?\d{{1,4}}[\s,]"
    r"|\s*,\s+\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|boulevard|chemin|route|impasse|allée|place)\b)",
    needs=f"{_CIVILITIES} & domicilié|demeurant|habitant|résidant"
    "|rue|avenue|boulevard|chemin|route|impasse|allée|place",
)
_HEALTH = regex(
    rf"{_WHO}[^.;\n]{{0,80}}?\b(?:handicap\w*|maladie|malade|hospitalis\w+|invalidité|enceinte|grossesse|RSA|AAH|surendett\w+|incarcér\w+|congé\s+(?:de\s+)?(?:longue\s+)?maladie|QF|enfants?\s+à\s+charge)\b"
    rf"|{_who(2)}[^.;\n]{{0,40}}?\b(?:(?:en|placée?s?\s+en)\s+(?:congé\s+(?:de\s+)?(?:longue\s+)?(?:maladie|durée)|arrêt\s+(?:de\s+|pour\s+)?(?:maladie|travail)"
    r"|accident|mi-temps\s+thérapeutique|disponibilité\s+d[’']office|invalidité))\b"
    rf"|\b[Ll][’']agente?\s+(?P<nom3>{_NAME})[^.;\n]{{0,40}}?\b(?:licencié|révoqué|suspendu|sanctionné|exclu|inapt|maladie|invalidité|accident)"
    rf"|\b(?:longue\s+maladie|congé\s+(?:de\s+)?maladie|arrêt\s+(?:de\s+)?maladie|invalidité)\s*,\s+{_who(4)}",
    needs=f"{_CIVILITIES}|agent & licencié|révoqué|suspendu|sanctionné|exclu|inapt|handicap|malad|hospitalis"
    "|invalidité|enceinte|grossesse|rsa|aah|surendett|incarcér|congé|arrêt|accident|thérapeutique|disponibilité|qf|charge",
)
_SICK = regex(
    r"[^.;\n]{0,40}?\b(?:congé\s+(?:de\s+)?(?:longue\s+)?maladie|arrêt\s+(?:de\s+)?(?:maladie|travail)|thérapeutique|invalidité)\b",
    needs="arrêt|invalidité|maladie|thérapeutique",
)
_AGED = regex(
    rf"(?P<nom>{_CAPITAL}[\w’'-]+(?:(?:\s+et\s+|\s+){_CAPITAL}[\w’'-]+){{1,3}})\s*\(\s*(?:\d|1[0-7])(?:\s*(?:et|,|/)\s*\d{{1,2}}){{0,5}}\s*ans\s*\)",
    needs="ans",
)
_KIN = regex(
    rf"\b(?:[Ff]ils|[Ff]ille|[Mm]ère|[Pp]ère|[Tt]uteur|[Tt]utrice)\s+(?:de|du\s+jeune)\s+{_WHO}"
    rf"|\b(?:[Mm]ère|[Pp]ère|[Tt]uteur|[Tt]utrice)\s+(?:de\s+|d[’'])(?P<nom2>{_CAPITAL}[\w’'-]+\s+{_CAPITAL}[\w’'-]+)\s*,?\s+(?:scolaris|élève|âgée?\b|accueilli)"
    rf"|\b(?:[Pp]arents?|[Mm]ère|[Pp]ère)\s+(?:de\s+|d[’'])(?P<nom3>{_CAPITAL}[\w’'-]+)\s*\(\s*\d{{1,2}}\s+(?:ans|mois)\s*\)",
    needs=f"{_CIVILITIES}|scolaris|élève|âgé|accueilli|ans|mois & parent|fils|fille|mère|père|tuteur|tutrice",
)
_CALLED = regex(
    rf"\b(?:[Ff]amille|[Pp]arents?|[Mm]ère|[Pp]ère)\b[^.;\n]{{0,40}}?{_WHO}"
    r"[^.;\n]{0,40}?\b0[67](?:[ .]?\d\d){4}",
    needs=f"{_CIVILITIES} & famille|parent|mère|père",
)
_OFFICE = regex(
    r"\s*,?\s+(?:vice-|la\s+|le\s+|l[’'])?(?:président|direct|maire|adjoint|conseill|coordin|respons|chargé|agent|animat|représent|élue?\b|délégué|trésor|secrétaire"
    r"|rapporteu|médecin|assistant|référent|au\s+nom)",
    re.IGNORECASE,
)
"""A person named for an office: what is said next is no life of theirs."""
_THING_BORN = regex(
    r"\b(?:association|projet|démarche|service|idée|initiative|collectif|structure|dispositif|partenariat|lieu|crèche|relais)\b[^.;\n]{0,40}$",
    re.IGNORECASE,
)
_FAMILY = regex(
    rf"\b(?:[Ll]a\s+famille|[Ll]e\s+foyer|[Ll]es\s+époux|[Ll]e\s+couple)\s+(?:de\s+(?:M\.|Mme|Monsieur|Madame)\s+)?(?P<nom>{_NAME})",
    needs="couple|famille|foyer|époux",
)
_OF_SOMEBODY: Final = ("M.", "Mme", "Monsieur", "Madame", "Mlle")
_A_FAMILY: Final = ("famille ", "famille\u00a0", "famille\n")
_PATTERNS: Final = (
    (_CHILD, "le nom d’un enfant", ("nfant", "lève", "fils", "fille", "jeune", "mineur", "petit")),
    (_AGED, "le nom d’un enfant", (" ans)", "\u00a0ans)", " ans )")),
    (_HELPED, "le nom d’un bénéficiaire", (*_OF_SOMEBODY, *_A_FAMILY)),
    (_BENEFICIARY, "le nom d’un bénéficiaire", _OF_SOMEBODY),
    (_HOME, "l’adresse d’une personne", _OF_SOMEBODY),
    (_KIN, "le nom d’un parent", (*_OF_SOMEBODY, "ère d", "tuteur", "tutrice")),
    (_CALLED, "le téléphone d’une famille", _OF_SOMEBODY),
    (_HEALTH, "la santé ou la situation d’une personne", (*_OF_SOMEBODY, "’agent", "'agent")),
    (_FAMILY, "le nom d’une famille", (*_A_FAMILY, "foyer", "époux", "couple")),
    (_BORN, "une date de naissance", (" né", "\u00a0né", "\nné", "(né", "Né", "NÉ")),
    (_ALLOCATAIRE, "un numéro d’allocataire", ("llocataire", "LLOCATAIRE")),
)
"""What is personal, what it is called, and what a text that says it holds."""
_SIGNS: Final = tuple(dict.fromkeys(sign for *_, signs in _PATTERNS for sign in signs))


@lru_cache(maxsize=256)
def _said(text: str) -> tuple[tuple[Sought, str, re.Match[str]], ...]:
    """What a text says that may be personal."""
    here = {sign for sign in _SIGNS if sign in text}
    return tuple(
        (pattern, what, found)
        for pattern, what, signs in _PATTERNS
        if here and not here.isdisjoint(signs)
        for found in pattern.finditer(text)
    )


@rule(
    "T9",
    "Un acte publié ne donne pas de données personnelles d’un enfant, d’un bénéficiaire ou d’un particulier",
    ALERTE,
    "règlement (UE) 2016/679 (RGPD), art. 5 ; CRPA, art. L. 311-6 et L. 312-1-2 ; CASF, art. L. 133-5",
    on=PROSE,
    about=about(
        words=lambda text: _A_LONG_NUMBER.search(text) or any(sign in text for sign in _SIGNS),
        look=lambda text: _said(text) or _NIR.search(text),
    ),
)
def nobody_is_exposed(typed: Prose, reader: Reader) -> Iterator[Said]:
    """In délibérations, conventions, arrêtés but individual ones, and what the public reads of a meeting. The
    élus and the persons of partners may be named. A social security number is told in any text."""
    text = typed.text
    for found in _NIR.finditer(text):
        yield _exposed(typed, found.start(), "un numéro de sécurité sociale", "…")
    told: set[tuple[str, int]] = set()
    for pattern, what, found in _said(text) if _is_published(typed) else ():
        group = next((group for group, name in found.groupdict().items() if name), 0)
        start, name = found.start(group), found[group] if group else ""
        once = (name or found[0], text.count("\n", 0, start))
        if once not in told and not _may_be_published(pattern, found, group, reader):
            told.add(once)
            yield _exposed(typed, start, what, name or found[0])


def _may_be_published(pattern: Sought, found: re.Match[str], group: str | int, reader: Reader) -> bool:
    """An initial, somebody known by an office, an élu or a person of a partner; the birth of a thing."""
    if not group:
        return pattern is _BORN and _THING_BORN.search(found.string[: found.start()][-80:]) is not None
    name = found[group]
    if _is_an_initial(name) or pattern is _CHILD:
        return _is_an_initial(name)
    sick = pattern is _HEALTH and _SICK.match(found.string, found.end(group)) is not None
    office = pattern is not _FAMILY and not sick and _OFFICE.match(found.string, found.end(group)) is not None
    return office or _is_public(name, reader)


def _exposed(typed: Typed, start: int, what: str, said: str) -> Said:
    hint = "anonymisez (« Mme X », « l’enfant A. »), ou placez ces données dans une pièce non publiée"
    return Said(f"{what} dans un acte publié : {shown(said)}", typed.place(start), hint)


def _is_published(typed: Typed) -> bool:
    if typed.act.registry == "arrete":
        return getattr(typed.act.value, "nature_actes", "") != "AI"
    return typed.act.registry in ("deliberation", "convention", "dossiers")


def _is_an_initial(name: str) -> bool:
    """Whether « l’enfant X » is already no one."""
    return bool(name) and re.fullmatch(r"[A-Z]\.?(?:\s*[A-Z]\.?)*", name) is not None


def _is_public(name: str, reader: Reader) -> bool:
    """Whether it is the name of an élu, or of a person of a partner."""
    wanted = set(slug(name).split("-"))
    if any(wanted <= set(id.split("-")) for id in reader.ids(ELUS)):
        return True
    partners = (reader.find(PARTENAIRES, id) for id in reader.ids(PARTENAIRES))
    return any(
        wanted <= set(words_in_order(slug(f"{one.prenom} {one.nom}")).split("-"))
        for partner in partners
        if partner
        for one in partner.value.representants
    )
