"""Kills at every point of every command that writes: nothing is lost, and the same command finishes the work.

    python -m tools.kills 100            # as many kills for each command
    python -m tools.kills 20 renouveler  # of one command

A workspace is what a command leaves when nobody disturbs it (the reference), or what it was before (the
start). A killed run may leave each file as it was in either, and nothing else; a document that somebody
edited stays, or is in the history; the command run again ends as it does undisturbed. More than half of the
kills come at a step of the disk (a file opened, named, removed…), chosen at random; the others at any moment.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ctgdocs.cli.main import main as ctgdocs
from ctgdocs.word.fingerprint import mark_of
from tools.asking import Window

ROOT = Path(__file__).parents[1]
ELSEWHERE = Path(tempfile.gettempdir()) / f"ctgdocs-kills-{os.getpid()}"
STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.link", "os.rmdir", "os.chmod")
COUNTED = -1
DAY = "2026-11-30"
CONVENTION = "conventions/ctg-2022-2026"
NOTE = "notes/2026-09-24-rapport-pole-petite-enfance"
Files = dict[str, bytes]


class Command(NamedTuple):
    """What is run, and what happened in the workspace before. `run`: who is given the arguments."""

    name: str
    arguments: tuple[str, ...]
    before: Callable[[Path], None] = lambda root: None
    run: Callable[[list[str]], int] = ctgdocs


def _edited_content(root: Path) -> None:
    """A word that many documents say changes."""
    for path in sorted((root / "content" / "seances").glob("*.yaml"))[:3]:
        path.write_text(path.read_text("utf-8").replace("18h30", "19h15"), "utf-8")


def _edited_by_hand(root: Path) -> None:
    """Somebody typed in a document, and its content changes too."""
    import docx

    for path in sorted((root / "sorties" / "deliberations").glob("*.docx"))[:2]:
        document = docx.Document(str(path))
        document.add_paragraph("Ajouté à la main.")
        document.save(str(path))
    _edited_content(root)


def _one_corrected(root: Path) -> None:
    """A word was corrected in a document."""
    import docx

    (path,) = (root / "sorties" / "notes").glob("2026-09-24-rapport*.docx")
    document = docx.Document(str(path))
    run = [run for each in document.paragraphs for run in each.runs if len(run.text) > 80][-1]
    run.text = run.text.replace(" ", " vraiment ", 1)
    document.save(str(path))


def _gone(root: Path) -> None:
    for path in sorted((root / "content" / "notes").glob("*.yaml")):
        path.unlink()


def _board(root: Path) -> None:
    (root / "suivi-ctg-2022-2026.xlsx").write_bytes(b"PK tenu par quelqu\xe2\x80\x99un")


BOARD = """Civilité;Nom;Prénom;Commune;Fonction;Titulaire / Suppléant;Commission enfance;Comité du relais
Mme;VALADE;Aude;Lavol;Conseillère;T;membre;membre
M.;TERRAL;Hugo;Asquel;Maire;T;présidence;
M.;ROY;Jean;Lavol;Conseiller délégué;T;membre;présidence
"""
ACT = """EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL COMMUNAUTAIRE
Séance du 16 avril 2026 – Délibération n° 2026-012
Étaient présents : Mme Claire DURAND, présidente, M. Paul MARTIN, Mme Hélène CASTAN, M. Marc LOPEZ
Absents excusés : Mme Anne PETIT, pouvoir à M. Paul MARTIN
Secrétaire de séance : M. Paul MARTIN
Objet : Convention avec la Caf
Vu le code général des collectivités territoriales, notamment l’article L. 5211-1,
Considérant que la convention finit,
Le conseil, après en avoir délibéré, décide à l’unanimité :
Article 1er : d’approuver la convention
"""
POST = "# Chargée de coopération\n\n## Missions\n\n- Animer le réseau\n\nDate de naissance : 12/03/1985\n"


def _file(name: str, text: str) -> Callable[[Path], None]:
    return lambda root: (root / name).write_text(text, "utf-8") and None


def _plan_in_a_workbook(root: Path) -> None:
    path = root / "content" / f"{CONVENTION}.yaml"
    head, _, tail = path.read_text("utf-8").partition("\nplan:\n")
    _ended(
        _child(root, COMMANDS[0]._replace(arguments=("suivi", CONVENTION, "-o", f"{path.parent}/p.xlsx")), 0)
    )
    path.write_text(
        f"{head}\nplan: {{fichier: p.xlsx}}\n\nsuivi:{tail.partition(chr(10) + 'suivi:')[2]}", "utf-8"
    )


def _sealed(root: Path) -> None:
    """An act that has left the house."""
    _ended(_child(root, COMMANDS[0], 0))


# --- what is done on the page -------------------------------------------------------------------------


def _dropped(arguments: list[str]) -> int:
    """A file is dropped, and what was understood of it is accepted."""
    name, genre = arguments
    window = Window(Path.cwd())
    read = window.post("/importer", ("fichier", name, Path(name).read_bytes()), genre=genre)
    return window.post(read.leads_to).status if read.leads_to else read.status


def _posted(arguments: list[str]) -> int:
    """A form is sent."""
    path, *fields = arguments
    return Window(Path.cwd()).post(path, **dict(one.split("=", 1) for one in fields)).status


COMMANDS = (
    Command("generer", ("generer",), _edited_content),
    Command("generer --jobs 2", ("generer", "--jobs", "2"), _edited_content),
    Command("generer, rien de fait", ("generer",), lambda root: shutil.rmtree(root / "sorties")),
    Command("generer sur des retouches", ("generer",), _edited_by_hand),
    Command("generer --remplacer", ("generer", "--remplacer"), _edited_by_hand),
    Command("nettoyer", ("nettoyer",), _gone),
    Command("suivi", ("suivi", CONVENTION)),
    Command("suivi --remplacer", ("suivi", CONVENTION, "--remplacer"), _board),
    Command("renouveler", ("renouveler", CONVENTION, "--id", "ctg-2032", "--version", DAY)),
    Command("nouveau", ("nouveau", "deliberation", "2026-987", "--objet", "Essai")),
    Command("renouveler, plan à part", ("renouveler", CONVENTION, "--id", "ctg-2032", "--version", DAY),
            _plan_in_a_workbook),
    Command("importer", ("importer", "poste.md", "-o", "poste-importe", "--oui", "--genre", "fiche_de_poste"),
            _file("poste.md", POST)),
    Command("importer un acte", ("importer", "acte.txt", "--oui", "--genre", "deliberation"),
            _file("acte.txt", ACT)),
    Command("importer des élus", ("importer", "elus.csv", "--oui", "--genre", "elus"),
            _file("elus.csv", BOARD)),
    Command("page, importer", ("elus.csv", "elus"), _file("elus.csv", BOARD), _dropped),
    Command("page, importer un acte", ("acte.txt", "deliberation"), _file("acte.txt", ACT), _dropped),
    Command("page, renouveler", ("/conventions/ctg-2022-2026/renouveler", "nom=ctg-2032"),
            _plan_in_a_workbook, _posted),
    Command("page, délibérations", ("/conventions/ctg-2027-2031/deliberations",), run=_posted),
    Command("page, retouche", (f"/documents/retouche/{NOTE}", "prendre=1"), _one_corrected, _posted),
    Command("nouveau elu", ("nouveau", "elu", "Mme Aude Valade")),
    Command("nouveau deliberations", ("nouveau", "deliberations", "--pour", "ctg-2027-2031")),
    Command("modeles nouveau", ("modeles", "nouveau", "deliberation")),
    Command("envoyer", ("envoyer", NOTE, "--a", "DGS")),
    Command("desceller", ("desceller", "2026-045", "--motif", "vote mal recopié")),
    Command("seance --courriels", ("seance", "2026-09-24", "--courriels")),
    Command("comparer", ("comparer", CONVENTION, "conventions/ctg-2027-2031", "-o", "c.docx", "--date", DAY)),
    Command("echeances", ("echeances", "--ics", "dates.ics", "--depuis", DAY)),
    Command("oublier", ("oublier", "delmas-ines")),
    Command("seance", ("seance", "2026-09-24")),
    Command("initialiser", ("initialiser", "neuf")),
    Command("numeroter", ("numeroter", "2026-09-24")),
    Command("mandat clore", ("mandat", "clore", "--au", DAY, "--oui")),
    Command("reprendre", ("reprendre", NOTE), _one_corrected),
    Command("exporter scdl", ("exporter", "scdl")),
    Command("exporter tout", ("exporter", "tout")),
)  # fmt: skip


def _child(root: Path, command: Command, step: int, log: Path = ELSEWHERE / "dit") -> int:
    """Starts a command in a process of its own, which kills itself at a step of the disk (0: never;
    COUNTED: never, and the size of the file « pas » is how many there are)."""
    if pid := os.fork():
        return pid
    code = 1
    try:
        os.chdir(root)
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        if step:
            sys.addaudithook(_killer(step, log))
        code = int(command.run([*command.arguments]))
        sys.stdout.flush()
    finally:
        os._exit(code)


def _killer(step: int, log: Path) -> Callable[[str, tuple[object, ...]], None]:
    """Counts the steps of a process; it is killed at `step`. Of a run that ends, the log's own name tells."""
    done = 0

    def hook(event: str, args: tuple[object, ...]) -> None:
        nonlocal done
        writes = event != "open" or any(sign in str(args[1]) for sign in "wxa+")
        if event in STEPS and writes:
            done += 1
            if step == COUNTED:
                os.truncate(log.with_name("pas"), done)
            elif done == step:
                os.kill(os.getpid(), signal.SIGKILL)

    return hook


