"""How an act was voted, as its sentences say it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from ctgdocs.importing.persons import people
from ctgdocs.importing.worded import CIVIL, a_number, compiled, names_in
from ctgdocs.vocabulary.appellations import Nomme


@dataclass(slots=True)
class Voted:
    """A vote, as said: `prend_acte`, `unanimite`, or how many; those who are named."""

    said: str = ""
    unanimite: bool = False
    prend_acte: bool = False
    secret: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    names: dict[str, list[Nomme]] = field(default_factory=dict)


COUNT = re.compile(
    r"(?P<what>pour|contre|abst(?:entions?|\.)?|s[’']abst\w+|blancs?|nuls?)\s*[:=]?\s*(?P<n>\d+)|(?P<m>(?<!\d)\d+|(?<![a-zé-])[a-zé-]+)\s+(?:voix\s+|bulletins?\s+)?(?P<that>pour|contre|abstentions?|blancs?|nuls?)\b(?!\s*[:=]\s*\d)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?P<what>contre|abstentions?|s[’']abstien\w+)\s*(?:\d+\s*)?[:(]\s*(?:\d+\s*[(–-]?\s*)?(?P<who>{CIVIL}?(?!\s*[–-]|\s*(?:pour|contre|abst|nul|blanc))[^0-9)]+)\)?",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\W*(?:(?:au|par)\s+(?:scrutin|vote)\s+[\w ]{3,30},?\s+)?à\s+(?:l[’']unanimité|la\s+majorité)"
    r"(?:\s+des\s+[\w ]{3,50})?"
    r"(?:,?\s+(?:avec|par|moins|sauf|excepté|hormis|et)\s+(?!.*\b(?:approuve|décide|autorise|adopte|accepte|prend|fixe)\b)(?:[^.:]|(?<=\bM)\.){1,120})?\W*",
    re.IGNORECASE,
)
"""The result alone, between « après en avoir délibéré » and what is decided."""
_NO_PART = (
    r"n[e’']\s?(?:a|ont|prend|prennent|participe|participent|prenant|ayant)\w*\s+(?:pas\s+)?(?:pris\s+)?"
    r"(?:part\s+)?(?:ni\s+.{3,20}\s+)?(?:au|à\s+ce)\s+vote"
)
OUT = compiled(
    rf"{_NO_PART}\s*:\s*(?P<who>.+)|(?P<whom>(?:{CIVIL})\s[^:;]{{3,120}}?)(?:,[^,:;]{{3,60}},)?\s*,?\s*{_NO_PART}.{{0,60}}"
)
_NOBODY = re.compile(r"\b(?:neant|aucune?|personne|abstention|contre|pour)\b")
_EXCEPT = compiled(
    r"unanimité\s*,?\s*(?:sauf|excepté|hormis|moins|à\s+l[’']exception\s+d[eu’'])\s*"
    r"(?:(?P<who>[^,;:()]{4,80}?)\s+qui\s+(?:(?P<abst>s[’']abst\w+)|(?P<contre>vot\w+\s+contre))|[^,;:]*)"
)
"""« À l’unanimité, sauf M. ROY qui s’abstient »."""
_KEPT: Final = {
    "pour": "pour",
    "contre": "contre",
    "abst": "abstentions",
    "abst.": "abstentions",
    "abstention": "abstentions",
    "abstentions": "abstentions",
    "blanc": "blancs",
    "blancs": "blancs",
    "nul": "nuls",
    "nuls": "nuls",
}


def is_vote(text: str) -> bool:
    """Whether a paragraph tells how it was voted."""
    counted = [found["what"] or found["that"] for found in COUNT.finditer(text)]
    short = len(text.split()) < 25
    named = re.match(r"(?:pour|contre|abstentions?)\s*(?:\(\d+\)\s*)?:\s*(?=[A-ZÀ-Ý])", text, re.IGNORECASE)
    return bool(named or _RESULT.fullmatch(text) or OUT.match(text)) or (
        short
        and (
            len(counted) > 1
            or bool(
                re.match(
                    r"(?:votes?|scrutin\s[^.]{2,40}:|résultat|adopt\w+|délibération\s+adoptée|(?:pour|contre|abstentions?|blancs?|nuls?)\s*:\s*\d)",
                    text,
                    re.IGNORECASE,
                )
            )
        )
    )


def tell_vote(vote: Voted, text: str) -> None:
    """Adds what a sentence says of a vote."""
    text = re.sub(r"\s*\(par\s+(?:pouvoir|procuration)\)", "", text)
    if re.search(r"unanimité", text, re.IGNORECASE):
        vote.unanimite, vote.said = True, text
    if except_for := _EXCEPT.search(text):
        what = "contre" if except_for["contre"] else "abstentions"
        named = names_in(except_for["who"] or "")
        if named and (except_for["contre"] or except_for["abst"]):
            vote.names[what] = named
            vote.counts[what] = len(named)
        elif not COUNT.search(text):
            vote.unanimite = False  # who did otherwise, and how, is not told
    if re.search(r"prend\s+acte", text, re.IGNORECASE) and not vote.unanimite:
        vote.prend_acte = True
    if re.search(r"(?:scrutin|bulletins?|vote)\s+(?:à\s+bulletins?\s+)?secrets?", text, re.IGNORECASE):
        vote.secret = True
    for found in COUNT.finditer(text):
        number = a_number(found["n"] or found["m"])
        what = (found["what"] or found["that"]).lower()
        what = "abstentions" if what.startswith(("s’abst", "s'abst")) else _KEPT.get(what, "")
        if number is not None and what:
            vote.counts[what], vote.said = number, text
    for aside in re.findall(r"\(([^()]*)\)", text):
        if OUT.match(aside):
            tell_vote(vote, aside)
    if out := OUT.match(text):
        whom = [Nomme(one.civilite, one.prenom, one.nom) for one in people(out["whom"] or "")]
        vote.names["ne_prend_pas_part"] = whom or names_in(out["who"] or out["whom"])
        return
    for found in _NAMED.finditer(text):
        what = "contre" if found["what"].lower() == "contre" else "abstentions"
        if named := [one for one in names_in(found["who"]) if not _NOBODY.search(one.id)]:
            vote.names[what] = named
