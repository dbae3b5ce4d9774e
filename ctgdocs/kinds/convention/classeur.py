"""A plan d'actions kept in a spreadsheet by agents: one action a row, headings in their own words.

The rows become the tree that content/ would have read, so that validation says what is wrong in French, at
the cell where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import sha256

from ctgdocs.content.sheets import letters, read_grid, refused
from ctgdocs.content.validation import validate
from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.kinds.convention.plan import Axe
from ctgdocs.stages import Items, Mapping, Node, Source, Text
from ctgdocs.vocabulary.as_typed import nearest, slug
from ctgdocs.vocabulary.scalars import Fiche

HEADINGS: dict[str, tuple[str, ...]] = {
    # field → the headings that mean it, the first one being ours
    "axe": ("Axe", "Orientation", "Axe stratégique", "Thématique", "Champ", "Domaine"),
    "enjeu": ("Enjeu", "Enjeu de l’axe"),
    "numero": ("N°", "Numéro", "N° fiche", "N° action", "Référence", "Réf"),
    "titre": ("Action", "Intitulé", "Intitulé de l’action", "Fiche action", "Titre", "Nom de l’action"),
    "suite": ("Suite", "Suite donnée"),
    "origine": ("Origine", "Action d’origine", "N° précédent"),
    "constat": ("Constat", "Constat de départ", "Diagnostic", "Contexte"),
    "objectif_general": ("Objectif général",),
    "objectifs": ("Objectifs opérationnels", "Objectifs", "Objectif opérationnel"),
    "public": ("Public", "Public visé", "Public cible", "Bénéficiaires"),
    "territoire": ("Territoire", "Périmètre", "Lieu"),
    "description": (
        "Description",
        "Description de l’action",
        "Contenu",
        "Modalités",
        "Modalités de mise en œuvre",
    ),
    "pilote": ("Pilote", "Porteur", "Pilote de l’action", "Responsable", "Référent", "Pilotage"),
    "partenaires": ("Partenaires", "Partenaires associés", "Partenaires mobilisés"),
    "moyens": ("Moyens humains", "Moyens", "Moyens mobilisés", "Moyens humains et matériels"),
    "cout": ("Coût", "Coût total", "Coût prévisionnel", "Budget", "Budget prévisionnel", "Montant"),
    "financements": ("Financements", "Financement", "Financeurs", "Plan de financement"),
    "calendrier": ("Calendrier", "Échéancier", "Échéance", "Planning"),
    "debut": ("Début", "Date de début"),
    "fin": ("Fin", "Date de fin"),
    "indicateurs": (
        "Indicateurs",
        "Indicateurs d’évaluation",
        "Indicateurs de réussite",
        "Indicateurs de suivi",
        "Évaluation",
    ),
    "avancement": ("Avancement", "État d’avancement", "État"),
    "commentaire": (
        "Commentaires",
        "Commentaire",
        "Commentaire de suivi",
        "Observations",
        "Remarques",
        "Suivi",
    ),
}
_FUNDER = re.compile(r"(?:financement|part|participation|subvention)-(?:(?:de-la|de-l|du|des|d)-)?(.+)")
_FUNDER_WORDS = re.compile(
    r"^\s*(?:financement|part|participation|subvention)\s+(?:de la |de l’|de l'|du |des |d’|d'|de )?",
    re.IGNORECASE,
)
_ITEMS = re.compile(r"\s*(?:\n|;|•)\s*(?:[-–•]\s*)?")
_DASH = re.compile(r"^\s*[-–•]\s+")
_FINANCING = re.compile(r"(?P<libelle>.+?)\s*:\s*(?P<montant>.+)")
_INDICATOR = re.compile(
    r"(?P<intitule>.+?)(?:\s*\((?P<nature>quantitatif|qualitatif)\))?"
    r"(?:\s*[–-]\s*cible\s*:\s*(?P<cible>.+?))?(?:\s*[–-]\s*source\s*:\s*(?P<source>.+))?",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:sous-)?tota(?:l|ux)\b", re.IGNORECASE)
_HEADER_ROWS = 20  # a title and a few notes may stand above the headings


class _Axes(Fiche):
    """What a sheet holds."""

    axes: tuple[Axe, ...]


class Cells:
    """Where a value of the plan stands in its sheet; stands for `Entry.place`."""

    def __init__(self, source: Source, sheet: str) -> None:
        self.source, self.sheet = source, sheet

    def place(self, *path: str | int) -> Place:
        return _at_cell(self.source.place(*path), self.sheet)


def _at_cell(place: Place, sheet: str) -> Place:
    name = f"{letters(place.column)}{place.line}" if place.line else ""
    where = " ".join(filter(None, (f"feuille {sheet}," if sheet else "", f"cellule {name}" if name else "")))
    return Place(place.file, place.line, place.column, where)


@lru_cache(maxsize=16)
def read_plan(path: str, data: bytes, sheet: str = "") -> tuple[tuple[Axe, ...], tuple[Finding, ...], Cells]:
    """The axes that a sheet holds, what is wrong in it, and where each value stands. Raises Stopped for
    a file that is no table of actions."""
    grid = read_grid(path.rpartition("/")[2], data, sheet)
    top, columns, unknown = _headings(grid, path)
    root = Mapping(1, 1)
    root[Text("axes", top + 1, 1)] = _axes(grid, top, columns)
    source = Source(path, sha256(data).hexdigest(), root)
    cells = Cells(source, sheet)
    notes = [_unread(Place(path, top + 1, column + 1), grid[top][column], sheet) for column in unknown]
    entry, findings = validate(root, _Axes, source, (), "plan", path)
    said = [one._replace(place=_at_cell(one.place, sheet)) for one in findings]
    return (entry.value.axes if entry else ()), (*notes, *said), cells


# --- headings -------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {_key(name): field for field, names in HEADINGS.items() for name in names}


def _key(heading: str) -> str:
    """A heading reduced to its words: no brackets, units, case, accents or plural.

    >>> _key("Objectifs opérationnels (3 max.)") == _key("OBJECTIF OPERATIONNEL")
    True
    """
    words = slug(re.sub(r"\(.*?\)|€|\*", " ", heading)).split("-")
    return "-".join(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in words)


def field_of(heading: str) -> str:
    """The field that a heading means, `financements` for a funder's column; "" when it means none."""
    key = _key(heading)
    if not key:
        return ""
    if key in _known():
        return _known()[key]
    if _FUNDER.fullmatch(key):
        return "financements"
    near = nearest(key, _known(), least=0.85)
    return _known()[near] if near else ""


