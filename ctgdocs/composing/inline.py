"""Runs of one paragraph, typeset as one sentence.

French spacing does not stop where bold stops: `**oui** ;` wants its thin space between two runs, and
`« **oui** »` its no-break spaces around one. So the text of a paragraph is typeset whole, then cut again
where the runs were. Code, bare addresses and footnote calls are opaque: they stand in the sentence as one
object character, which nothing corrects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.french import Profil, typographie
from ctgdocs.prose import Run
from ctgdocs.vocabulary.as_typed import nearest

# --- The grammar of `{placeholders}`: a fixed list of names, one plain argument, never an expression


PLACEHOLDERS: dict[str, str] = {
    # name → what it says, as the guide lists it; a name that takes an argument shows one
    "executif": "« Madame la Présidente », « Monsieur le Maire »",
    "collectivite": "le nom de la collectivité",
    "deliberation:2022-031": "« la délibération n° 2022-031 du 15 décembre 2022 »",
    "convention:ctg-2022-2026": "la convention et sa date",
    "montant:12500": "« 12 500 € » ; ou un montant du dossier, par son nom : {montant:reste-a-charge}",
    "montant_en_lettres:12500": "« douze mille cinq cents euros (12 500 €) »",
    "date:2026-12-31": "« 31 décembre 2026 » ; ou une étape du dossier, par son nom : {date:ouverture}",
    "partenaire:caf-82": "le nom du partenaire",
    "elu:durand-claire": "« Mme Claire Durand »",
    "instance:copil-ctg": "« comité de pilotage de la CTG »",
    "commune:esparnac": "le nom de la commune",
    "visa:cgct-l5211-1": "le texte du visa, sans « Vu »",
    "tableau:plan-de-financement": "le tableau, seul dans son paragraphe",
    "graphique:barres": "le graphique du tableau qui précède (barres, courbe ou secteurs)",
    "annexe:1": "« l’annexe 1 », par son rang ou son identifiant",
    "article:duree": "« l’article 10 » d’une convention ; suit la numérotation",
}
NAMES: dict[str, bool] = {sample.partition(":")[0]: ":" in sample for sample in PLACEHOLDERS}
"""Each name, and whether it takes an argument."""

_BRACES = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")
_FORM = re.compile(r"\s*([\w-]+)\s*(?::\s*(.*\S)\s*)?", re.DOTALL)


MOST_PROBLEMS = 100
"""Of one text: whoever has mended so many sees the next ones."""


class Placeholder(NamedTuple):
    """One `{name:argument}`; `typed` is what stands between the braces."""

    typed: str
    name: str
    argument: str
    place: Place


@lru_cache(maxsize=4096)
def scan(text: str) -> tuple[tuple[Placeholder, ...], tuple[Finding, ...]]:
    """Every placeholder of a text, and what is wrong with its braces."""
    found: list[Placeholder] = []
    problems: list[Finding] = []
    for match in _BRACES.finditer(text):
        if len(problems) == MOST_PROBLEMS:
            break
        if match[0] in ("{{", "}}"):
            continue
        place = Place.inside(text, match.start())
        if match[1] is None:
            problems.append(
                Finding(
                    "accolade",
                    Severity.ERREUR,
                    f"accolade « {match[0]} » isolée",
                    place,
                    hints=(f"pour une accolade dans le texte, doublez-la : {match[0] * 2}",),
                )
            )
            continue
        form = _FORM.fullmatch(match[1])
        name, argument = (form[1], form[2] or "") if form else (match[1], "")
        if (wrong := _wrong(match[0], name, argument)) is not None:
            message, hint = wrong
            problems.append(Finding("champ-de-texte", Severity.ERREUR, message, place, hints=(hint,)))
        else:
            found.append(Placeholder(match[1], name, argument, place))
    return tuple(found), tuple(problems)


def _wrong(typed: str, name: str, argument: str) -> tuple[str, str] | None:
    """(message, hint) for what is no placeholder."""
    if name not in NAMES:
        near = nearest(name, NAMES)
        brace = "pour une vraie accolade, doublez-la"
        known = f"noms connus : {', '.join(NAMES)} ; {brace}"
        return f"{typed} n’existe pas", f"vouliez-vous dire {{{near}}} ?" if near else known
    if NAMES[name] and not argument:
        sample = next(sample for sample in PLACEHOLDERS if sample.startswith(f"{name}:"))
        return f"{typed} est incomplet", f"par exemple {{{sample}}}"
    if argument and not NAMES[name]:
        return f"{typed} : « {name} » ne prend rien après lui", f"écrivez {{{name}}}"
    return None


def substitute(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders replaced (`values`: what stands between the braces → words) and its
    doubled braces made single. A placeholder without a value stays as typed; an article typed before one that
    brings its own is not said twice, and « en annexe 3 » takes none.

    >>> substitute("décrit en {annexe:plan}", {"annexe:plan": "l’annexe 3"})
    'décrit en annexe 3'
    >>> substitute("Vu la {deliberation:1}", {"deliberation:1": "la délibération n° 1"})
    'Vu la délibération n° 1'
    """
    if "{" not in text and "}" not in text:
        return text

    def words(match: re.Match[str]) -> str:
        if match[0] in ("{{", "}}"):
            return match[0][0]
        said = match[0] if match[1] is None else values.get(match[1], match[0])
        before = text[: match.start()]
        twice = said.startswith("la ") and before.split(" ")[-2:] in (["la", ""], ["La", ""])
        if twice or (match[0].startswith(_CITED) and _BARE.search(before)):
            return re.sub(r"^(?:la |l’)", "", said)
        return said

    return _BRACES.sub(words, text)


_CITED = ("{article:", "{annexe:")
_BARE = re.compile(r"\ben\s+$|\(\s?$", re.IGNORECASE)
"""Before « annexe 3 » without its article: « en annexe 3 », « (annexe 3) »."""

OBJECT = "\ufffc"
"""Unicode's own stand-in for an object inside a text."""

_REACH = 32
"""How far, in characters, two versions of a sentence are searched for the place where they meet again."""

_SAME = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'", "\u2011": "-"})


def as_one_sentence(runs: Sequence[Run], opaque: Sequence[bool], profil: Profil) -> tuple[Run, ...]:
    """The runs with French typography; `opaque` says which ones are left exactly as they are."""
    if len(runs) == 1:
        return tuple(runs) if opaque[0] else (_saying(typographie(runs[0].text, profil), runs[0]),)
    done: list[Run] = []
    start = 0
    for index, run in enumerate(runs):
        if run.line_break:
            done += _one_line(runs[start:index], opaque[start:index], profil)
            done.append(run)
            start = index + 1
    done += _one_line(runs[start:], opaque[start:], profil)
    return tuple(done)


def _saying(text: str, run: Run) -> Run:
    """The run with another text; what is never opaque carries neither code, note nor line break."""
    return Run(text, run.bold, run.italic, href=run.href)


def _one_line(runs: Sequence[Run], opaque: Sequence[bool], profil: Profil) -> list[Run]:
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
