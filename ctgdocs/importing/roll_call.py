"""Who was there, as an act lists it: présents, excusés, absents, pouvoirs, président and secretary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ctgdocs.importing.worded import CIVIL, LONGEST_DAY, a_name, names_in
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
    communes: dict[str, str] = field(default_factory=dict)
    """Name → the commune under which the act lists it."""
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
    re.compile(rf"(?P<de>{CIVIL}?.+?)\s+à\s+(?P<a>{CIVIL}.+)"),
)
_SECRETARY = (
    re.compile(
        r"(?P<who>.+?)\s+(?:a\s+été\s+|est\s+)?(?:désignée?|nommée?|élue?|choisie?)\s+(?:comme\s+|en\s+qualité\s+de\s+|aux\s+fonctions\s+de\s+)?(?:secrétaire)",
        re.IGNORECASE,
    ),
    re.compile(r"(?:le\s+|la\s+)?secrétaire(?:\s+de\s+(?:la\s+)?séance)?\s*:\s*(?P<who>.+)", re.IGNORECASE),
    re.compile(r"(?:désigne|nomme|élit)\s+(?P<who>.+?)\s+(?:comme\s+)?secrétaire", re.IGNORECASE),
)
_OF_A_PLACE = re.compile(rf"\W*(?P<place>[^:;()]{{2,60}}?)\s*:\s*(?={CIVIL}\s)", re.IGNORECASE)
_NO_PLACE = re.compile(
    r"titulaires?|suppléante?s?|collège|membres?|élus|conseillers?|groupe|liste|présente?s?|absente?s?|excusée?s?|secrétaire|m(?:mes?|\.)\b",
    re.IGNORECASE,
)
_REPLACES = re.compile(
    rf"(?P<suppleant>(?:{CIVIL}\s+)?[^,;:()]{{3,60}}?)\s?\(\s?suppléante?\s+d(?:e\s+|[’'])(?P<titulaire>[^(),]+)\)",
    re.IGNORECASE,
)
_AGENTS = re.compile(
    r"assistai(?:en)?t\s+(?:également\s+)?(?:à\s+la\s+séance)?\s*:\s*(?P<who>.+)", re.IGNORECASE
)
_CHAIR = re.compile(
    rf"sous\s+la\s+présidence\s+de\s+(?:le\s+|la\s+)?(?P<who>{CIVIL}?\s*[^,.;(]+)", re.IGNORECASE
)
_PRESIDES = re.compile(r"présidente?\s+de\s+(?:la\s+)?séance\s*:\s*(?P<who>[^–]{4,80})$", re.IGNORECASE)
_PARTS = re.compile(
    r"(?:(?<!\s)\s+)?[;\n]\s*|(?<!\bM)(?<!\bMM)(?<!\bMme)(?<!\bMmes)(?<!\b[A-Z])\.\s+(?=[A-ZÀ-Ý])"
)


class RollCall:
    """Reads the lists of an act, paragraph by paragraph; `list` is the one that is open, whether it names
    persons or visas, "" for none."""

    def __init__(self) -> None:
        self.presence = Presence()
        self.list = ""

    def chaired_by(self, whole: str) -> None:
        if chair := _CHAIR.search(whole):
            self.presence.presidence = a_name(chair["who"])

    def takes(self, text: str) -> bool:
        """Takes the lists of who was there; several may stand in one paragraph."""
        if found := _AGENTS.fullmatch(text):
            self.presence.agents += [one.strip(" .") for one in found["who"].split(";")]
            return True
        if not any(pattern.match(text) for pattern in _LABEL.values()):
            return False
        for name, said in _labelled(text):
            if re.match(r"\d+\b", said):  # how many, and not who
                continue
            self.list = name
            if said:
                self._listed(name, said)
        return True

    def goes_on(self, text: str) -> bool:
        """Takes a line under the label of a list; closes the list, and is False, at what is no names."""
        parts = [part.split() for part in re.split(r"[,;\t\n]|\s{3,}", text) if part.strip()]
        named = all(len(part) < 13 and part[0][:1].isupper() for part in parts)
        if not named or ":" in text or re.search(r"\b(?:a|est|sont|ont|été)\b(?!\s+(?:donné|été))", text):
            self.list = ""
            return False
        self._listed(self.list, text)
        return True

    def _listed(self, name: str, text: str) -> None:
        presence = self.presence
        left: list[str] = []
        for part in _PARTS.split(text):
            part = self._placed(part)
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

    def _placed(self, part: str) -> str:
        """A part without the commune that heads it, nor whom its suppléants replace: both are kept."""
        for found in _REPLACES.finditer(part):
            one, titulaire = a_name(found["suppleant"].rpartition(":")[2]), a_name(found["titulaire"])
            if one and titulaire:
                self.presence.suppleants.append((one, titulaire))
        place = _OF_A_PLACE.match(part)
        if place is None or _NO_PLACE.search(place["place"]):
            return part
        rest = part[place.end() :]
        self.presence.communes |= {one.id: place["place"].strip() for one in names_in(rest)}
        return rest

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
        for pattern in _SECRETARY:
            if (found := pattern.match(text.strip())) and (person := a_name(found["who"])):
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
