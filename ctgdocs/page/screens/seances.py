"""The evening: one point after the other, who is there, what each name votes; the sentence as it will be
printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import get_args
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.assembly.grille import Place as Siege
from ctgdocs.content.gestures import Gesture, differences, plain
from ctgdocs.content.library import Library
from ctgdocs.content.spelling import Value
from ctgdocs.findings import UsageError
from ctgdocs.kinds.deliberation import KIND as DELIBERATION
from ctgdocs.page.changes import Change, change, read_text
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import day_of, path_of, titled
from ctgdocs.page.render import Screen, back, opened, page
from ctgdocs.page.soir import VOICES, Point, Soir, find, title_of_evening, voted
from ctgdocs.vocabulary.registres import INSTANCES, SEANCES
from ctgdocs.vocabulary.seances import ModeDeScrutin, Vote

MODES = get_args(ModeDeScrutin)
SIEGES = get_args(Siege)
LISTS = ("absents", "suppleants", "mouvements")


def seances(request: Request) -> Response:
    """Every séance, the next ones first."""
    workspace = opened(request)
    with workspace.held() as library:
        today = workspace.today()
        rows = [_row(library, id) for id in library.ids(SEANCES)]
        rows.sort(key=lambda row: str(row["jour"] or ""), reverse=True)
        coming = [row for row in rows if str(row["jour"] or "") >= today.isoformat()]
        past = [row for row in rows if row not in coming]
    return page(request, "seances", a_venir=list(reversed(coming)), passees=past)


def _row(library: Library, id: str) -> dict[str, object]:
    entry = library.find(SEANCES, id)
    if entry is None:
        return {"id": id, "erreur": True, "jour": day_of(id), "titre": titled(library, SEANCES.name, id)}
    seance = entry.value
    body = library.find(INSTANCES, seance.instance)
    return {
        "id": id,
        "erreur": False,
        "jour": seance.date,
        "heure": seance.heure,
        "lieu": seance.lieu,
        "instance": body.value.nom if body else seance.instance,
        "delibere": body is not None and body.value.type in ("assemblee", "bureau"),
        "points": len(seance.ordre_du_jour),
        "fiche": path_of(SEANCES.name, id),
    }


def seance(request: Request) -> Response:
    """A séance at the point that is to be voted, or at the one asked for."""
    with opened(request).held() as library:
        id, numero, _ = named(request)
        soir = find(library, id)
        point = soir.point(numero) if numero else soir.current()
        if point is None:
            return shown(request, "seance_vide", soir)
        return _evening(request, soir, point)


def shown(request: Request, template: str, soir: Soir, **more: object) -> Response:
    return page(request, template, 200, soir=soir, titre=title_of_evening(soir), **more)


def named(request: Request) -> list[str]:
    """The séance, the point and the member that an address names, "" for those that it does not."""
    return [str(request.path_params.get(one, "")) for one in ("id", "numero", "membre")]


def _evening(request: Request, soir: Soir, point: Point) -> Response:
    assert point.presence is not None
    assert point.entry is not None
    met, words = soir.quorum(point.presence)
    following = soir.following(point)
    figures = point.vote is not None and point.vote.en_nombres
    touch = "presence" if figures or request.query_params.get("toucher") == "presence" else "vote"
    return shown(
        request,
        "seance",
        soir,
        point=point,
        suivant=following,
        tuiles=list(soir.tiles(point)),
        presence=point.presence,
        votants=point.votants,
        quorum_atteint=met,
        quorum=words,
        compte=_count(soir, point),
        phrase=_sentence(soir, point),
        toucher=touch,
        modes=MODES,
        rapporteur=soir.name(point.entry.value.rapporteur, civil=True)
        if point.entry.value.rapporteur
        else "",
        fiche=path_of(DELIBERATION.name, point.entry.id),
    )


def _count(soir: Soir, point: Point) -> list[tuple[str, int, str]]:
    """The lines of the vote: its words, its figure, who is named."""
    assert point.presence is not None
    scrutin = point.scrutin
    if scrutin is None:
        return [("Pour", point.presence.nombre_de_voix, ""), ("Contre", 0, ""), ("Abstentions", 0, "")]

    def names(ids: Sequence[str]) -> str:
        return ", ".join(soir.name(one, civil=True) for one in ids)

    lines = [
        ("Pour", scrutin.pour, ""),
        ("Contre", scrutin.contre, names(scrutin.noms_contre)),
        ("Abstentions", scrutin.abstentions, names(scrutin.noms_abstentions)),
    ]
    if scrutin.blancs or scrutin.nuls or scrutin.mode == "secret":
        lines += [("Bulletins blancs", scrutin.blancs, ""), ("Bulletins nuls", scrutin.nuls, "")]
    return [*lines, ("Ne prennent pas part", scrutin.nppv, names(scrutin.noms_nppv))]


def _sentence(soir: Soir, point: Point) -> tuple[str, str]:
    """What the act will print of its vote, from the function that prints it: the formula and the verb."""
    assert point.entry is not None
    found = soir.library.find(DELIBERATION.registry, point.entry.id)
    said = DELIBERATION.compose(found, soir.library.reader(), "") if found is not None else None
    if said is None:
        return "", ""
    return str(said.context.get("formule", "")), str(said.context.get("verbe", ""))


# --- gestures: each writes one file, then shows the same point again -----------------------------------


def touched(request: Request) -> Response:
    """A name was touched: its vote goes to the next voice, or its presence is asked."""
    form: FormData = request.state.form
    id, numero, membre = named(request)
    if form.get("toucher") == "presence":
        return back(request, f"{at(id, numero)}/presence/{quote(membre)}")
    workspace = opened(request)
    with workspace.held() as library:
        soir = find(library, id)
        point = soir.point(numero)
        tile = next((one for one in soir.tiles(point) if one.id == membre), None)
        if tile is None or not tile.voix:
            return back(request, f"{at(id, numero)}/presence/{quote(membre)}")
        voice = VOICES[(VOICES.index(tile.voix) + 1) % len(VOICES)]
        sitter = soir.etat(membre, numero)
        fields = voted(point.vote, sitter.autre if sitter.place == "suppléé" else membre, voice)
        _write_vote(workspace, point, fields, f"vote de {tile.civil}")
    return back(request, at(id, numero))


def settled(request: Request) -> Response:
    """The point was voted as it stands: « unanimité » when nobody is named; then comes the next one."""
    id, numero, _ = named(request)
    workspace = opened(request)
    with workspace.held() as library:
        soir = find(library, id)
        point = soir.point(numero)
        if point.vote is None:
            _write_vote(workspace, point, {}, f"vote du point {point.rank}")
        following = soir.following(point)
    return back(request, at(id, following.numero if following else numero))


def counted(request: Request) -> Response:
    """The ballot's mode, its figures when it is secret, or that the assembly takes note or puts off."""
    form: FormData = request.state.form
    id, numero, _ = named(request)
    workspace, said = opened(request), ""
    with workspace.held() as library:
        point = find(library, id).point(numero)
        asked = str(form.get("quoi", ""))
        if asked == "reporter":
            assert point.entry is not None
            gestures = [Gesture("remove", ("vote",))] if point.vote else []
            save(workspace, point.entry.place().file, gestures, f"report du point {point.rank}")
            said = "Le point n’a plus de vote : il reste un projet."
        elif asked == "prend acte":
            _write_vote(workspace, point, "prend acte", f"le point {point.rank}")
        else:
            _write_vote(workspace, point, _ballot(form, point.vote), f"mode du scrutin, point {point.rank}")
    return back(request, at(id, numero), said)


