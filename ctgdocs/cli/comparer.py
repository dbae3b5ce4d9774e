"""`ctgdocs comparer`."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ctgdocs.cli.espace import here
from ctgdocs.cli.show import Exit, colour, counted, say, show, typographie
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError, Stopped, TemplateError, UsageError, WritingError
from ctgdocs.project import Project

if TYPE_CHECKING:
    from ctgdocs.redline import Change, Reading

RANK = 13
SUFFIXES = {"docx": ".docx", "html": ".html", "texte": ".txt"}
_MANY_LOOKS = 40
COLOURS = {"ins": "green", "del": "red"}
_SEAL = re.compile(rb"<!-- ctgdocs comparer ([0-9a-f]{64}) -->\n$")


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two documents: what it is called, its bytes, and what its content says of who and when."""

    name: str
    data: bytes
    author: str = ""
    day: dt.date | None = None


@click.command(options_metavar="[OPTIONS]")
@click.argument("ancien", metavar="ANCIEN")
@click.argument("nouveau", metavar="[NOUVEAU]", required=False)
@click.option(
    "--depuis",
    metavar="RÉVISION",
    help="Compare le document à ce qu’il était à cette révision git : son contenu d’alors, dans les modèles "
    "d’aujourd’hui (ceux d’alors s’ils n’existent plus).",
)
@click.option(
    "-o", "--sortie", metavar="FICHIER", type=click.Path(path_type=Path), help="Où écrire la comparaison."
)
@click.option(
    "--format",
    "forme",
    type=click.Choice(["docx", "texte", "html"]),
    help="Word avec suivi des modifications (par défaut), texte pour le terminal, page HTML à lire.",
)
@click.option(
    "--auteur",
    metavar="NOM",
    help="L’auteur des modifications (par défaut : le service, ou la collectivité).",
)
@click.option(
    "--date",
    "jour",
    metavar="AAAA-MM-JJ",
    help="Leur date (par défaut : celle de la nouvelle version, sinon le jour).",
)
@click.option(
    "--mots-seuls",
    is_flag=True,
    help="Ne suit que les mots, ni leur mise en forme, ni les capitales, ni les espaces : pour un fichier "
    "qui vient d’ailleurs.",
)
@click.option("--remplacer", is_flag=True, help="Écrit même par-dessus un fichier que ctgdocs n’a pas fait.")
def comparer(
    ancien: str,
    nouveau: str | None,
    depuis: str | None,
    sortie: Path | None,
    forme: str | None,
    auteur: str | None,
    jour: str | None,
    mots_seuls: bool,
    remplacer: bool,
) -> int:
    """Montre ce qui change d’une version à l’autre, en modifications que Word accepte ou refuse une à une.

    ANCIEN et NOUVEAU : deux documents de l’espace (conventions/ctg-2022-2026), deux fichiers Word, ou un de
    chaque. Avec --depuis, un seul document.

    \b
    ctgdocs comparer conventions/ctg-2022-2026 conventions/ctg-2027-2031
    ctgdocs comparer envoye-par-la-caf.docx ctg-2027-2031 --mots-seuls -o pour-le-copil.docx
    ctgdocs comparer ctg-2027-2031 --depuis v1 --format texte

    Sortie : 0 que les versions diffèrent ou non, 1 si un document ne peut pas être fait ou écrit.
    """
    day = _day(jour) if jour else None
    forme = forme or _form_of(sortie)
    try:
        old, new = _versions(ancien, nouveau, depuis)
    except Stopped:
        return Exit.FINDINGS
    from ctgdocs.redline import reading, redline

    day = day or new.day or old.day or _last_saved(new.data) or _last_saved(old.data)
    if day is None and forme == "docx":
        day = dt.date.today()
        say(
            f"Ces fichiers ne disent pas leur date : les modifications portent celle du jour (--date "
            f"{day:%Y-%m-%d} pour en garder une)."
        )
    who, when = auteur or new.author or old.author, day or dt.date(1980, 1, 1)
    woven = redline(old.data, new.data, author=who, date=when, words_only=mots_seuls)
    read = reading(woven)
    if not read.changed:
        say(f"Aucune différence entre « {old.name} » et « {new.name} ».")
        return Exit.CLEAN
    if forme == "texte" and sortie is None:
        return _print(read)
    path = sortie or _default_path(old, new, SUFFIXES[forme])
    _write(path, _content(forme, woven, read, old, new), replacing=remplacer)
    say(f"{_from_here(path)} : {_summary(read)}.", fg="green")
    if read.looks > _MANY_LOOKS:
        say("Pour ne suivre que les mots, dans l’habit de la nouvelle version : --mots-seuls.")
    return Exit.CLEAN


# --- the two versions ---------------------------------------------------------------------------------


def _versions(ancien: str, nouveau: str | None, depuis: str | None) -> tuple[Version, Version]:
    if depuis is not None:
        if nouveau is not None or _is_word_file(ancien):
            raise UsageError(
                "--depuis compare un document de l’espace à son passé : « comparer ID --depuis RÉVISION »."
            )
        from ctgdocs.line.versions import workspace_at

        project = here()
        new = _of_content(project, ancien)
        with workspace_at(project, depuis) as former:
            return _of_content(former, new.name, at=depuis), new
    if nouveau is None:
        raise UsageError(
            "Il faut deux versions : « comparer ANCIEN NOUVEAU », ou « comparer ID --depuis RÉVISION »."
        )
    return _version(ancien), _version(nouveau)


