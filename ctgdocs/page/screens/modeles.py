"""The Word templates with what is wrong in each, and the charte: another is tried on a real act before it is
taken.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from starlette.datastructures import State, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.content.library import Document
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError, Finding, TemplateError, UsageError
from ctgdocs.kinds import KINDS
from ctgdocs.line.orders import key_of
from ctgdocs.line.status import Standing
from ctgdocs.line.templates import checked, listed
from ctgdocs.memory.history import History
from ctgdocs.memory.writing import Output, write_all
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import titled
from ctgdocs.page.render import Screen, back, opened, page
from ctgdocs.page.zones import Laid, Previews
from ctgdocs.project import Project, example_folder
from ctgdocs.templates import Template
from ctgdocs.vocabulary.registres import COLLECTIVITE, DELIBERATIONS

LARGEST_CHARTE = 10_000_000


class Trial(NamedTuple):
    """A charte that is being tried: its name, its bytes."""

    name: str
    data: bytes

    @property
    def key(self) -> str:
        return sha256(self.data).hexdigest()[:16]


def templates(request: Request) -> Response:
    """Every template; with `verifier`, what is wrong in each."""
    workspace = opened(request)
    with workspace.held():
        rows = workspace.once("templates", lambda: listed(workspace.project, KINDS))
        judged = (
            _judged(workspace, [one.path for one in rows]) if "verifier" in request.query_params else None
        )
    shelves = {f"templates/{kind.shelf}": kind.label for kind in KINDS}
    return page(
        request,
        "modeles",
        lignes=[(one, shelves.get(one.path.rpartition("/")[0], "")) for one in rows],
        constats=judged,
        portee=(workspace.project.root / _charte_file(workspace)).is_file(),
    )


def _judged(workspace: Opened, paths: list[str]) -> dict[str, list[Finding]]:
    def judge() -> dict[str, list[Finding]]:
        project, example = workspace.project, Project(example_folder())
        judged = checked(project, KINDS, example, [project.root / path for path in paths])
        return dict(zip(paths, (problems for _, problems in judged), strict=True))

    return workspace.once("templates judged", judge)


def _charte_file(workspace: Opened) -> str:
    """Where the charte of the house stands, from the root."""
    with workspace.held() as library:
        house = library.find(COLLECTIVITE, COLLECTIVITE.name)
    return f"templates/{house.value.charte.fichier if house else 'charte.docx'}"


# --- Another charte -----------------------------------------------------------------------------------


def _trial(holder: State) -> Trial | None:
    found = getattr(holder, "trial", None)
    return found if isinstance(found, Trial) else None


async def received(request: Request) -> Response:
    """Keeps the Word file that was sent, to be tried; nothing is written."""
    sent = request.state.form.get("papier")
    if not isinstance(sent, UploadFile) or not sent.filename:
        raise UsageError("Choisissez un fichier Word : votre papier à en-tête.")
    data = await sent.read()
    if not sent.filename.lower().endswith((".docx", ".dotx")):
        raise UsageError(
            f"« {sent.filename[:80]} » n’est pas un fichier Word (.docx ou .dotx) : enregistrez-le ainsi."
        )
    if len(data) > LARGEST_CHARTE:
        raise UsageError("Ce papier dépasse 10 Mo : allégez ses images.")
    request.app.state.trial = Trial(Path(sent.filename).name, data)
    return back(request, "/modeles/charte")


def tried(request: Request) -> Response:
    """One act, in the charte of today and in the one that is tried, page by page."""
    workspace, trial = opened(request), _trial(request.app.state)
    if trial is None:
        return back(request, "/modeles")
    document = _sample(workspace, request.query_params.get("document", ""))
    before, after, problem = None, None, ""
    try:
        new = _dressed(workspace, document, trial.data)
        after = _laid(request, new)
        old = workspace.made(document).data
        before = _laid(request, old) if old is not None else None
    except CtgdocsError as error:
        problem = str(error)
    with workspace.held() as library:
        documents = workspace.documents()
        shown = [
            (key_of(one), titled(library, one.kind.name, one.id))
            for one in documents.values()
            if not one.part
        ]
        title = titled(library, document.kind.name, document.id)
    seen = workspace.survey().seen
    sealed = sum(one.standing in (Standing.SEALED, Standing.CHANGED) for one in seen)
    return page(
        request,
        "charte",
        essai=trial,
        avant=before,
        apres=after,
        probleme=problem,
        titre_acte=title,
        cle=key_of(document),
        documents=shown[:40],
        changent=len(seen) - sealed,
        scelles=sealed,
        exact=request.app.state.previews.exact,
    )


def _sample(workspace: Opened, key: str) -> Document:
    """The act that a charte is tried on: the one asked for, else the last délibération that can be made."""
    documents = workspace.documents()
    if key in documents:
        return documents[key]
    for one in sorted(documents.values(), key=lambda one: (one.kind.name != DELIBERATIONS.name, one.id)):
        if not one.part and workspace.made(one).data is not None:
            return one
    raise UsageError("Aucun document ne peut être fait encore : écrivez un acte, puis essayez ce papier.")


def _dressed(workspace: Opened, document: Document, charte: bytes) -> bytes:
    """The document in another charte. Raises CtgdocsError with what the charte cannot give."""
    with workspace.held() as library:
        entry = library.find(document.kind.registry, document.id)
        said = document.kind.compose(entry, library.reader(), document.part) if entry is not None else None
        house = library.find(COLLECTIVITE, COLLECTIVITE.name)
        if said is None or house is None:
            raise CtgdocsError("Ce document ne peut pas être fait : choisissez-en un autre.")
        template = workspace.project.root / said.template
        try:
            made = Template.load(
                template,
                charte,
                styles=dict(house.value.charte.styles),
                watermark=said.watermark,
                ordinals=True,
            )
            return made.render(said.context, title=said.title)
        except TemplateError as error:
            raise CtgdocsError(f"Ce papier ne peut pas être pris : {error}") from error


def _laid(request: Request, word: bytes) -> Laid | None:
    previews: Previews = request.app.state.previews
    return previews.of(word, sha256(word).hexdigest()[:16], quick=False)


def taken(request: Request) -> Response:
    """The charte that was tried becomes that of the house; the former one is kept, and can be given back."""
    workspace, trial = opened(request), _trial(request.app.state)
    if trial is None or request.state.form.get("papier") != trial.key:
        raise UsageError(
            "Ce papier n’est plus celui qui était montré : rien n’a été changé. Essayez-le de nouveau."
        )
    path = _charte_file(workspace)
    _dressed(workspace, _sample(workspace, ""), trial.data)
    whole = workspace.project.root / path
    if whole.is_file():
        History(workspace.project).write(path, read_file(whole), trial.data, "charte")
    else:
        (result,) = write_all([Output(str(whole), trial.data, new=True)])
        if isinstance(result, Exception):
            raise result
    request.app.state.trial = None
    return back(
        request, "/modeles", "Le papier est pris. Les documents à refaire vous attendent dans Documents."
    )


def given_back(request: Request) -> Response:
    """The former charte comes back."""
    workspace = opened(request)
    done = History(workspace.project).undo(_charte_file(workspace))
    return back(
        request, "/modeles", "L’ancien papier est revenu." if done else "Il n’y a pas d’ancien papier."
    )


ROUTES = [
    Route("/modeles", templates),
    Route("/modeles/charte", received, methods=["POST"]),
    Route("/modeles/charte", tried),
    Route("/modeles/charte/prendre", taken, methods=["POST"]),
    Route("/modeles/charte/rendre", given_back, methods=["POST"]),
]
MENU = [Screen(40, "Modèles et charte", "/modeles", "charte", "Une fois pour toutes")]
