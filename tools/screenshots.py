"""Makes the pictures of the documentation: every screen and document, on the demonstration's invented households."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QThread
from PySide6.QtWidgets import QApplication, QWidget

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
TABS = {
    "composition": "composition", "measure": "mesure", "housing": "logement", "goals": "objectifs", "budget": "budget",
    "orientations": "orientations", "procedures": "demarches", "rights": "droits", "history": "historique",
}  # fmt: skip
SIZES = {"": (1366, 768), "-1920": (1920, 1080)}


def main() -> int:
    """Write every picture into the folder named (by default `docs/pictures`)."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    options.add_argument("--all", action="store_true", help="also 1920 × 1080 and text at 150 %%")
    chosen = options.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="passerelle-images-", ignore_cleanup_errors=True) as place:
        Studio(app, Path(place), chosen.out).take(everything=chosen.all)
    return 0


class Studio:
    """Opens the windows one after the other and takes their picture."""

    def __init__(self, app: QApplication, place: Path, out: Path) -> None:
        """Work on a throw-away demonstration in `place`."""
        self._app, self._place, self._out = app, place, out

    def take(self, *, everything: bool) -> None:
        """Take every picture."""
        self._entrance()
        for appearance, suffix in (("light", ""), ("dark", "-dark")):
            self._pages(appearance, 100, suffix, "")
        if everything:
            self._pages("light", 100, "-1920", "-1920")
            self._pages("dark", 100, "-dark-1920", "-1920")
            self._pages("light", 150, "-150", "-1920")
        self._documents()

    def _entrance(self) -> None:
        from caseworker_app.bootstrap.window import Program

        program = Program(self._app, self._place / "nobody")
        program.begin()
        window = program.entrance
        assert window is not None
        self._picture(window, "premiere-ouverture")
        window.blockSignals(True)
        window.close()
        program.tasks.close()

    def _pages(self, appearance: str, scale: int, suffix: str, size: str) -> None:
        from caseworker_app.bootstrap.file_window import build_main_window
        from caseworker_app.bootstrap.office import open_demonstration
        from caseworker_app.kernel.clock import FixedClock
        from caseworker_app.shell.language import speak_french
        from caseworker_app.ui_kit.dress import dress
        from caseworker_app.ui_kit.tasks import Tasks

        speak_french(self._app)
        dress(self._app, appearance, scale)  # type: ignore[arg-type]
        tasks = Tasks()
        with open_demonstration(clock=FixedClock(NOW)) as office:
            window = build_main_window(office, tasks)
            window.resize(*SIZES[size])
            window.show()
            for name, go in self._tour(window, office):
                go()
                self._settle(tasks)
                self._picture(window, f"{name}{suffix}")
            window.hide()
            tasks.close()
            window.deleteLater()

    def _tour(self, window: QWidget, office: object) -> list[tuple[str, Callable[[], object]]]:
        household = _shown_household(office)
        go = window.navigator.open  # type: ignore[attr-defined]
        return [
            ("accueil", lambda: go("week")),
            ("menages", lambda: go("households")),
            ("dossier", lambda: go("dossier", household=household)),
            *(
                (f"dossier-{name}", lambda tab=tab: go("dossier", household=household, tab=tab))
                for tab, name in TABS.items()
            ),
            ("dossier-objectifs-colonnes", lambda: self._goals_in_columns(window, household)),
            ("visite", lambda: go("visit", household=household)),
            ("document", lambda: go("document", household=household, subject="bilan-bailleur")),
            ("dossier-de-suivi", lambda: go("follow-up", household=household)),
            ("agenda", lambda: go("agenda")),
            ("demandes", lambda: go("referrals")),
            ("veille", lambda: go("veille")),
            ("plan-objectifs", lambda: go("paper", household=household)),
            ("lettre-orientation", lambda: go("letter", household=household, subject="lettre-orientation")),
            ("fiche-liaison", lambda: self._part_sheet(window, office, household)),
            ("reponse-demande", lambda: self._answer(window, office)),
            ("fiche-de-fin", lambda: go("paper", household=household, subject="fiche-fin-mesure")),
            ("partenaires", lambda: go("partners")),
            ("recherche-ecrits", lambda: self._search_writings(window)),
            ("reglages", lambda: go("settings")),
            ("reglages-phrases", lambda: go("settings", subject="sentences")),
            ("reglages-mots-relus", lambda: go("settings", subject="check-words")),
            ("reglages-conventions", lambda: go("settings", subject="agreements")),
            ("reglages-grille", lambda: go("settings", subject="grid")),
            ("reglages-bibliotheque", lambda: go("settings", subject="library")),
            ("conservation", lambda: go("settings", subject="retention")),
            ("import-colonnes", lambda: self._open_list(window)),
            # Looked up when it is its turn: the page is another one by then.
            ("import-verification", lambda: _press_primary(window)),
            ("note-rapide", lambda: self._begin_note(window, household)),
        ]

    def _search_writings(self, window: QWidget) -> None:
        """Look for a word that many entries hold."""
        window.navigator.open("writings")  # type: ignore[attr-defined]
        window.page.head.words.setText("loyer")  # type: ignore[attr-defined]

    def _answer(self, window: QWidget, office: object) -> None:
        """Show the answer to a referral before it leaves."""
        from caseworker_app.features.referrals import service as referrals

        household = _household_called(office, "N’Guessan")
        with office.file.reading() as connection:  # type: ignore[attr-defined]
            (of, _), *_others = referrals.referrals_of(connection, office.who, household)  # type: ignore[attr-defined]
        window.navigator.open("letter", household, f"reponse-demande:{of.id}")  # type: ignore[attr-defined]

    def _part_sheet(self, window: QWidget, office: object, household: str) -> None:
        """Show the sheet of the part that has an agreement, with what is shared, before it leaves."""
        from caseworker_app.features.measures import service as measures

        with office.file.reading() as connection:  # type: ignore[attr-defined]
            parts = measures.parts_of(connection, office.who, household)  # type: ignore[attr-defined]
        part = next(each.id for each in parts if each.shared)
        window.navigator.open("letter", household, f"fiche-liaison:{part}:shared")  # type: ignore[attr-defined]

    def _open_list(self, window: QWidget) -> None:
        """Begin to import the demonstration's own landlord list."""
        from caseworker_app.features.demonstration.domain.landlord_list import landlord_list

        path = self._place / "locataires.csv"
        path.write_bytes(landlord_list(NOW.date(), 1))
        window.navigator.open("import")  # type: ignore[attr-defined]
        window.page.read_list(path)  # type: ignore[attr-defined]

    def _goals_in_columns(self, window: QWidget, household: str) -> None:
        """Show the goals of a household in a column a state."""
        from caseworker_app.features.goals.screens.goal_board import BOARD
        from caseworker_app.features.goals.screens.tab import GoalsTab

        window.navigator.open("dossier", household=household, tab="goals")  # type: ignore[attr-defined]
        for tab in window.findChildren(GoalsTab):
            # Asked again: the answer shows them as the view says.
            tab.goals.choose_view(BOARD)
            tab.read_again()

    def _begin_note(self, window: QWidget, household: str) -> None:
        """Open the quick note over a household's file."""
        window.navigator.open("dossier", household=household)  # type: ignore[attr-defined]
        window.command_asked.emit("note", household)  # type: ignore[attr-defined]

    def _documents(self) -> None:
        from caseworker_app.bootstrap.office import open_demonstration
        from caseworker_app.bootstrap.renderers import renderers
        from caseworker_app.features.handover.service.printing import print_document
        from caseworker_app.kernel.clock import FixedClock

        with open_demonstration(clock=FixedClock(NOW)) as office:
            shown, left = _shown_household(office), _household_called(office, "N’Guessan")
            for kind, name, household in (
                ("bilan-bailleur", "bilan", shown), ("compte-rendu-visite", "compte-rendu", shown),
                ("diagnostic", "diagnostic", left), ("fiche-fin-mesure", "fin-de-mesure", left),
            ):  # fmt: skip
                path = self._place / f"{name}.pdf"
                print_document(office.file, office.who, kind, household, path, renderers())
                self._pdf_pages(path, name)

    def _pdf_pages(self, path: Path, name: str) -> None:
        import pypdfium2

        with pypdfium2.PdfDocument(path) as document:
            for number, page in enumerate(document, 1):
                page.render(scale=1.2).to_pil().save(self._out / f"{name}-{number}.png")

    def _settle(self, tasks: object) -> None:
        """Let background reads answer and their results be painted."""
        deadline = QDeadlineTimer(20_000)
        quiet = 0
        while quiet < 60 and not deadline.hasExpired():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 30)
            quiet = 0 if tasks.busy else quiet + 1  # type: ignore[attr-defined]
            QThread.msleep(10)

    def _picture(self, window: QWidget, name: str) -> None:
        window.show()
        self._app.processEvents()
        window.grab().save(str(self._out / f"{name}.png"))
        print(self._out / f"{name}.png")


def _press_primary(window: QWidget) -> None:
    window.page.foot.primary.click()  # type: ignore[attr-defined]


def _shown_household(office: object) -> str:
    """Return the household of the sliding lease, whose file is the fullest."""
    return _household_called(office, "Ferhaoui")


def _household_called(office: object, name: str) -> str:
    """Return a household of the demonstration by a name nobody else bears in it."""
    from caseworker_app.features.directory import service as directory

    with office.file.reading() as connection:  # type: ignore[attr-defined]
        found = directory.search(connection, office.who, name, 1)  # type: ignore[attr-defined]
    return found[0].household_id


if __name__ == "__main__":
    sys.exit(main())
