"""Gesture after gesture, a content file comes to say what is wanted, and what stays is not touched."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ctgdocs.content.gestures import differences, plain
from ctgdocs.content.setting import after
from ctgdocs.content.spelling import Value

words = st.text("abé", min_size=1, max_size=3)
names = st.sampled_from(["elu", "excuse", "pouvoir_a"])
named = st.dictionaries(names, words, min_size=1, max_size=2)
items = st.lists(words | named, min_size=1, max_size=5)
records = st.fixed_dictionaries({"lieu": words}, optional={"objet": words, "absents": items, "vote": named})


def applied(text: str, before: Value, wanted: Value) -> str:
    for gesture in differences(before, wanted):
        text = after(text, gesture)
    return text


@settings(max_examples=60)
@given(records, records)
def test_the_file_says_what_is_wanted(before: dict[str, Value], wanted: dict[str, Value]) -> None:
    text = applied("# mémo\n", {}, before)
    new = applied(text, before, wanted)
    assert plain(new) == wanted
    assert "# mémo" in new
    assert differences(wanted, wanted) == []


def test_an_item_that_stays_keeps_its_line_and_its_comment() -> None:
    text = "absents:\n  - {elu: a}  # appelé\n  - b\n  # en retard\n  - {elu: c}\n"
    before: Value = {"absents": [{"elu": "a"}, "b", {"elu": "c"}]}
    new = applied(text, before, {"absents": [{"elu": "a"}, {"elu": "c"}, {"elu": "d", "excuse": "oui"}]})
    assert (
        new == "absents:\n  - {elu: a}  # appelé\n  # en retard\n  - {elu: c}\n  - elu: d\n    excuse: oui\n"
    )
