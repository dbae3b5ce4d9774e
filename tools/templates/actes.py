"""The bodies of the templates, in the order a secrétaire général expects. Tags follow docxtpl's dialect."""

from __future__ import annotations

from tools.templates.reunions import signatures
from tools.word.looks import Look
from tools.word.page import Page
from tools.word.xml import block, cell, each, mm, paragraph, row, run, strong, table, when

_SEPARATED = "{% if loop.last %}.{% else %}\u202f; {% endif %}"
"""After each item of a running list: a semicolon, and a full stop after the last one."""

_COLON = "\u00a0: "


def deliberation(look: Look) -> str:
    """An extrait du registre des délibérations, or the projet laid before a commission."""
    return "".join(
        (
            _head(look),
            paragraph("Title", "{{ titre }}"),
            when("sous_titre", paragraph("Subtitle", "{{ sous_titre }}")),
            _objet(),
            when("projet and mention_projet", paragraph("MentionProjet", "{{ mention_projet }}")),
            when("seance", _seance()),
            _reasons(),
            when("formule", paragraph("Formule", "{{ formule }}")),
            when("verbe", paragraph("Verbe", "{{ verbe }}")),
            _articles(),
            when("infinitifs and vote", paragraph("ListBullet", "{{p infinitifs }}")),
            when("infinitifs and not vote", paragraph("ListBullet", "{{p infinitifs }}", kept=True)),
            when("vote", _vote()),
            when("signatures", paragraph("Fait", "{{ fait }}"), signatures()),
            _after(),
        )
    )


def arrete(look: Look) -> str:
    """An arrêté or a décision of the executive: no séance, no vote, one signature."""
    return "".join(
        (
            _head(look),
            paragraph("Title", "{{ titre }}"),
            when("sous_titre", paragraph("Subtitle", "{{ sous_titre }}")),
            _objet(),
            paragraph("Formule", "{{ auteur }}"),
            _reasons(),
            paragraph("Verbe", "{{ verbe }}"),
            _articles(),
            when("signatures", paragraph("Fait", "{{ fait }}"), signatures()),
            when(
                "destinataires",
                paragraph("Rubrique", "Destinataires"),
                paragraph("Mention", "{% for nom in destinataires %}{{ nom }}" + _SEPARATED + "{% endfor %}"),
            ),
            _after(),
        )
    )


def _head(look: Look) -> str:
    """République, département and arrondissement on the left; on the right, the zone of the stamp.

    An ordinary table: LibreOffice sets what stands beside a floating one below it on some pages, and forgets
    « keep with next » on a page that opens on a table.
    """
    stamp = each(
        "ligne in tampon",
        block("if ligne"),
        paragraph("Tampon", "{{ ligne }}"),
        block("else"),
        paragraph("TamponVide"),
        block("endif"),
    )
    place = paragraph("Republique", "{{ collectivite.departement }}") + when(
        "collectivite.arrondissement", paragraph("Republique", "{{ collectivite.arrondissement }}")
    )
    beside = table(
        "MiseEnPage",
        "Mise en page : cadre réservé au tampon de la préfecture",
        [mm(96), mm(70)],
        row(cell(place, 58, align="top"), cell(stamp, 42, align="top")),
        fixed=True,
    )
    return (
        paragraph("Republique", "République française")
        + block("if tampon")
        + beside
        + block("else")
        + place
        + block("endif")
    )


def _objet() -> str:
    return (
        paragraph("Reference", "{{ numero_dit }}")
        + paragraph("Objet", "{{ objet }}")
        + when(
            "rapporteur",
            paragraph("Mention", run("{{ rapporteur_titre }}\u00a0: "), strong("{{ rapporteur }}")),
        )
        + when("matiere", paragraph("Matiere", run("Matière\u00a0: {{ matiere }}")))
    )


def _seance() -> str:
    return "".join(
        (
            paragraph("Seance", "{{ ouverture }}"),
            each("ligne in complements", paragraph("Seance", "{{ ligne }}")),
            when(
                "convocation or affichage",
                paragraph(
                    "Presence",
                    "{{ convocation }}{% if convocation and affichage %} – {% endif %}{{ affichage }}",
                ),
            ),
            _counts("effectif", "Nombre de membres", paragraph("TableauCentre", "{{ nombre.nombre }}")),
            each(
                "liste in presences",
                paragraph(
                    "Presence",
                    strong("{{ liste.titre }}\u00a0: "),
                    run("{% for groupe in liste.groupes %}{% if groupe.commune %}"),
                    run("{{ groupe.commune }}", "Emphasis"),
                    run("\u00a0: {% endif %}{{ groupe.noms }}" + _SEPARATED + "{% endfor %}"),
                ),
            ),
            when(
                "pouvoirs.lignes",
                paragraph(
                    "Presence",
                    strong("{{ pouvoirs.titre }}\u00a0: "),
                    run("{% for ligne in pouvoirs.lignes %}{{ ligne }}" + _SEPARATED + "{% endfor %}"),
                ),
            ),
            _named_lists("excuses", "absents"),
            _named_lists("agents"),
            when("quorum", paragraph("Presence", "{{ quorum }}")),
            paragraph(
                "BureauDeSeance",
                strong("{{ president_titre }}\u00a0: "),
                run("{{ president }}{% if secretaire %} – "),
                strong("{{ secretaire_titre }}\u00a0: "),
                run("{{ secretaire }}{% endif %}"),
            ),
        )
    )


