"""Who was there, as an act lists it: présents, excusés, absents, pouvoirs, président and secretary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ctgdocs.importing.document import Box
from ctgdocs.importing.worded import CIVIL, LONGEST_DAY, a_name, compiled, names_in
from ctgdocs.vocabulary.appellations import Nomme


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
    placed: list[tuple[Nomme, str]] = field(default_factory=list)
    """Who is listed with a commune, and which."""
    moves: list[str] = field(default_factory=list)
    """Who came late or left, as the act says it."""
    agents: list[str] = field(default_factory=list)

    @property
    def everyone(self) -> list[Nomme]:
        """All of them, each once, in the order of the act."""
        given = [one for pair in (*self.pouvoirs, *self.suppleants) for one in pair]
        heads = [one for one in (self.presidence, self.secretaire) if one is not None]
        named = [*heads, *self.presents, *self.excuses, *self.absents, *given]
        found: dict[str, Nomme] = {}
        for one in named:
            known = found.get(one.id)
            if known is None or (one.civilite and not known.civilite):
                found[one.id] = one
        return list(found.values())

    def rename(self, whole: Callable[[Nomme], Nomme]) -> None:
        """Gives everyone the name that says most of him."""
        for people in (self.presents, self.excuses, self.absents):
            renamed = {one.id: one for one in map(whole, people)}
            people[:] = renamed.values()
        for pairs in (self.pouvoirs, self.suppleants):
            pairs[:] = [(whole(one), whole(other)) for one, other in pairs]
        self.presidence = whole(self.presidence) if self.presidence else None
        self.secretaire = whole(self.secretaire) if self.secretaire else None
        self.placed[:] = [(whole(one), place) for one, place in self.placed]


_WHO = (
    r"(?:les\s+)?(?:(?:membres|délégués?|conseill\w+|élus|administrat\w+|titulaires?|suppléante?s?|communautaires?"
    r"|municipaux|syndicaux)\s+){0,3}"
)
_LABELS: Final = (
    (
        "excuses",
        rf"(?:étai(?:\(?en\)?)?t\s+)?{_WHO}(?:absente?s?\s*(?:\(e?s?\)s?)?\s*(?:et\s+)?)?excusée?(?:\(e?s?\))?s?(?:\s+et\s+représentée?s?)?",
    ),
    (
        "pouvoirs",
        rf"(?:ont\s+donné\s+|avai(?:en)?t\s+donné\s+)?(?:pouvoirs?|procurations?)(?:\s*\(s\))?(?:\s+donnés?)?"
        rf"|{_WHO}(?:absente?s?|excusée?s?)\s+(?:excusée?s?\s+)?(?:ayant\s+donné|représentée?s?)[^:]*|(?:étai(?:\(?en\)?)?t\s+)?{_WHO}représentée?s?",
    ),
    ("absents", rf"(?:étai(?:\(?en\)?)?t\s+)?{_WHO}absente?s?(?:\(e?s?\)s?)?(?:\s+non\s+excusés?)?"),
    (
        "presents",
        rf"(?:étai(?:\(?en\)?)?t\s+)?{_WHO}présente?s?(?:\s*\(s\))?"
        r"(?:\s+avec\s+voix\s+\w+|\s+\((?:votants|titulaires)\)|\s+les\s+[\w\s]{3,40}?\s+suivants)?"
        r"(?:\s*(?:à\s+la\s+séance|à\s+l[’']ouverture))?",
    ),
    ("suppleants", r"suppléants?(?:\s+présents?)?"),
)
_LABEL = {
    name: compiled(rf"\s*(?:{pattern})\s*(?:\(\s*\d+\s*\)\s*)?(?::|$)\s*(?:\(\s*\d+\s*\)\s*)?")
    for name, pattern in _LABELS
}
_GIVES = (
    compiled(
        r"(?P<de>.+?)\s*[,(]?\s*(?:a|ont|ayant|avait|qui\s+a)?\s*(?:donné|donne|donnant)\s+(?:pouvoir|procuration|mandat)\s+à\s+(?P<a>[^)]+)\)?"
    ),
    compiled(r"(?:pouvoir|procuration)\s+de\s+(?P<de>.+?)\s+à\s+(?P<a>.+)"),
    compiled(
        r"(?P<de>.+?)\s*[,(]?\s*(?:pouvoir|procuration|proc\.)\s*(?:donnée?\s+)?(?:à|:)\s*(?P<a>[^)]+)\)?"
    ),
    compiled(r"(?P<de>.+?)\s*[,(]?\s*(?:représentée?\s+par|remplacée?\s+par)\s+(?P<a>[^)]+)\)?"),
    compiled(r"(?P<de>.+?)\s*(?:→|->|=>|en\s+faveur\s+de)\s*(?P<a>.+)"),
    compiled(r"(?P<de>[^,;]+?)\s+par\s+(?P<a>.+)"),
    compiled(
        r"(?P<de>[A-ZÀ-Ý][\w’'-]*(?:\s+[\w’'-]+){1,4})\s+à\s+(?P<a>[A-ZÀ-Ý][\w’'-]*(?:\s+[\w’'-]+){1,4})", 0
    ),
    compiled(rf"(?P<de>{CIVIL}?.+?)\s+à\s+(?P<a>{CIVIL}.+)"),
)
_HOLDS = compiled(
    rf"(?P<a>(?:{CIVIL}\s+)?[^,;:()]{{3,60}}?)\s*\(\s*(?:qui\s+a\s+|ayant\s+|porteu\w+\s+du\s+|avec\s+)?(?:le\s+)?(?:pouvoir|procuration)\s+(?:de|pour)\s+(?P<de>[^()]+)\)"
)
"""In the list of who is there: « M. ROY (pouvoir de Mme PETIT) »."""
_SECRETARY = (
    compiled(
        r"(?:(?:a|ont)\s+été\s+|est\s+)?(?:désignée?|nommée?|élue?|choisie?)?\s*(?:comme\s+)?(?:le\s+|la\s+)?secrétaire(?:\s+de\s+(?:la\s+)?séance)?\s*:\s*(?P<who>.+)"
    ),
    compiled(
        r"(?P<who>.+?)\s+(?:a\s+été\s+|est\s+)?(?:désignée?|nommée?|élue?|choisie?)\s+(?:à\s+l[’']unanimité\s+)?(?:comme\s+|en\s+qualité\s+de\s+|aux\s+fonctions\s+de\s+|pour\s+être\s+)?(?:la\s+|le\s+)?(?:secrétaire)"
    ),
    compiled(r"(?:désigne|nomme|élit)\s+(?P<who>.+?)\s+(?:comme\s+)?secrétaire"),
    compiled(
        r"(?P<who>.+?)\s+(?:remplit|remplissait|assure|assurait|exerce)\s+(?:les\s+fonctions\s+de\s+)?(?:le\s+)?secrétari"
    ),
)
_OF_A_PLACE = re.compile(
    rf"\W*(?P<place>[^:;()]{{2,60}}?)\s*:\s*(?={CIVIL}\s|(?-i:[A-ZÀ-Ý][A-ZÀ-Ý’'-]+\s+[A-ZÀ-Ý][a-zà-ÿ]))",
    re.IGNORECASE,
)
_PLACE_AFTER = re.compile(
    r"\(\s*(?P<place>(?:L[ea]s?\s|L[’'])?[A-ZÀ-Ý][\w’'-]*(?:[\s-](?:sur|sous|de|du|la|le|les|en|d[’']|l[’'])?[\s-]?[\w’'-]+){0,5})\s*\)"
)
_NO_PLACE = compiled(
    r"titulaires?|suppléante?s?|collège|rapport|président|objet|candidat|assesseur|invit|maire|adjoint|agent|pouvoir|\b(?:udaf|apf|caf|msa|ccas|cias|adapei|asso\w*|représent\w+)\b|membres?|élus|conseillers?|groupe|liste|présente?s?|absente?s?|excusée?s?|secrétaire|m(?:mes?|\.)\b"
)
_REPLACES = compiled(
    rf"(?P<suppleant>(?:{CIVIL}\s+)?[^,;:()]{{3,60}}?)\s?\(\s?suppléante?\s+d(?:e\s+|[’'])(?P<titulaire>[^(),]+)\)",
)
_AGENTS = compiled(r"assistai(?:en)?t\s+(?:également\s+)?(?:à\s+la\s+séance)?\s*:\s*(?P<who>.+)")
_CHAIR = compiled(rf"sous\s+la\s+présidence\s+de\s+(?:le\s+|la\s+)?(?P<who>{CIVIL}?\s*[^,.;(]+)")
_PRESIDES = compiled(r"présidente?\s+de\s+(?:la\s+)?séance\s*:\s*(?P<who>[^–]{4,80})$")
_SENTENCES = re.compile(r"(?<=[a-zà-ÿ0-9])\.\s+(?=[A-ZÀ-Ý])")
_PARTS = re.compile(
    r"(?:(?<!\s)\s+)?[;\n]\s*|(?<!\bM)(?<!\bMM)(?<!\bMme)(?<!\bMmes)(?<!\b[A-Z])\.\s+(?=[A-ZÀ-Ý])"
)


_MOVES = compiled(
    r"(?:arrivée?|départ|sortie|retour)\s+d(?:e|u|es|[’'])\s?.{3,120}|.{3,90}\b(?:arriv(?:e|ent|ée?s?)|quitt(?:e|ent|é)|rejoin(?:t|gnent)|sort|sortent|se\s+retire)\b.{0,120}"
)
_MOVED = compiled(r"\([^()]*\b(?:arriv|quitt|part|sorti|départ|jusqu|à\s+partir|retard)[^()]*\)")


class RollCall:
    """Reads the lists of an act, paragraph by paragraph; `list` is the one that is open, whether it names
    persons or visas, "" for none."""

    def __init__(self) -> None:
        self.presence = Presence()
        self.list = ""
        self.counted = False
        """Whether the number of those present stood alone: their names follow, by commune."""

    def chaired_by(self, whole: str) -> None:
        if chair := _CHAIR.search(whole):
            self.presence.presidence = a_name(chair["who"])

    def labels(self, row: Sequence[Box]) -> bool:
        """Whether a row of a table is a list of who was there, its label on the left."""
        boxes = [box.text.strip(" :") for box in row if box.paras]
        if len(boxes) != 2:
            return False
        label = f"{boxes[0]} :"
        return "secrétaire" in label.lower() or any(one.fullmatch(label) for one in _LABEL.values())

    def moves(self, text: str) -> bool:
        """Takes a line that says who came late or left."""
        found = (
            len(text) < LONGEST_DAY
            and not _MOVED.search(text)
            and bool(_MOVES.fullmatch(text))
            and bool(names_in(text) or self.list)
        )
        found = found and bool(re.search(r"\d\s?h|point|délibération|séance|n\s?°", text))
        self.presence.moves += [text] if found else []
        return found

    def takes(self, text: str) -> bool:
        """Takes the lists of who was there; several may stand in one paragraph."""
        if found := _AGENTS.fullmatch(text):
            self.presence.agents += [one.strip(" .") for one in found["who"].split(";")]
            return True
        if not any(pattern.match(text) for pattern in _LABEL.values()):
            return self.counted and self._by_place(text)
        for name, said in _labelled(text):
            if re.match(r"\d+\b", said):  # how many, and not who
                self.counted |= name == "presents"
                continue
            self.counted = False
            self.list = name
            if said:
                self._listed(name, said)
        return True

    def _by_place(self, text: str) -> bool:
        """Takes « MARCEY : M. Cazes, Mme Viguier », under the number of those present."""
        place = _OF_A_PLACE.match(text)
        found = place is not None and not _NO_PLACE.search(place["place"])
        if found:
            self._listed("presents", text)
        return found

    def goes_on(self, text: str) -> bool:
        """Takes a line under the label of a list; closes the list, and is False, at what is no names."""
        parts = [part.split() for part in re.split(r"[,;\t\n]|\s{3,}", text) if part.strip()]
        place = _OF_A_PLACE.match(text)
        if place is not None and self.list == "presents" and not _NO_PLACE.search(place["place"]):
            self._listed(self.list, text)
            return True
        named = all(len(part) < 13 and part[0][:1].isupper() for part in parts)
        if not named or ":" in text or re.search(r"\b(?:a|est|sont|ont|été)\b(?!\s+(?:donné|été))", text):
            self.list = ""
            return False
        self._listed(self.list, text)
        return True

    def _listed(self, name: str, text: str) -> None:
        presence = self.presence
        left: list[str] = []
        presence.moves += [part.strip() for part in _PARTS.split(text) if _MOVED.search(part)]
        for part in _PARTS.split(text):
            part = self._placed(self._held(part) if name == "presents" else part)
            left += self._gives(part) if name in ("excuses", "absents", "pouvoirs") else [part]
        people = names_in(" ; ".join(left)) if name != "pouvoirs" else []
        into = {"presents": presence.presents, "excuses": presence.excuses, "absents": presence.absents}
        if name == "absents":  # « M. ROY (excusé) »
            excused = [
                one
                for part in left
                if re.search(r"\(\s*excus", part, re.IGNORECASE)
                for one in names_in(part)
            ]
            presence.excuses += excused
            people = [one for one in people if one not in excused]
        if name in into:
            into[name] += people
        chair = re.search(
            r"(?P<who>[^,;:]{4,60})\s*[,(]\s*(?:le\s+|la\s+)?(?:maire|présidente?)\b", text, re.IGNORECASE
        )
        if name == "presents" and chair and presence.presidence is None:
            presence.presidence = a_name(chair["who"])

    def _placed(self, part: str) -> str:
        """A part without the commune that heads it, nor whom its suppléants replace: both are kept."""
        for found in _REPLACES.finditer(part):
            one, titulaire = a_name(found["suppleant"].rpartition(":")[2]), a_name(found["titulaire"])
            if one and titulaire:
                self.presence.suppleants.append((one, titulaire))
        self._placed_after(part)
        place = _OF_A_PLACE.match(part)
        if place is None or _NO_PLACE.search(place["place"]):
            return part
        rest = part[place.end() :]
        self.presence.placed += [(one, place["place"].strip()) for one in names_in(rest)]
        return rest

    def _placed_after(self, part: str) -> None:
        """Takes the commune in brackets: after each name, or once after all those of the part."""
        after = [one for one in _PLACE_AFTER.finditer(part) if not _NO_PLACE.search(one["place"])]
        closes = len(after) == part.count("(") == 1 and not part[after[0].end() :].strip(" .,")
        begin = 0
        for place in after:
            before = names_in(part[begin : place.start()])
            mine = before if closes or len(before) < 2 else before[-1:]
            self.presence.placed += [(one, place["place"].strip()) for one in mine]
            begin = place.end()

    def _held(self, part: str) -> str:
        """A part of the list of who is there, without the pouvoirs that they hold: these are kept."""
        for found in _HOLDS.finditer(part):
            giver, holder = a_name(found["de"]), a_name(found["a"])
            if giver and holder:
                self.presence.pouvoirs.append((giver, holder))
        return part

    def _gives(self, text: str) -> Iterator[str]:
        """Takes the pouvoirs of a part; gives back what is none."""
        for one in re.split(r",\s+(?=M\.|Mme|[A-ZÀ-Ý][\w’'-]+\s+[A-ZÀ-Ý])", text):
            for pattern in _GIVES if len(one) < LONGEST_DAY else ():
                found = pattern.fullmatch(one.strip(" .,"))
                giver, holder = (a_name(found["de"]), a_name(found["a"])) if found else (None, None)
                if giver and holder:
                    self.presence.pouvoirs.append((giver, holder))
                    break
            else:
                yield one

    def takes_secretary(self, text: str) -> bool:
        """Takes who presided or held the pen."""
        if found := _PRESIDES.match(text):
            self.presence.presidence = self.presence.presidence or a_name(found["who"])
            return self.presence.presidence is not None
        if "secrétaire" not in text.lower() or len(text) > 250 or self.presence.secretaire:
            return False
        said = next(one for one in reversed(_SENTENCES.split(text)) if "secrétaire" in one.lower())
        for pattern in _SECRETARY:
            if (found := pattern.match(said.strip())) and (person := a_name(found["who"])):
                self.presence.secretaire = person
                self.list = ""
                return True
        return False


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