def _ended(pid: int) -> int:
    """The code of a process that ends; minus its signal when it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def files_of(root: Path) -> Files:
    """What a workspace holds, but what the program keeps for itself."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
        and ".ctgdocs" not in path.relative_to(root).parts
        and not any(part.startswith(".ctgdocs-") for part in path.parts)  # goes with a later write
    }


def lost(root: Path, start: Files, reference: Files) -> Iterator[str]:
    """What a killed run may not leave."""
    killed = files_of(root)
    for path, data in killed.items():
        if data not in (start.get(path), reference.get(path)):
            yield f"{path} n’est ni l’ancien ni le nouveau"
    for path in start.keys() & reference.keys() - killed.keys():
        yield f"{path} n’est plus là"
    there = {*killed.values(), *(path.read_bytes() for path in root.rglob("historique/**/*.docx"))}
    for path, data in start.items():
        if data not in there and path.endswith(".docx") and (mark := mark_of(data)) and not mark.intact:
            yield f"{path}, retouché à la main, est perdu"


class Trial:
    """One command, its start and its reference."""

    def __init__(self, base: Path, command: Command) -> None:
        self.command = command
        self.start = ELSEWHERE / "depart"
        self.here = ELSEWHERE / "espace"
        self.log = ELSEWHERE / "dit"
        _copy(base, self.start)
        command.before(self.start)
        _copy(self.start, self.here)
        began = time.monotonic()
        (ELSEWHERE / "pas").write_bytes(b"")
        self.code = _ended(_child(self.here, command, COUNTED, self.log))
        self.seconds = time.monotonic() - began
        self.steps = (ELSEWHERE / "pas").stat().st_size
        self.hits = 0
        self.before, self.reference = files_of(self.start), files_of(self.here)
        self.code_again = self._run()

    def _run(self) -> int:
        return _ended(_child(self.here, self.command, 0, self.log))

    def kill(self, chance: random.Random) -> Iterator[str]:
        """One kill, and the same command again: what went wrong."""
        _copy(self.start, self.here)
        step = chance.randint(1, max(self.steps, 1)) if chance.random() < 0.6 else 0
        pid = _child(self.here, self.command, step, self.log)
        if not step:
            time.sleep(chance.uniform(0, self.seconds))
            os.kill(pid, signal.SIGKILL)
        self.hits += _ended(pid) == -signal.SIGKILL
        yield from lost(self.here, self.before, self.reference)
        code = self._run()
        said = self.log.read_text("utf-8", "replace")
        if "Traceback" in said or "pas prévu" in said:
            yield f"la relance se trompe : {said[-300:]}"
        if code not in (self.code, self.code_again):
            yield f"la relance finit par {code} : {said[-300:]}"
        after = files_of(self.here)
        for path in sorted(after.keys() ^ self.reference.keys()):
            yield f"{path} est {'de trop' if path in after else 'absent'} après la relance"
        for path in after.keys() & self.reference.keys():
            if after[path] != self.reference[path]:
                yield f"{path} est un autre après la relance"


