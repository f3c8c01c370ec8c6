"""The sections of the settings, joined to an open file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from caseworker_app.features.accesses.screens.section import AccessesSection
from caseworker_app.features.team.domain import Right
from caseworker_app.features.team.screens.association import AssociationSection
from caseworker_app.features.team.screens.desk import TakeBack, TeamDesk
from caseworker_app.features.team.screens.people import PeopleSection
from caseworker_app.kernel.clock import today
from caseworker_app.shell.settings_about import AboutSection
from caseworker_app.shell.settings_look import LookSection
from caseworker_app.shell.settings_tables import TablesSection
from caseworker_app.ui_kit.settings_section import SectionTab

if TYPE_CHECKING:
    from caseworker_app.bootstrap.door import Door
    from caseworker_app.bootstrap.office import Office
    from caseworker_app.shell.settings_security import SecuritySection
    from caseworker_app.ui_kit.changes import ChangeBroadcast
    from caseworker_app.ui_kit.page import Navigator
    from caseworker_app.ui_kit.tasks import Tasks

ABOUT_TABLES = (
    "Les montants, délais et listes dont le programme se sert, avec leur source. Ils se lisent ici\u00a0; "
    "ils changent avec les mises à jour."
)


def sections(
    office: Office, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator, take_back: TakeBack,
    look: Callable[[str, object], None], door: Door,
) -> list[SectionTab]:  # fmt: skip
    """Return the sections in the order they are listed; `look(what, value)` applies an appearance or a size."""
    desk = TeamDesk(office.file, office.who, tasks, changes, navigator, take_back)

    def appearance() -> LookSection:
        section = LookSection()
        section.appearance_chosen.connect(lambda value: look("appearance", value))
        section.text_scale_chosen.connect(lambda value: look("scale", value))
        return section

    def security() -> SecuritySection:
        from caseworker_app.features.team.documents import write_recovery_sheet
        from caseworker_app.security.ways_in import WaysIn
        from caseworker_app.shell.settings_security import SecurityDesk, SecuritySection

        clock = office.file.clock
        ways = WaysIn(office.folder, clock=clock, keystore=door.keystore, guard=door.guard)
        section = SecuritySection(
            SecurityDesk(
                ways, tasks, navigator, door.lock_after,
                lambda path, key: write_recovery_sheet(key, today(clock), path),
                (office.who.name,), not office.throw_away,
            )
        )  # fmt: skip
        section.lock_after_chosen.connect(door.choose_lock_after)
        section.new_key_asked.connect(door.renew)
        return section

    return [
        SectionTab(
            "association", "Association", "Ce qui figure en tête de vos documents.", "building",
            lambda: AssociationSection(desk),
        ),
        SectionTab(
            "people", "Personnes et droits", "Qui travaille ici, et ce que chacun peut faire.", "users-group",
            lambda: PeopleSection(desk),
        ),
        SectionTab(
            "security", "Sécurité", "Ce qui ouvre votre fichier, et quand il se verrouille.", "shield-lock", security
        ),
        *_accesses(office, tasks, navigator),
        SectionTab(
            "look", "Apparence", "Couleurs et taille du texte, pour vous, sur ce PC.", "contrast", appearance
        ),
        SectionTab(
            "tables", "Barèmes", ABOUT_TABLES.replace("\u00a0;", "\u202f;"), "calculator",
            lambda: TablesSection(tasks, lambda: today(office.file.clock)),
        ),
        SectionTab(
            "about", "À propos", "Version, licence, emplacement de votre fichier.", "info-circle",
            lambda: AboutSection(office.folder, navigator),
        ),
    ]  # fmt: skip


def _accesses(office: Office, tasks: Tasks, navigator: Navigator) -> list[SectionTab]:
    """Return the log of accesses, for those whose right it is to read it."""
    if not office.who.may(Right.READ_ACCESSES):
        return []
    sentence = (
        "Qui a consulté, imprimé ou sorti quoi, et quand. Une ligne ne se modifie ni ne s’efface\u00a0;"
        " elle est supprimée au bout de douze mois."
    ).replace("\u00a0;", "\u202f;")
    return [
        SectionTab(
            "accesses", "Journal des accès", sentence, "history",
            lambda: AccessesSection(office.file, office.who, tasks, navigator),
        )
    ]  # fmt: skip
