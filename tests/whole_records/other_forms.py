"""The forms that are no side forms, each open on a whole record: in cards, dialogs, rows and settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import (
    AttachmentForm,
    AttachmentKind,
    NewAttachment,
)
from caseworker_app.features.attachments.screens.piece_row import PieceForm
from caseworker_app.features.budget import service as budget
from caseworker_app.features.budget.domain.debts import DebtStage, NewDebt
from caseworker_app.features.budget.screens.debt_form import DebtForm, DebtSubject
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.goal import Actor, NewGoal, NewStep, StepState
from caseworker_app.features.goals.screens.goal_form import GoalForm
from caseworker_app.features.goals.screens.step_form import StepForm
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    Civility,
    ContactKind,
    LegalProtection,
    NewAddress,
    NewContact,
    NewMember,
    Reading,
    Relation,
)
from caseworker_app.features.households.screens.tab import CompositionTab
from caseworker_app.features.housing.domain.landlord import NewLandlord
from caseworker_app.features.housing.service import landlords
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import NewAgreement
from caseworker_app.features.measures.domain.terms import NewRule
from caseworker_app.features.measures.screens.agreements import AgreementsSection
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.features.measures.screens.rule_dialog import RuleDialog
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import AssociationForm, Role, WorkerForm
from caseworker_app.features.team.screens.association import AssociationSection
from caseworker_app.features.team.screens.desk import TeamDesk
from caseworker_app.features.team.screens.people import PeopleSection
from tests.whole_records.world import Case, Opened, World

DAY = date(2026, 11, 24)


def _composition(world: World) -> CompositionTab:
    tab = CompositionTab(
        world.file, world.who, world.drafts, world.tasks, world.changes, world.navigator, take_back_last
    )
    world.keep(tab)
    tab.show_household(world.household)
    world.wait()
    return tab


def _section(section: Any, row_id: str) -> Opened:
    form = section.form
    return Opened(form, row_id, form.show_typed, form.submit)


def member(world: World) -> Opened:
    new = NewMember(
        "Kaboré", "Awa", Civility.MRS, "Sawadogo", date(1990, 3, 2), Relation.PARTNER, LegalProtection.GUARDIANSHIP,
        "UDAF", "mooré", True, Reading.WITH_HELP,
    )  # fmt: skip
    key = households.add_member(world.file, world.who, world.household, new)[0]
    households.leave_household(world.file, world.who, key, DAY)
    tab = _composition(world)
    assert tab.shown is not None
    tab.people.change(next(each for each in tab.shown.people.everyone if each.id == key))
    return _section(tab.people, key)


def contact(world: World) -> Opened:
    of = world.read(households.open_household, world.household).members[0].id
    new = NewContact(
        ContactKind.PHONE, "06 39 98 12 48", "travail", True, "SMS seulement.\nAprès 17 h.", member_id=of
    )
    key = households.add_contact(world.file, world.who, world.household, new)[0]
    tab = _composition(world)
    assert tab.shown is not None
    tab.contacts.change(next(each for each in tab.shown.people.every_contact if each.id == key))
    return _section(tab.contacts, key)


def address(world: World) -> Opened:
    new = NewAddress(
        "3 place de la Liberté", "chez Mme Roy", "59510", "Hem", date(2019, 1, 2), date(2021, 5, 4)
    )
    key = households.add_address(world.file, world.who, world.household, new)[0]
    tab = _composition(world)
    assert tab.shown is not None
    tab.addresses.change(next(each for each in tab.shown.people.addresses if each.id == key))
    return _section(tab.addresses, key)


def debt(world: World) -> Opened:
    new = NewDebt(
        world.household, "energy", 41_250, "Énergie du Nord", 60_000, DAY - timedelta(9), 2_500, date(2026, 3, 1),
        DebtStage.REPAYMENT_PLAN, True, "Coupure évitée.\n\nÀ revoir.",
    )  # fmt: skip
    key = budget.add_debt(world.file, world.who, new)[0]
    (known,) = world.read(budget.debts_of, world.household)
    form = DebtForm(DebtSubject(world.household, DAY, known), world.keep(QWidget()))

    def write(new: NewDebt) -> None:
        budget.change_debt(world.file, world.who, known.id, new, known.version)

    form.asked.connect(write)
    return Opened(
        form, key, lambda typed: [form.set_text(name, text) for name, text in typed.items()], form.submit
    )


def piece(world: World) -> Opened:
    path = world.file.folder / "lettre.txt"
    path.write_text("Lettre de relance", encoding="utf-8")
    kept, _place = attachments.keep_path(world.file, world.who, path, keep_metadata=False)
    told = AttachmentForm(
        "lettre.txt", AttachmentKind.LETTER, "Relance de mars", date(2026, 3, 2), True, "Salle de bain"
    )
    (key,), _changes = attachments.add_attachments(
        world.file, world.who, world.household, [NewAttachment(kept, told)]
    )
    found = world.read(attachments.attachment, key)
    form = PieceForm(found, DAY)
    world.keep(form)
    form.saved.connect(
        lambda typed: attachments.describe_attachment(world.file, world.who, key, typed, found.version)
    )
    return Opened(form, key, lambda typed: form.take({**form.content(), **typed}), form.save.click)


def _goal(world: World) -> Any:
    steps = (
        NewStep(
            "Écrire au bailleur",
            Actor.PARTNER,
            "Mme Ruel",
            date(2026, 12, 1),
            date(2026, 11, 3),
            StepState.DONE,
        ),
    )
    new = NewGoal(
        world.household, "Payer le loyer chaque mois", "budget", steps, True, opened_on=date(2026, 9, 1),
        target_on=date(2027, 3, 1), note="Fragile.\n\nÀ suivre.", indicator="Trois mois payés",
    )  # fmt: skip
    goals.add_goal(world.file, world.who, new)
    return world.read(goals.goals_of, world.household)[0]


def goal(world: World) -> Opened:
    of = _goal(world).goal
    form = GoalForm(of, DAY, world.read(goals.grids).on(DAY))
    world.keep(form)
    return Opened(
        form, of.id, lambda typed: form.show_content({**form.content(), **typed}),
        lambda: goals.reword_goal(world.file, world.who, of.id, form.read(DAY)),
    )  # fmt: skip


def step(world: World) -> Opened:
    of = _goal(world)
    form = StepForm(of.steps[0], of.goal.title)
    world.keep(form)
    return Opened(
        form, of.steps[0].id, lambda typed: form.show_content({**form.content(), **typed}),
        lambda: goals.change_step(world.file, world.who, of.steps[0].id, form.read(DAY)),
    )  # fmt: skip


def _card(world: World, section: Any, key: str) -> Opened:
    world.keep(section)
    section.read_again()
    world.wait()
    if hasattr(section, "show_card"):
        section.show_card(key)

    def write() -> None:
        section.save.setEnabled(True)
        section.keep()

    def type_in(typed: Mapping[str, str]) -> None:
        for name, text in typed.items():
            section.entries[name].setText(text)

    return Opened(section, key, type_in, write)


def agreement(world: World) -> Opened:
    landlord = landlords.add_landlord(world.file, world.who, NewLandlord("Habitat du Nord"))[0]
    new = NewAgreement(
        "ASLL Nord",
        date(2026, 1, 1),
        date(2026, 12, 31),
        landlord,
        "FSL",
        12,
        8,
        4_500_000,
        7,
        30,
        "Appel à projets 2026",
    )
    key = measures.add_agreement(world.file, world.who, new)[0]
    return _card(world, AgreementsSection(world.desk(MeasuresDesk)), key)


def rule(world: World) -> Opened:
    of = measures.add_agreement(world.file, world.who, NewAgreement("ASLL Nord", date(2026, 1, 1)))[0]
    new = NewRule(
        date(2026, 1, 1), date(2026, 12, 31), 6, 18, 2, 6, 14, "Relogement\nDépart", "places occupation"
    )
    key = measures.add_rule(world.file, world.who, of, new)[0]
    world.fill("agreement_rule", key, indicators="places")
    before = next(each for each in world.read(measures.rules_of, of, DAY).rules if each.id == key)
    dialog = RuleDialog(world.keep(QWidget()))
    dialog.ask(before, DAY, DAY)

    def write() -> None:
        typed = dialog.read()
        assert typed is not None
        measures.change_rule(world.file, world.who, key, typed, before.version)

    return Opened(
        dialog, key, lambda typed: [dialog.entries[name].setText(text) for name, text in typed.items()], write
    )


def _team_desk(world: World) -> TeamDesk:
    return TeamDesk(world.file, world.who, world.tasks, world.changes, world.navigator, take_back_last)


def worker(world: World) -> Opened:
    new = WorkerForm("Hélène Pradier", Role.VOLUNTEER, "bénévole", "06 39 98 12 49", "helene@amarres.example")
    key = team.add_from_form(world.file, world.who, new)[0]
    return _card(world, PeopleSection(_team_desk(world)), key)


def association(world: World) -> Opened:
    known = world.read(team.the_association)
    new = AssociationForm(
        "Les Amarres", "Accompagnement social", "2 quai des Sablons", "59100", "Roubaix", "02 61 91 40 12",
        "contact@amarres.example",
    )  # fmt: skip
    team.change_association(world.file, world.who, new, known.version)
    world.fill(
        "association",
        known.id,
        logo="iVBORw0KGgo=",
    )
    return _card(world, AssociationSection(_team_desk(world)), known.id)


CASES = {
    "households.screens.people.MemberForm": Case(
        member, "household_member", {"language": "dioula"}, frozenset({"language"})
    ),
    "households.screens.contacts.ContactForm": Case(contact, "contact", {"label": "voisine"}, frozenset({"label"})),
    "households.screens.addresses.AddressForm": Case(address, "address", {"city": "Lens"}, frozenset({"city"})),
    "budget.screens.debt_form.DebtForm": Case(debt, "debt", {"creditor": "Gaz du Nord"}, frozenset({"creditor"})),
    "attachments.screens.piece_row.PieceForm": Case(
        piece, "attachment", {"caption": "Relance d’avril"}, frozenset({"caption"}), frozenset({"entry_id"})
    ),
    "goals.screens.goal_form.GoalForm": Case(
        goal, "goal", {"indicator": "Six mois payés"}, frozenset({"indicator"}),
        frozenset({"closed_on", "closing_reason", "hold_reason", "on_hold_until", "position"}),
    ),
    "goals.screens.step_form.StepForm": Case(step, "goal_step", {"actor_name": "M. Roy"}, frozenset({"actor_name"})),
    "measures.screens.agreements.AgreementsSection": Case(
        agreement, "agreement", {"funder": "Département"}, frozenset({"funder"})
    ),
    "measures.screens.rule_dialog.RuleDialog": Case(
        rule, "agreement_rule", {"visit_days": "21"}, frozenset({"visit_days"})
    ),
    "team.screens.people.PeopleSection": Case(worker, "worker", {"job_title": "salariée"}, frozenset({"job_title"})),
    "team.screens.association.AssociationSection": Case(
        association, "association", {"city": "Lens"}, frozenset({"city"})
    ),
}  # fmt: skip
