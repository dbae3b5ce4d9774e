"""`ctgdocs envoyer`."""

from __future__ import annotations

import click

from ctgdocs.cli.espace import here
from ctgdocs.cli.show import NBSP, Exit, say

RANK = 5


@click.command(options_metavar="[OPTIONS]")
@click.argument("document", metavar="ID")
@click.option("--a", "qui", required=True, metavar="QUI", help="À qui va la copie : « DGS », un nom.")
def envoyer(document: str, qui: str) -> int:
    """Prépare une copie à corriger, où Word suit chaque modification.

    La copie est dans sorties/envois/ ; « ctgdocs reprendre » prend ensuite celles qui reviennent, ensemble
    s’il y en a plusieurs.
    """
    from ctgdocs.kinds import KINDS
    from ctgdocs.readback import prepare

    sent = prepare(here(), KINDS, document, qui)
    say(f"Copie à envoyer{NBSP}: {sent.path}")
    say(f'À son retour{NBSP}: ctgdocs reprendre --accepter tout "{sent.path}"')
    return Exit.CLEAN
