"""The gate of a redline: to accept it all gives the new document, to reject it all gives the old one."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from redline_documents import Text, docx, edited, texts
from word_samples import unzipped

from ctgdocs.redline import accept_all, outline, redline, reject_all

DAY = dt.date(2026, 12, 1)
AUTHOR = "Communauté de communes des Trois-Vallées"

slow = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink two conventions takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def compared(old: bytes, new: bytes) -> bytes:
    return redline(old, new, author=AUTHOR, date=DAY)


@slow
@given(st.data())
def test_all_accepted_is_the_new_document_and_all_rejected_the_old_one(data: st.DataObject) -> None:
    before = data.draw(texts)
    after = data.draw(edited(before))
    old, new = docx(before), docx(after)
    woven = compared(old, new)
    assert outline(accept_all(woven)) == outline(new)
    assert outline(reject_all(woven)) == outline(old)
    assert compared(old, new) == woven
    assert not re.search(rb"<w:move", unzipped(woven)["word/document.xml"])


@settings(slow, max_examples=8)
@given(texts, texts)
def test_two_documents_that_share_nothing_are_told_apart_all_the_same(before: Text, after: Text) -> None:
    old, new = docx(before), docx(after)
    woven = compared(old, new)
    assert outline(accept_all(woven)) == outline(new)
    assert outline(reject_all(woven)) == outline(old)


@settings(slow, max_examples=8)
@given(texts)
def test_a_document_compared_with_itself_has_no_change(text: Text) -> None:
    document = docx(text)
    woven = compared(document, document)
    assert not re.search(rb"<w:(ins|del|\w+Change)\b", unzipped(woven)["word/document.xml"])
