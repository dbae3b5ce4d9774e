"""What authorises an act: a délibération that was adopted and that still stands. G6."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ctgdocs.assembly.scrutin import derive_scrutin
from ctgdocs.assembly.sitting import find_sitting
from ctgdocs.content.heritage import inherit
from ctgdocs.findings import Finding, Place, Related
from ctgdocs.french import date_simple
from ctgdocs.patterns import regex
from ctgdocs.rules.rule import ALERTE, ERREUR, TEXT, Said, Typed, about, check, judge, rule
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.actes import Deliberation, Retrait
from ctgdocs.vocabulary.citations import citations
from ctgdocs.vocabulary.registres import DELIBERATIONS


class Fallen(NamedTuple):
    """Why a délibération decides nothing: « a été rejetée », the field that says it and what stands there.
    `retrait` when it was withdrawn, None when it was rejected."""

    said: str
    there: Related
    retrait: Retrait | None = None


def fallen(number: str, reader: Reader) -> Fallen | None:
    """Whether a délibération of the contents was rejected or withdrawn; None when it stands, when it was not
    voted, when it is not among the contents."""
    found = reader.find(DELIBERATIONS, number)
    if found is None:
        return None
    act = inherit(found, reader)
    if (withdrawn := act.value.retrait) is not None:
        day = date_simple(withdrawn.du)
        return Fallen(f"a été retirée le {day}", Related(act.place("retrait"), "son retrait"), withdrawn)
    if _rejected(act, reader):
        return Fallen("a été rejetée", Related(act.place("vote"), "le vote qui l’a rejetée"))
    return None


def _rejected(act: Entry[Deliberation], reader: Reader) -> bool:
    vote = act.value.vote
    sitting = find_sitting(reader, act.value.seance) if act.value.seance else None
    if vote is None or sitting is None:
        return False
    presence = sitting.presence(act.value.numero or act.id, act.value.presidence, vote.deports)
    return not derive_scrutin(vote, presence).adoptee


def _decides_nothing(number: str, reader: Reader) -> Fallen | None:
    """An act by which the assembly took note, without a vote."""
    act = reader.find(DELIBERATIONS, number)
    vote = act.value.vote if act else None
    if act is None or vote is None or not vote.prend_acte:
        return None
    return Fallen("prend acte sans vote", Related(act.place("vote"), "prend acte"))


class Authority(NamedTuple):
    """A délibération that an act says it is authorised by: its number, where it is cited, and what it would
    authorise (« à signer »)."""

    number: str
    place: Place
    what: str


@rule(
    "G6",
    "Chaque collectivité partie à une convention est autorisée à signer par une délibération adoptée",
    ALERTE,
    "CGCT, art. L. 2121-29, L. 3211-1 et L. 5211-1",
    on=Authority,
)
def authorised_by_what_stands(authority: Authority, reader: Reader) -> Iterator[Said]:
    """A délibération that was rejected or withdrawn authorises nothing, whatever the act and its state:
    always an error."""
    fate = fallen(authority.number, reader) or _decides_nothing(authority.number, reader)
    if fate is not None:
        mend = "corrigez son retrait" if fate.retrait else "corrigez le vote de celle-ci"
        yield Said(
            f"la délibération n° {authority.number} {fate.said} : elle n’autorise pas {authority.what}",
            authority.place,
            f"citez la délibération qui autorise à signer, ou {mend}",
            severity=ERREUR,
            related=(fate.there,),
        )


_AUTHORISED = regex(
    r"\b(?:autoris|habilit|mandat)ée?s?\b[^.;:]{0,80}?\bpar\s+(?:la\s+|une\s+|sa\s+)?$",
    re.IGNORECASE,
    needs="autoris|habilit|mandat",
)


@check(on=TEXT, about=about("délibération", "{deliberation"))
def authorised_in_words(typed: Typed, reader: Reader) -> Iterator[Finding]:
    """G6, of a text that says it: « dûment autorisée par la délibération n° 2026-050 », in the authority of a
    party or anywhere else. A délibération of another body, named there, is none of the contents."""
    for one in citations(typed.text, visa=True):
        said = "autorite" in typed.path or _AUTHORISED.search(typed.text, 0, one.start)
        if said and one.nom.startswith("délibération") and not one.corps:
            for number in one.numeros:
                yield from judge(Authority(number, typed.place(one.start), "à signer"), reader)
