"""The documents of the manifest: each is the text that the file holds, and a Record once it is asked for.

An edit touches a few documents among thousands: the others go from one file to the next without being read.
A quotation mark inside a JSON string has a backslash before it, so `"name": ` found in such a text is that
field, and a blank line never stands in one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping

from ctgdocs.manifest.reads import ReadSets
from ctgdocs.manifest.records import Record

dumps = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
one_a_line = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",\n", ": ")).encode
_READS = re.compile(r'"reads": (\{[^}]*\})')


class Documents(MutableMapping[str, Record]):
    """key (`deliberations/2026-045`) → Record."""

    def __init__(self, sets: ReadSets) -> None:
        self.sets = sets
        self._texts: dict[str, str] = {}  # "" for a record whose text is not made yet
        self._read: dict[str, Record] = {}

    def __getitem__(self, key: str) -> Record:
        record = self._read.get(key)
        if record is None:
            record = self._read[key] = self._decoded(self._texts[key])
        return record

    def __setitem__(self, key: str, record: Record) -> None:
        self._texts[key] = ""
        self._read[key] = record.with_reads(self.sets.share(record.reads))

    def __delitem__(self, key: str) -> None:
        del self._texts[key]
        self._read.pop(key, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, key: object) -> bool:
        return key in self._texts

    def put(self, key: str, text: str) -> None:
        """Remembers a document by its text, as `text_of` gives it."""
        self._texts[key] = text
        self._read.pop(key, None)

    def text_of(self, record: Record) -> str:
        """A record as JSON, one fact a line; the sets it read by their names."""
        found = record.to_json()
        found["reads"] = dict(self.sets.name(one) for one in self.sets.share(record.reads))
        return one_a_line(found)

    def _all(self) -> Mapping[str, str]:
        """The text of every document."""
        for key in [key for key, text in self._texts.items() if not text]:
            self._texts[key] = self.text_of(self._read[key])
        return self._texts

    def _decoded(self, text: str) -> Record:
        found = json.loads(text)
        reads = found.pop("reads", {})
        return Record.from_json(found, tuple(self.sets.named(*pair) for pair in reads.items()))

    # --- the file ---------------------------------------------------------------------------------------

    def pieces(self) -> Iterator[str]:
        """Every document as the file holds it, sorted."""
        texts = self._all()
        last = max(texts, default="")
        for key in sorted(texts):
            yield f"{dumps(key)}: {texts[key]}{'' if key == last else ','}"

    def take(self, piece: str) -> None:
        """Takes in one of `pieces`, unread."""
        name, _, text = piece.removesuffix(",").partition('": {')
        if "\\" in name:
            key, end = json.JSONDecoder().raw_decode(piece)
            self._texts[key] = piece[end + 2 :].removesuffix(",")
        else:
            self._texts[name[1:]] = "{" + text

    def sets_read(self) -> set[tuple[str, str]]:
        """The (registry, name) of every set that a document read."""
        distinct = {found[1] for text in self._all().values() if (found := _READS.search(text))}
        return {pair for one in distinct for pair in json.loads(one).items()}

    # --- what can be told without reading ---------------------------------------------------------------

    def holding(self, pieces: Iterable[str]) -> set[str]:
        """The documents whose text holds one of these pieces."""
        texts = self._all().items()
        return {key for piece in pieces for key, text in texts if piece in text}

    def plain_outputs(self) -> dict[str, str]:
        """key → output of the documents of which there is nothing to say: no finding, no hand edit."""
        return {
            key: output
            for key, text in self._all().items()
            if '"findings": ' not in text and '"beside": ' not in text and (output := _field(text, "output"))
        }

    def written(self) -> dict[str, str]:
        """Every output, and every version put beside one → its digest."""
        found = {}
        texts = self._all().values()
        for text in texts:
            if '"beside": ' in text:
                found[_field(text, "beside")] = _field(text, "beside_digest")
        for text in texts:
            if output := _field(text, "output"):
                found[output] = _field(text, "output_digest")
        return found

    def sources(self) -> Iterator[tuple[str, str]]:
        """(key, digest of its content file) of every document."""
        for key, text in self._all().items():
            yield key, _field(text, "source_digest")


def _field(text: str, name: str) -> str:
    """The value of a field that is a string and that no finding has too, "" when the record has none."""
    _, _, rest = text.partition(f'"{name}": "')
    value, _, _ = rest.partition('"')
    if "\\" in value:
        found = json.loads(text).get(name, "")
        return found if isinstance(found, str) else ""
    return value
