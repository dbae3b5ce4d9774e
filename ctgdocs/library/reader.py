"""The library as one document sees it: what it consulted, and the digest of every answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from ctgdocs.library import Library
    from ctgdocs.stages import Entry, Reader

Made = TypeVar("Made")

ABSENT = ""
IN_ERROR = "erreur"
LISTING = "*"
ATTACHMENT = "fichier"


class TrackingReader:
    """A `stages.Reader` that remembers.

    `reads` maps what was consulted to its digest: `elus/durand-claire` (an entry; "" when it does not exist,
    `erreur` when it is in error), `elus/*` (a listing), `fichier/content/…/plan.xlsx` (an attachment).
    """

    __slots__ = ("library", "reads")

    def __init__(self, library: Library) -> None:
        self.library = library
        self.reads: dict[str, str] = {}

    def find(self, registry: str, id: str) -> Entry | None:
        key, entry, digest = self.library.answer(registry, id)
        self.reads[key] = digest
        return entry

    def exists(self, registry: str, id: str) -> bool:
        key, _, digest = self.library.answer(registry, id)
        self.reads[key] = digest
        return digest != ABSENT

    def ids(self, registry: str) -> Sequence[str]:
        key = f"{registry}/{LISTING}"
        self.reads[key] = self.library.digest(key)
        return self.library.ids(registry)

    def recall(self, key: Hashable, make: Callable[[Reader], Made]) -> Made:
        """What `make` gives, made once for the library (see `stages.Reader`)."""
        known = self.library.recalled(key)
        if known is None:
            apart = TrackingReader(self.library)
            known = self.library.remember(key, (make(apart), apart.reads))
        self.reads.update(known[1])
        return known[0]  # type: ignore[no-any-return]

    def attachment(self, path: str) -> bytes | None:
        """The bytes of a file beside the content, or None (see `Library.attachment`)."""
        data = self.library.attachment(path)
        self.reads[f"{ATTACHMENT}/{path}"] = self.library.digest_of(data)
        return data
