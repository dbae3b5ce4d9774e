"""The Word files that documents are made of: the charte they wear, their templates, what an author may use.

The fields of a kind are those of the example's own acts: what compose gives is the only list there is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ctgdocs.content.library import Library
from ctgdocs.findings import Finding, Place, Severity, TemplateError, UsageError
from ctgdocs.kind import Kind
from ctgdocs.line.orders import Kinds
from ctgdocs.project import Listing, Project
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.registres import COLLECTIVITE

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ctgdocs.templates import CharteFacts, Description, Field, Template
    from ctgdocs.vocabulary import organismes

FIELD = ("charte", "fichier")
SUFFIXES = (".docx", ".dotx")


class Charte(NamedTuple):
    """`path`: the file that is watched (empty: this document wears none); `styles`: its styles, by role;
    `worn`: the file exists (otherwise the templates keep their own look)."""

    path: str = ""
    styles: tuple[tuple[str, str], ...] = ()
    worn: bool = False


NO_CHARTE = Charte()


def charte_of(project: Project, digest: Callable[[str], str], reader: Reader) -> tuple[Charte, list[Finding]]:
    """The charte that collectivite.yaml names. The default one may be absent, which is told when it is named
    all the same; another may not, and none may lie out of the workspace."""
    entry = reader.find(COLLECTIVITE, "collectivite")
    named = getattr(entry.value, "charte", None) if entry else None
    if entry is None or named is None:
        return NO_CHARTE, []
    path = f"templates/{named.fichier}"
    if project.holds(project.root / path) and digest(path):
        return Charte(path, tuple(sorted(named.styles.items())), worn=True), []
    if os.path.lexists(project.root / path):
        return Charte(path), [_no_file(entry, path)]
    asked = "charte" in entry.value.model_fields_set and "fichier" in named.model_fields_set
    usual = named.fichier == type(named).model_fields["fichier"].default
    return Charte(path), [_missing(entry, path, usual=usual)] if asked else []


def _missing(entry: Entry[Any], path: str, *, usual: bool) -> Finding:
    return Finding(
        "charte",
        Severity.ALERTE if usual else Severity.ERREUR,
        f"la charte « {path} » n’existe pas" + (" : les modèles gardent leur allure" if usual else ""),
        entry.place(*FIELD),
        hints=("mettez le fichier à cette place, corrigez son nom, ou retirez cette ligne",),
    )


def _no_file(entry: Entry[Any], path: str) -> Finding:
    return Finding(
        "charte",
        Severity.ERREUR,
        f"la charte « {path} » ne se lit pas : ce n’est pas un fichier de l’espace de travail",
        entry.place(*FIELD),
        hints=("mettez un document Word à cette place, ou retirez ce qui s’y trouve",),
    )


def dressed_template(
    root: Path, name: str, charte: Charte, watermark: str, *, instead: Mapping[str, bytes] | None = None
) -> Template:
    """The template `name`, compiled in its charte; `instead`: templates in place of those of the disk. Raises
    TemplateError, naming the file at fault."""
    from ctgdocs.templates import Template

    dress = root / charte.path if charte.worn else None
    try:
        return Template.load(
            (instead or {}).get(name, root / name),
            dress,
            styles=dict(charte.styles),
            watermark=watermark,
            ordinals=True,
        )
    except TemplateError as error:
        if dress is not None and _is_fault_of(dress):
            raise error.of(charte.path) from error
        raise


def _is_fault_of(charte: Path) -> bool:
    from ctgdocs.word import make_safe, read

    try:
        make_safe(read(charte))
    except TemplateError:
        return True
    return False


class Faults:
    """What stops the templates of a workspace: each is read once for all that stops it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._known: dict[str, list[Finding]] = {}

    def told(self, error: TemplateError, name: str, source: str, context: Mapping[str, Any]) -> list[Finding]:
        """All the faults of the template `name` at once; what stopped the document of the content file
        `source`, when reading the template cannot tell, or when another file is at fault."""
        said = error.finding
        file = said.place.file or name or source
        said = said._replace(place=said.place._replace(file=file))
        faults = self._of(name, context) if name and file == name else []
        return faults if _is_among(said, faults) else [said, *faults]

    def _of(self, name: str, context: Mapping[str, Any]) -> list[Finding]:
        from ctgdocs.templates import lint

        if name not in self._known:
            found = lint(self.root / name, context, file=name)
            self._known[name] = [one for one in found if one.blocking]
        return self._known[name]


def _is_among(said: Finding, faults: Iterable[Finding]) -> bool:
    at = said.place.field
    return any(
        said.message.startswith(one.message) or (at and one.place.field.startswith(at)) for one in faults
    )


# --- `modeles` ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listed:
    """One template: its path, and what it uses (None when it cannot be read: `problem` says why)."""

    path: str
    uses: Description | None
    problem: str = ""


def templates(project: Project, kinds: Kinds) -> Listing:
    """The templates of every kind's shelf, in order (chartes are not templates); what else stands there."""
    shelves = dict.fromkeys(f"templates/{kind.shelf}" for kind in kinds)
    listings = [project.files(shelf, SUFFIXES) for shelf in sorted(shelves)]
    paths = [path for listing in listings for path in listing.paths]
    return Listing(paths, [finding for listing in listings for finding in listing.findings], [])


