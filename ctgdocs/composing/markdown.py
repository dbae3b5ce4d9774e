"""Long text: Markdown in, `Prose` out, with everything that could not be understood as a `Finding`.

CommonMark and tables, read by markdown-it; footnotes are ours. What would change an agent's text behind
their back is off: raw HTML, entities, indented code, underlined headings, rules and reference links all
stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ctgdocs.composing import pictures
from ctgdocs.composing.inline import MOST_PROBLEMS, as_one_sentence, substitute
from ctgdocs.findings import Finding, Place, Severity, advice
from ctgdocs.french import Profil, typographie
from ctgdocs.prose import Block, ListBlock, Paragraph, Picture, Prose, Run

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


# --- Footnotes of a Markdown text: `[^1]` calls one, `[^1]: its text` on a line of its own writes it


CALL = re.compile(r"\[\^([^\]\s]+)\]")
_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*)")


class Note(NamedTuple):
    """A footnote as typed, and the 0-based line where it stands."""

    label: str
    text: str
    line: int


def take_notes(text: str) -> tuple[str, dict[str, Note], list[Note]]:
    """The text without its footnotes (their lines left blank, so that line numbers stay), the notes by
    label, and the notes whose label was taken already. Indented lines continue a note."""
    if "[^" not in text:
        return text, {}, []
    kept: list[str] = []
    notes: dict[str, Note] = {}
    repeated: list[Note] = []
    open_note: tuple[str, int, list[str]] | None = None

    def close() -> None:
        if open_note:
            note = Note(open_note[0], " ".join(filter(None, open_note[2])), open_note[1])
            if notes.setdefault(note.label, note) is not note:
                repeated.append(note)

    for number, line in enumerate(text.split("\n")):
        if match := _DEFINITION.fullmatch(line):
            close()
            open_note = (match[1], number, [match[2].strip()])
            kept.append("")
        elif open_note and line.startswith("    ") and line.strip():
            open_note[2].append(line.strip())
            kept.append("")
        else:
            if open_note and line.strip():
                close()
                open_note = None
            kept.append(line)
    close()
    return "\n".join(kept), notes, repeated


# --- Bullets as Word and keyboards write them: « • accueil » opens an item, like « - accueil »


_WORD_BULLET = re.compile(r"([ \t]*)([•‣◦▪●·–—])([ \t\u00a0\u202f]*)(\S.*)", re.DOTALL)


_WORD_CIRCLE = re.compile(r"([ \t]{2,})(o)([ \t]+)(\S.*)", re.DOTALL)
"""The bullet of the second level as a keyboard has it, below an item."""


def _as_lists(text: str) -> str:
    """The text with its bullets as those of Markdown; lines stay. A dash that continues a sentence (« – dit
    le maire – ») opens nothing: it does after a blank line, a bullet, or a line that announces a list."""
    if not any(sign in text for sign in "•‣◦▪●·–—") and "  o " not in text:
        return text
    lines: list[str] = []
    opens = True
    for line in text.split("\n"):
        found = _WORD_BULLET.fullmatch(line) or (_WORD_CIRCLE.fullmatch(line) if opens else None)
        listed = found is not None and (found[2] not in "–—·" or (opens and bool(found[3])))
        lines.append(f"{found[1]}- {found[4]}" if found and listed else line)
        opens = (
            listed or not line.strip() or line.rstrip().endswith((":", ";")) or line.lstrip().startswith("- ")
        )
    return "\n".join(lines)


_OFF = ("code", "entity", "hr", "html_block", "html_inline", "lheading", "reference")
_LINKS = ("http://", "https://", "mailto:")
_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|br|p|span|div|a|sup|sub|ul|ol|li|table|tr|td|th|font|h[1-6])\b[^<>]*>",
    re.IGNORECASE,
)
_LAST_HEADING = 4
_DEEPEST = 18
"""Levels of blocks inside blocks: markdown-it drops what stands deeper than 20, and we lose nothing."""

Values = tuple[tuple[str, str], ...]


@lru_cache(maxsize=1024)
def read(text: str, profil: Profil, values: Values = ()) -> tuple[Prose, tuple[Finding, ...]]:
    """The blocks of a text. `values` gives the words of each placeholder (`executif` → « Madame la… »)."""
    words = dict(values)
    reading = _Reading(profil, words, *take_notes(_as_lists(pictures.written(text))))
    blocks = reading.blocks()
    return Prose(blocks), tuple(reading.problems)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(list(_OFF))
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # judged here, with a place
    return parser


@dataclass(slots=True)
class _Look:
    """How the text is being written, between the opening and closing tokens of a paragraph."""

    bold: int = 0
    italic: int = 0
    href: str = ""
    bare: bool = False


class _Reading:
    """One pass over the tokens of one text."""

    def __init__(
        self,
        profil: Profil,
        words: Mapping[str, str],
        text: str,
        notes: dict[str, Note],
        repeated: list[Note],
    ) -> None:
        self.profil, self.words, self.text, self.notes = profil, words, text, notes
        self.problems: list[Finding] = []
        self.called: set[str] = set()
        self.line = 0
        self.within = 0  # lists and tables: where pictures wear no style of their own
        for note in repeated:
            self.problem("note", f"la note [^{note.label}] est écrite deux fois", line=note.line)

    def problem(
        self, code: str, message: str, hint: str = "", *, line: int | None = None, seek: str = "",
        severity: Severity = Severity.ERREUR,
    ) -> None:  # fmt: skip
        if len(self.problems) == MOST_PROBLEMS:
            return
        line = self.line if line is None else line
        lines = self.text.split("\n")
        column = max(lines[line].find(seek), 0) if seek and line < len(lines) else 0
        place = Place("", line + 1, column + 1)
        self.problems.append(Finding(code, severity, message, place, hints=advice(hint)))

    def blocks(self) -> tuple[Block, ...]:
        tokens = _parser().parse(self.text)
        if (deep := next((token for token in tokens if token.level >= _DEEPEST), None)) is not None:
            line = deep.map[0] if deep.map else 0
            self.problem(
                "niveaux",
                "listes ou citations imbriquées trop profondément",
                "trois niveaux suffisent",
                line=line,
            )
        blocks = tuple(self._blocks(iter(tokens), ""))
        for label in self.notes.keys() - self.called:
            note = self.notes[label]
            self.problem(
                "note", f"la note [^{label}] n’est appelée nulle part", f"écrivez [^{label}] dans le texte",
                line=note.line,
            )  # fmt: skip
        return blocks

    # --- blocks -------------------------------------------------------------------------------------

    def _blocks(self, tokens: Iterator[Token], until: str, role: str = "corps") -> Iterator[Block]:
        for token in tokens:
            if token.type == until:
                return
            yield from self._block(token, tokens, role)

    def _block(self, token: Token, tokens: Iterator[Token], role: str) -> Iterator[Block]:
        if token.map:
            self.line = token.map[0]
        if token.type == "paragraph_open":
            yield from self._paragraph(tokens, role)
        elif token.type == "heading_open":
            level = min(int(token.tag[1:]) + 1, _LAST_HEADING)
            yield from self._paragraph(tokens, f"titre{level}")
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            ordered = token.type == "ordered_list_open"
            items = tuple(self._items(tokens, token.type.replace("open", "close"), role))
            yield ListBlock(items, ordered, int(token.attrGet("start") or 1) if ordered else 1)
        elif token.type == "blockquote_open":
            yield from self._blocks(tokens, "blockquote_close", "citation")
        elif token.type == "table_open":
            yield from self._table(tokens)
        elif token.type == "fence":
            lines = token.content.rstrip("\n").split("\n")
            if token.info:  # what stands beside the fence is the author's text too
                lines = [token.info, *(lines if token.content else ())]
            for line in lines:
                yield Paragraph((Run(substitute(line, self.words), code=True),), role)

    def _paragraph(self, tokens: Iterator[Token], role: str) -> Iterator[Paragraph]:
        runs = self._runs(next(tokens))
        next(tokens)
        if role.startswith("titre") and any(run.picture for run in runs):
            self.problem(
                "image", "une image ne peut pas entrer dans un titre", "mettez-la dessous", seek="!["
            )
        if runs:
            yield from pictures.paragraphs(runs, role, apart=not self.within and role == "corps")

    def _items(self, tokens: Iterator[Token], until: str, role: str) -> Iterator[tuple[Block, ...]]:
        for token in tokens:
            if token.type == until:
                return
            self.within += 1
            yield tuple(self._blocks(tokens, "list_item_close", role))
            self.within -= 1

    def _table(self, tokens: Iterator[Token]) -> Iterator[Block]:
        from ctgdocs.composing import tableaux

        line = self.line
        rows: list[list[tuple[Run, ...]]] = []
        aligns: list[str] = []
        for token in tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
                self.line = token.map[0] if token.map else self.line
            elif token.type in ("th_open", "td_open"):
                if token.type == "th_open":
                    aligns.append(str(token.attrGet("style") or "").removeprefix("text-align:"))
                rows[-1].append(self._runs(next(tokens)))
        table, problems = tableaux.from_markdown(rows, aligns, self.profil, line)
        self.problems += problems
        yield table

    # --- inside a paragraph -------------------------------------------------------------------------

    def _runs(self, inline: Token) -> tuple[Run, ...]:
        if inline.map:
            self.line = inline.map[0]
        runs: list[Run] = []
        opaque: list[bool] = []
        for run, closed in self._pieces(inline.children or (), _Look()):
            if runs and not closed and not opaque[-1] and _same_look(run, runs[-1]):
                runs[-1] = _run(runs[-1].text + run.text, run)
            else:
                runs.append(run)
                opaque.append(closed)
        if not runs or (len(runs) == 1 and runs[0].text.startswith(("{tableau:", "{graphique:"))):
            return tuple(runs)
        return as_one_sentence(runs, opaque, self.profil)

    def _pieces(self, tokens: Iterable[Token], look: _Look) -> Iterator[tuple[Run, bool]]:
        for token in tokens:
            if token.type == "text":
                yield from self._text(token.content, look)
            elif token.type == "softbreak":
                self.line += 1
                yield Run(" ", look.bold > 0, look.italic > 0, href=look.href), False
            elif token.type == "hardbreak":
                self.line += 1
                yield Run("", line_break=True), True
            elif token.type == "code_inline":
                text = substitute(token.content, self.words)
                yield Run(text, look.bold > 0, look.italic > 0, code=True, href=look.href), True
            elif token.type == "image":
                alt = typographie(substitute(token.content, self.words), self.profil)
                yield Run("", picture=Picture(str(token.attrGet("src") or ""), alt)), True
            else:
                self._change(token, look)

    def _change(self, token: Token, look: _Look) -> None:
        if token.type in ("strong_open", "strong_close"):
            look.bold += token.nesting
        elif token.type in ("em_open", "em_close"):
            look.italic += token.nesting
        elif token.type == "link_open":
            href = str(token.attrGet("href") or "")
            look.bare = token.info == "auto"
            if href.lower().startswith(_LINKS):
                look.href = href
            else:
                self.problem(
                    "lien", f"le lien « {href} » n’est pas une adresse http, https ou mailto",
                    "écrivez l’adresse entière : https://…", seek="](",
                )  # fmt: skip
        elif token.type == "link_close":
            look.href, look.bare = "", False

    def _text(self, text: str, look: _Look) -> Iterator[tuple[Run, bool]]:
        for index, piece in enumerate(CALL.split(text) if "[^" in text else (text,)):
            if index % 2:
                yield self._note(piece, look)
            elif piece:
                if "<" in piece and (tag := _TAG.search(piece)):
                    self.problem(
                        "balise", f"la balise {tag[0]} sera imprimée telle quelle",
                        "pour du gras, écrivez **gras** ; pour de l’italique, *italique*",
                        seek=tag[0], severity=Severity.ALERTE,
                    )  # fmt: skip
                words = substitute(piece, self.words)
                yield Run(words, look.bold > 0, look.italic > 0, href=look.href), look.bare

    def _note(self, label: str, look: _Look) -> tuple[Run, bool]:
        note = self.notes.get(label)
        if note is None:
            self.problem(
                "note", f"la note [^{label}] n’est pas écrite",
                f"ajoutez une ligne « [^{label}]: texte de la note »", seek=f"[^{label}]",
            )  # fmt: skip
            return Run(f"[^{label}]"), True
        self.called.add(label)
        line = self.line
        runs = self._runs(_parser().parseInline(note.text)[0])
        self.line = line
        if any(run.picture for run in runs):
            self.problem(
                "image", "une image ne peut pas entrer dans une note", "mettez-la dans le texte", seek="!["
            )
        return Run("", note=(Paragraph(runs, "note"),)), True


def _same_look(one: Run, other: Run) -> bool:
    return (one.bold, one.italic, one.href, one.code) == (
        other.bold,
        other.italic,
        other.href,
        other.code,
    ) and not (other.note or other.line_break or one.note or one.line_break)


def _run(text: str, like: Run) -> Run:
    return Run(text, like.bold, like.italic, href=like.href)


# --- where each paragraph of a text was typed


class Lines(NamedTuple):
    """The lines, from 0, where one paragraph of a text was typed (`end` is after the last). `cell`: its rank
    in a row of a table, -1 out of one; `depth`: of how many lists it is in."""

    start: int
    end: int
    cell: int = -1
    depth: int = 0
    ordered: bool = False


@lru_cache(maxsize=256)
def lines_of(text: str) -> tuple[Lines, ...]:
    """Where the paragraphs that `read` makes of a text were typed, in the order of the page; its notes, which
    the page sets apart, left out."""
    rest, _, _ = take_notes(_as_lists(pictures.written(text)))
    found: list[Lines] = []
    lists: list[bool] = []
    cell = -1
    for token in _parser().parse(rest):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token.type == "ordered_list_open")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type in ("tr_open", "tr_close"):
            cell = -1
        elif token.type in ("th_open", "td_open"):
            cell += 1
        elif token.type == "inline" and token.map:
            in_table = cell if token.level > 2 and cell >= 0 else -1
            found.append(Lines(token.map[0], token.map[1], in_table, len(lists), bool(lists) and lists[-1]))
        elif token.type == "fence" and token.map:
            found += [Lines(line, line + 1) for line in range(token.map[0] + 1, token.map[1] - 1)]
    return tuple(found)


@lru_cache(maxsize=256)
def notes_of(text: str) -> tuple[tuple[int, int], ...]:
    """Where the words of each note of a text were typed, from a character to another."""
    _, notes, _ = take_notes(text)
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found = []
    for note in notes.values():
        last = note.line
        while last + 1 < len(lines) and lines[last + 1].startswith("    ") and lines[last + 1].strip():
            last += 1
        opening = _DEFINITION.fullmatch(lines[note.line])
        start = starts[note.line] + (opening.start(2) if opening else 0)
        found.append((start, starts[last] + len(lines[last].rstrip())))
    return tuple(found)
