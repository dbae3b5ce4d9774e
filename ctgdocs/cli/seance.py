"""`ctgdocs seance`: all the papers of one séance, before and after the vote, and what they wait for."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import click

from ctgdocs.cli.espace import here, library_of, write_new
from ctgdocs.cli.show import Exit, counted, report_on, say, show
from ctgdocs.project import Project

if TYPE_CHECKING:
    from ctgdocs.seances.papiers import Papiers

RANK = 10


@click.command(options_metavar="[OPTIONS]")
@click.argument("cible", metavar="SÉANCE")
@click.option("--pdf", is_flag=True, help="Fait aussi le PDF de chaque document, avec LibreOffice.")
@click.option("--cahier", is_flag=True, help="Relie aussi le cahier de séance et le registre, en PDF.")
@click.option("--courriels", is_flag=True, help="Écrit aussi un brouillon de convocation par membre (.eml).")
def seance(cible: str, pdf: bool, cahier: bool, courriels: bool) -> int:
    """Fait tous les papiers d’une séance, et dit ce qui manque.

    SÉANCE : 2026-09-24, son fichier ou son jour. Avant le vote : convocation, ordre du jour, projets ;
    après : délibérations, liste, procès-verbal, feuillet du registre, télétransmission, lettres. Ce qui n’est
    dit nulle part (débats, jours d’affichage) s’écrit dans content/suites/, que la commande prépare.
    """
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.run import generate
    from ctgdocs.seances.papiers import papiers, seance_named
    from ctgdocs.vocabulary.registres import SEANCES

    project = here()
    library = library_of(project)
    id = seance_named(library, cible)
    found = papiers(library, id)
    if found is None:
        show(library.findings_of(SEANCES.name, id))
        return Exit.FINDINGS
    if found.voted and not found.suites:
        _begin(project, found)
        found = papiers(library_of(project), id) or found
    say(f"Séance du {found.title} : {counted(len(found.acts), 'délibération')}.", bold=True)
    code, told = Exit.CLEAN, set[str]()
    if found.targets:
        report = generate(project, KINDS, found.targets)
        code, told = report_on(report), {one.message for one in report.findings}
    _say_what_is_made(project, found)
    _transmitted(project, found)
    _say_what_is_missing(found, told)
    if (pdf or cahier) and found.targets:
        from ctgdocs.cli.generer import print_pdfs

        code = max(code, print_pdfs(project, tuple(found.targets)))
    if cahier and found.targets:
        _bind(project, found)
    if courriels:
        _drafts(project, found)
    return code


def _begin(project: Project, found: Papiers) -> None:
    """The file where what follows the séance is typed, once there is something to follow."""
    from ctgdocs.content.beginning import begun, known_of_the_house
    from ctgdocs.kinds.suite import KIND

    path = project.content / KIND.shelf / f"{found.id}.yaml"
    known = known_of_the_house(found.library, found.id, datetime.date.today())
    text = begun(KIND.beginning(), {**known, "seance": found.id})
    write_new(path, text.encode("utf-8"), project.relative(path))
    say(f"{project.relative(path)} est écrit : complétez-y les débats et les dates.", fg="green")


def _say_what_is_made(project: Project, found: Papiers) -> None:
    for one in found.made():
        if not (project.root / one.output).exists():
            continue
        waits = [finding.message for finding in one.findings if finding.code == "etat"]
        say(f"  – {one.output}{' (à compléter)' if waits else ''}")


def _transmitted(project: Project, found: Papiers) -> None:
    """The acts for the tool that transmits them, a row each."""
    from ctgdocs.memory.writing import write
    from ctgdocs.seances.papiers import transmission

    data = transmission(found)
    if data:
        path = project.sorties / "suites" / f"{found.id}-actes.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, data)
        say(f"  – {project.relative(path)}")


def _say_what_is_missing(found: Papiers, told: set[str]) -> None:
    """What is not typed yet, but what the run has just `told`."""
    waits = {
        finding.message
        for one in found.made()
        for finding in one.findings
        if finding.code == "etat" and not finding.blocking
    }
    lines = [*found.missing(), *sorted(waits - told)]
    if lines:
        say("Il manque :")
    for line in lines:
        say(f"  – {line}")


def _drafts(project: Project, found: Papiers) -> None:
    """One draft a member, and the sheet of sendings; nothing is sent."""
    from ctgdocs.memory.writing import write
    from ctgdocs.seances.courriels import courriels, pieces, sheet

    folder = project.sorties / "courriels" / found.id
    folder.mkdir(parents=True, exist_ok=True)
    joined = pieces(project, found)
    written = courriels(found, joined)
    for one in written:
        if one.data is not None:
            write(folder / one.name, one.data)
    write(folder / "feuille-d-envoi.csv", sheet(written, joined))
    count = sum(one.data is not None for one in written)
    where = project.relative(folder)
    say(f"{where} : {counted(count, 'brouillon')}, feuille-d-envoi.csv. Rien n’est envoyé.", fg="green")
    without = [one.member for one in written if one.data is None]
    if without:
        say(f"  – sans brouillon, faute d’adresse : {', '.join(without)}")
    if not joined:
        say("  – aucune pièce jointe : la réunion qui convoque n’est pas encore écrite")


def _bind(project: Project, found: Papiers) -> None:
    """The cahier of the séance; the sheets of its register, once it is closed."""
    from ctgdocs.kinds.suite import CLOTURE
    from ctgdocs.memory.writing import write
    from ctgdocs.seances.cahier import cahier, registre

    folder = project.sorties / "cahiers"
    folder.mkdir(parents=True, exist_ok=True)
    bound = [("cahier", cahier)]
    if any(one.part == CLOTURE for one in found.made()):
        bound.append(("registre", registre))
    for name, made in bound:
        path = folder / f"{found.id}-{name}.pdf"
        write(path, made(project, found))
        say(f"{project.relative(path)} est écrit.", fg="green")
