"""Regular expressions that are compiled at their first use, and sought only where they can be found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache


def regex(source: str, flags: int = 0, needs: str = "") -> Sought:
    """What `re.compile` gives, later. `needs`: words in small letters, « soit & hausse|baisse »; whatever is
    matched holds one of each group (`tests/house/test_patterns.py` proves it), so that a text without them is
    neither read nor a reason to compile.

    >>> regex("a+").sub("b", "caat"), regex(r"\\bsoit (\\d+)", needs="soit").search("Il en reste 12")
    ('cbt', None)
    """
    groups = tuple(tuple(group.split("|")) for group in needs.split(" & ") if group)
    return Sought(source, flags, groups)


class Sought:
    """The questions of a compiled pattern. A pattern that every text is asked is better compiled at once."""

    def __init__(self, source: str, flags: int, needs: tuple[tuple[str, ...], ...]) -> None:
        self.pattern, self.options, self.needs = source, flags, needs

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.options)

    def search(self, text: str, *region: int) -> re.Match[str] | None:
        return self.compiled.search(text, *region) if self.may_hold(text) else None

    def match(self, text: str, *region: int) -> re.Match[str] | None:
        return self.compiled.match(text, *region) if self.may_hold(text) else None

    def fullmatch(self, text: str, *region: int) -> re.Match[str] | None:
        return self.compiled.fullmatch(text, *region) if self.may_hold(text) else None

    def finditer(self, text: str, *region: int) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(text, *region) if self.may_hold(text) else iter(())

    def findall(self, text: str) -> list[str]:
        return self.compiled.findall(text)

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        return self.compiled.split(text, maxsplit)

    def sub(self, repl: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        return self.compiled.sub(repl, text, count)

    def may_hold(self, text: str) -> bool:
        """Whether a text holds one word of each group: a loop, since it is asked of every text."""
        small = folded(text) if self.needs else ""
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
