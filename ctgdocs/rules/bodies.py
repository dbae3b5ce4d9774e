"""T3: the name of another collectivité, left over from another act."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from ctgdocs.french import slug
from ctgdocs.patterns import regex
from ctgdocs.rules.names import nearly_same
from ctgdocs.rules.rule import ALERTE, PROSE, Prose, Said, about, rule, some
from ctgdocs.stages import Reader
from ctgdocs.vocabulary.as_typed import shown
from ctgdocs.vocabulary.noms import Collectivite, collectivites
from ctgdocs.vocabulary.registres import COLLECTIVITE, COMMUNES, PARTENAIRES

_SIGNS: Final = (
    "communauté", "syndicat", "action", "cas", "ias", "c.as", "i.as", "a.s", "cc d", "conseil", "comité",
    "commune",
)  # fmt: skip


@rule(
    "T3",
    "Le nom de la collectivité est le sien, pas celui d’une autre",
    ALERTE,
    "cohérence avec collectivite.yaml",
    on=PROSE,
    about=about(*_SIGNS, words=some(collectivites)),
)
def the_name_of_this_house(typed: Prose, reader: Reader) -> Iterator[Said]:
    """Its own name nearly written; else the name of a body of its kind, unknown to the registries, where the
    text speaks of the one that acts (« le président de… », « les statuts de… », « … décide »)."""
    found = list(collectivites(typed.text))
    house = reader.find(COLLECTIVITE, COLLECTIVITE.name) if found else None
    for one in found if house else ():
        assert house is not None
        name = _bare(house.value.nom)
        own, theirs = slug(name), slug(one.nom)
        kind = _kind_of(one)
        if own == theirs and one.sienne and kind != house.value.type and kind.startswith("communaute"):
            said = f"{shown(one.said)} : la collectivité est « {house.value.nom} »"
            yield Said(said, typed.place(one.start), "corrigez ce nom, ou écrivez {collectivite}")
        if not _alike_bodies(kind, house.value.type, one.sienne) or _begins_with(one.nom, name):
            continue
        if own in reader.ids(COMMUNES) and nearly_same(theirs, own):
            continue  # T4 tells it
        if theirs.startswith(own) or SequenceMatcher(None, theirs, own).ratio() >= 0.75:
            said = f"{shown(one.said)} : le nom de la collectivité est « {house.value.nom} »"
            yield Said(said, typed.place(one.start), "corrigez ce nom, ou écrivez {collectivite}")
        elif one.sienne and not _known_body(one.nom, reader):
            said = f"{shown(one.said)} : l’acte est de « {house.value.nom} »"
            hint = "corrigez ce nom ; un autre organisme se déclare dans partenaires.yaml"
            yield Said(said, typed.place(one.start), hint)


_ASSEMBLIES: Final = {
    "conseil municipal": ("commune",),
    "conseil communautaire": ("communaute", "metropole"),
    "conseil d’administration": ("ccas", "cias"),
    "comité syndical": ("syndicat",),
    "conseil syndical": ("syndicat",),
}
"""The assemblies and the kinds of houses that they are of."""
_WORDS: Final = "|".join(_ASSEMBLIES).replace("’", "[’']").replace(" ", r"\s+")
_ASSEMBLY: Final = rf"(?P<corps{{}}>{_WORDS})\b(?!\s+(?:de|d[’']|du|des)\b)"
_DELIBERATES = regex(
    rf"\b[Ll]e\s+{_ASSEMBLY.format(1)}\s*,?\s+après\s+en\s+avoir\s+délibéré"
    rf"|\b[Aa]près\s+en\s+avoir\s+délibéré[^.;\n]{{0,40}}?,\s*le\s+{_ASSEMBLY.format(2)}"
    rf"|\b[Ll]e\s+{_ASSEMBLY.format(3)}\s+(?:décide|approuve|adopte|vote|prend)\b[^.;\n]{{0,40}}?\bprésente\s+délibération",
    needs="délibération|délibéré",
)


@the_name_of_this_house.also(on=PROSE, about=about("conseil ", "comité ", "conseil\u00a0"))
def the_assembly_of_this_house(typed: Prose, reader: Reader) -> Iterator[Said]:
    """« Le conseil municipal, après en avoir délibéré… » in a délibération of a communauté: the assembly that
    decides here is that of the house."""
    house = reader.find(COLLECTIVITE, COLLECTIVITE.name) if typed.act.registry == "deliberation" else None
    commune = isinstance(getattr(typed.act.value, "collectivite", None), str)
    own = "commune" if commune or house is None else house.value.type
    for found in _DELIBERATES.finditer(typed.text) if house else ():
        group = next(name for name, words in found.groupdict().items() if words)
        said = " ".join(found[group].lower().replace("'", "’").split())
        if house is None or own.startswith(_ASSEMBLIES[said]):
            continue
        right = next((name for name, kinds in _ASSEMBLIES.items() if own.startswith(kinds)), "")
        hint = f"écrivez « {right} »" if right else "corrigez l’assemblée"
        act = "d’une commune" if commune else f"de « {house.value.nom} »"
        yield Said(f"{shown(said)} : l’acte est {act}", typed.place(found.start(group)), hint)


def _alike_bodies(kind: str, own: str, acts: bool) -> bool:
    """Whether a body is of the kind of this house; one that acts may be any other communauté."""
    own = own.replace("cias", "ccas")
    return kind == own or (acts and kind.startswith("communaute") and own.startswith("communaute"))


def _begins_with(words: str, name: str) -> bool:
    return words.casefold().replace("'", "’").startswith(name.casefold().replace("'", "’"))


def _bare(name: str) -> str:
    """« Trois-Vallées » of « Communauté de communes des Trois-Vallées »."""
    return next((one.nom for one in collectivites(name)), name)


_KINDS = {
    "communaute-de": "communaute-de-communes",
    "communaute-d": "communaute-d-agglomeration",
    "communaute-urbaine": "communaute-urbaine",
    "conseil-communautaire": "communaute-de-communes",
    "conseil-municipal": "commune",
    "conseil-syndical": "syndicat",
    "comite-syndical": "syndicat",
}


def _kind_of(one: Collectivite) -> str:
    words = slug(one.said)
    if words.startswith("syndicat"):
        return "syndicat"
    if words.startswith("cc-"):
        return "communaute-de-communes"
    if words.startswith("commune-"):
        return "commune"
    head = "-".join(words.split("-")[:2])
    return _KINDS.get(head, "ccas")


def _known_body(name: str, reader: Reader) -> bool:
    """Whether a partner, or a commune of the registries, has this name."""
    wanted = slug(name)
    if wanted in reader.ids(COMMUNES):
        return True
    partners = (reader.find(PARTENAIRES, id) for id in reader.ids(PARTENAIRES))
    return any(wanted in slug(partner.value.nom) for partner in partners if partner)
