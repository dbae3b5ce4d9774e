"""The group of the commands, what click says in French, and how a run ends."""

from __future__ import annotations

import gettext
import io
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import click

from ctgdocs import __version__
from ctgdocs.cli.show import Exit, say, show
from ctgdocs.findings import CtgdocsError, Stopped, UsageError

NO_COMMAND = ("espace", "main", "show")


@cache
def commands() -> tuple[str, ...]:
    """The names of the commands: the modules of this room."""
    return tuple(one.name for one in iter_modules([str(Path(__file__).parent)]) if one.name not in NO_COMMAND)


def _module(name: str) -> ModuleType:
    return import_module(f"ctgdocs.cli.{name}")


class _Commands(click.Group):
    """The commands, each imported when it is named; listed in the order an agent meets them (their RANK)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(commands(), key=lambda name: int(_module(name).RANK))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in commands():
            return None
        command: click.Command = getattr(_module(name), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:  # click only knows the commands already imported
            raise click.NoSuchCommand(error.command_name, possibilities=commands(), ctx=ctx) from None


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
    epilog="Sortie : 0 tout va bien, 1 des constats ou des documents gardés, 2 commande mal écrite.",
)
@click.version_option(
    __version__, prog_name="ctgdocs", message="%(prog)s %(version)s", help="Affiche la version."
)
def cli() -> None:
    """Des fichiers de contenu et des modèles Word, les actes de la collectivité prêts à signer.

    Pour commencer : « ctgdocs initialiser mon-espace », puis « ctgdocs generer » dans ce dossier.
    """


# --- how a run ends: no agent ever sees a traceback -----------------------------------------------------


def main(arguments: Sequence[str]) -> int:
    """Runs a command and returns the exit code."""
    try:
        _speak_utf8()
        _speak_french()
        code = _asked(arguments)
        sys.stdout.flush()
        return code
    except Stopped as stopped:
        show(stopped.findings)
        return Exit.FINDINGS
    except CtgdocsError as error:
        say(f"Erreur : {error}", error=True)
        return Exit.USAGE if isinstance(error, UsageError) else Exit.FINDINGS
    except KeyboardInterrupt:
        say(error=True)  # closes the line where the terminal wrote ^C
        return _interrupted()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.CLEAN
    except Exception as error:
        say(_own_mistake(error), error=True)
        return Exit.FINDINGS


def _asked(arguments: Sequence[str]) -> int:
    try:
        result = cli.main(list(arguments), "ctgdocs", standalone_mode=False)
        return result if isinstance(result, int) else Exit.CLEAN
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    except click.Abort:
        return _interrupted()


def _interrupted() -> Exit:
    say("\nInterrompu : ce qui était écrit est entier, relancez la même commande pour finir.", error=True)
    return Exit.INTERRUPTED


def _speak_utf8() -> None:
    """French needs more than ASCII and cp1252, whatever the terminal says it speaks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _own_mistake(error: Exception) -> str:
    """One sentence for a mistake of the program; the trace goes to a file for whoever helps."""
    from ctgdocs.memory.writing import add_trace, trace_of

    state = Path.cwd() / "sorties" / ".ctgdocs"
    path = (state if state.is_dir() else Path.cwd()) / "erreurs.txt"
    try:
        add_trace(path, f"{trace_of(error)}\n")
    except CtgdocsError:
        return f"Erreur : le programme a rencontré un problème imprévu ({type(error).__name__})."
    return (
        "Erreur : le programme a rencontré un problème qu’il n’avait pas prévu. Rien n’est perdu ; "
        f"joignez le fichier « {path} » à votre demande d’aide."
    )


# --- what click says: it asks gettext for every sentence it shows, and here is the answer ---------------

