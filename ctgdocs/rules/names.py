"""The persons and communes that a text names: T2, T4."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from ctgdocs.french import nearest, slug, words_in_order
from ctgdocs.patterns import regex
from ctgdocs.rules.rule import ALERTE, PROSE, Prose, Said, Typed, about, rule
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.as_typed import shown
from ctgdocs.vocabulary.noms import (
    CIVILITY,
    Genre,
    Lieu,
    Personne,
    Titre,
    lieux,
    noms_propres,
    personnes,
    presidents_nommes,
    titres,
)
from ctgdocs.vocabulary.organismes import Collectivite as House
from ctgdocs.vocabulary.personnes import Elu
from ctgdocs.vocabulary.registres import COLLECTIVITE, COMMUNES, ELUS, INSTANCES, PARTENAIRES, SEANCES

# --- T2: « Monsieur le Président » for a présidente, « M. Claire Durand »


@rule(
    "T2",
    "La civilité et le titre sont ceux de la personne",
    ALERTE,
    "accord des fonctions : circulaire du 21 novembre 2017, NOR PRMX1732742C",
    on=PROSE,
    about=about(words=re.compile(rf"(?<!\w){CIVILITY}(?!\w)|résident", re.IGNORECASE).search),
)
def called_as_they_are(typed: Prose, reader: Reader) -> Iterator[Said]:
    """The executive, addressed by a title alone or as that of the house, and the élus, by their names. The
    president of another body is left alone; so is a title that one of those who preside here has."""
    for title in titres(typed.text):
        wanted = _executive(typed, title, reader)
        if title.genre == "Mme" and "Mme" in wanted and title.said.lower().endswith("le président"):
            yield from _in_the_feminine(typed, title, reader)
        elif wanted and title.genre not in wanted:
            right = _titled(title.titre, next(iter(wanted)))
            said, who = shown(title.said), next(iter(wanted.values()))
            place = typed.place(title.start)
            yield Said(f"{said} : {who}", place, f"écrivez « {right} », ou {{executif}}, qui s’accorde seul")
    for one in personnes(typed.text):
        elu = _known(one.nom, reader)
        if elu is not None and elu.value.civilite != one.genre:
            person = f"{elu.value.civilite} {elu.value.prenom} {elu.value.nom}"
            yield Said(f"{shown(one.said)} : c’est {person}", typed.place(one.start), "corrigez la civilité")
    yield from _named_with_their_title(typed, reader)


def _named_with_their_title(typed: Prose, reader: Reader) -> Iterator[Said]:
    """« le président, Mme Claire Durand » when elus.yaml says that she is présidente, « le président,
    M. Durand »."""
    house = reader.find(COLLECTIVITE, COLLECTIVITE.name)
    for one in presidents_nommes(typed.text):
        elu = _known(one.nom, reader) or (reader.find(ELUS, house.value.executif) if house else None)
        if elu is None or elu.value.civilite == "M." or not _is_called(one.nom, elu.value):
            continue
        name = f"Mme {elu.value.prenom} {elu.value.nom}"
        if one.genre == "M." and " " not in one.nom:
            yield Said(f"« {one.said}, M. {one.nom} » : c’est {name}", typed.place(one.start), "corrigez")
        elif one.genre == "Mme" and (elu.value.fonction or "présidente").endswith("présidente"):
            who = f"{name} est {elu.value.fonction}" if elu.value.fonction else f"c’est {name}"
            yield Said(f"« {one.said} » : {who}", typed.place(one.start), "écrivez le titre au féminin")


def _in_the_feminine(typed: Prose, title: Titre, reader: Reader) -> Iterator[Said]:
    """« Madame le Président », of one whom elus.yaml calls présidente."""
    house = reader.find(COLLECTIVITE, COLLECTIVITE.name)
    executive = reader.find(ELUS, house.value.executif) if house else None
    if executive and (executive.value.fonction or "").endswith("présidente"):
        said = f"{shown(title.said)} : elus.yaml dit « {executive.value.fonction} »"
        yield Said(said, typed.place(title.start), "écrivez « Madame la Présidente », ou {executif}")


def _is_called(name: str, elu: Elu) -> bool:
    return words_in_order(slug(name)) in (
        words_in_order(slug(f"{elu.prenom} {elu.nom}")),
        words_in_order(slug(elu.nom)),
    )


def _executive(typed: Typed, title: Titre, reader: Reader) -> Mapping[Genre, str]:
    """The genders that a title may have, with who has it; nothing when it is of somebody else, or unknown."""
    house = reader.find(COLLECTIVITE, COLLECTIVITE.name)
    if house is None or (title.corps and not _is_the_house(title.corps, house.value)):
        return {}
    commune = getattr(typed.act.value, "collectivite", None)
    if title.titre == "maire":
        id = _mayor(commune, reader) if isinstance(commune, str) else None
        id = id or (house.value.executif if house.value.type == "commune" and not commune else None)
    else:
        id = None if house.value.type == "commune" or isinstance(commune, str) else house.value.executif
    executive = reader.find(ELUS, id) if id else None
    if executive is None:
        return {}
    word = _titled(title.titre, executive.value.civilite).rpartition(" ")[2].lower()
    name = f"{executive.value.civilite} {executive.value.prenom} {executive.value.nom}"
    found: dict[Genre, str] = {executive.value.civilite: f"{name} est {word}"}
    for other in _who_preside(typed.act, reader) if not title.corps else ():
        found.setdefault(other.value.civilite, other.value.nom)
    return found


def _is_the_house(corps: str, house: House) -> bool:
    """Whether « communauté de communes expose » names this house and no other."""
    words = slug(corps)
    return words.startswith(slug(house.nom)) or (
        words.startswith(slug(house.nom_court))
        and not re.match(
            r"[\s\w’'-]*?\b(?:du|des|de\s+la|de\s+l|d)\b[ ’'][A-ZÀ-Ý]", corps[len(house.nom_court) :]
        )
    )


def _titled(titre: str, civilite: Genre) -> str:
    if titre == "maire":
        return "Madame la Maire" if civilite == "Mme" else "Monsieur le Maire"
    return "Madame la Présidente" if civilite == "Mme" else "Monsieur le Président"


def _mayor(commune: str, reader: Reader) -> str | None:
    known = reader.find(COMMUNES, commune)
    return known.value.maire if known else None


def _who_preside(act: Entry[object], reader: Reader) -> Iterator[Entry[Elu]]:
    """The others whom a bare title may mean in this act: who presides its séance, this point, its
    instance."""
    value = act.value
    ids = [getattr(value, "presidence", None)]
    id = getattr(value, "seance", None)
    seance = reader.find(SEANCES, id) if isinstance(id, str) else None
    instances = [
        getattr(value, "instance", None),
        getattr(getattr(value, "commission", None), "instance", None),
    ]
    if seance is not None:
        ids.append(seance.value.presidence)
        instances.append(seance.value.instance)
    for id in filter(None, instances):
        body = reader.find(INSTANCES, id)
        ids.append(body.value.president if body else None)
    for id in filter(None, ids):
        elu = reader.find(ELUS, id)
        if elu is not None:
            yield elu


# --- T4: the name of an élu or of a commune, as the registries write it


@lru_cache(maxsize=2048)
def _named(text: str) -> tuple[tuple[Personne, ...], tuple[tuple[int, str], ...], tuple[Lieu, ...]]:
    """The persons, the pairs of names and the places of a text."""
    return tuple(personnes(text)), tuple(noms_propres(text)), tuple(lieux(text))


@lru_cache(maxsize=2048)
def _words_of_places(text: str) -> frozenset[str]:
    """The words that the places of a text are made of; « commune » when it says that one is a commune."""
    places = _named(text)[2]
    said = {word for place in places for word in slug(place.nom).split("-")}
    return frozenset(said | {"commune"} if any(place.commune for place in places) else said)


@rule(
    "T4",
    "Le nom d’un élu ou d’une commune s’écrit comme dans les registres",
    ALERTE,
    "cohérence avec elus.yaml et communes.yaml",
    on=PROSE,
    about=about(words=lambda text: any(_named(text))),
)
def spelt_as_in_the_registries(typed: Prose, reader: Reader) -> Iterator[Said]:
    """The same letters with another accent, hyphen or order of words; else a name that is nearly one.
    Capitals are a choice of the house. Who, or what, is not nearly in a registry is somebody else."""
    persons, pairs, places = _named(typed.text)
    for one in persons:
        yield from _misspelt_person(typed, one.start, one.said, one.nom, reader)
    for start, pair in pairs:
        if any(word in reader.recall("words of elus", _words) for word in slug(pair).split("-")):
            yield from _misspelt_person(typed, start, pair, pair, reader)
    if not places or _words_of_places(typed.text).isdisjoint(
        reader.recall("words of communes", _of_communes)
    ):
        return
    told: set[int] = set()
    firsts = reader.recall("communes by their first word", _by_first)
    for place in places:
        for start, right in islice(_misspelt_commune(place, firsts, reader), 1):
            if start not in told:
                told.add(start)
                said = f"{shown(place.nom)} s’écrit « {right} » dans communes.yaml"
                yield Said(said, typed.place(start), "corrigez ce nom")
    for start, name, right in _among_communes(typed.text, reader):
        if start not in told:
            said = f"{shown(name)} n’est pas dans communes.yaml"
            yield Said(said, typed.place(start), f"vouliez-vous dire « {right} » ?")


def _words(reader: Reader) -> frozenset[str]:
    return frozenset(word for id in reader.ids(ELUS) for word in id.split("-"))


def _of_communes(reader: Reader) -> frozenset[str]:
    """The words of the names of communes, and the one that says that a name is one."""
    names = [*reader.ids(COMMUNES), *reader.recall("communes without their article", _without_article)]
    words = {word for name in names for word in name.split("-")}
    return frozenset({"commune", *words} - {"le", "la", "les", "l", "de", "du", "des", "d", "en", "sur"})


_OF_A_PERSON = regex(
    r"(?:\b(?:M\.|Mr|Mme|Mlle|Monsieur|Madame|rue|avenue|place|allée|école|collège|lycée|crèche|association)\s+(?:(?:de|du|des|d[’'])\s*)?)$"
)


def _among_communes(text: str, reader: Reader) -> Iterator[tuple[int, str, str]]:
    """The names that stand in one paragraph with a commune of the registry, and are nearly another one, which
    it does not name: « Esparnac, Le Causol, Vigerol »."""
    for names in _beside_each_other(text):
        known = reader.recall("communes without their article", _without_article)
        named = {id for *_, id in names if id in known}
        for at, name, id in names if named else ():
            if len(id) > 4 and id not in known and not _OF_A_PERSON.search(text[:at][-24:]):
                near = (one for one in known if one not in named and nearly_same(id, one))
                yield from ((at, name, known[one]) for one in islice(near, 1))


@lru_cache(maxsize=1024)
def _beside_each_other(text: str) -> tuple[tuple[tuple[int, str, str], ...], ...]:
    """The proper names of each paragraph that has several: where, as typed, its letters."""
    named = (
        tuple((part.start() + at, name, _bare_slug(name)) for at, name in _each_place(part[0]))
        for part in _PARAGRAPH.finditer(text)
    )
    return tuple(names for names in named if len(names) > 1)


def _each_place(text: str) -> Iterator[tuple[int, str]]:
    """The proper names of a text, « Viguerol et du Causol » as two."""
    for place in lieux(text):
        if not place.commune:
            start = 0
            for cut in [*_AND.finditer(place.nom), None]:
                yield place.start + start, place.nom[start : cut.start() if cut else None]
                start = cut.end() if cut else 0


_AND = regex(r"\s+et\s+(?:d[eu]s?\s+|d[’']|à\s+|aux?\s+)?")
_PARAGRAPH = regex(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


def nearly_same(one: str, other: str) -> bool:
    """Whether two names are a slip of the hand apart."""
    if one[0] != other[0] or abs(len(one) - len(other)) > 2:
        return False
    same = sum(block.size for block in SequenceMatcher(None, one, other).get_matching_blocks())
    return len(one) + len(other) - 2 * same <= 2


def _without_article(reader: Reader) -> dict[str, str]:
    communes = (reader.find(COMMUNES, id) for id in reader.ids(COMMUNES))
    return {_bare_slug(one.value.nom): one.value.nom for one in communes if one}


def _bare_slug(name: str) -> str:
    return re.sub(r"^(?:les?|la|l)-", "", slug(name))


def _misspelt_person(typed: Typed, start: int, said: str, name: str, reader: Reader) -> Iterator[Said]:
    known = _known(name, reader)
    if known is not None:
        right = f"{known.value.prenom} {known.value.nom}"
        if not _same_letters(name, right) and not _same_letters(
            name, f"{known.value.nom} {known.value.prenom}"
        ):
            yield Said(
                f"{shown(said)} s’écrit « {right} » dans elus.yaml", typed.place(start), "corrigez ce nom"
            )
        return
    near = _nearly(name, reader)
    if near is not None and not _elsewhere(name, reader) and not _of_another_trade(typed, start, said, near):
        right = f"{near.value.civilite} {near.value.prenom} {near.value.nom}"
        hint = f"vouliez-vous dire « {right} » ?"
        yield Said(f"{shown(said)} n’est pas dans elus.yaml", typed.place(start), hint)


_A_TRADE = regex(
    r"\s*,\s+(?!(?:vice-|ancien\w*\s+|\w+[eè]re?\s+)?(?:président|maire|adjoint|conseill|élu|délégué|rapporteu|secrétaire))[a-zà-ÿ]"
)


def _of_another_trade(typed: Typed, start: int, said: str, near: Entry[Elu]) -> bool:
    """Whether somebody of a short name, so nearly that of many, is told to be somebody else."""
    short = len(near.value.nom) < 4 or len(near.value.prenom) < 4
    return short and _A_TRADE.match(typed.text, start + len(said)) is not None


def _known(name: str, reader: Reader) -> Entry[Elu] | None:
    """The élu whose first and last names these are, in one order or the other."""
    words = slug(name)
    if "-" not in words:
        return None
    for id in reader.recall("elus by their words", _by_words).get(words_in_order(words), ()):
        return reader.find(ELUS, id)
    return None


def _by_words(reader: Reader) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id in reader.ids(ELUS):
        found.setdefault(words_in_order(id), []).append(id)
    return found


def _nearly(name: str, reader: Reader) -> Entry[Elu] | None:
    """The élu of the same first or last name whose other name is nearly this one."""
    words = slug(name).split("-")
    if len(words) < 2:
        return None
    for id in reader.ids(ELUS):
        theirs = id.split("-")
        common = set(words) & set(theirs)
        rest, other = [w for w in words if w not in common], [w for w in theirs if w not in common]
        if common and len(rest) == len(other) == 1 and _alike(rest[0], other[0]):
            return reader.find(ELUS, id)
    return None


def _alike(one: str, other: str) -> bool:
    """Whether a name is nearly another one; of three letters, all but the middle or the last one."""
    if one[0] != other[0] or abs(len(one) - len(other)) > 2 or len(other) < 3:
        return False
    same = SequenceMatcher(None, one, other)
    return same.ratio() >= (0.8 if len(other) > 3 else 0.66)


def _elsewhere(name: str, reader: Reader) -> bool:
    """Whether a partner has this person, whose name only looks like that of an élu."""
    partners = (reader.find(PARTENAIRES, id) for id in reader.ids(PARTENAIRES))
    persons = (one for partner in partners if partner for one in partner.value.representants)
    return any(
        words_in_order(slug(f"{one.prenom} {one.nom}")) == words_in_order(slug(name)) for one in persons
    )


def _misspelt_commune(
    place: Lieu, firsts: Mapping[str, Sequence[str]], reader: Reader
) -> Iterator[tuple[int, str]]:
    """The commune that these words, or some of them, are, when it is written otherwise; in the name of a
    commune, the one that they nearly are. `firsts`: the ids of communes by their first word."""
    name = place.nom
    for begin, words, id in _runs(name):
        if id not in firsts.get(id.partition("-")[0], ()):
            continue
        known = reader.find(COMMUNES, id)
        if known and not _same_letters(words, known.value.nom):
            yield place.start + begin, known.value.nom
        return
    if place.commune and len(name) > 4:
        names, bare = reader.recall("communes without their article", _without_article), _bare_slug(name)
        near = nearest(bare, names, least=0.85) or next((one for one in names if nearly_same(bare, one)), "")
        if bare not in names and near and near[0] == bare[:1] and len(bare) > 4:
            yield place.start, names[near]


@lru_cache(maxsize=4096)
def _runs(name: str) -> tuple[tuple[int, str, str], ...]:
    """The runs of words of a name, the longest first from each word: where, as typed, their letters."""
    tokens = [found.span() for found in re.finditer(r"[^\s-]+", name)]
    runs = [(begin, end) for at, (begin, _) in enumerate(tokens) for _, end in reversed(tokens[at:])]
    return tuple((begin, name[begin:end], slug(name[begin:end])) for begin, end in runs)


def _by_first(reader: Reader) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id in reader.ids(COMMUNES):
        found.setdefault(id.partition("-")[0], []).append(id)
    return found


def _same_letters(typed: str, right: str) -> bool:
    """Whether a name is written as it is, whatever its capitals and its apostrophes; in capitals, without its
    accents too."""

    def plain(text: str) -> str:
        return re.sub(r"\s+", " ", text.replace("’", "'").replace("\u2011", "-")).casefold().strip()

    return plain(typed) == plain(right) or (typed.isupper() and slug(typed) == slug(right))
