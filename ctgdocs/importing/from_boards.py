"""The workbooks of the élus and of a budget: written from content, and brought back into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from ctgdocs.content.edit import Edit, Fields, Value, fields, items
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.importing.boards import (
    Board,
    Changed,
    Heading,
    Page,
    Returned,
    id_in,
    labelled,
    made_by,
    returned,
)
from ctgdocs.importing.document import Document
from ctgdocs.importing.reader import Proposal, Proposed, Reader, Wish
from ctgdocs.vocabulary.appellations import Nomme
from ctgdocs.vocabulary.registres import COMMUNES, DELIBERATIONS, DOSSIERS, ELUS

if TYPE_CHECKING:
    from ctgdocs.content.library import Library

Node = Any
ELUS_PAGE, COMMUNES_PAGE = "Élus", "Communes"
SPARE = 30
GENERAL_HELP = (
    "Ce classeur vient de ctgdocs : remplissez-le, enregistrez-le, puis : ctgdocs importer CE-FICHIER.",
    "Seul ce que vous changez est repris ; ce qui change est montré avant d’être écrit.",
    "Titres et colonnes fixes sont protégés, sans mot de passe ; les listes proposent ce qui est connu.",
)


# --- The élus and their communes


ELU = (
    Heading("id", "Identifiant", 24, locked=True),
    Heading("civilite", "Civilité", 10, "civilites"),
    Heading("prenom", "Prénom"),
    Heading("nom", "Nom", 22),
    Heading("commune", "Commune", 28, "communes"),
    Heading("fonction", "Fonction", 28),
    Heading("delegation", "Délégation", 40),
    Heading("groupe", "Groupe", 20),
    Heading("courriel", "Courriel", 30),
    Heading("maire_de", "Maire de", 28, "communes"),
)
COMMUNE = (
    Heading("id", "Identifiant", 24, locked=True),
    Heading("nom", "Nom", 30),
    Heading("population", "Population", 12),
)
CHOSEN = ("commune", "maire_de")


def elus_board(library: Library, target: str = "") -> Board:
    """The registry of élus, and that of communes. `target` is not used: there is one of each."""
    communes = {id: _plain(record, "nom") for id, record in _records(library, COMMUNES.path).items()}
    people = _records(library, ELUS.path)
    if not people:
        raise UsageError(
            "content/elus.yaml ne contient aucun élu : commencez par ctgdocs nouveau elu, ou importer."
        )
    rows = []
    for id, record in people.items():
        texts = [id, *(_plain(record, one.field) for one in ELU[1:])]
        named = [
            labelled(text, communes.get(text, "")) if one.field in CHOSEN and text else text
            for one, text in zip(ELU, texts, strict=True)
        ]
        rows.append((id, tuple(named)))
    places = tuple(
        (id, (id, *(_plain(record, one.field) for one in COMMUNE[1:])))
        for id, record in _records(library, COMMUNES.path).items()
    )
    lists = {
        "civilites": ("M.", "Mme"),
        "communes": tuple(labelled(id, name) for id, name in communes.items()),
    }
    help = (
        *GENERAL_HELP,
        "Un nouvel élu, une nouvelle commune : sur une ligne vide, sans identifiant ; il est fait pour vous.",
        "Un élu qui part reste ici : ctgdocs mandat clore lui donne son dernier jour.",
    )
    pages = (Page(ELUS_PAGE, ELU, tuple(rows), SPARE), Page(COMMUNES_PAGE, COMMUNE, places, SPARE))
    return Board("elus", "", pages, lists, help)


def propose_elus(document: Document, library: Library, wish: Wish) -> Proposal:
    back = returned(document)
    communes, elus = (
        Completed(library, COMMUNES.path, COMMUNES.name),
        Completed(library, ELUS.path, ELUS.name),
    )
    changes = []
    for one in back.changed:
        file = elus if one.page == ELUS_PAGE else communes
        if file.change(one.key, one.field, id_in(one.now) if one.field in CHOSEN else one.now):
            changes.append(f"{one.key} : {one.field} « {one.was} » → « {one.now} »")
        else:
            changes.append(f"{one.key} n’est plus dans {file.path} : laissé")
    for page, row in back.added:
        record = {name: id_in(text) if name in CHOSEN else text for name, text in row.items() if name != "id"}
        if page == ELUS_PAGE:
            if not (record.get("nom") and record.get("prenom")):
                raise CtgdocsError(f"« {' '.join(record.values())} » : il faut un nom et un prénom")
            id = elus.add(
                Nomme("", record["prenom"], record["nom"]).id,
                {name: record[name] for name in (one.field for one in ELU) if name in record},
            )
        else:
            if not record.get("nom"):
                raise CtgdocsError("une commune ajoutée n’a pas de nom")
            id = communes.add(_slug(record["nom"]), dict(record))
        changes.append(f"{id} : {'nouvel élu' if page == ELUS_PAGE else 'nouvelle commune'}")
    said = [f"{key} n’est plus dans le classeur : il est laissé dans l’espace." for _, key in back.gone]
    files = [one for file in (elus, communes) for one in file.proposed()]
    return Proposal("elus", tuple(files), (), tuple(said), tuple(changes), "ctgdocs verifier")


def _slug(text: str) -> str:
    from ctgdocs.french import slug

    return slug(text)


def _records(library: Library, path: str) -> dict[str, Fields]:
    """The records of a registry's file, by id; none without a file."""
    with suppress(FileNotFoundError):
        edit = Edit(read_file(library.project.content / path).decode("utf-8"))
        return {id: fields(node) for id, (_, node) in fields(edit.root).items()}
    return {}


