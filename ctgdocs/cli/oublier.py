"""`ctgdocs oublier`."""

from __future__ import annotations

import click

from ctgdocs.cli.espace import here
from ctgdocs.cli.show import Exit, say
from ctgdocs.findings import UsageError

RANK = 8


@click.command(options_metavar="[OPTIONS]")
@click.argument("agent", metavar="AGENT")
@click.option("--a-blanc", is_flag=True, help="Montre ce qui serait enlevé, sans rien enlever.")
def oublier(agent: str, a_blanc: bool) -> int:
    """Enlève ce qui est connu d’un agent : son fichier, et les documents faits avec lui.

    AGENT : l’identifiant de content/agents/ (delmas-ines). Ce qui a été modifié à la main reste, et le dit.
    """
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.status import forget

    done = forget(here(), KINDS, agent, dry=a_blanc)
    if not (done.removed or done.kept):
        raise UsageError(
            f"Rien n’est connu d’un agent « {agent} » : ni content/agents/{agent}.yaml, ni document."
        )
    for path in done.removed:
        say(f"{'à enlever' if a_blanc else 'enlevé'}  {path}")
    for path in done.kept:
        say(f"gardé   {path} : modifié à la main, à enlever vous-même")
    say(f"Retirez aussi « agent: {agent} » de la fiche de poste, et les copies faites hors de cet espace.")
    return Exit.CLEAN