def _headings(grid: list[list[str]], path: str) -> tuple[int, dict[int, str], list[int]]:
    """The row of the headings, the field of each column, the columns that mean nothing."""
    for at, row in enumerate(grid[:_HEADER_ROWS]):
        fields = {column: field_of(cell) for column, cell in enumerate(row) if cell.strip()}
        if "titre" in fields.values() and sum(map(bool, fields.values())) > 1:
            unknown = [column for column, field in fields.items() if not field]
            return at, {column: field for column, field in fields.items() if field}, unknown
    raise refused(
        f"« {path.rpartition('/')[2]} » : aucune ligne de titres n’a de colonne « Action »",
        "titres attendus : Axe, N°, Action, Pilote, Coût, Financements, Calendrier, Indicateurs…",
    )


def _unread(place: Place, heading: str, sheet: str) -> Finding:
    names = [name for field in HEADINGS.values() for name in field]
    near = nearest(heading, names)
    hint = f"vouliez-vous dire « {near} » ?" if near else "elle peut rester dans le classeur"
    message = f"la colonne « {heading.strip()} » n’est pas reprise dans le plan d’actions"
    return Finding("colonne-ignoree", Severity.ALERTE, message, _at_cell(place, sheet), hints=(hint,))


# --- rows -----------------------------------------------------------------------------------------------


