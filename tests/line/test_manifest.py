"""The manifest file, taken over unread by the next run or read whole: the same facts, the same bytes."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

import pytest
from builders import a_project, change, generated
from hypothesis import given, settings
from hypothesis import strategies as st

from ctgdocs.findings import Finding, Place, Related, Severity
from ctgdocs.freshness import disk
from ctgdocs.manifest import Manifest, Record

awkward = st.text(st.sampled_from('ab/é"\\\n\u2028 :{},[]'), max_size=12)
names = st.one_of(st.sampled_from(["output", 'a": {', '"findings": ', "\n\n", '"reads": {']), awkward)
reads = st.dictionaries(st.sampled_from(["elus/a", "elus/b", "seances/1", "visas/*"]), st.sampled_from("xyz"))
places = st.builds(Place, names, st.integers(0, 9))
findings = st.builds(
    Finding,
    names,
    st.sampled_from(Severity),
    names,
    places,
    st.tuples(st.builds(Related, places, names)) | st.just(()),
    st.tuples(names) | st.just(()),
    names,
)
records = st.builds(
    Record,
    kind=st.just("deliberation"),
    source=names.filter(bool),
    source_digest=names,
    output=names,
    output_digest=names,
    beside=names,
    beside_digest=names,
    reads=st.tuples(reads),
    findings=st.lists(findings, max_size=2).map(tuple),
)


def facts(manifest: Manifest) -> dict[str, tuple[Record, dict[str, str]]]:
    return {
        key: (record.with_reads(()), {name: one[name] for one in record.reads for name in one})
        for key, record in manifest.documents.items()
    }


@settings(deadline=None)
@given(st.dictionaries(names, records, max_size=5), st.dictionaries(names, records, max_size=2))
def test_a_manifest_taken_over_unread_is_the_one_read_whole(
    documents: dict[str, Record], edited: dict[str, Record]
) -> None:
    first = Manifest()
    for key, record in documents.items():
        first.put(key, record)
    with tempfile.TemporaryDirectory() as folder:
        data = first.changed()
        assert data is not None
        Path(folder, "manifest.json").write_bytes(data)
        unread, whole = Manifest.load(Path(folder), own=first.digest), Manifest.load(Path(folder))

    assert (unread.own, whole.own) == (True, False)
    assert (unread.unreadable, whole.unreadable) == (False, False)
    assert facts(unread) == facts(whole)
    assert unread.changed() is None
    assert whole.changed() is None
    for key, record in edited.items():
        assert unread.written() == whole.written()
        unread.put(key, record)
        whole.put(key, record)
    assert unread.versions() == whole.versions()
    assert unread.to_bytes() == whole.to_bytes()
    assert json.loads(unread.to_bytes())["documents"].keys() == documents.keys() | edited.keys()


@settings(deadline=None)
@given(st.dictionaries(names, records, min_size=1, max_size=4))
def test_what_is_told_without_reading_is_what_the_records_say(documents: dict[str, Record]) -> None:
    manifest = Manifest()
    for key, record in documents.items():
        manifest.put(key, record)

    plain = {key: one.output for key, one in documents.items() if one.output}
    plain = {key: it for key, it in plain.items() if not (documents[key].findings or documents[key].beside)}
    assert manifest.documents.plain_outputs() == plain
    assert dict(manifest.documents.sources()) == {key: one.source_digest for key, one in documents.items()}
    written = {one.output for one in documents.values()} | {one.beside for one in documents.values()}
    assert manifest.documents.written().keys() == written - {""}


def test_a_look_at_the_disk_serves_the_run_that_follows(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    change(tmp_path, "content/elus.yaml", "nom: Roy", "nom: Leroy")
    counted_in_seconds = time.time_ns() // 1_000_000_000 * 1_000_000_000

    def looks_again(clock: int | None = None) -> bool:
        assert disk.nothing_changed(str(tmp_path), keep=True) is None
        new = tmp_path / "content/plus.yaml"
        new.touch()
        found = disk.seen(str(tmp_path), time.time_ns() if clock is None else clock)
        new.unlink()
        return "content/plus.yaml" in found

    assert not looks_again()
    assert looks_again(counted_in_seconds)
    (project.state_dir / "journal").touch()  # a run that was killed meanwhile
    assert looks_again()
    (project.state_dir / "journal").unlink()
    assert not looks_again()
    assert disk.nothing_changed(str(tmp_path), keep=True) is None
    generated(project)  # this one has used it
    (tmp_path / "content/plus.yaml").touch()
    assert "content/plus.yaml" in disk.seen(str(tmp_path), time.time_ns())


def test_a_file_that_was_too_young_at_the_first_look_is_looked_at_again(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    change(tmp_path, "content/elus.yaml", "nom: Roy", "nom: Leroy")

    assert disk.nothing_changed(str(tmp_path), keep=True) is None
    time.sleep(0.03)
    generated(project)

    assert disk.nothing_changed(str(tmp_path)) is not None


@pytest.mark.parametrize("what", ["manifest.json", "disque"])
def test_without_one_of_the_two_files_every_document_is_looked_at(tmp_path: Path, what: str) -> None:
    project = a_project(tmp_path)
    generated(project)
    before = (project.state_dir / "manifest.json").read_bytes()

    (project.state_dir / what).unlink()

    assert generated(project).documents == 3
    assert (project.state_dir / "manifest.json").read_bytes() == before
