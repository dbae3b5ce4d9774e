"""Naming what can be asked for costs nothing: the types are imported only when one is worked on."""

import subprocess
import sys

import pytest

from ctgdocs.kinds import KINDS
from ctgdocs.stages import Registry
from ctgdocs.vocabulary import registres
from ctgdocs.vocabulary.registres import REGISTRES


def test_listing_registries_and_kinds_imports_no_pydantic() -> None:
    program = (
        "import sys\nfrom ctgdocs.kinds import KINDS\nfrom ctgdocs.vocabulary.registres import REGISTRES\n"
        "print([k.registry.name for k in KINDS], [r.name for r in REGISTRES], 'pydantic' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.rstrip().endswith("False"), run.stdout


@pytest.mark.parametrize("registry", REGISTRES, ids=lambda registry: registry.name)
def test_a_registry_holds_the_type_of_its_annotation(registry: Registry[object]) -> None:
    annotation = registres.__annotations__[registry.name.upper()]
    assert annotation == f"Registry[{registry.type().__name__}]"


def test_the_acts_that_others_cite_are_those_of_a_kind() -> None:
    cited = {registres.DELIBERATIONS, registres.CONVENTIONS, registres.NOTES}
    assert cited <= {kind.registry for kind in KINDS}
