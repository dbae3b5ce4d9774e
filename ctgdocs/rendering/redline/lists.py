"""Which list of the old document is which list of the new one; and the lists that only the old one has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Final

from lxml import etree

from ctgdocs.rendering.parts import (
    W_NS,
    WORD_TYPE,
    Package,
    add_part,
    free_name,
    main_part,
    one,
    parse,
    serialize,
    w,
)
from ctgdocs.rendering.redline.align import same
from ctgdocs.rendering.redline.numbers import Numbers

BY_STYLE: Final = 1_000_000
"""What a style that both documents number weighs against the paragraphs they share."""

StyleIds = Mapping[tuple[str, str], str]
"""(type, old style id) → new style id."""


def twin_lists(
    old: Package, new: Package, style_ids: StyleIds, old_body: etree._Element, new_body: etree._Element
) -> dict[str, str]:
    """Old list id → new list id. Lists that have no twin in `new` are added to its numbering part.

    Twins have the same definition; they number the same styles, or paragraphs that say the same.
    """
    before, after = Numbers.of(old), Numbers.of(new)
    pairs: Counter[tuple[str, str]] = Counter()
    for id, (num, _) in before.styles.items():
        twin = after.styles.get(style_ids.get(("paragraph", id), id))
        if twin is not None:
            pairs[num, twin[0]] += BY_STYLE
    pairs.update(_of_same_words(old_body, before, new_body, after))
    nums: dict[str, str] = {}
    abstracts: dict[str, str] = {}
    for (mine, theirs), _ in pairs.most_common():
        if mine not in before.nums or theirs not in after.nums or mine in nums or theirs in nums.values():
            continue
        (own, restarts), (other, other_restarts) = before.nums[mine], after.nums[theirs]
        if restarts != other_restarts or before.abstracts.get(own) != after.abstracts.get(other):
            continue
        if abstracts.get(own, other) == other and (own in abstracts or other not in abstracts.values()):
            nums[mine], abstracts[own] = theirs, other
    used = {node.get(w("val"), "") for node in old_body.iter(w("numId"))}
    used |= {num for num, _ in before.styles.values()}
    missing = [num for num in before.nums if num in used and num not in nums]
    part = one(old, "numbering")
    if missing and part is not None:
        nums |= _added(parse(old[part]), new, missing, abstracts)
    return nums


def _of_same_words(
    old: etree._Element, before: Numbers, new: etree._Element, after: Numbers
) -> Iterator[tuple[str, str]]:
    """Old list, new list, for each paragraph of a list that stands in both documents."""
    mine, theirs = _in_lists(old, before), _in_lists(new, after)
    for i, j in same([words for words, _ in mine], [words for words, _ in theirs]):
        yield mine[i][1], theirs[j][1]


def _in_lists(body: etree._Element, numbers: Numbers) -> list[tuple[str, str]]:
    found = []
    for node in body.iter(w("p")):
        style = node.find(f"{w('pPr')}/{w('pStyle')}")
        num, _ = numbers.of_paragraph(node, "" if style is None else style.get(w("val"), ""))
        if num:
            found.append(("".join(text.text or "" for text in node.iter(w("t"))), num))
    return found


def _added(
    source: etree._Element, new: Package, nums: Iterable[str], abstracts: dict[str, str]
) -> dict[str, str]:
    """Adds lists of the old numbering, with the definitions that are unknown here (not in `abstracts`)."""
    name = one(new, "numbering") or _numbering_part(new)
    target = parse(new[name])
    known = {node.get(w("abstractNumId"), ""): node for node in source.iterchildren(w("abstractNum"))}
    instances = {node.get(w("numId"), ""): node for node in source.iterchildren(w("num"))}
    found = {}
    for id in nums:
        twin = deepcopy(instances[id])
        link = twin.find(w("abstractNumId"))
        own = "" if link is None else link.get(w("val"), "")
        if link is None or (own not in abstracts and own not in known):
            continue
        if own not in abstracts:
            abstracts[own] = _next(target, "abstractNum", "abstractNumId")
            _insert(target, _definition(known[own], abstracts[own]), before="num")
        found[id] = _next(target, "num", "numId")
        twin.set(w("numId"), found[id])
        link.set(w("val"), abstracts[own])
        _insert(target, twin, before="numIdMacAtCleanup")
    new[name] = serialize(target)
    return found


def _numbering_part(new: Package) -> str:
    name = free_name(new, "word/numbering.xml")
    empty = serialize(etree.Element(w("numbering"), nsmap={"w": W_NS}))
    add_part(new, main_part(new), name, empty, kind="numbering", type=f"{WORD_TYPE}numbering+xml")
    return name


def _next(target: etree._Element, name: str, attribute: str) -> str:
    return str(1 + max([0, *(int(node.get(w(attribute), "0")) for node in target.iterchildren(w(name)))]))


def _definition(definition: etree._Element, number: str) -> etree._Element:
    """A copy of a list's definition, tied to no style and to no other definition."""
    twin = deepcopy(definition)
    twin.set(w("abstractNumId"), number)
    for node in [
        *twin.iter(*map(w, ("nsid", "tmpl", "styleLink", "numStyleLink", "pStyle", "lvlPicBulletId")))
    ]:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    return twin


def _insert(target: etree._Element, node: etree._Element, *, before: str) -> None:
    """After the last one of its kind, or before what must follow it."""
    known = target.findall(node.tag)
    following = target.find(w(before))
    if known:
        known[-1].addnext(node)
    elif following is not None:
        following.addprevious(node)
    else:
        target.append(node)
