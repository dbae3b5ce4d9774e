"""The JSON Schemas say to an editor what the program will say to the author."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from builders import a_project

from ctgdocs.cli.main import main
from ctgdocs.content.editors import json_schema, offered, refresh, schemas, write_schemas
from ctgdocs.content.library import Library
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.vocabulary.organismes import Commune
from ctgdocs.vocabulary.personnes import Elu
from ctgdocs.vocabulary.registres import REGISTRES

EVERY = (*REGISTRES, *(kind.registry for kind in KINDS))
ALL = schemas(EVERY)
ROOT = Path(__file__).parents[2]
OFFERED_HERE = json.loads(offered(Library(Project(ROOT), KINDS)))


def parts(schema: Any) -> list[dict[str, Any]]:
    """Every object inside a schema."""
    if isinstance(schema, list):
        return [part for each in schema for part in parts(each)]
    if isinstance(schema, dict):
        return [schema, *(part for each in schema.values() for part in parts(each))]
    return []


def test_every_registry_and_every_kind_has_its_schema() -> None:
    assert {"collectivite", "elus", "instances", "seances", "visas"} <= ALL.keys()
    assert {kind.name for kind in KINDS} <= ALL.keys()


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_schema_refuses_unknown_fields_and_speaks_french(name: str) -> None:
    for part in parts(ALL[name]):
        if "properties" in part and isinstance(part["properties"], dict) and part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert "description" not in part or part["description"]
        if isinstance(part.get("pattern"), str):
            re.compile(part["pattern"])
        if isinstance(part.get("$ref"), str):
            file, _, def_ = part["$ref"].partition("#/$defs/")
            assert def_ in (ALL[name]["$defs"] if not file else OFFERED_HERE["$defs"]), part["$ref"]
            assert file in ("", "espace.json")
    assert "title" in ALL[name]


def test_a_registry_file_maps_ids_to_entries() -> None:
    schema = ALL["elus"]
    assert schema["type"] == "object"
    assert re.match(schema["propertyNames"]["pattern"], "durand-claire")
    assert not re.match(schema["propertyNames"]["pattern"], "Claire Durand")
    assert schema["additionalProperties"] == {"$ref": "#/$defs/_fiche"}


def test_a_number_may_stand_where_text_may() -> None:
    assert json_schema(Commune)["properties"]["nom"]["type"] == ["string", "number"]


def test_class_names_and_docstrings_stay_with_developers() -> None:
    schema = json_schema(Elu, "Élu")
    assert schema["title"] == "Élu"
    assert "description" not in schema
    assert all("title" not in each for each in schema["properties"].values())


def test_schemas_are_written_once(tmp_path: Path) -> None:
    project = Project(tmp_path)
    written = write_schemas(project, EVERY)
    assert {path.name for path in written} == {f"{name}.json" for name in ALL}
    assert json.loads((tmp_path / "content/.schemas/elus.json").read_text("utf-8")) == ALL["elus"]
    assert write_schemas(project, EVERY) == []


def test_the_schemas_of_this_workspace_are_current() -> None:
    """When this fails: `make docs`."""
    folder = Path(__file__).parents[2] / "content" / ".schemas"
    stale = [
        name
        for name, schema in ALL.items()
        if json.loads((folder / f"{name}.json").read_text("utf-8")) != schema
    ]
    assert stale == []


def test_every_content_file_of_this_workspace_names_its_schema() -> None:
    root = Path(__file__).parents[2]
    for path in Project(root).content_files().paths:
        first = (root / path).read_text("utf-8").partition("\n")[0]
        found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert found, f"{path}: {first}"
        assert ((root / path).parent / found[1]).resolve().is_file(), path


# --- What the workspace offers


def house(root: Path) -> Library:
    return Library(Project(root), KINDS)


def offered_in(root: Path) -> dict[str, Any]:
    defs: dict[str, Any] = json.loads((root / "content/.schemas/espace.json").read_text("utf-8"))["$defs"]
    return defs


def test_the_ids_of_this_workspace_are_current() -> None:
    """When this fails: `make docs`."""
    assert json.loads((ROOT / "content/.schemas/espace.json").read_text("utf-8")) == OFFERED_HERE


def test_an_id_is_offered_with_its_label_and_a_name_is_not_refused() -> None:
    rapporteur = ALL["deliberation"]["properties"]["rapporteur"]
    arms = parts(rapporteur)
    assert {"$ref": "espace.json#/$defs/elus"} in arms
    assert {"type": ["string", "number"]} in arms
    elus = {one["const"]: one["description"] for one in OFFERED_HERE["$defs"]["elus"]["anyOf"]}
    assert elus["durand-claire"] == "Mme Claire Durand présidente"
    assert "2026-045" in OFFERED_HERE["$defs"]["deliberation"]["enum"]
    assert "agents" not in OFFERED_HERE["$defs"]


def test_the_offer_follows_the_workspace_and_nothing_is_read_when_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = a_project(tmp_path).root
    assert not refresh(house(root), Path.write_bytes)  # a workspace without schemas has no editor to help
    (root / "content/.schemas").mkdir()
    assert refresh(house(root), Path.write_bytes)
    os.utime(root / "content/.schemas/espace.json", (2e9, 2e9))
    with monkeypatch.context() as closed:
        closed.setattr(Library, "find", None)
        closed.setattr(Library, "ids", None)
        assert not refresh(house(root), Path.write_bytes)
    first = (root / "content/.schemas/espace.json").read_bytes()
    elus = root / "content/elus.yaml"
    elus.write_text(elus.read_text("utf-8").replace("Anne", "Annie"), "utf-8")
    os.utime(elus, (2e9 + 1, 2e9 + 1))
    monkeypatch.chdir(root)
    assert main(["verifier"]) in (0, 1)
    labels = [one["description"] for one in offered_in(root)["elus"]["anyOf"]]
    assert "Mme Annie Petit" in labels
    os.utime(root / "content/instances", (2e9 + 2, 2e9 + 2))
    assert refresh(house(root), Path.write_bytes)
    assert offered(house(root)).encode() != first


def test_a_new_empty_workspace_offers_nothing_of_the_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["initialiser", "--vide", "espace"]) == 0
    assert [one["const"] for one in offered_in(tmp_path / "espace")["elus"]["anyOf"]] == ["nom-prenom"]
    assert offered_in(tmp_path / "espace")["deliberation"] == {"type": "string"}
