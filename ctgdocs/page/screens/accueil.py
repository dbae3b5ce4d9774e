"""What to do next, in order; the days to come; how the documents stand; and from there
anywhere by typing (any document, list, séance, screen), the keys that do without the mouse, the way out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.french import slug
from ctgdocs.kinds import KINDS
from ctgdocs.page.next_steps import next_steps, to_come
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import REGISTRIES, path_of
from ctgdocs.page.render import SHOWN, Screen, menu, opened, page
from ctgdocs.page.screens.registres import TITLES
from ctgdocs.vocabulary.registres import SEANCES


def accueil(request: Request) -> Response:
    workspace = opened(request)
    with workspace.held():
        survey = workspace.survey()
        counts = [(one, sum(seen.standing is one for seen in survey.seen)) for one in SHOWN]
        return page(
            request,
            "accueil",
            taches=workspace.once("next steps", lambda: next_steps(workspace)),
            echeances=workspace.once("to come", lambda: to_come(workspace)),
            bilan=[(standing, number) for standing, number in counts if number],
            documents=len(survey.seen),
        )


MOST = 12
KEYS = (
    ("Ctrl + K", "aller à un document, une liste, une séance en tapant son nom"),
    ("Ctrl + Entrée", "le bouton principal de l’écran"),
    ("Ctrl + Z", "annuler le dernier changement (hors d’un champ)"),
    ("F6", "passer de la fiche à l’aperçu, et revenir"),
    ("Alt + ↑, Alt + ↓", "monter ou descendre l’élément d’une liste"),
    ("Entrée", "ouvrir le lien ; dans l’aperçu, aller au champ du texte"),
    ("Échap", "fermer, revenir en arrière"),
    ("?", "cette liste"),
)


class Goal(NamedTuple):
    """Somewhere to go: what it is called, what it is, its address; its words, to be sought."""

    title: str
    kind: str
    path: str
    sought: str


def goals(workspace: Opened, screens: Sequence[Screen]) -> list[Goal]:
    """Everywhere that the page leads to."""
    with workspace.held():
        return workspace.once("goals", lambda: list(_goals(workspace, screens)))


def _goals(workspace: Opened, screens: Sequence[Screen]) -> Iterator[Goal]:
    for one in screens:
        yield Goal(one.label, "Écran", one.path, slug(one.label))
    with workspace.held() as library:
        for name in (*(kind.name for kind in KINDS), *TITLES):
            registry = REGISTRIES[name]
            for id in sorted(library.ids(registry), reverse=registry.folder):
                title = workspace.title(name, id)
                path = f"/seances/{id}" if name == SEANCES.name else path_of(name, id)
                label = registry.label[:1].upper() + registry.label[1:]
                yield Goal(title, f"{label} {id}", path, slug(f"{title} {label} {id}"))


def found(among: Sequence[Goal], typed: str) -> list[Goal]:
    """Those that have every word that was typed, or its beginning; first those that begin with them."""
    words = [word for word in slug(typed).split("-") if word]
    if not words:
        return [one for one in among if one.kind == "Écran"]
    ranked = sorted(
        (not one.sought.startswith("-".join(words)), not _begin(one, words), at)
        for at, one in enumerate(among)
        if all(word in one.sought for word in words)
    )
    return [among[at] for *_, at in ranked]


def _begin(one: Goal, words: Sequence[str]) -> bool:
    """Whether words of a goal begin as those that were typed."""
    return all(f"-{word}" in f"-{one.sought}" for word in words)


def aller(request: Request) -> Response:
    """A search, and where it leads; the whole list on a screen of its own, its first lines in the window that
    Ctrl+K opens."""
    typed = request.query_params.get("q", "")
    there = found(goals(opened(request), menu(request)), typed)
    short = "x-partiel" in request.headers
    return page(
        request,
        "aller_liste" if short else "aller",
        q=typed,
        buts=there[: MOST if short else 200],
        combien=len(there),
    )


def keys(request: Request) -> Response:
    return page(request, "touches", touches=KEYS)


def quitter(request: Request) -> Response:
    request.app.state.close()
    phrase = "Vos fichiers sont enregistrés. Fermez cet onglet ; « ctgdocs ouvrir » rouvre la page."
    return page(request, "erreur", titre="La page est fermée", phrase=phrase)


ROUTES = [
    Route("/", accueil),
    Route("/aller", aller),
    Route("/touches", keys),
    Route("/quitter", quitter, methods=["POST"]),
]
MENU = [Screen(0, "Accueil", "/", "accueil")]