def _plain(record: Fields, name: str) -> str:
    node = record[name][1] if name in record else None
    return str(node.value) if node is not None and isinstance(node.value, str) else ""


class Completed:
    """A file of records, whose fields change one by one and to which records are added."""

    def __init__(self, library: Library, path: str, registry: str) -> None:
        self.path = path
        self.before: str | None = None
        with suppress(FileNotFoundError):
            self.before = read_file(library.project.content / path).decode("utf-8")
        self.edit = Edit(self.before or f"# yaml-language-server: $schema=.schemas/{registry}.json\n")
        self.touched = False

    def change(self, key: str, name: str, text: str) -> bool:
        """False when the record is not there any more."""
        known = fields(self.edit.root)
        if key not in known:
            return False
        change_field(self.edit, known[key][1], name, text)
        self.touched = True
        return True

    def add(self, id: str, record: Mapping[str, Value]) -> str:
        known, name, rank = fields(self.edit.root), id, 2
        while name in known:
            name, rank = f"{id}-{rank}", rank + 1
        self.edit.append(name, dict(record))
        self.touched = True
        return name

    def proposed(self) -> Iterator[Proposed]:
        if not self.touched:
            return
        text = self.edit.text()
        yield (
            Proposed(self.path, text)
            if self.before is None
            else Proposed(self.path, text, "merged", self.before)
        )


def change_field(edit: Edit, record: Node, name: str, text: str) -> None:
    """A field of a record: written, or taken away when nothing is left of it."""
    there = fields(record)
    if text:
        edit.put_text(record, name, text, after=tuple(there))
    elif name in there:
        edit.remove(record, name)


# --- The lines of a budget


LINE = (Heading("libelle", "Libellé", 50), Heading("montant", "Montant (€)", 16))
SIDES = {"depenses": "Dépenses", "recettes": "Recettes"}


def budget_board(library: Library, target: str) -> Board:
    """The spendings and the receipts of a dossier or a délibération: its finances, and its financing plans.
    UsageError when it has none."""
    path, edit = content_named(library, target, (DOSSIERS.name, DELIBERATIONS.name))
    pages = []
    for prefix, record in _financings(edit.root):
        for side, label in SIDES.items():
            node = fields(record)[side][1] if side in fields(record) else None
            rows = []
            for at, item in enumerate(items(node)):
                line = fields(item)
                rows.append((f"{prefix}/{side}/{at}", (_plain(line, "libelle"), _plain(line, "montant"))))
            if node is not None:
                name = label if prefix == "finances" else f"{label} {prefix.rpartition('/')[2]}"
                pages.append(Page(name[:31], LINE, tuple(rows), 10))
    if not pages:
        raise UsageError(f"{path} n’a ni finances ni tableau de dépenses et de recettes.")
    help = (
        *GENERAL_HELP,
        "Une ligne vidée est retirée ; une ligne ajoutée va à la fin. Les totaux sont calculés ensuite.",
    )
    return Board("budget", path, tuple(pages), {}, help)


def _financings(root: Node) -> Iterator[tuple[str, Node]]:
    """The records that have spendings and receipts, with their path."""
    there = fields(root)
    if "finances" in there:
        yield "finances", there["finances"][1]
    if "tableaux" in there:
        for name, (_, table) in fields(there["tableaux"][1]).items():
            if SIDES.keys() & fields(table).keys():
                yield f"tableaux/{name}", table


def propose_budget(document: Document, library: Library, wish: Wish) -> Proposal:
    back = returned(document)
    path, edit = content_named(library, back.target, (DOSSIERS.name, DELIBERATIONS.name))
    before = edit.source if not edit.bom else edit.bom + edit.source
    changes = list(changed_items(edit, back, "libelle"))
    edit = Edit(edit.text())
    sides = {page: key.rpartition("/")[0] for page, key in back.kept}
    for page, row in back.added:
        if page not in sides:
            raise CtgdocsError(f"la feuille « {page} » était vide : ajoutez sa première ligne dans {path}")
        sequence = at_path(edit.root, sides[page])
        value: Value = {name: row[name] for name in ("libelle", "montant") if name in row}
        edit.insert(sequence, value)
        changes.append(f"{page} : « {row.get('libelle', '')} » ajoutée")
    files = (Proposed(path, edit.text(), "merged", before),) if changes else ()
    return Proposal("budget", files, (), (), tuple(changes), "ctgdocs verifier")


