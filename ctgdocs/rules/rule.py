"""What a rule is, and the judge who runs those that fit.

A rule is one function that carries its card; its docstring is its page: what it judges, what it leaves alone,
and why. Nothing lists rules: they are collected from the modules of this room and from the drawers.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeAlias

from ctgdocs.findings import Finding, Place, Related, Severity, advice
from ctgdocs.patterns import regex
from ctgdocs.stages import Entry, Reader, Steps
from ctgdocs.vocabulary.registres import ELUS

if TYPE_CHECKING:
    from ctgdocs.vocabulary.instances import Regime

ERREUR, ALERTE, INFO = Severity.ERREUR, Severity.ALERTE, Severity.INFO

# --- A rule, and what it says


class Said(NamedTuple):
    """What a rule has to say at one place; its card adds the code, the severity and the source.

    `regime` is the kind of body that reads the source. `severity` when this case is lighter than the rule,
    `to_check` when this case of a sure rule is not sure. `related`: other places that have to do with it.
    """

    message: str
    place: Place
    hint: str = ""
    regime: Regime | None = None
    severity: Severity | None = None
    to_check: bool = False
    related: tuple[Related, ...] = ()


class Typed(NamedTuple):
    """A text typed by hand, as a rule on TEXT judges it: `entry` holds it at `path`, `act` is what is judged
    (its texts may stand in the file of its dossier)."""

    act: Entry[object]
    entry: Entry[object]
    path: Steps
    text: str

    def place(self, start: int) -> Place:
        """The place of one of its characters, counted from 0."""
        line = self.text.count("\n", 0, start)
        return self.entry.place_in(self.path, line, start - (self.text.rfind("\n", 0, start) + 1))


class Prose(Typed):
    """A typed text of more than one word: no id, no number, no day."""

    __slots__ = ()


TEXT: Final = Typed
"""What a rule on any text typed by hand is `on`."""
PROSE: Final = Prose
"""What a rule on what is written in words is `on`."""

Judge: TypeAlias = Callable[..., Iterable[Said]]
"""From what is judged and a Reader to what there is to say. What is judged is an `Entry` when the rule is on
a type of content or on a protocol, the value itself when it is on anything else (a `Sitting`, a `Typed`)."""


class About(NamedTuple):
    """The texts that a rule may have something to say of: those that hold one of `signs`, in small letters,
    and that neither `words` nor `look` answers with something falsy. Signs and words are sought where every
    digit is 0, once for all the texts that say the same with other numbers; `look` sees the text itself.
    `field`: the only one whose texts it is asked of."""

    signs: Sequence[str] = ()
    words: Callable[[str], object] = bool
    look: Callable[[str], object] = bool
    field: str = ""


def about(
    *signs: str,
    words: Callable[[str], object] = bool,
    look: Callable[[str], object] = bool,
    field: str = "",
) -> About:
    return About(signs, words, look, field)


def some(*readers: Callable[[str], Iterable[object]]) -> Callable[[str], bool]:
    """A look that is one of these readers finding anything."""
    return lambda text: any(True for reader in readers for _ in reader(text))


DIGITS: Final = ("0",)
"""The sign of a text that holds a number, whichever it is."""
ANY_TEXT: Final = About()


class Period(Protocol):
    """Days between two, both included."""

    @property
    def du(self) -> date: ...
    @property
    def au(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Check:
    """What contradicts itself, without a law to say so: an id that points nowhere, an annexe with nothing to
    show. It has no card; its findings name themselves with a program word."""

    judge: Callable[..., Iterable[Finding]]
    on: type
    about: About = ANY_TEXT

    def __call__(self, subject: object, reader: Reader) -> Iterable[Finding]:
        return self.judge(subject, reader)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and its card.

    `source` is cited to the agent as it stands; a CCAS has its own (`ccas`), an EPCI or a syndicat follows
    the rules of communes by CGCT, art. L. 5211-1. `du` is the first day it judges; `periods` are the only
    ones, both ends included.
    `to_check` marks a rule not read at its source: it never blocks, and says so.
    """

    code: str
    title: str
    severity: Severity
    source: str
    judge: Judge
    on: type
    ccas: str = ""
    du: date | None = None
    periods: tuple[Period, ...] = ()
    to_check: bool = False
    about: About = ANY_TEXT

    def __call__(self, subject: object, reader: Reader) -> Iterable[Finding]:
        return map(self.finding, self.judge(subject, reader))

    def also(self, on: type, about: About = ANY_TEXT) -> Callable[[Judge], Rule]:
        """The same rule, on something else."""
        return lambda judge: replace(self, judge=judge, on=on, about=about)

    def in_force(self, jour: date) -> bool:
        if self.periods:
            return any(period.du <= jour <= period.au for period in self.periods)
        return self.du is None or self.du <= jour

    def cited(self, regime: Regime | None) -> str:
        """The source as this kind of body should read it."""
        if regime == "ccas" and self.ccas:
            return self.ccas
        if regime in ("epci", "syndicat") and self.source.startswith("CGCT, art. L. 2121-"):
            code, besides, rest = self.source.partition(" ; ")
            return f"{code}, par renvoi de l’art. L. 5211-1{besides}{rest}"
        return self.source

    def finding(self, said: Said) -> Finding:
        """What it says, with its card."""
        message, level = said.message, said.severity or self.severity
        if self.to_check or said.to_check:
            message += " (règle à vérifier)"
            level = ALERTE if level is ERREUR else level
        source = self.cited(said.regime).replace("art. ", "art.\u00a0")
        return Finding(self.code, level, message, said.place, said.related, advice(said.hint), source)


