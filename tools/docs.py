"""Writes what documents the program and is made from it: docs/regles.md, the picture of the rooms, and
content/.schemas for editors.

`make docs` runs it; tests/house/test_docs.py and tests/content/test_schemas_for_editors.py say when to.
"""

from __future__ import annotations

from pathlib import Path

from ctgdocs.content.editors import refresh, write_schemas
from ctgdocs.content.library import Library
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.rules.rule import Rule, catalogue
from ctgdocs.vocabulary.registres import REGISTRES
from tools import rooms

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "docs" / "regles.md"

HEAD = """# Les règles

Ce que `ctgdocs verifier` contrôle, avec le texte de chaque règle. Une **erreur** arrête le document, une
**alerte** se vérifie, une **info** renseigne. Une règle s’applique aux actes de ses dates de validité : un
acte de 2021 se juge avec le droit de 2021. « À vérifier » marque une règle dont le texte n’a pas été lu à sa
source : elle ne bloque jamais. Chaque règle a ses cas : un fichier à son nom, dans `tests/rules/cases/` ou
dans `epreuves/cases/` du genre d’acte qu’elle juge.

| code | règle | gravité | source | en vigueur |
| --- | --- | --- | --- | --- |
"""


def page_of_rules() -> str:
    """The whole page, one row a rule, in the order of codes."""
    rules = catalogue(kind.package for kind in KINDS)
    return HEAD + "".join(_row(first) for first, *_ in rules.values())


def _row(rule: Rule) -> str:
    source = rule.source + (f" ; CCAS : {rule.ccas}" if rule.ccas else "")
    severity = f"{rule.severity} (à vérifier)" if rule.to_check else str(rule.severity)
    return f"| {rule.code} | {rule.title} | {severity} | {source} | {_dates(rule)} |\n"


def _dates(rule: Rule) -> str:
    if rule.du:
        return f"depuis le {rule.du:%d/%m/%Y}"
    return ", ".join(f"du {period.du:%d/%m/%Y} au {period.au:%d/%m/%Y}" for period in rule.periods)


if __name__ == "__main__":
    RULES.write_text(page_of_rules(), encoding="utf-8", newline="\n")
    rooms.PICTURE.write_text(rooms.picture(), encoding="utf-8", newline="\n")
    for path in write_schemas(Project(ROOT), (*REGISTRES, *(kind.registry for kind in KINDS))):
        print(path)
    refresh(Library(Project(ROOT), KINDS), Path.write_bytes)
