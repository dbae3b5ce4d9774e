"""A list of élus, as a mairie keeps it, joins the registries: communes, élus, the assembly and commissions.

Ids are made here and never change afterwards: who is known already, by name, keeps his own. What the list
adds is added; what it says otherwise is shown before it is written; who is no longer in it is told, and left:
past acts name him.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ctgdocs.content.beginning import shortened
from ctgdocs.content.edit import Fields, fields
from ctgdocs.content.library import Library
from ctgdocs.content.spelling import Value
from ctgdocs.content.workbooks import Grid, Shown
from ctgdocs.findings import CtgdocsError
from ctgdocs.french import de, slug
from ctgdocs.importing.bodies import Bodies
from ctgdocs.importing.completing import Completed, typed_in
from ctgdocs.importing.document import Document, Table
from ctgdocs.importing.persons import WHOLE, may_be, rank_of
from ctgdocs.importing.reader import Count, Proposal, Proposed, Reader, Wish
from ctgdocs.importing.roster_columns import recognised
from ctgdocs.importing.roster_names import prenom_of, worded
from ctgdocs.importing.roster_people import Person, Roster, merged, same_place
from ctgdocs.importing.rosters import read_roster
from ctgdocs.vocabulary.appellations import Nomme
from ctgdocs.vocabulary.as_typed import A_COMPLETER
from ctgdocs.vocabulary.registres import COLLECTIVITE, COMMUNES, ELUS

GENRE = "elus"
HEADS = {
    COMMUNES.name: "# Les communes : un identifiant, puis le nom officiel.",
    ELUS.name: "# Les élus : un identifiant, que les actes citent et qui ne change jamais, puis la personne.",
}
MOST_TOLD = 8


def recognise(document: Document) -> float:
    """How well a file looks like a list of élus: its columns; in a text, a table that is most of it."""
    return recognised(grids(document))


def grids(document: Document) -> list[tuple[str, Grid]]:
    """The sheets of a workbook, or the tables of a text."""
    if document.tabular:
        return list(document.sheets)
    tables = [block for block in document.blocks if isinstance(block, Table) and len(block.rows) > 4]
    held = sum(len(box.text) for table in tables for row in table.rows for box in row)
    if held * 2 < len(document.words):
        return []
    return [
        ("", Grid(tuple(tuple(Shown(box.text) for box in row) for row in table.rows))) for table in tables
    ]


def propose(document: Document, library: Library, wish: Wish) -> Proposal:
    """The registries with the list in them. Raises CtgdocsError when it lists nobody, or twice someone."""
    roster = read_roster(grids(document))
    persons = [one for one in roster.persons if not one.former]
    if not persons:
        raise CtgdocsError(
            "aucun élu n’y est reconnu : il faut des colonnes « Nom » et « Prénom », ou « Nom et prénom »"
        )
    return House(library, roster, merged(persons)).proposal()


# --- The registries


def _text(record: Fields, name: str) -> str:
    """A field typed as one text; "" when it is none, or a blank."""
    said = typed_in(record, name)
    return "" if A_COMPLETER.search(said) else said


PEOPLE = ("civilite", "prenom", "nom", "commune", "fonction", "delegation", "groupe", "courriel", "maire_de")


class House:
    """The registries as they are, and what the list changes in them."""

    def __init__(self, library: Library, roster: Roster, persons: list[Person]) -> None:
        self.library, self.roster, self.persons = library, roster, persons
        self.own = Completed(library, COLLECTIVITE.path)
        self.communes = Completed(library, COMMUNES.path, _opening(COMMUNES.name))
        self.elus = Completed(library, ELUS.path, _opening(ELUS.name))
        self.place_ids = {
            id: _text(fields(node), "nom") or id for id, (_, node) in self.communes.fields.items()
        }
        self.known = {id: fields(node) for id, (_, node) in self.elus.fields.items()}
        self.by_name: dict[str, list[str]] = {}
        for id, record in self.known.items():
            person = Nomme("", _text(record, "prenom"), _text(record, "nom"))
            self.by_name.setdefault(person.id, []).append(id)
        self.named = Counter(one.id for one in persons)
        self.blank = self._placeholder()
        self.changes: list[str] = []
        self.organe = ""
        """What an act calls the assembly."""
        self.ids: dict[int, str] = {}
        self.taken = {*self.known}
        self.new: list[str] = []
        self.of_one_commune = self._is_commune()

    def _is_commune(self) -> bool:
        type = _text(self.own.fields, "type")
        if type:
            return type in ("commune", "ccas")
        said = " ".join(slug(one.fonction) for one in self.persons)
        return len({slug(one.commune) for one in self.persons}) < 2 and not _OF_SEVERAL.search(said)

    def _placeholder(self) -> str:
        """The élu that a new workspace comes with, of whom nothing was written."""
        executif = _text(self.own.fields, "executif")
        record = self.known.get(executif, {})
        return executif if record and not (_text(record, "nom") or _text(record, "prenom")) else ""

    def proposal(self) -> Proposal:
        if not self.of_one_commune:
            for name, population in self.roster.communes.items():
                self._commune(name, population)
        for at, one in enumerate(self.persons):
            self.ids[at] = self._person(one)
        self._replace_placeholder()
        bodies = Bodies(self.library, self.persons, self.ids, self.president, adjoints=self.has_a_maire)
        whole = not all(one.maire for one in self.persons)  # the maires of a list of communes are no assembly
        made = [*(bodies.assembly(self.assembly_name) if whole else ()), *bodies.commissions()]
        self.changes += bodies.changes
        files = [one for file in (self.elus, self.communes, self.own) for one in file.proposed()] + made
        counts = (Count("personne", "personnes", len(self.persons), len(self.ids)),)
        return Proposal(
            GENRE, tuple(files), counts, tuple(self._said(bodies)), tuple(self.changes), "ctgdocs verifier"
        )

    # --- for an act of the past: persons without their functions

    def known_ids(self, persons: Sequence[Person]) -> dict[str, str]:
        """Those of the persons whom the registry knows: name → id."""
        found = {one.id: self._known_id(one, "") for one in persons}
        return {name: id for name, id in found.items() if id}

    def ids_of(self, persons: Sequence[Person]) -> dict[str, str]:
        return {one.id: self.ids[at] for at, one in enumerate(persons) if at in self.ids}

    def founded(self, persons: Sequence[Person], president: Nomme | None) -> list[Proposed]:
        """The files of a house that had no assembly: its élus, who is its executive, its assembly."""
        for one in persons:
            if president is not None and one.id == president.id and not one.fonction:
                presides = "présidente" if one.civilite == "Mme" else "président"
                one.fonction = "maire" if self.has_a_maire else presides
        return list(self.proposal().files)

    @property
    def assembly_name(self) -> str:
        known = _ASSEMBLIES.get(_text(self.own.fields, "type"), "") or self.organe
        return known or ("conseil municipal" if self.of_one_commune else "conseil communautaire")

    @property
    def has_a_maire(self) -> bool:
        return self.assembly_name == "conseil municipal"

    @property
    def assembly(self) -> str:
        """The id of the assembly that the list makes."""
        return slug(self.assembly_name)

    # --- communes

    def _commune(self, name: str, population: str = "") -> str:
        """The id of a commune, which joins the registry when it is not there."""
        id = next(
            (id for id, known in self.place_ids.items() if same_place(known, name) or same_place(id, name)),
            "",
        )
        if id or not slug(name):
            return id
        id = shortened(name)
        self.place_ids[id] = name
        entry: dict[str, Value] = {"nom": name}
        self.communes.append(id, entry | ({"population": population} if population else {}))
        return id

    # --- élus

    def _person(self, one: Person) -> str:
        """The id of a person, whose entry is written or changed."""
        record = self._record(one)
        id = self._known_id(one, record.get("commune", ""))
        if not id:
            id = self._new_id(one, record.get("commune", ""))
            self.elus.append(id, record)
            self.new.append(id)
            return id
        self._change(id, one, record)
        return id

    def _record(self, one: Person) -> dict[str, Value]:
        commune = "" if self.of_one_commune or not one.commune else self._commune(one.commune)
        fonction, mayor = self._functions(one)
        record: dict[str, Value] = {
            "civilite": one.civilite or "[à compléter : M. ou Mme]",
            "prenom": prenom_of(one.prenom),
            "nom": one.nom,
            "commune": commune,
            "fonction": fonction,
            "delegation": one.delegation,
            "groupe": one.groupe,
            "courriel": one.courriel,
            "maire_de": commune if mayor else "",
        }
        return {name: value for name, value in record.items() if value}

    def _functions(self, one: Person) -> tuple[str, bool]:
        """The function held in the house, and whether the person is maire of another commune: in a list of a
        communauté, « adjointe » is one of her commune."""
        parts = [part for part in _BETWEEN.split(one.fonction) if part.strip()]
        kept, mayor = [], one.maire and not self.of_one_commune
        for part in map(worded, parts):
            words = slug(part)
            if self.of_one_commune or not one.commune or not _MUNICIPAL.match(words):
                kept.append(part)
            elif words.startswith("maire") and "adjoint" not in words:
                mayor = True
            elif "adjoint" in words and one.commune:
                rest = re.sub(r"\s+au\s+maire\b.*", "", part)
                kept.append(f"{rest} au maire {de(self.place_ids[self._commune(one.commune)])}")
        if one.maire and self.of_one_commune and not kept:
            kept = ["maire"]
        whole = kept == list(map(worded, parts)) and not _COMMA.fullmatch(one.fonction)
        return worded(one.fonction) if whole else ", ".join(kept), mayor

    def _known_id(self, one: Person, commune: Value) -> str:
        mine = self.by_name.get(one.id, [])
        if not mine:  # a name that says less, or in the other order
            mine = self.by_name.get(slug(f"{one.prenom} {one.nom}"), []) if one.prenom else []
            short = one.named if rank_of(one.named) < WHOLE else None
            mine = mine or [id for id in self.known if short and may_be(short, self._name_of(id))]
            mine = mine if len(mine) == 1 else []
        here = [id for id in mine if _text(self.known[id], "commune") in ("", commune)]
        alone = self.named[one.id] == 1
        return here[0] if len(here) == 1 else mine[0] if len(mine) == 1 and alone else ""

    def _new_id(self, one: Person, commune: Value) -> str:
        short = rank_of(one.named) < WHOLE
        alone = sum(slug(other.nom) == slug(one.nom) for other in self.persons) == 1
        id = slug(one.nom) if short and alone else one.id
        if id in self.taken and commune:
            id = f"{id}-{commune}"
        count = 2
        while id in self.taken:
            id, count = f"{one.id}-{count}", count + 1
        self.taken.add(id)
        self._doubt(id, one)
        return id

    def _is_of_a_commune(self, fonction: str) -> bool:
        return not self.of_one_commune and bool(_MUNICIPAL.match(slug(fonction)))

    def _name_of(self, id: str) -> Nomme:
        record = self.known[id]
        return Nomme(_text(record, "civilite"), _text(record, "prenom"), _text(record, "nom"))

    def _doubt(self, id: str, one: Person) -> None:
        """Tells that someone new may be someone known: same prénom, and a nom in common."""
        words = set(slug(one.nom).split("-"))
        for other in map(self._name_of, self.known):
            if slug(other.prenom) == slug(one.prenom) and words & set(slug(other.nom).split("-")):
                self.roster.notes.append(
                    f"{one.said} est peut-être {other.prenom} {other.nom}, déjà dans elus.yaml : si oui, "
                    f"retirez {id}"
                )

    def _change(self, id: str, one: Person, record: dict[str, Value]) -> None:
        """What the list says otherwise of a known person. A cell left empty takes away the function and the
        delegation, which the list has a column for."""
        node = self.elus.fields[id][1]
        for name in PEOPLE:
            if name in ("prenom", "nom"):
                continue
            old, new = _text(self.known[id], name), str(record.get(name, ""))
            if name == "fonction" and old and self._is_of_a_commune(new) and not self._is_of_a_commune(old):
                self.roster.notes.append(f"{one.said} : « {new} »")
                continue  # hers in the house stays
            if new and not A_COMPLETER.search(new) and slug(new) != slug(old):
                self.changes.append(
                    f"{one.prenom} {one.nom} : {name} {f'« {old} » → ' if old else ''}« {new} »"
                )
                self.elus.put(node, name, new, after=PEOPLE[: PEOPLE.index(name)])
            elif old and not new and name in ("fonction", "delegation") and name in self.roster.columns:
                self.changes.append(f"{one.prenom} {one.nom} : {name} « {old} » n’est plus dans la liste")
                self.elus.edit.remove(node, name)
                self.elus.touched = True

    # --- who presides

    @property
    def president(self) -> str:
        """The id of who presides, as the list or else the collectivité says; "" when neither does."""
        wanted = r"maire\b(?!.*adjoint)" if self.has_a_maire else r"presidente?\b"
        found = [
            id for at, id in self.ids.items() if re.match(wanted, slug(self._functions(self.persons[at])[0]))
        ]
        if len(found) == 1:
            return found[0]
        executif = _text(self.own.fields, "executif")
        return "" if executif == self.blank else executif

    def _replace_placeholder(self) -> None:
        """The first élu of a new workspace gives way to those of the list."""
        president = self.president
        executif = _text(self.own.fields, "executif")
        if self.blank and self.own.before is not None:
            self.own.put(
                self.own.edit.root, "executif", president or "[à compléter : son identifiant dans elus.yaml]"
            )
            self.elus.gone.append(self.blank)
            self.elus.touched = True
        elif president and executif and president != executif:
            self.changes.append(f"collectivite.yaml : executif « {executif} » → « {president} »")
            self.own.put(self.own.edit.root, "executif", president)

    # --- what is told

    def _said(self, bodies: Bodies) -> Iterator[str]:
        known = len(self.ids) - len(self.new)
        added = _counted(len(self.new), "élu ajouté", "élus ajoutés")
        yield f"{added}, {_counted(known, 'déjà connu', 'déjà connus')}."
        yield from bodies.said
        if former := [one for one in self.roster.persons if one.former]:
            count = _counted(len(former), "ancien élu laissé", "anciens élus laissés")
            yield f"{count} : {_some(one.said for one in former)}."
        if self.roster.left:
            count = _counted(len(self.roster.left), "ligne laissée", "lignes laissées")
            yield f"{count} : {_some(self.roster.left)}."
        if self.roster.notes:
            yield f"À relire : {_some(dict.fromkeys(self.roster.notes))}."
        if self.roster.unread:
            yield f"Colonnes qui ne sont pas reprises : {_some(dict.fromkeys(self.roster.unread))}."
        lacking = [one.said for one in self.persons if not one.civilite]
        if lacking:
            yield f"Civilité à compléter : {_some(lacking)}."
        if self.roster.capitals:
            yield "Des noms étaient en capitales sans accents : relisez-les dans elus.yaml et communes.yaml."


_BETWEEN = re.compile(r"(?:(?<!\s)\s+)?(?:[,;/+&]|(?<=\s)[–-]\s|\bet\b)\s*")
_COMMA = re.compile(r"[^,]+(?:,[^,]+)+")
_OF_SEVERAL = re.compile(r"president|communautaire")
_MUNICIPAL = re.compile(
    r"maires?\b|(?:(?<!\d)\d+(?:er|ere|re|e|eme)-)?adjointe?s?\b|conseill\w+-municipa|mairesse|premiere?-adjoint"
)
_ASSEMBLIES = {
    "commune": "conseil municipal",
    "ccas": "conseil d’administration",
    "cias": "conseil d’administration",
    "syndicat": "comité syndical",
    "metropole": "conseil métropolitain",
}


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count < 2 else many}"


def _some(said: Iterable[str]) -> str:
    """The first of them, the others counted."""
    texts = list(said)
    more = f" et {len(texts) - MOST_TOLD} autres" if len(texts) > MOST_TOLD else ""
    return ", ".join(texts[:MOST_TOLD]) + more


def _opening(registry: str) -> str:
    return f"# yaml-language-server: $schema=.schemas/{registry}.json\n{HEADS[registry]}\n"


READERS = (Reader(GENRE, "une liste d’élus", recognise, propose),)
