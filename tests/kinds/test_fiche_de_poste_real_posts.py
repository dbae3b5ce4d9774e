"""The three real posts of the samples: every sentence of the published documents stands in ours, under its
heading. What each document says is in data/*.txt, a heading after `==`, a sentence to a line.

What counts as the same: typography, accents, capitals, the form of a date, of an hour, of an article of law.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from ctgdocs.content.library import Library
from ctgdocs.importing.document import opened
from ctgdocs.kinds import KINDS
from ctgdocs.kinds.fiche_de_poste.from_word import KNOWN, propose
from ctgdocs.project import Project
from ctgdocs.templates import Template
from ctgdocs.word.text import words_of

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent / "data"
POSTS = {"vaurelle": "offre", "marvigny-le-pont": "offre", "garrigue-palunaise": "fiche"}
MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()  # noqa: SIM905
)
SAME = (
    (r"\bart\b", "article"),
    (r"\bl (\d)", r"l\1"),
    (r"\bdisposition (\d)\b", r"\1"),
    (r"\b(\d) ?(?:o|°)(?=\W|$)", r"\1"),
    (r"\b(\d+) ?(?:eme|ere|er|re|e)\b", r"\1"),
    (r"\b0?(\d{1,2}) ?(?:h|heures?)(?![a-z]) ?(?:00)?(?!\d)(?! ?\d{2}\b)", r"\1h"),
    (r"\b0?(\d{1,2}) ?(?:h|heures?) ?(\d{2})\b", r"\1h\2"),
    (r"\bc c a s\b", "ccas"),
)


def plain(text: str) -> str:
    """A text reduced to what it says."""
    text = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").replace("º", "°"))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    text = re.sub(
        r"\b(\d{2})/(\d{2})/(\d{4})\b", lambda d: f"{int(d[1])} {MONTHS[int(d[2]) - 1]} {d[3]}", text
    )
    text = re.sub(r"[^\w°]+", " ", text)
    for pattern, same in SAME:
        text = re.sub(pattern, same, text)
    return " ".join(text.split())


def expected(post: str) -> list[tuple[str, list[str]]]:
    """The headings of the published document, each with its sentences."""
    found: list[tuple[str, list[str]]] = []
    for line in (DATA / f"{post}.txt").read_text("utf-8").splitlines():
        if line.startswith("== "):
            found.append((line.removeprefix("== "), []))
        elif line and not line.startswith("#"):
            found[-1][1].append(line)
    return found


@cache
def rendered(post: str, part: str) -> bytes:
    library = Library(Project(ROOT), KINDS)
    (kind,) = (kind for kind in KINDS if kind.name == "fiche_de_poste")
    entry = library.find(kind.registry, f"charge-de-cooperation-{post}")
    assert entry is not None
    composition = kind.compose(entry, library.reader(), part)
    assert composition is not None
    template = Template.load(ROOT / composition.template, ordinals=True)
    return template.render(composition.context, title=composition.title)


def under_headings(document: bytes, headings: list[str]) -> dict[str, str]:
    """The words of the document under each of the headings, up to the next one."""
    wanted = {plain(heading) for heading in headings}
    found: dict[str, str] = dict.fromkeys(wanted, "")
    current = ""
    for paragraph in map(plain, words_of(document)):
        if paragraph in wanted:
            current = paragraph
        elif current:
            found[current] += f" {paragraph}"
    return found


def headings(post: str) -> list[str]:
    return [heading for heading, _ in expected(post)]


@pytest.mark.parametrize("post", POSTS)
def test_every_heading_of_the_published_document_is_ours(post: str) -> None:
    ours = set(map(plain, words_of(rendered(post, POSTS[post]))))
    assert [heading for heading in headings(post) if plain(heading) not in ours] == []


@pytest.mark.parametrize("post", POSTS)
def test_every_sentence_of_the_published_document_stands_under_its_heading(post: str) -> None:
    ours = under_headings(rendered(post, POSTS[post]), headings(post))
    missing = [
        (heading, sentence)
        for heading, sentences in expected(post)
        for sentence in sentences
        if plain(sentence) not in ours[plain(heading)]
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("post", "part"), [("vaurelle", "fiche"), ("marvigny-le-pont", "fiche"), ("garrigue-palunaise", "fiche")]
)
def test_each_post_has_its_fiche_too(post: str, part: str) -> None:
    words = " ".join(words_of(rendered(post, part)))
    assert "Signatures" in words
    assert "{" not in words


def _value(line: str) -> str:
    """What follows a label: the label itself has become a field."""
    pair = KNOWN.label_and_value(line)
    return pair[1] if pair else line.removeprefix("Publiée le ")


@pytest.mark.parametrize("post", POSTS)
def test_our_document_read_again_gives_all_its_sentences_back(post: str) -> None:
    document = rendered(post, POSTS[post])
    proposal = propose(opened("poste.docx", document))
    proposed = plain(proposal.text + proposal.agent)
    said = [_value(line) for _, lines in expected(post) for line in lines if KNOWN.recognise(line) is None]
    lost = [line for line in said if plain(line) not in proposed]
    assert lost == []
