"""The addresses that a text writes: of the post with their code, of a mailbox, of a site on the web."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ctgdocs.patterns import regex

# --- the post

_ADDRESS = regex(
    r"(?<![\d,.])(?P<code>\d{4,6}|\d\d \d{2,4})(?!\d)(?=\s+(?P<ville>[A-ZÀ-Ý][\w’'-]+"
    r"(?:[ -][A-ZÀ-Ý][\w’'-]*|[ -](?:de|du|des|la|le|les|en|sur|sous|et|d[’'])){0,5}))"
)
_WITH_A_LETTER = regex(r"(?<!\w)(?=\d{0,4}[OolI])(?P<code>[\dOolI]{5})(?=\s+[A-ZÀ-Ý][\w’'-]{2})")
_STREET = regex(
    r"\b(?:rue|route|avenue|boulevard|place|chemin|impasse|allée|allées|quai|cours|square|lieu-dit|BP|CS|adresse|esplanade|faubourg|cité)\b",
    re.IGNORECASE,
)
_AFTER_A_STREET = regex(r"(?:[,–—-]|\b(?:BP|CS)\s?\d+)\s*$")
_YEAR = regex(r"(?:19|20)\d\d")
_CEDEX = regex(r"\s+cedex\b.*", re.IGNORECASE | re.DOTALL, needs="cedex")
_PREFIXES: Final = frozenset(f"{n:02}" for n in range(1, 96)) | {"97", "98"}


class Adresse(NamedTuple):
    """« 82990 Esparnac » at `start`: the code and the town; `cedex` when the code is one of large senders,
    which the town does not share."""

    start: int
    code: str
    ville: str
    cedex: bool = False


def adresses(text: str) -> Iterator[Adresse]:
    """The postal codes of a text with their towns.

    >>> [a[1:] for a in adresses("1 place de la Halle, 82990 Esparnac ; BP 12, 82006 Montauban Cedex")]
    [('82990', 'Esparnac', False), ('82006', 'Montauban', True)]
    """
    for found in _ADDRESS.finditer(text):
        code = found["code"].replace(" ", "")
        if len(code) == 5 and (code == found["code"] or _in_a_street(found)):
            town = _CEDEX.sub("", found["ville"])
            yield Adresse(found.start(), code, town, town != found["ville"])


def codes_impossibles(text: str) -> Iterator[tuple[int, str, str]]:
    """The postal codes that no place has: where, as typed, why."""
    for found in _WITH_A_LETTER.finditer(text):
        if _STREET.search(text, max(0, found.start() - 80), found.start()):
            yield found.start(), found["code"], "un code postal n’a que des chiffres"
    for found in _ADDRESS.finditer(text):
        code = found["code"].replace(" ", "")
        street = _STREET.search(text, max(0, found.start() - 80), found.start())
        if len(code) != 5 or code != found["code"]:
            if _in_a_street(found) and len(code) != 5 and not _YEAR.fullmatch(code):
                yield (
                    found.start(),
                    found["code"],
                    f"un code postal a cinq chiffres, celui-ci en a {len(code)}",
                )
        elif (street or _CEDEX.search(found["ville"])) and code[:2] not in _PREFIXES:
            yield found.start(), code, "aucun département n’a ce code postal"


def _in_a_street(found: re.Match[str]) -> bool:
    """Whether a number that is not clearly a code stands where one does: after a street and its comma."""
    text, start = found.string, found.start()
    return (
        _STREET.search(text, max(0, start - 80), start) is not None
        and _AFTER_A_STREET.search(text, max(0, start - 12), start) is not None
    )


# --- a mailbox, a site

_MAIL = regex(
    r"(?P<boite>[\w.+-]*)(?P<blanc> ?)@(?P<domaine>[^\s;:!?()<>«»,\[\]]*)(?P<suite>,\w{2,3}\b)?", needs="@"
)
_DOMAIN = regex(r"[A-Za-z\d](?:[A-Za-z\d-]*[A-Za-z\d])?(?:\.[A-Za-z\d-]+)*\.[A-Za-z]{2,}")
_CALLED_A_MAIL = regex(
    r"\b(?:courriel|mél|mail|e-mail|adresse\s+(?:électronique|mail|de\s+messagerie))\s*:\s*(?P<said>[\w-]+(?:\.[\w-]+)+)(?![\w@-])",
    re.IGNORECASE,
    needs="adresse|courriel|mail|mél",
)
_SITE = regex(
    r"(?<![\w/@])(?P<tete>(?:h+t+p+s?|h+t+ps?|www)(?:[:;.]?/{1,3}|[:;]|(?<=www)\.)(?:www\.)?)(?P<suite>[^\s<>«»()]*)",
    re.IGNORECASE,
)
_HEADS: Final = frozenset(["http://", "https://", "www.", "http://www.", "https://www."])


def adresses_electroniques_fausses(text: str) -> Iterator[tuple[int, str, str]]:
    """The mailboxes and sites that lead nowhere as they are written: where, as typed, why.

    >>> [why for *_, why in adresses_electroniques_fausses("accueil@vallees, https:/vallees.fr")]
    ['cette adresse électronique n’a pas de domaine complet', 'cette adresse de site est mal formée']
    >>> [*adresses_electroniques_fausses("accueil@vallees.fr ; Instagram : @vallees ; www.vallees.fr.")]
    []
    """
    for found in _MAIL.finditer(text) if "@" in text else ():
        if why := _wrong_mail(found):
            yield found.start(), found[0].strip(), why
    for found in _CALLED_A_MAIL.finditer(text):
        if not found["said"].lower().startswith("www."):
            yield found.start("said"), found["said"], "il manque le signe @ à cette adresse électronique"
    for found in _SITE.finditer(text):
        host = re.split(r"[/?#:]", found["suite"], maxsplit=1)[0].rstrip(".,;")
        wrong = found["tete"].lower() not in _HEADS or not _DOMAIN.fullmatch(host)
        if wrong and not re.search(r"[…{\[]|^$", host):
            yield found.start(), found[0].rstrip(".,;"), "cette adresse de site est mal formée"


def _wrong_mail(found: re.Match[str]) -> str:
    """Why it is no address; "" for one, and for what is no address at all (« @vallees » of a network)."""
    domain = found["domaine"].rstrip(".")
    whole = _DOMAIN.fullmatch(domain) is not None
    if not found["boite"] or "…" in domain or "{" in domain:
        return ""
    if found["blanc"]:
        return "cette adresse électronique contient une espace" if whole else ""
    if "@" in domain:
        return "cette adresse électronique a deux signes @"
    if found["suite"]:
        return "cette adresse électronique contient une virgule"
    if not found["boite"].isascii() or not domain.isascii():
        return "cette adresse électronique contient une lettre accentuée"
    if ".." in found["boite"] or found["boite"].endswith("."):
        return "cette adresse électronique est mal formée"
    return "" if whole else "cette adresse électronique n’a pas de domaine complet"
