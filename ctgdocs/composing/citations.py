"""What each placeholder says, taken from the registries, the other acts, or its own argument.

Every function takes the argument and the voice that speaks, and gives words; it raises `Stopped` when there
is nothing right to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sized
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar, runtime_checkable

from pydantic_core import PydanticCustomError

from ctgdocs.assembly.sitting import hides_its_day
from ctgdocs.composing.voice import Voice, the
from ctgdocs.content.heritage import inherit, jours, montants
from ctgdocs.findings import WHOLE, Stopped, because
from ctgdocs.french import Profil, date_longue, montant, montant_en_lettres
from ctgdocs.stages import Entry, Reader, Registry
from ctgdocs.vocabulary.actes import Convention, VisaCite, numero_de
from ctgdocs.vocabulary.as_typed import nearest, read_amount, read_date
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

# --- Conventions as other texts name them: « la convention territoriale globale 2022-2026 »


def with_years(acte: Convention) -> str:
    """The title of a convention with the years of its period, unless it says them."""
    if not (acte.debut and acte.fin) or str(acte.debut.year) in acte.titre:
        return acte.titre
    first, last = acte.debut.year, acte.fin.year
    return f"{acte.titre} {first}" if first == last else f"{acte.titre} {first}-{last}"


def avenant_to(acte: Convention, reader: Reader) -> str:
    """« avenant n° 1 à la convention … », as its title says it."""
    parent = reader.find(CONVENTIONS, acte.parente) if acte.parente else None
    rank = f" n° {acte.numero}" if acte.numero else ""
    return f"avenant{rank} à {the(with_years(parent.value))}" if parent else f"avenant{rank}"


def cited(acte: Convention, reader: Reader, profil: Profil) -> str:
    """A convention in a sentence, with its article, and its date once it is signed."""
    name = f"l’{avenant_to(acte, reader)}" if acte.type == "avenant" else the(with_years(acte))
    return f"{name} du {date_longue(acte.signature, profil)}" if acte.signature else name


Named = TypeVar("Named")

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_CENTIMES = re.compile(r"[.,]\d\d\b")


Held = TypeVar("Held")


def unsaid(message: str, hint: str = "") -> Stopped:
    """Why a placeholder says nothing: one French sentence, and a hint."""
    return Stopped.at("champ-de-texte", message, WHOLE, hint)


def unknown(message: str, name: str, known: Iterable[str], otherwise: str = "") -> Stopped:
    """Nothing has that name: the nearest one that something has, else what to do."""
    near = nearest(name, known)
    return unsaid(message, f"vouliez-vous dire « {near} » ?" if near else otherwise)


def say(name: str, argument: str, voice: Voice) -> str:
    """The words of `{name:argument}`; `name` is one of inline.NAMES. Blocks (`tableau`) are refused."""
    return _SAYINGS[name](argument, voice)


def entry_of(voice: Voice, registry: Registry[Held], id: str, label: str) -> Entry[Held]:
    """The registry entry, or `Stopped`, which names the nearest id; `label` is « l’élu », « la commune »…"""
    if (entry := voice.reader.find(registry, id)) is not None:
        return entry
    if voice.reader.exists(registry, id):
        raise Stopped(because(f"{label} « {id} » est en erreur", WHOLE, registry.place(id)))
    raise unknown(f"{label} « {id} » n’existe pas", id, voice.reader.ids(registry))


def _executif(argument: str, voice: Voice) -> str:
    if not voice.body.chief:
        message = f"on ne sait pas qui dirige « {voice.collectivite.nom} »"
        raise unsaid(message, "écrivez sa fonction : « Madame la Directrice »")
    return voice.executive_polite


def _collectivite(argument: str, voice: Voice) -> str:
    return voice.collectivite.nom


def earlier_deliberation(number: str, typed: date | None, voice: Voice) -> str:
    """« la délibération n° 2022-031 du 15 décembre 2022 »: its date is that of its séance, or the one typed
    for an act older than the contents."""
    day = typed or _day_of(number, voice)
    if day is None:
        raise _undated(number, voice)
    act = voice.reader.find(DELIBERATIONS, number)
    printed = numero_de(act.value.numero, act.id) if act else number
    return voice.typographie(f"la délibération n° {printed} du {date_longue(day, profil=voice.profil)}")


def _undated(number: str, voice: Voice) -> Stopped:
    """Why a délibération cannot be cited with its date: in error, without séance, or nowhere."""
    if (cause := hides_its_day(voice.reader, number)) is not None:
        message = f"la date de la délibération « {number} » n’est pas connue : {cause.file} est en erreur"
        return Stopped(because(message, WHOLE, cause))
    if voice.reader.find(DELIBERATIONS, number) is not None:
        return unsaid(f"la délibération « {number} » n’a pas encore de séance, donc pas de date")
    typed = f"écrivez dans les visas {{deliberation: {number}, du: AAAA-MM-JJ}}"
    near = nearest(number, voice.reader.ids(DELIBERATIONS))
    hint = f"vouliez-vous dire « {near} » ? Sinon {typed}" if near else typed
    return unsaid(f"la date de la délibération « {number} » n’est pas connue", hint)


def _day_of(number: str, voice: Voice) -> date | None:
    found = voice.reader.find(DELIBERATIONS, number)
    act = inherit(found, voice.reader) if found else None
    seance = voice.reader.find(SEANCES, act.value.seance) if act and act.value.seance else None
    if seance is not None:
        return seance.value.date
    mine = voice.entry.value
    typed = mine.visas if isinstance(mine, Citing) else ()
    return next((visa.du for visa in typed if visa.deliberation == number and visa.du), None)


@runtime_checkable
class Citing(Protocol):
    """An act with its visas."""

    @property
    def visas(self) -> tuple[VisaCite, ...]: ...


@runtime_checkable
class Annexed(Protocol):
    """An act with its annexes."""

    @property
    def annexes(self) -> Sized: ...


def _deliberation(argument: str, voice: Voice) -> str:
    return earlier_deliberation(argument, None, voice)


def _convention(argument: str, voice: Voice) -> str:
    try:
        convention = entry_of(voice, CONVENTIONS, argument, "la convention").value
    except KeyError:  # no kind writes conventions in this workspace
        raise unsaid(
            f"la convention « {argument} » n’existe pas", "écrivez son nom en toutes lettres"
        ) from None
    return voice.typographie(cited(convention, voice.reader, voice.profil))


def _amount(argument: str, voice: Voice) -> Decimal:
    """The amount typed, or the one of that name in the dossier; with centimes only when they were typed or
    are not zero."""
    if _NAME.fullmatch(argument) and (known := montants(voice.entry)):
        return _short(_of_that_name(argument, known, "le montant", "montants"))
    try:
        value = read_amount(argument)
    except PydanticCustomError as wrong:
        raise unsaid(wrong.message(), (wrong.context or {}).get("hint", "")) from None
    return value if _CENTIMES.search(argument) else _short(value)


def _short(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value


def _of_that_name(name: str, known: Mapping[str, Named], label: str, field: str) -> Named:
    if name in known:
        return known[name]
    raise unknown(f"{label} « {name} » n’existe pas", name, known, f"nommez-le dans « {field} » du dossier")


def _montant(argument: str, voice: Voice) -> str:
    return montant(_amount(argument, voice), voice.profil)


def _montant_en_lettres(argument: str, voice: Voice) -> str:
    return montant_en_lettres(_amount(argument, voice), voice.profil, chiffres=True)


def _date(argument: str, voice: Voice) -> str:
    if _NAME.fullmatch(argument) and (known := jours(voice.entry)):
        day = _of_that_name(argument, known, "l’étape", "calendrier")
        return date_longue(day, profil=voice.profil)
    try:
        return date_longue(read_date(argument), profil=voice.profil)
    except PydanticCustomError as wrong:
        raise unsaid(wrong.message(), (wrong.context or {}).get("hint", "")) from None


class _Nomme(Protocol):
    @property
    def nom(self) -> str: ...


def _named(registry: Registry[_Nomme], label: str) -> Callable[[str, Voice], str]:
    def name(argument: str, voice: Voice) -> str:
        return entry_of(voice, registry, argument, label).value.nom

    return name


def _elu(argument: str, voice: Voice) -> str:
    entry_of(voice, ELUS, argument, "l’élu")
    return voice.person(argument).name


def _visa(argument: str, voice: Voice) -> str:
    return entry_of(voice, VISAS, argument, "le visa").value.texte


def _annexe(argument: str, voice: Voice) -> str:
    rank = int(argument) if argument.isdecimal() else 0
    if voice.references is not None:
        ids = voice.references.ids("annexe")
        return _numbered("annexe", ids[rank - 1] if 1 <= rank <= len(ids) else argument, voice)
    count = len(act.annexes) if isinstance(act := voice.entry.value, Annexed) else 0
    if not 1 <= rank <= count:
        raise unsaid(
            f"l’annexe {argument} n’existe pas",
            f"cet acte a {count} annexe{'s' if count > 1 else ''} dans « annexes »",
        )
    return f"l’annexe {rank}"


def _article(argument: str, voice: Voice) -> str:
    if voice.references is None:
        raise unsaid("{article:…} ne cite que les articles d’une convention", "écrivez « l’article 2 »")
    return _numbered("article", argument, voice)


def _numbered(family: str, id: str, voice: Voice) -> str:
    """« l’article 5 », « l’article 5.1 », « l’annexe 3 », the number being Word’s."""
    references = voice.references
    target = references.find(family, id) if references else None
    if references is None or target is None:
        known = references.ids(family) if references else ()
        raise unknown(f"l’{family} « {id} » n’existe pas", id, known, f"donnez-lui « id: {id} »")
    named = "" if target.number.startswith(family) else f"{family}\u00a0"
    return f"l’{named}{references.mark(target)}"


def _tableau(argument: str, voice: Voice) -> str:
    raise unsaid(f"{{tableau:{argument}}} doit être seul dans un paragraphe de l’exposé")


def _graphique(argument: str, voice: Voice) -> str:
    raise unsaid(
        f"{{graphique:{argument}}} doit être seul dans un paragraphe, sous le tableau qu’il montre",
        "laissez une ligne vide avant et après",
    )


_SAYINGS: dict[str, Callable[[str, Voice], str]] = {
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
    "graphique": _graphique,
}
