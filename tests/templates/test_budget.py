"""No template takes the machine: hostile ones are refused in a process that the system bounds."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from word_templates import a_template, made, words

from ctgdocs.findings import TemplateError
from ctgdocs.templates import Template, lint

GROWING = "{% set ns = namespace(x='abc') %}{% for i in range(40) %}{% set ns.x = OP %}{% endfor %}{{ ns.x }}"
LISTS = "{% set ns = namespace(l=['a']) %}{% for i in range(60) %}{% set ns.l = OP %}{% endfor %}"
LONG = "{% set l = 'x' * 99999 %}"

HOSTILE = [
    "{{ 'x' * 10**9 }}",
    "{{ 'a'.encode() * 500000000 }}",
    "{{ [1] * 99999999 }}",
    "{{ ['" + "a" * 900 + "'] * 10000|join }}",
    "{{ 9 ** 99 ** 9 }}",
    "{% set ns = namespace(x=9) %}{% for i in range(40) %}{% set ns.x = ns.x * ns.x %}{% endfor %}{{ ns.x }}",
    GROWING.replace("OP", "ns.x ~ ns.x"),
    GROWING.replace("OP", "ns.x + ns.x"),
    GROWING.replace("OP", "'%s%s'|format(ns.x, ns.x)"),
    GROWING.replace("OP", "'%s%s' % (ns.x, ns.x)"),
    GROWING.replace("OP", "'{0}{0}'.format(ns.x)"),
    GROWING.replace("OP", "ns.x.join([ns.x, ns.x, ns.x])"),
    GROWING.replace("OP", "[ns.x, ns.x]|join(ns.x)"),
    GROWING.replace("OP", "ns.x.replace('a', 'aaaa')"),
    GROWING.replace("OP", "ns.x.translate({97: 'aaaa'})"),
    GROWING.replace("OP", "ns.x.expandtabs(9999)"),
    LISTS.replace("OP", "ns.l + ns.l") + "{{ ns.l|length }}",
    LISTS.replace("OP", "[ns.l, ns.l]") + "{{ ns.l }}",
    LISTS.replace("OP", "[ns.l, ns.l]") + "{{ ns.l == [] }}",
    LISTS.replace("OP", "['a', 'b']|map(attribute='zz', default=ns.l)|list") + "{{ ns.l ~ '' }}",
    LISTS.replace("OP", "['a']|batch(3, ns.l)|list") + "{{ ns.l|string }}",
    "{% macro m() %}{% set n.l = varargs %}{% endmacro %}{% set n = namespace(l=(1,)) %}"
    "{% for i in range(50) %}{{ m(n.l, n.l) }}{% endfor %}{{ {n.l: 1} }}",
    "{% set n = namespace() %}{% set n.n = n %}{{ n }}{{ [n, n] }}",
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    LONG + "{% for a in l %}{% for b in l %}{% endfor %}{% endfor %}",
    LONG + "{% for a in l %}{% for b in l if false %}{% endfor %}{% endfor %}",
    LONG + "{% set m = l|list %}{% for a in l %}{% if 'é' in m %}x{% endif %}{% endfor %}",
    "{% for a in range(9999) %}{{ range(9999)|select('odd')|select('odd')|list|length }}{% endfor %}",
    "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{% for a in [1] recursive %}{{ loop([1, 2]) }}{% endfor %}",
    "{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}"
    + "{% call m() %}" * 30 + "abcdef" + "{% endcall %}" * 30,
    "{{ ('a ' * 99999)|wordwrap(1) }}",
    "{{ ('a ' * 9999)|wordwrap(1, wrapstring='b' * 9999) }}",
    "{{ ('\\n' * 99999)|indent(9999) }}",
    "{{ '%999999999d' % 1 }}",
    "{{ ('%9999d' * 9999) % ((1,) * 9999) }}",
    "{{ ('{:9999}' * 9999).format(*range(9999)) }}",
    "{{ '{:>999999999}'.format(1) }}",
    "{{ '{:{}}'.format(1, 999999999) }}",
    "{{ 'x'|center(999999999) }}",
    "{{ 'x'.zfill(999999999) }}",
    "{{ range(99999)|batch(9999, 'x' * 9999)|list|string }}",
    "{{ ([[0]] * 99999)|sum(start=[])|length }}",
    "{{ (1).to_bytes(999999999, 'big') }}",
    "{% for i in range(99999) %}{{ '&<>' * 9999 }}{% endfor %}",
    "{% set b %}{% for i in range(99999) %}" + "été " * 300 + "{% endfor %}{% endset %}",
    ("{%p for i in range(99999) %}", "{{p long }}", "{%p endfor %}"),
    "".join("{{ (99999 * 'ab')[1:]|upper|lower|title|length }}" for _ in range(300)),
    *("{{ " + sign * 3000 + "1 }}" for sign in ("(", "not ", "1+", "[", "-", "a.b and ", "1 if a else ")),
    "{{ x" + "|upper" * 3000 + " }}",
    "{{ x" + ".a" * 3000 + " }}",
    "{{ x" + "[0]" * 3000 + " }}",
    "{% if x %}" * 300 + "{% endif %}" * 300,
    "{% for a in x %}" * 60 + "{% endfor %}" * 60,
]  # fmt: skip

ATTEMPTS = """
import json, resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (90, 90))
resource.setrlimit(resource.RLIMIT_AS, (900 << 20, 900 << 20))
from ctgdocs.findings import CtgdocsError
from ctgdocs.prose import Paragraph, Prose, Run
from ctgdocs.templates import Template
values = {"x": "été", "a": "b", "long": Prose((Paragraph((Run("mot " * 500),)),))}
for path in sys.argv[1:]:
    before = time.process_time()
    try:
        Template.load(path).render(values)
        said = "-"
    except CtgdocsError as error:
        said = f"{error} {getattr(error, 'place', '')}"
    status = Path("/proc/self/status")  # what a process inherits counts in ru_maxrss
    used = int(status.read_text().split("VmHWM:")[1].split()[0]) >> 10 if status.exists() else 0
    print(json.dumps([time.process_time() - before, used, said]), flush=True)