def _ballot(form: FormData, before: Vote | None) -> dict[str, Value]:
    """A vote by its mode: figures when secret, names otherwise."""
    mode = str(form.get("mode", MODES[0]))
    if mode not in MODES:
        raise UsageError("Ce mode de scrutin n’existe pas.")
    if mode == "secret":
        figures = {name: _figure(form, name) for name in ("pour", "contre", "blancs", "nuls")}
        aside = list(before.ne_prend_pas_part) if before else []
        said: dict[str, Value] = {name: str(figure) for name, figure in figures.items() if figure is not None}
        return {"mode": mode, **said, **({"ne_prend_pas_part": [*aside]} if aside else {})}
    kept: dict[str, Value] = {}
    if before is not None and not before.en_nombres:
        for name in ("contre", "abstentions", "ne_prend_pas_part", "deports"):
            if named := getattr(before, name):
                kept[name] = list(named)
    return ({} if mode == "main levée" else {"mode": mode}) | kept


def _figure(form: FormData, name: str) -> int | None:
    typed = str(form.get(name, "")).strip()
    if not typed:
        return None
    if not re.fullmatch(r"\d{1,4}", typed):
        raise UsageError(f"« {typed[:40]} » n’est pas un nombre de voix : écrivez des chiffres.")
    return int(typed)


