"""What stands under each heading → the fields of a fiche de poste. A value that does not fit its field stays
as text in a free section, marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from ctgdocs.content.spelling import Node, Scalar
from ctgdocs.french import JOURS
from ctgdocs.importing.gathering import FREE, START, Gathered, rubrique, scalar, texts, words
from ctgdocs.importing.lines import Line
from ctgdocs.kinds.fiche_de_poste.from_title import titled_by
from ctgdocs.kinds.fiche_de_poste.horaires import read_duration, read_stretches
from ctgdocs.kinds.fiche_de_poste.postes import RUBRIQUES, TITRES, DateOuTexte
from ctgdocs.kinds.fiche_de_poste.statut import code_cited
from ctgdocs.vocabulary.as_typed import read_date, read_email, read_url, slug

_TEXTS = {
    # key of a heading → path of its field, when it is one line of text
    "numero": ("numero",), "service": ("service",), "lieu": ("lieu",), "famille": ("famille",),
    "teletravail": ("teletravail",), "encadrement": ("encadrement",), "experience": ("experience",),
    "niveau_d_etudes": ("niveau_d_etudes",), "remuneration": ("remuneration",),
    "affectation": ("affectation",),
    "emploi": ("contrat", "emploi"), "motif": ("contrat", "motif"), "duree": ("contrat", "duree"),
    "filiere": ("cadre_statutaire", "filiere"), "numero_offre": ("offre", "numero"),
    "astreintes": ("temps_de_travail", "astreintes"), "contact": ("offre", "candidature", "contact"),
    "telephone": ("offre", "candidature", "telephone"),
}  # fmt: skip
_LISTS = {
    "metiers": ("metiers",), "autres_lieux": ("autres_lieux",),
    "cadres_d_emplois": ("cadre_statutaire", "cadres_d_emplois"), "adresse": ("employeur", "adresse"),
    "pieces": ("offre", "candidature", "pieces"),
    "adresse_de_candidature": ("offre", "candidature", "adresse"),
}  # fmt: skip
_LONG = {
    "cycles": ("temps_de_travail", "cycles"), "presentation": ("employeur", "presentation"),
    "handicap": ("offre", "handicap"),
}  # fmt: skip
_READ: dict[str, tuple[tuple[str, ...], Callable[[str], object]]] = {
    "publication": (("offre", "publication"), read_date),
    "limite": (("offre", "limite"), read_date),
    "site": (("employeur", "site"), read_url),
    "courriel": (("offre", "candidature", "courriel"), read_email),
    "lien": (("offre", "candidature", "lien"), read_url),
    "a_pourvoir": (("a_pourvoir",), TypeAdapter(DateOuTexte).validate_python),
}
_SUPERIORS = {
    "superieur_hierarchique": "hierarchique",
    "superieur_fonctionnel": "fonctionnel",
    "instance": "instance",
}
_AGENT = {"agent_nom", "agent_naissance", "agent_entree_fpt", "agent_nomination"}
_SIGNED = {"autorite", "signature_agent"}
_BLANKS = re.compile(
    r"(?:(?:fait\s+)?(?:à|le)|date|signature|lu\s+et\s+approuvé|(?:nom|prénom)(?:\s*(?:,|et|/)?\s*(?:nom|prénom))?"
    r"|(?:le|la)\s+(?:maire|présidente?))?[\s:,.…_«»à-]*(?:,?\s*le)?[\s:,.…_]*",
    re.IGNORECASE,
)
"""What is left blank to be signed."""
_CATEGORY = re.compile(r"[\s,;/]*(?:([ABCabc])\b(?:\s*(?:,|;|/|et|ou)\s*)?)")
_GRID = re.compile(rf"(?P<jour>{'|'.join(JOURS)})\s*:", re.IGNORECASE)
_STRETCHES = re.compile(
    r"(?:\s*(?:,|et)?\s*\d{1,2}\s*[:h]\s*\d{0,2}\s*[-–à]\s*\d{1,2}\s*[:h]\s*\d{0,2})+", re.I
)
_STANDBY = re.compile(r"astreintes\s*:", re.IGNORECASE)
_UNREAD = "valeur à mettre dans le bon champ"


@dataclass(slots=True)
class Fields:
    """The content being proposed: `record` in any order, `agent` what belongs to the agent's own file."""

    record: dict[str, Node] = field(default_factory=dict)
    sections: list[Node] = field(default_factory=list)
    agent: list[tuple[str, str]] = field(default_factory=list)
    titres: dict[str, Node] = field(default_factory=dict)
    hollow: list[str] = field(default_factory=list)
    """Known headings under which the document says nothing."""


