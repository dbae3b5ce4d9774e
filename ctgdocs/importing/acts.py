"""A past délibération or arrêté, cut into its parts: what heads it, who was there, what it rests on, what it
decides, how it was voted, what certifies it.

Only its words are read here; `kinds/deliberation/from_word.py` and `kinds/arrete/from_word.py` write content
from them. What no part takes is in `rest`, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from ctgdocs.french import MOIS, en_lettres, slug
from ctgdocs.importing.document import Block, Document, Para, Table
from ctgdocs.importing.prose import flat
from ctgdocs.vocabulary.appellations import Nomme, civilite_of, read_person
from ctgdocs.vocabulary.as_typed import day_of

LONGEST_DAY = 400
"""Signs in which a day is looked for."""
MONTHS: Final = "|".join(MOIS)
_DAY = (
    rf"(?:\d{{1,2}}(?:er)?|[a-zé-]+(?:[\s-][a-zé]+)?)\s+(?:{MONTHS})(?:\s+(?:\d{{4}}|deux[\s-]mil(?:le)?[a-z\s-]*))?"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
)


@dataclass(slots=True)
class Presence:
    """Who was there, by the names that the act gives."""

    presents: list[Nomme] = field(default_factory=list)
    excuses: list[Nomme] = field(default_factory=list)
    absents: list[Nomme] = field(default_factory=list)
    pouvoirs: list[tuple[Nomme, Nomme]] = field(default_factory=list)
    suppleants: list[tuple[Nomme, Nomme]] = field(default_factory=list)
    presidence: Nomme | None = None
    secretaire: Nomme | None = None

    @property
    def everyone(self) -> list[Nomme]:
        """All of them, each once, in the order of the act."""
        given = [one for pair in self.pouvoirs for one in pair]
        heads = [one for one in (self.presidence, self.secretaire) if one is not None]
        named = [*heads, *self.presents, *self.excuses, *self.absents, *given]
        found: dict[str, Nomme] = {}
        for one in named:
            known = found.get(one.id)
            if known is None or (one.civilite and not known.civilite):
                found[one.id] = one
        return list(found.values())


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
    presence: Presence = field(default_factory=Presence)
    visas: list[str] = field(default_factory=list)
    considerants: list[str] = field(default_factory=list)
    expose: list[Block] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    vote: Voted = field(default_factory=Voted)
    rest: list[str] = field(default_factory=list)


# --- Days, hours, names


@cache
def _words() -> dict[str, int]:
    """Numbers in letters, by their slug: days of a month, hours, minutes, years."""
    numbers = {slug(en_lettres(n)): n for n in (*range(60), *range(1990, 2061))}
    years = {re.sub(r"^deux-mille-", "deux-mil-", name): n for name, n in numbers.items() if n > 1999}
    feminine = {slug(en_lettres(n, feminin=True)): n for n in range(60)}
    return {**numbers, **years, **feminine, "premier": 1, "midi": 12}


def a_number(typed: str) -> int | None:
    """A number in figures or in letters; None when it is none.

    >>> a_number("vingt et un"), a_number("2024"), a_number("deux mil vingt-quatre")
    (21, 2024, 2024)
    """
    typed = typed.strip()
    digits = re.fullmatch(r"(\d+)(?:er)?", typed)
    return int(digits[1]) if digits else _words().get(slug(typed))


def a_day(typed: str, year: int | None = None) -> str:
    """The day that a text says, in figures or in letters, as 2024-06-13; "" when it says none.

    >>> a_day("le treize juin", 2024), a_day("11/04/25"), a_day("jeudi 1er mars 2024")
    ('2024-06-13', '2025-04-11', '2024-03-01')
    """
    typed = " ".join(typed[:LONGEST_DAY].split())
    short = re.search(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})", typed)
    if short:
        full = short[3] if len(short[3]) == 4 else f"20{short[3]}"
        return day_of(f"{short[1]}/{short[2]}/{full}")
    found = re.search(
        rf"(?P<day>\d{{1,2}}(?:er)?|[a-zé-]+(?:\set\s[a-z]+)?)\s+(?P<month>{MONTHS})\b(?:\s+(?P<year>\d{{4}}|deux[\s-]mil[\w\s-]*))?",
        typed,
        re.IGNORECASE,
    )
    if found is None:
        return ""
    day = a_number(found["day"])
    said = a_number(found["year"]) if found["year"] else year
    if day is None or said is None:
        return ""
    return day_of(f"{day} {found['month'].lower()} {said}")


_HOUR = re.compile(
    r"\bà\s+(?:(?P<h>\d{1,2})\s*(?:h(?:eures?)?|:)\s*(?P<m>\d{2})?|(?P<words>[a-zé\s-]{2,20}?)\s+heures?(?:\s+(?P<minutes>[a-zé-]+(?:[\s-][a-zé]+)?))?)",
    re.IGNORECASE,
)


def an_hour(typed: str) -> str:
    """« 20h30 » from « à vingt heures trente » or « à 20 h 30 »; "" when there is none."""
    for found in _HOUR.finditer(typed):
        if found["h"]:
            return f"{int(found['h'])}h{found['m'] or '00'}"
        hour, minutes = a_number(found["words"]), a_number(found["minutes"] or "")
        if hour is not None and hour < 24:
            return f"{hour}h{minutes or 0:02}"
    return ""


_CIVIL = r"(?:M\.|MM\.|Mmes?\.?|Mr\.?|Monsieur|Madame|Messieurs|Mesdames|Mlles?)"
_GROUP = re.compile(rf"(?P<civil>{_CIVIL})\s*:?\s*", re.IGNORECASE)
_ROLE_AFTER = re.compile(
    r"(?:(?<!\s)\s+)?[,(–]\s*(?:le\s+|la\s+)?(?:\d\w*\s+)?(?:maire|président|vice|adjoint|conseill|délégu|rapporteur|titulaire|suppléant)[^,;]*",
    re.IGNORECASE,
)


def names_in(text: str) -> list[Nomme]:
    """The persons of a list: « MM. Loïc ROY, Paul PETIT ; Mmes Zoé BLANC… », on lines, in columns."""
    text = re.sub(r"\([^()]*\)", _without_hours, text)  # « (arrivé à 19h05) »
    text = _ROLE_AFTER.sub("", re.sub(r"\s{3,}|[\t\n]+", "\n", text))
    found: list[Nomme] = []
    civilite = ""
    for part in re.split(r"[,;\n\t]|\s{3,}|\s+et\s+|\s[-–•]\s", text):
        part = part.strip(" .:()-–•")
        group = _GROUP.match(part)
        if group:
            civilite = civilite_of(
                group["civil"].rstrip("s.") + ("." if group["civil"].upper().startswith("M.") else "")
            ) or _of_many(group["civil"])
            part = part[group.end() :].strip()
        if part and len(part.split()) <= 6 and re.search(r"[^\W\d_]", part) and not re.search(r"\d", part):
            found += _people(part, civilite)
    return found


def _without_hours(aside: re.Match[str]) -> str:
    return "" if any(sign.isdigit() for sign in aside[0]) else aside[0]


def _of_many(word: str) -> str:
    return "Mme" if slug(word).startswith(("mme", "mesdames", "mlle")) else "M."


def _people(part: str, civilite: str) -> Iterator[Nomme]:
    """The persons of a part without separators: « LŒILLET Abdel COËFFARD Gaëlle » are two."""
    words = part.split()
    capitals = [word.isupper() and len(word.strip(".’'-")) > 1 for word in words]
    starts = [at for at, capital in enumerate(capitals) if capital and (at == 0 or not capitals[at - 1])]
    if len(starts) > 1 and starts[0] == 0 and not all(capitals):
        for begin, end in zip(starts, [*starts[1:], len(words)], strict=True):
            yield from _people(" ".join(words[begin:end]), civilite)
        return
    person = read_person(part)
    if person.nom:
        yield person._replace(civilite=person.civilite or civilite)


def a_name(text: str) -> Nomme | None:
    """The one person that a text names, whatever stands after."""
    found = names_in(re.split(r",|\bdu conseil\b|\(", text.strip(" .:"))[0])
    return found[0] if found else None


# --- The parts


_NUMBER = re.compile(
    r"(?:n\s?[°º]|num[ée]ro\s*:?|(?:d[ée]lib[ée]ration|arr[êe]t[ée]|d[ée]cision)\s+(?=\d|[A-Z]{2,}[-_ ]?\d))"
    r"\s*"
    r"(?P<number>[A-Z]*[\s_-]?\d[\w/.-]*)",
    re.IGNORECASE,
)
_NUMBER_FIRST = re.compile(r"(?P<number>\d{4}[/-][\w/-]*\d)\s*[–:-]?\s+(?P<objet>[^\W\d].{5,})")
_OBJET = re.compile(r"objet(?:\s+de\s+la\s+délibération)?\s*[:–-]\s*(?P<objet>.+)", re.IGNORECASE)
_BEARING = re.compile(r"(?:portant|relatif|relative)\b(?P<rest>.+)", re.IGNORECASE)
_LABELS: Final = (
    (
        "excuses",
        r"(?:étaient\s+)?(?:(?:membres\s+)?absente?s?\s*(?:\(s\)|\(e\)s?)?\s*(?:et\s+)?)?excusée?\(?e?\)?s?(?:\s+et\s+représentée?s?)?",
    ),
    (
        "pouvoirs",
        r"(?:ont\s+donné\s+|avai(?:en)?t\s+donné\s+)?(?:pouvoirs?|procurations?)(?:\s*\(s\))?|(?:absente?s?|excusée?s?)\s+(?:excusée?s?\s+)?(?:ayant\s+donné|représentée?s?)[^:]*|représentée?s?",
    ),
    ("absents", r"(?:étai(?:en)?t\s+)?(?:membres\s+)?absente?s?(?:\(e?\)?s?)?(?:\s+non\s+excusés?)?"),
    (
        "presents",
        r"(?:étai(?:en)?t\s+)?(?:les\s+)?(?:membres\s+)?présente?s?(?:\s*\(s\))?(?:\s*(?:à\s+la\s+séance|à\s+l[’']ouverture))?|conseillers\s+présents",
    ),
    ("suppleants", r"suppléants?(?:\s+présents?)?"),
)
_LABEL = {
    name: re.compile(rf"\s*(?:{pattern})\s*(?:\(\s*\d+\s*\)\s*)?(?::|$)\s*", re.IGNORECASE)
    for name, pattern in _LABELS
}
_GIVES = (
    re.compile(
        r"(?P<de>.+?)\s*(?:a|ont|ayant|avait)?\s*(?:donné|donne)\s+(?:pouvoir|procuration)\s+à\s+(?P<a>.+)",
        re.IGNORECASE,
    ),
    re.compile(r"(?:pouvoir|procuration)\s+de\s+(?P<de>.+?)\s+à\s+(?P<a>.+)", re.IGNORECASE),
    re.compile(
        r"(?P<de>.+?)\s*\(?(?:pouvoir|procuration)\s*(?:donnée?\s+)?(?:à|:)\s*(?P<a>[^)]+)\)?", re.IGNORECASE
    ),
    re.compile(r"(?P<de>.+?)\s*\(?(?:représentée?\s+par|remplacée?\s+par)\s+(?P<a>[^)]+)\)?", re.IGNORECASE),
    re.compile(r"(?P<de>.+?)\s*(?:→|->|=>)\s*(?P<a>.+)"),
    re.compile(
        r"(?P<de>[A-ZÀ-Ý][\w’'-]*(?:\s+[\w’'-]+){1,4})\s+à\s+(?P<a>[A-ZÀ-Ý][\w’'-]*(?:\s+[\w’'-]+){1,4})"
    ),
    re.compile(rf"(?P<de>{_CIVIL}?.+?)\s+à\s+(?P<a>{_CIVIL}.+)"),
)
_SECRETARY = (
    re.compile(
        r"(?P<who>.+?)\s+(?:a\s+été\s+|est\s+)?(?:désignée?|nommée?|élue?|choisie?)\s+(?:comme\s+|en\s+qualité\s+de\s+|aux\s+fonctions\s+de\s+)?(?:secrétaire)",
        re.IGNORECASE,
    ),
    re.compile(r"(?:le\s+|la\s+)?secrétaire(?:\s+de\s+(?:la\s+)?séance)?\s*:\s*(?P<who>.+)", re.IGNORECASE),
    re.compile(r"(?:désigne|nomme|élit)\s+(?P<who>.+?)\s+(?:comme\s+)?secrétaire", re.IGNORECASE),
)
_CHAIR = re.compile(
    rf"sous\s+la\s+présidence\s+de\s+(?:le\s+|la\s+)?(?P<who>{_CIVIL}?\s*[^,.;(]+)", re.IGNORECASE
)
_RUN_IN = re.compile(
    r"\n|(?<=\.)\s(?=(?:absente?s?|excusée?s?|pouvoirs?|procurations?|contre|abstentions?)\b[^.:\n]{0,40}:)"
    r"|\s[–-]\s(?=secrétaires?\s+de\s+séance\s*:)",
    re.IGNORECASE,
)
"""Where a line that holds several named lists would be cut, had each a line of its own."""
_VU = re.compile(r"vus?\b\s*:?\s*", re.IGNORECASE)
_SINCE = re.compile(r"considérants?\b\s*[:,]?\s*", re.IGNORECASE)
_AGREED = re.compile(
    r"après\s+(?:en\s+)?avoir\s+(?:en\s+)?(?:entendu|délibéré|oui|ouï|pris\s+connaissance)|^\s*(?:(?:ayant\s+entendu|entendu|ouï|sur\s+proposition)\b[^.:]{0,120}?,\s*)?(?:le|la|l[’'])\s*(?:conseil|comité|bureau|assemblée|collège)\b[^.]{0,90}\b(?:décide|approuve|autorise|prend\s+acte|délibère|à\s+l[’']unanimité|à\s+la\s+majorité)|^\s*(?:décide|délibère|arrête|arrêtons|décidons|approuve)\s*(?:ce\s+qui\s+suit\s*)?(?:à\s+l[’']unanimité\s*)?:?\s*$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?P<verb>DÉCIDE(?:NT)?|DECIDE|ARRÊTE|ARRETE|DÉLIBÈRE|décide|arrête|délibère)\b\s*(?:ce\s+qui\s+suit\s*)?:?\s*"
)
_ENDS = re.compile(
    r"à\s+[A-ZÀ-Ý][^,\n]{1,40},\s+le\s+\d|(?:ainsi\s+)?fait\s+(?:et\s+délibéré|à\b|au\b|le\b|en\s+(?:séance|mairie))|et\s+(?:publi|notifi|affich|transmi)|pour\s+(?:extrait|copie|expédition)|(?:le|la)\s+(?:maire|présidente?|secrétaire)\b\s*(?:de\s+séance)?[,.:]?\s*(?:(?:le|la)\s+secrétaire.*)?$|(?:acte\s+)?(?:rendue?|certifiée?|déclarée?)\s+exécutoire|acte\s+rendu|ont\s+signé|suivent\s+les\s+signatures|(?:transmis|publié|notifié|affiché|reçu|télétransmis)e?\b.{0,60}(?:le\b|:)|(?:la\s+présente\s+(?:délibération|décision)|le\s+présent\s+arrêté)\s+peut\s+faire|voies?\s+et\s+délais?|\(?cachet|signature\b",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"(?:Le|La|LE|LA)\s+(?:[Mm]aire|MAIRE|[Pp]résidente?|PR[EÉ]SIDENTE?|[Ss]ecrétaire)[^.,]{0,20},[^.]{0,40}[A-ZÀ-Ý]{3,}"
)
_ITEM = re.compile(r"(?:[-–—•·●▪◦➢➤►➔>*o]\s+|[•·●▪◦➢➤►➔]\s*|\d{1,2}\s?[.)°]-?\s+)")
_ARTICLE = re.compile(
    r"art(?:icle|\.)?\s*(?:\d+(?:er|ème|e)?|premier|unique)\s*(?:[:.–—-]\s*)*(?P<text>.*)", re.IGNORECASE
)
_COUNT = re.compile(
    r"(?P<what>pour|contre|abstentions?|s[’']abst\w+|blancs?|nuls?)\s*[:=]?\s*(?P<n>\d+)|(?P<m>(?<!\d)\d+|(?<![a-zé-])[a-zé-]+)\s+(?:voix\s+)?(?P<that>pour|contre|abstentions?|blancs?|nuls?)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?P<what>contre|abstentions?|s[’']abstien\w+)\s*(?:\d+\s*)?[:(]\s*(?:\d+\s*[(–-]?\s*)?(?P<who>{_CIVIL}?(?!\s*[–-]|\s*(?:pour|contre|abst|nul|blanc))[^0-9)]+)\)?",
    re.IGNORECASE,
)
_KEPT: Final = {
    "pour": "pour",
    "contre": "contre",
    "abstention": "abstentions",
    "abstentions": "abstentions",
    "blanc": "blancs",
    "blancs": "blancs",
    "nul": "nuls",
    "nuls": "nuls",
}
_DATED = (
    ("convocation", rf"convo(?:cation|qué\w*)[^.\d]{{0,60}}?(?P<day>{_DAY})"),
    ("affichage", rf"affich(?:age|é\w*)[^.\d]{{0,40}}?(?P<day>{_DAY})"),
    ("transmission", rf"(?:transmi\w+|télétransmi\w+|reçu\w*|réception|dépôt)[^.\d]{{0,60}}?(?P<day>{_DAY})"),
    ("publication", rf"publi(?:cation|é\w*)[^.\d]{{0,40}}?(?P<day>{_DAY})"),
    ("notification", rf"notifi(?:cation|é\w*)[^.\d]{{0,40}}?(?P<day>{_DAY})"),
)
_DATES = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _DATED)
_ORGANE = re.compile(
    r"conseil\s+(?:municipal|communautaire|métropolitain|d[’']administration)|comité\s+syndical",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:dates?\s+de\s+(?:la\s+)?convocation|convocation|affichage|quorum|nombre\s+de|(?:\b\w+\s+){1,3}en\s+exercice"
    r"|(?:votants|pouvoirs|présents|absents|suffrages\s+exprimés)\s*:\s*\d)",
    re.IGNORECASE,
)
_ROLE = re.compile(r"president|maire|secretaire|adjoint|directeur|directrice")
_LETTERHEAD = re.compile(
    r"république|liberté|département|arrondissement|canton|commune\s+de|mairie|communauté|extrait\s+du|registre|du\s+conseil|conseil\s+(?:municipal|communautaire|d)|syndicat|centre\s+(?:inter)?communal|séance|nombre\s+de|en\s+exercice|présents\s*:|votants|quorum|dates?\b|l[’']an\b|s[’']est\s+réuni|le\s+conseil|la\s+maire|le\s+maire|le\s+président|la\s+présidente|convocation|affichage|délibération\s+n|certifi",
    re.IGNORECASE,
)


_AUTHORITY = re.compile(r"(?:le|la)\s+(?:maire|présidente?)(?:\s+d[eu’'][^.;:]{0,90})?\s*,", re.IGNORECASE)
"""Who decides, before the visas."""
_EXPOSES = re.compile(
    r"(?:M\.|Mme|Monsieur|Madame|Le|La|L[’'])\s[^.]{0,90}?\b(?:rappelle|expose|indique|informe|présente|propose"
    r"|explique|soumet|précise|souligne|rapporte|signale|donne\s+lecture|fait\s+(?:part|savoir|connaître))\b",
    re.IGNORECASE,
)
"""What opens the exposé: someone says something."""
_BY_VOTES = re.compile(
    r"^\W*(?:à\s+la\s+majorité|par|avec)\b[^:]{0,120}?\b(?:pour|contre|abstentions?|voix)\b[^:,]{0,40}(?:[,:]\s*|$)",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?:(?<!\s)\s+)?[;\n]\s*|(?<!\bM)(?<!\bMM)(?<!\bMme)(?<!\bMmes)(?<!\b[A-Z])\.\s+(?=[A-ZÀ-Ý])"
)


class _Cutter:
    """Reads the paragraphs of an act in order."""

    def __init__(self, document: Document) -> None:
        self.blocks = list(flat(document.blocks))
        self.act = Past()
        self.part = "head"
        self.list = ""

    def cut(self) -> Past:
        self._facts(" \n".join(self._texts()))
        for at, block in enumerate(self.blocks):
            if isinstance(block, Table):
                self._take_table(block)
            else:
                for line in _RUN_IN.split(block.text):
                    if line.strip():
                        self._take(block._replace(text=line.strip()), at)
        self._settle()
        return self.act

    def _texts(self) -> Iterator[str]:
        for block in self.blocks:
            if isinstance(block, Para):
                yield block.text

    # --- facts that stand anywhere

    def _facts(self, whole: str) -> None:
        year = self._year(whole)
        organe = _ORGANE.search(whole)
        self.act.organe = " ".join(organe[0].lower().replace("'", "’").split()) if organe else ""
        head = re.search(
            rf"(?:séance|réunion|(?:conseil|comité|comite|bureau)\s+\w+)\s+(?:\w+\s+){{0,3}}?(?:du|le)\s+(?:\w+\s+)?(?P<day>{_DAY})",
            whole,
            re.IGNORECASE,
        )
        an = re.search(
            rf"l[’']an\s.{{3,60}}?(?:,|et)\s+(?:et\s+)?le\s+(?:\w+di\s+)?(?P<day>{_DAY})",
            whole,
            re.IGNORECASE,
        )
        for found in (an, head):
            if found and (day := a_day(found["day"], year)):
                self.act.days.setdefault("seance", day)
        for name, pattern in _DATES:
            for found in pattern.finditer(whole):
                if day := a_day(found["day"], year):
                    self.act.days.setdefault(name, day)
                    break
        made = r"(?:fait\s+(?:et\s+délibéré\s+)?(?:à|au|en)|(?:^|\n)\s*à)\s+[^,\n]{2,50}"
        ends = rf"{made},?\s+le\s+(?P<day>{_DAY})"
        signed = [found["day"] for found in re.finditer(ends, whole, re.IGNORECASE)]
        if signed and (day := a_day(signed[-1], year)):
            self.act.days.setdefault("signature", day)
        met = an or re.search(r"réunie?s?\b", whole[:3000], re.IGNORECASE)
        self.act.heure = an_hour(whole[met.start() : met.end() + 80]) if met else ""
        place = re.search(
            r"s[’']est\s+(?:réunie?|assemblée?)[^.]{0,300}?\s(?:à|au|dans|en)\s+(?P<lieu>(?:la|l[’']|le|les)?\s*(?:mairie|salle|siège|hôtel|maison|foyer|espace|centre|lieu)[^,.;]*)",
            whole,
            re.IGNORECASE,
        )
        self.act.lieu = " ".join(place["lieu"].split()) if place else ""
        if chair := _CHAIR.search(whole):
            self.act.presence.presidence = a_name(chair["who"])

    def _year(self, whole: str) -> int | None:
        found = re.search(
            r"l[’']an\s+(?P<year>deux[\s-]mil(?:le)?[a-zé\s-]*?|\d{4})\s*(?:,|et\s+le|le\s)",
            whole,
            re.IGNORECASE,
        )
        if found and (year := a_number(found["year"])):
            return year
        years = re.search(r"\b(20\d\d)\b", whole)
        return int(years[1]) if years else None

    # --- paragraphs, one by one

    def _take_table(self, table: Table) -> None:
        if self.part in ("head", "body"):
            self.act.expose.append(table)
        else:
            self.act.rest += [" – ".join(filter(None, (box.text for box in row))) for row in table.rows]

    def _take(self, para: Para, at: int) -> None:
        text = para.text
        if self.part == "tail":
            self._tail(para)
        elif self.part == "decisions":
            self._decided(para)
        elif self._is_agreed(text):
            self._agree(text)
        elif self._is_ground(text):
            self.part = "body"
        elif self.part == "head":
            self._head(para)
        else:
            self._body(para)

    def _is_ground(self, text: str) -> bool:
        """Takes a visa or a considérant."""
        for pattern, into in ((_VU, self.act.visas), (_SINCE, self.act.considerants)):
            found = pattern.match(text)
            if found and found.end() == len(text):
                self.list = "visas" if into is self.act.visas else "considerants"
                return True
            if found:
                self.list = ""
                for one in re.split(r"\s*[;,]\s*\n?(?=(?:vu|considérant)\s)", text, flags=re.IGNORECASE):
                    bare = pattern.sub("", one, count=1).strip().rstrip(" ,;.")
                    into.append(bare)
                return True
        return False

    def _head(self, para: Para) -> None:
        text = para.text
        if self._number(para) or self._presence(text) or self._secretary(text):
            return
        if found := _OBJET.match(text):
            self.act.objet, self.part, self.list = found["objet"].strip(" .»«"), "body", ""
            return
        if re.fullmatch(r"objet\s*:?", text, re.IGNORECASE):
            self.list = "objet"
            return
        if self.list == "objet":
            self.act.objet, self.part, self.list = text.strip(" .»«"), "body", ""
        elif (found := _BEARING.match(text)) and not self.act.objet:
            said = found["rest"].strip() if text.lower().startswith("portant") else text
            self.act.objet = said.strip(" .")
        elif self.list and self._more(text):
            return
        elif re.match(r"rapporteur", text, re.IGNORECASE):
            self.act.rapporteur = a_name(text.partition(":")[2])
        elif (self.act.objet or self.act.numero) and _EXPOSES.match(text):
            self.part = "body"
            self._body(para)
        elif _LETTERHEAD.search(text) or _COUNT.search(text):
            return
        elif re.match(r"(?:exposé|rapport)\b", text, re.IGNORECASE) or len(text.split()) > 8:
            self.part = "body"
            self._body(para)
        elif (para.bold or para.large or para.centred) and not self.act.objet and self.act.numero:
            self.act.objet = text.strip(" .")

    def _number(self, para: Para) -> bool:
        """Takes the number, and the object that follows it; False when the paragraph has none, or more."""
        if self.act.numero:
            return False
        first = _NUMBER_FIRST.match(para.text)
        if first and (para.bold or para.large or para.centred):
            self.act.numero, self.act.objet = first["number"], first["objet"].strip(" .")
            self.part = "head"
            return True
        found = _NUMBER.search(para.text)
        if found is None or len(para.text) > 160:
            return False
        self.act.numero = found["number"].strip(" .-")
        rest = para.text[found.end() :].strip(" :–-.")
        if len(rest.split()) > 2 and not self.act.objet and not _LETTERHEAD.search(rest):
            bearing = _BEARING.match(rest)
            self.act.objet = (
                bearing["rest"].strip() if bearing and rest.lower().startswith("portant") else rest
            )
        return True

    def _body(self, para: Para) -> None:
        text = para.text
        if self._secretary(text) or self._presence(text) or _AUTHORITY.fullmatch(text):
            return
        if not self.act.objet and (found := _OBJET.match(text)):
            self.act.objet = found["objet"].strip(" .»«")
            return
        if self.list in ("visas", "considerants"):
            if _ITEM.match(text) or para.look == "bullet" or text[:1].islower():
                into = self.act.visas if self.list == "visas" else self.act.considerants
                into.append(_ITEM.sub("", text, count=1).rstrip(" ,;."))
                return
            self.list = ""
        if self.list and self._more(text):
            return
        if re.match(r"rapporteur\w*\s*:", text, re.IGNORECASE):
            self.act.rapporteur = a_name(text.partition(":")[2])
        elif not _COUNTED.match(text) and not re.fullmatch(
            r"(?:exposé|rapport)(?:\s+(?:des\s+motifs|de\s+.{2,40}))?\s*:?", text, re.IGNORECASE
        ):
            self.act.expose.append(para)

    # --- presence

    def _presence(self, text: str) -> bool:
        """Takes the lists of who was there; several may stand in one paragraph."""
        if not any(pattern.match(text) for pattern in _LABEL.values()):
            return False
        for name, said in _labelled(text):
            if re.match(r"\d+\b", said):  # how many, and not who
                continue
            self.list = name
            if said:
                self._listed(name, said)
        return True

    def _more(self, text: str) -> bool:
        """Takes a line under the label of a list; closes the list, and is False, at what is no names."""
        parts = [part.split() for part in re.split(r"[,;\t\n]|\s{3,}", text) if part.strip()]
        named = all(len(part) < 13 and part[0][:1].isupper() for part in parts)
        if not named or ":" in text or re.search(r"\b(?:a|est|sont|ont|été)\b(?!\s+(?:donné|été))", text):
            self.list = ""
            return False
        self._listed(self.list, text)
        return True

    def _listed(self, name: str, text: str) -> None:
        presence = self.act.presence
        left: list[str] = []
        for part in _PARTS.split(text):
            left += self._gives(part) if name in ("excuses", "absents", "pouvoirs") else [part]
        people = names_in(" ; ".join(left)) if name != "pouvoirs" else []
        into = {"presents": presence.presents, "excuses": presence.excuses, "absents": presence.absents}
        if name in into:
            into[name] += people
        chair = re.search(
            r"(?P<who>[^,;:]{4,60})\s*[,(]\s*(?:le\s+|la\s+)?(?:maire|présidente?)\b", text, re.IGNORECASE
        )
        if name == "presents" and chair and presence.presidence is None:
            presence.presidence = a_name(chair["who"])

    def _gives(self, text: str) -> Iterator[str]:
        """Takes the pouvoirs of a part; gives back what is none."""
        for one in re.split(r",\s+(?=M\.|Mme|[A-ZÀ-Ý][\w’'-]+\s+[A-ZÀ-Ý])", text):
            for pattern in _GIVES if len(one) < LONGEST_DAY else ():
                found = pattern.fullmatch(one.strip(" .,"))
                giver, holder = (a_name(found["de"]), a_name(found["a"])) if found else (None, None)
                if giver and holder:
                    self.act.presence.pouvoirs.append((giver, holder))
                    break
            else:
                yield one

    def _secretary(self, text: str) -> bool:
        if "secrétaire" not in text.lower() or len(text) > 250 or self.act.presence.secretaire:
            return False
        for pattern in _SECRETARY:
            if (found := pattern.match(text.strip())) and (person := a_name(found["who"])):
                self.act.presence.secretaire = person
                self.list = ""
                return True
        return False

    # --- the decision

    def _is_agreed(self, text: str) -> bool:
        return bool(_AGREED.search(text)) and (self.part == "body" or bool(self.act.visas or self.act.objet))

    def _agree(self, text: str) -> None:
        """Takes the sentence that decides: its vote, and what it decides when it goes on."""
        self.part, self.list = "decisions", ""
        self._vote(text)
        found = _VERB.search(text)
        after = text[found.end() :].strip(" :") if found else ""
        if not found:
            colon = re.search(r":\s*$", text)
            verb = re.search(
                r"\b(approuve|autorise|prend\s+acte|fixe|adopte|donne|désigne|APPROUVE|AUTORISE|ADOPTE|FIXE)\b.{8,}",
                text,
            )
            after = "" if colon or not verb else text[verb.start() :]
        after = re.sub(
            r"^[àa]\s+l[’']unanimité(?:\s+des\s+[\wéè]+(?:\s+[\wéè]+){0,3}?)?,?\s+(?=d[eu’']|que\b)",
            "",
            after,
        )
        after = _BY_VOTES.sub("", after).strip(" ,:")
        if after:
            self._decision(after)

    def _decided(self, para: Para) -> None:
        text = para.text
        if _ENDS.match(text) or _SIGNS.match(text):
            self.part = "tail"
            self._tail(para)
        elif self._is_vote(text):
            self._vote(text)
        elif self._is_ground(text) or re.fullmatch(
            r"(?:décide|delibere|délibère|arrête)\s*(?:ce\s+qui\s+suit\s*)?:?", text, re.IGNORECASE
        ):
            return
        else:
            self._decision(text, bullet=para.look == "bullet")

    def _decision(self, text: str, *, bullet: bool = False) -> None:
        article = _ARTICLE.match(text)
        bare = article["text"] if article else _ITEM.sub("", text, count=1) if _ITEM.match(text) else text
        opens = article is not None or bullet or _ITEM.match(text) is not None
        bare = bare.strip()
        if not bare:
            self.act.decisions.append("")
        elif self.act.decisions and not self.act.decisions[-1]:
            self.act.decisions[-1] = bare
        elif opens or not self.act.decisions or self.act.decisions[-1][-1:] in ".;:" or bare[:1].isupper():
            self.act.decisions.append(bare)
        else:
            self.act.decisions[-1] += f" {bare}"

    def _is_vote(self, text: str) -> bool:
        counted = [found["what"] or found["that"] for found in _COUNT.finditer(text)]
        short = len(text.split()) < 25
        return short and (
            len(counted) > 1
            or bool(
                re.match(
                    r"(?:votes?|résultat|adopt\w+|délibération\s+adoptée|(?:pour|contre|abstentions?)\s*:)",
                    text,
                    re.IGNORECASE,
                )
            )
        )

    def _vote(self, text: str) -> None:
        vote = self.act.vote
        if re.search(r"unanimité", text, re.IGNORECASE):
            vote.unanimite, vote.said = True, text
        if re.search(r"prend\s+acte", text, re.IGNORECASE) and not vote.unanimite:
            vote.prend_acte = True
        if re.search(r"(?:scrutin|bulletins?|vote)\s+(?:à\s+bulletins?\s+)?secrets?", text, re.IGNORECASE):
            vote.secret = True
        for found in _COUNT.finditer(text):
            number = a_number(found["n"] or found["m"])
            what = (found["what"] or found["that"]).lower()
            what = "abstentions" if what.startswith(("s’abst", "s'abst")) else _KEPT.get(what, "")
            if number is not None and what:
                vote.counts[what], vote.said = number, text
        for found in _NAMED.finditer(text):
            what = "contre" if found["what"].lower() == "contre" else "abstentions"
            if people := names_in(found["who"]):
                vote.names[what] = people

    # --- the end

    def _tail(self, para: Para) -> None:
        text = para.text
        if self._is_vote(text):
            self._vote(text)
            return
        words = text.split()
        named = len(words) <= 7 and any(word.isupper() and len(word) > 2 for word in words)
        people = (
            [one for one in names_in(para.raw or text) if one.prenom and not _ROLE.search(one.id)]
            if named
            else []
        )
        if people:
            self.act.signataire = self.act.signataire or people[0]
        elif not (_ENDS.match(text) or len(text.split()) < 6 or _LETTERHEAD.match(text)):
            self.act.rest.append(text)

    def _settle(self) -> None:
        act = self.act
        act.decisions = [one.rstrip(" ;,") for one in act.decisions if one.strip()]
        act.objet = re.sub(r"^[«\s]+|[»\s]+$", "", act.objet)


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """The lists of a paragraph: the name of each and what it says."""
    found = []
    for at in [0, *(one.end() for one in re.finditer(r"[;.\n]\s*", text))]:
        for name, pattern in _LABEL.items():
            label = pattern.match(text, at)
            if label and (":" in label[0] or label.end() == len(text)):
                found.append((at, label.end(), name))
                break
    found.sort()
    ends = [*(at for at, _, _ in found[1:]), len(text)]
    for (_, start, name), end in zip(found, ends, strict=False):
        yield name, text[start:end].strip(" ;.")


def read_act(document: Document) -> Past:
    """The parts of a délibération or an arrêté."""
    return _Cutter(document).cut()
