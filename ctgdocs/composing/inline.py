"""Runs of one paragraph, typeset as one sentence.

French spacing does not stop where bold stops: `**oui** ;` wants its thin space between two runs, and
`« **oui** »` its no-break spaces around one. So the text of a paragraph is typeset whole, then cut again
where the runs were. Code, bare addresses and footnote calls are opaque: they stand in the sentence as one
object character, which nothing corrects.
"""

from __future__ import annotations

from collections.abc import Sequence

from ctgdocs.french import Profil, typographie
from ctgdocs.stages import Run

OBJECT = "\ufffc"
"""Unicode's own stand-in for an object inside a text."""

_REACH = 32
"""How far, in characters, two versions of a sentence are searched for the place where they meet again."""

_SAME = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'", "\u2011": "-"})


def typeset(runs: Sequence[Run], opaque: Sequence[bool], profil: Profil) -> tuple[Run, ...]:
    """The runs with French typography; `opaque` says which ones are left exactly as they are."""
    if len(runs) == 1:
        return tuple(runs) if opaque[0] else (_saying(typographie(runs[0].text, profil), runs[0]),)
    done: list[Run] = []
    start = 0
    for index, run in enumerate(runs):
        if run.line_break:
            done += _typeset_line(runs[start:index], opaque[start:index], profil)
            done.append(run)
            start = index + 1
    done += _typeset_line(runs[start:], opaque[start:], profil)
    return tuple(done)


def _saying(text: str, run: Run) -> Run:
    """The run with another text; what is never opaque carries neither code, note nor line break."""
    return Run(text, run.bold, run.italic, href=run.href)


def _typeset_line(runs: Sequence[Run], opaque: Sequence[bool], profil: Profil) -> list[Run]:
    texts = [OBJECT if closed else run.text for run, closed in zip(runs, opaque, strict=True)]
    typed = "".join(texts)
    if not typed:
        return list(runs)
    corrected = typographie(typed, profil)
    ends: list[int] = []
    for text in texts[:-1]:
        ends.append((ends[-1] if ends else 0) + len(text))
    cuts = [(0, 0), *meetings(typed, corrected, ends), (len(corrected), len(corrected))]
    done: list[Run] = []
    for index, run in enumerate(runs):
        closed = opaque[index]
        start = cuts[index][0] if not closed and index and opaque[index - 1] else cuts[index][1]
        if closed:
            done.append(run)
            between = corrected[cuts[index + 1][0] : cuts[index + 1][1]]
            if between and index + 1 < len(runs) and opaque[index + 1]:
                done.append(Run(between))
        elif text := corrected[start : cuts[index + 1][1]]:
            done.append(_saying(text, run))
    return done


def meetings(typed: str, corrected: str, cuts: Sequence[int]) -> list[tuple[int, int]]:
    """Where each cut of `typed` falls in `corrected`: after the character before it, and before the
    character after it (they differ when the correction put something between the two)."""
    folded, target = typed.translate(_SAME), corrected.translate(_SAME)
    if folded == target:
        return [(cut, cut) for cut in cuts]
    after, before = _alignment(folded, target)
    return [(after[cut], before[cut]) for cut in cuts]


def _alignment(typed: str, corrected: str) -> tuple[list[int], list[int]]:
    """For each boundary of `typed`, the boundary of `corrected` that closes what stands before it, and the
    one that opens what stands after it."""
    after, before = [0] * (len(typed) + 1), [0] * (len(typed) + 1)
    i = j = 0
    while i < len(typed) and j < len(corrected):
        if typed[i] == corrected[j]:
            before[i] = j
            i, j = i + 1, j + 1
            after[i] = j
            continue
        skip, jump = _next_meeting(typed, corrected, i, j)
        for step in range(skip):
            before[i + step] = min(j + step, j + jump)
            after[i + step + 1] = min(j + step + 1, j + jump)
        if skip:
            after[i + skip] = j + jump
        i, j = i + skip, j + jump
    for rest in range(i, len(typed) + 1):
        before[rest] = len(corrected)
        if rest > i:
            after[rest] = len(corrected)
    return after, before


def _next_meeting(typed: str, corrected: str, i: int, j: int) -> tuple[int, int]:
    """The smallest numbers of characters to leave on each side before the two texts say the same again:
    the same letter or digit, or the same two signs."""
    for total in range(1, _REACH):
        for skip in range(min(total, len(typed) - i) + 1):
            here, there = typed[i + skip : i + skip + 2], corrected[j + total - skip : j + total - skip + 2]
            if here == there or (here[:1] == there[:1] and here[:1].isalnum()):
                return skip, total - skip
    return len(typed) - i, len(corrected) - j