def fields_of(gathered: Sequence[Gathered], fallback: str) -> Fields:
    """The fields of everything gathered; `fallback` is the title of a document that has none."""
    fields = Fields()
    titled = titled_by(gathered, fallback)
    fields.record["intitule"] = Scalar(words(titled.title.text), titled.title.doubt)
    fields.hollow += titled.hollow
    if titled.employer is not None:
        _put(fields, ("employeur", "nom"), titled.employer)
    for one in titled.rest:
        if one.key in _SIGNED:
            one.lines = [line for line in one.lines if not _BLANKS.fullmatch(line.text)]
        if not one.lines:
            fields.hollow += [one.label] if one.label else []
            continue
        if one.key in _AGENT:
            _agent(fields, one)
        elif one.key in RUBRIQUES:
            _rubrique(fields, one)
        elif not _fact(fields, one):
            _free(fields, one)
    return fields


# --- headings ---------------------------------------------------------------------------------------------


def _rubrique(fields: Fields, one: Gathered) -> None:
    if one.key in fields.record:
        one.before = one.key
        _free(fields, one)
        return
    value = rubrique(one.lines)
    year = re.search(r"20\d\d", one.lines[0].text) if one.key == "objectifs" else None
    own_title = one.title and (one.doubt or _is_worth_writing(one.title, one.key, value))
    if own_title or year:
        record = (
            value if isinstance(value, dict) else {"points" if isinstance(value, list) else "texte": value}
        )
        head: dict[str, Node] = {"titre": Scalar(words(one.title), one.doubt)} if own_title else {}
        value = {**({"annee": Scalar(year[0])} if year else {}), **head, **record}
    fields.record[one.key] = value


def _is_worth_writing(title: str, key: str, value: Node) -> bool:
    """Whether a title is written as the document has it: always, unless its key says it already, or the two
    documents call it otherwise by themselves."""
    usual = TITRES[key]
    if slug(title) not in map(slug, usual):
        return True
    return not usual[1] and (slug(title) != slug(key) or isinstance(value, Scalar))


def _free(fields: Fields, one: Gathered) -> None:
    """A heading that has no field, or whose field is taken or does not take it."""
    title = one.title or one.label or "Autres informations"
    value = rubrique(one.lines)
    record = value if isinstance(value, dict) else {"points" if isinstance(value, list) else "texte": value}
    doubt = one.doubt or ("" if one.key in RUBRIQUES else _UNREAD)
    after: dict[str, Node] = {"apres": Scalar(one.before)} if one.before else {}
    fields.sections.append({"titre": Scalar(words(title), doubt), **after, **record})


# --- facts ------------------------------------------------------------------------------------------------


def _fact(fields: Fields, one: Gathered) -> bool:
    """Puts a fact in its field; False when it does not fit."""
    if one.key in (FREE, START, ""):
        return False
    placed = _place(fields, one)
    own = one.key in TITRES and one.title and slug(one.title) not in map(slug, filter(None, TITRES[one.key]))
    if placed and own and one.key not in fields.titres:
        fields.titres[one.key] = Scalar(words(one.title))
    return placed


def _place(fields: Fields, one: Gathered) -> bool:
    if one.key in _TEXTS:
        return _put(fields, _TEXTS[one.key], scalar(one.lines, one.doubt))
    if one.key in _LISTS:
        return _put(fields, _LISTS[one.key], texts(_items(one)))
    if one.key in _LONG:
        text = "\n\n".join(words(line.text) for line in one.lines)
        return _put(fields, _LONG[one.key], Scalar(text, one.doubt))
    if one.key in _READ:
        path, read = _READ[one.key]
        said = scalar(one.lines, one.doubt)
        return _reads(read, said.text) and _put(fields, path, said)
    return _OTHERS[one.key](fields, one) if one.key in _OTHERS else False