def _named_lists(*keys: str) -> str:
    """Short lists of names, one after the other in one paragraph."""
    lists = [
        run(f"{{% if {key}.noms %}}")
        + strong(f"{{{{ {key}.titre }}}}\u00a0: ")
        + run(f"{{{{ {key}.noms }}}}. {{% endif %}}")
        for key in keys
    ]
    return when(" or ".join(f"{key}.noms" for key in keys), paragraph("Presence", *lists))


def _reasons() -> str:
    return (
        each("visa in visas", paragraph("Visa", "{{ visa }}"))
        + each("considerant in considerants", paragraph("Considerant", "{{ considerant }}"))
        + when("expose", paragraph("Heading2", "{{ expose_titre }}"), paragraph("BodyText", "{{p expose }}"))
    )


def _articles() -> str:
    """The last article keeps with what follows, so that « Fait » and the signatures never stand alone."""
    text = "{{p article.ligne or article.texte }}"
    return each(
        "article in articles",
        block("if not article.ligne"),
        paragraph("Heading3", "{{ article.titre }}"),
        block("endif"),
        block("if loop.last"),
        paragraph("Article", text, kept=True),
        block("else"),
        paragraph("Article", text),
        block("endif"),
    )


def _counts(key: str, description: str, figure: str) -> str:
    """One column per count: the words above, the figures below; `figure` fills a cell of figures."""
    loop, end = (
        cell(paragraph("Balise", f"{{%tc for nombre in {key} %}}")),
        cell(paragraph("Balise", "{%tc endfor %}")),
    )
    head = row(loop, cell(paragraph("NombreEntete", "{{ nombre.libelle }}")), end, header=True)
    return table("TableauActe", description, [mm(55)] * 3, head, row(loop, cell(figure), end), first_row=True)


def _vote() -> str:
    """The counts, then who voted what, in one paragraph when few are named: all keep with « Fait », but the
    long lists of a scrutin public, of which the last one does."""
    names = run("{{ sens.noms }}.")
    label = strong("{{ sens.libelle }}\u00a0: ")
    return "".join(
        (
            block('set nommes = vote|selectattr("noms")|list'),
            paragraph("Rubrique", "{{ vote_mode }}\u00a0: résultat"),
            _counts("vote", "Résultat du vote", paragraph("CelluleLiee", "{{ nombre.nombre }}")),
            block('set signes = nommes|map(attribute="noms")|join|length'),
            block("if signes > 90"),
            each(
                "sens in nommes",
                block("if loop.last or signes < 400"),
                paragraph("MentionLiee", label, names),
                block("else"),
                paragraph("Mention", label, names),
                block("endif"),
            ),
            block("elif nommes"),
            paragraph(
                "MentionLiee",
                run("{% for sens in nommes %}"),
                label,
                names,
                run("{% if not loop.last %} {% endif %}{% endfor %}"),
            ),
            block("endif"),
        )
    )


def _after() -> str:
    """Caractère exécutoire, voies de recours, annexes: a paragraph each, its name leading in."""
    lines = "{% for ligne in executoire %}{{ ligne }}{% if not loop.last %} – {% endif %}{% endfor %}."
    names = "{% for annexe in annexes %}{{ annexe }}{% if not loop.last %}\u00a0; {% endif %}{% endfor %}."
    annexes = f"{{% if annexes|length > 1 %}}Annexes{{% else %}}Annexe{{% endif %}}{_COLON}"
    return "".join(
        (
            when(
                "executoire",
                paragraph("Recours", strong(f"Caractère exécutoire{_COLON}"), run(lines), kept=True),
            ),
            when(
                "recours",
                paragraph("Recours", strong(f"Voies et délais de recours{_COLON}"), run("{{ recours }}")),
            ),
            when("annexes", paragraph("Recours", strong(annexes), run(names))),
        )
    )


PAGES = (
    Page("deliberations/deliberation", "Modèle de délibération", deliberation),
    Page("arretes/arrete", "Modèle d’arrêté", arrete),
)
