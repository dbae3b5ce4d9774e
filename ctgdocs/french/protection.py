"""What typography must not read: URLs, e-mails, file names, code, placeholders, link targets, entities.

Each such span is replaced by one private character while the rules run, then put back in order. A soft span
(code, a placeholder, a tag) is a word to its neighbours; a hard one (a URL) may own the sign glued to it.
"""

from __future__ import annotations

import re
from typing import Final

from ctgdocs.patterns import regex

HARD: Final = "\U000f0000"
SOFT: Final = "\U000f0001"

_EXTENSIONS: Final = (
    "docx?|docm|dotx?|xlsx?|xlsm|pptx?|pdf|odt|ods|odp|csv|tsv|txt|md|ya?ml|json|xml|html?|zip|png|jpe?g|gif|svg|"
    "rtf|eml|msg|py|toml|ini|log|p7s|mp4"
)
_DOMAINS: Final = "fr|com|org|net|eu|info|io|re|bzh|paris|corsica|alsace|gp|mq|yt|gf"
_URL: Final = r"""[^\s<>"«»“”`{}|\\^]*[^\s<>"«»“”`{}|\\^.,;:!?)\]’'*…]"""

_TRIGGER: Final = regex(rf"[@_\\/`{{<\[\]&{HARD}{SOFT}]|[.:]\w")
_SPAN: Final = regex(
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
      | (?<![\w@.+%/\\-])(?=[\w.+%/\\-]*[@_/\\]|[\w-]*\.\w|/)(?:
            [\w.+%-]+@[\w-]+(?:\.[\w-]+)+
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
_MARKS: Final = regex(f"[{HARD}{SOFT}]")


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
