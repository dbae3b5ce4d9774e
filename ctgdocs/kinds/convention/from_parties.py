"""The parties of an old convention, from the paragraphs that present them: who, for whom, by what authority.

What a paragraph says stands above the party, as a remark: nothing of it is lost, whatever is understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ctgdocs.content.edit import Edit, fields
from ctgdocs.content.library import Library
from ctgdocs.content.spelling import REMARK, Node, Scalar
from ctgdocs.files import read_file
from ctgdocs.importing.document import Block
from ctgdocs.importing.gathering import words
from ctgdocs.importing.persons import Named, people
from ctgdocs.importing.prose import short_id
from ctgdocs.importing.reader import Proposed
from ctgdocs.importing.typed import is_shouted
from ctgdocs.kinds.convention.presented import (
    ADDRESS,
    ADDRESS_ALONE,
    CALLED,
    IN_PERSON,
    LEAD,
    NAME,
    QUOTED,
    SIRET,
    STARTS,
    Group,
    address_of,
    authority_of,
    groups_of,
    short_of,
    unsaid,
)
from ctgdocs.stages import every
from ctgdocs.vocabulary.appellations import with_capitals
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.vocabulary.registres import COLLECTIVITE, COMMUNES, ELUS, PARTENAIRES

_COMMUNES = re.compile(
    r"(?:les\s+)?communes\s+(?:membres\s+)?(?:suivantes\s*:?\s*)?(?:de\s+|d[’']|des\s+)?(?P<noms>.+)",
    re.IGNORECASE | re.DOTALL,
)
_COMMUNE = re.compile(
    r"(?:la\s+)?(?:commune|ville|mairie)\s+(?P<lien>de\s+la\s+|de\s+l[’']|des\s+|du\s+|de\s+|d[’'])(?P<nom>[A-ZÀ-Ýa-z].*)",
    re.IGNORECASE,
)
_TYPES = (
    ("caf", r"allocations?\s+familiales|\bcaf\b"),
    ("msa", r"mutualité\s+sociale|\bmsa\b"),
    ("departement", r"département"),
    ("etat", r"\bétat\b|préf|académi|éducation\s+nationale|direction\s+des\s+services|sdjes"),
    ("association", r"association|fédération|foyer"),
)


_HOUSES = (
    ("communaute-de-communes", r"communauté\s+de\s+communes", "communauté de communes"),
    ("communaute-d-agglomeration", r"communauté\s+d[’']agglomération", "communauté d’agglomération"),
    ("communaute-urbaine", r"communauté\s+urbaine", "communauté urbaine"),
    ("metropole", r"métropole", "métropole"),
    ("syndicat", r"syndicat", "syndicat"),
    ("cias", r"centre\s+intercommunal|cias\b", "CIAS"),
)
"""The types of a collectivité that is a party with its communes, and its short name."""


def is_blank(library: Library) -> bool:
    """Whether the file of the collectivité is still the one to complete."""
    return "[à compléter" in _house_text(library).partition("nom_court:")[0].partition("\nnom:")[2]


def _house_text(library: Library) -> str:
    try:
        return read_file(library.project.content / "collectivite.yaml").decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def completed_house(library: Library, parties: Parties) -> Proposed | None:
    """The file of the collectivité, its blanks filled with what the convention says of it."""
    if not parties.house:
        return None
    before = _house_text(library)
    edit = Edit(before)
    known = fields(edit.root)
    address = fields(known["adresse"][1]) if "adresse" in known else {}
    for name, value in parties.house.items():
        held = known.get(name) or address.get(name)
        if held and "[à compléter" in edit.raw(held[1]):
            edit.replace(held[1], [value] if name == "lignes" else value)
    return Proposed("collectivite.yaml", edit.text(), "merged", before)


@dataclass(slots=True)
class Parties:
    """What is proposed: the parties, and the entries that the registries of the workspace do not hold yet."""

    library: Library
    nodes: list[Node] = field(default_factory=list)
    partners: dict[str, Node] = field(default_factory=dict)
    communes: dict[str, Node] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    """Paragraphs that present nobody."""
    house: dict[str, str] = field(default_factory=dict)
    """What a convention says of the collectivité whose file is still to be completed."""

    def read(self, blocks: Sequence[Block]) -> None:
        for group in groups_of(blocks):
            if not (self._each(group) or self._several(group)):
                self._one(group)

    # --- one party --------------------------------------------------------------------------------------

    def _one(self, group: Group) -> None:
        text = " ".join(group.texts)
        bare = LEAD.sub("", text)
        found = NAME.match(bare)
        name = found["nom"].strip(" :–-") if found else ""
        quoted = QUOTED.match(bare, found.end()) if found and len(name.split()) < 4 else None
        name += f" {quoted['nom']}" if quoted else ""
        if not name or not (
            STARTS.match(bare)
            or IN_PERSON.match(bare)
            or re.search(r"représent|ci-après|SIRET|siège", text, re.IGNORECASE)
        ):
            self.left.append(text)
            return
        if len(name) > 140:
            name = name[:140].rsplit(" ", 1)[0]
        self._add(name, group, text, bare)

    def _add(self, name: str, group: Group, text: str, bare: str, group_name: str = "") -> None:
        label = f"{group.label} : " if group.label else ""
        record: dict[str, Node] = {REMARK: Scalar(f"« {label}{text} »")} if text else {}
        key, value, doubt = self._identity(name, bare)
        record[key] = Scalar(value, doubt)
        short, together = short_of(bare, group.label)
        if short and not together:
            record["nom_court"] = Scalar(words(short))
        if found := SIRET.search(bare):
            siret = re.sub(r"\s", "", found["siret"])
            if siret.strip("0"):
                record["siret"] = Scalar(siret)
        if address := ADDRESS.search(bare) or ADDRESS_ALONE.search(bare):
            record["adresse"] = address_of(address)
            if key == "collectivite":
                self._lives(record)
        signers = [self.signer(one) for one in people(bare)]
        if signers:
            record["representants"] = list(signers)
        if authority := authority_of(bare):
            record["autorite"] = authority
        if group_name:
            record["groupe"] = Scalar(group_name)
        if not doubt and (left := unsaid(bare, " ".join((name, *self.house.values())), record)):
            record[key] = Scalar(value, f"sans champ : {left}")
        self.nodes.append(record)
        if together:
            self._gather(short)

    def _gather(self, name: str) -> None:
        """« ci-après dénommées les communes signataires »: the communes that have just been presented."""
        for node in reversed(self.nodes):
            if not isinstance(node, dict) or "commune" not in node or node.keys() & {"groupe", "nom_court"}:
                return
            node["groupe"] = Scalar(words(name))

    def _identity(self, name: str, bare: str) -> tuple[str, str, str]:
        """How the party is named in its file: by a registry, which may take it now, or in place."""
        plain = re.sub(r"^(?:la|le|les)\s+|^l[’']", "", name, flags=re.IGNORECASE)
        plain = _with_small_letters(plain)
        house = self.library.find(COLLECTIVITE, "collectivite")
        if house is not None and slug(plain) in (slug(house.value.nom), slug(house.value.sigle or "-")):
            return "collectivite", "oui", ""
        kind = next((kind for kind, pattern, _ in _HOUSES if re.match(pattern, plain, re.IGNORECASE)), "")
        if house is None and kind and not self.house and is_blank(self.library):
            short = next(short for one, _, short in _HOUSES if one == kind)
            self.house = {"nom": plain[:1].upper() + plain[1:], "nom_court": short, "type": kind}
            return "collectivite", "oui", ""
        if found := _COMMUNE.fullmatch(plain):
            linked = {"de la": "La ", "de l’": "L’", "de l'": "L’", "du": "Le ", "des": "Les "}.get(
                found["lien"].strip().lower(), ""
            )
            return self._commune(linked + with_capitals(found["nom"].strip()))
        for entry in every(self.library, PARTENAIRES):
            if slug(entry.value.nom) == slug(plain):
                return "partenaire", entry.id, ""
        type = next((name for name, pattern in _TYPES if re.search(pattern, plain, re.IGNORECASE)), "")
        if not type:
            return "nom", words(plain[:1].lower() + plain[1:] if plain[1:2].islower() else plain), ""
        return "partenaire", self._partner(plain, type, bare), ""

    def _lives(self, record: dict[str, Node]) -> None:
        """The address of the house goes to its own file, when that is being completed."""
        address = record["adresse"]
        if not self.house or not isinstance(address, dict):
            return
        del record["adresse"]
        lines = address.get("lignes")
        first = lines[0] if isinstance(lines, list) and lines else None
        said = {"lignes": first, **{key: address.get(key) for key in ("code_postal", "ville")}}
        self.house |= {key: one.text for key, one in said.items() if isinstance(one, Scalar)}
        code = self.house["code_postal"]
        self.house["departement"] = code[: 3 if code.startswith("97") else 2]

    def _partner(self, name: str, type: str, bare: str) -> str:
        for id, known in self.partners.items():
            if (
                isinstance(known, dict)
                and isinstance(known["nom"], Scalar)
                and slug(known["nom"].text) == slug(name)
            ):
                return id
        taken = [*self.library.ids(PARTENAIRES), *self.partners]
        short = {"caf": "Caf", "msa": "MSA"}.get(type, "")
        tail = (
            re.sub(
                r"^.*?(?:allocations?\s+familiales|mutualité\s+sociale\s+agricole|caf|msa)\s*(?:de\s+la\s+|de\s+l[’']|des\s+|du\s+|de\s+|d[’'])?",
                "",
                name,
                flags=re.IGNORECASE,
            )
            if short
            else name
        )
        id = short_id(f"{short} {tail}".strip(), taken, "partenaire")
        record: dict[str, Node] = {"nom": Scalar(words(name), "repris de la convention")}
        if short:
            record["nom_court"] = Scalar(short)
        record["type"] = Scalar(type)
        signers: list[Node] = [
            {
                key: Scalar(value)
                for key, value in (
                    ("civilite", one.civilite),
                    ("prenom", one.prenom),
                    ("nom", one.nom),
                    ("fonction", one.fonction),
                )
            }
            for one in people(bare)
            if one.prenom and one.fonction
        ]
        if signers:
            record["representants"] = signers
        self.partners[id] = record
        return id

    def _commune(self, name: str) -> tuple[str, str, str]:
        wanted = slug(name)
        for id in self.library.ids(COMMUNES):
            entry = self.library.find(COMMUNES, id)
            if id == wanted or (entry is not None and slug(entry.value.nom) == wanted):
                return "commune", id, ""
        if len(wanted) > 60 or not wanted:
            return "nom", words(f"commune {name}"), "commune à reconnaître"
        self.communes.setdefault(wanted, {"nom": Scalar(words(name), "reprise de la convention")})
        return "commune", wanted, ""

    def signer(self, one: Named) -> dict[str, Node]:
        wanted = {slug(f"{one.nom} {one.prenom}"), slug(f"{one.prenom} {one.nom}")}
        for entry in every(self.library, ELUS):
            if slug(f"{entry.value.nom} {entry.value.prenom}") in wanted and one.prenom:
                role: dict[str, Node] = {"fonction": Scalar(words(one.fonction))} if one.fonction else {}
                return {"elu": Scalar(entry.id), **role}
        record: dict[str, Node] = {"civilite": Scalar(one.civilite)}
        if one.prenom:
            record["prenom"] = Scalar(words(one.prenom))
        record["nom"] = Scalar(words(one.nom))
        if one.fonction:
            record["fonction"] = Scalar(words(one.fonction))
        return record

    # --- several communes in one sentence ---------------------------------------------------------------

    def _each(self, group: Group) -> bool:
        """« Les communes de : », then a line for each with who represents it."""
        head, *lines = group.texts
        named = [_ONE_OF_THEM.match(line) for line in lines]
        if not _COMMUNES_BELOW.fullmatch(LEAD.sub("", head).strip()) or len(lines) < 2 or None in named:
            return False
        for line, found in zip(lines, named, strict=True):
            name = found["nom"].strip() if found else ""
            said = line[found.end() :] if found else line
            self._add(
                f"commune de {name}", Group(), line, f"commune de {name}{said}", "les communes signataires"
            )
        return True

    def _several(self, group: Group) -> bool:
        """« Les communes de Lavol, Faudols et Le Causol, représentées par leurs maires »."""
        text = " ".join(group.texts)
        found = _COMMUNES.match(LEAD.sub("", text))
        if found is None:
            return False
        listed = re.split(
            r"\s*[,;(]?\s*(?:représentées?|ci-après|dûment|d[’']autre|agissant)\b", found["noms"], maxsplit=1
        )[0]
        names = [
            one
            for one in re.split(r"\s*(?:,|;|\bet\b)\s*(?:de\s+(?!la\b|l[’'])|d[’'](?=[A-ZÀ-Ý]))?", listed)
            if one.strip(" .:")
        ]
        if len(names) < 2 or any(len(name) > 50 or not name[:1].isupper() for name in names):
            return False
        short = CALLED.search(text)
        called = (short["quoted"] or short["bare"]).strip() if short else "les communes signataires"
        before = len(self.nodes)
        for name in names:
            self._add(f"commune de {name.strip(' .:')}", Group(), "", "", called)
        first = self.nodes[before]
        if isinstance(first, dict):
            self.nodes[before] = {REMARK: Scalar(f"« {text} »"), **first}
        return True


_COMMUNES_BELOW = re.compile(
    r"(?:et\s+)?(?:les\s+)?communes?(?:\s+(?:membres|signataires|adhérentes))?(?:\s+(?:suivantes|ci-après|de|d[’']))?\s*:",
    re.IGNORECASE,
)
_ONE_OF_THEM = re.compile(
    r"[-–•*\s]*(?:la\s+)?(?:commune\s+(?:de\s+(?!la\b|l[’'])|d[’'](?=[A-ZÀ-Ý])))?(?P<nom>[A-ZÀ-Ý][^,;:(]{1,48}?)\s*(?=,|\(|représent|;|$)"
)


def _with_small_letters(text: str) -> str:
    return with_capitals(text) if is_shouted(text) else text
