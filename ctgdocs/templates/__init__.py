"""The rendering room: Word templates in docxtpl's language, compiled once, that lose nothing.

from ctgdocs.templates import InlineImage, Listing, RichText, Template
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ctgdocs.templates.inspection import inspect
    from ctgdocs.templates.template import Template
    from ctgdocs.templates.values import InlineImage, Listing, RichText, RichTextParagraph

__all__ = ["InlineImage", "Listing", "RichText", "RichTextParagraph", "Template", "inspect"]

_MODULES = {"Template": "template", "inspect": "inspection"}


def __getattr__(name: str) -> Any:
    """Each name is imported when it is asked for: lint and inspection need no Jinja."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'values')}"), name)
