"""What a filter block, a macro or a `set` makes is text that stands in Word's markup."""

from __future__ import annotations

import pytest
from word_templates import a_template, body, made, words

from ctgdocs.templates import RichText


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("{% filter upper %}abc é & {{ x }}{% endfilter %}", "ABC É & A & <B> 'C'"),
        ("{% filter replace('a', 'o') %}a & {{ x }}{% endfilter %}", "o & o & <b> 'c'"),
        ("{% filter upper|replace('A', '&') %}a{% endfilter %}", "&"),
        ("{% set t %}é & {{ x }}{% endset %}{{ t }}|{{ t|upper }}", "é & a & <b> 'c'|É & A & <B> 'C'"),
        ("{% macro m(v) %}[{{ v }}]{% endmacro %}{{ m(x) }}{{ m(x)|upper }}", "[a & <b> 'c'][A & <B> 'C']"),
        ("{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}{{ x }}{% endcall %}", "<a & <b> 'c'>"),
        (
            "{% if x %}{% filter upper %}{% for i in [1, 2] %}a{{ i }}{% endfor %}{% endfilter %}{% endif %}",
            "A1A2",
        ),
    ],
)
def test_blocks_keep_the_signs_of_xml(typed: str, printed: str) -> None:
    assert words(made(a_template(typed), x="a & <b> 'c'")) == [printed]


def test_a_filter_block_changes_text_and_leaves_markup() -> None:
    template = a_template(
        "{%p filter upper %}", ("un ", "{{ x }}", " deux"), "trois {{r r }}", "{%p endfilter %}"
    )
    document = made(template, x="& b", r=RichText("gras", bold=True))
    assert words(document) == ["UN & B DEUX", "TROIS gras"]
    assert body(document).count("<w:b/>") == 2
