"""What a text writes and that has a key, or is of a closed list: T6 of identifiers, T7 of courts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ctgdocs.french import arrondissements, de, departements, slug
from ctgdocs.patterns import regex
from ctgdocs.rules.rule import ALERTE, ERREUR, PROSE, TEXT, Prose, Said, Typed, about, rule
from ctgdocs.rules.texts import day_of
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.adresses import Adresse, adresses
from ctgdocs.vocabulary.as_typed import shown
from ctgdocs.vocabulary.citations import phrase
from ctgdocs.vocabulary.organismes import Collectivite
from ctgdocs.vocabulary.registres import COLLECTIVITE, COMMUNES
from ctgdocs.vocabulary.reperes import (
    COURTS,
    COURTS_OF_APPEAL,
    arrondissements_cites,
    cours_d_appel,
    has_its_key,
    juridictions_disparues,
    recours_faux,
    reperes_faux,
    tribunaux,
)

_A_SIRET = regex(r"\s*(?:\d\D*){14}").fullmatch
TRIBUNAL_JUDICIAIRE = date(2020, 1, 1)
"""From that day the tribunaux d'instance and de grande instance are tribunaux judiciaires (loi n°
2019-222)."""


_NAMES_ONE = regex(
    r"(?i:sire|insee|rcs|bic|rna|ape|naf)"
    r"|(?i:fr ?\d\d|tva|t[ée]l|fax|portable|joi[gn]|appel|contact|[@/]|www|mail|courriel|mél)"
    r"|\d[\d ]\d{2,4}\s+[A-ZÀ-Ý]"
)


def _holds_one(text: str) -> bool:
    return bool(_A_SIRET(text)) or any(reperes_faux(text)) or any(adresses(text))


@rule(
    "T6",
    "Un SIRET, un IBAN, un numéro de TVA, un code postal, un téléphone, une adresse électronique ont la "
    "forme et la clé qui sont les leurs",
    ERREUR,
    "code de commerce, art. R. 123-220 ; norme ISO 13616",
    on=TEXT,
    about=about(words=lambda text: _A_SIRET(text) or _NAMES_ONE.search(text), look=_holds_one),
)
def with_its_key(typed: Typed, reader: Reader) -> Iterator[Said]:
    """In a text or in its own field. A code of a town that communes.yaml knows with another one is a
    doubt."""
    if typed.path[-1:] == ("siret",):
        digits = re.sub(r"\D", "", typed.text)
        if len(digits) == 14 and not has_its_key(digits):
            hint = "un chiffre est mal recopié : vérifiez-le"
            yield Said(f"{shown(typed.text)} : la clé de ce SIRET est fausse", typed.place(0), hint)
        return
    told = set()
    for one in reperes_faux(typed.text):
        told.add(one.start)
        level = None if one.sure else ALERTE
        yield Said(f"{shown(one.said)} : {one.why}", typed.place(one.start), one.hint, severity=level)
    for where in adresses(typed.text):
        if where.start in told:
            continue
        yield from _of_its_town(typed, where, reader)


def _of_its_town(typed: Typed, where: Adresse, reader: Reader) -> Iterator[Said]:
    house = reader.find(COLLECTIVITE, COLLECTIVITE.name)
    id = slug(where.ville)
    known = reader.find(COMMUNES, id) if id in reader.ids(COMMUNES) else None
    address = known.value.adresse if known else None
    if house and slug(house.value.adresse.ville) == id:
        address = house.value.adresse
    digits = 2 if where.cedex else 5
    if address is not None and address.code_postal[:digits] != where.code[:digits]:
        said = f"le code postal {de(where.ville)} est {address.code_postal}, pas {where.code}"
        yield Said(said, typed.place(where.start), "corrigez l’un des deux", severity=ALERTE)


@rule(
    "T7",
    "La juridiction, l’arrondissement et le délai de recours cités sont les bons",
    ALERTE,
    "CJA, art. R. 221-3, R. 221-7 et R. 421-1 ; CRPA, art. L. 231-4 et L. 411-7 ; code officiel géographique "
    "(Insee)",
    on=PROSE,
    about=about(
        "tribuna", "ta d", "t.a. d", "appel d", "caa d", "réf", "arrondissement", "recours", "contest"
    ),
)
def the_court_of_the_departement(typed: Prose, reader: Reader) -> Iterator[Said]:
    """A court or a sous-préfecture of no town is told; so is another one than that of the collectivité, where
    an act says how it is contested or to whom it is sent. A tribunal d’instance is no more since 2020."""
    text = typed.text
    house = reader.find(COLLECTIVITE, COLLECTIVITE.name)
    own = house.value.departement if house else ""
    if "ribuna" in text or "TA d" in text or "T.A. d" in text or "ppel d" in text or "CAA d" in text:
        yield from _courts(typed, own)
        day = day_of(typed.act, reader)
        for start, said in juridictions_disparues(text) if not day or day >= TRIBUNAL_JUDICIAIRE else ():
            gone = f"{shown(said)} n’existe plus depuis le 1er janvier 2020"
            yield Said(gone, typed.place(start), "écrivez « tribunal judiciaire »")
    if "ecours" in text or "ontest" in text:
        for start, said, why in recours_faux(text):
            yield Said(f"{shown(said)} : {why}", typed.place(start), "corrigez ce délai, ou cette règle")
    if "réf" in text or "rrondissement" in text:
        yield from _arrondissements(typed, own)


def _courts(typed: Prose, own: str) -> Iterator[Said]:
    """Those of no town, and those that do not judge for the département of the house."""
    court = court_of(own)
    above = next((town for town, under in COURTS_OF_APPEAL.items() if court and court in under.split()), "")
    for found, what, judges, hint in (
        (
            tribunaux(typed.text),
            "de tribunal administratif",
            own,
            f"le tribunal du département {own} est celui de {court}",
        ),
        (
            cours_d_appel(typed.text),
            "de cour administrative d’appel",
            court,
            f"la cour du département {own} est celle de {above}",
        ),
    ):
        table = COURTS if judges is own else COURTS_OF_APPEAL
        for one in found:
            wrong = f"il n’y a pas {what} dans cette ville" if not one.connu else ""
            if (
                one.connu
                and judges
                and judges not in table[one.ville].split()
                and _judges(typed, one.start, one.said)
            ):
                wrong = f"ne juge pas pour le département {own}"
            if wrong:
                sign = "" if one.connu else " :"
                yield Said(f"{shown(one.said)}{sign} {wrong}", typed.place(one.start), hint if court else "")


def _judges(typed: Prose, start: int, said: str) -> bool:
    return _RECOURS.search(phrase(typed.text, start, start + len(said))) is not None


def _arrondissements(typed: Prose, own: str) -> Iterator[Said]:
    every = {slug(name) for names in arrondissements().values() for name in names}
    ours = arrondissements().get(own, ())
    hint = f"le département {own} a pour arrondissements {', '.join(ours)}" if ours else ""
    for start, said, town in arrondissements_cites(typed.text):
        if not any(slug(town) in name for name in every):
            yield Said(f"{shown(said)} : il n’y a pas d’arrondissement de ce nom", typed.place(start), hint)
        elif (
            ours
            and not any(slug(town) in slug(name) for name in ours)
            and _SENT.search(phrase(typed.text, start, start + len(said)))
        ):
            yield Said(f"{shown(said)} n’est pas du département {own}", typed.place(start), hint)
    for found in _PREFET.finditer(typed.text) if own and ours else ():
        sent = _SENT.search(phrase(typed.text, *found.span()))
        named = _departement(found["nom"])
        if sent and named and named != own:
            said = f"{shown(found[0])} : la collectivité est dans le département {own}"
            yield Said(said, typed.place(found.start()), "corrigez le destinataire")


def _departement(name: str) -> str:
    """The number of the département of which a text gives the name."""
    return next((one.code for one in departements().values() if slug(name) == slug(one.nom)), "")


_SENT = regex(
    r"\b(?:transmi\w+|adress\w+|ampliation|envo\w+|légalité|notifi\w+|réception)\b",
    re.IGNORECASE,
    needs="adress|ampliation|envo|légalité|notifi|réception|transmi",
)
_PREFET = regex(
    r"\b(?i:préf(?:[eè]te?|ecture)|représentante?\s+de\s+l[’']État)\s+(?:dans\s+le\s+département\s+)?(?:d[’']|de\s+la\s+|de\s+l[’']|de\s+|du\s+|des\s+)"
    r"(?P<nom>[A-ZÀ-Ý][\w’'-]+(?:[ -][A-ZÀ-Ý][\w’'-]+)*)",
    needs="préf|représentant",
)


def court_of(departement: str) -> str:
    """The town of the tribunal administratif of a département; "" for none.

    >>> court_of("82")
    'Toulouse'
    """
    return next((town for town, judged in COURTS.items() if departement in judged.split()), "")


_RECOURS = regex(
    r"\b(?:recours|contest\w+|compéten\w+|saisi\w*|litiges?|différends?|devant)\b",
    re.IGNORECASE,
    needs="compéten|contest|devant|différend|litige|recours|saisi",
)


@the_court_of_the_departement.also(on=Collectivite)
def the_court_of_the_house(entry: Entry[Collectivite], reader: Reader) -> Iterator[Said]:
    """The court and the arrondissement of collectivite.yaml, that every act prints."""
    house, town = entry.value, court_of(entry.value.departement)
    if town and slug(town) not in slug(house.tribunal.nom):
        said = f"« {house.tribunal.nom} » ne juge pas pour le département {house.departement}"
        yield Said(said, entry.place("tribunal", "nom"), f"citez celui de {town}", to_check=True)
    ours = arrondissements().get(house.departement, ())
    if house.arrondissement and ours and not any(slug(house.arrondissement) in slug(one) for one in ours):
        said = f"« {house.arrondissement} » n’est pas un arrondissement du département {house.departement}"
        yield Said(said, entry.place("arrondissement"), f"ce département a : {', '.join(ours)}")