def rule(
    code: str,
    title: str,
    severity: Severity,
    source: str,
    *,
    on: type,
    ccas: str = "",
    du: date | None = None,
    periods: tuple[Period, ...] = (),
    to_check: bool = False,
    about: About = ANY_TEXT,
) -> Callable[[Judge], Rule]:
    """Makes a rule of a function. `on`: the type of what it judges, or a protocol of its fields; `about`: the
    texts that it is asked of, when it is on texts."""
    return lambda judge: Rule(code, title, severity, source, judge, on, ccas, du, periods, to_check, about)


def check(on: type, about: About = ANY_TEXT) -> Callable[[Callable[..., Iterable[Finding]]], Check]:
    """Makes a check of a function."""
    return lambda judge: Check(judge, on, about)


def consistency(
    code: str, message: str, place: Place, hint: str = "", severity: Severity = ERREUR
) -> Finding:
    """The finding of a check; `code` is a program word."""
    return Finding(code, severity, message, place, hints=advice(hint))


# --- The judge

_ROOM: Final = "ctgdocs.rules"


def judge(subject: object, reader: Reader, drawer: str = "") -> list[Finding]:
    """What the rules that fit say of an entry, or of what was derived from one. `drawer` is the module of
    rules of a kind, which are asked after those of the house, with those beside it whose names begin as its
    own (`rules_votes`)."""
    kind: type = type(subject.value) if isinstance(subject, Entry) else type(subject)
    if isinstance(subject, Typed):
        ask = _asked_again if len(subject.text) < _SHORT else _asked_of
        last = subject.path[-1] if subject.path else ""
        asked = ask(kind, drawer, subject.text, last if last in _fields(kind, drawer) else "")
    else:
        asked = _fitting(kind, drawer)
    return [finding for one in asked for finding in one(subject, reader)]


_SHORT: Final = 400


def _asked_of(kind: type, drawer: str, text: str, field: object) -> tuple[Rule | Check, ...]:
    """The rules that may have something to say of a text; `field`: its name when some rule names it."""
    asked = _asked_by(kind, drawer, _OTHER_DIGITS.sub("0", text), field)
    return tuple(one for one in asked if one.about.look(text))


_asked_again = lru_cache(maxsize=4096)(_asked_of)
"""Visas, decisions, names of sums come again from act to act: they are looked at once."""

_OTHER_DIGITS: Final = regex("[1-9]")


@lru_cache(maxsize=2048)
def _asked_by(kind: type, drawer: str, words: str, field: object) -> tuple[Rule | Check, ...]:
    """The same from the words alone."""
    small = words.lower()
    seen = {sign for sign in _signs(kind, drawer) if sign in small}
    return tuple(
        one
        for one in _fitting(kind, drawer)
        if one.about.field in ("", field)
        and not (one.about.signs and seen.isdisjoint(one.about.signs))
        and one.about.words(words)
    )


