"""What a reader of old files is: it recognises its own, and proposes content files from them, which are
written all or none.

A kind or a registry that reads files says so in a `from_*.py`, which holds its `READERS`; `cli/importer.py`
asks all of them how well they know a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal, NamedTuple

from yaml import YAMLError

from ctgdocs.content.edit import Edit, fields, holds_nothing
from ctgdocs.content.gestures import record_of
from ctgdocs.content.library import Library
from ctgdocs.files import is_file, read_file
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.importing.document import WORD, Document
from ctgdocs.memory.writing import NotWritten, Output, unwritten, write_all
from ctgdocs.project import Project
from ctgdocs.word import mark_of

MARK = "# à vérifier"
SURE, SAME = 0.5, 0.1
"""A file is known from this score on; two readers whose scores are nearer than this are asked about."""


class Proposed(NamedTuple):
    """A file that is proposed. `path`: below content/ (`conventions/ctg-2022-2026.yaml`).

    `how`: `new` stands where nothing stands (it never replaces a file); `added` are entries that join the end
    of a registry, which is made when it is not there; `merged` is the whole text of a file that its reader
    has edited, `before` being the text it read: nothing is written when the file is another by now."""

    path: str
    text: str
    how: Literal["new", "added", "merged"] = "new"
    before: str = ""


class Count(NamedTuple):
    """What was in the file and what came out of it: « 212 phrases lues, 212 reprises »."""

    what: str
    many: str
    found: int
    kept: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file becomes. `files`: the first is the one to read again; `counts`: the report; `said`: what
    the screen tells besides; `changes`: what is asked before files are merged; `next`: the command to go on
    with."""

    id: str
    files: tuple[Proposed, ...]
    counts: tuple[Count, ...] = ()
    said: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    next: str = ""

    @property
    def text(self) -> str:
        return self.files[0].text

    @property
    def agent(self) -> str:
        """The agent's own file, "" when the document says nothing of the agent."""
        return next((one.text for one in self.files if one.path.startswith("agents/")), "")

    @property
    def doubts(self) -> int:
        """How many places are to be read again."""
        return sum(one.text.count(MARK) for one in self.files)


class Wish(NamedTuple):
    """What the command line asks: the name of the content, the content that takes the file in (`--dans`)."""

    id: str = ""
    into: str = ""


class Reader(NamedTuple):
    """One reader. `genre`: what `--genre` calls it; `label`: with its article (« une convention »).

    `recognise(document)`: from 0 (not at all) to 1 (no doubt). `propose(document, library, wish)`: raises
    CtgdocsError in one French sentence for what cannot be read."""

    genre: str
    label: str
    recognise: Callable[[Document], float]
    propose: Callable[[Document, Library, Wish], Proposal]


def ranked(readers: Sequence[Reader], document: Document) -> list[tuple[float, Reader]]:
    """The readers that know a file, the surest first."""
    scored = [(reader.recognise(document), reader) for reader in readers]
    return sorted((one for one in scored if one[0] > 0), key=lambda one: -one[0])


# --- scores ---------------------------------------------------------------------------------------------


def share(text: str, *patterns: str) -> float:
    """The share of these patterns that a text holds, whatever its capitals.

    >>> share("Entre la commune et la Caf", r"\\bentre\\b", r"ci-après")
    0.5
    """
    return sum(re.search(one, text, re.IGNORECASE | re.MULTILINE) is not None for one in patterns) / len(
        patterns
    )


AGENTS = "agents"
REGISTRIES: tuple[str, ...] = (
    "ctgdocs.importing.from_elus",
    "ctgdocs.importing.from_presence",
    "ctgdocs.importing.from_budget",
    "ctgdocs.importing.from_actes",
    "ctgdocs.importing.from_boards",
    "ctgdocs.importing.from_seance_board",
)
"""The modules that read what fills a registry; a kind names its own (`Kind.imports`)."""
_GENRES = {
    "conventions": "convention",
    "deliberations": "deliberation",
    "arretes": "arrete",
    "fiches_de_poste": "fiche_de_poste",
}
"""The shelf that a document of ctgdocs comes from → who reads it."""
_OF_TEXT = ("from_word", "from_actes")
"""The modules that read no workbook, and take a while to load."""
_PATH = re.compile(r"(?:[a-z_]+/)?[A-Za-z0-9][A-Za-z0-9_-]{0,99}\.(?:yaml|xlsx|csv)")


def readers_in(modules: Iterable[str], *, tabular: bool = False) -> list[Reader]:
    """The readers of these modules, then those of the registries; those of workbooks alone for one."""
    names = [one for one in (*modules, *REGISTRIES) if not (tabular and one.endswith(_OF_TEXT))]
    return [one for name in names for one in import_module(name).READERS]