def _version(name: str) -> Version:
    if not _is_word_file(name):
        return _of_content(here(), name)
    from ctgdocs.word import make_safe, read

    try:
        version = Version(Path(name).stem, read_file(name))
        make_safe(read(version.data), "il")
    except FileNotFoundError:
        raise UsageError(f"Il n’y a pas de fichier « {name} ».") from None
    except OSError as error:
        raise UsageError(f"« {name} » ne peut pas être lu : {error.strerror or error}.") from error
    except TemplateError as error:
        advice = f" {error.hint[0].upper()}{error.hint[1:]}." if error.hint else ""
        raise CtgdocsError(f"« {name} » : {error}.{advice}") from error
    return _known(version, Path(name))


def _known(version: Version, path: Path) -> Version:
    """A Word file that the workspace around it has made, with the author and the day its content says."""
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.versions import COMPARED, signed
    from ctgdocs.word import mark_of

    mark = mark_of(version.data)
    if mark is None or mark.origin == COMPARED:
        return version
    with suppress(CtgdocsError):
        author, day = signed(Project.find(path.resolve().parent), KINDS, mark.origin)
        return replace(version, author=author, day=day)
    return version


def _is_word_file(name: str) -> bool:
    return name.lower().endswith((".docx", ".dotx", ".doc", ".docm"))


def _of_content(project: Project, target: str, at: str = "") -> Version:
    """The document of the workspace as its content makes it now; shows why it cannot be made, if so."""
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.versions import preview

    where = f" à la révision « {at} »" if at else ""
    try:
        seen = preview(project, KINDS, target)
    except UsageError as error:
        raise UsageError(f"{error} (recherché{where})" if at else str(error)) from error
    if seen.data is None:
        show(one for one in seen.findings if one.blocking)
        say(f"« {seen.key} » ne peut pas être fait{where} : rien n’est comparé.", error=True)
        raise Stopped(*seen.findings)
    return Version(f"{seen.key} ({at})" if at else seen.key, seen.data, seen.author, seen.day)


def _last_saved(data: bytes) -> dt.date | None:
    """The day a Word file was last saved, as it says itself."""
    from ctgdocs.word import read

    core = read(data).get("docProps/core.xml", b"").decode("utf-8", "replace")
    for name in ("modified", "created"):
        found = re.search(rf"<dcterms:{name}[^>]*>(\d{{4}}-\d\d-\d\d)", core)
        if found:
            return _day(found[1])
    return None


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"« {text} » n’est pas une date : écrivez-la 2027-01-15.") from None


# --- what is shown ------------------------------------------------------------------------------------


def _form_of(path: Path | None) -> str:
    suffix = path.suffix.lower() if path else ".docx"
    return next((form for form, one in SUFFIXES.items() if one == suffix), "docx")


def _print(read: Reading) -> int:
    from ctgdocs.redline import lines, marked

    coloured = sys.stdout.isatty() and colour() is not False

    def painted(text: str, state: Change) -> str:
        return click.style(text, fg=COLOURS[state], strikethrough=state == "del") if state else text

    for line in lines(read, painted if coloured else marked):
        click.echo(line, color=coloured)
    say(f"{_summary(read)}.".capitalize())
    return Exit.CLEAN


def _content(forme: str, woven: bytes, read: Reading, old: Version, new: Version) -> bytes:
    from ctgdocs.line.versions import COMPARED
    from ctgdocs.redline import lines, page
    from ctgdocs.word import Mark, marked

    if forme == "docx":
        return marked(woven, Mark(COMPARED))
    if forme == "texte":
        return "".join(f"{line}\n" for line in lines(read)).encode()
    title = typographie(f"Ce qui change : de {old.name} à {new.name}")
    return _sealed(page(read, title, f"{_summary(read)}.".capitalize(), typographie("Dans cette page :")))


def _summary(read: Reading) -> str:
    parts = [counted(read.insertions, "ajout"), counted(read.deletions, "suppression")]
    if read.looks:
        parts.append(f"{counted(read.looks, 'changement')} de mise en forme")
    return ", ".join(parts)


# --- where it goes ------------------------------------------------------------------------------------


def _default_path(old: Version, new: Version, suffix: str) -> Path:
    """`sorties/comparaisons/` of the workspace, or here outside of one."""
    name = f"{_plain(new.name)} comparé à {_plain(old.name)}{suffix}"
    try:
        return here().sorties / "comparaisons" / name
    except UsageError:
        return Path(name)


def _from_here(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_. ()" else "-" for letter in name)[-80:].strip(
        "-. "
    )


def _write(path: Path, data: bytes, *, replacing: bool) -> None:
    from ctgdocs.memory.writing import NotWritten, Output, write_all

    def gives_way(there: bytes | None) -> bool:
        return replacing or there in (None, data) or _is_ours(there)

    if path.is_dir():
        raise UsageError(f"« {path} » est un dossier : donnez le nom d’un fichier.")
    (result,) = write_all([Output(str(path), data, gives_way)])
    if isinstance(result, NotWritten):
        if not result.changed:
            raise result
        raise WritingError(
            f"« {path} » existe déjà et n’est pas une comparaison intacte : rien n’a été écrit. "
            "Donnez un autre nom avec -o, ou ajoutez --remplacer."
        )


def _sealed(page: str) -> bytes:
    """An HTML page that ends with a digest of itself."""
    data = page.encode()
    return data + f"<!-- ctgdocs comparer {hashlib.sha256(data).hexdigest()} -->\n".encode()


def _is_ours(data: bytes) -> bool:
    """True for a page whose seal holds, and for a Word file that says itself that it is a comparison and that
    nobody has saved since."""
    seal = _SEAL.search(data)
    if seal:
        return hashlib.sha256(data[: seal.start()]).hexdigest().encode() == seal[1]
    from ctgdocs.line.versions import COMPARED
    from ctgdocs.word import mark_of

    mark = mark_of(data)
    return mark is not None and mark.intact and mark.origin == COMPARED
