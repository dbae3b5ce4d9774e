"""A new act, or a new entry of a registry: what the house knows is written, the rest left in brackets."""

from __future__ import annotations

import re
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.content.beginning import (
    BEGUN,
    added,
    begun,
    known_of_the_house,
    named,
    next_number,
    page_of,
    wrong,
)
from ctgdocs.content.library import Library
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.french import slug
from ctgdocs.kinds import KINDS
from ctgdocs.memory.records import is_private
from ctgdocs.memory.writing import Output, write_all
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import REGISTRIES, path_of
from ctgdocs.page.render import Screen, back, opened, page
from ctgdocs.stages import Registry


class Begins(NamedTuple):
    """What may be begun: its word, its label, whether it is numbered, what its name is (« nom »…)."""

    word: str
    label: str
    registry: str
    numbered: bool
    feminine: bool


def choices() -> list[Begins]:
    kinds = [
        Begins(kind.name, kind.label, kind.registry.name, numbered=True, feminine=kind.registry.feminine)
        for kind in KINDS
    ]
    others = [
        Begins(slug(one.label), one.label, one.name, numbered=False, feminine=one.feminine) for one in BEGUN
    ]
    return [*kinds, *others]


def asked(request: Request) -> Response:
    """What is to be written, and its name."""
    wanted = request.query_params.get("genre", "")
    offered = choices()
    chosen = next((one for one in offered if one.word == wanted), None)
    proposed = request.query_params.get("numero", "")
    if not proposed and chosen is not None and _counts(chosen):
        proposed = next_number(opened(request).project.content / REGISTRIES[chosen.registry].path)
    return page(request, "nouveau", choix=offered, choisi=chosen, propose=proposed)


def _counts(one: Begins) -> bool:
    return one.numbered and one.word in ("deliberation", "arrete")


def written(request: Request) -> Response:
    """Writes it, then shows its form."""
    form, workspace = request.state.form, opened(request)
    one = next((each for each in choices() if each.word == form.get("genre")), None)
    if one is None:
        raise UsageError("Choisissez ce que vous voulez écrire.")
    name, subject = (" ".join(str(form.get(field, "")).split()) for field in ("nom", "objet"))
    with workspace.held() as library:
        registry: Registry[object] = REGISTRIES[one.registry]
        id, typed = _named(library, one, registry, name)
        if subject and (field := _subject(registry)):
            if reason := wrong(library, registry.type(), field, subject):  # type: ignore[arg-type]
                raise UsageError(f"« {subject[:80]} » : {reason}.")
            typed[field] = subject
        if library.exists(registry, id):
            raise UsageError(f"« {id} » existe déjà : rien n’a été touché. Donnez un autre nom.")
        write_entry(workspace, library, registry, id, _begun(workspace, library, one, id, typed))
    return back(request, path_of(registry.name, id), "C’est écrit : complétez ce qui manque.")


def _named(
    library: Library, one: Begins, registry: Registry[object], name: str
) -> tuple[str, dict[str, str]]:
    """The id, and the fields that the name gives."""
    if not one.numbered:
        id, typed = named(registry, name)  # type: ignore[arg-type]
        if not id:
            raise UsageError(f"Donnez un nom : {'celui de la' if one.feminine else 'celui du'} {one.label}.")
        return id, typed
    id = name or (next_number(library.project.content / registry.path) if _counts(one) else "")
    id = id if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", id) else slug(id)[:80].strip("-")
    if not id:
        raise UsageError("Donnez un nom : quelques mots qui la feront retrouver.")
    return id, {}


def _subject(registry: Registry[object]) -> str:
    """The field that says what an act is about."""
    fields = registry.type().model_fields  # type: ignore[attr-defined]
    return next((name for name in ("objet", "titre", "intitule") if name in fields), "")


def _begun(workspace: Opened, library: Library, one: Begins, id: str, typed: dict[str, str]) -> str:
    kind = next((each for each in KINDS if each.name == one.word), None)
    opening = kind.beginning() if kind is not None else page_of(REGISTRIES[one.registry])  # type: ignore[arg-type]
    known = known_of_the_house(library, " ".join((id, *typed.values())), workspace.today())
    return begun(opening, known, typed)


def write_entry(workspace: Opened, library: Library, registry: Registry[object], id: str, text: str) -> None:
    """Writes an entry that is not there yet: its own file, or the end of its registry's."""
    root = workspace.project.root
    if registry.folder:
        name = f"content/{registry.path}{id}.yaml"
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        output = Output(str(root / name), text.encode(), new=True, private=is_private((name,)))
    else:
        path = root / "content" / registry.path
        before = read_file(path) if path.exists() else None
        if library.is_unreadable(f"content/{registry.path}"):
            raise CtgdocsError(
                f"« {registry.path} » porte une erreur : corrigez-la d’abord. Rien n’a été écrit."
            )
        whole = added(registry, None if before is None else before.decode("utf-8"), id, text)  # type: ignore[arg-type]
        output = Output(str(path), whole.encode(), lambda there: there == before)
    (result,) = write_all([output])
    if isinstance(result, Exception):
        raise result


ROUTES = [Route("/nouveau", asked), Route("/nouveau", written, methods=["POST"])]
MENU: list[Screen] = []
