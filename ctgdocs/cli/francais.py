"""What click says, in French. click asks gettext for every sentence it shows: here is the answer."""

from __future__ import annotations

import gettext

import click

from ctgdocs.cli.wording import typeset

CATALOGUE = {
    "Aborted!": "Interrompu.",
    "deprecated": "abandonné",
    "Missing command.": "Il manque une commande.",
    "Options": "Options\u00a0",
    "Positional arguments": "Arguments\u00a0",
    "Commands": "Commandes\u00a0",
    "Got unexpected extra argument ({args})": "Argument en trop : {args}",
    "Got unexpected extra arguments ({args})": "Arguments en trop : {args}",
    "Value must be an iterable.": "Il faut plusieurs valeurs.",
    "env var: {var}": "variable d’environnement : {var}",
    "default: {default}": "par défaut : {default}",
    "(dynamic)": "(selon le cas)",
    "Takes {nargs} values but 1 was given.": "Il faut {nargs} valeurs, une seule est donnée.",
    "Takes {nargs} values but {len} were given.": "Il faut {nargs} valeurs, {len} sont données.",
    "Do you want to continue?": "Voulez-vous continuer ?",
    "Confirm the action without prompting.": "Confirme sans poser la question.",
    "%(prog)s, version %(version)s": "%(prog)s %(version)s",
    "Show the version and exit.": "Affiche la version.",
    "Show this message and exit.": "Affiche cette aide.",
    "Did you mean {possibility}?": "Vouliez-vous dire {possibility} ?",
    "(Did you mean one of: {possibilities}?)": "(Vouliez-vous dire : {possibilities} ?)",
    "Missing argument": "Il manque l’argument",
    "Missing option": "Il manque l’option",
    "Missing parameter": "Il manque le paramètre",
    "Missing parameter: {param_name}": "Il manque le paramètre {param_name}",
    "Missing {param_type}": "Il manque : {param_type}",
    "unknown error": "erreur inconnue",
    "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint} : {message}",
    "Invalid value: {message}": "Valeur refusée : {message}",
    "Could not open file {filename!r}: {message}": "Le fichier « {filename} » ne s’ouvre pas : {message}",
    "Error: {message}": "Erreur : {message}",
    "Try '{command} {option}' for help.": "Pour de l’aide : {command} {option}",
    "No such option {name!r}.": "Option inconnue « {name} ».",
    "No such command {name!r}.": "Commande inconnue « {name} ».",
    "Usage:": "Usage :",
    "Invalid start character for option ({option})": "Une option commence par un tiret ({option})",
    "Option {name!r} does not take a value.": "L’option « {name} » n’attend pas de valeur.",
    "Option {name!r} requires an argument.": "L’option « {name} » attend une valeur.",
    "Option {name!r} requires {nargs} arguments.": "L’option « {name} » attend {nargs} valeurs.",
    "Argument {name!r} takes {nargs} values.": "L’argument « {name} » attend {nargs} valeurs.",
    "Repeat for confirmation": "Répétez pour confirmer",
    "Press any key to continue...": "Appuyez sur une touche pour continuer…",
    "Error: The two entered values do not match.": "Erreur : les deux valeurs sont différentes.",
    "Error: invalid input": "Erreur : saisie refusée",
    "file": "fichier",
    "directory": "dossier",
    "path": "chemin",
    "Choose from:\n\t{choices}": "Au choix :\n\t{choices}",
    "Choice({choices})": "Choix({choices})",
    "{value!r} is not {choice}.": "« {value} » n’est pas {choice}.",
    "{value!r} is not one of {choices}.": "« {value} » n’est pas dans la liste : {choices}.",
    "{value!r} does not match the format {format}.": "« {value} » n’est pas de la forme {format}.",
    "{value!r} does not match the formats {formats}.": "« {value} » n’a aucune des formes {formats}.",
    "{value} is not in the range {range}.": "{value} n’est pas dans l’intervalle {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": "« {value} » : répondez par {states}.",
    "{len_type} values are required, but {len_value} was given.": "Il en faut {len_type}, pas {len_value}.",
    "{len_type} values are required, but {len_value} were given.": "Il en faut {len_type}, pas {len_value}.",
    "{value!r} is not a valid {number_type}.": "« {value} » n’est pas un nombre valable.",
    "{value!r} is not a valid UUID.": "« {value} » n’est pas un identifiant UUID.",
    "{name} {filename!r} is a file.": "{name} « {filename} » : c’est un fichier.",
    "{name} {filename!r} is a directory.": "{name} « {filename} » : c’est un dossier.",
    "{name} {filename!r} is not readable.": "{name} « {filename} » ne peut pas être lu.",
    "{name} {filename!r} is not writable.": "{name} « {filename} » ne peut pas être modifié.",
    "{name} {filename!r} is not executable.": "{name} « {filename} » ne peut pas être exécuté.",
    "{name} {filename!r} does not exist.": "{name} « {filename} » n’existe pas.",
    "Unknown standard stream '{name}'": "Flux inconnu « {name} »",
    "{editor}: Editing failed": "{editor} : la saisie a échoué",
    "{editor}: Editing failed: {e}": "{editor} : la saisie a échoué : {e}",
    "Windows error: {error}": "Erreur de Windows : {error}",
    "d": "j",
}
_NAMES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types", "utils")


def _translated(message: str) -> str:
    return typeset(CATALOGUE.get(message) or gettext.gettext(message))


def _counted(one: str, many: str, count: int) -> str:
    return _translated(one if count < 2 else many)


def speak_french() -> None:
    """Answers for gettext in click's modules: an agent's screen is in French on any machine."""
    for name in _NAMES:
        module = getattr(click, name, None)
        if module is not None and hasattr(module, "_"):
            module._ = _translated
        if module is not None and hasattr(module, "ngettext"):
            module.ngettext = _counted