@cache
def _fields(kind: type, drawer: str) -> frozenset[str]:
    return frozenset(one.about.field for one in _fitting(kind, drawer) if one.about.field)


@cache
def _signs(kind: type, drawer: str) -> tuple[str, ...]:
    return tuple({sign: None for one in _fitting(kind, drawer) for sign in one.about.signs})


@cache
def _fitting(kind: type, drawer: str) -> tuple[Rule | Check, ...]:
    package = drawer.rpartition(".")[0]
    beside = [one for one in modules_of(package) if one.startswith(drawer)] if package else []
    asked = dict.fromkeys((*modules_of(_ROOM), *([drawer] if drawer else []), *beside))
    return tuple(one for module in asked for one in collected(module) if fits(kind, one.on))


def fits(kind: type, on: type) -> bool:
    """Whether values of type `kind` are what a rule is on: instances of the class, or, when `on` is a
    protocol, values with all its fields."""
    if not getattr(on, "_is_protocol", False):
        return issubclass(kind, on)
    fields = getattr(kind, "model_fields", {})
    return all(name in fields or hasattr(kind, name) for name in _fields_of(on))


def _fields_of(protocol: type) -> Iterator[str]:
    for base in protocol.__mro__:
        if getattr(base, "_is_protocol", False):
            names = (*vars(base).get("__annotations__", {}), *vars(base))
            yield from (name for name in names if not name.startswith("_"))


@cache
def collected(module: str) -> tuple[Rule | Check, ...]:
    """The rules and the checks that a module defines, in the order they are written."""
    found = vars(import_module(module)).values()
    return tuple(one for one in found if isinstance(one, Rule | Check) and one.judge.__module__ == module)


@cache
def modules_of(package: str) -> tuple[str, ...]:
    """The modules of a room or of a drawer."""
    path = import_module(package).__path__
    return tuple(f"{package}.{found.name}" for found in pkgutil.iter_modules(path))


def catalogue(drawers: Iterable[str]) -> dict[str, list[Rule]]:
    """Every rule by its code, in the order of codes: first the function that carries the title, then the same
    rule on something else. `drawers`: the packages of the kinds."""
    rules: dict[str, list[Rule]] = {}
    for package in (_ROOM, *drawers):
        for one in (one for module in modules_of(package) for one in collected(module)):
            if isinstance(one, Rule):
                rules.setdefault(one.code, []).append(one)
    return dict(sorted(rules.items(), key=lambda item: (item[0][0], int(item[0][1:]))))


# --- Persons as a message names them


class Personne(NamedTuple):
    """Someone in a message: `{elu}` is the name, `{elu:absent|absente}` a word that agrees.

    >>> f"{Personne('Mme Claire Durand', True)} est {Personne('Mme Claire Durand', True):absent|absente}"
    'Mme Claire Durand est absente'
    """

    name: str
    feminine: bool = False

    def __format__(self, words: str) -> str:
        if not words:
            return self.name
        masculine, _, feminine = words.partition("|")
        return feminine if self.feminine else masculine


Nommer: TypeAlias = Callable[[str], Personne]
"""From an id of elus.yaml to the person, named by the id itself when nobody is known by it."""


def namer(reader: Reader) -> Nommer:
    """Names from the registry, read only when a message needs them."""

    def name(elu: str) -> Personne:
        entry = reader.find(ELUS, elu)
        if entry is None:
            return Personne(f"« {elu} »", elu.startswith("Mme "))
        person = entry.value
        return Personne(f"{person.civilite}\u00a0{person.prenom} {person.nom}", person.civilite == "Mme")

    return name


def plural(nombre: int, singular: str, many: str = "") -> str:
    """« 1 jour », « 3 jours », « 0 jour ».

    >>> [plural(n, "jour") for n in (0, 1, 3)]
    ['0 jour', '1 jour', '3 jours']
    """
    return f"{nombre} {singular if nombre < 2 else many or singular + 's'}"
