"""The roll call of a séance, contradiction by contradiction: P1, P2, P3, Q5, N1; who presides and who writes:
S1, S2, S3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ctgdocs.assembly.presence import Anomalie, Sorte
from ctgdocs.assembly.regimes import DEROGATIONS, derogation, pouvoirs_par_mandataire
from ctgdocs.assembly.sitting import Dossier
from ctgdocs.findings import Finding, Severity
from ctgdocs.rules.catalogue import N1, P1, P2, P3, Q5, S1, S2, S3
from ctgdocs.rules.rule import Nommer, Rule, plural
from ctgdocs.vocabulary.as_typed import date_in_french

_ALERTE = Severity.ALERTE


class _Dit(NamedTuple):
    """What a rule says of one sort of contradiction, its braces being filled."""

    rule: Rule
    message: str
    hint: str = ""
    severity: Severity | None = None


_SAYINGS: dict[Sorte, _Dit] = {
    "non-membre": _Dit(
        P3,
        "{elu} n’est pas membre de l’instance à la date de la séance",
        "retirez cette ligne, ou ajoutez la personne aux membres ; un suppléant se déclare dans suppleants",
    ),
    "deux-fois": _Dit(P3, "{elu} est deux fois parmi les absents", "gardez une seule ligne"),
    "deja-present": _Dit(
        P3,
        "{elu} arrive à la délibération {numero} alors qu’{elu:il|elle} est déjà là",
        "corrigez ses mouvements",
    ),
    "deja-absent": _Dit(
        P3,
        "{elu} quitte la séance à la délibération {numero} sans y être {elu:présent|présente}",
        "corrigez ses mouvements, ou retirez cette personne des absents",
    ),
    "pouvoir-a-soi": _Dit(P1, "{elu} se donne pouvoir à {elu:lui|elle}-même", "indiquez un autre membre"),
    "mandataire-non-membre": _Dit(
        P1,
        "{elu} donne pouvoir à {autre}, qui n’est pas membre de l’instance",
        "un pouvoir se donne à un membre présent",
    ),
    "mandataire-absent": _Dit(
        P1,
        "{elu} donne pouvoir à {autre}, qui n’est pas {autre:présent|présente}",
        "un pouvoir se donne à un membre présent",
    ),
    "trop-de-pouvoirs": _Dit(
        P1,
        "{elu} tient {nombre} pouvoirs ; un seul est permis",
        "donnez l’autre pouvoir à un autre membre présent",
    ),
    "pouvoir-eteint": _Dit(
        P1,
        "à partir de la délibération {numero}, {elu} n’est plus {elu:représenté|représentée} : "
        "{autre} a quitté la séance",
        "rien à faire si c’est bien le cas",
        _ALERTE,
    ),
    "pouvoir-en-attente": _Dit(
        P1,
        "{elu} n’est {elu:représenté|représentée} qu’à partir de l’arrivée de {autre}",
        "rien à faire si c’est bien le cas",
        _ALERTE,
    ),
    "suppleant-sans-titulaire": _Dit(
        Q5,
        "{elu} siège comme {elu:suppléant|suppléante} sans titulaire connu",
        "ajoutez titulaire, ou déclarez le suppléant dans l’instance",
    ),
    "suppleant-membre": _Dit(
        Q5,
        "{elu} est membre de l’instance et ne peut pas siéger aussi comme {elu:suppléant|suppléante}",
        "retirez cette ligne",
    ),
    "titulaire-non-membre": _Dit(
        Q5, "{elu} remplace {autre}, qui n’est pas membre de l’instance", "corrigez le titulaire"
    ),
    "suppleant-deux-fois": _Dit(
        Q5, "{elu} siège deux fois comme {elu:suppléant|suppléante}", "gardez une seule ligne"
    ),
    "titulaire-remplace-deux-fois": _Dit(
        Q5, "{autre} est {autre:remplacé|remplacée} par deux suppléants", "gardez une seule ligne"
    ),
    "titulaire-represente": _Dit(
        Q5,
        "{elu} donne un pouvoir et {autre} siège aussi à sa place : sa voix compterait deux fois",
        "gardez le suppléant ou le pouvoir",
    ),
    "siege-occupe": _Dit(
        Q5,
        "{elu} arrive à la délibération {numero} alors que {autre}, qu’{elu:il|elle} remplace, est là",
        "corrigez les mouvements de l’un ou de l’autre",
    ),
    "suppleant-inconnu": _Dit(
        Q5,
        "{elu} n’est pas {elu:déclaré|déclarée} comme {elu:suppléant|suppléante} de {autre} dans l’instance",
        "vérifiez suppleants dans le fichier de l’instance",
        _ALERTE,
    ),
    "hors-ordre-du-jour": _Dit(
        P3,
        "le mouvement de {elu} vise la délibération {numero}, qui n’est pas à l’ordre du jour de la séance",
        "corrigez le numéro, ou complétez ordre_du_jour",
    ),
}


def contradictions(dossier: Dossier, nommer: Nommer) -> Iterator[Finding]:
    """P1, P3, Q5: each contradiction of the roll call, where it was typed."""
    for anomalie in dossier.feuille.anomalies:
        if dossier.delibere or _SAYINGS[anomalie.sorte].rule is not P1:
            yield _say(dossier, anomalie, nommer)


def _say(dossier: Dossier, anomalie: Anomalie, nommer: Nommer) -> Finding:
    said = _SAYINGS[anomalie.sorte]
    values = {
        "elu": nommer(anomalie.elu),
        "autre": nommer(anomalie.autre or anomalie.elu),
        "numero": anomalie.numero,
        "nombre": anomalie.nombre,
    }
    message = said.message.format(**values)
    if anomalie.sorte == "trop-de-pouvoirs" and pouvoirs_par_mandataire(dossier.jour) == 2:
        message = message.replace("un seul est permis", "deux étaient permis à cette date")
    return said.rule.finding(
        message, dossier.place(*anomalie.path), said.hint, regime=dossier.regime, severity=said.severity
    )


def etat_d_urgence(dossier: Dossier, nommer: Nommer) -> Iterator[Finding]:
    """P2: what held only by an exceptional law whose exact days were not read at the source."""
    period = derogation(dossier.jour)
    if period is None or period is DEROGATIONS[-1] or not dossier.delibere:
        return
    for presence in dossier.feuille.etapes:
        holders = [pouvoir.mandataire for pouvoir in presence.pouvoirs]
        doubled = next((holder for holder in holders if holders.count(holder) == 2), "")
        said = f"{nommer(doubled)} tient deux pouvoirs" if doubled else ""
        if presence.quorum_atteint and presence.nombre_presents <= presence.en_exercice // 2:
            said = f"{presence.nombre_presents} membres présents sur {presence.en_exercice} font le quorum"
        if said:
            yield P2.finding(
                f"{said}, par exception, le {date_in_french(dossier.jour)}",
                dossier.place("absents"),
                f"vérifiez la {period.source}",
            )
            return


def effectif(dossier: Dossier, nommer: Nommer) -> Iterator[Finding]:
    """N1: the number of members announced is the number of members."""
    announced, known = dossier.seance.en_exercice, len(dossier.feuille.etapes[0].membres)
    if announced is not None and announced != known:
        yield N1.finding(
            f"la séance annonce {plural(announced, 'membre')} en exercice, l’instance en compte {known} "
            f"le {date_in_french(dossier.jour)}",
            dossier.place("en_exercice"),
            "corrigez ce nombre, ou les membres de l’instance et leurs dates (du, au)",
            regime=dossier.regime,
        )


def presidence(dossier: Dossier, nommer: Nommer) -> Iterator[Finding]:
    """S3: someone who is there presides, from the opening to the end."""
    if not dossier.delibere:
        return
    named = dossier.seance.presidence
    opening = dossier.feuille.etapes[0]
    if named and not opening.est_present(named):
        yield S3.finding(
            f"{nommer(named)} préside la séance sans y être {nommer(named):présent|présente}",
            dossier.place("presidence"),
            "corrigez presidence, ou retirez cette personne des absents",
            regime=dossier.regime,
        )
    elif any(not presence.president for presence in dossier.feuille.etapes):
        yield S3.finding(
            f"personne ne préside la séance : {nommer(dossier.instance.president)} n’est pas là, et aucun "
            "vice-président présent n’est connu",
            dossier.place("presidence"),
            "indiquez qui présidait la séance (presidence)",
            regime=dossier.regime,
        )


def secretaires(dossier: Dossier, nommer: Nommer) -> Iterator[Finding]:
    """S1: the secretary is a member, present, and better not the president."""
    if not dossier.delibere:
        return
    opening = dossier.feuille.etapes[0]
    for elu in dossier.seance.secretaire:
        person = nommer(elu)
        if not any(presence.est_present(elu) for presence in dossier.feuille.etapes):
            known = elu in opening.membres or elu in dossier.instance.suppleants.values()
            yield S1.finding(
                f"{person} est secrétaire de séance sans être "
                + (f"{person:présent|présente}" if known else "membre de l’instance"),
                dossier.place("secretaire"),
                "choisissez un membre présent ; un agent ne peut être qu’auxiliaire (agents)",
                regime=dossier.regime,
                severity=_ALERTE if dossier.regime == "ccas" else None,
            )
        elif elu == opening.president:
            yield S1.finding(
                f"{person} préside et tient le secrétariat : possible, mais contre l’esprit du texte",
                dossier.place("secretaire"),
                "choisissez un autre membre présent",
                regime=dossier.regime,
                severity=_ALERTE,
            )


def sans_secretaire(dossier: Dossier) -> Iterator[Finding]:
    """S2: somebody signs with the president. Asked once an act is voted: before the séance, nobody knows who;
    before July 2022, S1 says it, and lightly."""
    if dossier.seance.secretaire or not dossier.delibere:
        return
    rule = S2 if S2.in_force(dossier.jour) else S1
    yield rule.finding(
        "la séance n’a pas de secrétaire",
        dossier.place("secretaire"),
        "indiquez secretaire : il signe avec la présidence",
        regime=dossier.regime,
        severity=_ALERTE if rule is S1 or dossier.regime == "ccas" else None,
    )
