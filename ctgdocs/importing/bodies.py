"""The bodies that a list of élus fills: the assembly, and the commissions ticked in it.

A body that is there takes in who is new to it; nobody leaves one here, since past acts were voted by them:
`ctgdocs mandat clore` gives a member a last day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from ctgdocs.content.beginning import shortened
from ctgdocs.content.edit import Edit, Fields, Yaml, fields, items
from ctgdocs.content.library import Library
from ctgdocs.content.spelling import Value, scalar
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError
from ctgdocs.french import slug
from ctgdocs.importing.reader import Proposed
from ctgdocs.importing.roster_people import Person
from ctgdocs.vocabulary.as_typed import A_COMPLETER, day_of
from ctgdocs.vocabulary.registres import INSTANCES

_COMPLETE = 0.5
"""The share of an assembly that a list names when it is a list of the whole of it."""
_PRESIDES = frozenset(("p", "president", "presidente"))
_REPLACES = frozenset(("vp", "v", "v-p", "vice-president", "vice-presidente"))
_RANKS = {
    "premiere?": 1, "deuxieme": 2, "seconde?": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5,
    "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10,
}  # fmt: skip
_SUPPLEANT = frozenset(("s", "suppleant", "suppleante"))


class Bodies:
    """What the list makes of the instances: files, what is told, what is asked first."""

    def __init__(
        self,
        library: Library,
        persons: Sequence[Person],
        ids: Mapping[int, str],
        president: str,
        *,
        adjoints: bool = True,
    ) -> None:
        self.library, self.persons, self.ids, self.president = library, persons, ids, president
        self.adjoints = adjoints
        self.changes: list[str] = []
        self.said: list[str] = []
        self.gone: list[str] = []
        self.texts = {id: text for id in library.ids(INSTANCES) if (text := self._read(id))}

    def _read(self, id: str) -> str:
        path = self.library.path_of(f"{INSTANCES.name}/{id}")
        if self.library.is_unreadable(path):
            raise CtgdocsError(f"{path} ne peut pas être lu : corrigez-le d’abord")
        return read_file(self.library.project.root / path).decode("utf-8")

    # --- the assembly

    def assembly(self, name: str) -> Iterator[Proposed]:
        """The assembly with the titulaires of the list, and their suppléants."""
        members = [self.ids[at] for at, one in enumerate(self.persons) if not one.suppleant]
        mine = [id for id, text in self.texts.items() if _plain(Edit(text), "type") in ("", "assemblee")]
        if len(mine) > 1:
            self.said.append(
                "Plusieurs assemblées sont dans content/instances/ : elles ne sont pas complétées."
            )
            return
        if mine:
            yield from self._completed(mine[0], members)
            return
        vice = self._in_order()
        lines = [
            "# yaml-language-server: $schema=../.schemas/instances.json",
            "# L’assemblée : ses membres dans l’ordre de la liste. Retirez qui n’y siège pas.",
            f"nom: {scalar(name)}",
            "type: assemblee",
            f"president: {scalar(self.president or '[à compléter : son identifiant dans elus.yaml]')}",
            *([f"vice_presidents: [{', '.join(vice)}]"] if vice else []),
            "membres:",
            *self._members(),
        ]
        if couples := self._couples():
            lines += [
                "suppleants:",
                *(f"  {titulaire}: {suppleant}" for titulaire, suppleant in couples.items()),
            ]
        self.said.append(f"Le {name} compte {len(members)} membres : retirez qui n’y siège pas.")
        yield Proposed(f"{INSTANCES.path}{slug(name)}.yaml", "\n".join([*lines, ""]))

    def _members(self) -> Iterator[str]:
        """The titulaires, the name of their commune above each group."""
        commune = ""
        for at, one in enumerate(self.persons):
            if one.suppleant:
                continue
            if one.commune and one.commune != commune:
                commune = one.commune
                yield f"  # {commune}"
            yield f"  - {self.ids[at]}"

    def _in_order(self) -> list[str]:
        """The vice-presidents, or the adjoints of a commune, by their rank."""
        ranked = []
        for at, one in enumerate(self.persons):
            words = slug(one.fonction)
            replaces = self.adjoints and re.match(rf"(?:\d+\w*-|(?:{'|'.join(_RANKS)})-)adjoint", words)
            replaces = replaces or re.match(r"(?:.*-)?vice-president", words)
            if self.ids[at] != self.president and replaces and not one.suppleant:
                found = re.search(r"\d+", words)
                said = next((rank for word, rank in _RANKS.items() if re.match(rf"{word}\b", words)), 99)
                ranked.append((int(found[0]) if found else said, at))
        return [self.ids[at] for _, at in sorted(ranked)]

    def _couples(self) -> dict[str, str]:
        """Titulaire → suppléant: as the list says, or the only two of a commune."""
        couples = {}
        for at, one in enumerate(self.persons):
            if not one.suppleant:
                continue
            titulaires = [
                other
                for other, it in enumerate(self.persons)
                if not it.suppleant
                and (_is_named(it, one.suppleant_de) if one.suppleant_de else _alone(self.persons, it, one))
            ]
            if len(titulaires) == 1:
                couples[self.ids[titulaires[0]]] = self.ids[at]
            else:
                self.said.append(f"{one.said} : suppléant, de qui n’est pas dit.")
        return couples

    # --- a body that is there

    def _completed(self, id: str, members: Sequence[str]) -> Iterator[Proposed]:
        text = self.texts[id]
        edit = Edit(text)
        record = fields(edit.root)
        node = record["membres"][1] if "membres" in record else None
        there = [_seat(item) for item in items(node)]
        in_office = {elu for elu, _, au in there if elu and not au}
        closed = [au for _, _, au in there if au]
        new = [one for one in members if one not in in_office]
        touched = self._take_in(edit, node, new, max(closed, default="") if not in_office else "")
        if new:
            since = f" à compter du {_next(max(closed))}" if closed and not in_office else ""
            self.changes.append(
                f"{id} : {len(new)} nouveaux membres{since} ({', '.join(new)})"
                if len(new) > 1
                else f"{id} : un nouveau membre{since} ({new[0]})"
            )
        touched |= self._heads(edit, record, id)
        touched |= self._suppleants(edit, record, id)
        missing = [one for one in in_office if one not in members and one not in self.ids.values()]
        if len(in_office & set(members)) >= len(in_office) * _COMPLETE:
            self.gone = missing
        if self.gone:
            self.said.append(
                f"Membres de {id} absents de la liste : {', '.join(self.gone)}. S’ils sont partis : "
                f"ctgdocs mandat clore --au JOUR {' '.join(self.gone)}"
            )
        if touched:
            yield Proposed(f"{INSTANCES.path}{id}.yaml", edit.text(), "merged", text)

    def _take_in(self, edit: Edit, node: Yaml, new: Sequence[str], closed: str) -> bool:
        """New members, from the day after the last mandate when it is over."""
        blank = next(
            (item for item in items(node) if isinstance(item.value, str) and A_COMPLETER.search(item.value)),
            None,
        )
        for one in new:
            value: Value = {"elu": one, "du": _next(closed)} if closed else one
            if blank is not None:
                edit.replace(blank, value)
                blank = None
            elif node is None:
                return False
            else:
                edit.insert(node, value)
        return bool(new) and node is not None

    def _heads(self, edit: Edit, record: Fields, id: str) -> bool:
        """Who presides, and who does in his place, when the list says it."""
        touched = False
        old = _plain(edit, "president")
        if self.president and self.president in self.ids.values() and self.president != old:
            if old and not A_COMPLETER.search(old):
                self.changes.append(f"{id} : président « {old} » → « {self.president} »")
            edit.put(edit.root, "president", self.president, after=("nom", "type"))
            touched = True
        vice = self._in_order()
        there = (
            [str(item.value) for item in items(record["vice_presidents"][1])]
            if "vice_presidents" in record
            else []
        )
        if vice and vice != there:
            self.changes.append(f"{id} : vice-présidents {', '.join(vice)}")
            edit.put(edit.root, "vice_presidents", list(vice), after=("nom", "type", "president"))
            touched = True
        return touched

    def _suppleants(self, edit: Edit, record: Fields, id: str) -> bool:
        couples = self._couples()
        node = record["suppleants"][1] if "suppleants" in record else None
        there = {name: str(value.value) for name, (_, value) in fields(node).items()}
        new = {titulaire: one for titulaire, one in couples.items() if there.get(titulaire) != one}
        for titulaire, one in new.items():
            if titulaire in there:
                self.changes.append(f"{id} : suppléant de {titulaire} « {there[titulaire]} » → « {one} »")
        if new and there:
            for titulaire, one in new.items():
                edit.put(node, titulaire, one)
        elif new:
            edit.put(edit.root, "suppleants", {**new})
        return bool(new)

    # --- commissions

    def commissions(self) -> Iterator[Proposed]:
        """The commissions that are ticked, one file each, or completed when they are there."""
        named: dict[str, list[int]] = {}
        for at, one in enumerate(self.persons):
            for body, role in one.bodies.items():
                if role in _SUPPLEANT:
                    self.said.append(f"{body} : {one.said} y est suppléant, de qui n’est pas dit.")
                else:
                    named.setdefault(body, []).append(at)
        for body, members in named.items():
            ids = [self.ids[at] for at in members]
            if there := self._known(body):
                yield from self._joined(there, ids)
            else:
                roles = {self.ids[at]: self.persons[at].bodies[body] for at in members}
                yield Proposed(f"{INSTANCES.path}{shortened(body)}.yaml", self._commission(body, roles))

    def _known(self, body: str) -> str:
        """The body of the house that a column names: by its name, by its id, or as its only bureau."""
        names = {id: slug(_plain(Edit(text), "nom")) for id, text in self.texts.items()}
        bureaus = [id for id, text in self.texts.items() if _plain(Edit(text), "type") == "bureau"]
        named = [id for id, name in names.items() if name == slug(body)] or [
            id for id in names if id == shortened(body)
        ]
        if not named and slug(body).startswith("bureau") and len(bureaus) == 1:
            named = bureaus
        return named[0] if named else ""

    def _joined(self, id: str, members: Sequence[str]) -> Iterator[Proposed]:
        text = self.texts[id]
        edit = Edit(text)
        node = fields(edit.root)["membres"][1] if "membres" in fields(edit.root) else None
        there = {elu for elu, _, au in map(_seat, items(node)) if not au}
        new = [one for one in members if one not in there]
        if new and self._take_in(edit, node, new, ""):
            self.changes.append(f"{id} : {', '.join(new)} y {'entrent' if len(new) > 1 else 'entre'}")
            yield Proposed(f"{INSTANCES.path}{id}.yaml", edit.text(), "merged", text)

    def _commission(self, name: str, roles: Mapping[str, str]) -> str:
        president = next((id for id, role in roles.items() if role in _PRESIDES), "")
        vice = [id for id, role in roles.items() if role in _REPLACES]
        type = (
            "bureau"
            if name.startswith("bureau")
            else "copil"
            if re.match("comité|copil", name)
            else "commission"
        )
        if not president and type != "copil":
            president = self.president  # CGCT, art. L. 2121-22 : il la préside de droit
        ids = [*([president] if president and president not in roles else []), *roles]
        return "\n".join(
            (
                "# yaml-language-server: $schema=../.schemas/instances.json",
                f"nom: {scalar(name)}",
                f"type: {type}",
                f"president: {scalar(president or '[à compléter : son identifiant dans elus.yaml]')}",
                *([f"vice_presidents: [{', '.join(vice)}]"] if vice else []),
                "membres:",
                *(f"  - {id}" for id in ids),
                "",
            )
        )


def _plain(edit: Edit, name: str) -> str:
    record = fields(edit.root)
    return str(record[name][1].value) if name in record and isinstance(record[name][1].value, str) else ""


def _seat(item: Yaml) -> tuple[str, str, str]:
    """(élu, du, au) of a member, as typed; "" for what is not."""
    if isinstance(item.value, str):
        return item.value, "", ""
    record = fields(item)
    elu, du, au = (str(record[name][1].value) if name in record else "" for name in ("elu", "du", "au"))
    return elu, day_of(du), day_of(au) or au


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day_of(day) else ""


def _is_named(one: Person, said: str) -> bool:
    words = set(slug(said).split("-")) - {"m", "mme", "mr", "mlle", "madame", "monsieur"}
    return set(slug(f"{one.nom} {one.prenom}").split("-")) <= words or set(slug(one.nom).split("-")) == words


def _alone(persons: Sequence[Person], titulaire: Person, suppleant: Person) -> bool:
    """Whether these two are the only titulaire and the only suppléant of a commune."""
    here = [one for one in persons if one.commune and slug(one.commune) == slug(suppleant.commune)]
    return len(here) == 2 and titulaire in here