def _axes(grid: list[list[str]], top: int, columns: dict[int, str]) -> Items:
    """Rows as axes and actions. An empty « Axe » repeats the one above (merged cells)."""
    axes = Items(top + 1, 1)
    actions: Items | None = None
    current = ""
    for at, row in enumerate(grid[top + 1 :], start=top + 1):
        fields = {f: (c, row[c]) for c, f in columns.items() if c < len(row) and row[c].strip()}
        column, axis = fields.pop("axe", (0, ""))
        stake = fields.pop("enjeu", None)
        axis = " ".join(axis.split())
        if _TOTAL.match(axis) or _TOTAL.match(fields.get("titre", (0, ""))[1]) or not (axis or fields):
            continue
        if actions is None or (axis and axis != current):
            current = axis
            actions = Items(at + 1, 1)
            node = Mapping(at + 1, column + 1)
            node[Text("titre", at + 1, column + 1)] = Text(axis or "Actions", at + 1, column + 1)
            if stake:
                node[Text("enjeu", at + 1, stake[0] + 1)] = Text(stake[1].strip(), at + 1, stake[0] + 1)
            node[Text("actions", at + 1, 1)] = actions
            axes.append(node)
        if fields:
            actions.append(_action(grid[top], row, at, columns))
    return axes


def _action(headings: list[str], row: list[str], at: int, columns: dict[int, str]) -> Mapping:
    node = Mapping(at + 1, 1)
    funding = Items(at + 1, 1)
    for column, field in columns.items():
        text = row[column].strip() if column < len(row) else ""
        if not text or field in ("axe", "enjeu"):
            continue
        place = (at + 1, column + 1)
        if field == "financements":
            funding.line, funding.column = place
            funding.extend(_funding(headings[column], text, *place))
        else:
            node[Text(field, *place)] = _VALUES.get(field, Text)(text, *place)
    if funding:
        node[Text("financements", funding.line, funding.column)] = funding
    return node


def _funding(heading: str, text: str, line: int, column: int) -> Iterator[Mapping]:
    """« Caf : 12 000 € » a line; or a bare amount under « Financement Caf »."""
    if _known().get(_key(heading)) != "financements":
        funder = _FUNDER_WORDS.sub("", heading).strip()
        yield _record({"libelle": funder, "montant": text}, line, column)
        return
    for piece in _pieces(text):
        found = _FINANCING.fullmatch(piece)
        yield _record(found.groupdict() if found else {"libelle": piece, "montant": ""}, line, column)


def _list(text: str, line: int, column: int) -> Node:
    items = Items(line, column)
    items.extend(Text(piece, line, column) for piece in _pieces(text))
    return items


def _indicators(text: str, line: int, column: int) -> Node:
    items = Items(line, column)
    for piece in _pieces(text):
        found = _INDICATOR.fullmatch(piece)
        items.append(_record(found.groupdict() if found else {"intitule": piece}, line, column))
    return items


def _record(values: dict[str, str | None], line: int, column: int) -> Mapping:
    node = Mapping(line, column)
    for name, value in values.items():
        if value:
            node[Text(name, line, column)] = Text(value, line, column)
    return node


def _one_line(text: str, line: int, column: int) -> Node:
    return Text(" ".join(text.split()), line, column)


def _number(text: str, line: int, column: int) -> Node:
    """« 1.1 » typed as a number is shown « 1,1 » by a French sheet; an action is numbered with a point."""
    return Text(re.sub(r"(?<=\d),(?=\d)", ".", text), line, column)


def _pieces(text: str) -> list[str]:
    return [piece for piece in (part.strip() for part in _ITEMS.split(_DASH.sub("", text))) if piece]


_VALUES: dict[str, Callable[[str, int, int], Node]] = {
    "numero": _number,
    "objectifs": _list,
    "partenaires": _list,
    "indicateurs": _indicators,
    "titre": _one_line,
    "public": _one_line,
    "territoire": _one_line,
    "pilote": _one_line,
    "calendrier": _one_line,
}
