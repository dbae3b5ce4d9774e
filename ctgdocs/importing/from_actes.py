"""A past délibération or arrêté → its content file, with its séance when the house can hold it; and a folder
of them → the library of visas: each distinct text, how often, when last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ctgdocs.content.beginning import visa_named
from ctgdocs.content.library import Library
from ctgdocs.content.spelling import REMARK, Node, Scalar, written
from ctgdocs.findings import CtgdocsError
from ctgdocs.french import slug
from ctgdocs.importing.accounting import counts, missing
from ctgdocs.importing.acts import read_act
from ctgdocs.importing.attending import Attending
from ctgdocs.importing.document import Document
from ctgdocs.importing.gathering import words
from ctgdocs.importing.past import Past, Voted
from ctgdocs.importing.prose import Writer
from ctgdocs.importing.reader import Proposal, Proposed, Reader, Wish
from ctgdocs.importing.typed import in_small_letters, is_shouted
from ctgdocs.stages import every
from ctgdocs.vocabulary.as_typed import IDENTIFIANT
from ctgdocs.vocabulary.registres import VISAS

_HEAD = """\
# yaml-language-server: $schema=../.schemas/{schema}.json
# D’après « {name} » : relisez avant de vous en servir.
"""
_DELIBERATION = (
    r"après\s+(?:en\s+)?avoir\s+(?:en\s+)?délibéré|après\s+délibération|extrait\s+(?:du\s+registre\s+)?des\s+délibérations",
    r"\bconseil\s+(?:municipal|communautaire|métropolitain|d[’']administration|syndical)|comité\s+syndical|bureau\s+communautaire|^délibération\b|\ble\s+conseil\b",
    r"présents?\b|pouvoirs?\b|secrétaire\s+de\s+séance|\bsecrétaire\b|séance\s+du",
    r"^\s*vu\b|considérant|unanimité|majorité|voix",
    r"\b(?:décide|approuve|autorise|prend\s+acte|fixe|accorde|accepte|adopte|attribue|désigne|valide)\b",
)
_ARRETE = (
    r"^\s*(?:A\s?R\s?R\s?[ÊE]\s?T\s?E|ARR[ÊE]T(?:ONS|É\s+(?:DU|DE|N|PORTANT|MUNICIPAL|COMMUNAUTAIRE|TEMPORAIRE|PERMANENT|INDIVIDUEL|COLLECTIF|CONJOINT|INTER)))",
    r"^\s*vu\b",
    r"art(?:icle|\.)\s*(?:1|premier|unique)",
    r"portant|nommée?|délégation|réglement",
)
_DECISION = re.compile(r"^\s*décision\s+(?:du|de\s+la|n)\b", re.IGNORECASE | re.MULTILINE)
_PARTIES = re.compile(
    r"ci-après\s+(?:dénommée?|désignée?)|entre\s+les\s+soussignés|^\s*entre\s*:", re.IGNORECASE | re.MULTILINE
)
_NUMBERED = re.compile(r"^\W*n\s?[°º]\s?\d{2,4}[/_-]\d", re.IGNORECASE | re.MULTILINE)
"""The number of a délibération in the minutes of a meeting."""
_PHRASE = re.compile(r"(?:PREND|DONNE)\s+(?:ACTE|NOTE)\b|[ÉE]MET\s+UN\s+AVIS\s+\w+\b")
_ONE_OF_MANY = re.compile(
    r"^\W*(?:d[ée]lib[ée]ration\s+)?n\s?[°º]\s*([A-Z]{0,4}[-_]?\d{2,4}[/_.-]\S*\d)",
    re.IGNORECASE | re.MULTILINE,
)
_DECIDES = re.compile(
    r"après\s+(?:en\s+)?(?:avoir\s+)?délibér(?:é|ation)|^\W*décide\b", re.IGNORECASE | re.MULTILINE
)
"""The numbers of the délibérations that minutes hold, and the sentences that decide them."""
MOST_REST = 40


def deliberates(document: Document) -> float:
    """How well a text looks like a délibération that was adopted."""
    text = document.words
    if document.tabular or _PARTIES.search(text) or _arretes(text):
        return 0.0
    found = sum(re.search(one, text, re.IGNORECASE | re.MULTILINE) is not None for one in _DELIBERATION)
    decides = re.search(_DELIBERATION[0], text, re.IGNORECASE) or re.search(
        r"d[ée]lib[ée]ration(?:[^\n]{0,60}\bn\s?[°º]|\s+\d)", text[:1500], re.IGNORECASE
    )
    minutes = found == len(_DELIBERATION) - 1 and len(_NUMBERED.findall(text)) == 1
    return min(0.96, 0.2 * found) if decides or minutes or found == len(_DELIBERATION) else 0.0


def orders(document: Document) -> float:
    """How well a text looks like an arrêté, or a decision of the executive."""
    text = document.words
    if document.tabular or _PARTIES.search(text):
        return 0.0
    if _arretes(text):
        return 0.95
    decides = _DECISION.search(text[:1500]) and not re.search(_DELIBERATION[0], text, re.IGNORECASE)
    return 0.9 if decides and re.search(r"^\s*vu\b", text, re.IGNORECASE | re.MULTILINE) else 0.0


def _arretes(text: str) -> bool:
    found = [
        re.search(one, text, re.MULTILINE | (re.IGNORECASE if at else 0)) is not None
        for at, one in enumerate(_ARRETE)
    ]
    return found[0] and sum(found) > 2


# --- proposals


def propose_deliberation(document: Document, library: Library, wish: Wish) -> Proposal:
    from ctgdocs.importing.attending import Attending, presences_said  # their patterns take a while

    act = _read(document)
    attending = Attending(library, act)
    writer = Writer(document.notes)
    record: dict[str, Node] = {
        "numero": _numero(act),
        "seance": Scalar(attending.seance),
        "objet": _objet(act),
        "rapporteur": Scalar(attending.id_of(act.rapporteur)),
        "matiere": Scalar(act.matiere),
        "visas": list(_visas(act, library)),
        "considerants": [Scalar(one) for one in act.considerants],
        "expose": writer.scalar(act.expose) or Scalar(""),
        "tableaux": writer.tables,
        "decisions": list(_decisions(act, lowered=True)),
        "vote": _vote(act.vote, attending),
        "transmission": Scalar(act.days.get("transmission", "")),
        "publication": Scalar(act.days.get("publication", "")),
        "annexes": [Scalar(words(one)) for one in act.annexes],
    }
    remarks = [] if attending.seance else [*_day(act), *presences_said(act)]
    return _proposal(
        document, "deliberation", "deliberations", _id(act, wish), record, remarks, act, attending
    )


def propose_arrete(document: Document, library: Library, wish: Wish) -> Proposal:
    from ctgdocs.importing.attending import Attending

    act = _read(document)
    attending = Attending(library, act)
    writer = Writer(document.notes)
    record: dict[str, Node] = {
        "type": Scalar("decision" if _DECISION.search(document.words[:1500]) else ""),
        "numero": _numero(act),
        "objet": _objet(act),
        "date": Scalar(act.days.get("signature") or act.days.get("seance", "")),
        "signataire": Scalar(attending.id_of(act.signataire)),
        "matiere": Scalar(act.matiere),
        "visas": list(_visas(act, library)),
        "considerants": [Scalar(one) for one in act.considerants],
        "expose": writer.scalar(act.expose) or Scalar(""),
        "tableaux": writer.tables,
        "articles": list(_decisions(act)),
        "transmission": Scalar(act.days.get("transmission", "")),
        "publication": Scalar(act.days.get("publication", "")),
        "notification": Scalar(act.days.get("notification", "")),
        "destinataires": [Scalar(words(one)) for one in act.destinataires],
        "annexes": [Scalar(words(one)) for one in act.annexes],
    }
    signed = act.signataire
    known = attending.id_of(signed)
    remarks = [f"Signataire : {' '.join(filter(None, signed))}"] if signed is not None and not known else []
    return _proposal(document, "arrete", "arretes", _id(act, wish), record, remarks, act, attending)


def _read(document: Document) -> Past:
    from ctgdocs.importing.acts import read_act

    several = list(dict.fromkeys(_ONE_OF_MANY.findall(document.words)))
    if len(several) > 1 and len(_DECIDES.findall(document.words)) > 1:
        raise CtgdocsError(
            f"il contient plusieurs délibérations ({', '.join(several[:4])}{' …' * (len(several) > 4)}) : "
            "enregistrez chacune dans un fichier à elle"
        )
    act = read_act(document)
    if not act.decisions:
        raise CtgdocsError(
            "ce que l’acte décide n’y est pas reconnu : ni « DÉCIDE », ni « ARRÊTE », ni articles"
        )
    return act


def _id(act: Past, wish: Wish) -> str:
    return wish.id or slug(act.numero) or slug(act.objet)[:60].strip("-") or "acte"


def _numero(act: Past) -> Scalar:
    """The number; when it is no id, it stands as typed in a comment."""
    fits = IDENTIFIANT.fullmatch(act.numero) is not None
    return Scalar(act.numero if fits else "")


def _objet(act: Past) -> Scalar:
    """The object with a capital; one in capitals is written in small letters, to be read again."""
    said = in_small_letters(act.objet)
    doubt = "écrit en capitales dans l’original" if is_shouted(act.objet) else ""
    return Scalar(said[:1].upper() + said[1:] or "[à compléter : objet]", doubt)


def _day(act: Past) -> Iterator[str]:
    if "seance" in act.days:
        yield f"Séance du {act.days['seance']}"
    for name in ("convocation", "affichage"):
        if name in act.days:
            yield f"{name.capitalize()} : {act.days[name]}"


def _visas(act: Past, library: Library) -> Iterator[Node]:
    """Each visa by its id when the library of the house has it, word for word."""
    known = {slug(one.value.texte): one.id for one in every(library, VISAS)}
    for text in act.visas:
        yield Scalar(known.get(slug(text), text))


def _decisions(act: Past, *, lowered: bool = False) -> Iterator[Node]:
    for one in act.decisions:
        text = Scalar(words(_lowered(one.texte) if lowered else one.texte))
        yield {"titre": Scalar(words(one.titre)), "texte": text} if one.titre else text


def _lowered(text: str) -> str:
    """« APPROUVE la convention » as « approuve la convention »."""
    if found := _PHRASE.match(text):
        return f"{found[0].lower()}{text[found.end() :]}"
    first, space, rest = text.partition(" ")
    return f"{first.lower()}{space}{rest}" if first.isupper() and (len(first) > 3 or first == "DIT") else text


def _vote(vote: Voted, attending: Attending) -> Node:
    if vote.prend_acte and not vote.counts:
        return Scalar("prend acte")
    out: list[Node] = [
        Scalar(id) for one in vote.names.get("ne_prend_pas_part", ()) if (id := attending.id_of(one))
    ]
    held = vote.counts.get("contre") or vote.counts.get("abstentions")
    if vote.unanimite and not held and not (vote.secret and vote.counts.get("pour")):
        return {"ne_prend_pas_part": out} if out else Scalar("unanimité")
    record: dict[str, Node] = {"ne_prend_pas_part": out} if out else {}
    if vote.secret:
        record["mode"] = Scalar("secret")
    for name in ("pour", "contre", "abstentions", "blancs", "nuls"):
        people = [attending.id_of(one) for one in vote.names.get(name, ())]
        count = vote.counts.get(name, 0)
        if people and all(people) and len(people) == (count or len(people)) and not vote.secret:
            record[name] = [Scalar(one) for one in people]
        elif count and (name != "pour" or vote.secret or not vote.names):
            record[name] = Scalar(str(count))
    return record or Scalar("")


def _proposal(
    document: Document,
    schema: str,
    shelf: str,
    id: str,
    record: dict[str, Node],
    remarks: Sequence[str],
    act: Past,
    attending: Attending,
) -> Proposal:
    """The files of an act: itself first, then what joins the house; what no field takes is in comments."""
    filled = {name: value for name, value in record.items() if value and value != Scalar("")}
    head: dict[str, Node] = {}
    if act.numero and slug(act.numero) == id and act.numero != id:
        remarks = [f"Numéro : {act.numero}", *remarks]
    if remarks:
        head[REMARK] = Scalar(" · ".join(remarks))
    text = _HEAD.format(schema=schema, name=document.name) + written({**head, **filled})
    others: list[Node] = [Scalar(one.text) for one in attending.files]
    said_elsewhere = [*act.taken, *act.visas, " ".join(remarks)]
    lost = missing(document, filled, *others, *map(Scalar, said_elsewhere))
    rest = [one for one in lost if len(one.split()) > 3][:MOST_REST]
    if rest:
        text += "\n# Dans le document, et non repris ci-dessus :\n" + "".join(
            f"#   {' '.join(one.split())}\n" for one in rest
        )
    files = (Proposed(f"{shelf}/{id}.yaml", text), *attending.files)
    said = [*attending.said, *document.said]
    if rest:
        many = len(rest) > 1
        said.append(
            f"{len(rest)} ligne{'s' * many} du document (en-tête, signatures) {'sont' if many else 'est'} en "
            "commentaire à la fin."
        )
    return Proposal(
        id, files, counts(document, len(lost) - len(rest)), tuple(said), (), f"ctgdocs verifier {shelf}/{id}"
    )


READERS = (
    Reader("deliberation", "une délibération", deliberates, propose_deliberation),
    Reader("arrete", "un arrêté, ou une décision", orders, propose_arrete),
)


class Use(NamedTuple):
    """A text that acts rest on: how many times, and the day of the last one ("" when none says its day)."""

    text: str
    times: int
    last: str


def uses_of(documents: Iterable[Document]) -> list[Use]:
    """The distinct visas of these acts, the most frequent first; capitals, accents and signs do not count."""
    texts: dict[str, str] = {}
    counts: dict[str, int] = {}
    lasts: dict[str, str] = {}
    for document in documents:
        act = read_act(document)
        day = act.days.get("seance") or act.days.get("signature", "")
        for text in act.visas:
            key = slug(text)
            texts.setdefault(key, text)
            counts[key] = counts.get(key, 0) + 1
            lasts[key] = max(lasts.get(key, ""), day)
    return sorted(
        (Use(texts[key], counts[key], lasts[key]) for key in texts), key=lambda use: (-use.times, use.text)
    )


def proposal(uses: list[Use], library: Library) -> Proposal:
    """The entries that join visas.yaml: those that it does not have, each with how it is used, to be checked.
    What one act alone rests on (an avis, a délibération) is told and left."""
    known = {slug(one.value.texte) for one in every(library, VISAS)}
    taken = set(library.ids(VISAS))
    records: list[str] = []
    said = []
    for use in uses:
        where = f"{use.times} fois" + (f", la dernière le {use.last}" if use.last else "")
        if slug(use.text) in known:
            said.append(f"{where} : {use.text} (déjà dans visas.yaml)")
            continue
        id, fields = visa_named(use.text)
        if not fields.get("rang") or (
            use.times == 1 and fields["rang"] in ("avis", "deliberation", "arrete")
        ):
            said.append(f"{where} : {use.text} (laissé)")
            continue
        said.append(f"{where} : {use.text}")
        records.append(f"# à vérifier : visé {where}\n{''.join(_entry(_free(id, taken), fields))}")
    files = (Proposed(VISAS.path, "\n".join(records), "added"),) if records else ()
    return Proposal("visas", files, (), tuple(said), (), "ctgdocs verifier")


def _free(id: str, taken: set[str]) -> str:
    name, rank = id, 2
    while name in taken:
        name, rank = f"{id}-{rank}", rank + 1
    taken.add(name)
    return name


def _entry(id: str, fields: dict[str, str]) -> Iterator[str]:
    record: dict[str, Node] = {name: Scalar(value) for name, value in fields.items()}
    yield written({id: record})
