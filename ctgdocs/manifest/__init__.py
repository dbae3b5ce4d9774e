"""The manifest: which inputs made which document, and why it is, or is not, up to date.

`sorties/.ctgdocs/manifest.json` holds no clock and no absolute path, and its lines are sorted: two runs on
the same inputs leave the same bytes, and git shows one changed line per changed fact. A journal beside it
holds what a run has done so far; a run that was killed is taken up from there.
"""

from ctgdocs.manifest.journal import Journal
from ctgdocs.manifest.reads import ReadSets
from ctgdocs.manifest.records import FileRecord, Record, finding_from, finding_to
from ctgdocs.manifest.store import Manifest
from ctgdocs.manifest.values import Values

__all__ = ["FileRecord", "Journal", "Manifest", "ReadSets", "Record", "Values", "finding_from", "finding_to"]
