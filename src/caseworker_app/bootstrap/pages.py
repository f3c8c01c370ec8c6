"""Joins the pages of the main window to an open file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from caseworker_app.bootstrap.door import Door
from caseworker_app.bootstrap.office import Office
from caseworker_app.bootstrap.procedures import procedures_tab
from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.dossier.domain.neighbours import ListWalk
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import HouseholdTab, Navigator, Page, RoomTab
from caseworker_app.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from caseworker_app.bootstrap.backup_keeper import BackupKeeper
    from caseworker_app.features.diary.screens.desk import VisitDesk
    from caseworker_app.features.handover.screens.review_work import DocumentDesk
    from caseworker_app.features.team.domain import Who
    from caseworker_app.kernel.changes import Changes
    from caseworker_app.storage.drafts import Drafts
    from caseworker_app.storage.encrypted_file import EncryptedFile

    TakeBack = Callable[[EncryptedFile, Who], tuple[str, Changes]]


class Desk:
    """What the pages of one open file share, and how each is made when it is first shown."""

    def __init__(self, office: Office, tasks: Tasks, door: Door | None = None) -> None:
        """Make nothing yet."""
        self.office, self.tasks = office, tasks
        self.navigator, self.changes, self.walk = Navigator(), ChangeBroadcast(), ListWalk()
        # Told by the window once it is there: what it does when an appearance or a size is chosen.
        self.look: Callable[[str, object], None] = lambda _what, _value: None
        # Told by the window once it is there: what a line of the palette does.
        self.command: Callable[[str, str], None] | None = None
        # Made with the window.
        self.keeper: BackupKeeper | None = None
        self.door = door or Door()

    def pages(self) -> dict[str, Callable[[], Page]]:
        """Return the builder of each page, by its name in routes."""
        return {
            "week": self._week,
            "households": self._households,
            "dossier": self._dossier,
            "visit": self._visit,
            "document": self._document,
            "follow-up": self._follow_up,
            "paper": self._paper,
            "letter": self._letter,
            "import": self._import,
            "agenda": self._agenda,
            "referrals": self._referrals,
            "veille": self._veille,
            "partners": self._partners,
            "writings": self._writings,
            "settings": self._settings,
        }

    def _shared(
        self,
    ) -> tuple[EncryptedFile, Who, Drafts, Tasks, ChangeBroadcast, Navigator, TakeBack]:
        """Return what the desk of every room begins with (`ui_kit.room_desk`)."""
        o = self.office
        return o.file, o.who, o.drafts, self.tasks, self.changes, self.navigator, self.take_back()

    def act(self, key: str, household: str) -> None:
        """Do what a line of the palette does."""
        if self.command is not None:
            self.command(key, household)

    def _week(self) -> Page:
        from caseworker_app.features.week.screens.page import WeekPage
        from caseworker_app.features.week.screens.reading import WeekDesk

        return WeekPage(WeekDesk(*self._shared(), self.act))

    def _households(self) -> Page:
        from caseworker_app.features.directory.screens.page import HouseholdsPage
        from caseworker_app.features.intake.screens.notice import InterruptedNotice

        o = self.office
        notice = InterruptedNotice(o.file, o.who, self.tasks, self.changes, self.navigator)
        return HouseholdsPage(
            o.file, o.who, self.tasks, self.changes, self.navigator, self.walk, notice, renderers
        )  # fmt: skip

    def _import(self) -> Page:
        from caseworker_app.bootstrap.apart import Apart
        from caseworker_app.bootstrap.backups import back_up_before_import
        from caseworker_app.features.intake.screens.page import ImportPage
        from caseworker_app.features.intake.service.checking import write_list
        from caseworker_app.features.team.domain import Right

        o = self.office
        apart = Apart(o.file, self.tasks, {} if o.throw_away else {write_list: back_up_before_import})
        watch = self.watch_over if o.who.may(Right.WRITE_FILES) else None
        return ImportPage(o.file, o.who, o.drafts, self.tasks, apart, self.changes, self.navigator, watch)

    def watch_over(self, parent: QWidget, household_ids: Sequence[str]) -> None:
        """Ask on which rhythm veilles are opened for households, as their list does."""
        from caseworker_app.features.directory.screens.watching import WatchDialog
        from caseworker_app.ui_kit.room_desk import RoomDesk

        desk = RoomDesk(*self._shared())
        dialog = WatchDialog(
            parent, desk.file, desk.who, desk.tasks, lambda answer: desk.done(answer, answer[0].words())
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask_for(household_ids)

    def _agenda(self) -> Page:
        from caseworker_app.bootstrap.palette import households_named
        from caseworker_app.features.agenda.screens.desk import AgendaDesk
        from caseworker_app.features.agenda.screens.page import AgendaPage

        o = self.office
        return AgendaPage(AgendaDesk(*self._shared(), lambda words: households_named(o.file, o.who, words)))

    def _partners(self) -> Page:
        from caseworker_app.features.partners.screens.desk import PartnersDesk
        from caseworker_app.features.partners.screens.page import PartnersPage

        return PartnersPage(PartnersDesk(*self._shared()))

    def _writings(self) -> Page:
        from caseworker_app.features.directory.screens.writings_page import WritingsPage

        o = self.office
        return WritingsPage(o.file, o.who, self.tasks, self.changes, self.navigator)

    def _referrals(self) -> Page:
        from caseworker_app.bootstrap.likely import matches
        from caseworker_app.features.referrals.screens.desk import ReferralsDesk
        from caseworker_app.features.referrals.screens.page import ReferralsPage

        return ReferralsPage(ReferralsDesk(*self._shared(), matches))

    def _veille(self) -> Page:
        from caseworker_app.bootstrap.palette import households_named
        from caseworker_app.features.veille.screens.desk import VeilleDesk
        from caseworker_app.features.veille.screens.page import VeillePage

        o = self.office
        return VeillePage(VeilleDesk(*self._shared(), lambda words: households_named(o.file, o.who, words)))

    def _settings(self) -> Page:
        from caseworker_app.bootstrap.settings import sections
        from caseworker_app.shell.settings import SettingsPage

        listed = sections(
            self.office, self.tasks, self.changes, self.navigator, self.take_back(), self.look, self.door
        )
        # Before how the window looks: what concerns the file stands together.
        place = next(number for number, section in enumerate(listed) if section.key == "look")
        listed[place:place] = [] if self.keeper is None else self.keeper.sections(self.navigator)
        return SettingsPage(listed)

    def _dossier(self) -> Page:
        from caseworker_app.features.dossier.screens.page import DossierDoors, DossierPage

        o = self.office
        return DossierPage(
            o.file, o.who, self.tasks, self.changes, self.navigator, self.walk, self._dossier_tabs(),
            DossierDoors(self.take_back(), self._undo(), o.drafts),
        )  # fmt: skip

    def _undo(self) -> Callable[[EncryptedFile, Who, str], tuple[str, Changes]]:
        """Return what undoes the change named, with its drafts."""
        from caseworker_app.features.dossier.service import undo_change

        return partial(undo_change, drafts=self.office.drafts)

    def _dossier_tabs(self) -> list[RoomTab]:
        """Return the tabs rooms bring to the dossier, in reading order."""
        given = (self.office, self.tasks, self.changes, self.navigator, self.take_back())
        return [
            RoomTab("composition", "Composition", self._composition_tab),
            RoomTab("measure", "Mesure", self._measure_tab),
            RoomTab("housing", "Logement", self._housing_tab),
            RoomTab("goals", "Objectifs", self._goals_tab),
            RoomTab("budget", "Budget", self._budget_tab),
            RoomTab("orientations", "Orientations", self._orientations_tab),
            RoomTab("procedures", "Démarches", lambda: procedures_tab(*given)),
            RoomTab("attachments", "Pièces", self._attachments_tab),
            RoomTab("rights", "Droits", self._rights_tab),
        ]

    def _composition_tab(self) -> HouseholdTab:
        from caseworker_app.features.households.screens.tab import CompositionTab

        return CompositionTab(*self._shared())

    def _measure_tab(self) -> HouseholdTab:
        from caseworker_app.bootstrap.likely import asked_for, watched
        from caseworker_app.features.diary import service as diary
        from caseworker_app.features.measures.screens.desk import MeasuresDesk
        from caseworker_app.features.measures.screens.tab import MeasureTab

        return MeasureTab(MeasuresDesk(*self._shared(), diary.meeting_days, asked_for, watches=watched))

    def _attachments_tab(self) -> HouseholdTab:
        from caseworker_app.features.attachments.screens.tab import AttachmentsTab
        from caseworker_app.features.attachments.screens.work import PieceDesk

        return AttachmentsTab(PieceDesk(*self._shared(), self.office.copies))

    def _budget_tab(self) -> HouseholdTab:
        from caseworker_app.features.budget.screens.tab import BudgetTab

        return BudgetTab(*self._shared())

    def _housing_tab(self) -> HouseholdTab:
        from caseworker_app.features.housing.screens.desk import HousingDesk
        from caseworker_app.features.housing.screens.tab import HousingTab

        return HousingTab(HousingDesk(*self._shared()))

    def _orientations_tab(self) -> HouseholdTab:
        from caseworker_app.features.handover.screens.consent_dialog import ask_agreement
        from caseworker_app.features.orientations.screens.desk import OrientationsDesk
        from caseworker_app.features.orientations.screens.tab import OrientationsTab

        return OrientationsTab(OrientationsDesk(*self._shared(), ask_agreement))

    def _rights_tab(self) -> HouseholdTab:
        from caseworker_app.bootstrap.renderers import disclosure
        from caseworker_app.features.rights.screens.desk import RightsDesk
        from caseworker_app.features.rights.screens.tab import RightsTab

        return RightsTab(RightsDesk(*self._shared(), disclosure))

    def _goals_tab(self) -> HouseholdTab:
        from caseworker_app.features.diary import service as diary
        from caseworker_app.features.goals.screens.tab import GoalsTab

        tab = GoalsTab(*self._shared(), diary.goal_proofs)
        tab.remember_view(self.door.goal_view)
        return tab

    def tab_words(self) -> tuple[tuple[str, str], ...]:
        """Return the keys and words of the tabs of a dossier, in reading order."""
        from caseworker_app.features.dossier.screens.header_band import FIRST_TABS, LAST_TABS

        return (*FIRST_TABS, *((tab.key, tab.words) for tab in self._dossier_tabs()), *LAST_TABS)

    def section_keys(self) -> tuple[str, ...]:
        """Return the keys of the sections of the settings this worker is shown."""
        from caseworker_app.bootstrap.sections_shown import shows
        from caseworker_app.shell.called import SECTIONS

        # What is thrown away is not backed up.
        left_out = {"backups"} if self.office.throw_away else set()
        return tuple(
            each.key for each in SECTIONS if each.key not in left_out and shows(self.office.who, each.key)
        )

    def take_back(self) -> TakeBack:
        """Return what undoes the last change of the worker, with its drafts."""
        from caseworker_app.features.dossier.service import take_back_last

        return partial(take_back_last, drafts=self.office.drafts)

    def visit_desk(self) -> VisitDesk:
        """Return what the visit and the quick note work with."""
        from caseworker_app.features.diary.screens.desk import VisitDesk

        return VisitDesk(*self._shared())

    def _visit(self) -> Page:
        from caseworker_app.features.diary.screens.page import VisitPage

        return VisitPage(self.visit_desk())

    def _follow_up(self) -> Page:
        from caseworker_app.features.handover.screens.follow_up_page import FollowUpPage

        return FollowUpPage(self._document_desk())

    def _paper(self) -> Page:
        from caseworker_app.features.handover.screens.paper_page import PaperPage

        return PaperPage(self._document_desk())

    def _letter(self) -> Page:
        from caseworker_app.features.handover.screens.letter_page import LetterPage

        return LetterPage(self._document_desk())

    def _document(self) -> Page:
        from caseworker_app.features.handover.screens.page import DocumentPage

        return DocumentPage(self._document_desk())

    def _document_desk(self) -> DocumentDesk:
        from caseworker_app.features.handover.screens.review_work import DocumentDesk

        o = self.office
        return DocumentDesk(o.file, o.who, o.drafts, self.tasks, self.changes, self.navigator, renderers())
