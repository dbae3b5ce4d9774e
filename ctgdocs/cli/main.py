"""The commands, and what they share."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import click

from ctgdocs import __version__
from ctgdocs.cli.ending import CLEAN, USAGE, ended, interrupted
from ctgdocs.cli.francais import speak_french

COMMANDS = {
    "initialiser": "workspace",
    "nouveau": "workspace",
    "importer": "importing",
    "generer": "generating",
    "verifier": "verifying",
    "etat": "status",
    "nettoyer": "status",
    "modeles": "templates",
    "suivi": "suivi",
    "renouveler": "renewing",
    "echeances": "deadlines",
    "comparer": "comparing",
}


class _Commands(click.Group):
    """The commands in the order an agent meets them, each imported when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(f"ctgdocs.cli.{COMMANDS[name]}")
        command: click.Command = getattr(module, name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:  # click only knows the commands already imported
            raise click.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from None


def _without_accents(word: str) -> str:
    """« générer » is what a French hand types: commands and options are understood with their accents.

    >>> _without_accents("générer"), _without_accents("--à-blanc")
    ('generer', '--a-blanc')
    """
    if word.isascii():
        return word
    import unicodedata

    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


@click.group(
    cls=_Commands,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
        "token_normalize_func": _without_accents,
    },
    options_metavar="[OPTIONS]",
    subcommand_metavar="COMMANDE [ARGUMENTS]…",
    epilog="Sortie : 0 tout va bien, 1 des constats ou des documents gardés, 2 commande mal écrite.",
)
@click.version_option(
    __version__, prog_name="ctgdocs", message="%(prog)s %(version)s", help="Affiche la version."
)
def cli() -> None:
    """Des fichiers de contenu et des modèles Word, les actes de la collectivité prêts à signer.

    Pour commencer : « ctgdocs initialiser mon-espace », puis « ctgdocs generer » dans ce dossier.
    """


def main(arguments: Sequence[str]) -> int:
    """Runs a command and returns the exit code."""
    return ended(lambda: _asked(arguments))


def _asked(arguments: Sequence[str]) -> int:
    speak_french()
    try:
        result = cli.main(list(arguments), "ctgdocs", standalone_mode=False)
        return result if isinstance(result, int) else CLEAN
    except click.ClickException as error:
        error.show()
        return USAGE
    except click.Abort:
        return interrupted()
