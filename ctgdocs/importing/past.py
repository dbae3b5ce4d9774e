"""A past act as it was read, and the facts of it that stand anywhere in its text: days, hour, place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ctgdocs.importing.dispositif import Decided
from ctgdocs.importing.document import Block
from ctgdocs.importing.roll_call import Presence
from ctgdocs.importing.votes import Voted
from ctgdocs.importing.worded import DAY, a_day, a_number, an_hour
from ctgdocs.vocabulary.appellations import Nomme


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
    ("transmission", rf"(?:transmi\w+|télétransmi\w+|reçu\w*|réception|dépôt)[^.\d]{{0,60}}?(?P<day>{DAY})"),
    ("publication", rf"(?:publi(?:cation|é\w*)|mise?s?\s+en\s+ligne)[^.\d]{{0,40}}?(?P<day>{DAY})"),
    ("notification", rf"notifi(?:cation|é\w*)[^.\d]{{0,40}}?(?P<day>{DAY})"),
)
_DATES = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _DATED)
_ORGANE = re.compile(
    r"conseil\s+(?:municipal|communautaire|métropolitain|d[’']administration)|comité\s+syndical",
    re.IGNORECASE,
)


def tell_facts(act: Past, whole: str) -> None:
    """Adds the days, the hour and the place that stand anywhere in the text of an act."""
    year = _year(whole)
    organe = _ORGANE.search(whole)
    act.organe = " ".join(organe[0].lower().replace("'", "’").split()) if organe else ""
    head = re.search(
        rf"(?:séance|réunion|(?:conseil|comité|comite|bureau)\s+\w+)\s+(?:\w+\s+){{0,3}}?(?:du|le)\s+(?:\w+\s+)?(?P<day>{DAY})",
        whole,
        re.IGNORECASE,
    )
    an = re.search(
        rf"l[’']an\s.{{3,60}}?(?:,|et)\s+(?:et\s+)?le\s+(?:\w+di\s+)?(?P<day>{DAY})",
        whole,
        re.IGNORECASE,
    )
    for found in (an, head):
        if found and (day := a_day(found["day"], year)):
            act.days.setdefault("seance", day)
    for name, pattern in _DATES:
        for found in pattern.finditer(whole):
            if day := a_day(found["day"], year):
                act.days.setdefault(name, day)
                break
    made = r"(?:fait\s+(?:et\s+délibéré\s+)?(?:à|au|en)|(?:^|\n)\s*à)\s+[^,\n]{2,50}"
    ends = rf"{made},?\s+le\s+(?P<day>{DAY})"
    signed = [found["day"] for found in re.finditer(ends, whole, re.IGNORECASE)]
    if signed and (day := a_day(signed[-1], year)):
        act.days.setdefault("signature", day)
    met = an or re.search(r"réunie?s?\b", whole[:3000], re.IGNORECASE)
    act.heure = an_hour(whole[met.start() : met.end() + 80]) if met else ""
    place = re.search(
        r"s[’']est\s+(?:réunie?|assemblée?)[^.]{0,300}?\s(?:à|au|dans|en)\s+(?P<lieu>(?:la|l[’']|le|les)?\s*(?:mairie|salle|siège|hôtel|maison|foyer|espace|centre|lieu)[^,.;]*)",
        whole,
        re.IGNORECASE,
    )
    act.lieu = " ".join(place["lieu"].split()) if place else ""
    if an and place and act.heure and act.days.get("seance"):
        opening = whole[whole.rfind("\n", 0, an.start()) + 1 :].split("\n")[0].strip()
        act.taken += [opening] if place["lieu"] in opening else []


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
