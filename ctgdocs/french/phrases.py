"""Enumerations and ends of lines (T30): `A, B et C`; items that end with ` ;` then `.`; visas with `,`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from ctgdocs.french.nombres import en_lettres, nombre
from ctgdocs.french.profil import DEFAUT, NBSP, Profil

_SPACES: Final = " \t\n\r\u00a0\u202f\u2009"
_ABBREVIATION: Final = re.compile(r"(?<!\w)(?:etc|art|al|M|MM|p|réf|suiv|s)\.$|\.\.\.$")


def enumeration(
    items: Iterable[object], profil: Profil = DEFAUT, *, conjonction: str = "et", separateur: str = ","
) -> str:
    """Items in one sentence, without a comma before the conjunction.

    >>> enumeration(["A", "B", "C"]), enumeration(["A", "B"], conjonction="ou"), enumeration([])
    ('A, B et C', 'A ou B', '')

    Empty items are left out. The signature of every list door keeps `profil`, though commas need none.
    """
    words = [text for text in (str(item).strip() for item in items) if text]
    if len(words) < 2:
        return "".join(words)
    if separateur == ";":
        separateur = f"{profil.fine};"
    return f"{f'{separateur} '.join(words[:-1])} {conjonction} {words[-1]}"


def termine(texte: str, signe: str = ".", profil: Profil = DEFAUT) -> str:
    """`texte` ended by `signe`, whatever `, ; : .` it ended with; `? ! …` keep their place before none.

    >>> termine("Vu la loi", ","), termine("Vu la loi ;", ","), termine("Utile ?", "."), termine("etc.", ".")
    ('Vu la loi,', 'Vu la loi,', 'Utile ?', 'etc.')
    >>> termine("Les axes.", ",")
    'Les axes,'
    """
    text = texte.rstrip(_SPACES)
    while text and text[-1] in ",;:.":
        if _ABBREVIATION.search(text):
            break
        text = text[:-1].rstrip(_SPACES)
    if not text:
        return text
    if signe == "." and text[-1] in ".?!…":
        return text
    before = profil.fine if signe in (";", "!", "?") else NBSP if signe == ":" else ""
    return text + before + signe


def puces(items: Sequence[object], profil: Profil = DEFAUT) -> list[str]:
    """The items of a bulleted list: each ends with ` ;`, the last one with a full stop.

    >>> [item.replace("\\u202f", "_") for item in puces(["d’approuver", "de signer;", "d’inscrire."])]
    ['d’approuver_;', 'de signer_;', 'd’inscrire.']
    """
    texts = [str(item) for item in items if str(item).strip()]
    last = len(texts) - 1
    return [termine(text, "." if index == last else ";", profil) for index, text in enumerate(texts)]


# --- The result of a vote in one phrase, right in gender and number (T16)


def voix(
    n: int, sens: str = "", profil: Profil = DEFAUT, *, lettres: bool = False, aucune: bool = False
) -> str:
    """A count of votes: `24 voix pour`, `vingt et une voix pour`, `1 abstention`, `aucune voix contre`.

    `sens` is `pour`, `contre`, `abstention` or empty; `aucune` says zero with that word.

    >>> voix(1, "pour").replace(NBSP, "~"), voix(21, "pour", lettres=True), voix(0, "contre", aucune=True)
    ('1~voix pour', 'vingt et une voix pour', 'aucune voix contre')
    >>> voix(0, "abstention").replace(NBSP, "~"), voix(2, "abstention").replace(NBSP, "~")
    ('0~abstention', '2~abstentions')
    """
    noun = "abstention" if sens == "abstention" else "voix"
    direction = "" if sens == "abstention" else sens
    return _counted(n, noun, profil, lettres=lettres, aucune=aucune) + (f" {direction}" if direction else "")


def resultat_du_vote(
    pour: int,
    contre: int = 0,
    abstentions: int = 0,
    profil: Profil = DEFAUT,
    *,
    ne_prend_pas_part: int = 0,
    secret: bool = False,
    blancs: int = 0,
    nuls: int = 0,
    voix_preponderante: str | None = None,
    lettres: bool = False,
    zeros: bool = False,
) -> str:
    """The vote, as the formula before `DÉCIDE` says it.

    >>> resultat_du_vote(26)
    'à l’unanimité'
    >>> resultat_du_vote(24, 2, 1).replace(NBSP, " ")
    'par 24 voix pour, 2 voix contre et 1 abstention'
    >>> resultat_du_vote(24, 0, 2).replace(NBSP, " ")
    'à l’unanimité des suffrages exprimés, avec 2 abstentions'
    >>> resultat_du_vote(12, 12, voix_preponderante="présidente").replace(NBSP, " ")
    'par 12 voix pour et 12 voix contre, la voix de la présidente étant prépondérante'
    >>> resultat_du_vote(20, 3, secret=True, blancs=1).replace(NBSP, " ")
    'au scrutin secret, par 20 voix pour, 3 voix contre et 1 bulletin blanc'

    `voix_preponderante` is the function of who presides, agreed (`présidente`, `maire`, `la maire`): said
    only in a tie, never in a secret ballot. `zeros` also says the empty counts (`aucune voix contre`).
    """
    apart = [
        _counted(n, noun, profil, lettres=lettres)
        for n, noun in ((blancs, "bulletin blanc"), (nuls, "bulletin nul"))
        if n
    ]
    if abstentions:
        apart.insert(0, voix(abstentions, "abstention", profil, lettres=lettres))
    if pour and not contre and not zeros:
        phrase = "à l’unanimité"
        if apart:
            phrase += f" des suffrages exprimés, avec {enumeration(apart)}"
    else:
        counts = [
            voix(n, sens, profil, lettres=lettres, aucune=True)
            for n, sens in ((pour, "pour"), (contre, "contre"))
            if n or zeros
        ]
        if zeros and not abstentions:
            counts.append(voix(0, "abstention", profil, aucune=True))
        listed = counts + apart
        phrase = f"par {enumeration(listed)}" if listed else "sans suffrage exprimé"
    if voix_preponderante and pour == contre and not secret:
        phrase += f", la voix {_du(voix_preponderante)} étant prépondérante"
    if ne_prend_pas_part:
        members = _counted(ne_prend_pas_part, "membre", profil, lettres=lettres, feminin=False)
        phrase += f", {members} ne prenant pas part au vote"
    return profil.apostrophes(f"au scrutin secret, {phrase}" if secret else phrase)


def _counted(
    n: int,
    noun: str,
    profil: Profil,
    *,
    lettres: bool = False,
    aucune: bool = False,
    feminin: bool | None = None,
) -> str:
    """A number and its noun (several words agree together); zero and one are singular."""
    if feminin is None:
        feminin = not noun.startswith("bulletin")
    if n > 1:
        noun = " ".join(word if word[-1] in "xs" else word + "s" for word in noun.split(" "))
    if not n and aucune:
        return f"aucune {noun}" if feminin else f"aucun {noun}"
    if lettres:
        return f"{en_lettres(n, profil, feminin=feminin)} {noun}"
    return f"{nombre(n, profil)}{NBSP}{noun}"


def _du(titre: str) -> str:
    """`de la présidente`, `du maire`: feminine titles are told by their ending."""
    bare = titre.removeprefix("la ").removeprefix("le ")
    feminine = titre.startswith("la ") or (
        not titre.startswith("le ")
        and bare.split(" ")[0].lower().endswith(("ente", "ère", "trice", "ète", "ée", "ointe"))
    )
    return f"de la {bare}" if feminine else f"du {bare}"
