"""How a run ends: 0 clean, 1 findings, 2 usage, 130 interrupted. No agent ever sees a traceback."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable

from ctgdocs.cli.show import say
from ctgdocs.findings import CtgdocsError, UsageError, WritingError

CLEAN, FINDINGS, USAGE, INTERRUPTED = 0, 1, 2, 130


def ended(action: Callable[[], int]) -> int:
    """Runs a command and returns the exit code."""
    try:
        _speak_utf8()
        code = action()
        sys.stdout.flush()
        return code
    except UsageError as error:
        say(f"Erreur : {error}", error=True)
        return USAGE
    except CtgdocsError as error:
        say(f"Erreur : {error}", error=True)
        return FINDINGS
    except KeyboardInterrupt:
        say(error=True)  # closes the line where the terminal wrote ^C
        return interrupted()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except Exception:
        import traceback

        say(_own_mistake(traceback.format_exc()), error=True)
        return FINDINGS


def interrupted() -> int:
    say("\nInterrompu : ce qui était écrit est entier, relancez la même commande pour finir.", error=True)
    return INTERRUPTED


def _speak_utf8() -> None:
    """French needs more than ASCII and cp1252, whatever the terminal says it speaks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _own_mistake(trace: str) -> str:
    """One sentence for a mistake of the program; the trace goes to a file for whoever helps."""
    from pathlib import Path

    from ctgdocs.memory.writing import add_trace

    folder = Path.cwd()
    state = folder / "sorties" / ".ctgdocs"
    path = (state if state.is_dir() else folder) / "ctgdocs-erreurs.txt"
    try:
        add_trace(path, f"{trace}\n")
    except WritingError:
        return f"Erreur : le programme a rencontré un problème imprévu ({trace.splitlines()[-1]})."
    return (
        "Erreur : le programme a rencontré un problème qu’il n’avait pas prévu. Rien n’est perdu ; "
        f"joignez le fichier « {path} » à votre demande d’aide."
    )
