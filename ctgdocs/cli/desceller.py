"""`ctgdocs desceller`."""

from __future__ import annotations

import getpass
from datetime import datetime

import click

from ctgdocs.cli.espace import here
from ctgdocs.cli.show import Exit, say
from ctgdocs.findings import UsageError

RANK = 8


@click.command(options_metavar="[OPTIONS]")
@click.argument("acte", metavar="ACTE")
@click.option("--motif", required=True, metavar="TEXTE", help="Pourquoi : une phrase, gardée avec l’acte.")
def desceller(acte: str, motif: str) -> int:
    """Lève une fois le scellé d’un acte transmis, publié, notifié ou signé.

    ACTE : un numéro (2026-045) ou le document. Le document d’avant est gardé dans l’historique, avec qui,
    quand et pourquoi ; « ctgdocs generer » refait ensuite l’acte, qui est de nouveau scellé.
    """
    if not motif.strip():
        raise UsageError("--motif est vide : dites en une phrase pourquoi l’acte est descellé.")
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.lifting import Lifting, lift

    now = datetime.now().astimezone().isoformat(" ", "seconds")
    done = lift(here(), KINDS, acte, Lifting(_who(), now, motif))
    say(f"descellé  {done.path} (scellé depuis {done.since})")
    say(f"gardé     {done.kept}")
    say("« ctgdocs generer » le refait d’après son contenu, puis il est de nouveau scellé.")
    return Exit.CLEAN


def _who() -> str:
    """The name of the session of whoever types; empty where the system gives none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "(session sans nom)"
