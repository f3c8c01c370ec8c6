"""Joins the pages of the main window to an open file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from caseworker_app.bootstrap.office import Office
from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.dossier.domain.neighbours import ListWalk
from caseworker_app.shell.main_window import MainWindow
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator, Page, RoomTab
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.tasks import Latest, Tasks

if TYPE_CHECKING:
    from caseworker_app.features.directory.domain import FoundHousehold
    from caseworker_app.features.handover.domain.transmission import Unfinished
    from caseworker_app.features.team.domain import Who
    from caseworker_app.kernel.changes import Changes
    from caseworker_app.storage.encrypted_file import EncryptedFile

# What the search field shows: more than fit its list would only slow it.
RESULTS = 8


class Desk:
    """What the pages of one open file share, and how each is made when it is first shown."""

    def __init__(self, office: Office, tasks: Tasks) -> None:
        """Make nothing yet."""
        self.office, self.tasks = office, tasks
        self.navigator, self.changes, self.walk = Navigator(), ChangeBroadcast(), ListWalk()

    def pages(self) -> dict[str, Callable[[], Page]]:
        """Return the builder of each page, by its name in routes."""
        return {
            "households": self._households,
            "dossier": self._dossier,
            "visit": self._visit,
            "document": self._document,
            "import": self._import,
        }

    def _households(self) -> Page:
        from caseworker_app.features.directory.screens.page import HouseholdsPage
        from caseworker_app.features.intake.screens.notice import InterruptedNotice

        o = self.office
        notice = InterruptedNotice(o.file, o.who, self.tasks, self.changes, self.navigator)
        return HouseholdsPage(o.file, o.who, self.tasks, self.changes, self.navigator, self.walk, notice)

    def _import(self) -> Page:
        from caseworker_app.features.intake.screens.page import ImportPage

        o = self.office
        return ImportPage(o.file, o.who, self.tasks, self.changes, self.navigator)

    def _dossier(self) -> Page:
        from caseworker_app.features.dossier.screens.page import DossierPage

        o = self.office
        return DossierPage(
            o.file, o.who, self.tasks, self.changes, self.navigator, self.walk, self._dossier_tabs(),
            self._take_back(),
        )  # fmt: skip

    def _dossier_tabs(self) -> list[RoomTab]:
        """Return the tabs rooms bring to the dossier, in reading order."""
        return []

    def _take_back(self) -> Callable[[EncryptedFile, Who], tuple[str, Changes]]:
        """Return what undoes the last change of the worker, with its drafts."""
        from caseworker_app.features.dossier.service import take_back_last

        return partial(take_back_last, drafts=self.office.drafts)

    def _visit(self) -> Page:
        from caseworker_app.features.diary.screens.page import VisitDesk, VisitPage

        o = self.office
        desk = VisitDesk(o.file, o.who, o.drafts, self.tasks, self.changes, self.navigator, self._take_back())
        return VisitPage(desk)

    def _document(self) -> Page:
        from caseworker_app.features.handover.screens.page import DocumentDesk, DocumentPage

        o = self.office
        desk = DocumentDesk(o.file, o.who, o.drafts, self.tasks, self.changes, self.navigator, renderers())
        return DocumentPage(desk)


def build_main_window(office: Office, tasks: Tasks) -> MainWindow:
    """Return the window of an open file, its search joined, nothing shown yet."""
    desk = Desk(office, tasks)
    window = MainWindow(office.who.name, desk.pages(), tasks, desk.navigator)
    window.show_file_state(encrypted=True)
    _join_search(window, desk)
    _finish_transmissions(desk)
    return window


def _join_search(window: MainWindow, desk: Desk) -> None:
    from caseworker_app.features.directory import service as directory

    office = desk.office
    answers: Latest[tuple[str, list[Row]]] = desk.tasks.latest(
        lambda answer: window.show_results(answer[0], answer[1])
    )

    def ask(words: str) -> tuple[str, list[Row]]:
        with office.file.reading() as connection:
            found = directory.search(connection, office.who, words, RESULTS)
        return words, [_result(one) for one in found]

    window.search_asked.connect(lambda words: answers.ask(lambda: ask(words)))
    window.result_chosen.connect(lambda key: desk.navigator.open("dossier", household=key))


def _finish_transmissions(desk: Desk) -> None:
    """Deliver the documents whose register line was written just before the program was killed."""
    from caseworker_app.features.handover.service.reviews import finish_transmissions

    def tell(unfinished: list[Unfinished]) -> None:
        for one in unfinished:
            desk.navigator.confirm(one.sentence)

    office = desk.office
    desk.tasks.run(
        lambda: finish_transmissions(office.file, office.who), tell, words="Vérification des envois"
    )


def _result(found: FoundHousehold) -> Row:
    detail = " · ".join(f"{m.label}\u00a0: {m.context}" for m in found.matched[:2])
    return Row(
        found.household_id, found.name, detail or found.reference, icon="lock" if found.protected else "users"
    )
