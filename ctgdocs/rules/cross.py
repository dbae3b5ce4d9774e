"""What an act says it holds: F4, the annexe, the article, the table that a sentence sends to is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sized
from typing import Final

from ctgdocs.patterns import Sought, regex
from ctgdocs.rules.rule import ALERTE, PROSE, Prose, Said, Typed, about, rule
from ctgdocs.rules.texts import texts
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.as_typed import shown
from ctgdocs.vocabulary.citations import phrase

_OWN: Final = (
    r"(?:de\s+la\s+présente|du\s+présent|à\s+la\s+présente|au\s+présent|ci-dessus|ci-dessous|ci-après"
    r"|ci-jointe?|ci-annexée?|supra|infra)\b"
)
_ANNEXE = regex(
    rf"\bannexe\s+(?:n\s?[°º]\s?)?(?P<n>\d{{1,2}}|(?-i:[A-H]|[IVX]{{1,4}}))\b(?![.,]?\d)(?P<own>\s+(?:(?:jointe|annexée|insérée)\s+)?{_OWN})?(?P<of>\s+(?:de|du|des|à|au|d[’']))?",
    re.IGNORECASE,
    needs="annexe",
)
_ARTICLE = regex(
    rf"\b(?:articles\s+\d{{1,2}}(?:er)?(?:\s*,\s*\d{{1,2}}){{0,6}}\s+(?:et|à)\s+|article\s+)(?P<n>\d{{1,2}})(?:er)?\b(?![.,-]?\d)(?P<own>\s+{_OWN})?(?P<of>\s+(?:de|du|des|d[’']|modifié|\())?",
    re.IGNORECASE,
    needs="article",
)
_TITLED = regex(r"(?:er)?\s*[:–—-]")
"""What follows the number of an article that begins here: « Article 2 : Objet »."""
_ANOTHER = regex(
    r"\b(?:lois?|décrets?|codes?|ordonnances?|arrêtés?|règlements?|circulaires?|statuts|délibérations?|contrats?)\b",
    re.IGNORECASE,
    needs="arrêté|circulaire|code|contrat|décret|délibération|loi|ordonnance|règlement|statuts",
)
_TABLE = regex(
    r"\b(?P<quoi>tableaux?|plans?\s+de\s+financement|graphiques?|schémas?|organigrammes?)\s+(?:n\s?[°º]\s?\d+\s+)?(?:ci-dessous|ci-après|ci-contre|suivants?)\b",
    re.IGNORECASE,
    needs="ci-après|ci-contre|ci-dessous|suivant & financement|graphique|organigramme|schéma|tableau",
)
_TABLE_RANK = regex(
    rf"\btableau\s+(?:n\s?[°º]\s?)?(?P<n>\d{{1,2}})\b\s+{_OWN}",
    re.IGNORECASE,
    needs="tableau & ci-annexé|ci-après|ci-dessous|ci-dessus|ci-joint|infra|présent|supra",
)
_SHOWN_AS: Final = ("tableau", "financement", "graphique", "schéma", "organigramme")
_SHOWS = regex("|".join(_SHOWN_AS), re.IGNORECASE, needs="financement|graphique|organigramme|schéma|tableau")
_SHOWN = regex(r"^\s*\|.*\|", re.MULTILINE)
_LISTED = regex(r"^\s*(?:[-*]|\d+\.)\s", re.MULTILINE)


@rule(
    "F4",
    "L’article, l’annexe et le tableau auxquels une phrase renvoie sont dans l’acte",
    ALERTE,
    "cohérence de l’acte",
    on=PROSE,
    about=about("annexe", "article", *_SHOWN_AS),
)
def sends_to_what_is_there(typed: Prose, reader: Reader) -> Iterator[Said]:
    """« l’annexe 3 », « l’article 12 », « le tableau ci-dessous » of the act itself, by their rank: those
    of a convention when it speaks, of another act when it says « de la présente délibération », « ci-après
    ». What is of another text is left alone."""
    text = typed.text
    if "nnexe" in text:
        yield from _ranks(typed, _ANNEXE, "annexes")
    if "rticle" in text:
        yield from _ranks(typed, _ARTICLE, "articles")
    for found in (*_TABLE.finditer(text), *_TABLE_RANK.finditer(text)) if _SHOWS.search(text) else ():
        plan = found[0].lower().startswith("plan")
        if not _has_a_table(typed.act) and not (plan and _LISTED.search(text, found.end())):
            said = f"{shown(found[0])} : l’acte n’a pas de tableau"
            hint = "ajoutez-le (tableaux, et {tableau:…} dans le texte), ou corrigez la phrase"
            yield Said(said, typed.place(found.start()), hint)


def _ranks(typed: Typed, pattern: Sought, field: str) -> Iterator[Said]:
    if getattr(typed.act.value, "type", "") == "avenant":  # it speaks of what it changes
        return
    held = getattr(typed.act.value, field, None)
    if held is None and field == "articles":
        held = getattr(typed.act.value, "decisions", None)
    many = len(held) if isinstance(held, Sized) else 0
    convention = typed.act.registry == "convention"
    for found in pattern.finditer(typed.text):
        around = phrase(typed.text, found.start(), found.end())
        if found[0][0] == "A" and _TITLED.match(typed.text, found.end("n")):
            continue
        mine = found["own"] or (convention and not found["of"] and not _ANOTHER.search(around))
        rank = _rank(found["n"])
        if mine and rank > many:
            word = field.removesuffix("s")
            count = f"{many} {word}{'s' * (many > 1)}" if many else f"pas d’{word}"
            hint = (
                f"ajoutez cette {word} à annexes, ou corrigez le renvoi"
                if field == "annexes"
                else "corrigez le renvoi, ou citez-le par {article:…}"
            )
            yield Said(
                f"{shown(found[0].strip())} : {'l’acte a' if many else 'l’acte n’a'} {count}",
                typed.place(found.start()),
                hint,
            )


def _rank(said: str) -> int:
    """3 for « 3 », « C » and « III »."""
    if said.isdigit():
        return int(said)
    return _ROMAN.index(said) + 1 if said in _ROMAN else ord(said[0]) - ord("A") + 1


_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _has_a_table(act: Entry[object]) -> bool:
    value = act.value
    if any(getattr(value, field, None) for field in ("tableaux", "plan", "equipements")):
        return True
    points = getattr(value, "points", ())
    if any(getattr(point, "tableaux", None) or getattr(point, "finances", None) for point in points):
        return True
    return any(_SHOWN.search(text) or "{tableau:" in text for _, text in texts(act.node(())[0]))
