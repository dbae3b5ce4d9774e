"""Every problem of a Word template at once, in French, each at its place in the file.

`lint` reads a template as an author sees it: paragraphs, tables, headers. It asks of each tag whether it can
be read, whether it stands where it can work, and whether the fields it names exist in an example context. It
never raises for what the author can fix: a file that is no template gives one finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from os import PathLike
from pathlib import Path
from typing import Any

from lxml import etree

from ctgdocs.findings import Finding, Severity, TemplateError
from ctgdocs.french import espaces, nearest
from ctgdocs.templates.environment import Environment
from ctgdocs.templates.expressions import deeper
from ctgdocs.templates.lint_blocks import Blocks
from ctgdocs.templates.lint_tags import Placed, Report, check_paragraph, check_units, tags_of
from ctgdocs.templates.prose_styles import style_ids
from ctgdocs.templates.roles import ROLES, find, key
from ctgdocs.templates.tags import TAG
from ctgdocs.word.names import W_NS, WORD_TYPE, XML_SPACE, part_label
from ctgdocs.word.package import Package, Readable, read, write
from ctgdocs.word.parts import add_part, check_usual, main_part, one, parse, serialize, stories, w, whole
from ctgdocs.word.safety import instructions, refusals
from ctgdocs.word.walk import Paragraph, labelled_parts, paragraphs_of

# --- A copy of a template with each finding as a Word comment, at the paragraph it is about


AUTHOR, INITIALS = "ctgdocs", "ctg"
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_TITLES = {Severity.ERREUR: "Erreur", Severity.ALERTE: "Attention", Severity.INFO: "À savoir"}


def annotate(source: Readable | Package, findings: Sequence[Finding]) -> bytes:
    """The bytes of the annotated copy. `findings` come from `lint` of the same file.

    Raises TemplateError when `source` is not a Word file.
    """
    package = dict(source) if isinstance(source, dict) else read(source)
    main = main_part(package)
    body = [spot for spot in paragraphs_of(package) if spot.part == main]
    by_rank = {spot.rank: spot.element for spot in body}
    if not body or not findings:
        return write(package)
    document = body[0].element.getroottree().getroot()
    comments_part, comments = _comments(package, main)
    first_free = max((whole(node.get(w("id"))) for node in comments), default=-1) + 1
    for number, finding in enumerate(findings, start=first_free):
        paragraph = by_rank.get(finding.place.column) if finding.place.column else None
        _anchor(paragraph if paragraph is not None else _first(body), number)
        comments.append(_comment(finding, number, elsewhere=paragraph is None))
    package[comments_part] = serialize(comments)
    package[main] = serialize(document)
    return write(package)


def _comments(package: Package, main: str) -> tuple[str, etree._Element]:
    name = one(package, "comments")
    if name is not None:
        return name, parse(package[name], name)
    name = "word/comments.xml"
    root = etree.Element(w("comments"), nsmap={"w": W_NS})
    add_part(package, main, name, serialize(root), kind="comments", type=f"{WORD_TYPE}comments+xml")
    return name, root


def _first(body: Sequence[Paragraph]) -> etree._Element:
    """The first paragraph outside a table, for what has no paragraph of its own."""
    return next((spot.element for spot in body if spot.cell is None), body[0].element)


def _anchor(paragraph: etree._Element, number: int) -> None:
    """Puts the whole paragraph under the comment."""
    properties = paragraph.find(w("pPr"))
    start = etree.Element(w("commentRangeStart"), {w("id"): str(number)})
    if properties is None:
        paragraph.insert(0, start)
    else:
        properties.addnext(start)
    paragraph.append(etree.Element(w("commentRangeEnd"), {w("id"): str(number)}))
    run = etree.SubElement(paragraph, w("r"))
    etree.SubElement(run, w("commentReference"), {w("id"): str(number)})


def _comment(finding: Finding, number: int, *, elsewhere: bool) -> etree._Element:
    comment = etree.Element(
        w("comment"), {w("id"): str(number), w("author"): AUTHOR, w("initials"): INITIALS}
    )
    for line in _lines(finding, elsewhere):
        run = etree.SubElement(etree.SubElement(comment, w("p")), w("r"))
        text = etree.SubElement(run, w("t"))
        text.set(XML_SPACE, "preserve")
        text.text = line
    return comment


def _lines(finding: Finding, elsewhere: bool) -> Iterable[str]:
    """What the comment says. Tags lose their braces: a comment must not hold what looks like a tag."""
    if elsewhere and finding.place.field:
        yield _bare(f"Dans : {finding.place.field}")
    yield _bare(f"{_TITLES[finding.severity]} : {finding.message}")
    for hint in finding.hints:
        yield _bare(f"Conseil : {hint}")


def _bare(text: str) -> str:
    return espaces(_BRACES.sub(lambda match: match[0].strip("{}#"), text))


Filters = Mapping[str, Callable[..., Any]]
_PROPERTIES = "docProps/core.xml"


@dataclass(frozen=True, slots=True)
class Description:
    """What a template uses: the paths of its fields (lists left out), the names of its styles."""

    fields: tuple[str, ...]
    styles: tuple[str, ...]


def lint(
    source: Readable | Package,
    fields: Mapping[str, Any] | None = None,
    charte: Readable | Package | None = None,
    *,
    styles: Mapping[str, str] | None = None,
    filters: Filters | None = None,
    file: str = "",
) -> list[Finding]:
    """The problems of a template, in reading order.

    `fields` is an example context of the kind (None: fields are not checked); `charte` the letterhead it will
    wear with the mapping `styles` (role → style name); `filters` those that `Template.load` is given; `file`
    the name that findings carry (the path by default).
    """
    report = Report(file or _named(source))
    try:
        package = _package(source)
        paragraphs = paragraphs_of(package)
        for name in stories(package):
            check_usual(parse(package[name], name), name)
    except TemplateError as error:
        report.add("fichier", str(error), hint=error.hint)
        return report.findings
    _check_content(package, report)
    environment = Environment(filters)
    for _, group in groupby(paragraphs, key=lambda spot: spot.part):
        tags: list[Placed] = []
        for spot in group:
            found = tags_of(spot, report)
            check_paragraph(spot, found, report)
            tags += found
        check_units(tags, report)
        Blocks(environment, fields, report).read(tags)
    _check_merge_fields(paragraphs, fields or {}, report)
    _check_properties(package, environment, fields, report)
    _check_unread_parts(package, report)
    _check_styles(package, paragraphs, _package(charte) if charte is not None else None, styles or {}, report)
    return report.in_order()


def describe(source: Readable | Package) -> Description:
    """The fields and styles that a template uses. Raises TemplateError for a file that is no Word file."""
    package = _package(source)
    report = Report("")
    environment = Environment()
    paths: dict[str, None] = {}
    paragraphs = paragraphs_of(package)
    for _, group in groupby(paragraphs, key=lambda spot: spot.part):
        blocks = Blocks(environment, None, report)
        blocks.read([placed for spot in group for placed in tags_of(spot, report)])
        paths.update(dict.fromkeys(value.path for value in blocks.scope.read if value.path))
    leaves = [path for path in paths if not any(other.startswith(f"{path}.") for other in paths)]
    names = dict.fromkeys(name for _, name, _ in _used_styles(package, paragraphs))
    return Description(tuple(leaves), tuple(names))


def _named(source: Readable | Package) -> str:
    return Path(source).as_posix() if isinstance(source, (str, PathLike)) else ""


def _package(source: Readable | Package) -> Package:
    return source if isinstance(source, dict) else read(source)


# --- what the file brings in ---------------------------------------------------------------------------


def _check_content(package: Package, report: Report) -> None:
    """Macros, objects, links to other files, fields that fetch them: each of them."""
    for refused in refusals(package):
        message = f"le modèle contient {refused.what}"
        report.add("contenu-actif", message, where=part_label(refused.part), hint=refused.hint)


_MERGE = re.compile(r"\s*\\?(?P<word>MERGE(?:FIELD|REC|SEQ))\b(?:\s+\"?(?P<name>[^\s\"\\]+))?", re.IGNORECASE)


def _check_merge_fields(paragraphs: list[Paragraph], fields: Mapping[str, Any], report: Report) -> None:
    """The fields of Word's mail merge, which nothing fills in here: each once. Those that ask a question or
    jump to the next letter are refused with whatever acts by itself."""
    said: set[str] = set()
    for spot in paragraphs:
        for instruction in instructions(etree.tostring(spot.element)):
            found = _MERGE.match(instruction)
            if found is None or (shown := " ".join(filter(None, found.groups()))) in said:
                continue
            said.add(shown)
            name = found["name"] or ""
            near = (nearest(name, fields) or deeper(name.lower(), fields)) if name else ""
            report.tell("publipostage", spot, shown, near or "champ")


def _check_properties(
    package: Package, environment: Environment, fields: Mapping[str, Any] | None, report: Report
) -> None:
    """Tags in the title, the subject… are rendered like those of the body."""
    if _PROPERTIES not in package:
        return
    label = part_label(_PROPERTIES)
    for rank, node in enumerate(parse(package[_PROPERTIES], _PROPERTIES).iter()):
        text = node.text or ""
        if "{{" not in text and "{%" not in text:
            continue
        spot = Paragraph(_PROPERTIES, -1 - rank, label, node, text)
        Blocks(environment, fields, report).read(tags_of(spot, report))


def _check_unread_parts(package: Package, report: Report) -> None:
    read_parts = {part for part, _ in labelled_parts(package)} | {_PROPERTIES}
    for name in sorted(package):
        if name in read_parts or not name.endswith(".xml") or not name.startswith(("word/", "docProps/")):
            continue
        text = "".join(re.findall(r">([^<]*)<", package[name].decode("utf-8", "replace")))
        match = TAG.search(text)
        if match:
            report.add(
                "partie-non-lue",
                f"« {match[0]} » est dans une partie du fichier qui n’est pas remplie",
                where=part_label(name),
                hint="un commentaire ou un graphique ne peut pas contenir de balise",
            )


# --- styles -------------------------------------------------------------------------------------------


def _check_styles(
    package: Package,
    paragraphs: list[Paragraph],
    charte: Package | None,
    roles: Mapping[str, str],
    report: Report,
) -> None:
    """Styles that the template uses but nobody defines, or that the charte does not know."""
    theirs = _style_names(charte) if charte is not None else {}
    for role, name in roles.items() if charte is not None else ():
        known = [known for type, known in theirs if role in ROLES and type == ROLES[role].type]
        if role not in ROLES:
            message, hint = f"rôle inconnu dans la charte : « {role} »", "rôles : " + ", ".join(ROLES)
        elif find(name, known) is None:
            message, hint = f"la charte n’a pas de style « {name} » (rôle « {role} »)", _styles_hint(known)
        else:
            continue
        report.add("style-absent", message, where="charte", severity=Severity.ALERTE, hint=hint)
    played = _played(package, roles)
    in_charte = {(type, key(name)) for type, name in theirs}
    types = _types(package)
    first: dict[str, tuple[Paragraph, str]] = {}
    for spot, name, id in _used_styles(package, paragraphs):
        first.setdefault(name, (spot, id))
    for name, (spot, id) in first.items():
        if id not in types:
            message = f"le style « {name} » n’est pas défini dans le modèle"
            hint = "choisissez un style de la liste des styles de Word"
            report.add("style-absent", message, spot, severity=Severity.ALERTE, hint=hint)
    if charte is not None:
        own = {name: at for name, at in first.items() if at[1] in types and at[1] not in played}
        kept = [
            (spot, _shown(name))
            for name, (spot, id) in own.items()
            if (types[id], key(name)) not in in_charte
        ]
        _say_kept(kept, report)


def _say_kept(kept: list[tuple[Paragraph, str]], report: Report) -> None:
    """The styles that the charte does not have, in one finding at the first of them."""
    if not kept:
        return
    names = ", ".join(f"« {name} »" for _, name in kept[:_MOST_NAMES])
    if len(kept) == 1:
        message = f"le style {names} n’est pas dans la charte : le modèle garde le sien"
    else:
        more = f" et {len(kept) - _MOST_NAMES} autres" if len(kept) > _MOST_NAMES else ""
        message = f"{len(kept)} styles ne sont pas dans la charte, le modèle garde les siens : {names}{more}"
    hint = "pour qu’ils la suivent, ajoutez-les à la charte, ou dites quel style en joue le rôle"
    report.add("style-absent", message, kept[0][0], severity=Severity.ALERTE, hint=hint)


_MOST_NAMES = 12


def _styles_hint(known: list[str]) -> str:
    return "styles de la charte : " + ", ".join(sorted(map(_shown, known))[:12]) if known else ""


def _shown(name: str) -> str:
    """A style's name as French Word shows it."""
    return next((style.french for style in ROLES.values() if key(style.name) == key(name)), name)


