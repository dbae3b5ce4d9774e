"""Whatever the document, the proposal is valid and no word of it is missing."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from posts import acte_of, proposed

from ctgdocs.findings import CtgdocsError
from ctgdocs.importing.typed import clean
from ctgdocs.kinds.fiche_de_poste.from_word import HEADINGS, KNOWN

WORD = st.text(st.sampled_from("abcdefghijklmnopéèàçœABCDE0123456789"), min_size=2, max_size=9)
SIGN = st.sampled_from(
    [
        *(" ", " ", " ", ", ", " : ", "; ", " – ", " # ", "{", "} ", " ' ", ' "', " * ", " & ", " ! ", " | "),
        *("[", "] ", " > ", " < ", " @", " % ", "`", "’", "(", ") ", "°", "\\ ", " ~ ", ". ", "?"),
    ]
)
SENTENCE = st.lists(st.tuples(WORD, SIGN), min_size=1, max_size=14).map(
    lambda words: "".join(map("".join, words))
)
A_TITLE = st.sampled_from([title for titles in HEADINGS.values() for title in titles])
LINE = st.one_of(
    SENTENCE,
    SENTENCE,
    st.builds("{}{} {}".format, st.sampled_from(["", "  ", "    "]), st.sampled_from("-·•o*–"), SENTENCE),
    A_TITLE,
    st.builds("{} : {}".format, A_TITLE, SENTENCE),
    st.builds(
        "{}: {}".format, A_TITLE, st.sampled_from(["35h", "01/02/2026", "B, A", "30/02/2026", "L332-24"])
    ),
    st.builds("{} {}".format, st.sampled_from(["#", "##", "####"]), SENTENCE),
    SENTENCE.map(str.upper),
    st.sampled_from(
        ["LUNDI : 8h-12h MARDI : 9h", "Offre n° O0123456", "Publiée le 01/02/2026", "Pour l'année 2026 :"]
    ),
    st.just(""),
)


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]{2,}", text.replace("''", "'").casefold()))


def said(line: str) -> str:
    """What a line says beside its label, which has become a field."""
    bare = re.sub(r"^\s*#+\s*", "", line)
    if KNOWN.recognise(bare.strip()):
        return ""
    pair = KNOWN.label_and_value(bare.strip())
    return pair[1] if pair else re.sub(r"^(?:Publiée le|Offre n°) ", "", bare)


@settings(max_examples=100, deadline=None)
@given(st.lists(LINE, max_size=25))
def test_no_word_is_lost_and_the_proposal_is_valid(lines: list[str]) -> None:
    proposal = proposed("\n".join([*lines, "Fin du texte"]))
    acte_of(proposal)
    typed = words_of("\n".join(map(said, lines)))
    assert typed - words_of(proposal.text + proposal.agent) == Counter()


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300))
def test_any_text_at_all_gives_a_valid_proposal_or_is_said_to_be_empty(text: str) -> None:
    if any(map(clean, text.splitlines())):
        acte_of(proposed(text))
    else:
        with pytest.raises(CtgdocsError, match="vide"):
            proposed(text)
