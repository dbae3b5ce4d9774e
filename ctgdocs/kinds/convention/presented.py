"""The paragraphs that present a party of an old convention: where each begins, and what it says of it: short
name, address, the act that lets it sign, what no field says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ctgdocs.content.spelling import REMARK, Node, Scalar
from ctgdocs.importing.accounting import said_by
from ctgdocs.importing.document import Block, Para
from ctgdocs.importing.gathering import words
from ctgdocs.vocabulary.appellations import with_capitals
from ctgdocs.vocabulary.as_typed import day_of, slug
from ctgdocs.vocabulary.citations import JOUR_ECRIT

_ORGANISATION = (
    r"commun(?:e|auté)s?|ville|métropole|syndicat|sivom|sivu|caisse|caf|msa|mutualité|département|conseil\s+départemental|région"
    r"|état|préfecture|association|centre|ccas|cias|fédération|union|société|établissement|agence|service|direction|collège|lycée"
    r"|école|rectorat|(?:sous-)?préfète?|rect(?:eur|rice)|académie|office|pôle|mission|réseau|mairie|comité|groupement|chambre|fondation|mutuelle|coopérative|crèche"
)
STARTS = re.compile(
    rf"(?:[-–—•➢>*]\s*)?(?:(?:et\s+)?(?:(?:la|le|les|l[’'])\s*)|(?:et\s+))?(?:{_ORGANISATION})\b",
    re.IGNORECASE,
)
ONLY = re.compile(
    r"(?:entre(?:\s+les\s+soussignée?s)?|et|les\s+soussignée?s|d[’']une\s+part|d[’']autre\s+part|(?:désignation\s+des\s+)?parties"
    r"(?:\s+à\s+la\s+convention)?|entre\s+les\s+parties(?:\s+suivantes)?)(?:\s+et)?\s*[,;:.]*",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"^(?:(?:entre(?:\s+les\s+soussignée?s)?|et|d[’']une\s+part|d[’']autre\s+part|les\s+soussignée?s)\b\s*[,;:]*\s*|[-–—•➢>*]\s*)+",
    re.IGNORECASE,
)
NAME = re.compile(
    r"(?P<nom>.+?)(?=\s*(?:,|;|\(|\bci-après\b|\breprésentée?s?\b|\bdont\s+(?:le|la)\b|\bsise?\b|\bsituée?\b|\bdomiciliée?\b|\bSIRET\b"
    r"|\brégie?\b|\bayant\b|\bagissant\b|\bn°\s*SIRET\b|\s[–—]\s|«|$)|\s*:\s)",
    re.IGNORECASE | re.DOTALL,
)
CALLED = re.compile(
    r"(?:ci-?\s?après|ci-?après\s+également)\s*,?\s*(?:et\s+)?(?:dénommée?s?|désignée?s?|appelée?s?|nommée?s?)?\s*(?:ensemble|collectivement|conjointement)?"
    r"\s*(?:par\s+les\s+termes\s+|sous\s+le\s+(?:nom|terme)\s+(?:de\s+)?|comme\s+)?(?:[«“\"]\s*(?P<quoted>[^»”\"]{2,60}?)\s*[»”\"]|(?P<bare>(?:la|le|les|l[’'])\s*[^,;.()]{2,40}))",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"(?:dont\s+le\s+siège(?:\s+social)?\s+(?:est|se\s+trouve)(?:\s+(?:situé|sis|fixé|établi))?|domiciliée?|sise?|située?|siège\s*:|adresse\s*:)\s*(?:au\s+|à\s+)?"
    r"(?P<rue>[^;]*?)[,\s–-]+(?P<code>\d{2}\s?\d{3})\s+(?P<ville>[A-ZÀ-Ý][\w’' -]*?)(?=\s*(?:,|;|\(|\."
    r"|représent|ci-après|SIRET|$))"
)
ADDRESS_ALONE = re.compile(
    r",\s*(?P<rue>\d+[^,;]{3,60}),\s*(?P<code>\d{2}\s?\d{3})\s+(?P<ville>[A-ZÀ-Ý][\w’' -]*?)(?=\s*(?:,|;"
    r"|\(|$))"
)
_CONTINUES = re.compile(
    r"(?:représentée?s?|ci-?\s?après|agissant|dont|dûment|et\s+par|sise?|située?|par\b|siège)", re.IGNORECASE
)
"""What goes on with the party before."""
QUOTED = re.compile(r"\s*[«“\"]\s*(?P<nom>[^»”\"]{2,80}?)\s*[»”\"]")
_PRESENTS = re.compile(r"représent|ci-après|SIRET|siège", re.IGNORECASE)
IN_PERSON = re.compile(
    r"(?:le|la|l[’'])\s*(?:préf[eè]te?|recteur|rectrice|directeur|directrice|inspecteur|inspectrice|présidente?|maire)\b"
    r"[^,;]{0,100},\s*(?:M\.|Mme|Monsieur|Madame)\s",
    re.IGNORECASE,
)
"""« Le préfet du Favalais, Monsieur Yves Land »: an authority named by who holds it."""
SIRET = re.compile(r"SIRET\s*(?:n\s?°|:)?\s*(?P<siret>(?:\d\s?){14})", re.IGNORECASE)
_AUTHORITY = re.compile(
    rf"(?P<acte>(?:délibération|décision|arrêté|mandat|procuration)\b(?P<corps>[^;()]{{0,90}}?)"
    rf"(?:n\s?°\s?(?P<no>[\w./-]*\w)(?P<apres_no>[^;()]{{0,80}}?\bdu\s+(?P<jour>{JOUR_ECRIT}))?"
    rf"|(?:en\s+date\s+)?du\s+(?P<seul>{JOUR_ECRIT})(?:\s*,?\s*n\s?°\s?(?P<apres>[\w./-]*\w))?))",
    re.IGNORECASE,
)
_PRESENTING = re.compile(
    r"represent|dument|autoris|habilit|agi(?:t|ss)|qualite|vertu|deliberation|decision|dat[eé]|apres|denomm|design"
    r"|appel|nomme|dont|siege|social|situe|sise?$|adresse|siret|numero|parts?$|autres?$|ensemble|conseil|municipal"
    r"|communautaire|administration|assemblee|comite|syndical|bureau|terme|sous|present|convention|sign|effet|cette"
    r"|leurs?|maire|madame|monsieur|mesdames|messieurs|pour|cedex|elle|soussigne|compte|pouvoir|confer|domicili|etabli"
    r"|commun|collectiv|conjoint"
)
"""The words that present a party, whoever it is."""
_DATED = re.compile(JOUR_ECRIT, re.IGNORECASE)


@dataclass(slots=True)
class Group:
    """The paragraphs of one party; `label`: what stands beside them in a table of two columns."""

    label: str = ""
    texts: list[str] = field(default_factory=list)


def unsaid(bare: str, elsewhere: str, record: dict[str, Node]) -> str:
    """The clauses of what presents a party of which no field says the words: « régie par la loi … ».
    `elsewhere`: what other files say of it."""
    said = {name: node for name, node in record.items() if name != REMARK}
    known = {*slug(" ".join((elsewhere, *said_by(said)))).split("-")}
    left = []
    for clause in re.split(r"[,;()]", bare):
        words = [one for one in slug(_DATED.sub(" ", clause)).split("-") if len(one) > 3 and one.isalpha()]
        if any(one not in known and not _PRESENTING.match(one) for one in words):
            left.append(" ".join(clause.split()).strip(" .«»"))
    return ", ".join(f"« {one} »" for one in left)


def groups_of(blocks: Sequence[Block]) -> Iterator[Group]:
    """The paragraphs that go together: a row of a table, or all that is said until the next party."""
    current: Group | None = None
    opened = False
    for block in blocks:
        if not isinstance(block, Para):
            if current:
                yield current
            current = None
            for row in block.rows:
                cells = [[para.text for para in box.paras] for box in row if box.paras]
                if (
                    len(cells) == 2
                    and len(" ".join(cells[0])) <= 60
                    and len(" ".join(cells[1])) > len(" ".join(cells[0]))
                ):
                    yield Group(" ".join(cells[0]), cells[1])
                else:
                    yield from groups_of([Para(text) for cell in cells for text in cell])
            continue
        text = block.text
        if ONLY.fullmatch(text):
            opened = True
            continue
        parted = re.match(r"(?:entre|et)\b", text, re.IGNORECASE) is not None or opened
        starts = STARTS.match(LEAD.sub("", text)) is not None
        after_break = opened and not _CONTINUES.match(text)
        collective = re.match(r"ci-après\s+\w+\s+(?:ensemble|collectivement)", text, re.IGNORECASE)
        if (
            current is None
            or after_break
            or (starts and not collective and (parted or _complete(current)))
            or (parted and starts)
        ):
            if current:
                yield current
            current = Group()
        current.texts.append(text)
        opened = False
    if current:
        yield current


def _complete(group: Group) -> bool:
    """Whether a party has been presented: somebody stands for it, or it has its short name."""
    return (
        re.search(r"représent|ci-après|SIRET|,\s*$|siège", " ".join(group.texts), re.IGNORECASE) is not None
    )


def short_of(text: str, label: str) -> tuple[str, bool]:
    """The short name of a party, and whether it is that of several."""
    found = CALLED.search(text)
    if found:
        said = (found["quoted"] or found["bare"]).strip(" .,")
        said = said[:1].lower() + said[1:] if re.match(r"(?:La|Le|Les|L[’'])", said) else said
        return said, said.startswith("les ")
    if label and re.match(r"(?:la|le|les|l[’'])", label, re.IGNORECASE):
        return label[:1].lower() + label[1:].rstrip(" :"), False
    return "", False


def address_of(found: re.Match[str]) -> Node:
    street = found["rue"].strip(" ,–-")
    lines: dict[str, Node] = {"lignes": [Scalar(words(street))]} if street else {}
    return {
        **lines,
        "code_postal": Scalar(found["code"].replace(" ", "")),
        "ville": Scalar(words(with_capitals(found["ville"].strip()))),
    }


def authority_of(text: str) -> Node | None:
    """Its délibération, with its number and day; any other text as it is."""
    found = _AUTHORITY.search(text)
    if found is None:
        return None
    number, day = found["no"] or found["apres"], found["jour"] or found["seul"]
    if (
        found["acte"].lower().startswith("délibération")
        and number
        and re.fullmatch(r"[A-Za-z]{0,10}[-_]?\d[\w./-]{0,40}", number)
    ):
        record: dict[str, Node] = {"deliberation": Scalar(_number(number))}
        if day:
            record["du"] = Scalar(day_of(day) or day)
        organe = re.search(
            r"d(?:u|e\s+la|e\s+l[’'])\s*((?:conseil|comité|bureau|commission|assemblée)[^,;]*?)\s*(?:,|en\s+date|du\s+\d|n\s?°|$)",
            (found["corps"] or "") + (found["apres_no"] or ""),
            re.IGNORECASE,
        )
        if organe:
            record["organe"] = Scalar(words(organe[1].strip().lower()))
        return record
    said = found["acte"].strip(" ,")
    return {"texte": Scalar(words(said[:1].lower() + said[1:]))}


def _number(typed: str) -> str:
    """A number of an act as an identifier: « 2025/019 » → « 2025-019 »."""
    return re.sub(r"[./]", "-", typed)
