"""One document being written: the rich values it printed, and the relationships and parts they need."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html import escape
from itertools import count

from markupsafe import Markup

from ctgdocs.findings import TemplateError
from ctgdocs.prose import Chart, Picture, Prose
from ctgdocs.templates.budget import spend
from ctgdocs.templates.charts import (
    CHART_TYPE,
    WORKBOOK_TYPE,
    ChartLook,
    chart_part,
    chart_relations,
    frame,
    workbook,
)
from ctgdocs.templates.frames import picture
from ctgdocs.templates.layout import open_paragraph, run_look
from ctgdocs.templates.prose import ProseWriter
from ctgdocs.templates.stock import Drawn, Stock
from ctgdocs.templates.values import HeldProse, HeldValue, InlineImage
from ctgdocs.word.names import CONTENT_TYPES, OFFICE, RELS_NS, rels_name
from ctgdocs.word.package import Package
from ctgdocs.word.safety import may_lead_to, relationships

_CELL_WIDTH = re.compile(r"<w:tcW [^>]*>")
_WIDTH_FACT = re.compile(r'w:(w|type)="(\w+)"')
_NO_MARGIN = 'distT="0" distB="0" distL="0" distR="0"'  # LibreOffice adds some where nothing is said
_ALL_OF_IT = 5000  # fiftieths of a percent
_CELL_MARGINS = 240
_MARK = re.compile("\x01(\\d+)\x02")
_LOST = re.compile(r"<w:(?:drawing|pict|object|fldChar|footnoteReference|endnoteReference)[ />]")
_SECTION = re.compile(r"<w:sectPr.*?</w:sectPr>", re.DOTALL)
_NOTE = re.compile(rb'<w:(footnote|endnote)\b[^>]*?w:id="([^"]*)"')
_WHOLE_NOTE = re.compile(rb'<w:(footnote|endnote)\b[^>]*?w:id="([^"]*)".*?</w:\1>', re.DOTALL)
_TEXT = re.compile(r"<[^>]*>")
_BOX = re.compile(r"(?:^|<w:txbxContent).*</w:txbxContent>", re.DOTALL)
_LAST_TAG = re.compile(r"<w:t(?: [^>]*)?>")


class Session:
    """Lives for one `Template.render`, in one thread; its values see it as a `Page`."""

    def __init__(self, stock: Stock, *, ordinals: bool = False) -> None:
        self._styled = stock.styled
        self._stock = self._styled if ordinals else stock
        self._held: list[HeldValue] = []
        self._links: dict[str, list[tuple[str, str, str]]] = {}
        self._writer = ProseWriter(stock.look, self, ordinals=ordinals)
        self._changed: Package = {}
        self._written: list[str] = []  # the part, up to the value being written
        self.part = ""
        self.has_markup = False
        self.has_subdocuments = False
        self.repeats = False
        self.whole: set[str] = set()
        """The parts that are XML as their program made them."""

    # --- rich values ----------------------------------------------------------------------------------

    def hold(self, value: HeldValue) -> Markup:
        """A mark to print now; the value's markup takes its place in `settle`."""
        if isinstance(value, HeldProse):
            self._stock = self._styled  # before any relationship is made on parts that it adds to
        self._held.append(value)
        return Markup(f"\x01{len(self._held) - 1}\x02")

    def settle(self, xml: str) -> str:
        """The part's XML with each rich value at its mark, in a form that fits the place."""
        pieces = _MARK.split(xml)
        if len(pieces) == 1:
            return xml
        out = [pieces[0]]
        for index in range(1, len(pieces), 2):
            number = int(pieces[index])
            if number >= len(self._held):
                raise TemplateError("une valeur contient un caractère de contrôle interdit")
            rest = self._put(self._held[number], out, pieces[index + 1])
            out.append(rest)
        return "".join(out)

    def _put(self, value: HeldValue, out: list[str], rest: str) -> str:
        """Adds the value's markup to `out`; gives what is left of the text that follows."""
        before = _tail(out)
        in_tag = before.rfind("<") > before.rfind(">")
        paragraph = open_paragraph(before, len(before))
        text = _LAST_TAG.match(before, before.rfind("<")) is not None
        if in_tag or not self.part.startswith("word/"):
            raise TemplateError("une valeur riche ne peut pas être imprimée ici : il y faut du texte simple")
        if isinstance(value, HeldProse) and "<w:keepNext/>" in before[max(paragraph, 0) :] and paragraph >= 0:
            value = HeldProse(value.prose, keep=True)
        self._written = out
        xml = value.markup(self)
        spend(len(xml))
        if value.block:
            return self._put_block(xml, out, before, paragraph, rest)
        if text:
            following, _, closed = rest.partition("</w:t>")
            look = run_look(before, len(before)) if following.strip() or not closed else ""
            out.append(f'</w:t></w:r>{xml}<w:r>{look}<w:t xml:space="preserve">')
        else:
            out.append(xml if paragraph >= 0 else f"<w:p>{xml}</w:p>")
        return rest

    @staticmethod
    def _put_block(xml: str, out: list[str], before: str, paragraph: int, rest: str) -> str:
        """Blocks take the place of the paragraph that holds their mark, which must hold nothing else."""
        if paragraph < 0:
            out.append(xml)
            return rest
        end = rest.find("</w:p>")
        around = before[paragraph:] + rest[: max(end, 0)]
        if end < 0 or _TEXT.sub("", around).strip() or _LOST.search(around):
            raise TemplateError(
                "un texte long doit être seul dans son paragraphe",
                hint="mettez la balise seule dans un paragraphe, et écrivez-la {{p … }}",
            )
        section = _SECTION.search(around)
        out[-1] = before[:paragraph]
        out.append(xml)
        if section:
            out.append(f"<w:p><w:pPr>{section[0]}</w:pPr></w:p>")
        return rest[end + len("</w:p>") :]

    def prose(self, prose: Prose, keep: bool = False) -> str:
        """Block-level XML of a `Prose` in the current part; `keep` keeps its end with what follows."""
        return self._writer.write(prose, part=self.part, keep_next=keep)

    def picture(self, image: InlineImage) -> str:
        """The frame of a picture in the current part, its file added to the document."""
        return picture(image, self)

    def drawn(self, picture: Picture, width: int, height: int) -> str:
        """The frame of a picture of long text, in EMU, its file added to the document."""
        image = InlineImage.of(picture._replace(width=width, height=height))
        return self.picture(image).replace("<wp:inline ", f"<wp:inline {_NO_MARGIN} ", 1)

    def charted(self, chart: Chart, look: ChartLook, width: int, height: int) -> str:
        """The drawing of a chart in the current part, in EMU; its part and its workbook join the document."""
        taken = {**self._stock.package, **self._changed}
        number = next(n for n in count(1) if f"word/charts/chart{n}.xml" not in taken)
        name, book = f"word/charts/chart{number}.xml", f"word/embeddings/graphique{number}.xlsx"
        self._changed[name] = chart_part(chart, look)
        self._changed[rels_name(name)] = chart_relations(f"../embeddings/graphique{number}.xlsx")
        self._changed[book] = workbook(chart)
        self._declare("xlsx", WORKBOOK_TYPE)
        self._say_type(f'<Override PartName="/{name}" ContentType="{CHART_TYPE}"/>')
        target = posixpath.relpath(name, posixpath.dirname(self.part))
        relation = self._relate(OFFICE + "chart", target, external=False)
        return frame(chart, relation, width, height)

    def room(self) -> int:
        """The width of the template's cell where a value is being written, in twips; 0 out of a table."""
        before = "".join(self._written)
        cell = before.rfind("<w:tc>")
        if cell <= before.rfind("</w:tc>"):
            return 0
        found = _CELL_WIDTH.search(before, cell)
        asked = dict(_WIDTH_FACT.findall(found[0])) if found else {}
        if not asked.get("w", "").isdecimal():
            asked.clear()
        across = self._stock.look.text_width
        if asked.get("type") == "pct":
            across = across * int(asked["w"]) // _ALL_OF_IT
        elif asked.get("type") == "dxa":
            across = int(asked["w"])
        return max(across - _CELL_MARGINS, _CELL_MARGINS)

    # --- relationships and parts ----------------------------------------------------------------------

    def link(self, url: str) -> str:
        """The id, in the current part, of a hyperlink to an address of the web, or a mail address."""
        if not may_lead_to(url):
            raise TemplateError(f"un lien ne peut mener qu’au web ou à une adresse électronique ({url})")
        return self._relate(OFFICE + "hyperlink", url, external=True)

    def add_image(self, data: bytes, ending: str, media_type: str) -> str:
        """The id, in the current part, of a picture; the same file is stored once."""
        added = {name: part for name, part in self._changed.items() if name.startswith("word/media/")}
        names = {**self._stock.media, **added}
        name = next((n for n, known in names.items() if known == data), "")
        if not name:
            number = next(n for n in range(1, len(names) + 2) if not any(_is_numbered(k, n) for k in names))
            name = f"word/media/image{number}.{ending}"
            self._changed[name] = data
            self._declare(ending, media_type)
        target = posixpath.relpath(name, posixpath.dirname(self.part))
        return self._relate(OFFICE + "image", target, external=False)

    def _relate(self, kind: str, target: str, *, external: bool) -> str:
        known = self._links.get(self.part)
        if known is None:
            data = self.current(rels_name(self.part))
            known = self._links[self.part] = [
                (r.get("Id", ""), r.get("Type", ""), r.get("Target", ""))
                for r in (relationships(data) if data else ())
            ]
        for id, its_kind, its_target in known:
            if its_kind == kind and its_target == target:
                return id
        ids = {id for id, _, _ in known}
        id = next(f"rId{n}" for n in range(1, len(known) + 2) if f"rId{n}" not in ids)
        known.append((id, kind, target))
        mode = ' TargetMode="External"' if external else ""
        node = f'<Relationship Id="{id}" Type="{kind}" Target="{escape(target)}"{mode}/>'
        self._insert(rels_name(self.part), node, f'<Relationships xmlns="{RELS_NS}"></Relationships>')
        return id

    def _declare(self, ending: str, media_type: str) -> None:
        types = self.current(CONTENT_TYPES).decode("utf-8")
        if not re.search(rf'<Default\b[^>]*Extension="{re.escape(ending)}"', types, re.I):
            self._say_type(f'<Default Extension="{ending}" ContentType="{media_type}"/>')

    def _say_type(self, node: str) -> None:
        types = self.current(CONTENT_TYPES).decode("utf-8")
        start = types.index(">", types.index("<Types")) + 1
        self._changed[CONTENT_TYPES] = (types[:start] + node + types[start:]).encode("utf-8")

    def current(self, name: str) -> bytes:
        """A part as it stands now."""
        return self._changed.get(name) or self._stock.package.get(name, b"")

    def _insert(self, name: str, node: str, empty: str) -> None:
        xml = self.current(name).decode("utf-8") or empty
        xml = re.sub(r"<Relationships([^>]*)/>\s*$", r"<Relationships\1></Relationships>", xml)
        end = xml.rindex("</")
        self._changed[name] = (xml[:end] + node + xml[end:]).encode("utf-8")

    def package(self) -> bytes:
        """The document as it stands, its rendered parts not yet in it: for a sub-document to join."""
        return self._stock.write(self._changed)

    def adopt(self, parts: Mapping[str, bytes]) -> None:
        """Takes over parts that a sub-document changed."""
        self._changed.update(parts)
        self._links.clear()
        self.has_subdocuments = True

    def finish(self, rendered: Mapping[str, bytes]) -> Drawn:
        """The document: its rendered parts, and what its values added."""
        parts = {**rendered, **self._changed}
        parts.update({n: _with_notes(rendered[n], self._changed[n]) for n in rendered if n in self._changed})
        parts.update(self._writer.finish({**self._stock.package, **parts}))
        return Drawn(self._stock, parts)


def _with_notes(rendered: bytes, grown: bytes) -> bytes:
    """A rendered notes part with the notes that a sub-document added to the template's."""
    known = set(_NOTE.findall(rendered))
    added = [note[0] for note in _WHOLE_NOTE.finditer(grown) if note[2] not in {id for _, id in known}]
    end = rendered.rindex(b"</")
    return rendered[:end] + b"".join(added) + rendered[end:]


def _tail(out: list[str]) -> str:
    """What stands before the mark, back to the beginning of its paragraph: the last piece of `out`."""
    while len(out) > 1 and not _has_edge(out[-1]):
        last = out.pop()
        out[-1] += last
    return out[-1]


def _has_edge(xml: str) -> bool:
    """Whether a paragraph begins or ends here; those of a text box are inside another."""
    if "</w:txbxContent>" in xml:
        xml = _BOX.sub("", xml)
    return "</w:p>" in xml or "<w:p>" in xml or "<w:p " in xml


def _is_numbered(name: str, number: int) -> bool:
    return posixpath.basename(name).rpartition(".")[0] == f"image{number}"
