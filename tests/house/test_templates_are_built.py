"""The shipped templates are what their builders say, part by part."""

from tools.templates import ROOT, everything
from tools.word.package import unzipped


def test_the_shipped_templates_are_what_their_builders_say() -> None:
    """When this fails: `make templates`, and look at the pages."""
    stale = [path for path, parts in everything().items() if unzipped(path.read_bytes()) != parts]
    assert [path.relative_to(ROOT).as_posix() for path in stale] == []
