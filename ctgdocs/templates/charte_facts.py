"""What a charte gives to the templates, what it does not, and why: for whoever made the letterhead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from ctgdocs.templates.charte_page import SIDES, page_of, says_page, shows
from ctgdocs.templates.charte_styles import is_untouched
from ctgdocs.templates.roles import ROLES, find, key
from ctgdocs.word.package import Package, Readable, content_of, read
from ctgdocs.word.parts import main_part, one, parse, related, val, w, whole
from ctgdocs.word.safety import refusals
from ctgdocs.word.walk import paragraphs_of

_SIDES = {"header": "en-tête", "footer": "pied de page"}
_TYPES = {"default": "", "first": " de la première page", "even": " des pages paires"}
_TWIPS_A_MM = 1440 / 25.4


class CharteFacts(NamedTuple):
    """What was `taken`, what was `left` with the reason, each a line in French."""

    taken: tuple[str, ...]
    left: tuple[str, ...]


def facts_of_charte(charte: Readable, styles: Mapping[str, str]) -> CharteFacts:
    """What the charte brings; `styles`: which of its styles plays which role. Raises TemplateError."""
    package = read(content_of(charte))
    taken, left = [*_page(package)], [*_unused(package)]
    for told, is_taken in _styles(package, styles):
        (taken if is_taken else left).append(told)
    return CharteFacts(tuple(taken), tuple(left))


# --- styles ---------------------------------------------------------------------------------------------


def _styles(package: Package, roles: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    part = one(package, "styles")
    if part is None:
        yield "styles : le fichier n’en a pas, les modèles gardent les leurs", False
        return
    nodes = {_named(node): node for node in parse(package[part]).iterchildren(w("style"))}
    worn, untouched, missing = [], [], []
    for role, style in ROLES.items():
        name = find(roles.get(role, style.name), [known for type, known in nodes if type == style.type])
        if name is None:
            missing.append(style.french)
        elif is_untouched(nodes[style.type, name]) and role not in roles:
            untouched.append(style.french)
        else:
            played = key(name) != key(style.name)
            worn.append(f"« {name} » pour « {style.french} »" if played else f"« {style.french} »")
    if worn:
        yield f"styles : {', '.join(worn)}", True
    if untouched:
        yield (
            f"styles que personne n’a touchés, tels que Word les livre : {_listed(untouched)}",
            False,
        )
    if missing:
        yield f"styles qu’elle n’a pas, les modèles gardent les leurs : {_listed(missing)}", False


def _named(node: etree._Element) -> tuple[str, str]:
    return node.get(w("type"), "paragraph"), val(node, "name")


def _listed(names: list[str]) -> str:
    return ", ".join(f"« {name} »" for name in names)


# --- page -----------------------------------------------------------------------------------------------


def _page(package: Package) -> Iterator[str]:
    page = page_of(package)
    size, margins = page.section.find(w("pgSz")), page.section.find(w("pgMar"))
    if size is not None:
        yield f"page : {_mm(size, 'w')} × {_mm(size, 'h')} mm"
    if margins is not None:
        sides = (("haut", "top"), ("droite", "right"), ("bas", "bottom"), ("gauche", "left"))
        yield "marges : " + ", ".join(f"{name} {_mm(margins, side)} mm" for name, side in sides)
    shown = [side for side in SIDES if shows(package, page.parts[side])]
    for side in shown:
        for type, name in page.parts[side].items():
            pictures = len(list(related(package, name, "image")))
            with_them = f", {pictures} image{'s' if pictures > 1 else ''}" if pictures else ""
            yield f"{_SIDES[side]}{_TYPES.get(type, '')}{with_them}"
    names = [name for side in shown for name in page.parts[side].values()]
    if names and not any(says_page(package[name]) for name in names):
        yield "numéro de page et référence : ajoutés sous le pied de page, qui n’en a pas"
    for kind, what in (
        ("theme", "thème : polices et couleurs"),
        ("fontTable", "polices"),
        ("numbering", "listes"),
    ):
        if one(package, kind):
            yield what


def _mm(node: etree._Element, side: str) -> str:
    return f"{abs(whole(node.get(w(side)))) / _TWIPS_A_MM:.1f}".replace(".", ",").removesuffix(",0")


# --- the rest -------------------------------------------------------------------------------------------


def _unused(package: Package) -> Iterator[str]:
    texts = [one for one in paragraphs_of(package, body=True) if one.text.strip()]
    if texts:
        several = "s" if len(texts) > 1 else ""
        count = f"{len(texts)} paragraphe{several}"
        yield f"texte du document ({count}) : une charte n’apporte que l’habit des actes"
    if any(name.startswith("customXml/") for name in package):
        yield "données incorporées (customXml) : rien de la page n’en dépend"
    settings = one(package, "settings")
    root = parse(package[settings]) if settings else None
    for tag, why in (
        (
            "attachedTemplate",
            "lien vers le modèle dont elle est née : les actes ne dépendent d’aucun autre fichier",
        ),
        ("mailMerge", "source de publipostage : les champs viennent des fichiers de content/"),
    ):
        if root is not None and root.find(w(tag)) is not None:
            yield why
    if next(related(package, main_part(package), "comments"), None):
        yield "commentaires : ils restent dans la charte"
    for refused in refusals(package):
        yield f"{refused.what} : {refused.hint}"
