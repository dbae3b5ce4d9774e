"""The house's typographic choices, as one frozen value that every door of the room accepts.

The field names and their values are those of `typographie:` in `content/collectivite.yaml`, in French, so
that a message can quote them as the author typed them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

NBSP: Final = "\u00a0"
"""No-break space: before `:`, inside « », in `M. Durand`, `n° 12`, `1er mars`."""
FINE: Final = "\u202f"
"""Narrow no-break space: before `; ! ?` and between thousands."""
NO_BREAK_HYPHEN: Final = "\u2011"
"""Between the two years of a period. Only on a page: names, properties and content files keep « - »."""

CHOIX: Final[Mapping[str, tuple[str, ...]]] = {
    "espace_fine": ("U+202F", "U+00A0"),
    "annee": ("deux mille", "deux mil"),
    "numeraux": ("traditionnels", "1990"),
    "fonctions": ("minuscules", "majuscules"),
    "apostrophe": ("typographique", "droite"),
    "tiret": ("trait d’union", "demi-cadratin"),
    "article": ("1er", "premier"),
    "reference": ("avec point", "sans point"),
    "civilite": ("M.", "Monsieur"),
    "maire_feminin": ("la maire", "le maire"),
}
"""Every option with its choices; the first one is the default."""


@dataclass(frozen=True, slots=True)
class Profil:
    """How the house writes; the defaults are the usage of the Imprimerie nationale.

    >>> Profil.from_options({"annee": "deux mil", "espace_fine": "U+00A0"}).annee
    'deux mil'
    """

    espace_fine: str = "U+202F"
    annee: str = "deux mille"
    numeraux: str = "traditionnels"
    fonctions: str = "minuscules"
    apostrophe: str = "typographique"
    tiret: str = "trait d’union"
    article: str = "1er"
    reference: str = "avec point"
    civilite: str = "M."
    maire_feminin: str = "la maire"
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, choices in CHOIX.items():
            value = getattr(self, name)
            if value not in choices:
                raise ValueError(
                    f"typographie, {name}\u00a0: «\u00a0{value}\u00a0» n’est pas un choix possible "
                    f"(choix\u00a0: {', '.join(choices)})."
                )
        # A profile is part of the key of every cached call: its hash is computed once.
        object.__setattr__(self, "_hash", hash(self._choices()))

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type[Profil], tuple[str, ...]]:
        return Profil, self._choices()  # the hash of a text differs from one process to the next

    def _choices(self) -> tuple[str, ...]:
        return tuple(getattr(self, name) for name in CHOIX)

    @classmethod
    def from_options(cls, options: Mapping[str, object] | None) -> Profil:
        """The profile of a `typographie:` mapping; a missing or empty option takes its default.

        Straight apostrophes, capitals and the character itself instead of its code are understood.
        Raises `ValueError`, in French and listing the choices, on an unknown option or value.
        """
        chosen: dict[str, str] = {}
        for key, value in (options or {}).items():
            name = str(key)
            if name not in CHOIX:
                known = ", ".join(CHOIX)
                raise ValueError(
                    f"typographie\u00a0: option inconnue «\u00a0{name}\u00a0» (options\u00a0: {known})."
                )
            if value is not None and str(value) != "":
                chosen[name] = _choice(name, str(value))
        return cls(**chosen)

    @property
    def fine(self) -> str:
        """The space before `; ! ?` and between thousands."""
        return FINE if self.espace_fine == "U+202F" else NBSP

    def apostrophes(self, text: str) -> str:
        """`text`, written inside this package with U+2019, with the house's apostrophe."""
        return text if self.apostrophe == "typographique" else text.replace("’", "'")


def _choice(name: str, value: str) -> str:
    """The listed choice that `value` means, or `value` itself (refused later, quoted as typed)."""
    if name == "espace_fine" and value in (NBSP, FINE):
        return f"U+{ord(value):04X}"
    wanted = value.strip().replace("'", "’").casefold()
    return next((choice for choice in CHOIX[name] if choice.casefold() == wanted), value)


DEFAUT: Final = Profil()
