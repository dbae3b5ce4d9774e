"""`ctgdocs nettoyer`."""

from __future__ import annotations

import click

from ctgdocs.cli.espace import here
from ctgdocs.cli.show import Exit, counted, say

RANK = 7


@click.command(options_metavar="[OPTIONS]")
@click.option("--a-blanc", is_flag=True, help="Montre ce qui serait enlevé, sans rien enlever.")
def nettoyer(a_blanc: bool) -> int:
    """Enlève les documents dont le contenu n’existe plus.

    Ceux qui ont été modifiés à la main restent.
    """
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.status import clean

    done = clean(here(), KINDS, dry=a_blanc)
    for output in done.removed:
        say(f"{'à enlever' if a_blanc else 'enlevé'}  {output}")
    for output in done.kept:
        say(f"gardé   {output} : modifié à la main, à enlever vous-même")
    for output in done.sealed:
        say(f"gardé   {output} : acte scellé, il a quitté la maison")
    many = "" if len(done.removed) < 2 else "s"
    say(f"{counted(len(done.removed), 'document')} {'à enlever' if a_blanc else f'enlevé{many}'}.")
    return Exit.CLEAN
