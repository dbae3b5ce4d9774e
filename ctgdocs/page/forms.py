"""The form of an entry: its fields with what is typed in them, what the dossier lends, what the rules say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from pydantic import BaseModel

from ctgdocs.content.heritage import Heir, inherit
from ctgdocs.content.library import Library
from ctgdocs.content.spelling import Value
from ctgdocs.findings import Finding
from ctgdocs.french import date_simple, montant
from ctgdocs.page.places import REGISTRIES, anchor, titled
from ctgdocs.page.shapes import Asked, Shape, label_of, shape_of, words
from ctgdocs.vocabulary.actes import MATIERES, Visa
from ctgdocs.vocabulary.as_typed import A_COMPLETER, day_of, what_is_left
from ctgdocs.vocabulary.registres import VISAS

LATER = frozenset({"transmission", "publication", "notification", "retrait", "signature", "affichage"})
"""What is typed once the act has left."""


@dataclass(slots=True)
class Field:
    """A field of a form. `value`: as typed. `choices`: (value, words). `wraps`: the record above is typed in
    its short form, and becomes a record when this field is filled."""

    path: str
    label: str
    shape: Shape
    value: str = ""
    help: str = ""
    example: str = ""
    required: bool = False
    typed: bool = False
    wraps: str = ""
    choices: Sequence[tuple[str, str]] = ()
    below: list[Field] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    note: str = ""

    @property
    def blank(self) -> str:
        """What is still to be written here: « [à compléter : … ] » is no answer, and is not shown as one."""
        return what_is_left(self.value) if A_COMPLETER.fullmatch(self.value.strip()) else ""

    @property
    def shown(self) -> str:
        return "" if self.blank else self.value

    @property
    def id(self) -> str:
        return anchor(self.path)

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def later(self) -> bool:
        return self.path in LATER

    @property
    def iso(self) -> str | None:
        """The day as a calendar of the browser takes it; None for what it could not show."""
        if not self.value:
            return ""
        return day_of(self.value) or None

    @property
    def wrong(self) -> bool:
        return any(one.blocking for one in self.findings)

    @property
    def alone(self) -> list[Field]:
        """The field of a record that is typed in its short form."""
        return [one for one in self.below if one.path == self.path]

    def walk(self) -> Iterator[Field]:
        yield self
        for one in self.below:
            yield from one.walk()


@dataclass(frozen=True, slots=True)
class Lent:
    """A field that the dossier fills: how it reads, and where it is typed."""

    name: str
    label: str
    words: str
    path: str


@dataclass(slots=True)
class Form:
    """Everything that is asked of an entry. `others`: findings that no field of it bears. `kept`: fields that
    no type knows, left as they are."""

    fields: list[Field]
    lent: list[Lent]
    others: list[Finding]
    kept: list[tuple[str, str]]

    def walk(self) -> Iterator[Field]:
        for one in self.fields:
            yield from one.walk()

    def find(self, path: str) -> Field | None:
        return next((one for one in self.walk() if one.path == path), None)


def form_of(
    library: Library,
    registry: str,
    id: str,
    typed: Value,
    findings: Sequence[Finding],
    file: str,
    prefix: str = "",
) -> Form:
    """The form of an entry as its file says it now. `prefix`: where the entry stands in a file of several."""
    held = REGISTRIES[registry].type()
    assert isinstance(held, type)
    assert issubclass(held, BaseModel)
    builder = _Builder(library, findings, file, prefix)
    entry = library.find(REGISTRIES[registry], id)
    heir = inherit(entry, library.reader()) if entry is not None else None
    lent = list(_lent(library, heir)) if isinstance(heir, Heir) else []
    record = typed if isinstance(typed, dict) else {}
    given = {one.name for one in lent}
    shape = shape_of(held)
    fields = [
        builder.field(asked, name, record.get(name), "")
        for name, asked in shape.fields.items()
        if name not in given
    ]
    kept = [(name, _text(value)) for name, value in record.items() if name not in shape.fields]
    return Form(fields, lent, builder.place(fields), kept)


class _Builder:
    def __init__(self, library: Library, findings: Sequence[Finding], file: str, prefix: str) -> None:
        self.library = library
        self.file = file
        self.prefix = f"{prefix}." if prefix else ""
        self.findings = findings
        self._choices: dict[str, list[tuple[str, str]]] = {}

    def field(self, asked: Asked, path: str, value: Value | None, wraps: str) -> Field:
        made = self.of(asked.shape, path, value, asked.label)
        made.help, made.example, made.required, made.wraps = asked.help, asked.example, asked.required, wraps
        if path == "matiere":
            made.choices = [(code, f"{code} – {words}") for code, words in MATIERES.items() if "." in code]
        return made

    def of(self, shape: Shape, path: str, value: Value | None, label: str) -> Field:
        made = Field(path, label, shape, typed=value is not None)
        match shape.widget:
            case "list":
                made.below = list(self._items(shape, path, value))
                if registry := _linked(shape.below):
                    made.choices = self.choices(registry)
                elif path.rpartition(".")[2] == VISAS.name:
                    made.choices = self.choices(VISAS.name)
                made.value = value if isinstance(value, str) else ""
            case "record":
                made.below = list(self._record(shape, path, value))
            case "names":
                named = value if isinstance(value, dict) else {}
                assert shape.below is not None
                made.below = [
                    self.of(shape.below, f"{path}.{name}", one, name) for name, one in named.items()
                ]
            case "table":
                rows = value if isinstance(value, list) else []
                made.value = "\n".join("\t".join(map(_text, row)) for row in rows if isinstance(row, list))
            case "choice":
                made.value = _text(value)
                made.choices = [(one, words(one)) for one in shape.choices]
            case "link":
                made.value = _text(value)
                made.choices = self.choices(shape.registry)
            case _:
                made.value = _text(value)
        return made

    def _items(self, shape: Shape, path: str, value: Value | None) -> Iterator[Field]:
        assert shape.below is not None
        for at, one in enumerate(value if isinstance(value, list) else ()):
            made = self.of(shape.below, f"{path}.{at}", one, f"{label_of(path.rpartition('.')[2])}, {at + 1}")
            if visa := self._visa(path, one):
                made.note = f"Vu {visa.texte}{_validity(visa)}"
                for field in made.alone or [made]:
                    field.choices = self.choices(VISAS.name)
            yield made

    def _visa(self, path: str, value: Value) -> Visa | None:
        """The text of the library that an item of a list of visas names."""
        if path.rpartition(".")[2] != VISAS.name or not isinstance(value, str):
            return None
        entry = self.library.find(VISAS, value)
        return entry.value if entry is not None else None

    def _record(self, shape: Shape, path: str, value: Value | None) -> Iterator[Field]:
        short = isinstance(value, str) and bool(shape.short)
        for name, asked in shape.fields.items():
            if short and name == shape.short:
                yield self.field(asked, path, value, "")
            elif short:
                yield self.field(asked, f"{path}.{name}", None, shape.short)
            else:
                inside = value.get(name) if isinstance(value, dict) else None
                yield self.field(asked, f"{path}.{name}", inside, "")

    def choices(self, registry: str) -> list[tuple[str, str]]:
        if registry not in self._choices:
            ids = self.library.ids(REGISTRIES[registry])
            found = [(id, titled(self.library, registry, id)) for id in ids]
            alike = Counter(words for _, words in found)
            found = [(id, _told_apart(id, words, alike[words])) for id, words in found]
            self._choices[registry] = sorted(found, key=lambda one: one[1].lower())
        return self._choices[registry]

    def place(self, fields: Sequence[Field]) -> list[Finding]:
        """Gives each finding to the nearest field; those that have none."""
        known = {one.path: one for each in fields for one in each.walk()}
        others = []
        for finding in self.findings:
            at = finding.place.field
            if finding.place.file != self.file or not at.startswith(self.prefix):
                others.append(finding)
                continue
            path = at.removeprefix(self.prefix)
            while path and path not in known:
                path = path.rpartition(".")[0]
            if path:
                known[path].findings.append(finding)
            else:
                others.append(finding)
        return others


def _told_apart(id: str, words: str, alike: int) -> str:
    """An entry by its words; by its number first, when it has one; with its id where others say the same."""
    if id[:1].isdigit() and words != id:
        return f"{id} – {words}"
    return f"{words} ({id})" if alike > 1 else words


def _linked(item: Shape | None) -> str:
    """The registry whose entries an item of a list names, alone or in its short form."""
    if item is None or not item.short:
        return item.registry if item else ""
    return item.fields[item.short].shape.registry


def _validity(visa: Visa) -> str:
    if visa.valide_au is not None:
        return f" – visable jusqu’au {date_simple(visa.valide_au)}"
    return f" – en vigueur depuis le {date_simple(visa.valide_du)}" if visa.valide_du is not None else ""


def _lent(library: Library, heir: Heir[object]) -> Iterator[Lent]:
    assert heir.dossier is not None
    value = heir.value
    assert isinstance(value, BaseModel)
    for name in type(value).model_fields:
        if name in heir.lent:
            words = read(library, getattr(value, name))
            yield Lent(name, label_of(name), words, f"/fiches/dossiers/{heir.dossier.id}#{anchor(name)}")


def read(library: Library, value: object) -> str:
    """A value as a person reads it."""
    match value:
        case BaseModel():
            said = [read(library, one) for name, one in value if name in value.model_fields_set]
            return ", ".join(one for one in said if one)
        case tuple() | list():
            return " ; ".join(read(library, one) for one in value)
        case Mapping():
            return " ; ".join(f"{name} : {read(library, one)}" for name, one in value.items())
        case bool():
            return "oui" if value else "non"
        case date():
            return date_simple(value)
        case time():
            return f"{value:%H h %M}"
        case Decimal():
            return montant(value)
        case str():
            return _named(library, value)
        case _:
            return "" if value is None else str(value)


def _named(library: Library, text: str) -> str:
    for registry in ("elus", "instances", "visas", "partenaires", "communes"):
        if library.exists(REGISTRIES[registry], text):
            return titled(library, registry, text)
    if text in MATIERES:
        return f"{text} – {MATIERES[text]}"
    return text


def _text(value: Value | None) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return ", ".join(f"{name} : {_text(one)}" for name, one in value.items())
