"""The result of a vote in one phrase, right in gender and number (T16).

Law behind the words: CGCT, art. L. 2121-20 (absolute majority of the votes expressed; blank, null votes and
abstentions are not expressed; the president's vote prevails in a tie, except in a secret ballot).
"""

from __future__ import annotations

from ctgdocs.french.lettres import en_lettres
from ctgdocs.french.listes import enumeration
from ctgdocs.french.nombres import nombre
from ctgdocs.french.profil import DEFAUT, NBSP, Profil


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
