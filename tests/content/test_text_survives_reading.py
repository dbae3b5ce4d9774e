"""Whatever is typed comes out whole, where it was typed."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from ctgdocs.content import tree
from ctgdocs.content.reading import parse
from ctgdocs.stages import Items, Mapping, Node, Text

ANY_TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"
    )
)
NAMES = st.text(st.characters(codec="utf-8", categories=("Ll", "Lu", "Nd", "So")), min_size=1, max_size=12)
TREES = st.recursive(
    ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


def as_yaml(value: Any, **options: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, **options)


def read(text: str) -> Mapping:
    source, findings = parse(text.encode(), "x.yaml")
    assert source is not None, findings
    return source.root


@given(ANY_TEXT)
def test_a_text_survives_reading(text: str) -> None:
    assert read(as_yaml({"a": text}))["a"] == text  # type: ignore[index]


@given(
    st.text(
        st.characters(
            codec="utf-8",
            exclude_categories=("Cc", "Cs", "Zl", "Zp"),
            exclude_characters="\ufeff\ufffe\uffff",
        ),
        min_size=1,
    )
)
def test_a_block_of_text_survives_reading(text: str) -> None:
    assert read(f"a: |2-\n  {text}\nb: 1\n")["a"] == text  # type: ignore[index]


@given(st.dictionaries(NAMES, TREES, min_size=1, max_size=5), st.booleans())
def test_a_tree_survives_reading(tree_: dict[str, Any], flow: bool) -> None:
    assert read(as_yaml(tree_, default_flow_style=flow)) == tree_


@given(st.lists(NAMES, min_size=1, max_size=8, unique=True), st.lists(NAMES, min_size=1, max_size=4))
def test_a_place_points_to_the_right_characters(keys: list[str], items: list[str]) -> None:
    text = "".join(
        f"{key}:\n  - {{{key}: '{items[0]}'}}\n" + "".join(f"  - {i}\n" for i in items) for key in keys
    )
    lines = text.splitlines()

    def pointed_at(node: Node) -> None:
        if isinstance(node, Text):
            assert lines[node.line - 1][node.column - 1 :].lstrip("'").startswith(node)
        elif isinstance(node, Mapping):
            for key, value in node.items():
                pointed_at(key)
                pointed_at(value)
        elif isinstance(node, Items):
            assert lines[node.line - 1][node.column - 1] == "-"
            for item in node:
                pointed_at(item)

    pointed_at(read(text))


@given(st.dictionaries(NAMES, TREES, min_size=1, max_size=5))
def test_both_parsers_read_the_same(tree_: dict[str, Any]) -> None:
    text = as_yaml(tree_)
    fast = read(text)
    kept, tree.PARSER = tree.PARSER, yaml.Loader
    try:
        assert read(text) == fast
    finally:
        tree.PARSER = kept


@given(st.binary(max_size=200) | st.text("ab:-[]{}\"'|>&*!#?@%\\ \t\n", max_size=80).map(str.encode))
def test_no_bytes_are_ever_a_traceback(data: bytes) -> None:
    source, findings = parse(data, "x.yaml")
    assert source is not None or findings
    assert all(finding.message and finding.place.file == "x.yaml" for finding in findings)