def _copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True)


LEFT_OUT = (
    "deliberations/2026-02[89]*",
    "deliberations/2026-03[02]*",
    "deliberations/2026-05[89]*",
    "arretes/*",
    "bilans/*",
    "reunions/*",
    "notes/2026-11*",
)
"""What a kill does not need: the fewer documents, the more kills."""


def a_base() -> Path:
    """The example without most of its documents, generated once."""
    base = ELSEWHERE / "base"
    shutil.rmtree(ELSEWHERE, ignore_errors=True)
    base.mkdir(parents=True)
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, base / name)
    for pattern in LEFT_OUT:
        for path in (base / "content").glob(pattern):
            path.unlink()
    agents = base / "content" / "agents"
    agents.mkdir(exist_ok=True)
    if not (agents / "delmas-ines.yaml").exists():
        (agents / "delmas-ines.yaml").write_text("civilite: Mme\nnom: Delmas\nprenom: Inès\n", "utf-8")
    _ended(_child(base, COMMANDS[0], 0))
    return base


def main(arguments: Sequence[str]) -> int:
    turns, only = int(arguments[0]), " ".join(arguments[1:])
    base, wrong, hit = a_base(), 0, 0
    for command in (one for one in COMMANDS if only in one.name):
        trial = Trial(base, command)
        for turn in range(turns):
            for fault in trial.kill(random.Random(f"{command.name} {turn}")):
                wrong += 1
                print(f"{command.name}, tour {turn} : {fault}", flush=True)
        hit += trial.hits
        print(f"{command.name} : {trial.hits} arrêts sur {turns}, {trial.steps} pas", flush=True)
    shutil.rmtree(ELSEWHERE, ignore_errors=True)
    print(f"{hit} arrêts, {wrong} faute(s)")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
