"""A past délibération or arrêté, cut into its parts: what heads it, who was there, what it rests on, what it
decides, how it was voted, what certifies it.

Only its words are read here; `kinds/deliberation/from_word.py` and `kinds/arrete/from_word.py` write content
from them. What no part takes is in `rest`, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ctgdocs.importing.document import Block, Document, Para, Table
from ctgdocs.importing.prose import flat
from ctgdocs.importing.roll_call import Presence, RollCall
from ctgdocs.importing.votes import COUNT, Voted, is_vote, tell_vote
from ctgdocs.importing.worded import DAY, a_day, a_name, a_number, an_hour, names_in
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
    decisions: list[str] = field(default_factory=list)
    vote: Voted = field(default_factory=Voted)
    rest: list[str] = field(default_factory=list)


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
_DATED = (
    ("convocation", rf"convo(?:cation|qué\w*)[^.\d]{{0,60}}?(?P<day>{DAY})"),
    ("affichage", rf"affich(?:age|é\w*)[^.\d]{{0,40}}?(?P<day>{DAY})"),
    ("transmission", rf"(?:transmi\w+|télétransmi\w+|reçu\w*|réception|dépôt)[^.\d]{{0,60}}?(?P<day>{DAY})"),
    ("publication", rf"publi(?:cation|é\w*)[^.\d]{{0,40}}?(?P<day>{DAY})"),
    ("notification", rf"notifi(?:cation|é\w*)[^.\d]{{0,40}}?(?P<day>{DAY})"),
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


class _Cutter:
    """Reads the paragraphs of an act in order."""

    def __init__(self, document: Document) -> None:
        self.blocks = list(flat(document.blocks))
        self.roll = RollCall()
        self.act = Past(presence=self.roll.presence)
        self.part = "head"

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
                self.act.days.setdefault("seance", day)
        for name, pattern in _DATES:
            for found in pattern.finditer(whole):
                if day := a_day(found["day"], year):
                    self.act.days.setdefault(name, day)
                    break
        made = r"(?:fait\s+(?:et\s+délibéré\s+)?(?:à|au|en)|(?:^|\n)\s*à)\s+[^,\n]{2,50}"
        ends = rf"{made},?\s+le\s+(?P<day>{DAY})"
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
        self.roll.chaired_by(whole)

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
                self.roll.list = "visas" if into is self.act.visas else "considerants"
                return True
            if found:
                self.roll.list = ""
                for one in re.split(r"\s*[;,]\s*\n?(?=(?:vu|considérant)\s)", text, flags=re.IGNORECASE):
                    bare = pattern.sub("", one, count=1).strip().rstrip(" ,;.")
                    into.append(bare)
                return True
        return False

    def _head(self, para: Para) -> None:
        text = para.text
        if self._number(para) or self.roll.takes(text) or self.roll.takes_secretary(text):
            return
        if found := _OBJET.match(text):
            self.act.objet, self.part, self.roll.list = found["objet"].strip(" .»«"), "body", ""
            return
        if re.fullmatch(r"objet\s*:?", text, re.IGNORECASE):
            self.roll.list = "objet"
            return
        if self.roll.list == "objet":
            self.act.objet, self.part, self.roll.list = text.strip(" .»«"), "body", ""
        elif (found := _BEARING.match(text)) and not self.act.objet:
            said = found["rest"].strip() if text.lower().startswith("portant") else text
            self.act.objet = said.strip(" .")
        elif self.roll.list and self.roll.goes_on(text):
            return
        elif re.match(r"rapporteur", text, re.IGNORECASE):
            self.act.rapporteur = a_name(text.partition(":")[2])
        elif (self.act.objet or self.act.numero) and _EXPOSES.match(text):
            self.part = "body"
            self._body(para)
        elif _LETTERHEAD.search(text) or COUNT.search(text):
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
        if self.roll.takes_secretary(text) or self.roll.takes(text) or _AUTHORITY.fullmatch(text):
            return
        if not self.act.objet and (found := _OBJET.match(text)):
            self.act.objet = found["objet"].strip(" .»«")
            return
        if self.roll.list in ("visas", "considerants"):
            if _ITEM.match(text) or para.look == "bullet" or text[:1].islower():
                into = self.act.visas if self.roll.list == "visas" else self.act.considerants
                into.append(_ITEM.sub("", text, count=1).rstrip(" ,;."))
                return
            self.roll.list = ""
        if self.roll.list and self.roll.goes_on(text):
            return
        if re.match(r"rapporteur\w*\s*:", text, re.IGNORECASE):
            self.act.rapporteur = a_name(text.partition(":")[2])
        elif not _COUNTED.match(text) and not re.fullmatch(
            r"(?:exposé|rapport)(?:\s+(?:des\s+motifs|de\s+.{2,40}))?\s*:?", text, re.IGNORECASE
        ):
            self.act.expose.append(para)

    # --- the decision

    def _is_agreed(self, text: str) -> bool:
        return bool(_AGREED.search(text)) and (self.part == "body" or bool(self.act.visas or self.act.objet))

    def _agree(self, text: str) -> None:
        """Takes the sentence that decides: its vote, and what it decides when it goes on."""
        self.part, self.roll.list = "decisions", ""
        tell_vote(self.act.vote, text)
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
        elif is_vote(text):
            tell_vote(self.act.vote, text)
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

    # --- the end

    def _tail(self, para: Para) -> None:
        text = para.text
        if is_vote(text):
            tell_vote(self.act.vote, text)
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


def read_act(document: Document) -> Past:
    """The parts of a délibération or an arrêté."""
    return _Cutter(document).cut()
