"""`self-test`: does the installed program work here, from the fonts to the printed page?"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.kernel.errors import CaseworkerError

if TYPE_CHECKING:
    from caseworker_app.ui_kit.work import Progress

Say = Callable[[str], None]


class SelfTestFailed(CaseworkerError):
    """Something of the installation does not work."""

    def __init__(self, what: str) -> None:
        """Say what, and what to do."""
        super().__init__(f"L’installation est incomplète ({what})\u00a0: réinstallez Passerelle.")


def run(say: Say | None = None) -> list[str]:
    """Play the main job in a throw-away folder, check what came out, and return what passed."""
    passed: list[str] = []

    def note(line: str) -> None:
        passed.append(line)
        if say is not None:
            say(f"✓ {line}")

    _check_resources(note)
    _check_processes(note)
    _check_spelling(note)
    with tempfile.TemporaryDirectory(prefix="passerelle-essai-", ignore_cleanup_errors=True) as place:
        _play(Path(place), note)
    return passed


def _check_resources(note: Say) -> None:
    from caseworker_app.kernel.paths import guide, resources

    for folder in ("parameters", "icons", "fonts"):
        if not any((resources() / folder).iterdir()):
            raise SelfTestFailed(folder)
    if not any(guide().glob("*.md")):
        raise SelfTestFailed("guide")
    note("barèmes, icônes, polices et guide présents")


def _check_processes(note: Say) -> None:
    """Have a sum done in another process, as imports and batches of documents do."""
    from caseworker_app.ui_kit.processes import Processes
    from caseworker_app.ui_kit.work import Progress

    processes = Processes()
    try:
        if processes.call(_add, (2, 3), Progress(lambda step: None, lambda: False)) != 5:
            raise SelfTestFailed("calculs en arrière-plan")
    finally:
        processes.close()
    note("calculs en arrière-plan")


def _check_spelling(note: Say) -> None:
    """Have words looked up in the dictionary from another process, as while one writes."""
    from caseworker_app.kernel.spelling import misspelt, suggestions
    from caseworker_app.ui_kit.processes import Processes
    from caseworker_app.ui_kit.work import Progress

    processes = Processes()
    try:
        untold = Progress(lambda step: None, lambda: False)
        wrong = processes.call(misspelt, (("ménage", "logment"),), untold)
        meant = processes.call(suggestions, ("logment",), untold)
    finally:
        processes.close()
    if wrong != ("logment",) or "logement" not in meant:
        raise SelfTestFailed("orthographe")
    note("orthographe française, son dictionnaire et ses propositions")


def _add(_progress: Progress, left: int, right: int) -> int:
    return left + right


def _play(place: Path, note: Say) -> None:
    from caseworker_app.bootstrap.office import create_office, open_office
    from caseworker_app.bootstrap.renderers import renderers
    from caseworker_app.features.demonstration.service import DEMONSTRATION_OFFICE, fill, play_main_job
    from caseworker_app.storage.integrity import verify

    folder, out, passphrase = place / "fichier", place / "documents", "phrase de l’essai"
    out.mkdir()
    with create_office(folder, passphrase, DEMONSTRATION_OFFICE)[0] as office:
        note("fichier chiffré créé")
        fill(office.file, office.who, households=24, seed=1)
        made = play_main_job(office.file, office.who, out, renderers=renderers(), say=note)
    with open_office(folder, passphrase) as office, office.file.reading() as connection:
        found = verify(connection)
    if not found.sound:
        raise SelfTestFailed("vérification du fichier")
    note(f"fichier rouvert et vérifié : {found.changesets} modifications")
    _check_documents(made, note)


def _check_documents(made: list[Path], note: Say) -> None:
    import pypdfium2

    for path in made:
        if path.suffix == ".pdf":
            with pypdfium2.PdfDocument(path) as document:
                if len(document) == 0 or not document[0].get_textpage().get_text_bounded().strip():
                    raise SelfTestFailed(path.name)
    note(f"{sum(path.suffix == '.pdf' for path in made)} documents PDF relus")