def made_from(project: Project, document: Document) -> str:
    """The file of this workspace that a Word document was made from, as a path; "" for one of elsewhere."""
    path = "/".join(_origin(document).split("/")[:2]) + ".yaml"
    there = project.content / path
    return project.relative(there) if _PATH.fullmatch(path) and is_file(there) else ""


def _origin(document: Document) -> str:
    """What a Word document made by ctgdocs says it comes from (`conventions/ctg-2027-2031`), else ""."""
    mark = mark_of(document.data) if document.suffix in WORD else None
    return mark.origin if mark and "/" in mark.origin else ""


def recognised(readers: Sequence[Reader], document: Document) -> list[Reader]:
    """The readers between which a file is to be decided: one when it is known, none when none knows it.
    Raises CtgdocsError for a document of ctgdocs that is no content of its own (a note, a convocation)."""
    if origin := _origin(document):
        shelf, *_, last = origin.split("/")
        genre = "offre" if last == "offre" else _GENRES.get(shelf, "")
        ours = [one for one in readers if one.genre == genre]
        if not ours:
            raise CtgdocsError(
                f"ctgdocs l’a fait dans un autre espace, de {origin} : il se refait de ce contenu, à copier "
                "de là, et ne se lit pas en retour"
            )
        return ours
    found = ranked(readers, document)
    if found and found[0][0] >= 1:  # a workbook that was made here says what it is
        return [found[0][1]]
    near = [reader for score, reader in found if score >= max(SURE, found[0][0] - SAME)]
    return near[:1] if near and all(one.propose is near[0].propose for one in near) else near


def check(project: Project, proposal: Proposal) -> None:
    """Before anything is written: names that are names, no other file in the place of a new one
    (UsageError)."""
    for one in proposal.files:
        if not _PATH.fullmatch(one.path):
            name = one.path.partition("/")[2].rpartition(".")[0] or one.path
            raise UsageError(f"« {name} » n’est pas un nom : minuscules sans accent, chiffres et tirets.")
    _, taken = unwritten([_output(project, one) for one in proposal.files])
    if taken:
        shown = project.relative(Path(taken))
        raise UsageError(f"{shown} existe déjà : rien n’a été touché. Donnez un autre nom.")


def accept(project: Project, proposal: Proposal) -> None:
    """Writes all the files of a proposal, or none when one of them is in the way (NotWritten). The first,
    which the others go with, comes last: until it is there, the command can be run again."""
    outputs, _ = unwritten([_output(project, one) for one in reversed(proposal.files)])
    for one in outputs:
        Path(one.folder).mkdir(parents=True, exist_ok=True)
    for result in write_all(outputs):
        if isinstance(result, NotWritten):
            raise result


def _output(project: Project, one: Proposed) -> Output:
    path = project.content / one.path
    private = path.parent.name == AGENTS
    if one.how == "new":
        return Output(str(path), one.text.encode(), new=True, private=private)
    try:
        there = read_file(path)
    except OSError:
        there = b""
    if one.how == "merged" and there != one.before.encode():
        raise CtgdocsError(
            f"{project.relative(path)} a changé pendant la lecture : rien n’a été écrit, recommencez."
        )
    text = (
        one.text
        if one.how == "merged"
        else _joined(project.relative(path), there.decode("utf-8-sig"), one.text)
    )
    return Output(str(path), text.encode(), lambda now: (now or b"") == there, private=private)


def _joined(path: str, there: str, added: str) -> str:
    """A registry and the entries that join its end; the head of those (its comments) serves a new file alone.
    Raises CtgdocsError for a registry that cannot be read."""
    if not there.strip():
        return added
    body = re.sub(r"\A(?:#[^\n]*\n)+", "", added)
    if holds_nothing(there):
        kept = [line for line in there.splitlines() if line.lstrip().startswith("#")]
        return "\n".join([*kept, body])
    try:
        edit = Edit(there)
    except YAMLError:
        raise CtgdocsError(f"{path} ne peut pas être lu : corrigez-le d’abord.") from None
    if not fields(edit.root):
        raise CtgdocsError(f"{path} ne contient pas des fiches par identifiant : corrigez-le d’abord.")
    if not edit.root.flow_style:
        return f"{there.rstrip()}\n\n{body}"
    for name, record in record_of(body).items():  # « {caf-82: {nom: …}} », on one line
        edit.append(name, record if isinstance(record, dict) else {})
    return edit.text()
