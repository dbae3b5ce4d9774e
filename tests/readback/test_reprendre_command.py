"""What the commands say of corrections, of comments, of copies that come back."""

from __future__ import annotations

import re
import zipfile

import pytest
from as_in_word import (
    changed,
    commented,
)
from hands import (
    PATH,
    Ran,
    by_hand,
    replaced,
    says,
    without,
)

from ctgdocs.findings import UsageError
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.readback import gathered, prepare, take


def test_the_command_says_each_change_with_its_field_and_line(project: Project, ran: Ran) -> None:
    by_hand(project, says("multi-accueil", "huit", "neuf"))

    rehearsed, written = (ran("reprendre", *options, "2026-045") for options in (("--a-blanc",), ()))

    assert f"{PATH}:14:1 (expose) : « huit » → « neuf »" in rehearsed
    assert "rien n’est écrit" in rehearsed
    assert "1 changement : 1 repris, 0 sans champ." in written


def test_etat_shows_the_corrections_with_their_fields_and_generer_proposes_to_take_them(
    project: Project, ran: Ran
) -> None:
    document = by_hand(project, says("multi-accueil", "huit", "neuf"))

    seen, made = (ran(*command) for command in (("etat",), ("generer",)))

    assert f"→ {PATH}:14:1 (expose) : « huit » → « neuf »" in seen
    assert "« ctgdocs reprendre deliberations/2026-045 »" in seen
    assert f'ctgdocs reprendre "{project.relative(document)}"' in made


def test_a_document_made_again_says_what_is_wrong_in_the_texts_that_were_not_corrected_too(
    project: Project, ran: Ran
) -> None:
    act = project.root / PATH
    act.write_text(
        act.read_text("utf-8").replace("considerants:\n", "considerants:\n  - '[à compléter : le motif]'\n"),
        "utf-8",
    )
    ran("generer", "2026-045")
    by_hand(project, says("multi-accueil", "huit", "neuf"))

    said = ran("reprendre", "2026-045")

    assert "1 changement : 1 repris, 0 sans champ." in said
    assert "crochets par ce qui a été décidé" in said


def test_open_comments_are_told_until_they_are_closed(project: Project, ran: Ran) -> None:
    document = by_hand(project, says("multi-accueil", "huit", "neuf"))
    document.write_bytes(
        commented(document.read_bytes(), "insuffisante", "À vérifier avec la Caf", "Anne Petit")
    )

    said = ran("verifier", "2026-045")

    assert "[commentaire]" in said
    assert "commentaire de Anne Petit (corps, paragraphe" in said
    assert "« À vérifier avec la Caf »" in said


def test_corrected_copies_are_joined_by_field_and_conflicts_shown_side_by_side(project: Project) -> None:
    sent = [prepare(project, KINDS, "2026-045", who) for who in ("DGS", "Caf 82")]
    files = [project.root / one.path for one in sent]
    edits = [
        [("multi-accueil", "huit", "neuf"), ("insuffisante", "reste", "demeure")],
        [
            ("multi-accueil", "huit", "dix"),
            ("insuffisante", "reste", "demeure"),
            ("Son coût", "est de", "sera de"),
        ],
    ]
    for file, hands in zip(files, edits, strict=True):
        data = file.read_bytes()
        assert b"trackRevisions" in zipfile.ZipFile(file).read("word/settings.xml")
        for words, old, new in hands:
            data = changed(data, says(words, old, new, author=file.stem))
        file.write_bytes(data)

    found, _ = gathered(project, KINDS, [str(one) for one in files], accept="tout")
    done = take(project, KINDS, found)

    assert [one.after for one in done.changes] == ["demeure", "sera"]
    assert [one.after for one in found.unplaced] == ["neuf", "dix"]
    assert "conflit : « neuf » ou « dix »" in found.unplaced[1].reason
    history = project.state_dir / "historique" / "deliberations"
    assert {one.read_bytes() for one in history.iterdir()} == {one.read_bytes() for one in files}
    with pytest.raises(UsageError, match="existe déjà"):
        prepare(project, KINDS, "2026-045", "DGS")


def test_a_copy_without_any_mark_of_ours_is_known_by_its_name(project: Project, ran: Ran) -> None:
    bare = without("sdt", "bookmarkStart", "bookmarkEnd")
    document = by_hand(project, bare, says("multi-accueil", "huit", "neuf"))
    copy = project.root / f"{document.stem} (1).docx"
    copy.write_bytes(
        replaced(
            document.read_bytes(),
            "docProps/custom.xml",
            lambda xml: re.sub("<property.*</property>", "", xml, flags=re.S),
        )
    )

    said = ran("reprendre", "--a-blanc", str(copy))

    assert f"{PATH}:14:1 (expose) : « huit » → « neuf »" in said


def test_copies_that_come_back_are_joined_by_the_command(project: Project, ran: Ran) -> None:
    copies = []
    for who, word in (("DGS", "neuf"), ("Caf 82", "dix")):
        ran("envoyer", "2026-045", "--a", who, code=0)
        copies.append(next((project.root / "sorties" / "envois").glob(f"*pour {who[:3].lower()}*")))
        data = changed(copies[-1].read_bytes(), says("multi-accueil", "huit", word, author=who))
        copies[-1].write_bytes(changed(data, says("Son coût", "est de", "sera de", author=who)))

    said = ran("reprendre", "--accepter", "tout", *map(str, copies), code=1)

    assert said.count("conflit : « neuf » ou « dix »") == 2
    assert "3 changements : 1 repris, 2 sans champ." in said
    assert "Son coût sera de" in (project.root / PATH).read_text("utf-8")
