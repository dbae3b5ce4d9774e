"""How long the redline of a long convention takes: articles, then actions of a table, a list, two paragraphs.

    python benchmarks/redline.py             # 30, 60 and 120 actions
    python benchmarks/redline.py 240

Two thirds of the paragraphs change by three words, one block in thirty goes. With 120 actions: 244 pages.
The gate is checked too: all accepted is the new document, all rejected the old one.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "redline"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "word"))

from redline_documents import WORDS, Text, docx

from ctgdocs.prose import Block, Cell, ListBlock, Paragraph, Run, TableBlock
from ctgdocs.redline import accept_all, outline, redline, reject_all

FIELDS = (
    "Axe", "Intitulé", "Constat", "Objectifs", "Public", "Pilote", "Partenaires", "Calendrier", "Moyens",
    "Budget", "Financement", "Indicateurs",
)  # fmt: skip
chance = random.Random(4)


def words(number: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(number))


def p(text: str, role: str = "corps") -> Paragraph:
    return Paragraph((Run(text),), role)


def items(number: int, length: int, *, ordered: bool = False) -> ListBlock:
    return ListBlock(tuple((p(words(length)),) for _ in range(number)), ordered=ordered)


def convention(actions: int) -> list[Block]:
    blocks: list[Block] = []
    for rank in range(actions // 2):
        blocks += [
            p(f"Article {rank} {words(4)}", "titre1"),
            *(p(words(90)) for _ in range(7)),
            items(4, 12, ordered=True),
        ]
    for rank in range(actions):
        sheet = TableBlock(tuple((Cell((p(name),)), Cell((p(words(30)),))) for name in FIELDS))
        blocks += [p(f"Fiche action {rank}", "titre2"), p(words(60)), sheet, p(words(80)), items(5, 15)]
    return blocks


def edited(block: Block) -> Block:
    if chance.random() < 0.35 or isinstance(block, ListBlock):
        return block
    if isinstance(block, Paragraph):
        return p(_edited(block), block.role)
    assert isinstance(block, TableBlock)
    return TableBlock(tuple((row[0], Cell((p(_edited(row[1].paragraphs[0])),))) for row in block.rows))


def _edited(paragraph: Paragraph) -> str:
    said = paragraph.runs[0].text.split(" ")
    for _ in range(3):
        said[chance.randrange(len(said))] = chance.choice(WORDS)
    return " ".join(said)


def main(sizes: list[int]) -> None:
    for actions in sizes:
        before = convention(actions)
        after = [edited(block) for block in before if chance.random() > 0.03]
        old, new = docx(Text(tuple(before), "v1")), docx(Text(tuple(after), "v2"))
        start = time.perf_counter()
        woven = redline(old, new, author="Le service", date=dt.date(2026, 12, 1))
        took = time.perf_counter() - start
        sound = outline(accept_all(woven)) == outline(new) and outline(reject_all(woven)) == outline(old)
        verdict = "gate passed" if sound else "gate FAILED"
        print(f"{actions:>4} actions: {took:6.2f} s, {len(woven) >> 10} kB, {verdict}")


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or [30, 60, 120])