def listed(project: Project, kinds: Kinds) -> list[Listed]:
    from ctgdocs.templates import describe

    standing = templates(project, kinds)
    found = [Listed(stray.place.file, None, stray.message) for stray in standing.findings]
    for path in standing.paths:
        try:
            found.append(Listed(path, describe(project.root / path)))
        except TemplateError as error:
            found.append(Listed(path, None, str(error)))
    return sorted(found, key=lambda one: one.path)


def checked(
    project: Project,
    kinds: Kinds,
    example: Project,
    paths: Iterable[Path],
    genre: Kind[BaseModel] | None = None,
) -> Iterator[tuple[Path, list[Finding]]]:
    """Every problem of each template, in reading order. `genre`: the kind they are for, when their shelf does
    not tell; else they are judged by the fields of all kinds, which is said."""
    from ctgdocs.templates import lint

    named, charte = _charte(project, kinds)
    styles = dict(named.styles) if named and charte else None
    known: dict[str, dict[str, Any]] = {}
    for path in paths:
        relative = project.relative(path)
        kind = genre or next((one for one in kinds if relative.startswith(f"templates/{one.shelf}/")), None)
        asked = [kind] if kind else kinds
        known |= {one.name: example_context(example, kinds, one) for one in asked if one.name not in known}
        contexts = [known[one.name] for one in asked]
        likely = contexts if kind else _likely(path, contexts)
        problems = lint(path, together(likely), charte, styles=styles, file=relative)
        yield path, problems if len(likely) == 1 else [_of_any_kind(relative, kinds), *problems]


def _likely(path: Path, contexts: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """The kind whose fields a template uses most, when there is one; else all of them."""
    from ctgdocs.templates import describe

    try:
        used = {field.partition(".")[0] for field in describe(path).fields}
    except TemplateError:
        return contexts[:1]
    most = max(len(used & context.keys()) for context in contexts)
    best = [context for context in contexts if len(used & context.keys()) == most]
    return best if len(best) == 1 or not used else contexts


def _of_any_kind(path: str, kinds: Kinds) -> Finding:
    message = (
        "ni son dossier ni ses champs ne disent le genre de ce modèle : il est vérifié avec ceux de tous"
    )
    names = ", ".join(kind.name for kind in kinds)
    hints = (f"ajoutez --genre (parmi {names}), ou rangez-le avec ceux de son genre, dans templates/",)
    return Finding("genre", Severity.INFO, message, Place(path), hints=hints)


def drafted(project: Project, kinds: Kinds, example: Project, kind: Kind[BaseModel]) -> bytes:
    """A template of `kind` with every field it may hold, in the workspace’s charte. Raises TemplateError."""
    from ctgdocs.templates import draft

    named, charte = _charte(project, kinds)
    page = sorted((example.templates / kind.shelf).glob("*.docx"))[0]
    styles = dict(named.styles) if named and charte else {}
    return draft(example_context(example, kinds, kind), page, charte, styles)


def charte_said(project: Project, kinds: Kinds, path: Path | None) -> tuple[str, CharteFacts]:
    """The charte (that of collectivite.yaml, or the file `path`), and what it gives. Raises UsageError when
    there is none, TemplateError."""
    from ctgdocs.templates import facts_of_charte

    named, own = _charte(project, kinds)
    charte = path or own
    if charte is None:
        raise UsageError("Cet espace n’a pas de charte : enregistrez-la sous templates/charte.docx.")
    return project.relative(charte), facts_of_charte(charte, dict(named.styles) if named else {})


def _charte(project: Project, kinds: Kinds) -> tuple[organismes.Charte | None, Path | None]:
    """What collectivite.yaml says of the charte, and its file when it is there."""
    entry = Library(project, kinds).find(COLLECTIVITE, "collectivite")
    named = entry.value.charte if entry else None
    charte = project.templates / named.fichier if named else None
    return named, charte if charte is not None and os.path.lexists(charte) else None


def fields_of(example: Project, kinds: Kinds, kind: Kind[BaseModel]) -> list[Field]:
    """The fields an author may use in a template of `kind`, each with an example."""
    from ctgdocs.templates import fields

    return fields(example_context(example, kinds, kind))


def example_context(example: Project, kinds: Kinds, kind: Kind[BaseModel]) -> dict[str, Any]:
    """What the example's acts of a kind say together."""
    library = Library(example, kinds)
    said: list[Mapping[str, Any]] = []
    for document in library.documents():
        if document.kind.name != kind.name:
            continue
        entry = library.find(kind.registry, document.id)
        composition = kind.compose(entry, library.reader(), document.part) if entry else None
        said += [composition.context] if composition is not None else []
    return together(said)


def together(contexts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Of each field, the first value that is not empty; of lists of fiches, all that theirs hold."""
    merged: dict[str, Any] = {}
    for context in contexts:
        for name, value in context.items():
            before = merged.get(name)
            if isinstance(before, Mapping) and isinstance(value, Mapping):
                merged[name] = together((before, value))
            elif before and _fiches(before) and _fiches(value):
                merged[name] = [together((*before, *value)), *before[1:]]
            elif not before:
                merged[name] = value
    return merged


def _fiches(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)
