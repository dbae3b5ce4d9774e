"""`ctgdocs etat`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ctgdocs.cli.espace import has_pdfs, here
from ctgdocs.cli.show import CHANGES, NBSP, Exit, counted, say, show
from ctgdocs.findings import SILENCED, CtgdocsError
from ctgdocs.memory.glance import nothing_changed
from ctgdocs.project import Project

if TYPE_CHECKING:
    from ctgdocs.line.status import Seen, Survey

RANK = 6
CHANGED = "scellé, le contenu a changé depuis"
EDITED = "modifié à la main"
COLOURS = {
    "à jour": "green",
    "scellé": "green",
    CHANGED: "red",
    "à régénérer": "yellow",
    "modifié à la main": "magenta",
    "en erreur": "red",
    "périmé": "red",
}
PLURALS = {
    "scellé": "scellés",
    CHANGED: "scellés, le contenu a changé depuis",
    "modifié à la main": "modifiés à la main",
    "périmé": "périmés",
}
COLUMN = 18
SHOWN = 8


@click.command(options_metavar="[OPTIONS]")
@click.argument("cible", nargs=-1, metavar="[CIBLE]…")
@click.option("--pourquoi", is_flag=True, help="Dit quel champ de quel fichier a changé, avant → après.")
def etat(cible: tuple[str, ...], pourquoi: bool) -> int:
    """Dit où en est chaque document, et pourquoi.

    À jour, à régénérer, modifié à la main, périmé. Sortie : 0 si tout est à jour, 1 sinon.
    """
    project = here()
    if not cible and _all_fresh(project):
        return Exit.CLEAN
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.status import status

    found = status(project, KINDS, cible)
    for seen in found.seen:
        _show(seen, _corrections(project, seen) or seen.words, pourquoi=pourquoi)
    if pourquoi:
        show(one for one in found.findings if one.blocking)
    say(_totals(found))
    return Exit.CLEAN if found.fresh else Exit.FINDINGS


def _all_fresh(project: Project) -> bool:
    """The quick answer, when the disk is as a clean run left it and holds nothing else of ours."""
    glance = nothing_changed(str(project.root))
    if glance is None or glance.echo or has_pdfs(project):
        return False
    from ctgdocs.memory.store import Memory

    memory = Memory.peek(project.state_dir)
    if memory.has_other_outputs():
        return False
    for key, record in memory.documents():
        if record.output:
            say(f"{'scellé' if record.sealed else 'à jour':<{COLUMN}} {key}  {record.output}")
        for one in record.findings or ():
            if one.code == SILENCED:
                say(f"{'':<{COLUMN}} {one.message}")
    say(f"{counted(glance.documents, 'document')}{NBSP}: tout est à jour.")
    return True


def _corrections(project: Project, seen: Seen) -> tuple[str, ...]:
    """The changes of a document corrected in Word, each with its field; none when it cannot be read back."""
    if seen.standing.value != EDITED or not seen.output:
        return ()
    from ctgdocs.kinds import KINDS
    from ctgdocs.readback import read_back

    try:
        found = read_back(project, KINDS, str(project.root / seen.output), explained=False)
    except CtgdocsError:
        return ()
    lines = [f"→ {one.place}{NBSP}: {one.arrow}" for one in found.placed]
    lines += [f"? {one.where}{NBSP}: {one.arrow}, dans aucun champ" for one in found.unplaced]
    if found.pending:
        lines.append(
            f"… {counted(sum(found.pending.values()), 'modification suivie', 'modifications suivies')}"
        )
    if lines and not found.sealed:
        lines.append(f"« ctgdocs reprendre {seen.name} » reprend ce qui a un champ")
    return tuple(lines)


def _show(seen: Seen, words: tuple[str, ...], *, pourquoi: bool) -> None:
    standing = click.style(f"{seen.standing.value:<{COLUMN}}", fg=COLOURS[seen.standing.value])
    say(f"{standing} {seen.name}  {seen.output if seen.output != seen.name else ''}".rstrip())
    reasons = seen.reasons if pourquoi else ()
    for reason in reasons[:SHOWN]:
        say(f"{'':<{COLUMN}} {reason}")
    if len(reasons) > SHOWN:
        say(f"{'':<{COLUMN}} … et {counted(len(reasons) - SHOWN, 'autre changement', 'autres changements')}")
    for said in seen.silenced:
        say(f"{'':<{COLUMN}} {said}")
    for line in words:
        say(f"{'':<{COLUMN}} {line}", fg=CHANGES.get(line[0]))


def _totals(found: Survey) -> str:
    counts: dict[str, int] = {}
    for seen in found.seen:
        counts[seen.standing.value] = counts.get(seen.standing.value, 0) + 1
    parts = [f"{count} {PLURALS.get(name, name) if count > 1 else name}" for name, count in counts.items()]
    return f"{counted(len(found.seen), 'document')} : {', '.join(parts) or 'rien à produire'}."
