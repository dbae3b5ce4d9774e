"""Why a document is not up to date, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DIGEST = re.compile(r" #[0-9a-f]{8}$")


def field_changes(path: str, before: Mapping[str, str] | None, after: Mapping[str, str] | None) -> list[str]:
    """One sentence per field of `path` that changed, the old value then the new one.

    >>> field_changes("content/seances/2026-09-24.yaml", {"heure": "18h30"}, {"heure": "19h"})
    ['content/seances/2026-09-24.yaml (heure) : « 18h30 » → « 19h »']
    """
    if after is None:
        return [f"{path} : supprimé ou illisible"]
    if before is None:
        return [f"{path} : modifié"]
    changes = []
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = before.get(name), after.get(name)
        if old != new:
            changes.append(f"{path} ({name}) : {_shown(old)} → {_shown(new)}")
    return changes


def _shown(value: str | None) -> str:
    if value is None:
        return "(absent)"
    return f"« {_DIGEST.sub('', value)} »"
