"""A kind of document, as a frozen value. The line knows kinds only through this."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ctgdocs.files import read_file
from ctgdocs.findings import Finding
from ctgdocs.stages import Composition, Entry, Reader, Registry

if TYPE_CHECKING:
    from pydantic import BaseModel

Acte = TypeVar("Acte", bound="BaseModel", covariant=True)


class Kind(NamedTuple, Generic[Acte]):
    """One kind of document.

    `name` is its id (`deliberation`), `shelf` names its folders under content/, templates/ and sorties/,
    `label` and `plural` are what messages say. `package` is the dotted folder of the kind; its modules
    are imported only when a document of the kind is worked on, so that `--help` stays light:
    `<package>.acte:Acte` (the pydantic type), the rules of `<package>.rules`, `<package>.context:compose`.

    `parts`: the documents that one act makes. Most kinds make one, named ""; a kind that makes several from
    the same content names them (`("fiche", "offre")`), and its `compose` takes the part as a third argument.

    `imports`: its modules that read old documents (`from_word`), each with its `READERS`.

    `corrected_by`: the act that changes one that has left the house (« une délibération rectificative »).
    """

    name: str
    shelf: str
    label: str
    plural: str
    package: str
    feminine: bool = False
    parts: tuple[str, ...] = ("",)
    imports: tuple[str, ...] = ()
    corrected_by: str = ""

    @property
    def registry(self) -> Registry[Acte]:
        """The acts of this kind, as a `Reader` gives them."""
        held = f"{self.package}.acte:Acte"
        return Registry(self.name, f"{self.shelf}/", self.label, held, feminine=self.feminine)

    def acte(self) -> type[Acte]:
        return self.registry.type()

    def check(
        self, entry: Entry[Acte], reader: Reader, sound: Entry[object] | None = None
    ) -> Sequence[Finding]:
        """The legal and consistency findings of one act; `sound`: see `judge_act`."""
        from ctgdocs.rules.records import judge_act  # from here on, pydantic is needed

        return judge_act(entry, reader, f"{self.package}.rules", sound)

    def beginning(self) -> str:
        """The page that a new act begins with: its blanks, and what the house is known for."""
        spec = find_spec(self.package)
        assert spec is not None
        assert spec.origin is not None
        return read_file(Path(spec.origin).with_name("nouveau.yaml")).decode("utf-8")

    def is_finished(self, entry: Entry[Acte]) -> bool:
        """Whether the act was a projet and no longer is: nothing is left to write on its page."""
        return not getattr(entry.value, "projet", True)

    def compose(self, entry: Entry[Acte], reader: Reader, part: str = "") -> Composition | None:
        """What the page says; None when this act has nothing to say under `part`. Called only when `check`
        and validation left no `erreur`."""
        function: Callable[..., Composition | None] = import_module(f"{self.package}.context").compose
        return function(entry, reader) if self.parts == ("",) else function(entry, reader, part)
