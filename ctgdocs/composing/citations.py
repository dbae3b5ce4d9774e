"""What each placeholder says, taken from the registries, the other acts, or its own argument.

Every function takes the argument and the pen that writes, and gives words; it raises `Unsaid` when there is
nothing right to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from pydantic_core import PydanticCustomError

from ctgdocs.composing import voice
from ctgdocs.content.heritage import inherit, jours, montants
from ctgdocs.french import Profil, date_longue, montant, montant_en_lettres
from ctgdocs.prose import Block, Cell, ListBlock, Paragraph, Prose, Run, TableBlock
from ctgdocs.stages import Reader, Registry
from ctgdocs.vocabulary.as_typed import read_amount, read_date
from ctgdocs.vocabulary.registres import (
    COMMUNES,
    CONVENTIONS,
    DELIBERATIONS,
    ELUS,
    INSTANCES,
    PARTENAIRES,
    SEANCES,
    VISAS,
)

if TYPE_CHECKING:
    from ctgdocs.composing.pen import Pen
    from ctgdocs.stages import Entry


# --- Conventions as other texts name them: « la convention territoriale globale 2022-2026 »


def with_years(acte: Any) -> str:
    """The title of a convention with the years of its period, unless it says them."""
    if not (acte.debut and acte.fin) or str(acte.debut.year) in acte.titre:
        return str(acte.titre)
    first, last = acte.debut.year, acte.fin.year
    return f"{acte.titre} {first}" if first == last else f"{acte.titre} {first}-{last}"


def avenant_to(acte: Any, reader: Reader) -> str:
    """« avenant n° 1 à la convention … », as its title says it."""
    parent = reader.find(CONVENTIONS, acte.parente) if acte.parente else None
    rank = f" n° {acte.numero}" if acte.numero else ""
    return f"avenant{rank} à {voice.the(with_years(parent.value))}" if parent else f"avenant{rank}"


def cited(acte: Any, reader: Reader, profil: Profil) -> str:
    """A convention in a sentence, with its article, and its date once it is signed."""
    name = f"l’{avenant_to(acte, reader)}" if acte.type == "avenant" else voice.the(with_years(acte))
    return f"{name} du {date_longue(acte.signature, profil)}" if acte.signature else name


# --- Cross references: « l’article 5 » stays right when an article moves, because Word writes the number


_FIRST = 0x10F000  # the last private plane: no font, no copy-paste puts anything there
_MARK = re.compile("([\U0010f000-\U0010fffd])")
_MAX_BOOKMARK = 40  # Word keeps forty characters


class Target(NamedTuple):
    """A numbered heading: its bookmark, and its number as a sentence says it (« article 5 », « 5.1 »)."""

    bookmark: str
    number: str
    family: str


class References:
    """The numbered headings of one document, by family (« article », « annexe ») and id."""

    def __init__(self) -> None:
        self._targets: dict[tuple[str, str], Target] = {}
        self._order: list[Target] = []

    def add(self, family: str, id: str, number: str) -> Target:
        """Registers a heading. The first of an id keeps it."""
        name = bookmark(family, id)
        names = {target.bookmark for target in self._order}
        rank = 2
        while name in names:
            ending = f"_{rank}"
            name = bookmark(family, id)[: _MAX_BOOKMARK - len(ending)] + ending
            rank += 1
        target = Target(name, number, family)
        self._targets.setdefault((family, id), target)
        self._order.append(target)
        return target

    def find(self, family: str, id: str) -> Target | None:
        return self._targets.get((family, id))

    def ids(self, family: str) -> list[str]:
        return [id for known, id in self._targets if known == family]

    def mark(self, target: Target) -> str:
        """The character that stands for a target in a text."""
        return chr(_FIRST + self._order.index(target))

    def plain(self, text: str) -> str:
        """The text with each mark as its words."""
        return _MARK.sub(lambda found: self._meant(found[1]).number, text)

    def settled(self, prose: Prose) -> Prose:
        """The prose with each mark as a run that follows its heading."""
        return Prose(tuple(map(self._block, prose))) if self._order else prose

    def _meant(self, mark: str) -> Target:
        return self._order[ord(mark) - _FIRST]

    def _block(self, block: Block) -> Block:
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        if isinstance(block, ListBlock):
            items = tuple(tuple(map(self._block, item)) for item in block.items)
            return block._replace(items=items)
        if isinstance(block, TableBlock):
            rows = tuple(tuple(map(self._cell, row)) for row in block.rows)
            return block._replace(rows=rows, caption=self.plain(block.caption))
        return block

    def _cell(self, cell: Cell) -> Cell:
        return cell._replace(paragraphs=tuple(map(self._paragraph, cell.paragraphs)))

    def _paragraph(self, paragraph: Paragraph) -> Paragraph:
        if not any(run.note or _MARK.search(run.text) for run in paragraph.runs):
            return paragraph
        runs: list[Run] = []
        for run in paragraph.runs:
            if run.note:
                runs.append(run._replace(note=tuple(map(self._paragraph, run.note))))
                continue
            for index, piece in enumerate(_MARK.split(run.text)):
                if index % 2:
                    target = self._meant(piece)
                    runs.append(run._replace(text=target.number, ref=target.bookmark))
                elif piece:
                    runs.append(run._replace(text=piece))
        return paragraph._replace(runs=tuple(runs))


def bookmark(family: str, id: str) -> str:
    """`article_objet-de-la-convention` as Word accepts it: letters, digits and underscores, forty at most.

    >>> bookmark("article", "duree-de-la-convention")
    'article_duree_de_la_convention'
    """
    return re.sub(r"[^A-Za-z0-9_]", "_", f"{family}_{id}")[:_MAX_BOOKMARK]


Named = TypeVar("Named")

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_CENTIMES = re.compile(r"[.,]\d\d\b")


Held = TypeVar("Held")


class Unsaid(Exception):
    """Why a placeholder says nothing: one French sentence, and a hint."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def say(name: str, argument: str, pen: Pen) -> str:
    """The words of `{name:argument}`; `name` is one of placeholders.NAMES, `tableau` excepted."""
    return _SAYINGS[name](argument, pen)