"""


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[float, int, str]]:
    """For each hostile template: processor seconds, megabytes at most since the first, what is said."""
    paths = [tmp_path_factory.mktemp("hostile") / "modele.docx" for _ in HOSTILE]
    for path, tag in zip(paths, HOSTILE, strict=True):
        path.write_bytes(a_template(*((tag,) if isinstance(tag, str) else tag)))
    run = subprocess.run(
        [sys.executable, "-c", ATTEMPTS, *map(str, paths)], capture_output=True, text=True, check=False
    )
    return [tuple(json.loads(line)) for line in run.stdout.splitlines()]


@pytest.mark.skipif(sys.platform == "win32", reason="the bounds of a process are those of POSIX")
@pytest.mark.parametrize("rank", range(len(HOSTILE)), ids=lambda rank: str(HOSTILE[rank])[:60])
def test_a_hostile_template_is_refused_with_its_place_in_two_seconds_and_300_mb(
    attempts: list[tuple[float, int, str]], rank: int
) -> None:
    seconds, megabytes, said = attempts[rank]
    assert "corps, paragraphe 1" in said or said.endswith("corps")
    assert seconds < 2
    assert megabytes < 300


@pytest.mark.parametrize("tag", [tag for tag in HOSTILE if len(tag) > 2000], ids=lambda tag: tag[:60])
def test_the_lint_of_a_hostile_template_is_a_sentence(tag: str) -> None:
    lint(a_template(tag), {"x": "été"})


def test_a_document_of_thousands_of_rows_stays_within_its_budget() -> None:
    rows = [
        {"nom": f"Association {n}", "montant": "1 250 €", "objet": "Subvention " * 5} for n in range(4000)
    ]
    template = a_template(
        "{{ lignes|map(attribute='nom')|join(', ')|length }}",
        "{% for l in lignes|sort(attribute='nom') %}{% if l.montant in ['1 250 €'] %}."
        "{% else %}" + "autre cas " * 200 + "{% endif %}{% endfor %}",
        table=[
            ["{%tr for l in lignes %}"],
            ["{{ l.nom }} {{ l.montant }} {{ l.objet|upper }}"],
            ["{%tr endfor %}"],
        ],
    )
    document = made(template, lignes=rows)
    assert words(document)[1] == "." * 4000


def test_a_budget_is_that_of_one_document() -> None:
    template = Template.load(a_template("{% for i in range(9999) %}{{ x }}{% endfor %}"))
    for _ in range(5):
        assert len(template.render({"x": "é" * 2000})) > 0


def test_what_is_too_deep_is_told_where_it_stands() -> None:
    with pytest.raises(TemplateError, match="trop imbriqués") as refusal:
        Template.load(a_template("rien", "{% for a in x %}" * 60 + "{% endfor %}" * 60))
    assert refusal.value.place == "corps, paragraphe 2"
