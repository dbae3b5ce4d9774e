# ruff: noqa: E501 - a macro as LibreOffice keeps it, a pair of documents a line
"""A judge that knows nothing of us: LibreOffice accepts, then rejects, every change of our redlines."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from redline_documents import Text, docx

from ctgdocs.prose import Block, Cell, ListBlock, Paragraph, Run, TableBlock
from ctgdocs.redline import redline

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Judge" script:language="StarBasic">
Sub Run(folder As String)
  Dim name As String
  name = Dir(folder &amp; "/*.docx")
  Do While name &lt;&gt; ""
    Tell(folder &amp; "/" &amp; name, "")
    If Left(name, 5) = "woven" Then
      Tell(folder &amp; "/" &amp; name, "Accept")
      Tell(folder &amp; "/" &amp; name, "Reject")
    End If
    name = Dir
  Loop
  StarDesktop.terminate()
End Sub

Sub Tell(path As String, verb As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim plain(1) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  plain(0).Name = "FilterName"
  plain(0).Value = "Text (encoded)"
  plain(1).Name = "FilterOptions"
  plain(1).Value = "UTF8,LF"
  document = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, hidden())
  If verb &lt;&gt; "" Then
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; verb &amp; "AllTrackedChanges", "", 0, Array())
  End If
  document.storeToURL(ConvertToURL(path &amp; verb &amp; ".txt"), plain())
  document.close(True)
End Sub
</script:module>"""
BEGUN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/Office">
<prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item></oor:items>"""
"""A profile that has been used before, or LibreOffice puts its own empty macros there."""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Judge"/></library:library>"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>
</library:libraries>"""


def p(text: str, role: str = "corps", *, bold: bool = False) -> Paragraph:
    return Paragraph((Run(text, bold=bold),), role)


def table(*rows: tuple[str, ...]) -> TableBlock:
    return TableBlock(tuple(tuple(Cell((p(one),)) for one in row) for row in rows))


def items(*texts: str, ordered: bool = False) -> ListBlock:
    return ListBlock(tuple((p(text),) for text in texts), ordered=ordered)


def text(*blocks: Block, annex: tuple[Block, ...] = ()) -> Text:
    return Text(blocks, "Convention", "Page", annex)


ACT = (
    p("Objet", "titre1"),
    p("La convention est signée pour cinq ans."),
    p("Elle prend effet le 1er janvier."),
)
CITED = (
    Paragraph((Run("Durée"),), "titre1", bookmark="article_duree"),
    Paragraph((Run("Voir l’"), Run("article 2", ref="article_duree"), Run("."))),
)
PAIRS = {
    "words": (text(*ACT), text(ACT[0], p("La convention est conclue pour quatre ans et demi."), ACT[2])),
    "looks": (text(p("Le bilan est transmis.")), text(p("Le bilan est transmis.", bold=True))),
    "paragraph added": (text(*ACT), text(*ACT[:2], p("Un avenant la modifie."), ACT[2])),
    "paragraphs removed": (text(*ACT, p("Fin.")), text(ACT[0], p("Fin."))),
    "paragraph moved": (text(*ACT), text(ACT[0], ACT[2], ACT[1])),
    "style": (text(*ACT), text(p("Objet", "titre2"), *ACT[1:])),
    "list": (text(items("un", "deux", "trois")), text(items("un", "deux bis", "trois", "quatre", ordered=True))),
    "row": (
        text(p("Budget"), table(("Poste", "Montant"), ("Loyer", "100"), ("Eau", "10")), p("Fin")),
        text(p("Budget"), table(("Poste", "Montant"), ("Loyer", "120"), ("Gaz", "5"), ("Eau", "10")), p("Fin")),
    ),
    "row removed": (
        text(table(("a", "b"), ("c", "d"), ("e", "f")), p("Fin")), text(table(("a", "b"), ("e", "f")), p("Fin")),
    ),
    "table added": (text(*ACT), text(*ACT[:2], table(("Poste", "Montant"), ("Eau", "10")), ACT[2])),
    "table removed": (text(*ACT[:2], table(("Poste", "Montant"), ("Eau", "10")), ACT[2]), text(*ACT)),
    "annex": (text(*ACT, annex=(p("Annexe 1"),)), text(*ACT, annex=(p("Annexe 1"), p("Annexe 2")))),
    "reference": (text(*CITED), text(*ACT, *CITED)),
    "all": (text(*ACT), text(p("Rien n’est pareil."), items("ni ceci", "ni cela"))),
}  # fmt: skip


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_accepts_the_new_document_and_rejects_to_the_old_one(tmp_path: Path) -> None:
    basic = tmp_path / "profile" / "user" / "basic" / "Standard"
    basic.mkdir(parents=True)
    (basic / "Judge.xba").write_text(MACRO, "utf-8")
    (basic / "script.xlb").write_text(LIBRARY, "utf-8")
    (basic.parent / "script.xlc").write_text(LIBRARIES, "utf-8")
    (basic.parents[1] / "registrymodifications.xcu").write_text(BEGUN, "utf-8")
    for number, (old, new) in enumerate(PAIRS.values()):
        before, after = docx(old), docx(new)
        (tmp_path / f"old{number}.docx").write_bytes(before)
        (tmp_path / f"new{number}.docx").write_bytes(after)
        woven = redline(before, after, author="Le service", date=dt.date(2026, 12, 1))
        (tmp_path / f"woven{number}.docx").write_bytes(woven)
    subprocess.run(
        [
            *("soffice", "--headless", "--norestore", f"-env:UserInstallation={basic.parents[2].as_uri()}"),
            f'macro:///Standard.Judge.Run("{tmp_path}")',
        ],
        timeout=300,
        check=True,
        capture_output=True,
    )
    for number, name in enumerate(PAIRS):
        accepted, rejected, new, old = (
            (tmp_path / f"{file}.txt").read_text("utf-8")
            for file in (
                f"woven{number}.docxAccept",
                f"woven{number}.docxReject",
                f"new{number}.docx",
                f"old{number}.docx",
            )
        )
        assert (accepted, rejected) == (new, old), name
        assert name != "reference" or "Voir l’article 2." in new
        assert new != old or name in ("looks", "style"), name
