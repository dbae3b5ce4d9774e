"""What is remembered comes back as it was given, and questions are answered as by looking at everything."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctgdocs.findings import Finding, Place, Related, Severity, WritingError
from ctgdocs.memory import rest
from ctgdocs.memory.glance import Glance, nothing_changed
from ctgdocs.memory.records import Inputs, Record, packs_of
from ctgdocs.memory.rest import Unreadable
from ctgdocs.memory.store import Memory

awkward = st.text(st.sampled_from("ab/é\"'\\\n\u2028 :{},[]\ud800"), max_size=8)
plain = st.text(st.sampled_from("abé /"), max_size=4)
paths = st.sampled_from(["content/a.yaml", "content/b.yaml", "sorties/a.docx", "sorties/b.docx"])
keys = st.sampled_from(["deliberations/1", "deliberations/2", "notes/1"])
reads = st.dictionaries(
    st.sampled_from(["elus/a", "elus/b", "seances/1", "visas/*", "fichier/\ud800.csv"]),
    st.sampled_from("xyz"),
)
places = st.builds(Place, paths, st.integers(0, 9), st.integers(0, 9), awkward)
findings = st.builds(
    Finding,
    awkward,
    st.sampled_from(Severity),
    awkward,
    places,
    st.lists(st.builds(Related, places, awkward), max_size=2).map(tuple),
    st.lists(awkward, max_size=2).map(tuple),
    awkward,
)
records = st.builds(
    Record,
    kind=st.just("deliberation"),
    source=paths,
    source_digest=plain,
    inputs=st.builds(Inputs, plain, paths, plain, paths, plain, plain, paths),
    output_digest=plain,
    beside=paths | st.just(""),
    beside_digest=plain,
    sealed=st.booleans(),
    findings=st.lists(findings, max_size=2).map(tuple),
)
steps = st.lists(st.tuples(keys, st.none() | st.tuples(records, reads)), max_size=8)


def stored(key: str) -> str:
    return key.encode("utf-8", "backslashreplace").decode()


@settings(deadline=None)
@given(steps)
def test_it_answers_as_a_look_at_every_document_does(
    done: list[tuple[str, tuple[Record, dict[str, str]] | None]],
) -> None:
    memory, known = Memory.empty(), {}
    for key, what in done:
        with memory.transaction():
            if what is None:
                memory.drop(key)
                known.pop(key, None)
            else:
                memory.keep(key, what[0], packs_of(what[1]))
                known[key] = what

    assert dict(memory.documents()) == {key: record for key, (record, _) in sorted(known.items())}
    for key, (_, read) in known.items():
        assert memory.reads(key) == {stored(name): digest for name, digest in read.items()}
    for name in ("elus/a", "visas/*", "fichier/\ud800.csv"):
        others = {key for key, (_, read) in known.items() if read.get(name, "x") != "x"}
        assert set(memory.readers(name, "x")) == others
        assert memory.is_read(name) >= any(name in read for _, read in known.values())
    for path in ("content/a.yaml", "sorties/a.docx"):
        touched = {
            key
            for key, (one, _) in known.items()
            if path in (one.source, one.output, one.beside)
            or any(finding.place.file == path for finding in one.findings or ())
        }
        assert set(memory.touched(path)) == touched
        writers = {key for key, (one, _) in known.items() if path in (one.output, one.beside)}
        assert set(memory.makers(path)) == writers


def _interrupted(memory: Memory) -> None:
    with memory.transaction():
        memory.keep("notes/1", Record("note", "content/a.yaml"), packs_of({"elus/a": "x"}))
        raise KeyError


def test_a_transaction_that_stops_leaves_nothing(tmp_path: Path) -> None:
    memory = Memory.open(tmp_path)
    with pytest.raises(KeyError):
        _interrupted(memory)
    with memory.transaction():
        memory.keep("notes/2", Record("note", "content/a.yaml"), packs_of({"elus/a": "x"}))
    memory.close()

    again = Memory.peek(tmp_path)
    assert again.keys() == {"notes/2"}
    assert again.reads("notes/2") == {"elus/a": "x"}


def test_what_nobody_reads_any_more_is_forgotten() -> None:
    memory = Memory.empty()
    with memory.transaction():
        for digest in ("x", "y"):
            memory.remember_typed("elus/a", digest, {"nom": digest})
            memory.keep("notes/1", Record("note", "content/a.yaml"), packs_of({"elus/a": digest}))
        memory.complete([("content/a.yaml", "1 2 3", "d")], [], {}, Glance(1, ""))

    assert memory.typed("elus/a", "y") == {"nom": "y"}
    assert memory.typed("elus/a", "x") is None
    assert memory.readers("elus/a", "z") == ["notes/1"]
    assert memory._column("select count(*) from pack") == [1]


def test_what_was_forgotten_may_be_read_again() -> None:
    memory, packs = Memory.empty(), packs_of({"elus/a": "x"})
    for name in ("notes/1", "notes/2"):
        with memory.transaction():
            memory.keep(name, Record("note", "content/a.yaml"), packs)
        assert memory.reads(name) == {"elus/a": "x"}
        with memory.transaction():
            memory.drop(name)
            memory.complete([], [], {}, Glance(0, ""))


def test_only_a_complete_run_answers_for_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "sorties/.ctgdocs"
    folder.mkdir(parents=True)
    memory = Memory.open(folder)
    with memory.transaction():
        memory.complete([], [], {}, Glance(3, ""))
    memory.close()
    whole = Memory.peek(folder)
    memory = Memory.open(folder)
    with memory.transaction():
        memory.keep("notes/1", Record("note", "content/a.yaml"), ())
    memory.close()

    assert whole.said() == (3, "")
    assert Memory.peek(folder).said() is None
    assert nothing_changed(str(tmp_path)) is None


def test_a_memory_that_a_run_has_open_is_read_as_it_last_was(tmp_path: Path) -> None:
    memory = Memory.open(tmp_path)
    with memory.transaction():
        memory.keep("notes/1", Record("note", "content/a.yaml"), ())

    assert Memory.peek(tmp_path).keys() == {"notes/1"}
    with memory.transaction():
        memory.keep("notes/2", Record("note", "content/b.yaml"), ())
        assert Memory.peek(tmp_path).keys() <= {"notes/1", "notes/2"}
    memory.close()
    assert Memory.peek(tmp_path).keys() == {"notes/1", "notes/2"}


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 60_000), st.integers(1, 255))
def test_one_wrong_byte_is_seen_wherever_it_is(at: int, flip: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory.open(Path(folder))
        with memory.transaction():
            memory.keep("notes/1", Record("note", "content/a.yaml"), packs_of({"elus/a": "x"}))
        memory.close()
        file = Path(folder, "memoire.sqlite")
        data = bytearray(file.read_bytes())
        data[at % len(data)] ^= flip
        file.write_bytes(data)

        again = Memory.open(Path(folder))
        assert again.lost
        assert again.keys() == set()
        again.close()
        assert not Memory.open(Path(folder)).lost


def test_a_disk_that_refuses_is_a_sentence_and_damage_is_none() -> None:
    import sqlite3

    full, damaged = sqlite3.OperationalError("full"), sqlite3.DatabaseError("malformed")
    full.sqlite_errorcode, damaged.sqlite_errorcode = sqlite3.SQLITE_FULL, sqlite3.SQLITE_CORRUPT

    assert isinstance(rest.refused(full), WritingError)
    assert "plein" in str(rest.refused(full))
    assert isinstance(rest.refused(damaged), Unreadable)