def _write_vote(workspace: Opened, point: Point, vote: Value, what: str) -> None:
    """A vote written where it differs from what is typed; an empty one is « unanimité »."""
    assert point.entry is not None
    place = point.entry.place()
    said = plain(read_text(workspace, place.file)[1])
    typed = said.get("vote") if isinstance(said, dict) else None
    save(
        workspace,
        place.file,
        differences({"vote": typed} if typed else {}, {"vote": vote or "unanimité"}),
        what,
    )


def save(workspace: Opened, path: str, gestures: Sequence[Gesture], what: str) -> None:
    """Makes the gestures of one touch, kept together in the history under what they do."""
    change(workspace, path, [Change(one) for one in gestures], field=what)


def at(id: str, numero: str) -> str:
    return f"/seances/{quote(id)}/{quote(numero)}"


# --- the ordre du jour ----------------------------------------------------------------------------------


def ordered(request: Request) -> Response:
    """Moves a point of the ordre du jour one place up or down."""
    form: FormData = request.state.form
    id = str(request.path_params["id"])
    workspace = opened(request)
    with workspace.held() as library:
        soir = find(library, id)
        order: list[Value] = [point.numero or point.title for point in soir.points]
        rank, step = int(str(form.get("rang", "0"))), -1 if form.get("sens") == "monter" else 1
        if not (1 <= rank <= len(order) and 1 <= rank + step <= len(order)):
            raise UsageError("Ce point est déjà au bout de l’ordre du jour.")
        order[rank - 1], order[rank - 1 + step] = order[rank - 1 + step], order[rank - 1]
        place, said = soir.sitting.entry.place(), soir.sitting.seance.ordre_du_jour
        typed: Value = {"ordre_du_jour": [*said]} if said else {}
        save(workspace, place.file, differences(typed, {"ordre_du_jour": [*order]}), "ordre du jour")
    return back(request, f"/seances/{quote(id)}/ordre")


def order(request: Request) -> Response:
    """The ordre du jour, to be put in order."""
    with opened(request).held() as library:
        soir = find(library, request.path_params["id"])
        return shown(request, "seance_ordre", soir)


_ONE = "/seances/{id}"
_POINT = "/seances/{id}/{numero}"
ROUTES = [
    Route("/seances", seances),
    Route(_ONE, seance),
    Route(f"{_ONE}/ordre", order),
    Route(f"{_ONE}/ordre/deplacer", ordered, methods=["POST"]),
    Route(_POINT, seance),
    Route(f"{_POINT}/voix/{{membre}}", touched, methods=["POST"]),
    Route(f"{_POINT}/valider", settled, methods=["POST"]),
    Route(f"{_POINT}/scrutin", counted, methods=["POST"]),
]
MENU = [Screen(2, "Séances", "/seances", "seance", "Préparer")]
