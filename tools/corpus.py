"""Word files of others, through every door: `python -m tools.corpus PATH…` (a folder, .docx, .zip, .tar.gz).

Each distinct file is loaded as a template, checked, rendered and compared with a copy of which a word is
changed. What is counted: a refusal told by the check too, a rendered text that is the source's, a comparison
that gives back both texts. Anything else, a traceback first of all, is named, and the exit code is 1.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import sys
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ctgdocs.findings import CtgdocsError
from ctgdocs.redline import accept_all, outline, redline, reject_all
from ctgdocs.templates import Template, lint
from ctgdocs.word import read, words_of, write
from ctgdocs.word.parts import main_part

WORD = (".docx", ".dotx", ".docm")
_ARCHIVES = (".zip", ".whl", ".tar", ".tar.gz", ".tgz")
_TEXT = re.compile(rb"(<w:t(?: [^>]*)?>)([^<]*[^\W\d_]{4}[^<]*)(</w:t>)")
_TAG = re.compile(r"\{[{%#]")
LARGEST = 8_000_000
DAY = dt.date(2026, 1, 1)


def word_files(path: Path) -> Iterator[tuple[str, bytes]]:
    """The Word files of a folder or an archive, by name."""
    if path.is_dir():
        for inside in sorted(path.rglob("*")):
            if inside.is_file():
                yield from word_files(inside)
    elif path.name.endswith(WORD):
        yield path.name, path.read_bytes()
    elif path.name.endswith((".zip", ".whl")):
        with zipfile.ZipFile(path) as archive:
            names = [one for one in archive.infolist() if one.filename.endswith(WORD)]
            yield from ((one.filename, archive.read(one)) for one in names if one.file_size < LARGEST)
    elif path.name.endswith(_ARCHIVES):
        with tarfile.open(path) as tar:
            for member in tar:
                held = tar.extractfile(member) if member.isfile() and member.name.endswith(WORD) else None
                if held is not None and member.size < LARGEST:
                    yield member.name, held.read()


def through(data: bytes) -> Iterator[str]:
    """What became of a file at each door. Raises AssertionError where a promise is not held."""
    faults = [one for one in lint(data) if one.blocking]
    try:
        template = Template.load(data)
    except CtgdocsError:
        assert faults, "refused, and the check says nothing"
        yield "refused, and told"
        return
    yield "loaded"
    words = words_of(data)
    if _TAG.search("\n".join(words)):
        yield "has tags of its own"
    else:
        assert words_of(template.render({})) == words, "the rendered text is another"
        yield "rendered"
    yield _compared(data)


def _compared(data: bytes) -> str:
    package = read(data)
    name = main_part(package)
    changed = _TEXT.sub(rb"\1\2 autrement\3", package[name], count=1)
    if changed == package[name]:
        return "has nothing to compare"
    other = write({**package, name: changed})
    try:
        made = redline(data, other, author="corpus", date=DAY)
    except CtgdocsError:
        return "not compared, and told"
    assert outline(accept_all(made)) == outline(accept_all(other)), "accept all is another text"
    assert outline(reject_all(made)) == outline(accept_all(data)), "reject all is another text"
    return "compared"


def main(paths: list[str]) -> int:
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    wrong = 0
    for path in paths:
        for name, data in word_files(Path(path)):
            digest = hashlib.sha256(data).hexdigest()
            if digest in seen:
                continue
            seen.add(digest)
            try:
                counts.update(through(data))
            except Exception as error:  # a traceback is what is looked for
                wrong += 1
                print(f"{name}: {type(error).__name__}: {str(error)[:120]}")
    for what, count in counts.most_common():
        print(f"{count:6} {what}")
    print(f"{len(seen):6} distinct files, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
