"""All that is wrong in a template, at once, and nothing of an act lost in silence."""

from __future__ import annotations

from pathlib import Path

from blank import blank
from builders import a_project, generated, outputs, told

DELIBERATION = "templates/deliberations/deliberation.docx"


def with_template(root: Path, *paragraphs: str) -> Path:
    document = blank()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(root / DELIBERATION)
    return root


def test_all_the_faults_of_a_template_come_at_once(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    with_template(
        project.root, "{{ objet }}", "{{ objt }}", "{{ titre('x') }}", "{%p if objet %}", "{{ objett }}"
    )
    messages = " ".join(one.message for one in told(generated(project)))
    for said in ("« objt »", "« objett »", "n’est jamais fermée"):
        assert messages.count(said) == 1, messages
    assert {one.place.file for one in told(generated(project))} == {DELIBERATION}
    assert not outputs(project)


def test_a_text_beside_a_paragraph_tag_is_refused(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    with_template(project.root, "{{ objet }}", "À garder {{p objet }}")
    (finding,) = told(generated(project))
    assert finding.code == "texte-perdu"
    assert finding.message.startswith(
        "« À garder » disparaît avec la balise « {{p objet }} », qui prend tout le paragraphe"
    )
    assert not outputs(project)


def test_a_sound_template_is_read_once_by_its_compiler_only(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    with_template(project.root, "{{ objet }}", "{%p if objet %}", "Vu", "{%p endif %}")
    assert not [one for one in told(generated(project)) if one.place.file == DELIBERATION]
    assert outputs(project)
