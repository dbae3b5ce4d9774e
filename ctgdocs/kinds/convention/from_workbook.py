"""A plan d'actions kept in a workbook → the convention that waits for it, else one to complete."""

from __future__ import annotations

import re

from ctgdocs.content.edit import Edit, Node, Scalar, fields, items, written
from ctgdocs.content.library import Library
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError
from ctgdocs.importing import Document, Proposal, Proposed, Reader, Wish
from ctgdocs.importing.prose import short_id
from ctgdocs.kinds.convention import KIND
from ctgdocs.kinds.convention.from_fiches import read_sheets
from ctgdocs.kinds.convention.from_plan import Plan
from ctgdocs.vocabulary.as_typed import slug

_ANY = Wish()
_HEAD = """\
# yaml-language-server: $schema=../.schemas/convention.json
# Proposition tirée de « {name} » : relisez-la avant de vous en servir.
"""


def recognise(document: Document) -> float:
    """How much a workbook looks like a plan d'actions."""
    if not document.tabular:
        return 0.0
    plan = Plan()
    if not read_sheets(plan, document.name, document.sheets):
        return 0.0
    filled = [action for _, actions in plan.axes for action in actions if isinstance(action, dict)]
    told = {key for action in filled for key in action} & {
        "pilote",
        "partenaires",
        "calendrier",
        "indicateurs",
        "objectifs",
        "axe",
        "avancement",
        "description",
        "public",
        "numero",
    }
    return min(0.95, 0.3 + 0.2 * len(told) + (0.1 if plan.count > 1 else 0.0))


def propose(document: Document, library: Library, wish: Wish = _ANY) -> Proposal:
    """The actions of a workbook, in the convention that waits for them (`--dans`), else in one to
    complete."""
    plan = Plan()
    if not read_sheets(plan, document.name, document.sheets):
        raise CtgdocsError("aucune feuille n’a de colonne « Action » : donnez-lui ce titre")
    axes: dict[str, Node] = {"axes": plan.node()}
    said = (f"Plan d’actions : {plan.count} actions, {len(plan.axes)} axes.",)
    if wish.into:
        return _into(library, wish.into, axes, said)
    blank = "[à compléter : {}]"
    record: dict[str, Node] = {
        "type": Scalar("ctg"),
        "titre": Scalar("Convention territoriale globale"),
        "statut": Scalar("projet"),
        "parties": [{"collectivite": Scalar("oui")}, {"nom": Scalar(blank.format("partenaire"))}],
        "articles": [{"titre": Scalar("Objet"), "texte": Scalar(blank.format("articles de la convention"))}],
        "annexes": [
            {"id": Scalar("plan"), "titre": Scalar("Plan d’actions"), "contenu": Scalar("plan-d-actions")}
        ],
        "plan": axes,
    }
    id = wish.id or short_id(re.sub(r"\.\w+$", "", document.name), otherwise="plan")
    head = _HEAD.format(name=" ".join(document.name.split()))
    file = Proposed(f"{KIND.shelf}/{id}.yaml", head + written(record))
    return Proposal(id, (file,), said=(*said, "Pour le mettre dans une convention qui existe : --dans NOM."))


def _into(library: Library, id: str, axes: dict[str, Node], said: tuple[str, ...]) -> Proposal:
    path = f"{KIND.shelf}/{id}.yaml"
    try:
        before = read_file(library.project.content / path).decode("utf-8")
    except OSError:
        raise CtgdocsError(f"la convention « {id} » n’existe pas dans cet espace") from None
    if re.search(r"^plan:", before, re.MULTILINE):
        raise CtgdocsError(
            f"la convention « {id} » a déjà un plan d’actions : retirez-le d’abord de son fichier"
        )
    shown = _with_its_annexe(before)
    text = f"{shown.rstrip()}\n{written({'plan': axes})}"
    return Proposal(id, (Proposed(path, text, "merged", before),), said=said)


def _with_its_annexe(text: str) -> str:
    """A convention with the annexe that shows its plan: the one of that title, else one more."""
    edit = Edit(text)
    known = fields(edit.root)
    annexes = known["annexes"][1] if "annexes" in known else None
    shown = [fields(one) for one in items(annexes)]
    if any("contenu" in one and edit.raw(one["contenu"][1]) == "plan-d-actions" for one in shown):
        return text
    titled = [
        one
        for one in items(annexes)
        if re.search(r"plan-d-actions?", slug(edit.raw(fields(one)["titre"][1])))
    ]
    if titled:
        edit.put(titled[0], "contenu", "plan-d-actions", after=("id", "titre"))
        return edit.text()
    annexe: dict[str, Node] = {"titre": Scalar("Plan d’actions"), "contenu": Scalar("plan-d-actions")}
    if annexes is None:
        return f"{text.rstrip()}\n{written({'annexes': [annexe]})}"
    edit.insert(annexes, {"titre": "Plan d’actions", "contenu": "plan-d-actions"})
    return edit.text()


READERS = (Reader("plan", "un plan d’actions", recognise, propose),)