def _played(package: Package, roles: Mapping[str, str]) -> set[str]:
    part = one(package, "styles")
    ids = style_ids(parse(package[part])) if part else {}
    return {ids[role] for role in roles if role in ids}


def _style_names(package: Package) -> dict[tuple[str, str], str]:
    """(type, name) → id of the styles a package defines."""
    part = one(package, "styles")
    found: dict[tuple[str, str], str] = {}
    for node in parse(package[part]).iterchildren(w("style")) if part else ():
        name = node.find(w("name"))
        if name is not None:
            found[node.get(w("type"), "paragraph"), name.get(w("val"), "")] = node.get(w("styleId"), "")
    return found


def _types(package: Package) -> dict[str, str]:
    return {id: type for (type, _), id in _style_names(package).items()}


def _used_styles(package: Package, paragraphs: list[Paragraph]) -> Iterator[tuple[Paragraph, str, str]]:
    """(where, name, id) of the styles that the text uses; the id stands for the name of an unknown one."""
    names = {id: name for (_, name), id in _style_names(package).items()}
    main = main_part(package)
    looked_at: set[etree._Element] = set()
    for spot in paragraphs:
        if spot.part != main and not spot.text.strip():
            continue
        table = next(spot.element.iterancestors(w("tbl")), None)
        nodes = [*spot.element.iter(w("pStyle"), w("rStyle"))]
        if table is not None and table not in looked_at:
            looked_at.add(table)
            nodes += table.iter(w("tblStyle"))
        for node in nodes:
            id = node.get(w("val"), "")
            yield spot, names.get(id, id), id