def entry_of(pen: Pen, registry: Registry[Held], id: str, label: str) -> Entry[Held]:
    """The registry entry, or an Unsaid that names the nearest id; `label` is « l’élu », « la commune »…"""
    if (entry := pen.reader.find(registry, id)) is not None:
        return entry
    if pen.reader.exists(registry, id):
        raise Unsaid(f"{label} « {id} » est en erreur", "corrigez d’abord sa fiche")
    near = get_close_matches(id, pen.reader.ids(registry), n=1, cutoff=0.5)
    raise Unsaid(f"{label} « {id} » n’existe pas", f"vouliez-vous dire « {near[0]} » ?" if near else "")


def _executif(argument: str, pen: Pen) -> str:
    return pen.executive_polite


def _collectivite(argument: str, pen: Pen) -> str:
    return pen.collectivite.nom


def earlier_deliberation(number: str, typed: date | None, pen: Pen) -> str:
    """« la délibération n° 2022-031 du 15 décembre 2022 »: its date is that of its séance, or the one typed
    for an act older than the contents."""
    day = typed or _day_of(number, pen)
    if day is None:
        raise _undated(number, pen)
    return pen.typeset(f"la délibération n° {number} du {date_longue(day, profil=pen.profil)}")


def _undated(number: str, pen: Pen) -> Unsaid:
    """Why a délibération cannot be cited with its date: in error, without séance, or nowhere."""
    if pen.reader.find(DELIBERATIONS, number) is not None:
        return Unsaid(f"la délibération « {number} » n’a pas encore de séance, donc pas de date")
    if pen.reader.exists(DELIBERATIONS, number):
        return Unsaid(f"la délibération « {number} », citée ici, est en erreur", "corrigez-la d’abord")
    typed = f"écrivez dans les visas {{deliberation: {number}, du: AAAA-MM-JJ}}"
    near = get_close_matches(number, pen.reader.ids(DELIBERATIONS), n=1, cutoff=0.6)
    hint = f"vouliez-vous dire « {near[0]} » ? Sinon {typed}" if near else typed
    return Unsaid(f"la date de la délibération « {number} » n’est pas connue", hint)


def _day_of(number: str, pen: Pen) -> date | None:
    found = pen.reader.find(DELIBERATIONS, number)
    act = inherit(found, pen.reader) if found else None
    seance = pen.reader.find(SEANCES, act.value.seance) if act and act.value.seance else None
    if seance is not None:
        return seance.value.date
    return next(
        (
            visa.du
            for visa in getattr(pen.entry.value, "visas", ())
            if visa.deliberation == number and visa.du
        ),
        None,
    )


def _deliberation(argument: str, pen: Pen) -> str:
    return earlier_deliberation(argument, None, pen)


def _convention(argument: str, pen: Pen) -> str:
    try:
        convention = entry_of(pen, CONVENTIONS, argument, "la convention").value
    except KeyError:  # no kind writes conventions in this workspace
        raise Unsaid(
            f"la convention « {argument} » n’existe pas", "écrivez son nom en toutes lettres"
        ) from None
    return pen.typeset(cited(convention, pen.reader, pen.profil))


