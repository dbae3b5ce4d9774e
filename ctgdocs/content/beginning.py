"""A content file, or an entry of a registry, that begins: a page of blanks, filled with what the house is
known for. What nobody knows stays « [à compléter : … ] »; no fact is ever made up.

A page holds `<names>`, each replaced by what is known of it; `<name|what>` leaves « [à compléter : what] »
where nothing is, `<!name>` keeps its line only then. A line that cannot be written is left as a comment.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ctgdocs.content.edit import Edit
from ctgdocs.content.gestures import record_of
from ctgdocs.content.spelling import scalar
from ctgdocs.files import read_file
from ctgdocs.stages import Mapping as Record
from ctgdocs.stages import Registry, Source, Text, every
from ctgdocs.vocabulary.appellations import place_name, read_person
from ctgdocs.vocabulary.as_typed import IDENTIFIANT, date_of, day_of, did_you_mean, fitting, slug
from ctgdocs.vocabulary.liens import Lien
from ctgdocs.vocabulary.registres import (
    AGENTS,
    COLLECTIVITE,
    COMMUNES,
    CONVENTIONS,
    DOSSIERS,
    ELUS,
    INSTANCES,
    PARTENAIRES,
    SEANCES,
    VISAS,
)

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from ctgdocs.content.library import Library

BEGUN = (ELUS, COMMUNES, INSTANCES, SEANCES, PARTENAIRES, DOSSIERS, VISAS, AGENTS)
"""The registries that have a page to begin an entry with."""

LONGEST_ID = 50
WIDTH = 116

# --- The page


_TOKEN = re.compile(r"<(?P<name>[a-z_!]+)(?:\|(?P<instead>[^>]+))?>")
_FIELD = re.compile(r"(?P<off># )?(?P<name>[a-z_]+):(?P<value>.*)")
_NUMBERED = re.compile(r"(\d{4})-(\d{1,4})")
_BLANK = re.compile(r' *"\[à compléter : (?P<what>.+)\]"')


class Question(NamedTuple):
    """A field that a page leaves to be written, and what its blank says; `needed`: it has no default."""

    field: str
    what: str
    needed: bool


def page_of(registry: Registry[BaseModel]) -> str:
    """The page that an entry of this registry begins with."""
    return read_file(Path(__file__).with_name("debuts") / f"{registry.name}.yaml").decode("utf-8")


def begun(page: str, known: Mapping[str, str], typed: Mapping[str, str] | None = None) -> str:
    """A page with what is known; the fields that were `typed` stand in the place of theirs.

    >>> print(begun("signataire: <executif>\\ndate: <jour|date>\\nlieu: x<!jour>", {"jour": "2026-11-12"}))
    # signataire: …
    date: 2026-11-12
    # lieu: x
    """
    lines = [_line(line, known) for line in page.split("\n")]
    for name, text in (typed or {}).items():
        lines = _with_field(lines, name, f"{name}: {scalar(' '.join(text.split()))}")
    return "\n".join(lines)


def questions(page: str) -> Iterator[Question]:
    """The fields of one line that a page, begun, leaves to be written."""
    for line in page.split("\n"):
        field = _FIELD.fullmatch(line)
        if field is None:
            continue
        if blank := _BLANK.fullmatch(field["value"]):
            yield Question(field["name"], blank["what"], needed=True)
        elif field["off"] and field["value"] == " …":
            yield Question(field["name"], "", needed=False)


def _line(line: str, known: Mapping[str, str]) -> str:
    def written(token: re.Match[str]) -> str:
        name, instead = token["name"], token["instead"]
        if name.startswith("!"):
            return ""
        return known.get(name) or (f'"[à compléter : {instead}]"' if instead else "…")

    def is_lacking(token: re.Match[str]) -> bool:
        name = token["name"]
        return name[1:] in known if name.startswith("!") else not (known.get(name) or token["instead"])

    lacking = any(map(is_lacking, _TOKEN.finditer(line))) and not line.lstrip().startswith("#")
    return ("# " if lacking else "") + _TOKEN.sub(written, line)


def _with_field(lines: list[str], name: str, written: str) -> list[str]:
    """The lines with a field written in its place, its old value gone; at the end when it has none."""
    at = next(
        (at for at, line in enumerate(lines) if (one := _FIELD.fullmatch(line)) and one["name"] == name), None
    )
    if at is None:
        end = len(lines) - (lines[-1:] == [""])
        return [*lines[:end], written, *lines[end:]]
    below = "#   " if lines[at].startswith("#") else " "
    end = at + 1
    while end < len(lines) and lines[end].startswith(below):
        end += 1
    return [*lines[:at], written, *lines[end:]]


def added(registry: Registry[BaseModel], text: str | None, id: str, page: str) -> str:
    """The text of a registry's file with an entry at its end, made of a page; None: there is no file yet, the
    comments of the page open it."""
    if text is None:
        comments = [line for line in page_of(registry).split("\n") if line.startswith("#")]
        text = "\n".join((f"# yaml-language-server: $schema=.schemas/{registry.name}.json", *comments, ""))
    edit = Edit(text)
    edit.append(id, record_of(page))
    return edit.text()


# --- What was typed: the name of the entry, then its fields


def named(registry: Registry[BaseModel], typed: str) -> tuple[str, dict[str, str]]:
    """The id of an entry that begins, and the fields that its name gives: « Mme Claire Durand », a day, an
    object; an id alone gives none. The id is "" when nothing of the name is left in it.

    >>> named(ELUS, "Mme Claire DURAND")
    ('durand-claire', {'civilite': 'Mme', 'prenom': 'Claire', 'nom': 'Durand'})
    >>> named(SEANCES, "24 septembre 2026"), named(COMMUNES, "lavol")
    (('2026-09-24', {'date': '2026-09-24'}), ('lavol', {}))
    """
    typed = " ".join(typed.split())
    if day := day_of(typed):
        return day, {"date": day} if registry == SEANCES else {}
    if IDENTIFIANT.fullmatch(typed):
        return typed, {}
    if registry in (ELUS, AGENTS):
        person = read_person(typed)
        return person.id, {name: value for name, value in person._asdict().items() if value}
    if registry == INSTANCES:
        return shortened(typed), {"nom": typed} | ({"type": found} if (found := _body_type(typed)) else {})
    field = {COMMUNES.name: "nom", PARTENAIRES.name: "nom", DOSSIERS.name: "objet"}
    if registry == VISAS:
        return visa_named(typed)
    text = place_name(typed) if registry == COMMUNES else typed
    return shortened(text), {field[registry.name]: text} if registry.name in field else {}


_RANGS = {
    "code": "code",
    "loi": "loi",
    "ordonnance": "loi",
    "decret": "decret",
    "arrete": "arrete",
    "circulaire": "circulaire",
    "statuts": "statuts",
    "deliberation": "deliberation",
    "avis": "avis",
}
_VU = re.compile(r"vu\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:l[ea]s?\s+|l['’])", re.IGNORECASE)


def visa_named(typed: str) -> tuple[str, dict[str, str]]:
    """The id and the fields of the visa that this text is.

    >>> visa_named("Vu le code de l’éducation,")
    ('code-de-l-education', {'texte': 'le code de l’éducation', 'rang': 'code'})
    """
    text = _VU.sub("", typed, count=1) if _VU.match(typed) else typed
    text = text.rstrip(" ,;.")
    words = slug(_ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text)
    rang = _RANGS.get(words.partition("-")[0], "")
    return shortened(words), {"texte": text} | ({"rang": rang} if rang else {})


_TYPES = {
    "commission": "commission",
    "bureau": "bureau",
    "conseil": "assemblee",
    "comite": "copil",
    "copil": "copil",
}


def _body_type(name: str) -> str:
    return _TYPES.get(slug(name).partition("-")[0], "")


def shortened(text: str) -> str:
    """An id made of the words of a text, cut between two of them."""
    id = slug(text)
    return (
        id
        if len(id) <= LONGEST_ID
        else id[: id.rindex("-", 0, LONGEST_ID) if "-" in id[:LONGEST_ID] else LONGEST_ID]
    )


def wrong(library: Library, type: type[BaseModel], field: str, typed: str) -> str:
    """Why a field cannot hold this text, in a sentence; "" when it can."""
    from ctgdocs.content.validation import validate

    info = type.model_fields.get(field)
    if info is None:
        return f"il n’y a pas de champ « {field} »{did_you_mean(field, type.model_fields) or ' ici'}"
    record = Record()
    record[Text(field)] = Text(" ".join(typed.split()))
    _, findings = validate(record, type, Source("", "", record), (), "", "", library.names_of)
    for one in findings:
        if one.place.field == field:
            return " ; ".join((one.message, *one.hints))
    return _unknown(library, info, typed)


def _unknown(library: Library, info: FieldInfo, typed: str) -> str:
    """Says that an id leads nowhere; "" when it leads somewhere, or is no id."""
    registre = next((one.registre for one in _links(info)), "")
    if not registre or not IDENTIFIANT.fullmatch(typed):
        return ""
    known = library.ids(Registry(registre))
    return (
        ""
        if typed in known
        else f"« {typed} » n’a pas de fiche{did_you_mean(typed, known) or ' : ajoutez-la d’abord'}"
    )


def _links(info: FieldInfo) -> Iterator[Lien]:
    from typing import get_args

    waiting: list[object] = [*info.metadata, info.annotation]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Lien):
            yield one
        waiting += [*get_args(one), *getattr(one, "__metadata__", ())]


# --- What is known of the house


def known_of_the_house(library: Library, name: str, today: date) -> dict[str, str]:
    """What the registries, and the name of the new file (`commission-2026-11-12`), say of it: ids, a day."""
    known = {}
    house = library.find(COLLECTIVITE, COLLECTIVITE.name)
    if house is not None and library.find(ELUS, house.value.executif):
        known["executif"] = house.value.executif
        if _body_type(name) not in ("", "copil"):  # CGCT, art. L. 2121-14, L. 2121-22 et L. 5211-1
            known["preside"] = house.value.executif
    day = _day_in(name)
    if day is not None:
        known["jour"] = day.isoformat()
    if years := re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", name):
        known["annee"] = years[-1]
    known.update(_body(library, name, day or today))
    known.update(_assembly(library, day or today))
    known.update(_sitting(library, known.get("instance", ""), day, today))
    conventions = library.ids(CONVENTIONS)
    meant = [id for id in conventions if name.startswith(id)] or conventions
    if len(meant) == 1:
        known["convention"] = meant[0]
    return known


def _day_in(name: str) -> date | None:
    found = re.search(r"\d{4}-\d\d-\d\d", name)
    return date_of(found[0]) if found else None


def _body(library: Library, name: str, day: date) -> dict[str, str]:
    """The body that a name begins with, and its members of that day; the only commission, when it is one."""
    words = re.sub(r"\d{4}(?:-\d\d)*", "", name).strip("-")
    bodies = [*every(library, INSTANCES)]
    commissions = [entry for entry in bodies if entry.value.type == "commission"]
    meant = fitting(words, {entry.id: entry.value.nom for entry in bodies}) if words else []
    exact = [entry for entry in bodies if entry.id == words] or [one for one in bodies if one.id in meant]
    known = {}
    if len(exact) == 1:
        known = {"instance": exact[0].id, "membres": ", ".join(exact[0].value.membres_au(day))}
    if len(exact) == 1 and exact[0] in commissions:
        commissions = exact
    if len(commissions) == 1:
        known["commission"] = commissions[0].id
    return known


def _assembly(library: Library, day: date) -> dict[str, str]:
    """The only assembly and its members of that day; the élus of the house."""
    bodies = [*every(library, INSTANCES)]
    assemblies = [entry for entry in bodies if entry.value.type == "assemblee"]
    known = {"elus": _in_comment(library.ids(ELUS))}
    if len(assemblies) == 1:
        known["assemblee"] = assemblies[0].id
        known["assembles"] = _in_comment(assemblies[0].value.membres_au(day))
    return {name: value for name, value in known.items() if value}


def _in_comment(ids: Iterable[str]) -> str:
    """Ids for a comment, which goes on under itself."""
    return "\n# ".join(textwrap.wrap(", ".join(ids), WIDTH, break_on_hyphens=False))


def _sitting(library: Library, body: str, day: date | None, today: date) -> dict[str, str]:
    """The séance of that day, or the next one of a body that is named; and the next one of all."""
    entries = [*every(library, SEANCES)]
    to_come = sorted((one.value.date, one.id) for one in entries if one.value.date >= today)
    known = {"prochaine": to_come[0][1]} if to_come else {}
    of_the_body = [one for one in entries if not body or one.value.instance == body]
    if day is None:
        of_the_body = [one for one in of_the_body if body and one.value.date >= today]
    else:
        of_the_body = [one for one in of_the_body if one.value.date == day]
    first = min(of_the_body, key=lambda one: one.value.date, default=None)
    return known if first is None else {**known, "seance": first.id}


def next_number(folder: Path) -> str:
    """The number after the last one of the last year in a folder; this year's first when there is none."""
    numbers = sorted(
        (int(found[1]), int(found[2]))
        for path in folder.glob("*.y*ml")
        if (found := _NUMBERED.fullmatch(path.stem))
    )
    year, order = numbers[-1] if numbers else (date.today().year, 0)
    return f"{year}-{order + 1:03}"
