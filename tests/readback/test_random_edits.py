"""Edits at random: each is back in its field, or said; none is lost, none in another field."""

from __future__ import annotations

from random import Random

from builders import output
from edits import KINDS as CONSTRUCTS
from edits import Hand as Editing
from edits import fields_of, judged
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctgdocs.kinds import KINDS
from ctgdocs.line.desk import Desk
from ctgdocs.memory import manifest
from ctgdocs.project import Project
from ctgdocs.readback.solving import Maker


def test_random_edits_are_all_back_or_said_and_none_is_in_another_field(project: Project) -> None:
    desk = Desk(project, KINDS, 0, manifest.peek(project.state_dir))
    (key,) = (one for one in desk.documents if one.endswith("2026-045"))
    data = output(project, "2026-045").read_bytes()
    fields = fields_of(Maker(project, KINDS, desk.documents[key], desk.program))
    back = 0
    for seed in range(4):
        hand = Editing(data, fields, Random(seed))
        author = "Anne Petit" if seed % 2 else ""
        for kind in CONSTRUCTS[seed::2]:
            hand.edit(kind, author)
        outcome = judged(desk, key, hand.data(), hand.made, "tout" if author else "")
        assert not outcome.those("lost", "wrong"), outcome.became
        back += len(outcome.those("back"))
    assert back >= 12


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), seed=st.integers(0, 10_000))
def test_random_edits_of_every_kind_of_document_are_back_or_said(
    sample: Desk, data: st.DataObject, seed: int
) -> None:
    key = data.draw(st.sampled_from(sorted(one for one in sample.documents if "ctg-20" not in one)))
    maker = Maker(sample.project, KINDS, sample.documents[key], sample.program)
    made = maker.make(checked=False).made.data
    if made is None:
        return  # it has nothing to say yet
    hand = Editing(made, fields_of(maker), Random(seed))
    for kind in CONSTRUCTS[seed % 3 :: 3]:
        hand.edit(kind)
    outcome = judged(sample, key, hand.data(), hand.made)
    assert not outcome.those("lost", "wrong"), outcome.became
