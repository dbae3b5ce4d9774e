"""Word templates in docxtpl's language, compiled once, that lose nothing. The door: nothing behind it is
imported from outside.

    document, findings = Template.load("deliberation.docx", charte="charte.docx").render_checked(context)

`lint` says what is wrong in a template, `annotate` writes it in the file, `describe` and `fields` what it
uses and may use; `ROLES` are the styles a page is made of.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ctgdocs.templates.stock import Drawn
from ctgdocs.templates.template import Template
from ctgdocs.templates.values import InlineImage, Listing, RichText, RichTextParagraph

if TYPE_CHECKING:
    from ctgdocs.templates.charte_facts import CharteFacts, facts_of_charte
    from ctgdocs.templates.drafting import draft
    from ctgdocs.templates.expressions import Field, fields
    from ctgdocs.templates.linting import Description, annotate, describe, lint
    from ctgdocs.templates.roles import ROLES, Style

__all__ = [
    "ROLES", "CharteFacts", "Description", "Drawn", "Field", "InlineImage", "Listing", "RichText",
    "RichTextParagraph", "Style", "Template", "annotate", "describe", "draft", "facts_of_charte", "fields",
    "lint",
]  # fmt: skip

_FOR_AUTHORS = {
    "CharteFacts": "charte_facts", "facts_of_charte": "charte_facts", "draft": "drafting",
    "Field": "expressions", "fields": "expressions", "ROLES": "roles", "Style": "roles",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """What is for authors needs an XML parser: 25 ms that a document does without."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_FOR_AUTHORS.get(name, 'linting')}"), name)
