"""Regular expressions that are compiled at their first use, and sought only where they can be found."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Final, cast

_NOTHING: Final[dict[str, object]] = {"search": None, "match": None, "fullmatch": None, "finditer": ()}
"""What each question answers of a text that holds no match."""


def regex(source: str, flags: int = 0, needs: str = "") -> re.Pattern[str]:
    """What `re.compile` gives, later. `needs`: words in small letters, « soit & hausse|baisse »; whatever is
    matched holds one of each group (`tests/house/test_patterns.py` proves it), so that a text without them is
    neither read nor a reason to compile.

    >>> regex("a+").sub("b", "caat"), regex(r"\\bsoit (\\d+)", needs="soit").search("Il en reste 12")
    ('cbt', None)
    """
    groups = tuple(tuple(group.split("|")) for group in needs.split(" & ") if group)
    return cast("re.Pattern[str]", Sought(source, flags, groups))


class Sought:
    def __init__(self, source: str, flags: int, needs: tuple[tuple[str, ...], ...]) -> None:
        self.pattern, self.options, self.needs = source, flags, needs

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.options)

    def __getattr__(self, name: str) -> Callable[..., object]:
        """A method of the pattern, kept: from then on it is called as quickly as any."""
        gated = bool(self.needs) and name in _NOTHING
        method: Callable[..., object] = self._gated(name) if gated else getattr(self.compiled, name)
        setattr(self, name, method)
        return method

    def _gated(self, name: str) -> Callable[..., object]:
        nothing = _NOTHING[name]

        def ask(text: str, *region: int) -> object:
            return getattr(self.compiled, name)(text, *region) if self.may_hold(text) else nothing

        return ask

    def may_hold(self, text: str) -> bool:
        """Whether a text holds one word of each group: a loop, since it is asked of every text."""
        small = folded(text)
        for words in self.needs:
            for word in words:
                if word in small:
                    break
            else:
                return False
        return True


@lru_cache(maxsize=32)
def folded(text: str) -> str:
    """A text in small letters, each as IGNORECASE takes it: `ſ` is `s`, `İ` and `ı` are `i`."""
    return text.lower().replace("i\u0307", "i").replace("ı", "i").replace("ſ", "s")
