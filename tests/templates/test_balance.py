"""A template is only taken for whole when no value can break what it makes."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from xml.parsers import expat

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2.exceptions import TemplateSyntaxError
from markupsafe import Markup
from word_templates import a_template, edited, parts, words

from ctgdocs.findings import TemplateError
from ctgdocs.templates import RichText, Template
from ctgdocs.templates.environment import Environment, printed
from ctgdocs.templates.programs import is_whole, printing_through
from ctgdocs.templates.values import PAGE

PIECES = (
    "<a>", "</a>", "<b ", ">", "/>", 'c="', "'", '"', "d='", "]]>", "]", "&amp;", "é", "<!--", "-->",
    "<?p ", "?>", "{{ v }}", "{{ '<' }}", "{{ ('<'|e)[:2] }}", "{% if v %}", "{% elif l %}", "{% else %}",
    "{% endif %}", "{% for v in l %}", "{% endfor %}", "{% set v %}", "{% endset %}",
    "{% filter upper %}", "{% endfilter %}",
)  # fmt: skip
VALUES = ("", "<", "\"'", "]]", "--")


def is_xml(text: str) -> bool:
    try:
        expat.ParserCreate().Parse(text, True)
    except expat.ExpatError:
        return False
    return True


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
@example("{% if v %}</a>{% else %}</a>{% endif %}<a>")
@example("{% for v in l %}</a><a>{% endfor %}")
@example("<b d='{{ v }}'/>")
@example("{{ v }}>")
@example("<{{ v }}/>")
@example("<!--{{ v }}--><?p {% if v %}<a>{% endif %}?>")
@example('<b c="{{ v }}"/>{% if v %}<a>{{ v }}</a>{% endif %}')
def test_what_a_whole_program_prints_is_xml(inside: str) -> None:
    environment = Environment()
    try:
        tree = environment.parse(f"<r>{inside}</r>")
        whole = is_whole(tree)
        root = printing_through(environment.from_string(tree).root_render_func, printed)
    except TemplateSyntaxError:
        return
    for value, count in product(VALUES, (0, 1, 2)) if whole else ():
        values = environment.common({"v": value, "l": [value] * count})
        page = SimpleNamespace(has_markup=False)
        token = PAGE.set(page)  # type: ignore[arg-type]  # all that printing asks of it
        text = "".join(root(environment.from_string("").new_context(values, shared=True)))
        PAGE.reset(token)
        assert is_xml(text) or page.has_markup, text


@pytest.mark.parametrize(
    "inside",
    [
        "{{ v }}",
        '<a b="{{ v }}"/>',
        "{% for v in l %}<a>{% if v %}{{ v }}</a><a>{% endif %}</a>{% else %}<c/>{% endfor %}",
        "<a>{% for v in l %}{{ v }}</a><a>{% endfor %}</a>",
    ],
)
def test_what_agents_write_is_whole(inside: str) -> None:
    assert is_whole(Environment().parse(f"<r>{inside}</r>"))


@pytest.mark.parametrize(
    ("tag", "values"),
    [
        ("{{ ('<'|e)[:2] }}", {}),
        ("{% set x %}{{ y }}{% endset %}{{ x[:2] }}", {"y": "<"}),
        ("{{ x|brut }}", {"x": "<w:p>"}),
    ],
)
def test_markup_that_a_tag_makes_is_read(tag: str, values: dict[str, str]) -> None:
    template = Template.load(a_template(tag), filters={"brut": lambda text: Markup(text)})
    with pytest.raises(TemplateError, match="ne serait pas lisible par Word"):
        template.render(values)


def test_a_sign_that_xml_refuses_is_told_by_its_field() -> None:
    template = Template.load(a_template("{{ x.nom }}", footer="{{ y }}"))
    for sign in ("\x02", "\x1f", "\ud800", "\uffff"):
        with pytest.raises(TemplateError, match=r"x\.nom"):
            template.render({"x": {"nom": f"a{sign}"}, "y": "é"})
    assert words(template.render({"x": {"nom": "ﬁn\ufeff"}, "y": ""})) == ["ﬁn\ufeff"]
    broken = RichText("a")
    broken.xml += "<w:r>"
    with pytest.raises(TemplateError, match="ne serait pas lisible par Word"):
        Template.load(a_template("{{r x }}")).render({"x": broken})


def test_the_numbers_that_word_gives_to_paragraphs_are_not_repeated() -> None:
    loop = a_template("{%p for x in l %}", "{{ x }}", "{%p endfor %}", "fin")
    numbered = '<w:p w14:paraId="1A2B3C4D" w14:textId="77777777"><w:r><w:t>{{ x }}'
    document = Template.load(edited(loop, "word/document.xml", ("<w:p><w:r><w:t>{{ x }}", numbered))).render(
        {"l": ["un", "deux"]}
    )
    assert words(document) == ["un", "deux", "fin"]
    assert parts(document)["word/document.xml"].count(b"1A2B3C4D") < 2