def _items(one: Gathered) -> list[Line]:
    """One item per line; grades and places on one line are told apart by their commas."""
    if one.key not in ("grades", "autres_lieux") or len(one.lines) > 1:
        return one.lines
    return [Line(piece, doubt=one.lines[0].doubt) for piece in one.lines[0].text.split(", ") if piece.strip()]


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except (PydanticCustomError, ValidationError):
        return False
    return True


def _put(fields: Fields, path: tuple[str, ...], value: Node) -> bool:
    """Sets a field once; False when it is taken."""
    record: dict[str, Node] = fields.record
    for step in path[:-1]:
        below = record.setdefault(step, {})
        if not isinstance(below, dict):
            return False
        record = below
    if path[-1] in record:
        return False
    record[path[-1]] = value
    return True


def _employer(fields: Fields, one: Gathered) -> bool:
    """A name, then what presents it; a sentence alone presents it."""
    name, *rest = one.lines
    if len(name.text) > 90 or name.text.endswith("."):
        return _put(
            fields, ("employeur", "presentation"), Scalar("\n\n".join(words(x.text) for x in one.lines))
        )
    placed = _put(fields, ("employeur", "nom"), scalar([name], one.doubt))
    if placed and rest:
        text = "\n\n".join(words(line.text) for line in rest)
        return _put(fields, ("employeur", "presentation"), Scalar(text))
    return placed


def _categories(fields: Fields, one: Gathered) -> bool:
    text = " ".join(line.text for line in one.lines)
    if not re.fullmatch(rf"(?:{_CATEGORY.pattern})+\s*", text):
        return False
    letters = ", ".join(found.upper() for found in _CATEGORY.findall(text))
    return _put(fields, ("cadre_statutaire", "categories"), Scalar(letters))


_IN_BRACKETS = re.compile(
    r"\(\s*cat(?:égorie|\.)?\s*(?P<lettre>[ABC])\s*\)|^\s*(?P<seule>[ABC])\s*[–—/-]", re.IGNORECASE
)


def _grades(fields: Fields, one: Gathered) -> bool:
    """Grades as they are typed; « (catégorie C) » beside one says the category too."""
    letters = [
        found["lettre"] or found["seule"] for line in one.lines for found in _IN_BRACKETS.finditer(line.text)
    ]
    if not _put(fields, ("cadre_statutaire", "grades"), texts(_items(one))):
        return False
    if letters:
        said = ", ".join(dict.fromkeys(letter.upper() for letter in letters))
        _put(fields, ("cadre_statutaire", "categories"), Scalar(said, "d’après le grade"))
    return True


def _contract(fields: Fields, one: Gathered) -> bool:
    """« Oui (article …) », then what the article says."""
    first, *rest = one.lines
    if not _put(fields, ("contrat", "ouvert"), scalar([first], one.doubt)):
        return False
    if code := code_cited(first.text):
        _put(fields, ("contrat", "article"), Scalar(code))
    if rest:
        _put(fields, ("contrat", "explication"), Scalar("\n\n".join(words(line.text) for line in rest)))
    return True


_TIMES = re.compile(r"\s*,\s*|\s+[–—-]\s+|\s*;\s*")
_SHARE = re.compile(r"temps|complet|partiel|plein|\d\s?%|quotité", re.IGNORECASE)
_WEEKLY = re.compile(
    r"(?P<duree>\d{1,2}(?:[.,]\d{1,2})?\s*(?:h|heures?)\s*\d{0,2}(?:\s*min(?:utes)?)?)"
    r"\s*(?:/\s*semaine|par\s+semaine|hebdomadaires?|hebdo\.?)(?P<reste>.*)",
    re.IGNORECASE,
)


def _working_time(fields: Fields, one: Gathered) -> bool:
    """« Temps non complet, 28 h hebdomadaires »: the share and the duration; a line that says more than these
    is kept whole beside them."""
    known = fields.record.get("temps_de_travail")
    if isinstance(known, dict) and known.keys() & {"quotite", "hebdomadaire"}:
        return False
    for line in one.lines:
        pieces = [piece.strip(" ,;") for piece in _TIMES.split(line.text) if piece.strip(" ,;.")]
        alone = len(pieces) == 1 and one.lines[0] is line
        placed = [_time(fields, piece, one.doubt, alone) for piece in pieces]
        if not all(placed):
            _more_time(fields, line.text)
    return True


