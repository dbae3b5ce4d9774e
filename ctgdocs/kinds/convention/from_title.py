"""What identifies an old convention: how it is known, what the lines of its title say, its period, where and
when it was signed.

Which convention of the workspace an avenant changes is told by what its text says, against each: type, years,
signature, title, partners.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from ctgdocs.content.library import Library
from ctgdocs.content.spelling import Node, Scalar
from ctgdocs.findings import CtgdocsError
from ctgdocs.french import date_longue, en_lettres, slug
from ctgdocs.importing.document import Document, Para
from ctgdocs.importing.gathering import words
from ctgdocs.importing.reader import share
from ctgdocs.importing.typed import in_small_letters, is_shouted
from ctgdocs.importing.worded import DAY, a_day, compiled
from ctgdocs.kinds.convention import KIND
from ctgdocs.kinds.convention.acte import Acte, years_after
from ctgdocs.kinds.convention.from_sections import ARTICLE, Part, Sections
from ctgdocs.vocabulary.appellations import with_capitals
from ctgdocs.vocabulary.as_typed import date_of, did_you_mean
from ctgdocs.vocabulary.citations import JOUR_ECRIT
from ctgdocs.vocabulary.registres import PARTENAIRES

NAMES_ITSELF = re.compile(
    r"\b(?:convention|avenant|contrat|protocole|projet\s+éducatif|pedt|charte|accord)\b", re.IGNORECASE
)
_VERSION = compiled(rf"(?:projet\W+)?version\s+du\s+(?P<day>{DAY})\W*")
_FROM = compiled(rf"à\s+compter\s+du\s+(?P<day>{DAY})\W*")
_APPLIES = compiled(r"(?:prise?\s+)?en\s+application\s+d.{5,200}")


def recognise(document: Document) -> float:
    """How much a document looks like a convention: it names itself so, has parties, articles, a signature."""
    if document.tabular:
        return 0.0
    text = document.words
    head = text[:1500]
    named = NAMES_ITSELF.search(head) is not None
    articles = sum(1 for line in text.splitlines() if ARTICLE.match(line))
    numbered = sum(1 for para in document.paras() if ARTICLE.match(para.number))
    marks = share(
        text,
        r"^\W*entre\b|les\s+soussignés",
        r"ci-après|d.une\s+part|représentée?s?\s+par",
        r"présente\s+convention|conviennent|convenu",
        r"^fait\s+(?:à|en)\b",
        r"\bparties?\b|signataires?",
    )
    a_vote = share(
        text,
        r"après\s+en\s+avoir\s+délibéré|\barrête\s*:?\s*$|(?-i:\bD[ÉE]CIDE\b)|extrait\s+du\s+registre",
    )
    return max(0.0, min(1.0, 0.35 * named + 0.15 * min(articles + numbered, 2) + 0.4 * marks) - 0.6 * a_vote)


class Title(NamedTuple):
    """The name of the convention, and the other fields that its title fills."""

    titre: Scalar
    others: dict[str, Node]


def title_of(paras: Sequence[Para], period: dict[str, Node], parent: Callable[[str], Scalar | None]) -> Title:
    """Reads the lines of a title. `parent`: the convention that a line names, None for none known."""
    lines = [line for para in paras if (line := para.text.strip(" –-:"))]
    at = next((at for at, line in enumerate(lines) if NAMES_ITSELF.search(line)), 0 if lines else -1)
    if at < 0:
        return Title(Scalar("Convention", "titre à écrire"), {})
    fields: dict[str, Node] = {}
    others = [line for index, line in enumerate(lines) if index != at and not is_period(line)]
    others = [line for line in others if not _told(line, fields, period, parent)]
    said = ". ".join(in_small_letters(line).rstrip(".") for line in others)
    shouted = any(map(is_shouted, others))
    doubt = "écrit en capitales dans l’original" if shouted else "à relire" if len(others) > 2 else ""
    if said:
        fields = {"objet": Scalar(words(said), doubt), **fields}
    return Title(Scalar(words(in_small_letters(lines[at]))), fields)


def _told(
    line: str, fields: dict[str, Node], period: dict[str, Node], parent: Callable[[str], Scalar | None]
) -> bool:
    """Takes a line that a field of its own says."""
    if found := _VERSION.fullmatch(line):
        fields["version"] = Scalar(a_day(found["day"]))
    elif found := _FROM.fullmatch(line):
        begins = period.get("debut")
        return isinstance(begins, Scalar) and begins.text == a_day(found["day"])
    elif _APPLIES.fullmatch(line):
        known = None
        with suppress(CtgdocsError):
            known = parent(line)
        if known is None:
            return False
        fields["parente"] = known
    else:
        return False
    return True


_YEARS = re.compile(r"(?<!\d)(20\d\d)\s*(?:[-–—/]|à|au)\s*(20\d\d)(?!\d)")
_FROM_TO = re.compile(
    rf"\bdu\s+(?P<debut>{JOUR_ECRIT})\s+(?:inclus\s+)?(?:au|jusqu[’']au)\s+(?P<fin>{JOUR_ECRIT})",
    re.IGNORECASE,
)
_SINCE = re.compile(
    rf"(?:à\s+compter\s+du|prend\s+effet\s+(?:le|au|à\s+compter\s+du)|entre\s+en\s+vigueur\s+(?:le|au)|à\s+partir\s+du)\s+(?P<jour>{JOUR_ECRIT})",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"(?:jusqu[’']au|prend\s+fin\s+le|expire\s+le|s[’']achève\s+le|échéance\s+(?:est\s+)?(?:fixée\s+)?au)\s+(?P<jour>{JOUR_ECRIT})",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?:durée\s+de|pour|conclue\s+pour)\s+(?P<nombre>\w+)\s*(?:\(\s*\d+\s*\)\s*)?(?:ans?|années?)\b",
    re.IGNORECASE,
)
_MADE = re.compile(
    rf"(?:fait\s+)?(?:en\s+\w+\s+(?:\(\s*\d+\s*\)\s*)?(?:exemplaires?|originaux)(?:\s+originaux)?\s*,?\s*)?(?:à|en)\s+"
    rf"(?P<lieu>[A-ZÀ-Ý][^,;]*?)(?:(?:\s*,)?\s+[Ll]e\s*:?\s+(?P<jour>(?i:{JOUR_ECRIT}))"
    r"|(?:\s*,)?\s+(?:[Ll]e\b|en\s+(?:\w+|\d+)\s+exemplaires?)|\s*$|,)"
    rf"|fait\s+le\s+(?P<autre>(?i:{JOUR_ECRIT}))\s*,?\s*à\s+(?P<ailleurs>[A-ZÀ-Ý][^,;.]*)",
)
_AROUND = frozenset(("", "années", "année", "période", "pour", "la", "les", "de", "du", "au", "à", "sur"))
"""What stands around the years of a title."""
_COPIES = re.compile(
    r"\ben\s+(?P<nombre>\w+)\s*(?:\(\s*\d+\s*\)\s*)?(?:exemplaires?|originaux)", re.IGNORECASE
)


def period_of(sections: Sections) -> dict[str, Node]:
    """The first and last days: an article of duration says them, else any sentence, else the title."""
    texts = [para.text for part in _by_duration(sections) for para in _paras(part)]
    texts += [para.text for para in sections.title]
    for text in texts:
        if found := _FROM_TO.search(text):
            return _days(found["debut"], found["fin"])
    start = next((found["jour"] for text in texts if (found := _SINCE.search(text))), "")
    end = next((found["jour"] for text in texts if (found := _UNTIL.search(text))), "")
    years = next(
        (count for text in texts if (found := _FOR.search(text)) and (count := _number(found["nombre"]))),
        0,
    )
    if start and not end and years and (day := date_of(start)):
        last = years_after(day, years) - timedelta(days=1)
        return {
            "debut": Scalar(day.isoformat()),
            "fin": Scalar(last.isoformat(), f"{years} ans après le début"),
        }
    if start or end:
        return _days(start, end)
    head = " ".join(para.text for para in sections.title)
    if found := _YEARS.search(head):
        doubt = "d’après les années du titre"
        return {"debut": Scalar(f"{found[1]}-01-01", doubt), "fin": Scalar(f"{found[2]}-12-31", doubt)}
    return {}


def _by_duration(sections: Sections) -> list[Part]:
    """The articles, those that speak of duration first."""
    named = re.compile(r"durée|effet|vigueur|période|validité", re.IGNORECASE)
    return sorted(sections.articles, key=lambda part: named.search(part.title) is None)


def signature_of(made: str) -> dict[str, Node]:
    """« Fait à Brisolac, le 20 décembre 2021, en cinq exemplaires » → place, day, number of copies."""
    found = _MADE.search(re.sub(r"^(?:Fait|FAIT|À)\b", lambda word: word[0].lower(), made))
    if found is None:
        return {}
    record: dict[str, Node] = {}
    said = found["jour"] or found["autre"]
    if said and (day := date_of(said)):
        record |= {"statut": Scalar("signe"), "signature": Scalar(day.isoformat())}
    place = (found["lieu"] or found["ailleurs"]).strip(" .…_")
    if place and len(place) < 60:
        record["lieu"] = Scalar(words(with_capitals(place)))
    copies = _COPIES.search(made)
    if copies and (count := _number(copies["nombre"])):
        record["exemplaires"] = Scalar(str(count))
    return record


def is_period(line: str) -> bool:
    """Whether a line of the title only says the years, or the first and last days."""
    said = _FROM_TO.search(line) or _YEARS.search(line)
    rest = line.replace(said[0], " ").lower().split() if said else ["rien"]
    return all(word.strip(" :–-()") in _AROUND for word in rest)


def _paras(part: Part) -> Iterator[Para]:
    for one in (part, *part.below):
        yield from (block for block in one.blocks if isinstance(block, Para))


def _days(start: str, end: str) -> dict[str, Node]:
    said = (("debut", date_of(start) if start else None), ("fin", date_of(end) if end else None))
    return {name: Scalar(day.isoformat()) for name, day in said if day}


def _number(word: str) -> int:
    """« trois », « 3 » → 3; 0 for what is no number."""
    if word.isdigit():
        return int(word) if len(word) < 3 else 0
    return next((n for n in range(1, 40) if word.lower() in (en_lettres(n), en_lettres(n) + "e")), 0)


TYPES = (
    ("avenant", r"\bavenant\b"),
    ("ctg", r"territoriale\s+globale|\bctg\b"),
    ("cof", r"objectifs\s+et\s+de\s+financement|prestation\s+de\s+service|\bcof\b"),
    ("pedt", r"éducatif\s+(?:de\s+)?territ(?:or|oire)|\bpedt\b"),
)
"""What the title of a convention says → its type."""
_ENOUGH, _SURE = 2, 3
"""Points from which a convention is the one, among several; and without a doubt."""
_MOST_ASKED = 4


def type_of(head: str) -> str:
    """The type that the lines of a title say; `partenariat` for no other.

    >>> type_of("Avenant n° 1 à la convention territoriale globale"), type_of("Convention de prêt")
    ('avenant', 'partenariat')
    """
    return next((name for name, pattern in TYPES if re.search(pattern, head, re.IGNORECASE)), "partenariat")


def type_changed_by(head: str) -> str:
    """The type of the convention that an avenant names; "" when it names none."""
    return next((name for name, pattern in TYPES[1:] if re.search(pattern, head, re.IGNORECASE)), "")


def parent_of(head: str, text: str, library: Library, wanted: str) -> Scalar | None:
    """The convention that an avenant changes, with a doubt when little says so; `wanted`: the one that was
    asked for. None when the workspace holds none like it. Raises CtgdocsError when it may be one of several,
    or when there is no such convention."""
    known = library.ids(KIND.registry)
    if wanted:
        if wanted not in known:
            raise CtgdocsError(
                f"la convention « {wanted} » n’existe pas dans cet espace{did_you_mean(wanted, known)}"
            )
        return Scalar(wanted)
    type, words = type_changed_by(head), f"-{slug(text)}-"
    found = {id: library.find(KIND.registry, id) for id in known}
    scored = sorted(
        (sum(_points(entry.value, type, words, library)) if entry else _said_by(id, words), id)
        for id, entry in found.items()
        if (_may_be(entry.value, type) if entry else id.startswith(type))
    )
    if not scored:
        return None
    (best, id), second = scored[-1], scored[-2][0] if len(scored) > 1 else 0
    if len(scored) == 1 or (best >= _ENOUGH and best > second):
        return Scalar(id, "" if best >= _SURE else "déduite de l’avenant")
    named = [id for _, id in reversed(scored)][:_MOST_ASKED]
    raise CtgdocsError(
        "rien ne dit assez quelle convention cet avenant modifie : précisez "
        + " ou ".join(f"--dans {id}" for id in named)
    )


def _may_be(convention: Acte, type: str) -> bool:
    return convention.type != "avenant" and type in ("", convention.type)


def _said_by(id: str, words: str) -> int:
    """The points of a convention in error, of which the name alone is known: « ctg-2022-2026 »."""
    years = re.search(r"\d{4}-\d{4}", id)
    return 2 * bool(years and f"-{years[0]}-" in words)


def _points(convention: Acte, type: str, words: str, library: Library) -> Iterator[int]:
    """What an avenant says of a convention, each with its weight; `words`: its text as a slug."""
    yield int(convention.type == (type or "partenariat"))
    if convention.signature and _says(words, convention.signature):
        yield 3
    if convention.debut and convention.fin:
        years = convention.debut.year, convention.fin.year
        yield 2 * (f"-{years[0]}-{years[1]}-" in words or f"-{years[0]}-a-{years[1]}-" in words)
    if convention.titre and len(slug(convention.titre)) > 12:
        yield int(f"-{slug(convention.titre)}-" in words)
    for party in convention.parties:
        entry = library.find(PARTENAIRES, party.partenaire) if party.partenaire else None
        name = slug(entry.value.nom) if entry else slug(party.nom or "")
        yield int(bool(name) and f"-{name}-" in words)


def _says(words: str, day: date) -> bool:
    return f"-{slug(date_longue(day))}-" in words or f"-{day:%d-%m-%Y}-" in words
