"""The words that an act takes from elsewhere are checked like its own: a table in a file, a dossier of a
point."""

from __future__ import annotations

from pathlib import Path

from world import a_workspace, findings_of, with_changes


def test_the_cells_of_a_table_kept_in_a_file_are_read(tmp_path: Path) -> None:
    fields = {"tableaux": {"suivi": {"fichier": "suivi.csv"}}, "expose": "{tableau:suivi}"}
    project = a_workspace(tmp_path, **with_changes({"deliberation/2026-045": fields}))
    table = tmp_path / "content/deliberations/suivi.csv"
    table.write_text("Étape;Échéance\nDépôt;le mercredi 24 septembre 2026\n", encoding="utf-8")
    (found,) = findings_of(project)
    assert (found.code, found.place.file) == ("D1", "content/deliberations/suivi.csv")
    assert (found.place.line, found.place.field) == (2, "B2")


def test_the_dossier_that_only_a_note_cites_is_read(tmp_path: Path) -> None:
    changed = with_changes(
        {
            "dossiers/autre": {"objet": "Objet", "contexte": "La réunion est fixée au 31 avril 2027."},
            "note/note": {
                "type": "rapport_de_presentation",
                "date": "2026-09-24",
                "points": [{"dossier": "autre"}],
            },
        }
    )
    (found,) = findings_of(a_workspace(tmp_path, **changed))
    assert (found.code, found.place.file) == ("D7", "content/dossiers/autre.yaml")