CATALOGUE = {
    "Aborted!": "Interrompu.",
    "deprecated": "abandonné",
    "Missing command.": "Il manque une commande.",
    "Options": "Options\u00a0",
    "Positional arguments": "Arguments\u00a0",
    "Commands": "Commandes\u00a0",
    "Got unexpected extra argument ({args})": "Argument en trop\u00a0: {args}",
    "Got unexpected extra arguments ({args})": "Arguments en trop\u00a0: {args}",
    "Value must be an iterable.": "Il faut plusieurs valeurs.",
    "env var: {var}": "variable d’environnement\u00a0: {var}",
    "default: {default}": "par défaut\u00a0: {default}",
    "(dynamic)": "(selon le cas)",
    "Takes {nargs} values but 1 was given.": "Il faut {nargs} valeurs, une seule est donnée.",
    "Takes {nargs} values but {len} were given.": "Il faut {nargs} valeurs, {len} sont données.",
    "Do you want to continue?": "Voulez-vous continuer\u00a0?",
    "Confirm the action without prompting.": "Confirme sans poser la question.",
    "%(prog)s, version %(version)s": "%(prog)s %(version)s",
    "Show the version and exit.": "Affiche la version.",
    "Show this message and exit.": "Affiche cette aide.",
    "Did you mean {possibility}?": "Vouliez-vous dire {possibility}\u00a0?",
    "(Did you mean one of: {possibilities}?)": "(Vouliez-vous dire\u00a0: {possibilities}\u00a0?)",
    "Missing argument": "Il manque l’argument",
    "Missing option": "Il manque l’option",
    "Missing parameter": "Il manque le paramètre",
    "Missing parameter: {param_name}": "Il manque le paramètre {param_name}",
    "Missing {param_type}": "Il manque\u00a0: {param_type}",
    "unknown error": "erreur inconnue",
    "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint}\u00a0: {message}",
    "Invalid value: {message}": "Valeur refusée\u00a0: {message}",
    "Could not open file {filename!r}: {message}": (
        "Le fichier «\u00a0{filename}\u00a0» ne s’ouvre pas\u00a0: {message}"
    ),
    "Error: {message}": "Erreur\u00a0: {message}",
    "Try '{command} {option}' for help.": "Pour de l’aide\u00a0: {command} {option}",
    "No such option {name!r}.": "Option inconnue «\u00a0{name}\u00a0».",
    "No such command {name!r}.": "Commande inconnue «\u00a0{name}\u00a0».",
    "Usage:": "Usage\u00a0:",
    "Invalid start character for option ({option})": "Une option commence par un tiret ({option})",
    "Option {name!r} does not take a value.": "L’option «\u00a0{name}\u00a0» n’attend pas de valeur.",
    "Option {name!r} requires an argument.": "L’option «\u00a0{name}\u00a0» attend une valeur.",
    "Option {name!r} requires {nargs} arguments.": "L’option «\u00a0{name}\u00a0» attend {nargs} valeurs.",
    "Argument {name!r} takes {nargs} values.": "L’argument «\u00a0{name}\u00a0» attend {nargs} valeurs.",
    "Repeat for confirmation": "Répétez pour confirmer",
    "Press any key to continue...": "Appuyez sur une touche pour continuer…",
    "Error: The two entered values do not match.": "Erreur\u00a0: les deux valeurs sont différentes.",
    "Error: invalid input": "Erreur\u00a0: saisie refusée",
    "file": "fichier",
    "directory": "dossier",
    "path": "chemin",
    "Choose from:\n\t{choices}": "Au choix\u00a0:\n\t{choices}",
    "Choice({choices})": "Choix({choices})",
    "{value!r} is not {choice}.": "«\u00a0{value}\u00a0» n’est pas {choice}.",
    "{value!r} is not one of {choices}.": "«\u00a0{value}\u00a0» n’est pas dans la liste\u00a0: {choices}.",
    "{value!r} does not match the format {format}.": "«\u00a0{value}\u00a0» n’est pas de la forme {format}.",
    "{value!r} does not match the formats {formats}.": (
        "«\u00a0{value}\u00a0» n’a aucune des formes {formats}."
    ),
    "{value} is not in the range {range}.": "{value} n’est pas dans l’intervalle {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": (
        "«\u00a0{value}\u00a0»\u00a0: répondez par {states}."
    ),
    "{len_type} values are required, but {len_value} was given.": "Il en faut {len_type}, pas {len_value}.",
    "{len_type} values are required, but {len_value} were given.": "Il en faut {len_type}, pas {len_value}.",
    "{value!r} is not a valid {number_type}.": "«\u00a0{value}\u00a0» n’est pas un nombre valable.",
    "{value!r} is not a valid UUID.": "«\u00a0{value}\u00a0» n’est pas un identifiant UUID.",
    "{name} {filename!r} is a file.": "{name} «\u00a0{filename}\u00a0»\u00a0: c’est un fichier.",
    "{name} {filename!r} is a directory.": "{name} «\u00a0{filename}\u00a0»\u00a0: c’est un dossier.",
    "{name} {filename!r} is not readable.": "{name} «\u00a0{filename}\u00a0» ne peut pas être lu.",
    "{name} {filename!r} is not writable.": "{name} «\u00a0{filename}\u00a0» ne peut pas être modifié.",
    "{name} {filename!r} is not executable.": "{name} «\u00a0{filename}\u00a0» ne peut pas être exécuté.",
    "{name} {filename!r} does not exist.": "{name} «\u00a0{filename}\u00a0» n’existe pas.",
    "Unknown standard stream '{name}'": "Flux inconnu «\u00a0{name}\u00a0»",
    "{editor}: Editing failed": "{editor}\u00a0: la saisie a échoué",
    "{editor}: Editing failed: {e}": "{editor}\u00a0: la saisie a échoué\u00a0: {e}",
    "Windows error: {error}": "Erreur de Windows\u00a0: {error}",
    "d": "j",
}


def _translated(message: str) -> str:
    return CATALOGUE.get(message) or gettext.gettext(message)


def _counted(one: str, many: str, count: int) -> str:
    return _translated(one if count < 2 else many)


def _speak_french() -> None:
    """Answers for gettext in click's modules: an agent's screen is in French on any machine."""
    answers: dict[str, Callable[..., str]] = {"_": _translated, "ngettext": _counted}
    modules = [one for one in vars(click).values() if isinstance(one, ModuleType)]
    for module in modules:
        for name in answers.keys() & vars(module).keys():
            setattr(module, name, answers[name])
