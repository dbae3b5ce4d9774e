"""Bytes → text: UTF-8 only, and what to do when Windows wrote something else."""

from __future__ import annotations

import codecs
import re

from ctgdocs.content.tree import Problem
from ctgdocs.vocabulary.as_typed import CONTROL

_SAVE_AS = "enregistrez-le en UTF-8 (Bloc-notes : Fichier, Enregistrer sous, Encodage : UTF-8)"
# Line breaks for YAML, but not for an editor: places would be wrong and the text cut where nobody sees it.
_HIDDEN_BREAKS = {
    "\u0085": "saut de ligne invisible (U+0085)",
    "\u2028": "séparateur de ligne invisible (U+2028)",
    "\u2029": "séparateur de paragraphe invisible (U+2029)",
}
_HIDDEN = re.compile("[" + "".join(_HIDDEN_BREAKS) + "]")


def decode(data: bytes) -> tuple[str, Problem | None]:
    """The text of a file without its BOM, or why it has none."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "", Problem("encodage", "ce fichier est en UTF-16 (« Unicode »), pas en UTF-8", 1, 1, _SAVE_AS)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        return "", _not_utf8(data, error.start)


def _not_utf8(data: bytes, start: int) -> Problem:
    before = data[:start].decode("utf-8")  # valid up to there
    line = before.count("\n") + 1
    column = start and len(before) - before.rfind("\n")
    byte = data[start]
    read_as = bytes([byte]).decode("cp1252", "replace")
    likely = f", « {read_as} » sous Windows" if read_as.isprintable() and read_as != "\ufffd" else ""
    message = f"ce fichier n’est pas en UTF-8 (octet {byte:02X}{likely})"
    return Problem("encodage", message, line, column or 1, _SAVE_AS)


def misleading_character(text: str, *, every: bool = False) -> Problem | None:
    """The first character that breaks lines unseen or, with `every`, that no text may hold (control, NUL)."""
    if not every and not any(character in text for character in _HIDDEN_BREAKS):
        return None
    found = (CONTROL if every else _HIDDEN).search(text)
    if found is None:
        return None
    before = text[: found.start()]
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    name = _HIDDEN_BREAKS.get(found[0], f"caractère de contrôle U+{ord(found[0]):04X}")
    return Problem(
        "caractere-interdit",
        f"{name} dans le texte",
        line,
        column,
        "supprimez ce caractère, souvent venu d’un copier-coller",
    )
