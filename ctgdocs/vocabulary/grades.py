"""Common grades and cadres d’emplois of the territorial civil service, and their category.

Only those that leave no doubt; a grade that is not here has no category for us. Some changed category
(assistants socio-éducatifs and EJE in 2019, auxiliaires de puériculture and aides-soignants in 2022): the
table says what holds since 2022.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from ctgdocs.vocabulary.as_typed import slug

Categorie = Literal["A", "B", "C"]

CADRES: dict[str, Categorie] = {
    "administrateur": "A",
    "attaché": "A",
    "ingénieur": "A",
    "conseiller socio-éducatif": "A",
    "assistant socio-éducatif": "A",
    "éducateur de jeunes enfants": "A",
    "EJE": "A",
    "puéricultrice": "A",
    "infirmier en soins généraux": "A",
    "cadre de santé": "A",
    "psychologue": "A",
    "médecin": "A",
    "sage-femme": "A",
    "conservateur": "A",
    "bibliothécaire": "A",
    "conseiller des activités physiques et sportives": "A",
    "professeur d’enseignement artistique": "A",
    "directeur de police municipale": "A",
    "rédacteur": "B",
    "technicien": "B",
    "animateur": "B",
    "éducateur des activités physiques et sportives": "B",
    "assistant de conservation": "B",
    "assistant d’enseignement artistique": "B",
    "chef de service de police municipale": "B",
    "moniteur-éducateur": "B",
    "auxiliaire de puériculture": "B",
    "aide-soignant": "B",
    "adjoint administratif": "C",
    "adjoint technique": "C",
    "adjoint d’animation": "C",
    "adjoint du patrimoine": "C",
    "agent de maîtrise": "C",
    "agent social": "C",
    "ATSEM": "C",
    "agent spécialisé des écoles maternelles": "C",
    "opérateur des activités physiques et sportives": "C",
    "gardien-brigadier": "C",
    "brigadier-chef": "C",
    "garde champêtre": "C",
}
_FEMININE = (
    *(("ière", "ier"), ("ienne", "ien"), ("trice", "teur"), ("rice", "eur"), ("euse", "eur"), ("ée", "é")),
    *(("ante", "ant"), ("ente", "ent"), ("ointe", "oint"), ("tive", "tif"), ("ale", "al")),
)
_SAID = re.compile(r"(?:\bcat(?:[ée]gorie)?\.?\s*)([ABC])\b")


def _root(text: str) -> str:
    """Words in the masculine singular, without accents: « Animatrices territoriales » → `animateur`…"""
    words = []
    for word in text.replace("(e)", "").replace("·e", "").replace("’", " ").replace("'", " ").split():
        bare = word.lower().removesuffix("s").strip(",;.()")
        if bare != "puéricultrice":
            bare = next((bare.removesuffix(a) + b for a, b in _FEMININE if bare.endswith(a)), bare)
        words.append(slug(bare))
    return f"{'-'.join(filter(None, words))}-"


_ROOTS = sorted(
    ((_root(name), category) for name, category in CADRES.items()), key=lambda pair: -len(pair[0])
)


@lru_cache(maxsize=512)
def category_of(grade: str) -> Categorie | None:
    """The category of a grade as typed, None when it is not known for sure.

    >>> category_of("Rédacteur principal de 1re classe"), category_of("Attachée territoriale")
    ('B', 'A')
    >>> category_of("Emploi contractuel de cat. A"), category_of("Collaborateur de cabinet")
    ('A', None)
    """
    if said := _SAID.search(grade):
        return said[1]  # type: ignore[return-value]
    root = _root(grade.removeprefix("cadre d’emplois des ").removeprefix("Cadre d’emplois des "))
    return next((category for name, category in _ROOTS if root.startswith(name)), None)
