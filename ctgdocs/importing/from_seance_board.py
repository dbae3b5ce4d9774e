"""The workbook of a séance: who is there, délibération by délibération, and how each voted; filled while it
sits, and brought back into the séance and its délibérations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, get_args

from ctgdocs.assembly.ordre_du_jour import ordre_du_jour
from ctgdocs.assembly.sitting import find_sitting
from ctgdocs.content.edit import Edit, Fields, Yaml, fields, items
from ctgdocs.content.library import Library
from ctgdocs.content.spelling import Value
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.french import slug
from ctgdocs.importing.boards import Board, Changed, Heading, Page, id_in, labelled, returned
from ctgdocs.importing.completing import change_field, content_named
from ctgdocs.importing.document import Document
from ctgdocs.importing.from_boards import GENERAL_HELP, is_board
from ctgdocs.importing.reader import Proposal, Proposed, Reader, Wish
from ctgdocs.stages import Entry
from ctgdocs.vocabulary.actes import Deliberation
from ctgdocs.vocabulary.registres import DELIBERATIONS, ELUS, SEANCES
from ctgdocs.vocabulary.seances import ModeDeScrutin

GENRE: Final = "seance"
PRESENCES, VOTES, BALLOTS, FACTS = "Présences", "Votes", "Scrutins", "Séance"
OPENING, ARRIVES_AT, LEAVES_AT = "ouverture", "heure d’arrivée", "heure de départ"
VOTED = "_vote"
POUVOIR: Final = "pouvoir à "
SENSES: Final = {
    "contre": "contre",
    "abstention": "abstentions",
    "ne prend pas part": "ne_prend_pas_part",
    "se déporte": "deports",
}
"""What a cell of the votes says → the field of the vote that names who said it."""
COUNTED: Final = {
    "pour": "Pour",
    "contre": "Contre",
    "abstentions": "Abstentions",
    "blancs": "Blancs",
    "nuls": "Nuls",
}
"""The fields of a vote given in numbers → their headings."""
MODE: Final = "mode"
MODES: Final[tuple[str, ...]] = get_args(ModeDeScrutin)
_FACTS: Final = {
    "heure": "Heure d’ouverture",
    "heure_fin": "Heure de clôture",
    "lieu": "Lieu",
    "secretaire": "Secrétaire de séance (identifiant, ou nom)",
    "presidence": "Qui préside, si ce n’est pas le président",
}


def seance_board(library: Library, target: str) -> Board:
    """The presences and the votes of a séance. UsageError when it cannot be known."""
    path, edit = content_named(library, target, (SEANCES.name,))
    id = path.rpartition("/")[2].removesuffix(".yaml")
    sitting = find_sitting(library.reader(), id)
    if sitting is None:
        raise UsageError(
            f"content/{path}, ou son instance, est en erreur : corrigez-la d’abord (ctgdocs verifier)."
        )
    names = {
        one: _name(library, one) for one in sitting.instance.membres_au(sitting.seance.date) if " " not in one
    }
    acts = [one.act for one in ordre_du_jour(sitting, library.reader()) if one.act is not None]
    members = tuple(labelled(one, name) for one, name in names.items())
    lists = {
        "presences": ("présent", "absent", "excusé", *(POUVOIR + one for one in members)),
        "mouvements": ("arrive", "part", *(f"part, {POUVOIR}{one}" for one in members)),
        "votes": ("pour", *SENSES),
        "oui": ("oui",),
        "modes": MODES,
    }
    pages = (
        _presences(edit, names, [one.id for one in acts]),
        _votes(library, names, acts),
        _ballots(library, acts),
        Page(
            FACTS,
            (Heading("quoi", "", 44, locked=True), Heading("valeur", "Valeur", 50)),
            tuple(_facts(edit)),
        ),
    )
    help = (
        *GENERAL_HELP,
        "À l’ouverture : présent, absent, excusé, ou pouvoir à qui. Une case vide vaut présent.",
        "Sous une délibération : « arrive » si le membre est là à partir d’elle, « part » s’il n’y est plus.",
        "Votes : ne dites que qui n’a pas voté pour ; « oui » à la ligne « Voté ? » quand le vote a eu lieu.",
        "Scrutins : le mode et les nombres d’un vote secret, ou donné en nombres ; ses déports, à Votes.",
    )
    return Board(GENRE, path, pages, lists, help)


def _name(library: Library, id: str) -> str:
    entry = library.find(ELUS, id)
    return f"{entry.value.civilite} {entry.value.prenom} {entry.value.nom}" if entry is not None else ""


def _presences(edit: Edit, names: Mapping[str, str], acts: Sequence[str]) -> Page:
    record = fields(edit.root)
    absents = {_elu(one): one for one in items(record["absents"][1] if "absents" in record else None)}
    moves: dict[str, list[dict[str, str]]] = {}
    for one in items(record["mouvements"][1] if "mouvements" in record else None):
        moves.setdefault(_elu(one), []).append(_texts(one))
    headings = (
        Heading("membre", "Membre", 34, locked=True),
        Heading(OPENING, "À l’ouverture", 26, "presences"),
        *(Heading(act, act, 16, "mouvements") for act in acts),
        Heading(ARRIVES_AT, "Heure d’arrivée", 12),
        Heading(LEAVES_AT, "Heure de départ", 12),
    )
    rows = []
    for id, name in names.items():
        mine = moves.get(id, [])
        cells = {OPENING: _opening(absents.get(id), names, arrives=any("arrive_a" in one for one in mine))}
        for one in mine:
            if one.get("arrive_a") in acts:
                cells[one["arrive_a"]], cells[ARRIVES_AT] = "arrive", one.get("heure", "")
            if one.get("quitte_a") in acts:
                given = one.get("pouvoir_a", "")
                to = f", {POUVOIR}{labelled(given, names.get(given, ''))}" if given else ""
                cells[one["quitte_a"]], cells[LEAVES_AT] = f"part{to}", one.get("heure", "")
        rows.append((id, (name, *(cells.get(heading.field, "") for heading in headings[1:]))))
    return Page(PRESENCES, headings, tuple(rows))


def _opening(absence: Yaml, names: Mapping[str, str], *, arrives: bool) -> str:
    if absence is None:
        return "" if arrives else "présent"
    said = _texts(absence)
    if given := said.get("pouvoir_a", ""):
        return POUVOIR + labelled(given, names.get(given, ""))
    return "excusé" if said.get("excuse", "") in ("oui", "true") else "absent"


def _elu(item: Yaml) -> str:
    return item.value if isinstance(item.value, str) else _texts(item).get("elu", "")


def _texts(item: Yaml) -> dict[str, str]:
    return {name: str(node.value) for name, (_, node) in fields(item).items() if isinstance(node.value, str)}


def _facts(edit: Edit) -> Iterator[tuple[str, tuple[str, ...]]]:
    said = _texts(edit.root)
    for name, label in _FACTS.items():
        yield name, (label, said.get(name, ""))


def _votes(library: Library, names: Mapping[str, str], acts: Sequence[Entry[Deliberation]]) -> Page:
    named = [act for act in acts if act.value.vote is None or not act.value.vote.prend_acte]
    voters = {act.id: _senses(library, act.id) for act in named}
    headings = (
        Heading("membre", "Membre", 34, locked=True),
        *(Heading(act.id, act.id, 18, "votes") for act in named),
    )
    voted = ("Voté ?", *("oui" if act.value.vote is not None else "" for act in named))
    rows = [(VOTED, voted)]
    rows += [(id, (name, *(voters[act.id].get(id, "") for act in named))) for id, name in names.items()]
    return Page(VOTES, headings, tuple(rows))


def _ballots(library: Library, acts: Sequence[Entry[Deliberation]]) -> Page:
    """The mode and the numbers of each vote, as they are typed."""
    headings = (
        Heading("acte", "Délibération", 50, locked=True),
        Heading(MODE, "Mode de scrutin", 18, "modes"),
        *(Heading(name, heading, 12) for name, heading in COUNTED.items()),
    )
    rows = []
    for act in acts:
        if act.value.vote is None or not act.value.vote.prend_acte:
            _, vote = _vote_of(library, act.id)
            said = {name: str(node.value) for name, (_, node) in vote.items() if isinstance(node.value, str)}
            typed = [text if (text := said.get(name, "")).isdigit() else "" for name in COUNTED]
            rows.append((act.id, (f"{act.id} – {act.value.objet}", said.get(MODE, ""), *typed)))
    return Page(BALLOTS, headings, tuple(rows))


def _vote_of(library: Library, act: str) -> tuple[tuple[str, Edit], Fields]:
    """The file of a délibération, ready to be edited, and the fields of its vote."""
    path, edit = content_named(library, act, (DELIBERATIONS.name,))
    record = fields(edit.root)
    return (path, edit), fields(record["vote"][1]) if "vote" in record else {}


def _senses(library: Library, act: str) -> dict[str, str]:
    """How each of those named in a vote voted."""
    _, vote = _vote_of(library, act)
    said = {}
    for sense, name in SENSES.items():
        node = vote[name][1] if name in vote else None
        for one in items(node) or ([node] if node is not None and isinstance(node.value, str) else []):
            said[str(one.value)] = sense
    return said


# --- Brought back


def propose(document: Document, library: Library, wish: Wish) -> Proposal:
    back = returned(document)
    path, edit = content_named(library, back.target, (SEANCES.name,))
    before = edit.bom + edit.source
    changes: list[str] = []
    for one in back.changed:
        if one.page == FACTS and one.field == "valeur":
            change_field(
                edit,
                edit.root,
                one.key,
                id_in(one.now) if one.key in ("secretaire", "presidence") else one.now,
            )
            changes.append(f"{_FACTS[one.key]} : « {one.was} » → « {one.now} »")
    members = {one.key for one in back.changed if one.page == PRESENCES}
    now = {id: _now(back.kept[PRESENCES, id], back.changed, PRESENCES, id) for id in members}
    if members:
        absents = {id: list(_absence(id, cells)) for id, cells in now.items()}
        moves = {id: list(_moves(id, cells)) for id, cells in now.items()}
        replace_mine(edit, "absents", absents)
        replace_mine(edit, "mouvements", moves)
        changes += [f"{id} : {_said(cells)}" for id, cells in now.items()]
    files = [Proposed(path, edit.text(), "merged", before)] if edit.text() != before else []
    acts = {one.field for one in back.changed if one.page == VOTES and one.field != "membre"}
    acts |= {one.key for one in back.changed if one.page == BALLOTS}
    for act in sorted(acts):
        files += _voted(library, act, back.kept, back.changed, changes)
    return Proposal(GENRE, tuple(files), (), (), tuple(changes), "ctgdocs verifier")


def _now(kept: Mapping[str, str], changed: Sequence[Changed], page: str, key: str) -> dict[str, str]:
    return {**kept, **{one.field: one.now for one in changed if (one.page, one.key) == (page, key)}}


def _said(cells: Mapping[str, str]) -> str:
    told = [f"{name} {text}" for name, text in cells.items() if text and name != "membre"]
    return ", ".join(told) or "présent"


def _holder(text: str) -> str:
    """Who holds the pouvoir that a cell gives; "" when it gives none."""
    found = re.search(r"(?:pouvoir|procuration)\s+(?:à|a)\s+(.+)", text, re.IGNORECASE)
    return id_in(found[1]) if found else ""


def _absence(id: str, cells: Mapping[str, str]) -> Iterator[Value]:
    typed = cells[OPENING]
    words = slug(typed)
    if holder := _holder(typed):
        yield {"elu": id, "pouvoir_a": holder}
    elif words.startswith("exc") or words == "absent-excuse":
        yield {"elu": id, "excuse": "oui"}
    elif words.startswith("abs"):
        yield id
    elif words and not words.startswith("pres"):
        raise CtgdocsError(
            f"« {typed} » ({id}, à l’ouverture) : attendu présent, absent, excusé, ou pouvoir à…"
        )


def _moves(id: str, cells: Mapping[str, str]) -> Iterator[Value]:
    for name, typed in cells.items():
        if name in ("membre", OPENING, ARRIVES_AT, LEAVES_AT) or not typed:
            continue
        words = slug(typed)
        if words.startswith("arriv"):
            hour = cells.get(ARRIVES_AT, "")
            arrival: dict[str, Value] = {"elu": id, "arrive_a": name}
            yield arrival | ({"heure": hour} if hour else {})
        elif words.startswith(("part", "depart", "quitte")):
            hour, holder = cells.get(LEAVES_AT, ""), _holder(typed)
            record: dict[str, Value] = {"elu": id, "quitte_a": name}
            yield record | ({"heure": hour} if hour else {}) | ({"pouvoir_a": holder} if holder else {})
        else:
            raise CtgdocsError(f"« {typed} » ({id}, {name}) : attendu arrive, ou part")


def replace_mine(edit: Edit, name: str, wanted: Mapping[str, list[Value]]) -> None:
    """The items of a list that are about some élus: those that say the same stay to the byte, the others are
    replaced, taken away or added at the end."""
    record = fields(edit.root)
    node = record[name][1] if name in record else None
    there = items(node)
    new: list[Value] = []
    gone: list[int] = []
    for id, values in wanted.items():
        mine = [at for at, item in enumerate(there) if _elu(item) == id]
        if [_value(there[at]) for at in mine] == values:
            continue
        for at, value in zip(mine, values, strict=False):
            edit.replace(there[at], value)
        gone += mine[len(values) :]
        new += values[len(mine) :]
    if node is None or len(gone) == len(there):
        if new:
            edit.put(edit.root, name, new, after=("secretaire", "presidence", "absents", "suppleants"))
        elif node is not None and gone:
            edit.remove(edit.root, name)
        return
    for at in gone:
        edit.remove_item(node, at)
    last = there[max(at for at in range(len(there)) if at not in gone)]
    for value in new:
        edit.insert(node, value, after=last)


def _value(item: Yaml) -> Value:
    return item.value if isinstance(item.value, str) else {**_texts(item)}


def _voted(
    library: Library,
    act: str,
    kept: Mapping[tuple[str, str], Mapping[str, str]],
    changed: Sequence[Changed],
    changes: list[str],
) -> Iterator[Proposed]:
    """A délibération with its vote as the workbook says it now."""
    (path, edit), vote = _vote_of(library, act)
    now = {
        key: _now(row, changed, VOTES, key).get(act, "") for (page, key), row in kept.items() if page == VOTES
    }
    counted = _counted(act, _now(kept.get((BALLOTS, act), {}), changed, BALLOTS, act))
    wanted: dict[str, Value] = {**counted, **_named(act, now, counted)}
    mine = {name for name, (_, node) in vote.items() if _is_shown(name, node)}
    if not slug(now[VOTED]) and not wanted:
        if "vote" in fields(edit.root):
            edit.remove(edit.root, "vote")
    elif not vote or not (vote.keys() - mine or wanted):
        edit.put(edit.root, "vote", wanted, after=("dispositif", "decisions"))
    else:
        _change_vote(edit, vote, wanted, mine)
    told = ", ".join(f"{name} {_in_words(value)}" for name, value in wanted.items())
    changes.append(f"vote de {act} : {told or ('pour' if slug(now[VOTED]) else 'retiré')}")
    yield Proposed(path, edit.text(), "merged", edit.bom + edit.source)


def _is_shown(name: str, node: Yaml) -> bool:
    """Whether a field of a vote is one that the workbook holds: « pour » by names is not."""
    return name in (MODE, *SENSES.values()) or (name in COUNTED and str(node.value).isdecimal())


def _change_vote(edit: Edit, vote: Fields, wanted: Mapping[str, Value], mine: Collection[str]) -> None:
    """Field by field: what says the same stays to the byte."""
    node = fields(edit.root)["vote"][1]
    for name in dict.fromkeys((*mine, *wanted)):
        old = vote[name][1] if name in vote else None
        said = [str(one.value) for one in items(old)] or (str(old.value) if old is not None else "")
        if name not in wanted:
            edit.remove(node, name)
        elif said != wanted[name]:
            edit.put(node, name, wanted[name])


def _named(act: str, now: Mapping[str, str], counted: Mapping[str, Value]) -> dict[str, Value]:
    """Those who did not vote for, by field of the vote. CtgdocsError for a word that is no vote, and for a
    sense that is counted already."""
    named: dict[str, list[Value]] = {}
    for id, typed in now.items():
        if id == VOTED or slug(typed) in ("", "pour"):
            continue
        sense = next((name for word, name in SENSES.items() if slug(word) == slug(typed)), "")
        if not sense:
            raise CtgdocsError(f"« {typed} » ({id}, {act}) : attendu {', '.join(SENSES)}")
        if sense in counted:
            raise CtgdocsError(
                f"{act} : « {sense} » est donné en nombre (feuille {BALLOTS}) et par des noms (feuille "
                f"{VOTES}) : gardez l’un des deux"
            )
        named.setdefault(sense, []).append(id)
    return {name: named[name] for name in SENSES.values() if name in named}


def _counted(act: str, row: Mapping[str, str]) -> dict[str, Value]:
    """The mode and the numbers of a vote. CtgdocsError for what is neither."""
    found: dict[str, Value] = {}
    if mode := row.get(MODE, ""):
        same = next((one for one in MODES if slug(one) == slug(mode)), "")
        if not same:
            raise CtgdocsError(f"« {mode} » ({act}, mode de scrutin) : attendu {', '.join(MODES)}")
        found[MODE] = same
    for name, heading in COUNTED.items():
        if typed := row.get(name, ""):
            if not typed.isdecimal():
                raise CtgdocsError(f"« {typed} » ({act}, {heading.lower()}) : attendu un nombre de voix")
            found[name] = str(int(typed))
    return found


def _in_words(value: Value) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


READERS = (Reader("classeur-seance", "le classeur d’une séance", is_board(GENRE), propose),)
