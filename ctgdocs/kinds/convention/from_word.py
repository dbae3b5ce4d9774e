"""An old convention → a content file to read again, from which no sentence is missing.

1 its parts (from_sections.py), 2 its parties (from_parties.py), 3 its plan d'actions (from_plan.py), 4 its
texts as Markdown, with references that follow their article, 5 what no field takes, in an annexe of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ctgdocs.content.library import Library
from ctgdocs.content.spelling import REMARK, Node, Scalar, written
from ctgdocs.importing.accounting import counts, missing, settled
from ctgdocs.importing.document import Block, Document, Para, paras_of
from ctgdocs.importing.gathering import words
from ctgdocs.importing.persons import people
from ctgdocs.importing.prose import Writer, short_id
from ctgdocs.importing.reader import MARK, Proposal, Proposed, Reader, Wish
from ctgdocs.importing.typed import in_small_letters, is_shouted
from ctgdocs.kinds.convention import KIND
from ctgdocs.kinds.convention.acte import Acte
from ctgdocs.kinds.convention.from_fiches import read_tables
from ctgdocs.kinds.convention.from_parties import Parties, completed_house
from ctgdocs.kinds.convention.from_plan import Plan
from ctgdocs.kinds.convention.from_sections import REASON, VISA, Part, cut
from ctgdocs.kinds.convention.from_title import (
    NAMES_ITSELF,
    parent_of,
    period_of,
    recognise,
    signature_of,
    title_of,
    type_changed_by,
    type_of,
)
from ctgdocs.kinds.convention.presented import ONLY
from ctgdocs.stages import every
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.vocabulary.registres import VISAS

_ANY = Wish()
_HEAD = """\
# yaml-language-server: $schema=../.schemas/convention.json
# Proposition tirée de « {name} » : relisez-la avant de vous en servir{doubts}.
"""
_REFERENCE = re.compile(
    r"(?P<avant>\bl[’']|(?:\ben|\bvoir|\bcf\.?)\s+|\(\s?)(?P<genre>article|annexe)\s+(?:n\s?°\s?)?(?P<no>\d{1,2}(?:\.\d{1,2})?|premier|[A-Z])(?:er)?\b"
    r"(?![.-]?\d|\s*(?:,?\s*(?:alinéa|paragraphe)\s+\d+\s*)?,?\s*(?:du|de\s+la|de\s+l[’']|des)\s*(?:code|loi|décret|règlement|arrêté|ordonnance|traité|constitution|statuts"
    r"|convention\s+(?!présente)|délibération|circulaire|directive|livre)|\s+(?:susvisé|précité)|\s*(?:,|et|ou|à)\s+(?:l[’']article\s+)?[LRD]\.)",
    re.IGNORECASE,
)
_OF_THE_PAST = re.compile(r"\bbilan\b|correspondance|décisions?\b|convention\s+précédente", re.IGNORECASE)
"""Annexes whose tables of actions are those of another convention."""
_RANKS = (
    ("code", r"code\b|\b(?:cgct|casf|css)\b"),
    ("loi", r"loi|ordonnance|constitution|traité|règlement\s+(?:\(|général)"),
    ("decret", r"décret"),
    ("arrete", r"arrêté"),
    ("circulaire", r"circulaire|instruction|convention\s+d.objectifs\s+et\s+de\s+gestion|lettre"),
    ("statuts", r"statuts"),
)  # fmt: skip


# --- texts ----------------------------------------------------------------------------------------------


def _titled(text: str, doubt: str = "") -> Scalar:
    said = words(in_small_letters(text))
    return Scalar(
        said[:1].upper() + said[1:],
        doubt or ("écrit en capitales dans l’original" if is_shouted(text) and len(text) > 30 else ""),
    )


class _Made:
    """What is being made of one document."""

    def __init__(self, document: Document, library: Library, wish: Wish) -> None:
        self.document, self.library, self.wish = document, library, wish
        self.sections = cut(document.blocks)
        self.type = self._type()
        self.avenant = self.type == "avenant"
        self.writer = Writer(document.notes)
        self.plan = Plan()
        self.parties = Parties(library)
        self.authorised = True
        self.visas: dict[str, Node] = {}
        self.known_visas: list[Para] = []
        self.taken_visas = set(library.ids(VISAS))
        self.targets: dict[tuple[str, str], str] = {}
        self._name_targets()

    # --- what the text calls by a number ------------------------------------------------------------------

    def _name_targets(self) -> None:
        taken: set[str] = set()
        for rank, part in enumerate(self.sections.articles, start=1):
            self._name("article", part, str(rank), taken)
            for under, sub in enumerate(part.below, start=1):
                self._name("article", sub, f"{part.number or rank}.{under}", taken)
        taken = set()
        for rank, part in enumerate(self.sections.annexes, start=1):
            self._name("annexe", part, str(rank), taken)

    def _name(self, family: str, part: Part, rank: str, taken: set[str]) -> None:
        part.id = short_id(in_small_letters(part.title) or f"{family}-{rank}", taken, family)
        taken.add(part.id)
        self.targets.setdefault((family, part.number or rank), part.id)

    def referring(self, text: str) -> str:
        """The text, its references as placeholders where they resolve; those of an avenant are to the
        articles of the convention that it changes."""
        if self.avenant:
            return text

        def called(found: re.Match[str]) -> str:
            number = "1" if found["no"].lower() == "premier" else found["no"].upper()
            id = self.targets.get((found["genre"].lower(), number))
            if id is None or found[0][:1] == "L":
                return found[0]
            before = found["avant"] if found["avant"][:2] not in ("l’", "l'") else ""
            return f"{before}{{{found['genre'].lower()}:{id}}}"

        return _REFERENCE.sub(called, text)

    def text(self, blocks: Sequence[Block], doubt: str = "") -> Scalar | None:
        said = self.writer.scalar(blocks, doubt)
        return Scalar(self.referring(said.text), said.doubt) if said else None

    # --- the record ---------------------------------------------------------------------------------------

    def record(self) -> dict[str, Node]:
        sections = self.sections
        period = period_of(sections)
        title = title_of(sections.title, period, self._parent if not self.avenant else lambda line: None)
        made = " ".join(para.text for para in sections.made)
        record: dict[str, Node] = {"type": Scalar(self.type), "titre": title.titre, **title.others}
        record["statut"] = Scalar("projet")
        if self.avenant:
            self._as_avenant(record)
        record |= period
        record |= signature_of(made)
        self.parties.read(sections.parties)
        record["parties"] = self._parties()
        if "signature" in record and not self.authorised:
            day = record.pop("signature")
            said = f"signature: {day.text}" if isinstance(day, Scalar) else ""
            record["statut"] = Scalar(
                "valide", f"signe et {said}, une fois écrite la délibération de chaque partie"
            )
        if sections.visas:
            record["visas"] = list(self._visas())
        if sections.reasons:
            record["considerants"] = list(self._reasons())
        if preamble := self._preamble():
            record["preambule"] = preamble
        if sections.formula and (formula := in_small_letters(sections.formula[-1].text.strip(" *:.,–-"))):
            record["formule"] = Scalar(words(formula[:1].upper() + formula[1:]))
        articles = [self._article(part) for part in sections.articles]
        record["articles"] = articles or [{"titre": Scalar("Objet", "articles à reconnaître")}]
        annexes = [self._annexe(part) for part in sections.annexes]
        if self.plan.count and not any(isinstance(one, dict) and "contenu" in one for one in annexes):
            annexes.append(
                {"id": Scalar("plan"), "titre": Scalar("Plan d’actions"), "contenu": Scalar("plan-d-actions")}
            )
        if self.writer.tables:
            record["tableaux"] = dict(self.writer.tables)
        if annexes:
            record["annexes"] = annexes
        if self.plan.count:
            record["plan"] = {"axes": self.plan.node()}
        return record

    # --- title, period, signature -------------------------------------------------------------------------

    @property
    def head(self) -> str:
        """The lines of the title."""
        return " ".join(para.text for para in self.sections.title) or self.document.words[:400]

    def _type(self) -> str:
        """What the line that names the convention says it is, else those around it."""
        named = (para.text for para in self.sections.title if NAMES_ITSELF.search(para.text))
        line = next(named, "")
        said = type_of(line)
        return said if said != "partenariat" or "partenariat" in line.lower() else type_of(self.head)

    def _parent(self, line: str) -> Scalar | None:
        """The convention that a line of the title says this one comes from."""
        return parent_of(line, line, self.library, "")

    def _as_avenant(self, record: dict[str, Node]) -> None:
        """An avenant says which convention it changes, and its rank; until that one is known, it is a
        convention."""
        if found := re.search(r"avenant\s+n\s?°\s?(\d{1,2})", self.head, re.IGNORECASE):
            record["numero"] = Scalar(found[1])
        parent = parent_of(self.head, self.document.words, self.library, self.wish.into)
        if parent is not None:
            record["parente"] = parent
            return
        record.pop("numero", None)
        record["type"] = Scalar(
            type_changed_by(self.head) or "partenariat", "avenant, avec parente : la convention qu’il modifie"
        )

    # --- parties, visas, preamble -------------------------------------------------------------------------

    def _parties(self) -> list[Node]:
        nodes = list(self.parties.nodes)
        self._who_signs(nodes)
        self.authorised = all(map(_is_authorised, nodes))
        while len(nodes) < 2:
            nodes.append({"nom": Scalar("[à compléter : partie à la convention]", "partie à reconnaître")})
        return nodes

    def _who_signs(self, nodes: Sequence[Node]) -> None:
        """Gives a party without anybody the one who signs under its name."""
        texts = [block.text for block in self.sections.signatures if isinstance(block, Para)]
        known = [slug(one.nom) for node in nodes for one in people(_remark(node))]
        alone = [one for text in texts for one in people(text) if slug(one.nom) not in known]
        bare = [
            node
            for node in nodes
            if isinstance(node, dict) and "representants" not in node and REMARK in node
        ]
        if len(alone) == len(bare):
            for node, one in zip(bare, alone, strict=True):
                node["representants"] = [self.parties.signer(one)]

    def _visas(self) -> Iterator[Node]:
        known = {slug(entry.value.texte): entry.id for entry in every(self.library, VISAS)}
        for para in self.sections.visas:
            text = VISA.sub("", para.text, count=1).strip(" ;,.")
            if not text:
                continue
            if slug(text) in known:
                self.known_visas.append(para)
                yield Scalar(known[slug(text)])
                continue
            rank = next(
                (
                    rank
                    for rank, pattern in _RANKS
                    if re.match(rf"(?:(?:la|le|les)\s+|l[’'])?(?:{pattern})", text, re.IGNORECASE)
                ),
                "",
            )
            if not rank:
                yield Scalar(words(text))
                continue
            id = short_id(text, self.taken_visas, "visa")
            self.taken_visas.add(id)
            self.visas[id] = {"texte": Scalar(words(text), "repris de la convention"), "rang": Scalar(rank)}
            yield Scalar(id)

    def _reasons(self) -> Iterator[Node]:
        for para in self.sections.reasons:
            if text := REASON.sub("", para.text, count=1).strip(" ;,."):
                yield Scalar(self.referring(words(text)))

    def _preamble(self) -> Scalar | None:
        blocks: list[Block] = [
            *map(Para, self.parties.left), *self.sections.preamble, *self.sections.formula[:-1]
        ]  # fmt: skip
        return self.text(blocks, "passages à replacer" if self.parties.left else "")

    # --- articles and annexes -----------------------------------------------------------------------------

    def _article(self, part: Part) -> Node:
        record = self._headed(part, "Article")
        blocks, below = list(part.blocks), []
        for sub in part.below:
            if sub.blocks:
                below.append(sub)
            else:  # a title alone: a line of what stands before it
                (below[-1].blocks if below else blocks).append(Para(sub.title, bold=True))
        if text := self.text(blocks):
            record["texte"] = text
        if below:
            record["articles"] = [
                {**self._headed(sub, "Sous-article"), "texte": self.text(sub.blocks) or Scalar("–")}
                for sub in below
            ]
        return record

    def _headed(self, part: Part, what: str) -> dict[str, Node]:
        title = _titled(part.title) if part.title else Scalar(f"{what} sans titre", "titre à écrire")
        return {"id": Scalar(part.id), "titre": title}

    def _annexe(self, part: Part) -> Node:
        record = self._headed(part, "Annexe")
        before, blocks = self.plan.count, list(part.blocks)
        if not _OF_THE_PAST.search(part.title):
            blocks = read_tables(self.plan, part.blocks, self.document.name)
        if self.plan.count > before:
            record["contenu"] = Scalar("plan-d-actions")
        if text := self.text(blocks):
            record["texte"] = text
        return record


def _remark(node: Node) -> str:
    said = node.get(REMARK) if isinstance(node, dict) else None
    return said.text if isinstance(said, Scalar) else ""


def _is_authorised(party: Node) -> bool:
    """Whether a party whose assembly decides has its délibération."""
    if not isinstance(party, dict) or not party.keys() & {"commune", "collectivite"}:
        return True
    authority = party.get("autorite")
    return isinstance(authority, dict) and ("du" in authority or "texte" in authority)


# --- the files that are proposed ------------------------------------------------------------------------


def propose(document: Document, library: Library, wish: Wish = _ANY) -> Proposal:
    """The proposal for a document."""
    made = _Made(document, library, wish)
    record = settled(made.record(), Acte, KIND.name)
    lost = missing(document, record, dict(made.visas), _told(made))
    if lost:
        annexes = record.setdefault("annexes", [])
        assert isinstance(annexes, list)
        text = "\n\n".join(map(words, lost))
        annexes.append(
            {
                "id": Scalar("a-replacer"),
                "titre": Scalar("Passages à replacer", "aucun champ ne les prend"),
                "texte": Scalar(text),
            }
        )
    id = wish.id or _id(record)
    files = [Proposed(f"{KIND.shelf}/{id}.yaml", _text(document, record, made))]
    files += _registries(made)
    if house := completed_house(library, made.parties):
        files.append(house)
    said = [*document.said]
    if made.sections.contents:
        said.append("Le sommaire n’est pas repris : Word le refait.")
    if made.plan.count:
        said.append(f"Plan d’actions : {made.plan.count} actions.")
    return Proposal(id, tuple(files), counts(document, 0), tuple(said))


def _told(made: _Made) -> Node:
    """What stands elsewhere than in the record: titles of fields, numbers that Word writes, the
    signatures."""
    sections = made.sections
    parts = [*sections.articles, *(sub for one in sections.articles for sub in one.below), *sections.annexes]
    headings = [text for part in parts for text in part.typed]
    kept = [*sections.title, *sections.made, *sections.dropped, *made.known_visas]
    kept += [para for block in sections.signatures for para in _each(block)]
    kept += [para for block in sections.parties for para in _each(block) if ONLY.fullmatch(para.text)]
    return [Scalar(text) for text in (*headings, *made.plan.labels, *(para.text for para in kept))]


def _text(document: Document, record: dict[str, Node], made: _Made) -> str:
    body = written(record)
    doubts = body.count(MARK)
    said = f" ; {doubts} ligne{'s' * (doubts > 1)} à vérifier" if doubts else ""
    head = _HEAD.format(name=" ".join(document.name.split()), doubts=said)
    around = [f"{MARK} : {one}" for one in document.doubts]
    around += [f"# {label} de l’original : {text}" for label, text in dict.fromkeys(document.around)]
    around += [f"# signatures de l’original : {text}" for text in _signatures(made)]
    return head + "".join(f"{line}\n" for line in around) + body


def _signatures(made: _Made) -> Iterator[str]:
    texts = [para.text for block in made.sections.signatures for para in _each(block)]
    if texts:
        yield " / ".join(texts)


def _each(block: Block) -> Iterator[Para]:
    yield from (block,) if isinstance(block, Para) else paras_of(block)


def _registries(made: _Made) -> Iterator[Proposed]:
    """The entries that the registries of the workspace do not hold yet."""
    for name, entries in (
        ("visas", made.visas),
        ("partenaires", made.parties.partners),
        ("communes", made.parties.communes),
    ):
        if entries:
            yield Proposed(
                f"{name}.yaml",
                f"# yaml-language-server: $schema=.schemas/{name}.json\n{written(entries)}",
                "added",
            )


def _id(record: dict[str, Node]) -> str:
    """« ctg-2022-2026 »: its type, else its title, and its years."""
    type = record["type"]
    title, start, end = (record.get(name) for name in ("titre", "debut", "fin"))
    assert isinstance(type, Scalar)
    name = type.text if type.text != "partenariat" or not isinstance(title, Scalar) else short_id(title.text)
    years = [one.text[:4] for one in (start, end) if isinstance(one, Scalar)]
    return "-".join(dict.fromkeys((name, *years)))


READERS = (Reader("convention", "une convention", recognise, propose),)
