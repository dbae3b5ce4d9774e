"""The rendering room: Word templates in docxtpl's language, compiled once, that lose nothing.

from ctgdocs.rendering import InlineImage, Listing, RichText, Template
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ctgdocs.rendering.template import Template
    from ctgdocs.rendering.values import InlineImage, Listing, RichText, RichTextParagraph

__all__ = ["InlineImage", "Listing", "RichText", "RichTextParagraph", "Template"]


def __getattr__(name: str) -> Any:
    if name == "Template":
        from ctgdocs.rendering.template import Template

        return Template
    if name in __all__:
        from ctgdocs.rendering import values

        return getattr(values, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
