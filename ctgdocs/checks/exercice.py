"""Who holds an office today: sits in an assembly, presides, is maire; and who no longer does."""

from __future__ import annotations

from datetime import date

from ctgdocs.stages import Reader


def in_office(reader: Reader, day: date | None) -> set[str]:
    """The ids of the élus who sit in an assembly that day, or hold an office."""
    ids: set[str] = set()
    for name in reader.ids("instances"):
        found = reader.find("instances", name)
        if found is not None and found.value.type in ("assemblee", "bureau"):
            instance = found.value
            ids.update(instance.membres_au(day) if day else (one.elu for one in instance.membres))
            ids.update((*instance.suppleants, *instance.suppleants.values()))
    house = reader.find("collectivite", "collectivite")
    if house is not None:
        ids.add(house.value.executif)
    for id in reader.ids("elus"):
        elu = reader.find("elus", id)
        if elu is not None and (elu.value.maire_de or elu.value.fonction):
            ids.add(id)
    return ids


def out_of_office(reader: Reader, instance: str, day: date | None) -> list[str]:
    """The members of a body who no longer hold any office."""
    found = reader.find("instances", instance)
    if found is None:
        return []
    current = in_office(reader, day)
    members = (*(one.elu for one in found.value.membres), found.value.president)
    return [id for id in dict.fromkeys(members) if id not in current]


def bare_name(reader: Reader, id: str) -> str:
    """« Claire Durand »; the id of someone the registry does not have."""
    found = reader.find("elus", id)
    return f"{found.value.prenom} {found.value.nom}" if found else id


def full_name(reader: Reader, id: str) -> str:
    """« Mme Claire Durand »."""
    found = reader.find("elus", id)
    return f"{found.value.civilite} {found.value.prenom} {found.value.nom}" if found else id
