"""No two modules import each other, not even through others: each can be read, tested and moved alone."""

from graphlib import CycleError, TopologicalSorter

from tools.rooms import modules

SHARED = {
    "ctgdocs.rules.pieces": "what délibérations and arrêtés annex, and what notes announce, told alike",
    "ctgdocs.rules.vote": "the law of a vote, whatever the act that holds one",
}
"""What one drawer alone asks today, and why it stands outside."""


def test_no_modules_import_each_other() -> None:
    """Imports made inside a function count, and those that only the type checker sees."""
    try:
        TopologicalSorter(modules()).prepare()
    except CycleError as circle:
        raise AssertionError(" → ".join(reversed(circle.args[1]))) from None


def test_what_one_kind_alone_knows_stands_in_its_drawer() -> None:
    askers: dict[str, set[str]] = {}
    for name, imported in modules().items():
        drawer = name.split(".")[2] if name.startswith("ctgdocs.kinds.") else ""
        for module in imported:
            askers.setdefault(module, set()).add(drawer)
    alone = {
        module
        for module, drawers in askers.items()
        if module.split(".")[1:2] in (["composing"], ["rules"], ["vocabulary"])
        if len(drawers) == 1 and "" not in drawers
    }
    assert alone <= SHARED.keys(), sorted(alone - SHARED.keys())
