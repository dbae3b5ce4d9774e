"""The registries: what the workspace types once under content/, and where each one stands."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pydantic import BaseModel


class Registre(NamedTuple):
    """One registry.

    `path` is relative to content/: a folder (`seances/`) holds one entry per file, its stem being the id; a
    file holds a mapping of ids to entries, or, when `single`, one entry whose id is the registry's name.
    `label` says what an entry is in a message (« élu »). The pydantic type is imported only when asked for.
    """

    name: str
    path: str
    type_path: str
    label: str
    single: bool = False

    @property
    def folder(self) -> bool:
        return self.path.endswith("/")

    def type(self) -> type[BaseModel]:
        module, _, name = self.type_path.partition(":")
        return getattr(import_module(module), name)  # type: ignore[no-any-return]


_MODULES = {
    "agents": "personnes",
    "elus": "personnes",
    "collectivite": "organismes",
    "communes": "organismes",
    "partenaires": "organismes",
    "visas": "actes",
}
"""Where the type of a registry stands, when its module has another name."""


def _registre(name: str, path: str, type_name: str, label: str, *, single: bool = False) -> Registre:
    return Registre(name, path, f"ctgdocs.vocabulary.{_MODULES.get(name, name)}:{type_name}", label, single)


REGISTRES: tuple[Registre, ...] = (
    _registre("collectivite", "collectivite.yaml", "Collectivite", "collectivité", single=True),
    _registre("communes", "communes.yaml", "Commune", "commune"),
    _registre("elus", "elus.yaml", "Elu", "élu"),
    _registre("instances", "instances/", "Instance", "instance"),
    _registre("partenaires", "partenaires.yaml", "Partenaire", "partenaire"),
    _registre("visas", "visas.yaml", "Visa", "visa"),
    _registre("seances", "seances/", "Seance", "séance"),
    _registre("agents", "agents/", "Agent", "agent"),
    _registre("dossiers", "dossiers/", "Dossier", "dossier"),
)
