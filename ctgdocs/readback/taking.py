"""Writes the changes that are wanted into the content files, and makes the document again when it says all
that was written in Word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field

from ctgdocs.files import is_file, read_file
from ctgdocs.findings import UsageError
from ctgdocs.line.desk import Desk
from ctgdocs.line.orders import Kinds, Made, Options, Report
from ctgdocs.line.run import generate
from ctgdocs.memory import manifest
from ctgdocs.memory.history import History
from ctgdocs.memory.lock import Lock
from ctgdocs.memory.rest import Unreadable
from ctgdocs.memory.writing import keep_in_history, write
from ctgdocs.project import Project
from ctgdocs.readback.differences import compared
from ctgdocs.readback.reading import ReadBack, refuse_errors
from ctgdocs.readback.solving import Maker, files_with
from ctgdocs.readback.telling import Correction
from ctgdocs.word import retyped

HISTORY = "historique"


@dataclass(slots=True)
class Taken:
    """What was written: the changes, the content files, where the document of Word is kept; `report`: the run
    that made the document again, None when it was left as it stands."""

    changes: list[Correction] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    kept: str = ""
    report: Report | None = None


def take(
    project: Project,
    kinds: Kinds,
    found: ReadBack,
    numbers: Collection[int] | None = None,
    *,
    templates: bool = False,
) -> Taken:
    """Writes the placed corrections where they belong; `numbers`: those only, and of those that meet at the
    same words the one that was chosen. With `templates`, those of words that the Word template writes go
    there.

    The document of Word goes to the history first; each content file can be given back what it said. Raises
    UsageError for an act that has left the house, or whose content has changed from nobody knows what;
    WritingError when a file was changed meanwhile or cannot be written.
    """
    if found.sealed:
        raise UsageError(f"L’acte est scellé ({found.sealed}) : rien n’est repris.")
    if found.unknown:
        raise UsageError(
            "Le contenu a changé depuis ce document, et sa version d’alors n’est plus connue : rien n’est "
            "repris. « ctgdocs comparer » montre les deux."
        )
    chosen = [one for one in found.changes if one.proposal and _is_chosen(one, numbers)]
    disputed = [one.place for one in chosen if one.rivals]
    if twice := next((place for place in disputed if disputed.count(place) > 1), None):
        raise UsageError(f"{twice} : ces corrections sont en conflit, n’en prenez qu’une.")
    fixed = [one for one in found.unplaced if templates and one.in_template]
    if not chosen and not fixed and not found.stale:
        return Taken()
    texts = {file: data.decode("utf-8") for file, data in found.contents.items()}
    made = files_with(texts, [one.proposal for one in chosen if one.proposal])
    files = {file: data for file, data in made.items() if data != found.contents[file]}
    template = _retyped(project, found, fixed) if fixed else b""
    if template:
        _judge_template(project, kinds, found, files, template, [*chosen, *fixed])
    final = None if template else _made_already(found, files)
    _remember_base(project, found, files)
    done = Taken(chosen, sorted(files), _file_away(project, found))
    history = History(project)
    for file, data in files.items():
        fields = {one.place.field for one in chosen if one.place.file == file}
        history.write(file, found.contents[file], data, min(fields))
    if template:
        keep_in_history(project.root / found.template, project.state_dir / HISTORY / "modeles")
        write(project.root / found.template, template)
        done.changes += fixed
        done.files.append(found.template)
    if len(done.changes) == len(found.changes) and not found.pending:
        options = Options(jobs=1, replace=True, made=_if_as_read(project, found, files, final))
        done.report = generate(project, kinds, [found.key], options)
        _leave_its_former_name(project, found)
    return done


def _made_already(found: ReadBack, files: Mapping[str, bytes]) -> Made | None:
    """The document that proved the corrections, judged whole, when it was made from what is going to be
    written. Raises UsageError when the content is in error elsewhere than where it is corrected."""
    final = found.final
    if final is None or final.stopped or found.others:
        return None
    meant = {file: data for file, data in final.instead.items() if data != found.contents[file]}
    if meant != files:
        return None
    made = final.judged()
    refuse_errors(made, found.path)
    return made


def _if_as_read(
    project: Project, found: ReadBack, files: Mapping[str, bytes], final: Made | None
) -> tuple[Made, ...]:
    """The document, when the files still say what it was made from."""
    there = {**found.contents, **files}
    as_read = all(read_file(project.root / file) == data for file, data in there.items())
    return (final,) if final is not None and as_read else ()


def _is_chosen(one: Correction, numbers: Collection[int] | None) -> bool:
    return one.placed if numbers is None else one.number in numbers


def _remember_base(project: Project, found: ReadBack, files: Iterable[str]) -> None:
    """Remembers the files that are going to change as the document was made from them: when the command is
    stopped before it is made again, the next one knows what was changed in Word."""
    with suppress(Unreadable), Lock(project.state_dir), closing(manifest.opened(project.state_dir)) as memory:
        known = memory.base(found.key)
        if new := {file: found.contents[file] for file in files if file not in known}:
            with memory.transaction():
                memory.remember_base(found.key, known | new)


def _retyped(project: Project, found: ReadBack, fixed: Iterable[Correction]) -> bytes:
    """The template with the words that were changed in Word. Raises UsageError when it cannot take them."""
    data = read_file(project.root / found.template)
    places = [one.in_template for one in fixed if one.in_template]
    for one in sorted(places, key=lambda one: (one.rank, one.start), reverse=True):
        try:
            data = retyped(data, one.part, one.rank, one.start, one.end, one.new)
        except LookupError:
            at = f"« {found.template} », {one.place}"
            raise UsageError(f"{at} : ces mots ne s’y changent que dans Word. Rien n’est écrit.") from None
    return data


def _judge_template(
    project: Project,
    kinds: Kinds,
    found: ReadBack,
    files: Mapping[str, bytes],
    template: bytes,
    taken: Collection[Correction],
) -> None:
    """Makes the document in the template as it would be: it has to say what Word says wherever something is
    taken, and change nowhere else. Raises UsageError."""
    desk = Desk(project, kinds, 0, manifest.peek(project.state_dir))
    maker = Maker(project, kinds, desk.documents[found.key], desk.program)
    made = maker.with_template(found.template, template).make(files)
    if made.stopped:
        wrong = next((one.message for one in made.record.findings or () if one.blocking), "")
        raise UsageError(f"« {found.template} » ne fait plus le document : {wrong}. Rien n’est écrit.")
    after = found.page
    known = {one.where for one in found.changes if one not in taken} | {*found.elsewhere}
    for one in compared(made.page, after, looks=False).differences:
        place = (made.page[one.old] if one.old >= 0 else after[one.new]).passage.place
        if place not in known and (one.new < 0 or after[one.new].passage.place not in known):
            raise UsageError(
                f"« {found.template} » écrit aussi {place} : changé là, le document ne serait pas celui de "
                "Word. Rien n’est écrit ; changez le modèle dans Word, ou reprenez sans --modeles."
            )


def _file_away(project: Project, found: ReadBack) -> str:
    """Keeps the document of Word; where."""
    folder = project.state_dir / HISTORY / found.key.partition("/")[0]
    kept = [keep_in_history(project.root / path, folder) for path in (found.path, *found.others)]
    return project.relative(kept[0])


def _leave_its_former_name(project: Project, found: ReadBack) -> None:
    """Takes the document of Word away, which is kept, when the one made again has another name."""
    there = project.root / found.path
    own = found.path.startswith("sorties/") and found.output not in ("", found.path)
    if own and is_file(there) and read_file(there) == found.data:
        there.unlink()


def put_away(project: Project, key: str, copies: Iterable[str]) -> None:
    """Takes copies that were read away from those that are waited for; each is kept in the history."""
    folder = project.state_dir / HISTORY / key.partition("/")[0]
    for path in copies:
        if is_file(project.root / path):
            keep_in_history(project.root / path, folder)
            (project.root / path).unlink()