# --- Shared by the workbooks of one content file


def content_named(library: Library, typed: str, registries: Sequence[str]) -> tuple[str, Edit]:
    """The file of a content (its path below content/), ready to be edited. UsageError when there is none, or
    when it cannot be read."""
    from ctgdocs.stages import Registry
    from ctgdocs.vocabulary.as_typed import did_you_mean

    id = typed.replace("\\", "/").rpartition("/")[2].removesuffix(".yaml")
    for name in registries:
        ids = library.ids(Registry(name))
        if id in ids:
            path = library.path_of(f"{name}/{id}")
            if library.is_unreadable(path):
                raise UsageError(f"{path} ne peut pas être lu : corrigez-le d’abord.")
            text = read_file(library.project.root / path).decode("utf-8")
            return path.removeprefix("content/"), Edit(text)
    known = [id for name in registries for id in library.ids(Registry(name))]
    raise UsageError(f"« {id} » n’est pas dans cet espace{did_you_mean(id, known) or '.'}")


def at_path(root: Node, path: str) -> Node:
    """The node at « finances/depenses/0 »; None when there is none any more."""
    node = root
    for step in path.split("/"):
        if step.isdigit():
            below = items(node)
            node = below[int(step)] if int(step) < len(below) else None
        else:
            node = fields(node)[step][1] if step in fields(node) else None
        if node is None:
            return None
    return node


def changed_items(
    edit: Edit, back: Returned, anchor: str, written: Mapping[str, Callable[[str], Value]] | None = None
) -> Iterator[str]:
    """Makes the changes of the items of lists, and says them; an item is where its `anchor` still is.
    `written`: the fields that are lists themselves → the item that a line of their cell is."""
    by_row: dict[tuple[str, str], list[Changed]] = {}
    for one in back.changed:
        by_row.setdefault((one.page, one.key), []).append(one)
    for (page, key), cells in by_row.items():
        node = _anchored(edit.root, key, anchor, back.kept[page, key][anchor])
        if node is None:
            yield f"« {back.kept[page, key][anchor]} » n’est plus à sa place : laissé"
            continue
        for one in cells:
            if written and one.field in written:
                change_list(edit, node, one.field, one.now, written[one.field])
            else:
                change_field(edit, node, one.field, one.now)
            said = f"« {_short(one.was)} » → « {_short(one.now)} »"
            yield f"« {back.kept[page, key][anchor]} » : {one.field} {said}"
    for page, key in back.gone:
        node = _anchored(edit.root, key, anchor, back.kept[page, key][anchor])
        sequence = at_path(edit.root, key.rpartition("/")[0])
        if node is not None and len(items(sequence)) > 1:
            edit.remove_item(sequence, items(sequence).index(node))
            yield f"« {back.kept[page, key][anchor]} » retirée"


def change_list(edit: Edit, record: Node, name: str, typed: str, item_of: Callable[[str], Value]) -> None:
    """A list whose items are the lines of a cell: those that say the same stay to the byte."""
    there = fields(record)
    node = there[name][1] if name in there else None
    new = [item_of(line.strip()) for line in typed.split("\n") if line.strip()]
    old = items(node)
    if not old or not new:
        if new:
            edit.put(record, name, new, after=tuple(there))
        elif node is not None:
            edit.remove(record, name)
        return
    said = [repr(_value(one)) for one in old]
    for tag, i, j, k, m in SequenceMatcher(
        None, said, [repr(one) for one in new], autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        for one, value in zip(old[i:j], new[k:m], strict=False):
            edit.replace(one, value)
        for at in range(i + (m - k), j):
            edit.remove_item(node, at)
        for value in new[k + (j - i) : m]:
            edit.insert(node, value, after=old[j - 1] if j else None, before=None if j else old[0])


def _value(item: Node) -> Value:
    if isinstance(item.value, str):
        return " ".join(item.value.split())
    return {name: " ".join(str(node.value).split()) for name, (_, node) in fields(item).items()}


def _anchored(root: Node, key: str, anchor: str, said: str) -> Node:
    """The item of a key: the one there when it is still called so, else the only one of its list that is."""
    node = at_path(root, key)
    if node is not None and _plain(fields(node), anchor).strip() == said:
        return node
    same = [
        one
        for one in items(at_path(root, key.rpartition("/")[0]))
        if _plain(fields(one), anchor).strip() == said
    ]
    return same[0] if len(same) == 1 else None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) < 60 else f"{line[:59]}…"


def is_board(genre: str) -> Callable[[Document], float]:
    """The function that recognises the workbooks of one genre."""
    return lambda document: 1.0 if made_by(document)[0] == genre else 0.0


READERS = (
    Reader("classeur-elus", "le classeur des élus", is_board("elus"), propose_elus),
    Reader("classeur-budget", "le classeur d’un budget", is_board("budget"), propose_budget),
)
