"""A past act as it was read, and the facts of it that stand anywhere in its text: days, hour, place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ctgdocs.importing.dispositif import Decided
from ctgdocs.importing.document import Block
from ctgdocs.importing.roll_call import Presence
from ctgdocs.importing.votes import Voted
from ctgdocs.importing.worded import DAY, a_day, a_number, an_hour, compiled
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
