"""A list of élus as a mairie keeps it: any columns in any order, communes on lines of their own, headings on
two rows, suppléants beside their titulaires, commissions ticked in columns → persons.

Nothing is decided here of what the workspace holds: `from_elus` compares with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ctgdocs.content.framing import Frame
from ctgdocs.content.workbooks import Grid
from ctgdocs.french import slug
from ctgdocs.importing.roster_columns import (
    MAIRE,
    NAMING,
    SUPPLEANT,
    TITULAIRE,
    UNREAD,
    Column,
    column_of,
    heads_of,
    listed,
    name_bodies_of_sheets,
    told,
)
from ctgdocs.importing.roster_names import (
    FORMER,
    Beside,
    beside,
    bodies_of,
    is_over,
    named,
    replaces,
    serves,
)
from ctgdocs.importing.roster_people import (
    NOBODY,
    Person,
    Roster,
    body_name,
    by_agreement,
    commune_of_line,
    gender_of,
    role_of,
    same_place,
    years_of,
)
from ctgdocs.vocabulary.appellations import Nomme, civilite_of, place_name
from ctgdocs.vocabulary.as_typed import day_of
from ctgdocs.vocabulary.prenoms import is_prenom

# --- Rows


_VACANT = re.compile(r"(?:siege-|poste-)?vacante?|neant|a-designer|a-pourvoir|non-designee?")
_ANY_SHEET = re.compile(
    r"feuil|sheet|liste|annuaire|conseil|elus?\b|membres|titulaire|suppleant|assemblee|mandat|20\d\d"
)
_OF_WHOM = re.compile(r"representante?s?(?:-de)?|membres?-adherents?|structures?")
"""Whom someone sits for, beside the column of his name."""
_TICKS = frozenset((
    "x", "oui", "o", "1", "membre", "m", "titulaire", "t", "s", "suppleant",
    "suppleante", "p", "president", "presidente", "vp", "vice-president", "vice-presidente", "v",
))  # fmt: skip


def read_roster(sheets: Sequence[tuple[str, Grid]]) -> Roster:
    """The persons of every sheet that lists some. A sheet of an older mandate is one of former élus."""
    roster = Roster()
    last = max((years[1] for name, grid in sheets for years in years_of(name, grid)), default="")
    for name, grid in sheets:
        if heads_of(grid):
            roster.persons += listed(name, grid)
        elif grid.rows:
            former = any(years[1] < last for years in years_of(name, grid)) or bool(FORMER.search(slug(name)))
            _Page(name if len(sheets) > 1 else "", grid, roster, former=former).read()
    name_bodies_of_sheets(roster)
    return roster


class _Page:
    """One sheet, read from top to bottom; headings may come back, sections follow one another."""

    def __init__(self, name: str, grid: Grid, roster: Roster, *, former: bool) -> None:
        self.name = name
        self.roster = roster
        self.frame = Frame(grid)
        self.former = former
        self.columns: dict[int, Column] = {}
        self.section = ""
        self.suppleants = False
        self.body = ""
        self.filled = _filled_down(grid)
        self.title = ""
        self.table = 0
        self.headed = -1

    def read(self) -> None:
        start = len(self.roster.persons)
        for rank, row in enumerate(self.frame.rows):
            texts = {at: text for at in self.frame.columns if (text := self.frame.text(row, at))}
            if self._is_heading(rank, row, texts):
                continue
            if not self.columns:
                self.title = self.title or next(iter(texts.values()), "")
                self._says_section(texts)
            elif self.frame.alone(row) and not any(map(self._names_someone, texts, texts.values())):
                if not self._says_section(texts):
                    self._leave(row, texts)
            elif not self._take(row, texts) and not self._says_section(texts):
                self._leave(row, texts)
        if self.columns:
            self._carry_commune(start)
            self._tick(start)

    # --- headings

    def _is_heading(self, rank: int, row: int, texts: dict[int, str]) -> bool:
        columns = {at: column_of(text) for at, text in texts.items()}
        fields = [one.field for one in columns.values()]
        known = len(list(filter(None, fields)))
        if not self.columns:  # a sheet of presences has a day above each column
            known += sum(bool(day_of(one.heading)) for one in columns.values())
        naming = bool(NAMING & set(fields)) or MAIRE in {one.whom for one in columns.values()}
        if self.columns:  # headings that come back are nearly all known; « MAIRE » may be a line's function
            naming = any(one.field in NAMING and one.whom != MAIRE for one in columns.values())
            naming = naming and known >= max(2, len(texts) * 0.6)
            naming = naming and not any(self._names_someone(at, text) for at, text in texts.items())
        if not naming or (known < 2 and known < len(texts) / 2):
            return False
        if len(texts) == 1 and not self._names_follow(rank, next(iter(texts))):
            return False
        self.columns = self._grouped(
            rank, {at: column_of(text) for at, text in self._headings(rank, texts).items()}
        )
        self.table, self.headed = self.table + 1, rank
        self.roster.columns |= {one.field for one in columns.values() if one.field}
        self.section, self.suppleants = (self.section, self.suppleants) if rank < 4 else ("", self.suppleants)
        return True

    def _headings(self, rank: int, texts: dict[int, str]) -> dict[int, str]:
        """The headings of a row; where it has none, the one that stands above when it is known."""
        over = {}
        if rank and (not self.columns or self.headed == rank - 1):
            above = self.frame.rows[rank - 1]
            over = {at: text for at in self.frame.columns if (text := self.frame.text(above, at))}
        known = {at: text for at, text in over.items() if at not in texts and column_of(text).field}
        return dict(sorted({**known, **texts}.items()))

    def _names_follow(self, rank: int, column: int) -> bool:
        below = [self.frame.text(row, column) for row in self.frame.rows[rank + 1 : rank + 4]]
        return bool(below) and all(len(text.split()) > 1 for text in below)

    def _grouped(self, rank: int, columns: dict[int, Column]) -> dict[int, Column]:
        """The columns with whom they are about: a field that comes back, or a heading above, opens the
        suppléant."""
        above = self.frame.rows[rank - 1] if rank else None
        if any(one.field in NAMING and not _OF_WHOM.fullmatch(slug(one.heading)) for one in columns.values()):
            columns = {
                at: one._replace(field="commune") if _OF_WHOM.fullmatch(slug(one.heading)) else one
                for at, one in columns.items()
            }
        seen: set[str] = set()
        whom, grouped = "", {}
        for at, one in columns.items():
            over = slug(self._over(above, at)) if above is not None else ""
            if "suppleant" in over or (one.field in seen and one.field in ("nom", "prenom", "nom_complet")):
                whom = SUPPLEANT
            elif "titulaire" in over:
                whom = ""
            grouped[at] = one if one.whom or not whom else one._replace(whom=whom)
            if not grouped[at].whom:
                seen.add(one.field)
        return grouped

    def _over(self, row: int, column: int) -> str:
        for span in self.frame.across.get(row, ()):
            if span.left <= column <= span.right:
                return self.frame.text(row, span.left)
        return self.frame.text(row, column)

    # --- persons

    def _take(self, row: int, texts: dict[int, str]) -> bool:
        """Adds the persons of a row; False when there is none."""
        mine: dict[str, str] = {}
        for at, one in self.columns.items():
            if at in texts and one.whom in ("", TITULAIRE):
                field, said = told(one, texts[at])
                both = field in ("fonction", "") and field in mine  # « au conseil », « à la mairie »
                mine[field] = f"{mine[field]}, {said}" if both else said
        if "commune" in mine:
            mine["commune"] = commune_of_line(mine["commune"], bare=False) or mine["commune"]
        filled = {at: self.filled.get((row, at), "") for at in self.columns}
        for at, one in self.columns.items():
            if one.field == "commune" and filled[at]:
                mine.setdefault("commune", filled[at])
        person = self._person(row, mine)
        others = []
        whoms = {one.whom: None for one in self.columns.values() if one.whom not in ("", TITULAIRE)}
        for whom in whoms:
            theirs = {
                one.field: texts[at] for at, one in self.columns.items() if at in texts and one.whom == whom
            }
            if theirs and (other := self._person(row, theirs)) is not None:
                other.commune = other.commune or mine.get("commune", self.section)
                other.maire = whom == MAIRE
                if whom.startswith(SUPPLEANT):
                    other.suppleant, other.suppleant_de = True, person.said if person else ""
                others.append(other)
        found = [one for one in (person, *others) if one is not None]
        self.roster.persons += found
        if not found and MAIRE not in {one.whom for one in self.columns.values()}:
            return False
        commune = mine.get("commune") or self.section
        if commune and slug(commune) and not self.former:
            self._commune(commune, mine.get("population", ""))
        return bool(found) or bool(mine.get("commune"))

    def _commune(self, typed: str, population: str) -> None:
        name = place_name(typed)
        if name != " ".join(typed.split()) and typed == typed.upper():
            self.roster.capitals = True
        known = next((one for one in self.roster.communes if same_place(one, name)), name)
        digits = re.sub(r"\D", "", population)
        self.roster.communes[known] = self.roster.communes.get(known) or digits

    def _person(self, row: int, texts: dict[str, str]) -> Person | None:
        cells = {name: beside(texts.get(name, "")) for name in ("nom_complet", "nom", "prenom")}
        asides = [one for one in cells.values() if one.name]
        named = self._named(cells)
        if named is None:
            return None
        role = role_of(
            texts.get("fonction", "") or next((one.fonction for one in asides if one.fonction), "")
        )
        titled = role_of(texts.get("civilite", ""))
        civilite = (
            named.civilite
            or next((one.civilite for one in asides if one.civilite), "")
            or gender_of(texts.get("civilite", ""))
            or gender_of(texts.get("sexe", ""))
            or role.civilite
            or titled.civilite
            or by_agreement(f"{role.fonction} {titled.fonction}")
        )
        place = f"ligne {row + 1}" if not self.name else f"feuille {self.name}, ligne {row + 1}"
        person = Person(civilite, named.prenom, named.nom, place, self.name, self.table, former=self.former)
        person.commune = place_name(texts.get("commune", "") or self.section)
        also = "" if gender_of(titled.fonction) or titled.fonction == role.fonction else titled.fonction
        serves(person, texts, ", ".join(filter(None, (role.fonction, also))))
        person.suppleant |= self.suppleants
        replaces(person, texts, asides)
        person.groupe = texts.get("groupe", "")
        person.bodies |= {body_name(name): part for name, part in bodies_of(texts.get("commissions", ""))}
        self._role_in_a_body(person)
        if self.body:
            person.bodies.setdefault(self.body, slug(person.fonction))
        self._courriel(person, texts.get("courriel", ""))
        self._ends(person, asides, texts)
        return person

    def _role_in_a_body(self, person: Person) -> None:
        """A column « Rôle » beside that of the bodies tells the role there, one body a line."""
        role = any(one.field == "fonction" and slug(one.heading) == "role" for one in self.columns.values())
        if role and len(person.bodies) == 1:
            person.bodies = dict.fromkeys(person.bodies, slug(person.fonction).replace("membre", ""))
            person.fonction = ""

    def _courriel(self, person: Person, typed: str) -> None:
        address, *others = re.findall(r"[^\s;,<>()]+@[^\s;,<>()]+\.\w+", typed) or [""]
        person.courriel = address
        if typed and (others or not address):
            self.roster.notes.append(f"{person.said}, courriel « {typed} »")

    def _ends(self, person: Person, asides: Sequence[Beside], texts: dict[str, str]) -> None:
        """Whether the mandate is over, as the row says it; what it says besides is told."""
        fin = texts.get("fin", "")
        if fin and (FORMER.search(slug(fin)) or day_of(fin)) and is_over(fin):
            person.former = True
        said = [one.ended for one in asides if one.ended]
        others = [texts.get(name, "") for name in ("fonction", "statut")] + texts.get("", "").split(", ")
        said += [one for one in others if FORMER.match(slug(one))]
        person.former |= any(map(is_over, said))
        left = [*said, *(one for cell in asides for one in cell.left)]
        self.roster.notes += [f"{person.said} : « {one} »" for one in left]

    def _named(self, cells: dict[str, Beside]) -> Nomme | None:
        """Whom a row names; None when it is nobody."""
        whole, nom, prenom = (cells[one].name for one in ("nom_complet", "nom", "prenom"))
        heading = next((one.heading for one in self.columns.values() if one.field == "nom_complet"), "")
        if not (whole or nom or prenom):
            return None
        person, sure = named(nom, prenom, whole, heading)
        words = slug(f"{person.nom} {person.prenom}")
        typed = " ".join((whole, nom, prenom))
        alone = person.nom and (person.civilite or any(one.ended for one in cells.values()))
        if not (person.nom and (person.prenom or alone)) or re.search(r"\d", typed) or NOBODY.match(words):
            return None
        if _VACANT.match(words) or _VACANT.match(slug(typed)) or len(words) > 80:
            return None
        self.roster.capitals |= typed.isascii() and typed == typed.upper()
        if not sure:
            self.roster.notes.append(f"{person.prenom} {person.nom} : prénom, puis nom ?")
        return person

    # --- what is no person

    def _names_someone(self, at: int, text: str) -> bool:
        """Whether a cell names someone for sure: it stands where names do, with a civilité, or a word in
        capitals beside a prénom."""
        column = self.columns.get(at)
        words = beside(text).name.split()
        capitals = [word == word.upper() for word in words]
        looks = any(capitals) and not all(capitals) and any(map(is_prenom, words))
        named = column is not None and column.field in NAMING and 1 < len(words) < 7
        return named and bool(civilite_of(words[0]) or looks)

    def _says_section(self, texts: dict[int, str]) -> bool:
        """Takes a row that says one thing as what the rows under it are of; False when it is not."""
        if len(texts) != 1:
            return False
        ((at, text),) = texts.items()
        words = slug(text)
        if re.search(r"suppleant", words) and len(words) < 60:
            self.suppleants = "titulaire" not in words
            self.table += 1
            return True
        if FORMER.search(words):
            self.former = True
            return True
        if re.fullmatch(r"(?:conseillers-|delegues-|elus-|membres-)*titulaires?", words):
            self.suppleants = False
            return True
        if re.match(r"(?:commission|comite|groupe-de-travail|bureau)\b", words) and len(words) < 80:
            self.body, self.table = body_name(text), self.table + 1
            return bool(self.columns)
        column = self.columns.get(at)
        in_its_column = column is not None and column.field == "commune" and not column.whom
        elsewhere = not in_its_column and any(one.field == "commune" for one in self.columns.values())
        commune = commune_of_line(text, bare=bool(self.columns) and not elsewhere)
        if commune:
            self.section, self.suppleants = commune, False
        return bool(commune)

    def _leave(self, row: int, texts: dict[int, str]) -> None:
        said = " ".join(texts.values())
        self.roster.left.append(f"ligne {row + 1} : « {said if len(said) < 60 else said[:59] + '…'} »")

    # --- what several rows say together

    def _carry_commune(self, start: int) -> None:
        """A column where each commune is written once, at the head of its élus, goes on below."""
        mine = [one for one in self.roster.persons[start:] if not one.suppleant_de]
        heads = [slug(one.commune) for one in mine if one.commune]
        if len(heads) == len(mine) or len(set(heads)) != len(heads) or len(heads) * 2 > len(mine):
            return
        last = ""
        for one in self.roster.persons[start:]:
            last = one.commune or last
            one.commune = last

    def _tick(self, start: int) -> None:
        """The columns that nobody knows, of ticks alone, are bodies; the others are told."""
        for at, column in self.columns.items():
            below = self.frame.rows[self.headed + 1 :]
            if column.field in UNREAD and any(self.frame.text(row, at) for row in below):
                self.roster.unread.append(column.heading)
            if column.field or not column.heading.strip():
                continue
            cells = {row: slug(self.frame.text(row, at)) for row in self.frame.rows}
            body = [text for text in cells.values() if text and text != slug(column.heading)]
            if not body or day_of(column.heading) or not set(body) <= _TICKS:
                self.roster.unread.append(column.heading)
                continue
            for one in self.roster.persons[start:]:
                row = int(one.place.rpartition(" ")[2]) - 1
                if cells.get(row) and not one.suppleant_de:
                    one.bodies[body_name(column.heading)] = cells[row]
        naming = {one.field for one in self.columns.values()}
        if (
            self.name
            and "commune" not in naming
            and not self.section
            and not _ANY_SHEET.search(slug(self.name))
        ):
            for one in self.roster.persons[start:]:
                one.bodies[f"={self.title if 'commission' in slug(self.title) else self.name}"] = ""


def _filled_down(grid: Grid) -> dict[tuple[int, int], str]:
    """The text of the cells that are merged down, in each of their rows."""
    filled = {}
    for span in grid.spans:
        if span.bottom > span.top and span.top < len(grid.rows) and span.left < len(grid.rows[span.top]):
            text = " ".join(grid.rows[span.top][span.left].text.split())
            for row in range(span.top, span.bottom + 1):
                filled[row, span.left] = text
    return filled
