"""The roll call of a séance: who sits, who holds a pouvoir (P1, P2, P3, Q5, N1), who presides and writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ctgdocs.assembly.presence import Anomalie, Sorte
from ctgdocs.assembly.regimes import DEROGATIONS, derogation, pouvoirs_par_mandataire
from ctgdocs.assembly.sitting import Sitting
from ctgdocs.findings import Severity
from ctgdocs.french import date_simple
from ctgdocs.rules.rule import ALERTE, ERREUR, Said, namer, plural, rule
from ctgdocs.stages import Reader

CCAS = "CASF, art. R. 123-16 à R. 123-19"
"""Where the CASF says for a CCAS what the CGCT says of the voices of a conseil municipal."""


class Words(NamedTuple):
    """What a rule says of one sort of contradiction, its braces being filled."""

    message: str
    hint: str
    severity: Severity | None = None


_POUVOIRS: Mapping[Sorte, Words] = {
    "pouvoir-a-soi": Words("{elu} se donne pouvoir à {elu:lui|elle}-même", "indiquez un autre membre"),
    "mandataire-non-membre": Words(
        "{elu} donne pouvoir à {autre}, qui n’est pas membre de l’instance",
        "un pouvoir se donne à un membre présent",
    ),
    "mandataire-absent": Words(
        "{elu} donne pouvoir à {autre}, qui n’est pas {autre:présent|présente}",
        "un pouvoir se donne à un membre présent",
    ),
    "trop-de-pouvoirs": Words(
        "{elu} tient {nombre} pouvoirs ; un seul est permis",
        "donnez l’autre pouvoir à un autre membre présent",
    ),
    "pouvoir-eteint": Words(
        "à partir de la délibération {numero}, {elu} n’est plus {elu:représenté|représentée} : "
        "{autre} a quitté la séance",
        "rien à faire si c’est bien le cas",
        ALERTE,
    ),
    "pouvoir-en-attente": Words(
        "{elu} n’est {elu:représenté|représentée} qu’à partir de l’arrivée de {autre}",
        "rien à faire si c’est bien le cas",
        ALERTE,
    ),
}
_PRESENCES: Mapping[Sorte, Words] = {
    "non-membre": Words(
        "{elu} n’est pas membre de l’instance à la date de la séance",
        "retirez cette ligne, ou ajoutez la personne aux membres ; un suppléant se déclare dans suppleants",
    ),
    "deux-fois": Words("{elu} est deux fois parmi les absents", "gardez une seule ligne"),
    "deja-present": Words(
        "{elu} arrive à la délibération {numero} alors qu’{elu:il|elle} est déjà là",
        "corrigez ses mouvements",
    ),
    "deja-absent": Words(
        "{elu} quitte la séance à la délibération {numero} sans y être {elu:présent|présente}",
        "corrigez ses mouvements, ou retirez cette personne des absents",
    ),
    "hors-ordre-du-jour": Words(
        "le mouvement de {elu} vise la délibération {numero}, qui n’est pas à l’ordre du jour de la séance",
        "corrigez le numéro, ou complétez ordre_du_jour",
    ),
}
_SUPPLEANTS: Mapping[Sorte, Words] = {
    "suppleant-sans-titulaire": Words(
        "{elu} siège comme {elu:suppléant|suppléante} sans titulaire connu",
        "ajoutez titulaire, ou déclarez le suppléant dans l’instance",
    ),
    "suppleant-membre": Words(
        "{elu} est membre de l’instance et ne peut pas siéger aussi comme {elu:suppléant|suppléante}",
        "retirez cette ligne",
    ),
    "titulaire-non-membre": Words(
        "{elu} remplace {autre}, qui n’est pas membre de l’instance", "corrigez le titulaire"
    ),
    "suppleant-deux-fois": Words(
        "{elu} siège deux fois comme {elu:suppléant|suppléante}", "gardez une seule ligne"
    ),
    "titulaire-remplace-deux-fois": Words(
        "{autre} est {autre:remplacé|remplacée} par deux suppléants", "gardez une seule ligne"
    ),
    "titulaire-represente": Words(
        "{elu} donne un pouvoir et {autre} siège aussi à sa place : sa voix compterait deux fois",
        "gardez le suppléant ou le pouvoir",
    ),
    "siege-occupe": Words(
        "{elu} arrive à la délibération {numero} alors que {autre}, qu’{elu:il|elle} remplace, est là",
        "corrigez les mouvements de l’un ou de l’autre",
    ),
    "suppleant-inconnu": Words(
        "{elu} n’est pas {elu:déclaré|déclarée} comme {elu:suppléant|suppléante} de {autre} dans l’instance",
        "vérifiez suppleants dans le fichier de l’instance",
        ALERTE,
    ),
}


@rule(
    "P1",
    "Un membre tient un seul pouvoir, donné par un membre absent à un membre présent",
    ERREUR,
    "CGCT, art. L. 2121-20",
    ccas=CCAS,
    on=Sitting,
)
def one_pouvoir_each(sitting: Sitting, reader: Reader) -> Iterator[Said]:
    """One pouvoir a holder (two, by exceptional laws, at some dates), given to a member who is there. A
    pouvoir that ends when its holder leaves, or waits for him, is told lightly. Nothing of a body that only
    gives an opinion: its pouvoirs bind nobody."""
    if sitting.delibere:
        yield from _contradictions(sitting, reader, _POUVOIRS)


@rule(
    "P3",
    "Chacun est dans une seule liste : présent, représenté ou absent ; pour, contre ou abstention",
    ERREUR,
    "CGCT, art. L. 2121-15 et L. 2121-20",
    ccas=CCAS,
    on=Sitting,
)
def in_one_list(sitting: Sitting, reader: Reader) -> Iterator[Said]:
    """The absents are members, once each; movements are of those who were there, or were not, at points of
    the ordre du jour."""
    return _contradictions(sitting, reader, _PRESENCES)


@rule(
    "Q5",
    "Un suppléant siège à la place de son titulaire, jamais en plus de lui ni d’un pouvoir",
    ERREUR,
    "CGCT, art. L. 5211-6",
    on=Sitting,
)
def in_the_seat_of_another(sitting: Sitting, reader: Reader) -> Iterator[Said]:
    """A suppléant is no member and sits alone in the seat of one. One that the instance does not declare for
    this titulaire may sit, and is told."""
    return _contradictions(sitting, reader, _SUPPLEANTS)


def _contradictions(sitting: Sitting, reader: Reader, words: Mapping[Sorte, Words]) -> Iterator[Said]:
    for anomalie in sitting.feuille.anomalies:
        if anomalie.sorte in words:
            yield _said(sitting, anomalie, words[anomalie.sorte], reader)


def _said(sitting: Sitting, anomalie: Anomalie, words: Words, reader: Reader) -> Said:
    nommer = namer(reader)
    message = words.message.format(
        elu=nommer(anomalie.elu),
        autre=nommer(anomalie.autre or anomalie.elu),
        numero=anomalie.numero,
        nombre=anomalie.nombre,
    )
    if anomalie.sorte == "trop-de-pouvoirs" and pouvoirs_par_mandataire(sitting.jour) == 2:
        message = message.replace("un seul est permis", "deux étaient permis à cette date")
    place = sitting.place(*anomalie.path)
    return Said(message, place, words.hint, sitting.regime, words.severity)


@rule(
    "P2",
    "Pendant l’état d’urgence sanitaire, deux pouvoirs par personne et un quorum du tiers",
    ALERTE,
    " ; ".join(period.source for period in DEROGATIONS),
    periods=DEROGATIONS,
    to_check=True,
    on=Sitting,
)
def by_exception(sitting: Sitting, reader: Reader) -> Iterator[Said]:
    """What held only by an exceptional law whose exact days were not read at the source. The last of these
    laws was: what it allowed is not told."""
    period = derogation(sitting.jour)
    if period is None or period is DEROGATIONS[-1] or not sitting.delibere:
        return
    for presence in sitting.feuille.etapes:
        holders = [pouvoir.mandataire for pouvoir in presence.pouvoirs]
        doubled = next((holder for holder in holders if holders.count(holder) == 2), "")
        said = f"{namer(reader)(doubled)} tient deux pouvoirs" if doubled else ""
        if presence.quorum_atteint and presence.nombre_presents <= presence.en_exercice // 2:
            said = f"{presence.nombre_presents} membres présents sur {presence.en_exercice} font le quorum"
        if said:
            yield Said(
                f"{said}, par exception, le {date_simple(sitting.jour)}",
                sitting.place("absents"),
                f"vérifiez la {period.source}",
            )
            return


@rule(
    "N1",
    "Membres en exercice = présents + représentés + absents ; votants = présents + pouvoirs − NPPV",
    ERREUR,
    "CGCT, art. L. 2121-15 et L. 2121-20",
    ccas=CCAS,
    on=Sitting,
)
def as_many_as_announced(sitting: Sitting, reader: Reader) -> Iterator[Said]:
    """The number of members that the séance announces, when it does, is that of the instance on its day."""
    announced, known = sitting.seance.en_exercice, len(sitting.feuille.etapes[0].membres)
    if announced is not None and announced != known:
        yield Said(
            f"la séance annonce {plural(announced, 'membre')} en exercice, l’instance en compte {known} "
            f"le {date_simple(sitting.jour)}",
            sitting.place("en_exercice"),
            "corrigez ce nombre, ou les membres de l’instance et leurs dates (du, au)",
            sitting.regime,
        )


@rule(
    "S3",
    "La séance est présidée par le maire ou le président, à défaut par qui le remplace",
    ERREUR,
    "CGCT, art. L. 2121-14",
    ccas=CCAS,
    on=Sitting,
)
def somebody_presides(sitting: Sitting, reader: Reader) -> Iterator[Said]:
    """Who is named to preside is there at the opening; else the president or a vice-président is, from the
    opening to the end. Nothing of a body that only gives an opinion."""
    if not sitting.delibere:
        return
    nommer, named = namer(reader), sitting.seance.presidence
    if named and not sitting.feuille.etapes[0].est_present(named):
        yield Said(
            f"{nommer(named)} préside la séance sans y être {nommer(named):présent|présente}",
            sitting.place("presidence"),
            "corrigez presidence, ou retirez cette personne des absents",
            sitting.regime,
        )
    elif any(not presence.president for presence in sitting.feuille.etapes):
        yield Said(
            f"personne ne préside la séance : {nommer(sitting.instance.president)} n’est pas là, et aucun "
            "vice-président présent n’est connu",
            sitting.place("presidence"),
            "indiquez qui présidait la séance (presidence)",
            sitting.regime,
        )


@rule(
    "S1",
    "Le secrétaire de séance est un membre, présent à chaque délibération dont il est secrétaire",
    ERREUR,
    "CGCT, art. L. 2121-15 ; CE, 11 octobre 1999, n° 165510",
    ccas=CCAS,
    on=Sitting,
)
def a_member_writes(sitting: Sitting, reader: Reader) -> Iterator[Said]:
    """Each secretary is a member, or the suppléant who sits, there at one point at least; at each act, see
    there. Naming none is not substantial, says the Conseil d’État: it is told lightly. The CASF says nothing
    of it: a CCAS is only advised. Nothing of a body that only gives an opinion."""
    opening, nommer = sitting.feuille.etapes[0], namer(reader)
    for index, one in enumerate(sitting.seance.secretaire if sitting.delibere else ()):
        if not any(presence.est_present(one.elu) for presence in sitting.feuille.etapes):
            known = one.elu in opening.membres or one.elu in sitting.instance.suppleants.values()
            what = f"{nommer(one.elu):présent|présente}" if known else "membre de l’instance"
            yield as_its_regime_says(
                Said(
                    f"{nommer(one.elu)} est secrétaire de séance sans être {what}",
                    sitting.place("secretaire", index, "elu"),
                    "choisissez un membre présent ; un agent ne peut être qu’auxiliaire (agents)",
                    sitting.regime,
                )
            )


def as_its_regime_says(said: Said) -> Said:
    """What is said of a secretary; to a CCAS, which only its règlement intérieur binds, as a doubt."""
    if said.regime != "ccas":
        return said
    hint = f"{said.hint} ; vérifiez le règlement intérieur"
    return said._replace(severity=ALERTE, to_check=True, hint=hint)
