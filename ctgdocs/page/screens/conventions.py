"""Conventions: how each stands, the next one begun from the last, what is left to decide, what changes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup, escape
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.content.gestures import plain
from ctgdocs.content.library import Library
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.kinds import KINDS
from ctgdocs.kinds.convention import KIND as CONVENTION
from ctgdocs.kinds.convention.acte import Acte
from ctgdocs.line.versions import COMPARED, signed
from ctgdocs.memory.writing import NotWritten, Output, unwritten, write_all
from ctgdocs.page.changes import Change, change, read_text
from ctgdocs.page.decisions import decided, steps, undecided
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import path_of, title_of
from ctgdocs.page.render import Screen, back, opened, page, plural
from ctgdocs.renewing.deliberations import deliberations
from ctgdocs.renewing.renewal import next_id, renew, the_shift
from ctgdocs.renewing.work import years
from ctgdocs.stages import Entry
from ctgdocs.vocabulary.as_typed import IDENTIFIANT, read_date
from ctgdocs.word import Mark, marked

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MARKS = {"": ("", ""), "ins": ("\ue000", "\ue001"), "del": ("\ue002", "\ue003")}
_TAGS = {"\ue000": "<ins>", "\ue001": "</ins>", "\ue002": "<del>", "\ue003": "</del>"}


def _found(library: Library, id: str) -> Entry[Acte]:
    """A convention by its id. Raises UsageError when it is not there or in error."""
    entry = library.find(CONVENTION.registry, id)
    if entry is None:
        raise UsageError("Cette convention ne se lit pas : corrigez d’abord ce qu’Accueil dit d’elle.")
    return entry


def conventions(request: Request) -> Response:
    """Every convention, the one that ends first before the others."""
    workspace = opened(request)
    with workspace.held() as library:
        rows = []
        renewed = set()
        for id in library.ids(CONVENTION.registry):
            entry, fiche = library.find(CONVENTION.registry, id), path_of("convention", id)
            if entry is None:
                rows.append(
                    {"id": id, "titre": id, "erreur": True, "fin": None, "fiche": path_of("convention", id)}
                )
                continue
            acte = entry.value
            renewed.add(getattr(acte, "renouvelle", None))
            rows.append(
                {
                    "id": id,
                    "titre": title_of(entry, library),
                    "erreur": False,
                    "type": acte.type,
                    "statut": acte.statut,
                    "debut": acte.debut,
                    "fin": acte.fin,
                    "a_decider": undecided(steps(plain(read_text(workspace, entry.source.path)[1]))),
                    "plan": bool(acte.plan and acte.plan.axes),
                    "fiche": fiche,
                    "renouvelle": acte.renouvelle,
                }
            )
        rows.sort(key=lambda row: (str(row["fin"] or "9999"), str(row["id"])))
    return page(request, "conventions", lignes=rows, renouvelees=renewed)


# --- The next one -------------------------------------------------------------------------------------


def to_renew(request: Request) -> Response:
    """When the next convention starts and how long it lasts: proposed, to be agreed."""
    with opened(request).held() as library:
        old = _found(library, request.path_params["id"])
        shift = the_shift(old, None, None)
        return page(
            request,
            "renouveler",
            id=old.id,
            titre=title_of(old, library),
            debut=shift.new[0],
            duree=round((shift.new[1] - shift.new[0]).days / 365.25),
            nom=next_id(old.id, shift),
        )


def renewed(request: Request) -> Response:
    """Writes the next convention, then shows what is to be decided in it."""
    form = request.state.form
    workspace = opened(request)
    with workspace.held() as library:
        old = _found(library, request.path_params["id"])
        shift = the_shift(old, _day(str(form.get("debut", ""))), _years(str(form.get("duree", ""))))
        id = str(form.get("nom", "")).strip() or next_id(old.id, shift)
        if IDENTIFIANT.fullmatch(id) is None:
            raise UsageError(
                f"« {id[:60]} » n’est pas un nom : des minuscules sans accent, des chiffres, des tirets."
            )
        text = read_file(workspace.project.root / old.source.path).decode("utf-8")
        renewal = renew(old, text, library.reader(), shift, id=id)
        folder = old.source.path.rpartition("/")[0]
        files = {f"{folder}/{name}": data for name, data in renewal.beside.items()}
        _write_new(workspace, {**files, f"{folder}/{id}.yaml": renewal.text.encode()})
        request.app.state.renewals = {**getattr(request.app.state, "renewals", {}), id: renewal.done}
    return back(request, f"/conventions/{quote(id)}/decider")


def _write_new(workspace: Opened, files: dict[str, bytes]) -> None:
    """Files that are not there yet: all of them, or none when a name is taken."""
    root = workspace.project.root
    outputs, taken = unwritten([Output(str(root / name), data, new=True) for name, data in files.items()])
    if taken:
        raise UsageError(f"« {Path(taken).name} » existe déjà : rien n’a été écrit. Donnez un autre nom.")
    for result in write_all(outputs):
        if isinstance(result, NotWritten):
            raise result


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    try:
        return read_date(typed)
    except ValueError:
        raise UsageError(f"« {typed[:40]} » n’est pas une date : écrivez « 01/01/2027 ».") from None


def _years(typed: str) -> int | None:
    if not typed.strip():
        return None
    if not re.fullmatch(r"\d{1,2}", typed.strip()) or not 1 <= int(typed) <= 10:
        raise UsageError("Une convention dure de 1 à 10 ans : écrivez un nombre d’années.")
    return int(typed)


# --- What is left to decide ---------------------------------------------------------------------------


def to_decide(request: Request) -> Response:
    """One step of a convention: its brackets, each with its question."""
    workspace = opened(request)
    id = str(request.path_params["id"])
    with workspace.held() as library:
        path = library.path_of(f"convention/{id}")
        said = plain(read_text(workspace, path)[1])
        all_steps = steps(said)
        if not all_steps:
            raise UsageError("Cette convention n’a rien à décider.")
        wanted = str(request.path_params.get("etape", ""))
        waiting = next((one.name for one in all_steps if one.left), all_steps[0].name)
        name = wanted or waiting
        step = next((one for one in all_steps if one.name == name), all_steps[0])
        following = next((one for one in all_steps[all_steps.index(step) + 1 :] if one.left), None)
        entry = library.find(CONVENTION.registry, id)
        return page(
            request,
            "decider",
            id=id,
            titre=title_of(entry, library) if entry else id,
            fiche=path_of("convention", id),
            etapes=all_steps,
            etape=step,
            suivante=following,
            reste=undecided(all_steps),
            fait=getattr(request.app.state, "renewals", {}).get(id, ()),
        )


def decide(request: Request) -> Response:
    """Writes the decisions that were typed on a screen, each in its place."""
    workspace = opened(request)
    form = request.state.form
    id, step = str(request.path_params["id"]), str(request.path_params["etape"])
    only = str(form.get("retirer", ""))
    typed = {
        name.removeprefix("d-"): " ".join(str(words).split())
        for name, words in form.items()
        if name.startswith("d-") and str(words).strip()
    }
    asked = {only: ""} if only else typed
    with workspace.held() as library:
        path = library.path_of(f"convention/{id}")
        for key in sorted(asked, key=_rank, reverse=True):  # from the end: the ranks of the others stay
            said = plain(read_text(workspace, path)[1])
            change(workspace, path, [Change(decided(said, key, asked[key]))], field=key)
    count = plural(len(asked), "décision écrite", "décisions écrites")
    return back(request, f"/conventions/{quote(id)}/decider/{quote(step)}", f"{count}." if asked else "")


def _rank(key: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(one), "") if one.isdigit() else (-1, one) for one in re.split("[.:]", key))


# --- What changes, and who decides --------------------------------------------------------------------


WORD_FILES = (".docx", ".docm", ".dotx")


class Versions(NamedTuple):
    """Two versions of a convention: what the old one is called, its bytes, those of the new one;
    `words_only`: the old one comes from elsewhere, in another look."""

    former: str
    old: bytes
    new: bytes
    words_only: bool = False


def compared(request: Request) -> Response:
    """What changes from one convention to the next, to be read, or to be opened in Word."""
    workspace, id = opened(request), str(request.path_params["id"])
    with workspace.held() as library:
        new = _found(library, id)
        old = _found(library, new.value.renouvelle) if new.value.renouvelle else None
        if old is None:
            return _shown(request, workspace, _titled(new, library), new, None)
        both = Versions(_titled(old, library), _document(workspace, old.id), _document(workspace, id))
        if request.url.path.endswith(".docx"):
            return _tracked(workspace, new, both)
        return _shown(request, workspace, _titled(new, library), new, both)


async def compared_with_a_file(request: Request) -> Response:
    """The same, from a Word file that came from elsewhere: its words alone."""
    workspace, id = opened(request), str(request.path_params["id"])
    sent = request.state.form.get("recu")
    if not isinstance(sent, UploadFile) or not sent.filename:
        raise UsageError("Choisissez le fichier Word à comparer.")
    name, data = Path(str(sent.filename)).name, await sent.read()
    if not name.lower().endswith(WORD_FILES):
        raise UsageError(f"« {name} » n’est pas un fichier Word : enregistrez-le en .docx.")
    with workspace.held() as library:
        new = _found(library, id)
        both = Versions(name, data, _document(workspace, id), words_only=True)
        if request.state.form.get("forme") == "word":
            return _tracked(workspace, new, both)
        return _shown(request, workspace, _titled(new, library), new, both)


def _titled(entry: Entry[Acte], library: Library) -> str:
    """Its title and its years: the next convention often bears the title of the one before."""
    start, end = entry.value.debut, entry.value.fin
    return f"{title_of(entry, library)}{f' ({years(start, end)})' if start and end else ''}"


def _shown(
    request: Request, workspace: Opened, title: str, new: Entry[Acte], both: Versions | None
) -> Response:
    from ctgdocs.redline import lines, reading

    read = reading(_woven(workspace, new, both)) if both is not None else None
    shown = lines(read, _marked) if read is not None else []
    return page(
        request,
        "comparaison",
        id=new.id,
        titre=title,
        ancien=both.former if both else "",
        recu=both is not None and both.words_only,
        lignes=[_as_html(one) for one in shown],
    )


def _tracked(workspace: Opened, new: Entry[Acte], both: Versions) -> Response:
    """The Word file whose changes she accepts or refuses one by one."""
    data = marked(_woven(workspace, new, both), Mark(COMPARED))
    name = quote(f"{new.id} comparé à {both.former.removesuffix('.docx')}.docx", safe="")
    headers = {"content-disposition": f"attachment; filename*=utf-8''{name}"}
    return Response(data, media_type=_WORD, headers=headers)


def _woven(workspace: Opened, new: Entry[Acte], both: Versions) -> bytes:
    from ctgdocs.redline import redline

    author, _ = signed(workspace.project, KINDS, f"conventions/{new.id}")
    day = new.value.version or new.value.debut or workspace.today()
    return redline(both.old, both.new, author=author, date=day, words_only=both.words_only)


def _marked(text: str, state: str) -> str:
    return text.join(_MARKS[state])


def _as_html(line: str) -> Markup:
    """A line of the redline; whatever it says, only what is added and what is struck out are tags."""
    said = str(escape(line))
    for sign, tag in _TAGS.items():
        said = said.replace(sign, tag)
    return Markup(said)  # escaped above


def _document(workspace: Opened, id: str) -> bytes:
    """A convention as a run would make it now. Raises CtgdocsError with what stops it."""
    document = workspace.documents().get(f"conventions/{id}")
    made = workspace.made(document) if document is not None else None
    if made is None or made.data is None:
        raise CtgdocsError(f"« {id} » ne peut pas être faite : corrigez d’abord ce qu’Accueil dit d’elle.")
    return made.data


def its_deliberations(request: Request) -> Response:
    """Writes one délibération for each party that has to deliberate."""
    workspace = opened(request)
    id = str(request.path_params["id"])
    with workspace.held() as library:
        plan = deliberations(_found(library, id), library.reader())
        _write_new(workspace, {f"content/{name}": text.encode() for name, text in plan.files.items()})
    count = plural(len(plan.files) - 1, "délibération écrite", "délibérations écrites")
    return back(request, "/documents", f"{count}, à compléter. {' '.join(plan.left_out)}".strip())


_ONE = "/conventions/{id}"
ROUTES = [
    Route("/conventions", conventions),
    Route(f"{_ONE}/renouveler", to_renew),
    Route(f"{_ONE}/renouveler", renewed, methods=["POST"]),
    Route(f"{_ONE}/decider", to_decide),
    Route(f"{_ONE}/decider/{{etape}}", to_decide),
    Route(f"{_ONE}/decider/{{etape}}", decide, methods=["POST"]),
    Route(f"{_ONE}/comparer", compared),
    Route(f"{_ONE}/comparer", compared_with_a_file, methods=["POST"]),
    Route(f"{_ONE}/comparer.docx", compared),
    Route(f"{_ONE}/deliberations", its_deliberations, methods=["POST"]),
]
MENU = [Screen(4, "Conventions", "/conventions", "convention", "Préparer")]
