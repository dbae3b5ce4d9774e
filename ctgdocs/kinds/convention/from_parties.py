"""The parties of an old convention, from the paragraphs that present them: who, for whom, by what authority.

What a paragraph says stands above the party, as a remark: nothing of it is lost, whatever is understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ctgdocs.content.edit import REMARK, Edit, Node, Scalar, fields
from ctgdocs.content.library import Library
from ctgdocs.files import read_file
from ctgdocs.importing import Block, Para, Proposed, words
from ctgdocs.importing.accounting import said_by
from ctgdocs.importing.persons import Named, people
from ctgdocs.importing.prose import short_id
from ctgdocs.importing.titles import is_shouted
from ctgdocs.vocabulary.appellations import with_capitals
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.vocabulary.citations import JOUR_ECRIT
from ctgdocs.vocabulary.registres import COLLECTIVITE, COMMUNES, ELUS, PARTENAIRES

_ORGANISATION = (
    r"commun(?:e|auté)s?|ville|métropole|syndicat|sivom|sivu|caisse|caf|msa|mutualité|département|conseil\s+départemental|région"
    r"|état|préfecture|association|centre|ccas|cias|fédération|union|société|établissement|agence|service|direction|collège|lycée"
    r"|école|rectorat|(?:sous-)?préfète?|rect(?:eur|rice)|académie|office|pôle|mission|réseau|mairie|comité|groupement|chambre|fondation|mutuelle|coopérative|crèche"
)
_STARTS = re.compile(
    rf"(?:[-–—•➢>*]\s*)?(?:(?:et\s+)?(?:(?:la|le|les|l[’'])\s*)|(?:et\s+))?(?:{_ORGANISATION})\b",
    re.IGNORECASE,
)
ONLY = re.compile(
    r"(?:entre(?:\s+les\s+soussignée?s)?|et|les\s+soussignée?s|d[’']une\s+part|d[’']autre\s+part|(?:désignation\s+des\s+)?parties"
    r"(?:\s+à\s+la\s+convention)?|entre\s+les\s+parties(?:\s+suivantes)?)(?:\s+et)?\s*[,;:.]*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:entre(?:\s+les\s+soussignée?s)?|et|d[’']une\s+part|d[’']autre\s+part|les\s+soussignée?s)\b\s*[,;:]*\s*|[-–—•➢>*]\s*)+",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?P<nom>.+?)(?=\s*(?:,|;|\(|\bci-après\b|\breprésentée?s?\b|\bdont\s+(?:le|la)\b|\bsise?\b|\bsituée?\b|\bdomiciliée?\b|\bSIRET\b"
    r"|\brégie?\b|\bayant\b|\bagissant\b|\bn°\s*SIRET\b|\s[–—]\s|«|$)|\s*:\s)",
    re.IGNORECASE | re.DOTALL,
)
_CALLED = re.compile(
    r"(?:ci-?\s?après|ci-?après\s+également)\s*,?\s*(?:et\s+)?(?:dénommée?s?|désignée?s?|appelée?s?|nommée?s?)?\s*(?:ensemble|collectivement|conjointement)?"
    r"\s*(?:par\s+les\s+termes\s+|sous\s+le\s+(?:nom|terme)\s+(?:de\s+)?|comme\s+)?(?:[«“\"]\s*(?P<quoted>[^»”\"]{2,60}?)\s*[»”\"]|(?P<bare>(?:la|le|les|l[’'])\s*[^,;.()]{2,40}))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:dont\s+le\s+siège(?:\s+social)?\s+(?:est|se\s+trouve)(?:\s+(?:situé|sis|fixé|établi))?|domiciliée?|sise?|située?|siège\s*:|adresse\s*:)\s*(?:au\s+|à\s+)?"
    r"(?P<rue>[^;]*?)[,\s–-]+(?P<code>\d{2}\s?\d{3})\s+(?P<ville>[A-ZÀ-Ý][\w’' -]*?)(?=\s*(?:,|;|\(|\."
    r"|représent|ci-après|SIRET|$))"
)
_ADDRESS_ALONE = re.compile(
    r",\s*(?P<rue>\d+[^,;]{3,60}),\s*(?P<code>\d{2}\s?\d{3})\s+(?P<ville>[A-ZÀ-Ý][\w’' -]*?)(?=\s*(?:,|;"
    r"|\(|$))"
)
_CONTINUES = re.compile(
    r"(?:représentée?s?|ci-?\s?après|agissant|dont|dûment|et\s+par|sise?|située?|par\b|siège)", re.IGNORECASE
)
"""What goes on with the party before."""
_QUOTED = re.compile(r"\s*[«“\"]\s*(?P<nom>[^»”\"]{2,80}?)\s*[»”\"]")
_PRESENTS = re.compile(r"représent|ci-après|SIRET|siège", re.IGNORECASE)
_IN_PERSON = re.compile(
    r"(?:le|la|l[’'])\s*(?:préf[eè]te?|recteur|rectrice|directeur|directrice|inspecteur|inspectrice|présidente?|maire)\b"
    r"[^,;]{0,100},\s*(?:M\.|Mme|Monsieur|Madame)\s",
    re.IGNORECASE,
)
"""« Le préfet du Favalais, Monsieur Yves Land »: an authority named by who holds it."""
_SIRET = re.compile(r"SIRET\s*(?:n\s?°|:)?\s*(?P<siret>(?:\d\s?){14})", re.IGNORECASE)
_AUTHORITY = re.compile(
    rf"(?P<acte>(?:délibération|décision|arrêté|mandat|procuration)\b(?P<corps>[^;()]{{0,90}}?)"
    rf"(?:n\s?°\s?(?P<no>[\w./-]*\w)(?P<apres_no>[^;()]{{0,80}}?\bdu\s+(?P<jour>{JOUR_ECRIT}))?"
    rf"|(?:en\s+date\s+)?du\s+(?P<seul>{JOUR_ECRIT})(?:\s*,?\s*n\s?°\s?(?P<apres>[\w./-]*\w))?))",
    re.IGNORECASE,
)
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


_PRESENTING = re.compile(
    r"represent|dument|autoris|habilit|agi(?:t|ss)|qualite|vertu|deliberation|decision|dat[eé]|apres|denomm|design"
    r"|appel|nomme|dont|siege|social|situe|sise?$|adresse|siret|numero|parts?$|autres?$|ensemble|conseil|municipal"
    r"|communautaire|administration|assemblee|comite|syndical|bureau|terme|sous|present|convention|sign|effet|cette"
    r"|leurs?|maire|madame|monsieur|mesdames|messieurs|pour|cedex|elle|soussigne|compte|pouvoir|confer|domicili|etabli"
    r"|commun|collectiv|conjoint"
)
"""The words that present a party, whoever it is."""
_DATED = re.compile(JOUR_ECRIT, re.IGNORECASE)
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
class _Group:
    """The paragraphs of one party; `label`: what stands beside them in a table of two columns."""

    label: str = ""
    texts: list[str] = field(default_factory=list)


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
        for group in _groups(blocks):
            if not self._several(group):
                self._one(group)

    # --- one party --------------------------------------------------------------------------------------

    def _one(self, group: _Group) -> None:
        text = " ".join(group.texts)
        bare = _LEAD.sub("", text)
        found = _NAME.match(bare)
        name = found["nom"].strip(" :–-") if found else ""
        quoted = _QUOTED.match(bare, found.end()) if found and len(name.split()) < 4 else None
        name += f" {quoted['nom']}" if quoted else ""
        if not name or not (
            _STARTS.match(bare)
            or _IN_PERSON.match(bare)
            or re.search(r"représent|ci-après|SIRET|siège", text, re.IGNORECASE)
        ):
            self.left.append(text)
            return
        if len(name) > 140:
            name = name[:140].rsplit(" ", 1)[0]
        self._add(name, group, text, bare)

    def _add(self, name: str, group: _Group, text: str, bare: str, group_name: str = "") -> None:
        label = f"{group.label} : " if group.label else ""
        record: dict[str, Node] = {REMARK: Scalar(f"« {label}{text} »")} if text else {}
        key, value, doubt = self._identity(name, bare)
        record[key] = Scalar(value, doubt)
        short, together = _short(bare, group.label)
        if short and not together:
            record["nom_court"] = Scalar(words(short))
        if found := _SIRET.search(bare):
            siret = re.sub(r"\s", "", found["siret"])
            if siret.strip("0"):
                record["siret"] = Scalar(siret)
        if address := _ADDRESS.search(bare) or _ADDRESS_ALONE.search(bare):
            record["adresse"] = _address(address)
            if key == "collectivite":
                self._lives(record)
        signers = [self.signer(one) for one in people(bare)]
        if signers:
            record["representants"] = list(signers)
        if authority := _authority(bare):
            record["autorite"] = authority
        if group_name:
            record["groupe"] = Scalar(group_name)
        if not doubt and (left := _unsaid(bare, " ".join((name, *self.house.values())), record)):
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
        for id in self.library.ids(PARTENAIRES):
            entry = self.library.find(PARTENAIRES, id)
            if entry is not None and slug(entry.value.nom) == slug(plain):
                return "partenaire", id, ""
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
        for id in self.library.ids(ELUS):
            entry = self.library.find(ELUS, id)
            if entry is not None and slug(f"{entry.value.nom} {entry.value.prenom}") in wanted and one.prenom:
                role: dict[str, Node] = {"fonction": Scalar(words(one.fonction))} if one.fonction else {}
                return {"elu": Scalar(id), **role}
        record: dict[str, Node] = {"civilite": Scalar(one.civilite)}
        if one.prenom:
            record["prenom"] = Scalar(words(one.prenom))
        record["nom"] = Scalar(words(one.nom))
        if one.fonction:
            record["fonction"] = Scalar(words(one.fonction))
        return record

    # --- several communes in one sentence ---------------------------------------------------------------

    def _several(self, group: _Group) -> bool:
        """« Les communes de Lavol, Faudols et Le Causol, représentées par leurs maires »."""
        text = " ".join(group.texts)
        found = _COMMUNES.match(_LEAD.sub("", text))
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
        short = _CALLED.search(text)
        called = (short["quoted"] or short["bare"]).strip() if short else "les communes signataires"
        before = len(self.nodes)
        for name in names:
            self._add(f"commune de {name.strip(' .:')}", _Group(), "", "", called)
        first = self.nodes[before]
        if isinstance(first, dict):
            self.nodes[before] = {REMARK: Scalar(f"« {text} »"), **first}
        return True


def _unsaid(bare: str, elsewhere: str, record: dict[str, Node]) -> str:
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


def _groups(blocks: Sequence[Block]) -> Iterator[_Group]:
    """The paragraphs that go together: a row of a table, or all that is said until the next party."""
    current: _Group | None = None
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
                    yield _Group(" ".join(cells[0]), cells[1])
                else:
                    yield from _groups([Para(text) for cell in cells for text in cell])
            continue
        text = block.text
        if ONLY.fullmatch(text):
            opened = True
            continue
        parted = re.match(r"(?:entre|et)\b", text, re.IGNORECASE) is not None or opened
        starts = _STARTS.match(_LEAD.sub("", text)) is not None
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
            current = _Group()
        current.texts.append(text)
        opened = False
    if current:
        yield current


def _complete(group: _Group) -> bool:
    """Whether a party has been presented: somebody stands for it, or it has its short name."""
    return (
        re.search(r"représent|ci-après|SIRET|,\s*$|siège", " ".join(group.texts), re.IGNORECASE) is not None
    )


def _short(text: str, label: str) -> tuple[str, bool]:
    """The short name of a party, and whether it is that of several."""
    found = _CALLED.search(text)
    if found:
        said = (found["quoted"] or found["bare"]).strip(" .,")
        said = said[:1].lower() + said[1:] if re.match(r"(?:La|Le|Les|L[’'])", said) else said
        return said, said.startswith("les ")
    if label and re.match(r"(?:la|le|les|l[’'])", label, re.IGNORECASE):
        return label[:1].lower() + label[1:].rstrip(" :"), False
    return "", False


def _address(found: re.Match[str]) -> Node:
    street = found["rue"].strip(" ,–-")
    lines: dict[str, Node] = {"lignes": [Scalar(words(street))]} if street else {}
    return {
        **lines,
        "code_postal": Scalar(found["code"].replace(" ", "")),
        "ville": Scalar(words(with_capitals(found["ville"].strip()))),
    }


def _authority(text: str) -> Node | None:
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
            record["du"] = Scalar(_day(day))
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


def _day(typed: str) -> str:
    from ctgdocs.vocabulary.as_typed import read_date

    try:
        return read_date(" ".join(typed.split())).isoformat()
    except ValueError:
        return typed


def _with_small_letters(text: str) -> str:
    return with_capitals(text) if is_shouted(text) else text
