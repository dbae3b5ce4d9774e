"""What agrees: functions and groups with persons, counts of votes with their nouns (T16, T23, T26, T27)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ctgdocs.french.nombres import en_lettres, nombre
from ctgdocs.french.profil import DEFAUT, NBSP, Profil
from ctgdocs.french.tables import lines
from ctgdocs.french.texte import enumeration

_KEEPERS: Final = frozenset(
    ("de", "du", "des", "à", "au", "aux", "en", "pour", "et", "dans", "auprès", "par", "sur", "–")
)
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_MONSIEUR: Final = ("M.", "Monsieur")
_MADAME: Final = ("Mme", "Madame")


_FEMININES: Final[dict[str, str]] = dict(line.split(" ") for line in lines("feminins.txt"))
_MASCULINES: Final = {feminine: masculine for masculine, feminine in _FEMININES.items()}


@lru_cache(maxsize=1024)
def fonction(titre: str, feminin: bool, profil: Profil = DEFAUT, *, majuscule: bool | None = None) -> str:
    """A function in the gender of the person, whichever gender it was typed in (T26).

    Only the title and its adjectives agree, up to the first preposition. `majuscule` forces or forbids the
    capital; by default it is the profile's (`fonctions`).

    >>> fonction("président", True), fonction("1er vice-président délégué", True)
    ('présidente', '1re vice-présidente déléguée')
    >>> fonction("conseiller délégué à la petite enfance", True), fonction("maire", True)
    ('conseillère déléguée à la petite enfance', 'maire')
    """
    table = _FEMININES if feminin else _MASCULINES
    words = titre.strip().split(" ")
    agreed: list[str] = []
    for index, word in enumerate(words):
        if index and (word.lower() in _KEEPERS or "’" in word or "'" in word):
            agreed += words[index:]
            break
        agreed.append(_WORD.sub(lambda match: _same_case(match[0], table), word))
    text = " ".join(agreed)
    wants = majuscule if majuscule is not None else profil.fonctions == "majuscules"
    if not text or text[0].isdigit():
        return text
    return (text[0].upper() if wants else text[0].lower()) + text[1:]


def _same_case(word: str, table: dict[str, str]) -> str:
    found = table.get(word) or table.get(word.lower())
    if found is None:
        return word
    return found[0].upper() + found[1:] if word[0].isupper() else found


def fonction_avec_article(titre: str, feminin: bool, profil: Profil = DEFAUT) -> str:
    """`la présidente`, `le maire`, `l’adjointe`; a house may keep `le maire` for a woman.

    >>> fonction_avec_article("président", True), fonction_avec_article("adjoint", True)
    ('la présidente', 'l’adjointe')
    >>> fonction_avec_article("maire", True, Profil(maire_feminin="le maire"))
    'le maire'
    """
    title = fonction(titre, feminin, profil)
    if title[:1].lower() in "aeiouéèê":
        return profil.apostrophes(f"l’{title}")
    return f"{_article(title, feminin, profil)} {title}"


def madame_la(titre: str, feminin: bool, profil: Profil = DEFAUT, *, longue: bool | None = None) -> str:
    """The person by civility and function: `M. le Président`, `Mme la Maire` (or `Mme le Maire`, T23, T26).

    >>> madame_la("préfet", True).replace(NBSP, "~"), madame_la("maire", False, longue=True)
    ('Mme~la Préfète', 'Monsieur le Maire')

    After a civility the function keeps its capital, whatever the profile says of functions alone.
    `longue=True` writes `Madame la Présidente` in any house.
    """
    title = fonction(titre, feminin, profil, majuscule=True)
    if longue is None:
        longue = profil.civilite == "Monsieur"
    civility = (_MADAME if feminin else _MONSIEUR)[longue]
    vowel = title[:1].lower() in "aeiouéèê"
    article = profil.apostrophes("l’") if vowel else _article(title, feminin, profil) + " "
    if longue:
        return f"{civility} {article}{title}"
    return f"{civility}{NBSP}{article}{title}"


def accord(mot: str, feminins: int, masculins: int, profil: Profil = DEFAUT) -> str:
    """A word agreed with a group (T27): `Présente`, `Présentes`, `Présents`; `mot` is a masculine singular.

    >>> accord("Présent", 1, 0), accord("Présent", 3, 0), accord("Présent", 3, 1), accord("Absent", 0, 1)
    ('Présente', 'Présentes', 'Présents', 'Absent')

    An empty group takes the masculine plural, as a heading does.
    """
    words = mot.split(" ")
    if feminins and not masculins:
        words = [_same_case(word, _FEMININES) for word in words]
    if feminins + masculins != 1:
        words = [pluriel(word) for word in words]
    return " ".join(words)


def pluriel(mot: str) -> str:
    """The plural of a common word; a sigle has none (`les Caf`, T30).

    >>> pluriel("conseiller"), pluriel("municipal"), pluriel("voix"), pluriel("Caf"), pluriel("bureau")
    ('conseillers', 'municipaux', 'voix', 'Caf', 'bureaux')
    """
    if not mot or mot[-1] in "sxz" or mot in ("Caf", "Msa") or (mot.isupper() and len(mot) > 1):
        return mot
    if mot.endswith("al"):
        return mot[:-2] + "aux"
    return mot + ("x" if mot.endswith(("eau", "eu")) else "s")


def _article(title: str, feminin: bool, profil: Profil) -> str:
    if feminin and title.lower().startswith("maire") and profil.maire_feminin == "le maire":
        return "le"
    return "la" if feminin else "le"


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
