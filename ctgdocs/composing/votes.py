"""A vote as a page tells it: its result in words, and its counts with the names that go with them."""

from __future__ import annotations

from ctgdocs.assembly.scrutin import Scrutin
from ctgdocs.assembly.sitting import Moment
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.voice import Person
from ctgdocs.french import enumeration, resultat_du_vote

MODES = {"main levée": "Vote à main levée", "scrutin public": "Scrutin public", "secret": "Scrutin secret"}


def result(pen: Pen, scrutin: Scrutin, moment: Moment) -> str:
    """« par 24 voix pour, 1 voix contre et 1 abstention », « à l’unanimité »."""
    chair = pen.person(moment.presence.president) if scrutin.voix_preponderante else None
    return resultat_du_vote(
        scrutin.pour, scrutin.contre, scrutin.abstentions, pen.profil,
        secret=scrutin.mode == "secret", blancs=scrutin.blancs, nuls=scrutin.nuls,
        voix_preponderante=_chair_title(pen, chair) if chair else None,
    )  # fmt: skip


def _chair_title(pen: Pen, chair: Person) -> str:
    if chair.id == pen.collectivite.executif:
        return pen.executive_title
    return "présidente de séance" if chair.feminine else "président de séance"


def rows(pen: Pen, scrutin: Scrutin, moment: Moment) -> list[dict[str, str]]:
    """Each count, its label, and who it is made of where the law or the vote says so."""
    secret, public = scrutin.mode == "secret", scrutin.mode == "scrutin public"
    by_pouvoir = {one.mandant for one in moment.presence.pouvoirs} if public else set()

    def names(ids: tuple[str, ...]) -> str:
        return enumeration([pen.person(id).name + " (par pouvoir)" * (id in by_pouvoir) for id in ids])

    said = [
        ("Votants", scrutin.votants, ""),
        ("Pour", scrutin.pour, names(scrutin.noms_pour) if public else ""),
        ("Contre", scrutin.contre, names(scrutin.noms_contre)),
    ]
    if scrutin.abstentions or not secret:
        said.append(("Abstentions", scrutin.abstentions, names(scrutin.noms_abstentions)))
    ballots = (("Bulletins blancs", scrutin.blancs), ("Bulletins nuls", scrutin.nuls))
    said += [(label, count, "") for label, count in ballots if count]
    said.append(("Suffrages exprimés", scrutin.exprimes, ""))
    if scrutin.nppv:
        label = "Ne prend pas part au vote" if scrutin.nppv == 1 else "Ne prennent pas part au vote"
        said.append((label, scrutin.nppv, names(scrutin.noms_nppv)))
    return [{"libelle": label, "nombre": str(number), "noms": who} for label, number, who in said]
