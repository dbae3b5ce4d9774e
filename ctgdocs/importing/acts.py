"""A past délibération or arrêté, cut into its parts: what heads it, who was there, what it rests on, what it
decides, how it was voted, what certifies it.

Only its words are read here; from_actes.py writes content from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ctgdocs.importing.dispositif import AGREED, BARE_VERB, VOTES_AND_DECIDES, Dispositif, decided_by, item_of
from ctgdocs.importing.document import Document, Para, Table
from ctgdocs.importing.past import COUNT, OUT, Past, is_vote, tell_facts, tell_vote
from ctgdocs.importing.prose import closed_up, flat
from ctgdocs.importing.roll_call import RollCall
from ctgdocs.importing.worded import (
    DAY,
    ENDS,
    FORMULA,
    OF_AN_ACT,
    PRESIDES,
    SIGNED,
    SIGNS,
    STAMP,
    TOWN_DAY,
    a_name,
    compiled,
    names_in,
)

# --- The parts


_NUMBER = compiled(
    r"(?:n\s?[°º]|num[ée]ro\s*:?|(?:d[ée]lib[ée]ration|arr[êe]t[ée]|d[ée]cision)\s*[\s:]\s*"
    r"(?=\d|[A-Z]{2,}[-_ ]?\d))"
    r"\s*"
    r"(?P<number>[A-Z]*[\s_-]?\d[\w/.-]*)",
)
_NUMBER_FIRST = re.compile(
    r"(?P<number>(?:[A-Z]{1,5}[-_ ]?)?\d{4}[/_.-][\w/-]*\d)\s*[–:-]?\s+(?P<objet>[^\W\d].{5,})"
)
_OBJET = compiled(r"objet(?:\s+de\s+la\s+délibération)?\s*[:–-]\s*(?P<objet>.+)", re.IGNORECASE)
_BEARING = compiled(r"(?:portant|relatif|relative)\b(?P<rest>.+)", re.IGNORECASE)
_RUN_IN = compiled(
    r"\n|(?<=\.)\s(?=(?:absente?s?|excusée?s?|pouvoirs?|procurations?|contre|abstentions?)\b[^.:\n]{0,40}:)"
    r"|\s[–-]\s(?=secrétaires?\s+de\s+séance\s*:)",
)
"""Where a line that holds several named lists would be cut, had each a line of its own."""
_VU = re.compile(r"vus?\b\s*:?\s*", re.IGNORECASE)
_SINCE = compiled(r"considérants?\b\s*[:,]?\s*", re.IGNORECASE)
_COUNTED = compiled(
    r"(?:dates?\s+de\s+(?:la\s+)?convocation|convocation|affichage|quorum|nombre\s+de|(?:\b\w+\s+){1,3}en\s+exercice"
    r"|(?:votants|pouvoirs|présents|absents|suffrages\s+exprimés)\s*:\s*\d)",
)
_DAY_ALONE = compiled(
    rf"(?:(?:(?:le\s+)?(?:conseil|comité|bureau)\b[^.\d]{{0,60}})?séance\s+(?:\w+\s+)?du\s+|(?:dates?\s+(?:de\s+|d[’'])(?:la\s+)?)?(?:convocation|affichage|publication|transmission|notification)\s*:?\s*)"
    rf"(?:le\s+)?(?:\w+di\s+)?(?:{DAY})\W*",
)
_MATIERE = compiled(
    r"(?:matière|domaine|thème|classification|nomenclature(?:\s+actes)?)\s*:?\s*(?P<code>\d(?:\.\d{1,2}){0,4})\b.*",
)
_LISTED = compiled(
    r"(?P<list>annexe|destinataire|copie|ampliation|diffusion)s?(?:\s+(?:à|adressée?s?\s+(?:à|aux?)))?\s*(?::\s*(?P<said>.*))?",
    re.IGNORECASE | re.DOTALL,
)
"""What follows the signatures: a list, on the line of its name or on the next."""
_FIGURES = compiled(
    r"(?:en\s+exercice|présente?s?|représentée?s?|votants?|absente?s?(?:\s+\w+)?|pouvoirs?|procurations?|pour|contre"
    r"|abstentions?|(?:bulletins\s+)?(?:blancs|nuls)|suffrages\s+exprimés|exprimés|quorum|(?:nombre\s+(?:de\s+|d[’'])?)?(?:membres|conseillers|délégués|élus)(?:\s+\w+){0,2})",
)
"""A heading of a table that counts who was there, or who voted."""
_ROLE = re.compile(r"president|maire|secretaire|adjoint|directeur|directrice")
_ON_A_DAY = re.compile(rf"(?:en\s+date\s+)?(?:du|le)\s+(?:\w+di\s+)?(?:{DAY})\s*\.?", re.IGNORECASE)
_LETTERHEAD = compiled(
    r"république|liberté|département|arrondissement|canton|commune\s+de|mairie|communauté|extrait\s+du|registre|du\s+conseil|conseil\s+(?:municipal|communautaire|d)|syndicat|centre\s+(?:inter)?communal|séance|nombre\s+de|en\s+exercice|présents\s*:|votants|quorum|dates?\b|l[’']an\b|s[’']est\s+réuni|le\s+conseil|(?:comité|bureau|conseil|réunion)\s+(?:[\w’']+\s+){0,3}d[ue]\s+(?:\w+di\s+)?\d|se\s+sont\s+réunis|(?:est|étai\w+|sont)\s+réunis?\b|la\s+maire|le\s+maire|le\s+président|la\s+présidente|convocation|affichage|délibération\s+n|certifi",
)


_AUTHORITY = compiled(
    r"(?:(?:le|la)\s+(?:maire|présidente?)|(?:nous|je\s+soussignée?),?\s[^.;:]{3,80}?\b(?:maire|présidente?))(?:\s+d[eu’'][^.;:]{0,90})?\s*,"
)
"""Who decides, before the visas."""
_EXPOSES = compiled(
    r"(?:M\.|Mme|Monsieur|Madame|Le|La|L[’'])\s[^.]{0,90}?\b(?:rappelle|expose|indique|informe|présente|propose"
    r"|explique|soumet|précise|souligne|rapporte|signale|donne\s+lecture|fait\s+(?:part|savoir|connaître))\b",
)
"""What opens the exposé: someone says something."""


_OF_A_POINT = compiled(r"\b(?:point|question|page|article|annexe|affaire|ordre\s+du\s+jour)\s*$")


class _Cutter:
    """Reads the paragraphs of an act in order."""

    def __init__(self, document: Document) -> None:
        self.blocks = [closed_up(one) for one in flat(document.blocks)]
        self.roll = RollCall()
        self.act = Past(presence=self.roll.presence)
        self.part = "head"
        self.dispositif = Dispositif()
        self.listed: list[str] | None = None
        self.since = False
        """Whether the line above is a considérant."""
        self.presides = False
        """Whether the line above is the function of who signs as president."""

    def cut(self) -> Past:
        whole = " \n".join(self._texts())
        self.roll.chaired_by(whole)
        for block in self.blocks:
            if isinstance(block, Table):
                self._take_table(block)
            else:
                self._take_whole(block)
        tell_facts(self.act, whole, "\n".join(self.act.around))
        self._settle()
        return self.act

    def _texts(self) -> Iterator[str]:
        for block in self.blocks:
            if isinstance(block, Para):
                yield block.text

    # --- paragraphs, one by one

    def _take_whole(self, para: Para) -> None:
        """Takes each line of a paragraph; it is said by fields when all of them are."""
        lines = [line.strip() for line in _RUN_IN.split(para.text) if line.strip()]
        before = len(self.act.taken)
        for line in lines:
            self._take(para._replace(text=line))
        if len(lines) > 1 and len(self.act.taken) - before >= len(lines):
            self.act.taken.append(para.text)

    def _take_table(self, table: Table) -> None:
        texts = [" ".join(box.text.split()) for row in table.rows for box in row]
        heads, *counts = ([box.text.strip() for box in row] for row in table.rows)
        figures = [one for row in counts for one in row]
        if all(map(_FIGURES.fullmatch, heads)) and all(not one or one.isdigit() for one in figures):
            said = [f"{name} : {count}" for row in counts for name, count in zip(heads, row, strict=True)]
            if self.part in ("decisions", "tail"):
                tell_vote(self.act.vote, " ; ".join(said))
            self.act.taken += [*texts, " ".join(texts)]
        elif self.part in ("head", "body") and all(map(self.roll.labels, table.rows)):
            for row in table.rows:
                pair = [box.text.strip(" :") for box in row if box.paras]
                self._take(Para(" : ".join(pair)))
                self.act.taken += [*pair, *pair[1].splitlines()]
        elif self.part in ("head", "body"):
            self.act.expose.append(table)

    def _take(self, para: Para) -> None:
        text = para.text
        if found := _MATIERE.fullmatch(text):
            self.act.matiere = found["code"]
            self.act.taken.append(text)
        elif _DAY_ALONE.fullmatch(text) or (
            self.part in ("head", "body") and STAMP.fullmatch(text) and OF_AN_ACT.search(text)
        ):
            self.act.taken.append(text)
            self.act.around.append(text)
        elif self.part == "tail":
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
                self.roll.list, self.since = "", into is self.act.considerants
                for one in re.split(r"\s*[;,]\s*\n?(?=(?:vu|considérant)\s)", text, flags=re.IGNORECASE):
                    bare = pattern.sub("", one, count=1).strip().rstrip(" ,;.")
                    into.append(bare)
                return True
        return False

    def _attends(self, text: str) -> bool:
        """Takes a list of who was there, or the secretary."""
        found = self.roll.takes(text) or self.roll.takes_secretary(text)
        self.act.taken += [text] if found else []
        return found

    def _goes_on(self, text: str) -> bool:
        found = bool(self.roll.list) and self.roll.goes_on(text)
        self.act.taken += [text] if found else []
        return found

    def _head(self, para: Para) -> None:
        text = para.text
        self.act.around.append(text)
        if self._number(para) or self.roll.moves(text) or self._attends(text):
            return
        if found := _OBJET.match(text):
            self.act.objet, self.part, self.roll.list = found["objet"].strip(" .»«"), "body", ""
            return
        if re.fullmatch(r"objet(?:\s+de\s+la\s+délibération)?\s*:?", text, re.IGNORECASE):
            self.roll.list = "objet"
            return
        if self.roll.list == "objet":
            self.act.objet, self.part, self.roll.list = text.strip(" .»«"), "body", ""
        elif (found := _BEARING.match(text)) and not self.act.objet:
            said = found["rest"].strip() if text.lower().startswith("portant") else text
            self.act.objet = said.strip(" .")
            self.act.taken.append(text)
        elif self._goes_on(text) or self._reports(text):
            return
        elif _ON_A_DAY.fullmatch(text) or _AUTHORITY.fullmatch(text):
            self.act.taken.append(text)
        elif self._is_object(para):
            self.act.objet = text.strip(" .")
            self.act.taken.append(text)
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

    def _is_object(self, para: Para) -> bool:
        """Whether a title under the number is the object: it stands out, and is no sentence."""
        stands = (para.bold or para.large) and not para.text.endswith((".", ",", ";", ":"))
        known = _LETTERHEAD.match(para.text) or _EXPOSES.match(para.text) or _AUTHORITY.match(para.text)
        return stands and bool(self.act.numero) and not self.act.objet and not known and len(para.text) < 300

    def _reports(self, text: str) -> bool:
        """Takes who reports."""
        found = re.match(r"rapporteur\w*\s*:?\s*(?P<who>.+)", text, re.IGNORECASE)
        person = a_name(found["who"]) if found and len(text) < 160 else None
        self.act.rapporteur = person or self.act.rapporteur
        self.act.taken += [text] if person else []
        return person is not None

    def _number(self, para: Para) -> bool:
        """Takes the number, and the object that follows it; False when the paragraph has none, or more."""
        if self.act.numero:
            return False
        first = _NUMBER_FIRST.match(para.text)
        if first and (para.bold or para.large or para.centred):
            bare = _OBJET.fullmatch(first["objet"])
            self.act.numero = first["number"]
            self.act.objet = (bare["objet"] if bare else first["objet"]).strip(" .")
            self.part = "head"
            return True
        found = _NUMBER.search(para.text)
        if found is None or len(para.text) > 160 or _OF_A_POINT.search(para.text[: found.start()]):
            return False
        self.act.numero = found["number"].strip(" .-")
        self.act.taken.append(para.text)
        rest = para.text[found.end() :].strip(" :–-.")
        if len(rest.split()) > 2 and not self.act.objet and not _LETTERHEAD.search(rest):
            bearing = _BEARING.match(rest)
            self.act.objet = (
                bearing["rest"].strip() if bearing and rest.lower().startswith("portant") else rest
            )
        return True

    def _body(self, para: Para) -> None:
        text = para.text
        stands = para.bold or para.large or para.look == "heading"
        if stands and not self.act.objet and not self.act.expose and self._number(para):
            return
        if self._attends(text) or _AUTHORITY.fullmatch(text):
            return
        if not self.act.objet and (found := _OBJET.match(text)):
            self.act.objet = found["objet"].strip(" .»«")
            return
        if self.roll.list in ("visas", "considerants"):
            item = item_of(para) or (text if text[:1].islower() else "")
            if item:
                into = self.act.visas if self.roll.list == "visas" else self.act.considerants
                into.append(item.rstrip(" ,;."))
                return
            self.roll.list = ""
        if self.since and (item := item_of(para)) and re.match(r"qu(?:e\b|[’'])", item):
            self.act.considerants.append(item.rstrip(" ,;."))
            return
        self.since = False
        if OUT.match(text):
            tell_vote(self.act.vote, text)
        if self._goes_on(text) or self._reports(text):
            return
        if not _COUNTED.match(text) and not re.fullmatch(
            r"(?:exposé|rapport|délibération|décision|visas|considérants|motifs)(?:\s+(?:des\s+motifs|de\s+.{2,40}))?\s*:?",
            text,
            re.IGNORECASE,
        ):
            self.act.expose.append(para)

    # --- the decision

    def _is_agreed(self, text: str) -> bool:
        return bool(AGREED.search(text)) and (
            self.part == "body" or bool(self.act.visas or self.act.objet or self.roll.presence.presents)
        )

    def _agree(self, text: str) -> None:
        """Takes the sentence that decides: its vote, and what it decides when it goes on."""
        self.part, self.roll.list = "decisions", ""
        tell_vote(self.act.vote, text)
        after = decided_by(text)
        if after:
            self.dispositif.take(Para(after))

    def _decided(self, para: Para) -> None:
        text = para.text
        if ENDS.match(text) or TOWN_DAY.fullmatch(text) or SIGNS.match(text) or _LISTED.fullmatch(text):
            self.part = "tail"
            self._tail(para)
        elif is_vote(text) and VOTES_AND_DECIDES.match(text):
            tell_vote(self.act.vote, text)
            self.dispositif.take(Para(decided_by(text)))
        elif self._votes(text) or self._is_ground(text) or BARE_VERB.fullmatch(text):
            return
        else:
            self.dispositif.take(para)

    # --- the end

    def _tail(self, para: Para) -> None:
        text = para.text
        self.act.around.append(text)
        if self._votes(text) or self._lists(text):
            return
        words = text.split()
        named = len(words) <= 7 and any(word.isupper() and len(word) > 2 for word in words)
        if inline := SIGNED.search(text):
            words, named = inline["who"].split(), True
            para = para._replace(text=inline["who"], raw="")
            self.presides = True
        people = (
            [
                one
                for one in names_in((para.raw or para.text).rpartition(":")[2])
                if one.prenom and not _ROLE.search(one.id)
            ]
            if named
            else []
        )
        self.act.signing += people
        if people:
            self.act.signataire = self.act.signataire or people[0]
            seen = self.roll.presence
            if self.presides and seen.presents and seen.presidence is None:
                seen.presidence = people[0]
        self.presides = bool(PRESIDES.match(text)) or (self.presides and not people)

    def _votes(self, text: str) -> bool:
        """Takes how it was voted."""
        if not is_vote(text):
            return False
        tell_vote(self.act.vote, text)
        self.act.taken.append(text)
        return True

    def _lists(self, text: str) -> bool:
        """Takes a list after the signatures: « Annexes : … ; … », « Destinataires » and the next line."""
        found = _LISTED.fullmatch(text)
        into = self.listed
        if found:
            into = self.act.annexes if found["list"].lower() == "annexe" else self.act.destinataires
        said = (found["said"] or "") if found else text
        self.listed = into if found and not said else None
        if into is not None and said:
            self.act.taken.append(text)
            into += [
                one.strip(" .")
                for one in re.split(";" if ";" in said or into is self.act.annexes else r",\s", said)
                if one.strip(" .")
            ]
        return into is not None

    def _settle(self) -> None:
        act = self.act
        self.dispositif.settle()
        act.decisions = self.dispositif.decisions
        act.taken += [text for text in self._texts() if FORMULA.fullmatch(text)]
        act.objet = re.sub(r"^[«\s]+|[»\s]+$", "", act.objet)


def read_act(document: Document) -> Past:
    """The parts of a délibération or an arrêté."""
    return _Cutter(document).cut()
