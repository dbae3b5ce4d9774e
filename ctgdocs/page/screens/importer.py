"""What she has already, dropped or pasted: what it is, what was understood of it, what is to be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from starlette.datastructures import State, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.content.gestures import Gesture, plain, value_at
from ctgdocs.content.library import Library
from ctgdocs.content.reading import parse
from ctgdocs.content.setting import after
from ctgdocs.content.spelling import Value
from ctgdocs.findings import CtgdocsError, Stopped, UsageError
from ctgdocs.importing.document import Document, Para, opened
from ctgdocs.importing.reader import (
    MARK,
    Proposal,
    Proposed,
    Reader,
    Wish,
    accept,
    check,
    made_from,
    readers_in,
    recognised,
)
from ctgdocs.kinds import KINDS
from ctgdocs.kinds.convention import KIND as CONVENTION
from ctgdocs.page.places import path_of
from ctgdocs.page.render import NBSP, Screen, back, page, plural
from ctgdocs.page.render import opened as workspace_of
from ctgdocs.page.shapes import label_of
from ctgdocs.page.understood import understood
from ctgdocs.project import Project
from ctgdocs.stages import Steps

MOST_KEPT = 4
_COUNT = re.compile(r"(?m)(?<=^# )(?P<head>Proposition tirée.*?) ; \d+ lignes? à vérifier")
MOST_SHOWN = 400
"""Paragraphs of a file that are shown beside what was understood."""


class Doubt(NamedTuple):
    """A value that its reader was not sure of: where it is, what it says, why."""

    file: int
    at: Steps
    value: str
    why: str
    label: str

    @property
    def key(self) -> str:
        return f"{self.file}:" + ".".join(map(str, self.at))


class Import(NamedTuple):
    """A file that was read, until it is accepted or left."""

    name: str
    label: str
    document: Document
    proposal: Proposal

    @property
    def doubts(self) -> list[Doubt]:
        return [one for rank, file in enumerate(self.proposal.files) for one in _doubts(rank, file)]


def _doubts(rank: int, file: Proposed) -> Iterator[Doubt]:
    """The values marked « à vérifier », on their line or on the one above."""
    if not file.path.endswith(".yaml"):
        return
    lines = file.text.splitlines()
    marked = {
        number: line.partition(MARK)[2].strip(" :")
        for number, line in enumerate(lines, start=1)
        if MARK in line
    }
    source, _ = parse(file.text.encode(), file.path)
    if not marked or source is None:
        return
    before = file.before.splitlines() if file.how == "merged" else []
    for at, value in _leaves(plain(file.text)):
        line = source.place(*at).line
        for number in (line, line - 1):
            alone = number == line or lines[number - 1].strip().startswith("#")
            if number in marked and alone and lines[number - 1] not in before:
                why = marked.pop(number)
                yield Doubt(rank, at, value, why, _label(at))
                break


def _leaves(value: Value, at: Steps = ()) -> Iterator[tuple[Steps, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _leaves(one, (*at, name))
    else:
        for rank, one in enumerate(value):
            yield from _leaves(one, (*at, rank))


def _label(at: Steps) -> str:
    words = [label_of(str(one)) for one in at if isinstance(one, str)]
    ranks = [one + 1 for one in at if isinstance(one, int)]
    return " · ".join(words[-2:]) + (f", n° {ranks[-1]}" if ranks else "")


# --- screens ------------------------------------------------------------------------------------------


def readers() -> list[Reader]:
    """The readers of every kind and registry."""
    return readers_in(f"{kind.package}.{name}" for kind in KINDS for name in kind.imports)


def asked(request: Request) -> Response:
    """Where a file is dropped, or a list pasted."""
    workspace = workspace_of(request)
    with workspace.held() as library:
        known = [(id, workspace.title(CONVENTION.name, id)) for id in library.ids(CONVENTION.registry)]
    return page(
        request,
        "importer",
        conventions=[(id, f"{title} ({id})") for id, title in known],
        coller=request.query_params.get("coller", ""),
        genres=[(one.genre, one.label) for one in readers()],
    )


async def received(request: Request) -> Response:
    """Reads what was sent; nothing is written. What it is, is recognised; asked when it cannot be told."""
    form = request.state.form
    sent, pasted = form.get("fichier"), str(form.get("colle", ""))
    if isinstance(sent, UploadFile) and sent.filename:
        name, data = Path(sent.filename).name, await sent.read()
    elif pasted.strip():
        name, data = "liste collée.csv", pasted.replace("\r\n", "\n").encode()
    else:
        raise UsageError("Choisissez un fichier, ou collez une liste copiée depuis Excel.")
    genre = str(form.get("genre", ""))
    read = _read(request, name, data, genre, str(form.get("dans", "")))
    key = sha256(data + genre.encode()).hexdigest()[:16]
    held = {**_held(request.app.state), key: read}
    request.app.state.imports = dict(list(held.items())[-MOST_KEPT:])
    return back(request, f"/importer/{key}")


def _read(request: Request, name: str, data: bytes, genre: str, into: str) -> Import:
    workspace, known = workspace_of(request), readers()
    try:
        document = opened(name, data)
        if not genre and (source := made_from(workspace.project, document)):
            raise UsageError(
                f"« {name} » a été fait ici, de {source} : rien n’est à importer. Corrigé dans Word, il se "
                "reprend par « Reprendre »."
            )
        reader = next((one for one in known if one.genre == genre), None) or _recognised(
            name, known, document
        )
        with workspace.held() as library:
            proposal = _in_a_free_place(workspace.project, reader, document, library, into)
    except Stopped as stopped:
        raise UsageError(" ".join(f"« {name} » : {one.message}." for one in stopped.findings)) from stopped
    except UsageError:
        raise
    except CtgdocsError as error:
        raise UsageError(f"« {name} » : {str(error).rstrip('.')}.") from error
    return Import(name, reader.label, document, proposal)


def _in_a_free_place(
    project: Project, reader: Reader, document: Document, library: Library, into: str
) -> Proposal:
    """What a file becomes, with a name that nothing has yet; an act keeps its number. Raises UsageError."""
    first = proposal = reader.propose(document, library, Wish("", into))
    for number in range(2, 10):
        try:
            check(project, proposal)
        except UsageError as error:
            if "existe déjà" not in str(error):
                raise
            if into or re.fullmatch(r"\d{4}-\d+", first.id):
                said = f"« {first.id} » est déjà dans votre espace : rien n’a été touché."
                raise UsageError(said) from error
            proposal = reader.propose(document, library, Wish(f"{first.id}-{number}", into))
        else:
            break
    if proposal.id == first.id:
        return proposal
    note = (
        f"« {first.id} » est déjà dans votre espace : celle-ci s’appellera « {proposal.id} ». "
        "Abandonnez si c’est la même."
    )
    return replace(proposal, said=(note, *proposal.said))


def _recognised(name: str, known: Sequence[Reader], document: Document) -> Reader:
    near = recognised(known, document)
    if len(near) == 1:
        return near[0]
    if near:
        labels = " ou ".join(one.label for one in near)
        raise UsageError(f"« {name} » peut être {labels} : dites-le dans « Ce que c’est ».")
    raise UsageError(f"« {name} » n’est pas reconnu : dites ce que c’est dans « Ce que c’est ».")


def _held(holder: State) -> dict[str, Import]:
    found = getattr(holder, "imports", {})
    return found if isinstance(found, dict) else {}


def _leave(holder: State, key: str) -> None:
    holder.imports = {name: one for name, one in _held(holder).items() if name != key}


def shown(request: Request) -> Response:
    """The file beside what was understood, the doubts first."""
    key = str(request.path_params["cle"])
    read = _held(request.app.state).get(key)
    if read is None:
        return back(request, "/importer", "Ce fichier n’est plus en attente : déposez-le de nouveau.")
    with workspace_of(request).held() as library:
        compris = understood(read.proposal.files, library)
    paras = [one for one in read.document.blocks if not isinstance(one, Para) or one.text.strip()]
    return page(
        request,
        "import",
        cle=key,
        lu=read,
        doutes=read.doubts,
        blocs=paras[:MOST_SHOWN],
        reste=max(0, len(paras) - MOST_SHOWN),
        est_texte=lambda one: isinstance(one, Para),
        feuilles=read.document.sheets if read.document.tabular else (),
        bouton=_button(read),
        compris=compris,
    )


def _button(read: Import) -> str:
    first = read.proposal.files[0] if read.proposal.files else None
    if first is None:
        return "Rien n’est à changer"
    return "Écrire ces changements" if first.how == "merged" else f"Créer {_the(read.label)}"


def _the(label: str) -> str:
    """« une convention » → « la convention »."""
    for one, the in (("une ", "la "), ("un ", "le "), ("des ", "les ")):
        if label.startswith(one):
            rest = label.removeprefix(one)
            return f"l’{rest}" if the != "les " and rest[:1] in "aeéèêiouh" else the + rest
    return label


def accepted(request: Request) -> Response:
    """Writes what was understood, with the corrections that were typed and the doubts that were lifted."""
    key = str(request.path_params["cle"])
    read = _held(request.app.state).get(key)
    if read is None:
        raise UsageError("Ce fichier n’est plus en attente : déposez-le de nouveau. Rien n’a été écrit.")
    form = request.state.form
    if form.get("geste") == "laisser":
        _leave(request.app.state, key)
        return back(request, "/importer", "Rien n’a été écrit.")
    sent = {name: str(value) for name, value in form.multi_items()}
    files = [_corrected(rank, file, read.doubts, sent) for rank, file in enumerate(read.proposal.files)]
    if not files:
        return back(request, "/importer", "Rien n’était à changer : rien n’a été écrit.")
    workspace = workspace_of(request)
    proposal = Proposal(read.proposal.id, tuple(files), changes=read.proposal.changes)
    with workspace.held():
        check(workspace.project, proposal)
        accept(workspace.project, proposal)
    _leave(request.app.state, key)
    left = sum(one.text.count(MARK) for one in files)
    said = "C’est écrit." + (f" {plural(left, 'point')} à vérifier encore." if left else "")
    return back(request, _where(files[0]), said)


def _corrected(rank: int, file: Proposed, doubts: Sequence[Doubt], sent: dict[str, str]) -> Proposed:
    text = file.text
    for one in doubts:
        if one.file != rank:
            continue
        words = sent.get(f"v:{one.key}", one.value).replace("\r\n", "\n").strip()
        if words and words != one.value.strip():
            text = after(text, Gesture("set", one.at, words))
        elif f"vu:{one.key}" not in sent:
            continue
        text = _unmarked(text, one.at)
    left = text.count(MARK)
    words = f" ; {plural(left, 'ligne')} à vérifier" if left else ""
    if text != file.text:
        text = _COUNT.sub(lambda found: found["head"] + words.replace(NBSP, " "), text, count=1)
    return file._replace(text=text)


def _unmarked(text: str, at: Steps) -> str:
    """The text without the mark of one value, which somebody has looked at."""
    source, _ = parse(text.encode(), "")
    assert value_at(plain(text), at) is not None
    assert source is not None
    line = source.place(*at).line
    lines = text.split("\n")
    for number in (line, line - 1):
        found = lines[number - 1]
        if MARK not in found:
            continue
        kept = re.sub(rf"\s*{re.escape(MARK)}.*$", "", found)
        lines[number - 1 : number] = [kept] if kept.strip() else []
        break
    return "\n".join(lines)


def _where(file: Proposed) -> str:
    """Where what was written is looked at."""
    folder, _, name = file.path.rpartition("/")
    registry = next((kind.registry.name for kind in KINDS if kind.shelf == folder), folder)
    if folder and name.endswith(".yaml"):
        return path_of(registry, name.removesuffix(".yaml"))
    return f"/registres/{quote(name.removesuffix('.yaml'))}"


ROUTES = [
    Route("/importer", asked),
    Route("/importer", received, methods=["POST"]),
    Route("/importer/{cle}", shown),
    Route("/importer/{cle}", accepted, methods=["POST"]),
]
MENU = [Screen(30, "Importer", "/importer", "importer", "Une fois pour toutes")]
