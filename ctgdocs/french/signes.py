"""Signs: apostrophes, quotation marks, the spaces of `: ; ! ?`, ellipses (T1, T2, T3, T24, T25).

Inside the rules every apostrophe is U+2019; a straight house gets its own at the very end.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from ctgdocs.french.profil import NBSP

# --- What typography must not read: URLs, e-mails, file names, code, placeholders, link targets, entities


HARD: Final = "\U000f0000"
SOFT: Final = "\U000f0001"

_EXTENSIONS: Final = (
    "docx?|docm|dotx?|xlsx?|xlsm|pptx?|pdf|odt|ods|odp|csv|tsv|txt|md|ya?ml|json|xml|html?|zip|png|jpe?g|gif|svg|"
    "rtf|eml|msg|py|toml|ini|log|p7s|mp4"
)
_DOMAINS: Final = "fr|com|org|net|eu|info|io|re|bzh|paris|corsica|alsace|gp|mq|yt|gf"
_URL: Final = r"""[^\s<>"«»“”`{}|\\^]*[^\s<>"«»“”`{}|\\^.,;:!?)\]’'*…]"""

_TRIGGER: Final = re.compile(rf"[@_\\/`{{<\[\]&{HARD}{SOFT}]|[.:]\w")
_SPAN: Final = re.compile(
    rf"""
    (?P<soft>
        (?P<ticks>`{{2,9}})[\s\S]{{1,20000}}?(?P=ticks) | `[^`\n]+`                            # code
      | \{{\{{[^{{}}\n]{{0,500}}\}}\}} | \{{%[^\n]{{0,500}}?%\}}                           # Jinja
      | \{{[\w-]+(?::[^{{}}\n]{{0,500}})?\}}                                                # placeholders
      | </?[A-Za-z][^<>\n]{{0,500}}> | <!--[\s\S]{{0,2000}}?-->                                # tags
      | \]\((?:[^()\s]|\([^()\s]{{0,200}}\)){{1,2000}}(?:[ ]+"[^"\n]{{0,300}}")?\)             # link targets
    )
    | (?P<hard>
        [{HARD}{SOFT}]
      | \[(?<![^\n]\[)[^\]\n]{{1,200}}\]:(?=\s)                                                # definitions
      | &(?:[A-Za-z][A-Za-z0-9]{{1,8}}|\#\d{{1,6}}|\#x[0-9A-Fa-f]{{1,6}});                     # entities
      | :(?<!\w:)[a-z][a-z0-9_+-]+:(?!\w)                                                      # :emoji:
      | (?:https?|ftps?|sftp|file)://{_URL} | (?:mailto|tel):{_URL}
      | [A-Za-z]:\\\S* | \\\\\S+
      | (?<![\w@.+%/\\-])(?=[\w.+%/\\-]*[@_/\\]|[\w-]*\.\w|/|[\w.+%'-]{{1,64}}@)(?:
            [\w.+%'-]+@[\w-]+(?:\.[\w-]+)+
          | (?:www\.)[\w-]+{_URL}
          | [\w-]+(?:\.[\w-]+)*\.(?:{_DOMAINS})(?![\w-])(?::\d+)?(?:[/?\#]{_URL})?
          | [\w./\\-]*[\w-]\.(?:{_EXTENSIONS})(?![\w-])
          | [\w.-]*[^\W_]_+[^\W_][\w.-]*(?<![.-])
          | (?!\d{{1,2}}/\d{{1,2}}/\d{{4}}(?!\w))(?:\.{{0,2}}/)?[\w.-]+(?:/[\w.-]+){{2,}}(?<![.-])
        )
    )
    """,
    re.VERBOSE,
)
_MARKS: Final = re.compile(f"[{HARD}{SOFT}]")


def shield(text: str) -> tuple[str, list[str]]:
    """`text` with its untouchable spans replaced by marks, and those spans in order.

    >>> shield("Voir https://exemple.fr/a?b=1 et `x: y`.")[1]
    ['https://exemple.fr/a?b=1', '`x: y`']
    """
    spans: list[str] = []
    if _TRIGGER.search(text) is None:
        return text, spans

    def keep(match: re.Match[str]) -> str:
        spans.append(match[0])
        return SOFT if match["soft"] is not None else HARD

    return _SPAN.sub(keep, text), spans


def unshield(text: str, spans: list[str]) -> str:
    """The marks of `text` replaced by their spans; the rules keep every mark, in order."""
    if not spans:
        return text
    pieces = _MARKS.split(text)
    return "".join(piece for pair in zip(pieces, [*spans, ""], strict=True) for piece in pair)


_ELISION: Final = re.compile(r"['´](?<=[^\W\d_].)(?=[^\W_])")
_SINGLE_PAIR: Final = re.compile(r"'(?<![\w'’].)(?=[^\s'])([^'\n]{1,200})'(?<=[^\s'].)(?![\w'])")
_AFTER_LETTER: Final = re.compile(r"'(?<=[^\W\d_].)(?!')")

_SPACE: Final = "[ \u00a0\u202f\u2009]"
_NO_SIGN_AFTER: Final = r"\s(\[{«“‘'\"\-–—/|\\:;!?<=>#@&+~^`"
_CLOSING: Final = rf"(?=[\s)\]»”’\"*_|.,…{SOFT}]|$)"
_SIGNS: Final = re.compile(
    rf"{_SPACE}(?<=[^{_NO_SIGN_AFTER}]{_SPACE}){_SPACE}*(?P<far>[;!?]+|:){_CLOSING}"
    rf"|[;!?:](?<=[^{_NO_SIGN_AFTER}{HARD}].)(?:(?<!:)[;!?]+)?{_CLOSING}"
)

_QUOTE: Final = re.compile(r"[\"“”«»]|\n[ \t]*\n")
_BLANK: Final = " \t\u00a0\u202f\u2009"
_BEFORE_OPENING: Final = frozenset(" \t\n\u00a0\u202f([{«“‘’'—–-*_|>/")
_AFTER_CLOSING: Final = frozenset(" \t\n\u00a0\u202f)]}»”’.,;:!?…*_|<-–—/" + HARD + SOFT)
_ROUNDS: Final = 8
_CLOSER: Final = {"«": "»", "“": "”", '"': '"'}


def apostrophes(text: str) -> str:
    """Straight apostrophes made typographic; `'mot'` becomes `‘mot’`; feet and minutes (`5'`) stay.

    >>> apostrophes("l'an, aujourd'hui, 'oui', 5' 30")
    "l’an, aujourd’hui, ‘oui’, 5' 30"
    """
    if "'" not in text and "´" not in text:
        return text
    text = _ELISION.sub("’", text)
    while "'" in text:
        before = text
        text = _AFTER_LETTER.sub("’", _SINGLE_PAIR.sub(r"‘\1’", text))
        if text == before:
            break  # what is left are feet, minutes and marks without a pair
    return text


def guillemets(text: str) -> str:
    """Paired quotation marks made French: « » outside, “ ” inside them; a mark without its pair stays.

    >>> guillemets('"la Caf"').replace(NBSP, "~"), guillemets('"il dit "oui" ici"').replace(NBSP, "~")
    ('«~la Caf~»', '«~il dit “oui” ici~»')
    """
    if '"' not in text and "«" not in text and "“" not in text and "»" not in text:
        return text
    for _ in range(_ROUNDS):  # a straight pair made French may pair with a mark that was alone
        before, text = text, _french_quotes(text)
        if text == before:
            break
    return text


def _french_quotes(text: str) -> str:
    pairs, lone = _pair_quotes(text)
    edits: dict[int, str] = {}
    depth_end: list[int] = []
    for start, end in sorted(pairs):
        while depth_end and depth_end[-1] < start:
            depth_end.pop()
        edits[start], edits[end] = ("“", "”") if depth_end else (f"«{NBSP}", f"{NBSP}»")
        depth_end.append(end)
    for index in lone:
        edits[index] = _lone_guillemet(text, index)
    return _apply(text, edits)


def _pair_quotes(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """(start, end) of each matched pair, and the places of the unmatched « and »."""
    pairs: list[tuple[int, int]] = []
    lone: list[int] = []
    opened: list[int] = []
    awaited: Counter[str] = Counter()  # the signs that would close those

    def give_up() -> None:
        lone.extend(index for index in opened if text[index] == "«")
        opened.clear()
        awaited.clear()

    for match in _QUOTE.finditer(text):
        at, sign = match.start(), match[0]
        if sign not in '"“”«»':
            give_up()  # a blank line ends the paragraph
        elif sign in "«“" or (sign == '"' and _opens(text, at) and not (awaited[sign] and _closes(text, at))):
            opened.append(at)  # `"**la Caf**"` ends after a `*`: a straight mark that could open closes
            awaited[_CLOSER[sign]] += 1
        elif not awaited[sign] or (sign == '"' and not _closes(text, at)):
            lone.extend([at] if sign == "»" else [])
        else:
            depth = next(i for i in range(len(opened) - 1, -1, -1) if _CLOSER[text[opened[i]]] == sign)
            awaited.subtract(_CLOSER[text[index]] for index in opened[depth:])
            lone.extend(index for index in opened[depth + 1 :] if text[index] == "«")
            start = opened[depth]
            del opened[depth:]
            if text[start + 1 : at].strip(_BLANK):
                pairs.append((start, at))
    give_up()
    return pairs, lone


def _opens(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    return (at == 0 or text[at - 1] in _BEFORE_OPENING) and bool(after) and not after.isspace()


def _closes(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    return at > 0 and not text[at - 1].isspace() and (not after or after in _AFTER_CLOSING or after == '"')


def _lone_guillemet(text: str, index: int) -> str:
    """The space of a « or » whose pair is elsewhere (a quotation over several paragraphs)."""
    if text[index] == "«":
        return f"«{NBSP}" if text[index + 1 : index + 2].strip() or _blank_then_word(text, index, 1) else "«"
    return f"{NBSP}»" if text[max(index - 1, 0) : index].strip() or _blank_then_word(text, index, -1) else "»"


def _blank_then_word(text: str, index: int, step: int) -> bool:
    at = index + step
    while 0 <= at < len(text) and text[at] in _BLANK:
        at += step
    return 0 <= at < len(text) and text[at] != "\n"


def _apply(text: str, edits: dict[int, str]) -> str:
    """The marks replaced, together with the blanks on their inner side."""
    pieces: list[str] = []
    position = 0
    for index in sorted(edits):
        new = edits[index]
        piece = text[position:index]
        pieces.append(piece.rstrip(_BLANK) if new in ("”", f"{NBSP}»") else piece)
        pieces.append(new)
        position = index + 1
        if new in ("“", f"«{NBSP}"):
            while position < len(text) and text[position] in _BLANK:
                position += 1
    pieces.append(text[position:])
    return "".join(pieces)


def ellipses(text: str) -> str:
    """Three dots, no more, made one sign; a path such as `.../x` stays."""
    return _THREE_DOTS.sub("…", text) if "..." in text else text


_THREE_DOTS: Final = re.compile(r"\.\.\.(?<![.…/\\]...)(?![./\\…])")


def espaces(text: str, fine: str) -> str:
    """A no-break space before `:`, the fine one before `; ! ?`, whether one was typed or not.

    >>> espaces("Objet: CTG ; utile ? À 18:30, 1:2", "_").replace(NBSP, "~")
    'Objet~: CTG_; utile_? À 18:30, 1:2'
    """

    def spaced(match: re.Match[str]) -> str:
        signs = match["far"] or match[0]
        return (NBSP if signs == ":" else fine) + signs

    return _SIGNS.sub(spaced, text)