def _time(fields: Fields, piece: str, doubt: str, alone: bool) -> bool:
    """Puts one piece of the working time in its field; False when it says more than its field takes."""
    weekly = _WEEKLY.fullmatch(piece)
    duration = weekly["duree"] if weekly else piece
    if weekly or _reads(read_duration, piece):
        placed = _put(fields, ("temps_de_travail", "hebdomadaire"), Scalar(duration.strip(), doubt))
        return placed and not (weekly and weekly["reste"].strip(" .,;"))
    share = alone or _SHARE.search(piece) is not None
    return share and _put(fields, ("temps_de_travail", "quotite"), Scalar(words(piece), doubt))


def _more_time(fields: Fields, text: str, doubt: str = "") -> None:
    """One more remark under the working hours."""
    record = fields.record.setdefault("temps_de_travail", {})
    assert isinstance(record, dict)
    before = record.get("precisions")
    if isinstance(before, Scalar):
        text, doubt = f"{before.text}\n\n{words(text)}", before.doubt or doubt
    else:
        text = words(text)
    record["precisions"] = Scalar(text, doubt)


def _hours(fields: Fields, one: Gathered) -> bool:
    """« LUNDI : 8h30-12h MARDI : … »: the days that read, in the grid; the rest as a remark."""
    time = fields.record.get("temps_de_travail", {})
    if isinstance(time, dict) and "horaires" in time:
        return False
    grid: dict[str, Node] = {}
    for line in one.lines:
        pieces = _GRID.split(_without_standby(fields, line.text))
        if pieces[0].strip():
            _more_time(fields, pieces[0].strip())
        for day, value in zip(pieces[1::2], pieces[2::2], strict=True):
            read = _STRETCHES.match(value)
            worked = read[0].strip(" ,;") if read else ""
            if worked and day.lower() not in grid and _reads(read_stretches, worked):
                grid[day.lower()] = Scalar(worked)
                value, day = _beside(value[len(read[0]) if read else 0 :], worked), ""
            if value.strip(" ,;"):
                _more_time(fields, f"{day} : {value.strip()}".removeprefix(" : "), "horaires mal lus")
    if grid:
        _put(fields, ("temps_de_travail", "horaires"), grid)
    return True


def _without_standby(fields: Fields, text: str) -> str:
    """A line of the grid without what it says of « ASTREINTES : », which has its own field."""
    standby = _STANDBY.search(text)
    if standby is None:
        return text
    said = text[standby.end() :].strip()
    if said and not _put(fields, ("temps_de_travail", "astreintes"), Scalar(words(said))):
        _more_time(fields, f"astreintes : {said}")
    return text[: standby.start()]


def _beside(text: str, worked: str) -> str:
    """What stands beside the hours of a day, without their own duration and the dashes of empty cells."""
    rest = text.strip(" ,;–—-")
    minutes = sum(stretch.minutes for stretch in read_stretches(worked))
    return "" if _reads(read_duration, rest) and read_duration(rest) == minutes else rest


def _superiors(fields: Fields, one: Gathered) -> bool:
    found = fields.record.setdefault("superieurs", [])
    assert isinstance(found, list)
    lien = _SUPERIORS[one.key]
    said = scalar(one.lines, one.doubt)
    found.append(said if lien == "hierarchique" else {"qui": said, "lien": Scalar(lien)})
    return True


def _informations(fields: Fields, one: Gathered) -> bool:
    return _put(fields, ("offre", "candidature", "informations"), rubrique(one.lines, one.doubt))


_OTHERS: dict[str, Callable[[Fields, Gathered], bool]] = {
    "employeur": _employer,
    "categories": _categories,
    "grades": _grades,
    "grade_et_categorie": _grades,
    "contrat": _contract,
    "temps_de_travail": _working_time,
    "horaires": _hours,
    "informations": _informations,
    **dict.fromkeys(_SUPERIORS, _superiors),
}


# --- the agent --------------------------------------------------------------------------------------------


def _agent(fields: Fields, one: Gathered) -> None:
    """Personal data goes to the agent's own file, never to the shared one."""
    fields.agent.append((one.label or one.title, " ".join(line.text for line in one.lines)))
