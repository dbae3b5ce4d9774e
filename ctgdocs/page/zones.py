"""The pages of a document as a run would make it now, as pictures kept while it says the same; and as a map
of the form: each text a link to its field; what changed since they were laid.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from typing import NamedTuple

from ctgdocs.composing.voice import profile
from ctgdocs.content.heritage import Heir, inherit
from ctgdocs.content.library import Document, Library
from ctgdocs.content.reading import decode
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError, Place
from ctgdocs.french import DEFAUT, Profil, typographie
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import REGISTRIES, link_to, titled
from ctgdocs.page.shapes import label_of
from ctgdocs.pdf import Layout, Written, can_be_quick, page_count, picture, quick_pdf, written
from ctgdocs.readback import Files, Pointed, Spot, Spots, pointed
from ctgdocs.stages import Steps
from ctgdocs.vocabulary.registres import COLLECTIVITE, SEANCES

SCALE = 1000
"""Width of a page in the units of its map."""
_NAMED = ("elus", "instances", "visas", "partenaires", "communes")
"""What a page names in place of the id that is typed."""
_EDGE = 0.08
"""The share of a page where its number stands, at the head and at the foot."""
_GAP = 0.025
"""The most white between two lines of a text."""
_MOST = 3000
"""Words of a change looked at one by one."""


class Box(NamedTuple):
    """A rectangle of a page, in the units of its map."""

    x: int
    y: int
    width: int
    height: int


class Zone(NamedTuple):
    """A field that a page says: the link to it, its name, where it stands."""

    path: str
    label: str
    boxes: Sequence[Box]


def zones(opened: Opened, document: Document, words: Sequence[Written]) -> Mapping[int, list[Zone]]:
    """The zones of each page (from 0) of a document that says these words."""
    with opened.held() as library:
        noted, others = _spots(opened, library, document)
        found = pointed([one.text for one in words], [one.cut for one in words], noted, others)
        pages: dict[int, dict[str, Zone]] = {}
        for one in found:
            _add(pages, library, document, words, one)
    return {page: list(named.values()) for page, named in pages.items()}


def _add(
    pages: dict[int, dict[str, Zone]],
    library: Library,
    document: Document,
    words: Sequence[Written],
    one: Pointed,
) -> None:
    """One link a page for a field, wherever the page says it."""
    path = link_to(library, Place(one.file, field=".".join(map(str, one.steps))))
    if not path:
        return
    own = "" if one.file == document.path else f"{_owner(library, one.file)} : "
    for page in dict.fromkeys(words[rank].page for rank in one.words):
        ranks = [rank for rank in one.words if words[rank].page == page]
        said = " ".join(words[rank].text for rank in ranks[:7])
        zone = Zone(
            path, f"{own}{_named(one.steps)}, « {said}{'…' if len(ranks) > 7 else ''} »", boxes(words, ranks)
        )
        pages.setdefault(page, {})[path] = zone


def _owner(library: Library, file: str) -> str:
    label = REGISTRIES[library.answers_at(file)[0]].label
    return label[:1].upper() + label[1:]


def _named(steps: Steps) -> str:
    """A field by its words and its ranks.

    >>> _named(("decisions", 1, "texte"))
    'Décisions, 2, Texte'
    """
    return ", ".join(str(one + 1) if isinstance(one, int) else label_of(one) for one in steps)


def boxes(words: Sequence[Written], ranks: Iterable[int]) -> list[Box]:
    """The rectangles of words of a page: one for those that follow each other on a line, without a gap
    between two lines that follow."""
    rows: list[tuple[int, Written]] = []
    for rank in ranks:
        one = words[rank]
        follows = bool(rows) and rows[-1][0] == rank - 1
        last = rows[-1][1] if follows else one
        if follows and _same_line(last, one):
            top, bottom = min(last.top, one.top), max(last.bottom, one.bottom)
            rows[-1] = (rank, last._replace(top=top, right=one.right, bottom=bottom))
        elif follows and 0 < one.top - last.bottom < _GAP:
            rows.append((rank, one._replace(top=last.bottom)))
        else:
            rows.append((rank, one))
    return [_box(one) for _, one in rows]


def _same_line(one: Written, other: Written) -> bool:
    middle = (other.top + other.bottom) / 2
    return (
        one.page == other.page and one.left <= other.left and one.top - 0.004 <= middle <= one.bottom + 0.004
    )


def _box(one: Written) -> Box:
    """The rectangle of a line of words, and a little of the white around it."""
    height = SCALE * one.tall
    x, y = SCALE * one.left - 3, height * one.top - 4
    return Box(round(x), round(y), round(SCALE * one.right + 3 - x), round(height * one.bottom + 4 - y))


# --- where the words may have been typed --------------------------------------------------------------


def _spots(opened: Opened, library: Library, document: Document) -> tuple[Sequence[Spot], Sequence[Spot]]:
    """The spots that composing told, and those of the document's own files: its dossier, its séance, the
    house."""
    made, origins = opened.traced(document)
    reads = {key: library.path_of(key) for pack in made.packs for key in pack.reads if library.entry(key)}
    own = _own(library, document)
    files = Files(dict(_texts(opened, {*reads.values(), *own})), own)
    profil = _profil(library)
    spots = Spots(origins, files, profil)
    return spots.noted, (*_cited(library, files, profil), *spots.all)


def _own(library: Library, document: Document) -> list[str]:
    entry = library.find(document.kind.registry, document.id)
    heir = inherit(entry, library.reader()) if entry is not None else None
    files = [document.path]
    if isinstance(heir, Heir) and heir.dossier is not None:
        files.append(heir.dossier.source.path)
    seance = getattr(heir.value if heir is not None else None, "seance", None)
    if isinstance(seance, str) and library.exists(SEANCES, seance):
        files.append(library.path_of(f"{SEANCES.name}/{seance}"))
    return [*files, library.path_of(f"{COLLECTIVITE.name}/{COLLECTIVITE.name}")]


def _texts(opened: Opened, files: Iterable[str]) -> Iterator[tuple[str, str]]:
    for file in files:
        try:
            yield file, decode(read_file(opened.project.root / file))
        except (OSError, CtgdocsError):
            continue


def _profil(library: Library) -> Profil:
    house = library.find(COLLECTIVITE, COLLECTIVITE.name)
    return profile(house.value.typographie) if house else DEFAUT


def _cited(library: Library, files: Files, profil: Profil) -> Iterator[Spot]:
    """What a page names where an id is typed: an élu, an instance, a text of law."""
    for file in files.own:
        for steps, typed in files.texts(file).items():
            for name in _NAMED:
                if library.exists(REGISTRIES[name], typed):
                    said = typographie(titled(library, name, typed), profil)
                    yield Spot(file, steps, 0, len(typed), said)


# --- what changed -------------------------------------------------------------------------------------


def changed(before: Sequence[Written], after: Sequence[Written]) -> list[int]:
    """The ranks of the words that a page says and did not; where words went, the one that stands there."""
    old, new = _joined(before), _joined(after)
    says = [[word for word, _ in one] for one in (old, new)]
    head = next((at for at, (a, b) in enumerate(zip(*says, strict=False)) if a != b), min(map(len, says)))
    room = min(map(len, says)) - head
    tail = next((at for at in range(room) if says[0][-1 - at] != says[1][-1 - at]), room)
    a, b = (one[head : len(one) - tail] for one in says)
    if len(a) + len(b) > _MOST:
        return list(new[head][1]) if head < len(new) else []
    found: list[int] = []
    for act, _, _, start, end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if act != "equal":
            there = new[head + start : head + max(end, start + 1)]
            found += [rank for _, ranks in there for rank in ranks if not _is_a_page_number(after[rank])]
    return found


def _joined(words: Sequence[Written]) -> list[tuple[str, list[int]]]:
    """The words of a page with their ranks, those that a line cuts made whole."""
    found: list[tuple[str, list[int]]] = []
    for rank, one in enumerate(words):
        if rank and words[rank - 1].cut:
            said, ranks = found.pop()
            found.append((said + one.text.replace("-", ""), [*ranks, rank]))
        else:
            found.append((one.text.replace("-", ""), [rank]))
    return found


def _is_a_page_number(one: Written) -> bool:
    return one.text.isdigit() and (one.top < _EDGE or one.bottom > 1 - _EDGE)


MOST = 8
"""Laid out documents kept in memory."""


class Laid(NamedTuple):
    """A document laid out: its pages as a PDF, how many, whether LibreOffice did it; the words they say."""

    key: str
    pdf: bytes
    pages: int
    exact: bool
    words: Sequence[Written]


class Previews:
    """What was laid out, by what it was made from."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._layout = Layout()
        self._laid: dict[str, Laid] = {}

    def lay(self, opened: Opened, document: Document, *, quick: bool) -> Laid | None:
        """The pages of a document now; None when it cannot be made, or when nothing here lays pages out.
        `quick`: at once, unless the exact pages are known."""
        data = opened.made(document).data
        if data is None:
            return None
        digest = sha256(data).hexdigest()[:16]
        return self.of(data, digest, quick=quick)

    def of(self, word: bytes, digest: str, *, quick: bool) -> Laid | None:
        """The pages of a Word file."""
        exact = self._known(f"{digest}e")
        if exact is not None:
            return exact
        if can_be_quick() and (quick or not self._layout.exact):
            return self._known(f"{digest}v") or self._keep(f"{digest}v", quick_pdf(word), exact=False)
        return self._keep(f"{digest}e", self._layout.pdf(word), exact=True) if self._layout.exact else None

    def page(self, key: str, number: int) -> bytes | None:
        """A page (from 1) of what was laid out, as PNG."""
        laid = self._known(key)
        return picture(laid.pdf, number - 1) if laid is not None and 0 < number <= laid.pages else None

    def seen(self, key: str, now: Laid) -> Laid | None:
        """What a screen showed under a key, laid out the same way as it is now; None when it is forgotten."""
        return self._known(f"{key[:-1]}{now.key[-1]}") if key[:-1] != now.key[:-1] else None

    @property
    def exact(self) -> bool:
        return self._layout.exact

    def _known(self, key: str) -> Laid | None:
        with self._lock:
            return self._laid.get(key)

    def _keep(self, key: str, pdf: bytes | None, *, exact: bool) -> Laid | None:
        pages = page_count(pdf) if pdf else 0
        if pdf is None or not pages:
            return None
        laid = Laid(key, pdf, pages, exact, written(pdf))
        with self._lock:
            while len(self._laid) >= MOST:
                del self._laid[next(iter(self._laid))]
            self._laid[key] = laid
        return laid
