"""Which documents an edit can have touched, without looking at the others.

The last complete run left every document as the plan wants it. So what the plan would find now comes from a
file that has changed since, and the text of the documents in the manifest tells which ones name that file, or
a set of entries that is no longer what it was.
"""

from __future__ import annotations

from ctgdocs.freshness import disk
from ctgdocs.manifest.documents import dumps
from ctgdocs.pipeline.desk import Desk

MANY = 20  # changed files, or changed sets of entries: beyond, looking at every document is as quick
EVERYWHERE = ("templates/", disk.PROGRAM, disk.LIBRARIES)
NOT_KNOWN = '"output_digest": "?"'  # a signed document that was there before: looked at in every run


def touched(desk: Desk) -> set[str] | None:
    """The keys of these documents and of the new ones; None when all have to be looked at."""
    changed = desk.files.changed() if desk.manifest.own else None
    if changed is None or len(changed) > MANY or any(path.startswith(EVERYWHERE) for path in changed):
        return None
    stale = [
        f'"{registry}": "{name}"'
        for (registry, name), reads in desk.manifest.sets.items()
        if any(desk.current(key) != digest for key, digest in reads.items())
    ]
    if len(stale) > MANY:
        return None
    named = [f": {dumps(path)[:-1]}" for path in changed]  # a template or a charte goes on with its digest
    documents = desk.manifest.documents
    new = {key for key in desk.documents if key not in documents}
    return new | documents.holding([*named, *stale, NOT_KNOWN])
