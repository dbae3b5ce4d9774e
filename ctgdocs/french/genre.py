"""Gender and number of functions, groups and persons (T11, T23, T26, T27)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ctgdocs.french.profil import DEFAUT, NBSP, Profil

_PAIRS: Final = """
président présidente|vice-président vice-présidente|adjoint adjointe|conseiller conseillère
directeur directrice|secrétaire secrétaire|maire maire|délégué déléguée|chargé chargée|agent agente
préfet préfète|sous-préfet sous-préfète|rapporteur rapporteure|trésorier trésorière
administrateur administratrice|coordinateur coordinatrice|coordonnateur coordonnatrice
animateur animatrice|médiateur médiatrice|responsable responsable|référent référente
suppléant suppléante|titulaire titulaire|élu élue|membre membre|député députée|sénateur sénatrice
assesseur assesseure|doyen doyenne|chef cheffe|ingénieur ingénieure|représentant représentante
mandataire mandataire|technicien technicienne|rédacteur rédactrice|attaché attachée
gestionnaire gestionnaire|instructeur instructrice|éducateur éducatrice|puériculteur puéricultrice
infirmier infirmière|médecin médecin|collaborateur collaboratrice|assistant assistante
contrôleur contrôleuse|ministre ministre|gouverneur gouverneure|recteur rectrice
procureur procureure|citoyen citoyenne|habitant habitante|présent présente|absent absente
excusé excusée|représenté représentée|autorisé autorisée|habilité habilitée|convoqué convoquée
désigné désignée|nommé nommée|dénommé dénommée|général générale|municipal municipale
communautaire communautaire
départemental départementale|régional régionale|honoraire honoraire|premier première
intercommunal intercommunale|territorial territoriale|principal principale|dûment dûment
soussigné soussignée|1er 1re|2d 2de|domicilié domiciliée|signataire signataire|juriste juriste
comptable comptable|invité invitée
"""
_KEEPERS: Final = frozenset(
    ("de", "du", "des", "à", "au", "aux", "en", "pour", "et", "dans", "auprès", "par", "sur", "–")
)
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_MONSIEUR: Final = ("M.", "Monsieur")
_MADAME: Final = ("Mme", "Madame")
_CIVILITIES: Final = dict.fromkeys(("m", "m.", "mr", "monsieur"), _MONSIEUR) | dict.fromkeys(
    ("mme", "mme.", "mlle", "melle", "madame", "mademoiselle"), _MADAME
)


@lru_cache(maxsize=1)
def _feminines() -> dict[str, str]:
    pairs = (pair.partition(" ") for pair in _PAIRS.replace("\n", "|").split("|") if pair)
    return {masculine: feminine for masculine, _, feminine in pairs}


@lru_cache(maxsize=1)
def _masculines() -> dict[str, str]:
    return {feminine: masculine for masculine, feminine in _feminines().items()}


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
    table = _feminines() if feminin else _masculines()
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
    civility = _CIVILITIES["mme" if feminin else "m"][longue]
    vowel = title[:1].lower() in "aeiouéèê"
    article = profil.apostrophes("l’") if vowel else _article(title, feminin, profil) + " "
    if longue:
        return f"{civility} {article}{title}"
    return f"{civility}{NBSP}{article}{title}"


def civilite(texte: str, profil: Profil = DEFAUT) -> str:
    """`M.` or `Monsieur`, `Mme` or `Madame`, as the house writes them (T11); raises `ValueError` (French).

    >>> civilite("Mr"), civilite("Melle"), civilite("Mme", Profil(civilite="Monsieur"))
    ('M.', 'Mme', 'Madame')
    """
    try:
        short, long = _CIVILITIES[texte.strip().lower()]
    except KeyError as error:
        raise ValueError(f"«\u00a0{texte}\u00a0» n’est pas une civilité (M. ou Mme).") from error
    return short if profil.civilite == "M." else long


def accord(mot: str, feminins: int, masculins: int, profil: Profil = DEFAUT) -> str:
    """A word agreed with a group (T27): `Présente`, `Présentes`, `Présents`; `mot` is a masculine singular.

    >>> accord("Présent", 1, 0), accord("Présent", 3, 0), accord("Présent", 3, 1), accord("Absent", 0, 1)
    ('Présente', 'Présentes', 'Présents', 'Absent')

    An empty group takes the masculine plural, as a heading does.
    """
    words = mot.split(" ")
    if feminins and not masculins:
        words = [_same_case(word, _feminines()) for word in words]
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
