"""`ctgdocs echeances`: what a convention implies, as a table and as a calendar."""

from __future__ import annotations

import re
from pathlib import Path

from renewals import NEW, OLD, run, said

Renewed = tuple[Path, str]


def unfolded(data: bytes) -> list[str]:
    return data.decode("utf-8").replace("\r\n ", "").split("\r\n")


def test_a_ctg_implies_meetings_bilans_evaluations_and_its_end(renewed: Renewed) -> None:
    table = said(run(renewed[0], "echeances", f"conventions/{NEW}"))
    for line in (
        r"31/12/2026  Signature, avant le premier jour +ctg-2027-2031 +CGCT, art\. L\. 2131-1",
        r" +délibérations à rendre exécutoires avant : communauté de communes, Belmaure-de-Vaurelle, Lavol",
        r"31/12/2027  Comité de pilotage 2027",
        r"31/01/2028  Bilan de l’année 2027 à remettre à la Caf +ctg-2027-2031 +suivi: bilan_annuel",
        r"01/07/2029  Évaluation à mi-parcours +ctg-2027-2031 +par défaut, au milieu",
        r"30/06/2031  Évaluation finale",
        r"31/12/2030  Renouvellement à lancer",
        r"31/12/2031  Fin de la convention",
        r"31/01/2032  Bilan de l’année 2031",
    ):
        assert re.search(f"(?m)^{line}", table), line


def test_they_are_sorted_and_the_past_is_marked(renewed: Renewed) -> None:
    table = said(run(renewed[0], "echeances", "--depuis", "2026-10-01"))
    days = [f"{y}{m}{d}" for d, m, y in re.findall(r"(?m)^(\d\d)/(\d\d)/(\d{4})", table)]
    assert days == sorted(days)
    past = {f"{y}-{m}-{d}" for d, m, y in re.findall(r"(?m)^(\d\d)/(\d\d)/(\d{4})  passée", table)}
    assert past
    assert max(past) < "2026-10-01"
    assert re.search(r"(?m)^31/12/2026 +Fin de la convention +cof-pilotage-2026", table)


def test_a_convention_that_was_renewed_is_not_to_be_renewed_again(renewed: Renewed) -> None:
    table = said(run(renewed[0], "echeances", OLD))
    assert not re.search(rf"Renouvellement à lancer +{OLD}", table)


def test_the_calendar_follows_rfc_5545_and_needs_no_clock(renewed: Renewed, tmp_path: Path) -> None:
    one, two = tmp_path / "un.ics", tmp_path / "deux.ics"
    assert run(renewed[0], "echeances", "--ics", str(one)).returncode == 0
    run(renewed[0], "echeances", "--ics", str(two))
    data = one.read_bytes()
    assert data == two.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    lines = unfolded(data)
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    ids = [line for line in lines if line.startswith("UID:")]
    assert len(ids) == len(set(ids)) == lines.count("BEGIN:VEVENT")
    assert "SUMMARY:Signature\\, avant le premier jour" in lines
    assert "UID:ctg-2027-2031-bilan-2028@ctgdocs" in lines


def test_an_unknown_convention_is_told_with_the_nearest(renewed: Renewed) -> None:
    done = run(renewed[0], "echeances", "ctg-2027-2030")
    assert (done.returncode, "vouliez-vous dire « ctg-2027-2031 »" in said(done)) == (2, True)
