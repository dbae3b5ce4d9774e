"""What every act stands on: the collectivité, and the persons of the instance that meets."""

from __future__ import annotations

from ctgdocs.checks.dossier import Dossier
from ctgdocs.checks.liens import check_liens
from ctgdocs.checks.rule import consistency
from ctgdocs.findings import Finding
from ctgdocs.stages import Entry, Reader


def check_socle(entry: Entry, reader: Reader, dossier: Dossier | None = None) -> list[Finding]:
    """Why an act cannot be written, whatever it says. The findings of a record have their place in its own
    file, as when it is checked for itself."""
    house = reader.find("collectivite", "collectivite")
    if house is None:
        message = "content/collectivite.yaml manque ou est en erreur"
        return [consistency("fiche-en-erreur", message, entry.place(), "corrigez d’abord ce fichier")]
    findings = [] if reader.find("elus", house.value.executif) else check_liens(house, reader)
    if dossier and reader.recall(("effectif", dossier.entry.key), lambda apart: _unknown(dossier, apart)):
        instance = reader.find("instances", dossier.seance.instance)
        findings += check_liens(instance, reader) if instance else []
    return findings


def _unknown(dossier: Dossier, reader: Reader) -> bool:
    """Whether some member of the instance is not in elus.yaml, or in error there."""
    return any(reader.find("elus", membre) is None for membre in dossier.feuille.etapes[0].membres)
