"""The workbooks of the élus and of a budget: written from content, and brought back into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ctgdocs.content.edit import Edit, Fields, Yaml, fields, items
from ctgdocs.content.library import Library
from ctgdocs.content.spelling import Value
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.importing.boards import (
    Board,
    Heading,
    Page,
    id_in,
    labelled,
    made_by,
    returned,
)
from ctgdocs.importing.completing import Completed, at_path, changed_items, content_named, typed_in
from ctgdocs.importing.document import Document
from ctgdocs.importing.reader import Proposal, Proposed, Reader, Wish
from ctgdocs.vocabulary.appellations import Nomme
from ctgdocs.vocabulary.registres import COMMUNES, DELIBERATIONS, DOSSIERS, ELUS

ELUS_PAGE, COMMUNES_PAGE = "Élus", "Communes"
SPARE = 30
_OPENING = "# yaml-language-server: $schema=.schemas/{}.json\n"
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
    communes = {id: typed_in(record, "nom") for id, record in _records(library, COMMUNES.path).items()}
    people = _records(library, ELUS.path)
    if not people:
        raise UsageError(
            "content/elus.yaml ne contient aucun élu : commencez par ctgdocs nouveau elu, ou importer."
        )
    rows = []
    for id, record in people.items():
        texts = [id, *(typed_in(record, one.field) for one in ELU[1:])]
        named = [
            labelled(text, communes.get(text, "")) if one.field in CHOSEN and text else text
            for one, text in zip(ELU, texts, strict=True)
        ]
        rows.append((id, tuple(named)))
    places = tuple(
        (id, (id, *(typed_in(record, one.field) for one in COMMUNE[1:])))
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
        Completed(library, COMMUNES.path, _OPENING.format(COMMUNES.name)),
        Completed(library, ELUS.path, _OPENING.format(ELUS.name)),
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
    """The records of a registry's file, by id; none without a file. CtgdocsError when it cannot be read."""
    edit = Completed(library, path).edit
    return {id: fields(node) for id, (_, node) in fields(edit.root).items()}


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
                rows.append((f"{prefix}/{side}/{at}", (typed_in(line, "libelle"), typed_in(line, "montant"))))
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


def _financings(root: Yaml) -> Iterator[tuple[str, Yaml]]:
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


def is_board(genre: str) -> Callable[[Document], float]:
    """The function that recognises the workbooks of one genre."""
    return lambda document: 1.0 if made_by(document)[0] == genre else 0.0


READERS = (
    Reader("classeur-elus", "le classeur des élus", is_board("elus"), propose_elus),
    Reader("classeur-budget", "le classeur d’un budget", is_board("budget"), propose_budget),
)
