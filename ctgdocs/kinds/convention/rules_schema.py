"""G14: what a CTG that stands for the schéma pluriannuel of the accueil du jeune enfant must treat."""

from __future__ import annotations

from collections.abc import Iterator

from ctgdocs.french import date_simple
from ctgdocs.kinds.convention.acte import Acte
from ctgdocs.kinds.convention.plan_lu import plan_of
from ctgdocs.kinds.convention.schema import SINCE, correspondances
from ctgdocs.rules.rule import ALERTE, Said, rule
from ctgdocs.stages import Entry, Reader


@rule(
    "G14",
    "Une convention territoriale globale qui tient lieu de schéma pluriannuel de l’accueil du jeune "
    "enfant en a le contenu",
    ALERTE,
    "CASF, art. L. 214-2 et D. 214-10-1 ; décret n° 2025-253 du 20 mars 2025",
    du=SINCE,
    on=Acte,
)
def stands_for_the_schema(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """Of a CTG that says so (`tient_lieu_de_schema`): which of the eleven points neither its annexes, nor
    its list of équipements, nor its plan d’actions treat, by their words. The table de correspondance shows
    where each is."""
    acte = entry.value
    day = acte.signature or acte.version or acte.debut
    if not acte.tient_lieu_de_schema or acte.type != "ctg":
        return
    if day is not None and not stands_for_the_schema.in_force(day):
        yield Said(
            f"une convention du {date_simple(day)} ne tient pas lieu de schéma : le décret est du 20 mars "
            f"2025",
            entry.place("tient_lieu_de_schema"),
            "retirez ce champ, ou corrigez la date",
        )
        return
    lacking = [one.point for one in correspondances(acte, plan_of(entry, reader)) if not one.ou]
    if lacking:
        named = " ; ".join(f"{point.intitule} ({point.cite})" for point in lacking)
        yield Said(
            f"rien dans les annexes ni dans le plan d’actions ne traite de : {named}",
            entry.place("tient_lieu_de_schema"),
            "complétez une annexe ou une fiche action ; « contenu: correspondance » en montre la table",
        )
    if not any(annexe.contenu == "correspondance" for annexe in acte.annexes):
        yield Said(
            "la convention tient lieu de schéma sans table de correspondance en annexe",
            entry.place("annexes"),
            "ajoutez une annexe : {titre: Table de correspondance, contenu: correspondance}",
        )
