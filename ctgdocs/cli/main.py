"""The commands, what they share, and how a run ends: 0 clean, 1 findings, 2 usage, 130 interrupted."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from ctgdocs import __version__
from ctgdocs.cli.francais import speak_french
from ctgdocs.cli.show import say
from ctgdocs.errors import CtgdocsError, UsageError

CLEAN, FINDINGS, USAGE, INTERRUPTED = 0, 1, 2, 130
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


def main(arguments: Sequence[str], *, changed: bool = False) -> int:
    """Runs a command and returns the exit code. Nothing an agent does ever shows a traceback. `changed`: the
    disk was just looked at, and something may have changed."""
    try:
        _speak_utf8()
        speak_french()
        result = cli.main(list(arguments), "ctgdocs", standalone_mode=False, obj=changed)
        sys.stdout.flush()
        return result if isinstance(result, int) else CLEAN
    except click.ClickException as error:
        error.show()
        return USAGE
    except UsageError as error:
        say(f"Erreur : {error}", error=True)
        return USAGE
    except CtgdocsError as error:
        say(f"Erreur : {error}", error=True)
        return FINDINGS
    except (KeyboardInterrupt, click.Abort):
        say("\nInterrompu : ce qui était écrit est entier, relancez la même commande pour finir.", error=True)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except Exception:
        say(_own_mistake(traceback.format_exc()), error=True)
        return FINDINGS


def _speak_utf8() -> None:
    """French needs more than ASCII and cp1252, whatever the terminal says it speaks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _own_mistake(trace: str) -> str:
    """One sentence for a mistake of the program; the trace goes to a file for whoever helps."""
    folder = Path.cwd()
    state = folder / "sorties" / ".ctgdocs"
    path = (state if state.is_dir() else folder) / "ctgdocs-erreurs.txt"
    try:
        with path.open("a", encoding="utf-8") as log:
            log.write(trace + "\n")
    except OSError:
        return f"Erreur : le programme a rencontré un problème imprévu ({trace.splitlines()[-1]})."
    return (
        "Erreur : le programme a rencontré un problème qu’il n’avait pas prévu. Rien n’est perdu ; "
        f"joignez le fichier « {path} » à votre demande d’aide."
    )
