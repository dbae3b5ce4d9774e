"""What is typed by hand in a content file, text by text, and what is still to write in it: G9."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, Protocol

from ctgdocs.content.heritage import Heir
from ctgdocs.findings import Finding, Place
from ctgdocs.french import MOIS_ECRIT, NUMERAL, en_lettres, lire_lettres, montant_en_lettres
from ctgdocs.patterns import Sought, regex
from ctgdocs.rules.rule import (
    ALERTE,
    ERREUR,
    PROSE,
    TEXT,
    Prose,
    Said,
    Typed,
    about,
    check,
    consistency,
    rule,
)
from ctgdocs.stages import Entry, Mapping, Node, Reader, Steps, Text
from ctgdocs.vocabulary.actes import SANS_NUMERO, matiere, numero_de
from ctgdocs.vocabulary.as_typed import A_COMPLETER, read_amount, slug, what_is_left
from ctgdocs.vocabulary.registres import SEANCES

# --- The texts of an act


def typed_texts(act: Entry[object]) -> Sequence[Typed]:
    """Every text of the file of an act, and of the dossier it cites."""
    return _typed_texts(_Itself(act))


class _Itself:
    """An act, whatever is equal to it: several rules ask for the texts of one, of which the values cost much
    to compare."""

    def __init__(self, act: Entry[object]) -> None:
        self.act = act

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.act is self.act

    def __hash__(self) -> int:
        return id(self.act)


@lru_cache(maxsize=4)
def _typed_texts(one: _Itself) -> tuple[Typed, ...]:
    act = one.act
    entries = (act.base, act.dossier) if isinstance(act, Heir) else (act,)
    return tuple(
        (Prose if " " in text else Typed)(act, entry, path, text)
        for entry in entries
        if entry is not None
        for path, text in texts(entry.node(())[0])
    )


def texts_read(entry: Entry[object], also: Sequence[str] = ()) -> Iterator[Typed]:
    """Every text that an entry holds, alone in its file or not, and every text lent to it, each where it is
    typed. `also`: fields that its type does not have, and that its page takes all the same."""
    if isinstance(entry, Heir) and entry.base is not None and entry.dossier is not None:
        yield from texts_read(entry.base)
        for typed in texts_read(entry.dossier):
            if typed.path and (typed.path[0] in also or entry.is_lent(typed.path)):
                yield typed._replace(act=entry)
        return
    yield from typed_texts(entry)


def texts(node: Node, path: Steps = ()) -> list[tuple[Steps, Text]]:
    """The values under `node`, as typed, with their path."""
    if isinstance(node, Text):
        return [(path, node)]
    found = []
    for step, child in node.items() if isinstance(node, Mapping) else enumerate(node):
        here = (*path, step if isinstance(step, int) else str(step))
        if isinstance(child, Text):
            found.append((here, child))
        else:
            found += texts(child, here)
    return found


def day_of(act: Entry[object], reader: Reader) -> date | None:
    """The day of an act, whatever its kind: of its séance, of its signature, of its version; None while it
    has none."""
    value = act.value
    if id := getattr(value, "seance", None):
        seance = reader.find(SEANCES, id)
        return seance.value.date if seance else None
    for field in ("signature", "version", "date"):
        if isinstance(day := getattr(value, field, None), date):
            return day
    return None


# --- G9: what a person must still write, `[à compléter : …]`, wherever it stands


_SIGNS_OF_A_BLANK: Final = (
    "[", "_", "…", "..", "xx", "tbd", "lorem", "??", ": à ", "##", "jj", "0 000",
)  # fmt: skip
_BLANK: Final[Sought] = regex(
    r"(?<![\w/])(?:_{2,}|…|\.{2,}|[xX]{2})\s?/\s?(?:_{2,}|…|\.{2,}|[xX]{2})\s?/\s?(?:20\d\d|20_+|20…|_{2,}|…)"
    r"|(?<=n° )(?:_{2,}|\.{3,}|…)|(?:_{2,}|\.{4,}|…)(?=\s?(?:€|euros?\b|%))|\?{3,}|(?<=: )\?{2,}"
    rf"|(?<=[Ll]e )(?:\.{{2,}}|…|_{{2,}}|XX)(?=\s+(?:{MOIS_ECRIT})\b)"
    r"|(?<=M\. )_{3,}|(?<=Mme )_{3,}"
    r"|(?<=: )à\s+(?:compléter|renseigner|préciser|définir)(?=\s*(?:[.;\n]|$))"
    r"|(?<=: )à\s+(?:compléter|renseigner|préciser|définir|déterminer|confirmer)(?=\s?(?:€|euros?\b))"
    r"|\[(?i:nom|prénom|date|montant|numéro|n°|lieu|adresse|commune|titre|objet|signature)\b[^\]\n]{0,30}\](?!\()"
    r"|#{2,}(?=\s?(?:€|euros?\b|%))|\bJJ\s?/\s?MM(?:\s?/\s?A{2,4})?\b|(?<![\d,])0 000(?=\s?(?:€|euros?\b))"
    r"|\b(?:XX+|xx+)(?:[ \u00a0\u202f]?(?:XX+|xx+))*(?=\s?(?:€|euros?\b|%))"
    r"|(?<=association )X{3,}\b|(?<=commune )X{3,}\b|(?<=société )X{3,}\b"
    r"|(?<=M\. )X{3,}\b|(?<=Mme )X{3,}\b|\bX{4,}\b|\bTBD\b|\blorem ipsum\b"
)
"""A blank left as a person leaves it in Word: « XX XXX € », « __/__/2026 », « M. XXXX »."""


@rule(
    "G9",
    "Rien ne reste à compléter dans un acte qui n’est plus un projet",
    ERREUR,
    "cohérence de l’acte",
    on=TEXT,
    about=about(*_SIGNS_OF_A_BLANK),
)
def nothing_left_to_write(typed: Typed, reader: Reader) -> Iterator[Said]:
    """Each `[à compléter : …]` of an act that is a projet first: a reminder while it is one, an error
    afterwards; a reminder for what is never a projet, a note or a registry. Other brackets are words."""
    if "[" in typed.text:
        value = typed.act.value
        for place, words in placeholders(typed):
            yield left(place, words, projet=bool(getattr(value, "projet", True)))
    for found in _BLANK.finditer(typed.text):
        said = f"il reste à compléter : « {found[0]} »"
        yield Said(said, typed.place(found.start()), "écrivez la valeur", severity=ALERTE)


class InTheRegister(Protocol):
    """An act that bears a number of its own: a délibération, an arrêté."""

    @property
    def projet(self) -> bool: ...
    @property
    def numero(self) -> str | None: ...
    @property
    def matiere(self) -> str | None: ...


@nothing_left_to_write.also(on=InTheRegister)
def a_number_of_its_own(act: Entry[InTheRegister], reader: Reader) -> Iterator[Said]:
    """Typed, or the name of its file; a projet may wait for it."""
    if not act.value.projet and numero_de(act.value.numero, act.id) == SANS_NUMERO:
        yield Said(
            f"il reste à compléter : le numéro (« {act.id} » est un nom de fichier)",
            act.place("numero"),
            "ajoutez « numero: 2026-045 », ou donnez ce numéro pour nom au fichier",
        )


def placeholders(typed: Typed) -> Iterator[tuple[Place, str]]:
    """Every placeholder of a text, where it stands, as typed."""
    for found in A_COMPLETER.finditer(typed.text):
        yield typed.place(found.start()), found[0]


def left(place: Place, words: str, *, projet: bool) -> Said:
    """G9 of one placeholder."""
    return Said(
        f"il reste à compléter : {what_is_left(words)}",
        place,
        "remplacez ces crochets par ce qui a été décidé",
        severity=ALERTE if projet else ERREUR,
    )


# --- Letters and digits of one sum: « quinze mille deux cents euros (12 500 €) »


_WORDS = rf"\b{NUMERAL}(?:[\s-]+(?:et[\s-]+)?{NUMERAL})*\b"
_CENTS = rf"(?:\s+et\s+{_WORDS}\s+centimes?)?"
_DIGITS = r"\d[\d\s.,]*?"
_NET = r"(?:\s+(?:TTC|HT|nets?|bruts?|toutes\s+taxes\s+comprises|hors\s+taxes?))?"
_SUM = regex(
    rf"(?P<words>{_WORDS})\s+(?:d[’'])?euros?(?P<cents>{_CENTS}){_NET}\s*\(\s*(?P<digits>{_DIGITS})\s*(?:€|euros?){_NET}\s*\)"
    rf"|(?<!\d)(?P<digits2>\d[\d \u00a0\u202f]*(?:,\d\d)?)\s?(?:€|euros?)\s*\(\s*(?:soit\s+)?"
    rf"(?P<words2>{_WORDS})(?:\s+(?:d[’'])?euros?)?(?P<cents2>{_CENTS})\s*\)",
    re.IGNORECASE,
    needs="euro|€",
)
_SUM_THEN = regex(
    rf"(?P<words>{_WORDS})\s+(?:d[’'])?euros?(?P<cents>{_CENTS})\s*,\s*soit\s+"
    rf"(?P<digits>\d[\d \u00a0\u202f]*(?:,\d\d)?)\s?(?:€|euros?)(?!\s*(?:par|/))",
    re.IGNORECASE,
    needs="euro & soit",
)
_TIMED: Final = r"(?:ans?|années?|mois|jours?|semaines?|heures?|exemplaires)"
_COUNT = regex(
    rf"(?P<words>{_WORDS})\s*(?:{_TIMED}\s+)?\(\s*(?P<digits>\d[\d \u00a0\u202f]*)\)(?=\s+[^\W\d]|\s*[.,;])"
    rf"|(?<![\d,.])(?P<digits2>\d[\d \u00a0\u202f]*?)\s*\(\s*(?P<words2>{_WORDS})\s*\)"
    rf"|(?P<words4>{_WORDS})\s+(?P<unit>{_TIMED})\s*\(\s*(?P<digits4>\d+)\s+(?P=unit)\s*\)"
    rf"|(?P<words3>{_WORDS})\s+pour\s+cent\s*\(\s*(?P<digits3>\d+)\s?%\s*\)",
    re.IGNORECASE,
    needs="(|cent",
)
_SAYS_NO_NUMBER = frozenset(["d", "et", "euro", "centime"])


@check(on=PROSE, about=about("(", "soit"))
def letters_and_digits_agree(typed: Prose, reader: Reader) -> Iterator[Finding]:
    """A number in letters and in digits, the second between brackets: « quinze mille euros (15 000 €) », «
    cinq (5) ans ». Both are typed, and only one can be meant."""
    money = "euro" in typed.text or "€" in typed.text
    for found in (*_SUM.finditer(typed.text), *_SUM_THEN.finditer(typed.text)) if money else ():
        said = {name.rstrip("2"): value for name, value in found.groupdict().items() if value}
        digits = said["digits"].strip()
        try:
            expected = montant_en_lettres(read_amount(digits))
        except ValueError:  # digits that are no amount
            continue
        if _numbers(said["words"] + said.get("cents", "")) != _numbers(expected):
            hint = f"ou écrivez {{montant_en_lettres:{digits}}}, qui dit les deux"
            yield _disagree(typed, found, "la même somme", f"{digits} € s’écrit « {expected} » ; {hint}")
    for found in _COUNT.finditer(typed.text):
        said = {name.rstrip("234"): value for name, value in found.groupdict().items() if value}
        words, number = lire_lettres(said["words"]), int(re.sub(r"\D", "", said["digits"]))
        article = words == 1 and number < 100 and said["words"].lower() in ("un", "une")
        if words is not None and words != number and not article:
            yield _disagree(typed, found, "le même nombre", f"{number} s’écrit « {en_lettres(number)} »")


def _disagree(typed: Typed, found: re.Match[str], same: str, hint: str) -> Finding:
    words = " ".join(found[0].split())
    said = f"« {words} » : les lettres et les chiffres ne disent pas {same}"
    return consistency("lettres-et-chiffres", said, typed.place(found.start()), f"en lettres, {hint}")


def _numbers(words: str) -> list[str]:
    """The words of a number, whatever the hyphens and the plurals."""
    bare = (word if word in ("trois", "six") else word.removesuffix("s") for word in slug(words).split("-"))
    return [{"une": "un"}.get(word, word) for word in bare if word not in _SAYS_NO_NUMBER]


# --- A matière that the nomenclature ACTES does not have


@check(on=TEXT, about=about(field="matiere"))
def known_matiere(typed: Typed, reader: Reader) -> Iterator[Finding]:
    """Its code would be printed alone, without its label."""
    if matiere(code := typed.text.strip()) == code:
        message = f"la matière « {code} » n’est pas dans la nomenclature ACTES"
        hint = "écrivez son code, avec un point : 7.5 (subventions), 8.2 (aide sociale)…"
        yield consistency("matiere", message, typed.place(0), hint, severity=ALERTE)
