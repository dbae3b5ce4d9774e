"""What a template may try beyond the known traps: markup through autoescape, private names, bombs."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

import pytest
from word_templates import a_template, made, words

from ctgdocs.findings import TemplateError
from ctgdocs.templates import Template

VALUES: dict[str, Any] = {
    "x": "été",
    "l": ["a"],
    "d": {"a": 1, "_x": 2},
    "jour": datetime(2026, 9, 24),
    "_x": 1,
}


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{% autoescape false %}{{ x }}{% endautoescape %}", "autoescape"),
        ("{{ _x }}", "« _x »"),
        ("{{ d['_' ~ 'x'] }}", "_x"),
        ("{{ '{0._x}'.format(d) }}", "« _ »"),
        ("{{ l|map(attribute='__class__')|list }}", "__class__"),
        ("{{ '{:>999999999}'.format(1) }}", "démesuré"),
        ("{{ '%*d' % (99999999, 1) }}", "démesuré"),
        ("{{ ('a' * 9999).replace('a', 'b' * 9999) }}", "démesuré"),
        ("{{ ('a' * 9999)|replace('a', 'b' * 9999) }}", "démesuré"),
        (
            "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
            "boucle démesurée",
        ),
        ("{{ d.get }}", "ce n’est pas une valeur"),
        ("{{ range }}", "ce n’est pas une valeur"),
        ("{{ l|map('upper') }}", "ce n’est pas une valeur"),
        ("{{ jour.now() }}", "interdite"),
        ("{{ jour.today() }}", "interdite"),
    ],
)
def test_what_a_template_may_not_do_is_refused_with_its_place(tag: str, said: str) -> None:
    with pytest.raises(TemplateError) as refusal:
        Template.load(a_template(tag)).render(VALUES)
    assert said in str(refusal.value)
    assert "paragraphe 1" in str(refusal.value)


def test_a_name_of_the_template_s_own_may_start_with_an_underscore() -> None:
    document = made(a_template("{% set _y = 2 %}{{ _y }}{% for _ in l %}.{% endfor %}"), **VALUES)
    assert words(document) == ["2."]


def test_escaped_text_can_still_be_put_in_capitals_or_counted() -> None:
    template = a_template("{% set z %}rue {{ x }}{% endset %}{{ z|upper }} {{ z|length }} {{ x|e|title }}")
    assert words(Template.load(template).render({"x": "a & <b>"})) == ["RUE A & <B> 11 A & <B>"]


def test_a_dict_that_makes_up_its_keys_is_read_as_a_plain_one() -> None:
    values: dict[str, Any] = defaultdict(list, a="x")
    with pytest.raises(TemplateError, match="champ inconnu"):
        Template.load(a_template("{{ d.a }} {{ d.manque }}")).render({"d": values})
    assert list(values) == ["a"]


def test_ordinary_formats_and_ranges_still_compute() -> None:
    tag = "{{ '{} {:>4} {:.2f}'.format(1, 2, 3.14159) }} {{ '%05.2f' % 3.1 }} {{ range(3)|join }}"
    assert words(Template.load(a_template(tag)).render({})) == ["1    2 3.14 03.10 012"]
