"""The sections of the settings, joined to an open file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from caseworker_app.bootstrap.figures import figures_sources
from caseworker_app.bootstrap.procedures import checklists_section
from caseworker_app.bootstrap.sections_shown import shows
from caseworker_app.features.accesses.screens.section import AccessesSection
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.features.diary.screens.dictionary_section import DictionarySection
from caseworker_app.features.diary.screens.sentences_section import SentencesSection
from caseworker_app.features.handover.screens.own_words_section import OwnWordsDesk, OwnWordsSection
from caseworker_app.features.measures.screens.agreements import AgreementsSection
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.team.screens.association import AssociationSection
from caseworker_app.features.team.screens.desk import TakeBack, TeamDesk
from caseworker_app.features.team.screens.people import PeopleSection
from caseworker_app.features.team.service import the_association
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.french import typeset
from caseworker_app.shell.settings_about import AboutSection
from caseworker_app.shell.settings_look import LookSection
from caseworker_app.shell.settings_tables import TablesSection
from caseworker_app.ui_kit.settings_section import SectionTab

if TYPE_CHECKING:
    from caseworker_app.bootstrap.door import Door
    from caseworker_app.bootstrap.office import Office
    from caseworker_app.features.agenda.screens.publication_section import PublicationSection
    from caseworker_app.features.goals.screens.grid_section import GridSection
    from caseworker_app.features.goals.screens.library_section import LibrarySection
    from caseworker_app.features.goals.screens.settings_desk import GoalSettingsDesk
    from caseworker_app.features.measures.domain.indicators import AgreementFigures
    from caseworker_app.features.retention.screens.section import RetentionSection
    from caseworker_app.shell.settings_security import SecuritySection
    from caseworker_app.ui_kit.changes import ChangeBroadcast
    from caseworker_app.ui_kit.page import Navigator
    from caseworker_app.ui_kit.tasks import Tasks

Look = Callable[[str, object], None]
_ABOUT_TEAM = "Qui travaille ici, et ce que chacun peut faire."
_ABOUT_SECURITY = "Ce qui ouvre votre fichier, et quand il se verrouille."
_ABOUT_AGENDA = "Le fichier que votre téléphone lit, et les jours fériés montrés."
_ABOUT_LOOK = "Couleurs et taille du texte, pour vous, sur ce PC."
_ABOUT_TABLES = (
    "Les montants, délais et listes dont le programme se sert, avec leur source. Ils se lisent ici ; "
    "ils changent avec les mises à jour."
)
_ABOUT_PAPERS = (
    "Les pièces demandées pour chaque démarche. Une démarche commencée garde la liste de ce jour-là."
)
_ABOUT_LIBRARY = "Les objectifs et les étapes que vous réutilisez, à reprendre quand vous en ajoutez un."
_ABOUT_GRID = "Les domaines et les mots de vos évaluations. Chaque modification garde les versions d’avant."
_ABOUT_AGREEMENTS = "Avec qui, jusqu’à quand, combien de ménages, et les places qui restent."
_ABOUT_SENTENCES = "Ce que l’association écrit souvent, inséré par Ctrl + Espace là où vous écrivez."
_ABOUT_DICTIONARY = "Les mots de l’association que l’orthographe ne souligne plus."
_ABOUT_CHECK = "Les mots à montrer, ou sans danger chez vous, dans ce qui part vers l’extérieur."
_ABOUT_RETENTION = "Les dossiers arrivés à échéance : les garder avec une raison, les archiver, les effacer."
_ABOUT_ACCESSES = (
    "Qui a consulté, imprimé ou sorti quoi, et quand. Une ligne ne se modifie ni ne s’efface ; "
    "elle est supprimée au bout de douze mois."
)


def sections(
    office: Office, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator, take_back: TakeBack,
    look: Look, door: Door,
) -> list[SectionTab]:  # fmt: skip
    """Return the sections in the order they are listed; `look(what, value)` applies an appearance or a size."""
    desk = TeamDesk(office.file, office.who, tasks, changes, navigator, take_back)
    return [
        *_team(desk),
        *_agreements(office, tasks, changes, navigator, take_back),
        *_goals(office, desk),
        *_papers(office, desk),
        *_words(VisitDesk(office.file, office.who, office.drafts, tasks, changes, navigator, take_back)),
        SectionTab(
            "security", "Sécurité", _ABOUT_SECURITY, "shield-lock",
            lambda: _security(office, tasks, navigator, door),
        ),
        *_accesses(office, tasks, navigator),
        *_retention(office, desk),
        *_agenda(office, tasks, changes, navigator, take_back),
        SectionTab("look", "Apparence", _ABOUT_LOOK, "contrast", lambda: _appearance(look)),
        *_program(office, tasks, navigator),
    ]  # fmt: skip


def _team(desk: TeamDesk) -> list[SectionTab]:
    return [
        SectionTab(
            "association", "Association", "Ce qui figure en tête de vos documents.", "building",
            lambda: AssociationSection(desk),
        ),
        SectionTab("people", "Personnes et droits", _ABOUT_TEAM, "users-group", lambda: PeopleSection(desk)),
    ]  # fmt: skip


def _agreements(
    office: Office, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator, take_back: TakeBack
) -> list[SectionTab]:
    """Return the agreements, for those who read files or manage the office."""
    if not shows(office.who, "agreements"):
        return []
    desk = MeasuresDesk(
        office.file, office.who, office.drafts, tasks, changes, navigator, take_back,
        visits=diary.meeting_days, draw_figures=_figures_page, delays_follow=referrals.delays_follow,
        sources=figures_sources(),
    )  # fmt: skip
    return [
        SectionTab(
            "agreements",
            "Conventions",
            typeset(_ABOUT_AGREEMENTS),
            "signature",
            lambda: AgreementsSection(desk),
        )
    ]


def _figures_page(shown: AgreementFigures, day: date) -> bytes:
    # ReportLab takes a while to import: only when something is printed.
    from caseworker_app.features.handover.service.pages import identity_of
    from caseworker_app.features.measures.documents import render_figures

    return render_figures(shown, identity_of(shown.association), day)


def _goals(office: Office, team: TeamDesk) -> list[SectionTab]:
    """Return what evaluations and goals are written with, for those who read files or manage the office."""
    if not shows(office.who, "grid"):
        return []

    def desk() -> GoalSettingsDesk:
        from caseworker_app.features.goals.screens.settings_desk import GoalSettingsDesk

        given = (office.file, office.who, office.drafts, team.tasks, team.changes, team.navigator)
        return GoalSettingsDesk(*given, team.take_back)

    def grid() -> GridSection:
        from caseworker_app.features.goals.screens.grid_section import GridSection

        return GridSection(desk())

    def library() -> LibrarySection:
        from caseworker_app.features.goals.screens.library_section import LibrarySection

        return LibrarySection(desk())

    return [
        SectionTab("grid", "Grille d’autonomie", typeset(_ABOUT_GRID), "target", grid),
        SectionTab("library", "Bibliothèque d’objectifs", _ABOUT_LIBRARY, "bookmark", library),
    ]


def _papers(office: Office, team: TeamDesk) -> list[SectionTab]:
    """Return the lists of papers by procedure, for those who read files or manage the office."""
    if not shows(office.who, "papers"):
        return []

    given = (office, team.tasks, team.changes, team.navigator, team.take_back)
    return [
        SectionTab(
            "papers", "Pièces par démarche", _ABOUT_PAPERS, "list-check", lambda: checklists_section(*given)
        )
    ]  # fmt: skip


def _words(desk: VisitDesk) -> list[SectionTab]:
    """Return the words of the association: sentences it reuses, words read before a text leaves."""
    own = OwnWordsDesk(desk.file, desk.who, desk.tasks, desk.changes, desk.done)
    return [
        SectionTab(
            "sentences", "Phrases réutilisées", typeset(_ABOUT_SENTENCES), "quote",
            lambda: SentencesSection(desk),
        ),
        SectionTab(
            "dictionary", "Dictionnaire", typeset(_ABOUT_DICTIONARY), "text-size", lambda: DictionarySection(desk)
        ),
        SectionTab(
            "check-words", "Mots relus avant un envoi", typeset(_ABOUT_CHECK), "eye", lambda: OwnWordsSection(own)
        ),
    ]  # fmt: skip


def _agenda(
    office: Office, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator, take_back: TakeBack
) -> list[SectionTab]:
    """Return how the agenda is published, for those who may take it out."""
    if not shows(office.who, "agenda"):
        return []

    def build() -> PublicationSection:
        from caseworker_app.features.agenda.screens.desk import AgendaDesk
        from caseworker_app.features.agenda.screens.publication_section import PublicationSection

        given = (office.file, office.who, office.drafts, tasks, changes, navigator, take_back)
        return PublicationSection(AgendaDesk(*given, lambda _words: []))

    return [SectionTab("agenda", "Agenda", _ABOUT_AGENDA, "calendar", build)]


def _accesses(office: Office, tasks: Tasks, navigator: Navigator) -> list[SectionTab]:
    """Return the log of accesses, for those whose right it is to read it."""
    if not shows(office.who, "accesses"):
        return []
    return [
        SectionTab(
            "accesses", "Journal des accès", typeset(_ABOUT_ACCESSES), "history",
            lambda: AccessesSection(office.file, office.who, tasks, navigator),
        )
    ]  # fmt: skip


def _retention(office: Office, team: TeamDesk) -> list[SectionTab]:
    """Return the retention of households, for those whose right it is to decide of it."""
    if not shows(office.who, "retention"):
        return []

    def build() -> RetentionSection:
        from caseworker_app.features.retention.screens.desk import RetentionDesk
        from caseworker_app.features.retention.screens.section import RetentionSection

        given = (office.file, office.who, office.drafts, team.tasks, team.changes, team.navigator)
        return RetentionSection(RetentionDesk(*given, team.take_back))

    return [SectionTab("retention", "Conservation des données", typeset(_ABOUT_RETENTION), "clock", build)]


def _program(office: Office, tasks: Tasks, navigator: Navigator) -> list[SectionTab]:
    return [
        SectionTab(
            "tables", "Barèmes", typeset(_ABOUT_TABLES), "calculator",
            lambda: TablesSection(tasks, lambda: today(office.file.clock)),
        ),
        SectionTab(
            "about", "À propos", "Version, licence, emplacement de votre fichier.", "info-circle",
            lambda: AboutSection(office.folder, navigator),
        ),
    ]  # fmt: skip


def _appearance(look: Look) -> LookSection:
    section = LookSection()
    section.appearance_chosen.connect(lambda value: look("appearance", value))
    section.text_scale_chosen.connect(lambda value: look("scale", value))
    return section


def _security(office: Office, tasks: Tasks, navigator: Navigator, door: Door) -> SecuritySection:
    from caseworker_app.features.team.documents import write_recovery_sheet
    from caseworker_app.security.ways_in import WaysIn
    from caseworker_app.shell.settings_security import SecurityDesk, SecuritySection

    clock = office.file.clock
    ways = WaysIn(office.folder, clock=clock, keystore=door.keystore, guard=door.guard)
    section = SecuritySection(
        SecurityDesk(
            ways, tasks, navigator, door.lock_after,
            lambda path, key: write_recovery_sheet(key, today(clock), path),
            _names(office, tasks), not office.throw_away,
        )
    )  # fmt: skip
    section.lock_after_chosen.connect(door.choose_lock_after)
    section.new_key_asked.connect(door.renew)
    return section


def _names(office: Office, tasks: Tasks) -> Callable[[], tuple[str, ...]]:
    """Return what gives the names no passphrase should be made of; the association's is read meanwhile."""
    names = [office.who.name]

    def read() -> str:
        with office.file.reading() as connection:
            return the_association(connection, office.who).name

    tasks.read(read, names.append, words="Lecture des réglages")
    return lambda: tuple(names)
