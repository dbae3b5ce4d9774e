"""`ctgdocs ouvrir`."""

from __future__ import annotations

import webbrowser
from importlib.util import find_spec

import click

from ctgdocs.cli.espace import here
from ctgdocs.cli.show import Exit, say
from ctgdocs.findings import UsageError

RANK = 3
NEEDED = ("starlette", "uvicorn", "multipart")


@click.command(options_metavar="[OPTIONS]")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    help="Port (sinon son port habituel).",
)
@click.option("--sans-navigateur", is_flag=True, help="Dit l’adresse sans ouvrir le navigateur.")
def ouvrir(port: int, sans_navigateur: bool) -> int:
    """Ouvre l’espace de travail dans le navigateur, sur cet ordinateur seulement.

    La page modifie les mêmes fichiers que vous ; Ctrl+C la ferme. Relancée, la commande rouvre la première
    page.
    """
    if any(find_spec(name) is None for name in NEEDED):
        raise UsageError('La page demande quelques bibliothèques de plus : pip install "ctgdocs[page]".')
    from ctgdocs.page.server import serve

    def ready(address: str) -> None:
        say(f"La page est ouverte : {address}")
        say("Tout reste sur cet ordinateur. Pour la fermer : Ctrl+C.")
        if not sans_navigateur:
            webbrowser.open(address)

    try:
        already = serve(here(), port, ready)
    except KeyboardInterrupt:
        already = ""
    if already:
        say(f"La page de cet espace est déjà ouverte : {already}")
        if not sans_navigateur:
            webbrowser.open(already)
    return Exit.CLEAN
