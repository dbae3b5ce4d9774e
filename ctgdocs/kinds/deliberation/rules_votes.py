"""What the law asks of a vote by its subject: designations, accounts, subventions, jobs; what ACTES
accepts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from ctgdocs.content.heritage import Heir
from ctgdocs.kinds.deliberation.acte import Acte
from ctgdocs.kinds.deliberation.rules import Debate
from ctgdocs.kinds.deliberation.rules_quorum import Voted
from ctgdocs.patterns import regex
from ctgdocs.rules.dossiers import somme
from ctgdocs.rules.rule import ALERTE, Said, namer, plural, rule
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.nombres_ecrits import valeur
from ctgdocs.vocabulary.registres import COLLECTIVITE, PARTENAIRES, SEANCES, VISAS

# --- what an act says, in one text


def _words(entry: Entry[Acte], reader: Reader) -> str:
    """The objet, the visas, the motives and the decisions of an act, as one text."""
    acte = entry.value
    lender = entry.dossier.value if isinstance(entry, Heir) and entry.dossier else None
    lent = [str(getattr(lender, field, "") or "") for field in ("contexte", "proposition")] if lender else []
    visas = [_visa(visa.texte or "", reader) for visa in acte.visas]
    tables = [cell for one in acte.tableaux.values() for row in one.lignes for cell in row]
    decisions = [f"{one.titre or ''} {one.texte}" for one in acte.decisions]
    return "\n".join(
        (acte.objet, *visas, *acte.considerants, acte.expose or "", *lent, *tables, *decisions, *acte.annexes)
    )


def _visa(text: str, reader: Reader) -> str:
    known = reader.find(VISAS, text) if " " not in text else None
    return known.value.texte if known else text


def _decided(acte: Acte) -> str:
    return "\n".join((acte.objet, *(f"{one.titre or ''} {one.texte}" for one in acte.decisions)))


def _names_somebody(acte: Acte) -> bool:
    """Whether its matière is an election or a designation."""
    return (acte.matiere or "").split(".")[:2] in (["5", "1"], ["5", "3"])


# --- how it is voted


_DESIGNATES = regex(
    r"\b(?:désign(?:e|er|ent|és?|ées?)|nomm(?:e|er|ent|és?|ées?)|(?:d[’']élire|élit|élus?|élues?))\b[^.;\n]{0,160}?"
    r"\b(?:représentante?s?|déléguée?s?|membres?|titulaires?|suppléante?s?|référente?s?|représenter|siéger|siège)\b",
    re.IGNORECASE,
    needs="désign|nomm|élire|élit|élu",
)
_SECRET = regex(
    r"\b(?:scrutin|vote|bulletins?)\s+(?:à\s+bulletins?\s+)?secrets?\b",
    re.IGNORECASE,
    needs="secret & bulletin|scrutin|vote",
)


@rule(
    "N7",
    "Une nomination se vote au scrutin secret, sauf si l’assemblée y renonce à l’unanimité",
    ALERTE,
    "CGCT, art. L. 2121-21",
    ccas="CASF, art. R. 123-18",
    on=Voted,
)
def a_nomination_is_secret(act: Voted, reader: Reader) -> Iterator[Said]:
    """An act of matière 5.1 or 5.3, or one whose decisions designate somebody, voted à main levée:
    `sans_secret` or the words of the act say that the assembly waived the ballot. A text that foresees
    another ballot is not known to the program."""
    vote, acte = act.entry.value.vote, act.entry.value
    if vote is None or vote.prend_acte or vote.mode != "main levée" or vote.sans_secret:
        return
    if (_names_somebody(acte) or _DESIGNATES.search(_decided(acte))) and not _SECRET.search(
        _words(act.entry, reader)
    ):
        yield Said(
            "cet acte désigne ou nomme, mais il est voté à main levée",
            act.place("vote"),
            "si l’assemblée y a renoncé à l’unanimité, écrivez vote: {sans_secret: oui} ; sinon mode: secret",
            act.sitting.regime,
        )


@rule(
    "N6",
    "Un scrutin public donne le nom et le sens du vote de chacun",
    ALERTE,
    "CGCT, art. L. 2121-21",
    ccas="CASF, art. R. 123-18",
    on=Voted,
)
def a_public_ballot_names(act: Voted, reader: Reader) -> Iterator[Said]:
    """The voices of a scrutin public are lists of members, never counts."""
    vote = act.entry.value.vote
    if vote and vote.mode == "scrutin public" and vote.en_nombres:
        yield Said(
            "le scrutin public est donné en nombres, sans les noms",
            act.place("vote"),
            "nommez ceux qui ont voté contre et ceux qui se sont abstenus",
            act.sitting.regime,
        )


_ACCOUNTS = regex(
    r"\bcomptes?\s+(?:administratifs?|financiers?\s+uniques?)\b|\bCFU\b",
    re.IGNORECASE,
    needs="administratif|cfu|financier",
)
_ADOPTS = regex(
    r"\b(?:d[’'])?(?:adopt|approuv|arrêt|vot|donne?r?\s+acte)\w*",
    re.IGNORECASE,
    needs="acte|adopt|approuv|arrêt|vot",
)


@rule(
    "S4",
    "Le compte administratif ou financier unique se vote sous une autre présidence, sans l’exécutif",
    ALERTE,
    "CGCT, art. L. 2121-14",
    on=Voted,
)
def another_presides_the_accounts(act: Voted, reader: Reader) -> Iterator[Said]:
    """The executive may attend the debate, and leaves for the vote: neither present at this point nor among
    those who vote, and no pouvoir of his. A CCAS has no text of its own: it is told as a doubt."""
    acte, vote = act.entry.value, act.entry.value.vote
    if vote is None or not _ACCOUNTS.search(acte.objet) or not _ADOPTS.search(_decided(acte)):
        return
    house, regime = reader.find(COLLECTIVITE, COLLECTIVITE.name), act.sitting.regime
    executive = act.sitting.instance.president if house is None else house.value.executif
    if act.presence.president == executive:
        what, field = "préside le vote du compte", "presidence"
        hint = "indiquez qui préside ce point (presidence), élu par l’assemblée"
    elif act.presence.est_present(executive) and executive not in vote.hors_vote:
        what, field = "prend part au vote de son compte", "vote"
        hint = f"ajoutez ne_prend_pas_part: [{executive}], ou ses départ et retour dans mouvements"
    else:
        return
    said = f"{namer(reader)(executive)} {what}"
    yield Said(said, act.place(field), hint, regime, to_check=regime == "ccas")


# --- subventions


THRESHOLD: Final = Decimal(23_000)
"""Euros a year to one body of private law, from which a convention is owed (décret n° 2001-495, art. 1)."""
ENGAGEMENT = date(2022, 1, 2)
"""From that day, who receives a subvention has subscribed the contrat d’engagement républicain."""
_GRANTS = regex(
    r"\b(?:attribu|accord|vers|octroy|allou)\w*\b[^.;\n]{0,80}?\b(?:subvention|aide|concours)\w*\b[^.;\n]{0,120}?"
    r"(?P<montant>\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{4,})(?:,\d\d)?\s?(?:€|euros?\b)",
    re.IGNORECASE,
    needs="euro|€ & accord|allou|attribu|octroy|vers",
)
_GRANTED_BY_NAME = regex(
    r"\bsubvention\w*\b[^.;\n]{0,120}?\{montant(?:_en_lettres)?:\s*(?P<nom>[^{}]+?)\s*\}",
    re.IGNORECASE,
    needs="subvention & {montant",
)
_ASSOCIATION = regex(
    r"\bassociation|\bfoyer\s+rural|\bfédération|\bcomité\s+des\s+fêtes|\bclub\b|\bfondation\b",
    re.IGNORECASE,
    needs="association|club|fondation|foyer|fédération|fêtes",
)
_COMMITTED = regex(
    r"\bcontrat\s+d[’']engagement\s+républicain|\bCER\b|\b2021-1947\b",
    re.IGNORECASE,
    needs="2021-1947|cer|républicain",
)
_CONVENTION = regex(r"\bconventions?\b", re.IGNORECASE, needs="convention")


@rule(
    "F5",
    "Une subvention de plus de 23 000 € à une association a sa convention",
    ALERTE,
    "loi n° 2000-321 du 12 avril 2000, art. 10 ; décret n° 2001-495 du 6 juin 2001, art. 1er",
    on=Acte,
)
def a_large_grant_has_its_convention(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """What a délibération grants to an association, when its words say no convention. Lesser grants of one
    year are not added up."""
    granted = _granted(entry, reader)
    if granted is not None and granted > THRESHOLD and not _CONVENTION.search(_decided(entry.value)):
        yield Said(
            f"la subvention ({somme(granted)}) dépasse 23 000 €, et aucune convention n’est décidée",
            entry.place("decisions"),
            "approuvez la convention dans le même acte : objet, montant, versement, utilisation de l’aide",
        )


@rule(
    "F6",
    "Une association subventionnée a souscrit le contrat d’engagement républicain",
    ALERTE,
    "loi n° 2000-321 du 12 avril 2000, art. 10-1 ; décret n° 2021-1947 du 31 décembre 2021",
    du=ENGAGEMENT,
    on=Acte,
)
def a_grant_asks_for_the_engagement(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """An act that grants a subvention to an association says so, or visas the décret. A projet is judged as
    of today’s law."""
    seance = reader.find(SEANCES, entry.value.seance) if entry.value.seance else None
    if seance and not a_grant_asks_for_the_engagement.in_force(seance.value.date):
        return
    if _granted(entry, reader) is not None and not _COMMITTED.search(_words(entry, reader)):
        yield Said(
            "l’acte accorde une subvention sans dire que l’association a souscrit le contrat d’engagement "
            "républicain",
            entry.place("decisions"),
            "ajoutez un visa du décret n° 2021-1947 du 31 décembre 2021, ou un considérant",
        )


def _granted(entry: Entry[Acte], reader: Reader) -> Decimal | None:
    """The largest sum that the decisions grant to an association, None when they grant none."""
    acte, words = entry.value, _decided(entry.value)
    if not _ASSOCIATION.search(words) and not _named_association(words, reader):
        return None
    typed = [valeur(found["montant"]) for found in _GRANTS.finditer(words)]
    named = [acte.montants.get(found["nom"]) for found in _GRANTED_BY_NAME.finditer(words)]
    return max([*typed, *(one for one in named if one is not None)], default=None)


def _named_association(words: str, reader: Reader) -> bool:
    for id in re.findall(r"\{partenaire:\s*([a-z0-9-]+)", words):
        partner = reader.find(PARTENAIRES, id)
        if partner is not None and partner.value.type == "association":
            return True
    return False


# --- jobs


_CREATES = regex(
    r"\b(?:cré(?:er|e|ation|é|ée|és)|ouvr(?:ir|e)|ouverture)\b[^.;\n]{0,60}?\b(?:emplois?"
    r"|postes?)\b",
    re.IGNORECASE,
    needs="emploi|poste & création|crée|créé|ouverture|ouvr",
)
_GRADE = regex(
    r"\bgrades?\b|\bcadres?\s+d[’']emplois\b|\bcatégorie\s+[ABC]\b|\b(?:attachée?|rédact(?:eur|rice)|adjointe?|agent\s+de\s+maîtrise|ingénieure?"
    r"|technicien(?:ne)?|animat(?:eur|rice)|éducat(?:eur|rice)|puéricult(?:eur|rice)|auxiliaire|assistante?|ATSEM)s?\b[^.;\n]{0,30}\bterritoria",
    re.IGNORECASE,
)
_TIME = regex(
    r"\btemps\s+(?:non\s+)?complets?\b|\btemps\s+plein\b|\b\d{1,2}(?:\s?/\s?35|(?:,\d+)?\s?"
    r"(?:h|heures)\b|(?:,\d+)?\s?/\s?35e?)|\b\d(?:,\d+)?\s+ETP\b|\b\d{2,3}\s?%",
    re.IGNORECASE,
    needs="%|35|complet|etp|h|plein",
)
_CONTRACT = regex(
    r"\bcontractuel|\bnon\s+permanent|\bcontrat\s+de\s+projet|\baccroissement\b|\bsaisonnier",
    re.IGNORECASE,
    needs="accroissement|contractuel|contrat|permanent|saisonnier",
)
_ARTICLE = regex(r"\bL\.?\s?332-\d|\bL\.?\s?352-4|\{visa:", re.IGNORECASE, needs="332-|352-4|{visa:")


@rule(
    "E9",
    "Une délibération qui crée un emploi dit le grade, le temps de travail et, pour un contractuel, "
    "l’article",
    ALERTE,
    "CGFP, art. L. 313-1 et L. 332-8 à L. 332-24",
    on=Acte,
)
def a_job_is_created_in_full(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """Of an act of matière 4.1 or 4.2 whose objet or decisions create a job: what its words do not say."""
    acte = entry.value
    if (acte.matiere or "")[:3] not in ("4.1", "4.2") or not _CREATES.search(_decided(acte)):
        return
    words = _words(entry, reader)
    owed = (
        ("le grade ou le cadre d’emplois", _GRADE, True),
        ("le temps de travail", _TIME, True),
        ("l’article du CGFP qui permet le contrat", _ARTICLE, _CONTRACT.search(words)),
    )
    lacking = [what for what, said, due in owed if due and not said.search(words)]
    if lacking:
        yield Said(
            f"la création de l’emploi ne dit pas {' ni '.join(lacking)}",
            entry.place("decisions"),
            "ajoutez-le à la décision ou à l’exposé",
        )


# --- the transmission


@rule(
    "M1",
    "L’objet et le numéro d’un acte tiennent dans les limites de la télétransmission",
    ALERTE,
    "cahier des charges ACTES : objet, 500 caractères ; numéro interne, 15 caractères",
    to_check=True,
    on=Acte,
)
def within_the_limits_of_actes(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """What the operator of télétransmission would refuse, or cut."""
    for field, typed, longest, what, hint in (
        ("objet", entry.value.objet, 500, "l’objet", "abrégez l’objet ; l’exposé dit le reste"),
        ("numero", entry.value.numero or "", 15, "le numéro", "abrégez le numéro"),
    ):
        if len(typed) > longest:
            said = f"{what} a {plural(len(typed), 'caractère')}, {longest} au plus sont transmis"
            yield Said(said, entry.place(field), hint)


@rule(
    "D9",
    "Un acte est transmis peu après la séance, et n’est publié qu’ensuite",
    ALERTE,
    "CGCT, art. L. 2131-1 et L. 2131-2",
    to_check=True,
    on=Debate,
)
def transmitted_soon(debate: Debate, reader: Reader) -> Iterator[Said]:
    """No text gives a délibération a term: past two months, it is a sign of a wrong date. Publication before
    transmission is lawful; the act is executory at the later of the two."""
    acte, held = debate.acte, debate.sitting.jour
    if acte.transmission and (acte.transmission - held).days > 62:
        said = f"l’acte est transmis {plural((acte.transmission - held).days, 'jour')} après la séance"
        yield Said(said, debate.place("transmission"), "vérifiez la date", debate.sitting.regime)


# --- a séance by visioconférence


_BUDGET = regex(r"\bbudgets?\s+primitifs?\b", re.IGNORECASE, needs="primitif")


@rule(
    "H2",
    "Par visioconférence, rien ne se vote au scrutin secret, ni le budget primitif, ni une élection",
    ALERTE,
    "CGCT, art. L. 5211-11-1",
    to_check=True,
    on=Voted,
)
def nothing_secret_remotely(act: Voted, reader: Reader) -> Iterator[Said]:
    """The vote is public: a secret ballot, the election of the executive and of the bureau, the designation
    of delegates and the budget primitif wait for a séance in one place."""
    acte, vote = act.entry.value, act.entry.value.vote
    if act.sitting.seance.visioconference is None or vote is None or vote.prend_acte:
        return
    what = (
        "un vote au scrutin secret" if vote.mode == "secret"
        else "une élection ou une désignation" if _names_somebody(acte)
        else "le budget primitif" if _BUDGET.search(acte.objet)
        else ""
    )  # fmt: skip
    if what:
        yield Said(
            f"{what} n’a pas lieu par visioconférence",
            act.place("seance"),
            "reportez ce point à une séance tenue en un seul lieu",
            act.sitting.regime,
        )
