"""A past act as it was read, and the facts of it that stand anywhere in its text: days, hour, place, and how
it was voted, as its sentences say it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from ctgdocs.importing.dispositif import Decided
from ctgdocs.importing.document import Block
from ctgdocs.importing.persons import people
from ctgdocs.importing.roll_call import Presence
from ctgdocs.importing.worded import CIVIL, DAY, a_day, a_number, an_hour, compiled, names_in
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


@dataclass(slots=True)
class Past:
    """An act as read. `days`: seance, convocation, affichage, transmission, publication, notification,
    signature → ISO days. `organe`: who deliberates, in small letters. `expose` holds blocks: lists and
    tables stay."""

    numero: str = ""
    objet: str = ""
    organe: str = ""
    days: dict[str, str] = field(default_factory=dict)
    heure: str = ""
    lieu: str = ""
    rapporteur: Nomme | None = None
    signataire: Nomme | None = None
    signing: list[Nomme] = field(default_factory=list)
    """Who is named under the act."""
    around: list[str] = field(default_factory=list)
    """What heads the act and what certifies it: the paragraphs that tell its own days."""
    presence: Presence = field(default_factory=Presence)
    visas: list[str] = field(default_factory=list)
    considerants: list[str] = field(default_factory=list)
    expose: list[Block] = field(default_factory=list)
    decisions: list[Decided] = field(default_factory=list)
    vote: Voted = field(default_factory=Voted)
    matiere: str = ""
    annexes: list[str] = field(default_factory=list)
    destinataires: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    """Paragraphs that fields say whole: lists of who was there, formulas that every act has."""


_DATED = (
    ("convocation", rf"convo(?:cation|qué\w*)[^.\d]{{0,60}}?(?P<day>{DAY})"),
    ("affichage", rf"affich(?:age|é\w*)[^.\d]{{0,40}}?(?P<day>{DAY})"),
    ("transmission", rf"(?:transmi\w+|télétransmi\w+|envoyée?|envoi)[^.\d]{{0,60}}?(?P<day>{DAY})"),
    ("transmission", rf"(?:reçue?|réception|réceptionnée?|dépôt|déposée?)[^.\d]{{0,60}}?(?P<day>{DAY})"),
    ("transmission", rf"visa\s+(?:de\s+la\s+)?(?:sous-)?préf[^.\d]{{0,40}}?(?P<day>{DAY})"),
    ("publication", rf"(?:publi(?:cation|é\w*)|mise?s?\s+en\s+ligne)[^.\d]{{0,40}}?(?P<day>{DAY})"),
    ("publication", rf"affich(?:age|é\w*)[^.\d]{{0,40}}?(?P<day>{DAY})"),
    ("notification", rf"notifi(?:cation|é\w*)[^.\d]{{0,40}}?(?P<day>{DAY})"),
)
_DATES = tuple((name, compiled(pattern)) for name, pattern in _DATED)
_AFTER = ("transmission", "publication", "notification")
"""The days of an act that has been taken: none comes before it."""
_ORGANE = compiled(
    r"conseil\s+(?:municipal|communautaire|métropolitain|d[’']administration)|comité\s+syndical"
)
_OPENED = compiled(r"(?:ouvre\s+la\s+séance|séance\s+(?:est\s+)?ouverte)\s+à\s+.{2,40}")
_PRESIDENT, _MAIRE = compiled(r"\b(?:le|la)\s+présidente?\b"), compiled(r"\bmaire\b")
"""Who heads an assembly that is called « le conseil » alone."""
_HELD = compiled(
    rf"(?:séance|réunion|(?:conseil|comité|bureau)\s+\S+)\s+(?:[\w’']+\s+){{0,5}}?(?:du|le)\s+(?:\w+di\s+)?(?P<day>{DAY})"
)
_OPENS = (
    compiled(rf"l[’']an\s.{{3,60}}?(?:,|\set)?\s+(?:et\s+)?le\s+(?:\w+di\s+)?(?P<day>{DAY})"),
    compiled(rf"(?:^|\n)\s*le\s+(?:\w+di\s+)?(?P<day>{DAY})[^.\n]{{0,160}}?\bréunie?s?\b"),
)
_PLACE = (
    compiled(
        r"(?:s[’']est|se\s+sont|s[’']étai\w+|se\s+réuni\w*)\s*(?:réunie?s?|assemblée?s?)?[^.]{0,300}?\s(?:à|au|dans|en)\s+"
        r"(?P<lieu>(?:la|l[’']|le|les)?\s*(?:mairie|salle|siège|hôtel|maison|foyer|espace|centre|lieu|médiathèque|pôle)"
        r"(?:(?!\s+sous\s+la\s+présid|\s+sur\s+(?:la\s+)?convocation|\s+après\s|\s+en\s+séance)[^,.;\n])*)"
    ),
    compiled(
        r"(?:^|\n)\s*lieu(?:\s+de\s+(?:la\s+)?(?:séance|réunion))?\s*:\s*(?P<lieu>[^\n]{3,90}?)\s*\.?(?=\n|$)"
    ),
)


def tell_facts(act: Past, whole: str, around: str) -> None:
    """Adds the days, the hour and the place of an act. `around`: what heads it and what certifies it, without
    its visas, its exposé and its decisions, which tell the days of other acts."""
    year = _year(whole)
    organe = _ORGANE.search(whole)
    act.organe = " ".join(organe[0].lower().replace("'", "’").split()) if organe else ""
    if not act.organe and _PRESIDENT.search(whole) and not _MAIRE.search(whole):
        act.organe = "conseil"
    head = _HELD.search(around) or _HELD.search(whole[:3000])
    an = next(filter(None, (one.search(whole) for one in _OPENS)), None)
    for found in (an, head):
        if found and (day := a_day(found["day"], year)):
            act.days.setdefault("seance", day)
    made = r"(?:fait\s+(?:et\s+délibéré\s+)?(?:à|au|en)|(?:^|\n)\s*à)\s+[^,\n]{2,50}"
    not_town = r"(?:notifi|publi|transmi|reçu|affich|vu|certifi|rendu|acte|séance|le)"
    town = rf"(?:^|\n)\s*(?!{not_town}\w*\b)[^\W\d_][\w’' -]{{2,50}},"
    ends = compiled(rf"(?:{made},?|{town})\s+le\s+(?:\w+di\s+)?(?P<day>{DAY})")
    signed = [found["day"] for found in ends.finditer(around)]
    if signed and (day := a_day(signed[-1], year)):
        act.days.setdefault("signature", day)
    _tell_dates(act, around, year)
    met = an or compiled(r"réunie?s?\b").search(whole[:3000]) or head
    act.heure = an_hour(whole[met.start() : met.end() + 80]) if met else ""
    if not act.heure and (opens := _OPENED.search(whole)):
        act.heure = an_hour(opens[0])
    if not act.heure and head:
        act.heure = an_hour(head.string[head.start() : head.end() + 30])
    place = next(filter(None, (one.search(around) for one in _PLACE)), None)
    act.lieu = " ".join(place["lieu"].split()) if place else ""
    if an and place and act.heure and act.days.get("seance"):
        opening = whole[whole.rfind("\n", 0, an.start("day")) + 1 :].split("\n")[0].strip()
        act.taken += [opening] if place["lieu"] in opening else []


def _tell_dates(act: Past, around: str, year: int | None) -> None:
    """The days of the convocation and of what certifies the act; one that cannot be is left."""
    held = act.days.get("seance") or act.days.get("signature", "")
    for name, pattern in _DATES:
        for found in pattern.finditer(around):
            day = a_day(found["day"], year)
            late = name in _AFTER
            if day and (not held or (day >= held if late else day <= held)):
                act.days.setdefault(name, day)
                break


def _year(whole: str) -> int | None:
    found = re.search(
        r"l[’']an\s+(?P<year>deux[\s-]mil(?:le)?[a-zé\s-]*?|\d{4})\s*(?:,|et\s+le|le\s)",
        whole,
        re.IGNORECASE,
    )
    if found and (year := a_number(found["year"])):
        return year
    years = re.search(r"\b(20\d\d)\b", whole)
    return int(years[1]) if years else None


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