def _amount(argument: str, pen: Pen) -> Decimal:
    """The amount typed, or the one of that name in the dossier; with centimes only when they were typed or
    are not zero."""
    if _NAME.fullmatch(argument) and (known := montants(pen.entry)):
        return _short(_of_that_name(argument, known, "le montant", "montants"))
    try:
        value = read_amount(argument)
    except PydanticCustomError as wrong:
        raise Unsaid(wrong.message(), (wrong.context or {}).get("hint", "")) from None
    return value if _CENTIMES.search(argument) else _short(value)


def _short(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value


def _of_that_name(name: str, known: Mapping[str, Named], label: str, field: str) -> Named:
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"vouliez-vous dire « {near[0]} » ?" if near else f"nommez-le dans « {field} » du dossier"
    raise Unsaid(f"{label} « {name} » n’existe pas", hint)


def _montant(argument: str, pen: Pen) -> str:
    return montant(_amount(argument, pen), pen.profil)


def _montant_en_lettres(argument: str, pen: Pen) -> str:
    return montant_en_lettres(_amount(argument, pen), pen.profil, chiffres=True)


def _date(argument: str, pen: Pen) -> str:
    if _NAME.fullmatch(argument) and (known := jours(pen.entry)):
        day = _of_that_name(argument, known, "l’étape", "calendrier")
        return date_longue(day, profil=pen.profil)
    try:
        return date_longue(read_date(argument), profil=pen.profil)
    except PydanticCustomError as wrong:
        raise Unsaid(wrong.message(), (wrong.context or {}).get("hint", "")) from None


class _Nomme(Protocol):
    @property
    def nom(self) -> str: ...


def _named(registry: Registry[_Nomme], label: str) -> Callable[[str, Pen], str]:
    def name(argument: str, pen: Pen) -> str:
        return entry_of(pen, registry, argument, label).value.nom

    return name


def _elu(argument: str, pen: Pen) -> str:
    entry_of(pen, ELUS, argument, "l’élu")
    return pen.person(argument).name


def _visa(argument: str, pen: Pen) -> str:
    return str(entry_of(pen, VISAS, argument, "le visa").value.texte)


def _annexe(argument: str, pen: Pen) -> str:
    annexes = getattr(pen.entry.value, "annexes", ())
    rank = int(argument) if argument.isdecimal() else 0
    if pen.references is not None:
        ids = pen.references.ids("annexe")
        return _numbered("annexe", ids[rank - 1] if 1 <= rank <= len(ids) else argument, pen)
    count = len(annexes)
    if not 1 <= rank <= count:
        raise Unsaid(
            f"l’annexe {argument} n’existe pas",
            f"cet acte a {count} annexe{'s' if count > 1 else ''} dans « annexes »",
        )
    return f"l’annexe {rank}"


def _article(argument: str, pen: Pen) -> str:
    if pen.references is None:
        raise Unsaid("{article:…} ne cite que les articles d’une convention", "écrivez « l’article 2 »")
    return _numbered("article", argument, pen)


def _numbered(family: str, id: str, pen: Pen) -> str:
    """« l’article 5 », « l’article 5.1 », « l’annexe 3 », the number being Word’s."""
    references = pen.references
    target = references.find(family, id) if references else None
    if references is None or target is None:
        near = get_close_matches(id, references.ids(family) if references else (), n=1, cutoff=0.5)
        hint = f"vouliez-vous dire « {near[0]} » ?" if near else f"donnez-lui « id: {id} »"
        raise Unsaid(f"l’{family} « {id} » n’existe pas", hint)
    named = "" if target.number.startswith(family) else f"{family}\u00a0"
    return f"l’{named}{references.mark(target)}"


def _tableau(argument: str, pen: Pen) -> str:
    raise Unsaid(f"{{tableau:{argument}}} doit être seul dans un paragraphe de l’exposé")


_SAYINGS: dict[str, Callable[[str, Pen], str]] = {
    "executif": _executif,
    "collectivite": _collectivite,
    "deliberation": _deliberation,
    "convention": _convention,
    "montant": _montant,
    "montant_en_lettres": _montant_en_lettres,
    "date": _date,
    "partenaire": _named(PARTENAIRES, "le partenaire"),
    "elu": _elu,
    "instance": _named(INSTANCES, "l’instance"),
    "commune": _named(COMMUNES, "la commune"),
    "visa": _visa,
    "annexe": _annexe,
    "article": _article,
    "tableau": _tableau,
}
