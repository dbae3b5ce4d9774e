"""The pen that writes one document: typed text in, French for the page out, problems with their place.

It holds the entry, what the reader gives, the house's French profile, and the findings met on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from collections.abc import Mapping as MappingType
from decimal import Decimal
from typing import TypeVar

from ctgdocs.composing import markdown, tableaux
from ctgdocs.composing.citations import say, unknown, unsaid
from ctgdocs.composing.financement import financing_plan
from ctgdocs.composing.graphiques import FORMS, chart_of
from ctgdocs.composing.inline import Placeholder, scan, substitute
from ctgdocs.composing.pictures import Album
from ctgdocs.composing.voice import Voice
from ctgdocs.content import sheets
from ctgdocs.content.framing import NO_SHEET, Sheet
from ctgdocs.findings import Finding, Stopped
from ctgdocs.french import typographie
from ctgdocs.prose import Block, Chart, ChartForm, ListBlock, Paragraph, Prose, TableBlock
from ctgdocs.stages import Entry, Origin, Reader, Steps
from ctgdocs.vocabulary.actes import LigneDuPlan, Tableau

Rows = tuple[tuple[str, ...], ...]

Said = TypeVar("Said")

Tables = MappingType[str, Tableau]


class Pen(Voice):
    """Writes for one entry, and keeps what it finds wrong in its texts."""

    def __init__(self, entry: Entry[object], reader: Reader) -> None:
        super().__init__(entry, reader)
        self.findings: list[Finding] = []

    def recall(self, key: Hashable, make: Callable[[Pen], Said]) -> Said:
        """What `make` writes with a pen like this one, once for all the acts that say the same: a séance, the
        head of the house. It reports nothing, and `key` says everything it depends on but the registries."""
        return self.reader.recall((key, self._house), lambda apart: make(Pen(self.entry, apart)))

    def words(self, text: str, *path: str | int) -> str:
        """Text as typed at `path`, placeholders said, typography left for later."""
        values = self._values(text, path) if "{" in text or "}" in text else ()
        said = substitute(text, dict(values))
        self.note(said, path, values)
        return said

    def line(self, text: str, *path: str | int) -> str:
        """One line of text as typed at `path`, ready for the page."""
        said = typographie(self.words(text, *path), self.profil)
        return said if self.references is None else self.references.plain(said)

    def prose(self, text: str, *path: str | int, tables: Tables | None = None) -> Prose:
        """Markdown as typed at `path`, ready for the page. `tables`: those of the document, which stand where
        the text cites them alone in a paragraph, the others after it."""
        values: markdown.Values = ()
        if "{" in text or "}" in text:
            values = self._values(text, path, tables)
        prose, problems = markdown.read(text, self.profil, values)
        for problem in problems:
            self.report(problem, *path)
        if "![" in text:
            album = Album(text, self.entry.typed_at(*path)[0].source.path, self.reader)
            prose = album.settled(prose)
            for problem in album.findings:
                self.report(problem, *path)
        others: tuple[Block, ...] = ()
        if tables is not None:
            prose, others = self._with_tables(prose, text, path, tables)
        if "graphique" in text:
            prose = self._with_charts(prose, text, path)
        if self.references is not None:
            prose = self.references.settled(prose)
        self.note(prose, path, values, others)
        return prose

    def note(
        self,
        said: str | Prose,
        path: Steps,
        values: markdown.Values = (),
        tables: tuple[Block, ...] = (),
    ) -> None:
        """Keeps where a text of the page was typed; `values`: what stands there in other words; `tables`:
        those of other fields that stand in it."""
        entry, steps = self.entry.typed_at(*path)
        self.reader.origins.append(Origin(entry.source.path, (*entry.at, *steps), said, values, tables))

    def _values(self, text: str, path: Steps, tables: Tables | None = None) -> markdown.Values:
        found, problems = scan(text)
        for problem in problems:
            self.report(problem, *path)
        values: dict[str, str] = {}
        for placeholder in found:
            later = placeholder.name == "graphique" or (placeholder.name == "tableau" and tables is not None)
            if later or placeholder.typed in values:
                continue
            try:
                values[placeholder.typed] = say(placeholder.name, placeholder.argument, self)
            except Stopped as stopped:
                self._unsaid(stopped, placeholder, path)
        return tuple(values.items())

    def _unsay(self, placeholder: Placeholder, path: Steps) -> None:
        try:
            say(placeholder.name, placeholder.argument, self)
        except Stopped as stopped:
            self._unsaid(stopped, placeholder, path)

    def _unsaid(self, stopped: Stopped, placeholder: Placeholder, path: Steps) -> None:
        for finding in stopped.findings:
            self.report(finding._replace(place=placeholder.place), *path)

    # --- tables -------------------------------------------------------------------------------------

    def _with_tables(
        self, prose: Prose, text: str, path: Steps, tables: Tables
    ) -> tuple[Prose, tuple[Block, ...]]:
        """The prose with the tables of the document in it, and those tables."""
        cited = {f"{{{found.typed}}}": found for found in scan(text)[0] if found.name == "tableau"}
        placed: dict[str, tuple[Block, ...]] = {}

        def settle(block: Block) -> tuple[Block, ...]:
            if isinstance(block, ListBlock):
                items = (tuple(one for inner in item for one in settle(inner)) for item in block.items)
                return (block._replace(items=tuple(items)),)
            if isinstance(block, Paragraph) and len(block.runs) == 1 and block.runs[0].text in cited:
                found = cited[block.runs[0].text]
                if found.argument in tables:
                    placed[found.argument] = self.table(tables[found.argument], "tableaux", found.argument)
                    return placed[found.argument]
            return (block,)

        blocks = tuple(one for block in prose for one in settle(block)) if cited else prose.blocks
        for found in cited.values():
            if found.argument not in tables:
                message = f"le tableau « {found.argument} » n’existe pas"
                stopped = unknown(message, found.argument, tables, "décrivez-le dans « tableaux »")
                self._unsaid(stopped, found, path)
            elif found.argument not in placed:
                self._unsaid(unsaid(f"{{{found.typed}}} doit être seul dans son paragraphe"), found, path)
        left = ((id, table) for id, table in tables.items() if id not in placed)
        rest = [block for id, table in left for block in self.table(table, "tableaux", id)]
        others = (block for found in placed.values() for block in found)
        return Prose((*blocks, *rest)), (*others, *rest)

    def table(self, table: Tableau, *path: str | int) -> tuple[Block, ...]:
        """A table of the document, checked and written in French, and the chart of it that is asked for."""
        block = self._table(table, *path)
        if table.graphique is None:
            return (block,)
        chart, problems = chart_of(block, table.graphique, self.profil)
        self.findings += [one._replace(place=self.entry.place(*path, "graphique")) for one in problems]
        return (block,) if chart is None else (block, chart)

    def _with_charts(self, prose: Prose, text: str, path: Steps) -> Prose:
        """The prose with the charts that it asks for under its tables: « {graphique:barres} »."""
        left = [found for found in scan(text)[0] if found.name == "graphique"]
        blocks: list[Block] = []
        for block in prose:
            text = block.runs[0].text if isinstance(block, Paragraph) and block.runs else ""
            found = next((one for one in left if f"{{{one.typed}}}" == text), None)
            if found is None or not blocks or not isinstance(blocks[-1], TableBlock):
                blocks.append(block)
            else:
                left.remove(found)
                blocks += self._charted(blocks[-1], found, path)
        for found in left:
            self._unsay(found, path)
        return Prose(tuple(blocks))

    def _charted(self, table: TableBlock, found: Placeholder, path: Steps) -> tuple[Chart, ...]:
        form: ChartForm | None = next((one for one in FORMS if one == found.argument), None)
        if form is None:
            message = f"la sorte de graphique « {found.argument} » n’existe pas"
            self._unsaid(
                unknown(message, found.argument, FORMS, "écrivez barres, courbe ou secteurs"), found, path
            )
            return ()
        chart, problems = chart_of(table, form, self.profil)
        for problem in problems:
            self.report(problem._replace(place=found.place), *path)
        return () if chart is None else (chart,)

    def _table(self, table: Tableau, *path: str | int) -> TableBlock:
        caption = self.line(table.titre, *path, "titre") if table.titre else ""
        where = path
        if table.depenses or table.recettes:
            block, problems = financing_plan(
                self._typed_lines(table.depenses, *path, "depenses"),
                self._typed_lines(table.recettes, *path, "recettes"),
                self.profil,
                caption=caption,
            )
        elif table.fichier:
            where = (*path, "fichier")
            block, problems = tableaux.from_sheet(
                self._sheet(table, *path), self.profil, caption=caption, add_total=table.total
            )
        else:
            where = (*path, "lignes")
            rows = self._typed_rows(table, *path)
            block, problems = tableaux.from_texts(rows, self.profil, caption=caption, add_total=table.total)
        for problem in problems:
            at = () if table.fichier or not table.lignes else (problem.place.line - 1,)
            self.findings.append(problem._replace(place=self.entry.place(*where, *at)))
        return block

    def _typed_lines(self, lines: Sequence[LigneDuPlan], *path: str | int) -> list[tuple[str, Decimal]]:
        return [
            (self.words(line.libelle, *path, at, "libelle"), line.montant) for at, line in enumerate(lines)
        ]

    def _typed_rows(self, table: Tableau, *path: str | int) -> Rows:
        return tuple(
            tuple(self.words(cell, *path, "lignes", at, column) for column, cell in enumerate(row))
            for at, row in enumerate(table.lignes)
        )

    def _sheet(self, table: Tableau, *path: str | int) -> Sheet:
        """The table of the file, which stands in the folder of the content; none when it cannot be used."""
        name = table.fichier or ""
        try:
            _, data = sheets.beside(self.entry.typed_at(*path)[0].source.path, name, self.reader)
            return sheets.read_sheet(name, data, table.feuille or "")
        except Stopped as stopped:
            for finding in stopped.findings:
                self.report(finding, *path, "fichier")
            return NO_SHEET

    # --- problems -----------------------------------------------------------------------------------

    def report(self, problem: Finding, *path: str | int) -> None:
        """Keeps what is wrong in the text typed at `path`, at the line of the file where it stands."""
        self.findings.append(self.entry.lift(path, problem))
