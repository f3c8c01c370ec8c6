"""The main job without a screen: from a landlord's list to a followed household and back to the landlord."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.features.demonstration.domain.landlord_list import landlord_list, list_landlord
from caseworker_app.features.demonstration.domain.setting import MAIN_JOB_SEED
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import Period, month_of, months_between
from caseworker_app.kernel.french import plural, typeset
from caseworker_app.storage.encrypted_file import EncryptedFile

if TYPE_CHECKING:
    from caseworker_app.features.handover.domain.kinds import Renderers

Say = Callable[[str], None]

# What is done on the way: asked for before the first list is written.
_RIGHTS = (Right.IMPORT_LISTS, Right.WRITE_FILES, Right.WRITE_DIARY, Right.PRINT, Right.TRANSMIT)


def play_main_job(file: EncryptedFile, who: Who, out: Path, *, renderers: Renderers, say: Say) -> list[Path]:
    """Play the main job on a demonstration and return what was made, in `out`.

    In order: the landlord's list (CSV), the report of its import (JSON), the visit report and the landlord
    review (PDF). `say` hears one French line a step. Raises what the intentions on the way raise.
    """
    for right in _RIGHTS:
        who.require(right)
    job = _MainJob(file, who, out, renderers, lambda line: say(typeset(line)), today(file.clock))
    made = job.import_list()
    job.open_measure()
    job.follow_rent()
    job.set_goals()
    job.write_budget()
    job.visit()
    return [*made, *job.print_documents()]


@dataclass(slots=True)
class _MainJob:
    """One run of the job; later steps rest on what earlier ones made."""

    file: EncryptedFile
    who: Who
    out: Path
    renderers: Renderers
    say: Say
    today: date
    household_id: str = ""
    goal_ids: tuple[str, ...] = ()

    @property
    def started_on(self) -> date:
        """When the support began."""
        return self.today - timedelta(days=75)

    def import_list(self) -> list[Path]:
        """Write the landlord's list, import it, and choose the household to follow."""
        from caseworker_app.features.households import service as households
        from caseworker_app.features.intake.service.importing import import_list

        path, report_path = self.out / "liste_locataires.csv", self.out / "rapport_import.json"
        path.write_bytes(landlord_list(self.today, MAIN_JOB_SEED))
        self.say(f"Liste du bailleur reçue : {path.name}.")
        report = import_list(self.file, self.who, path, landlord=list_landlord())
        report_path.write_text(
            json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        counts = report.counts
        self.say(
            f"Liste importée : {plural(counts.rows, 'ligne')}, {counts.created} créées, "
            f"{counts.skipped} déjà connues, {counts.in_error} en erreur."
        )
        reference = report.references[min(report.references)]
        with self.file.reading() as connection:
            household = households.find_by_reference(connection, self.who, reference)
        self.household_id = household.id
        self.say(f"Ménage choisi : {household.name}, {reference}.")
        return [path, report_path]

    def open_measure(self) -> None:
        """Open a support measure, and write what the household agrees to share."""
        from caseworker_app.features.consents import service as consents
        from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
        from caseworker_app.features.housing.service import homes
        from caseworker_app.features.measures import service as measures
        from caseworker_app.features.measures.domain.measure import NewMeasure

        new = NewMeasure(self.household_id, "asll", self.started_on, prescriber="Commission FSL")
        measures.open_measure(self.file, self.who, new)
        with self.file.reading() as connection:
            home = homes.housing_of(connection, self.who, self.household_id, self.today).leases[0]
        landlord_id = home.landlord.id if home.landlord else None
        recipient = Recipient(RecipientKind.LANDLORD, list_landlord(), landlord_id)
        purpose = "Garder le logement et reprendre le paiement du loyer."
        consent = NewConsent(self.household_id, recipient, frozenset(Topic), purpose, self.started_on)
        consents.give_consent(self.file, self.who, consent)
        self.say("Mesure ASLL ouverte ; accord du ménage enregistré pour le bailleur.")

    def follow_rent(self) -> None:
        """Charge the rent of the months since the support began, and note what was paid."""
        from caseworker_app.features.housing.domain.rent_account import NewRentEntry, RentEntryKind
        from caseworker_app.features.housing.service import homes, rent

        with self.file.reading() as connection:
            lease = homes.housing_of(connection, self.who, self.household_id, self.today).leases[0].lease
        months = months_between(self.started_on, self.today - timedelta(days=6))
        rent.charge_rent(self.file, self.who, lease.id, months[0], months[-1])
        account, benefit = lease.household_account(), lease.housing_benefit_cents or 0
        own = (lease.monthly_due_cents() or 0) - benefit
        for month in months:
            for kind, amount in ((RentEntryKind.BENEFIT_PAID, benefit), (RentEntryKind.PAID, own)):
                line = NewRentEntry(
                    self.household_id, lease.id, account, month, kind, amount, month.replace(day=5)
                )
                rent.record_rent_entry(self.file, self.who, line)
        self.say(f"Compte de loyer tenu : {len(months)} mois payés.")

    def set_goals(self) -> None:
        """Set two goals with steps, and evaluate autonomy at two dates."""
        from caseworker_app.features.goals import service as goals
        from caseworker_app.features.goals.domain.autonomy import Level, NewEvaluation, NewLevel, View
        from caseworker_app.features.goals.domain.goal import NewGoal, NewStep, StepState

        done = NewStep(
            "Virement permanent mis en place", done_on=self.today - timedelta(days=30), state=StepState.DONE
        )
        steps = (done, NewStep("Trois mois payés de suite", due_on=self.today + timedelta(days=30)))
        wanted = (
            ("Payer le loyer chaque mois", "rent_payment", steps),
            ("Signaler les travaux par écrit", "upkeep", ()),
        )
        self.goal_ids = tuple(
            goals.add_goal(
                self.file,
                self.who,
                NewGoal(self.household_id, title, domain, steps_of, opened_on=self.started_on),
            )[0]
            for title, domain, steps_of in wanted
        )
        for day, levels in (
            (self.started_on, (Level.FRAGILE, Level.FRAGILE, Level.TO_SECURE)),
            (self.today, (Level.PROGRESSING, Level.STABLE, Level.FRAGILE)),
        ):
            found = tuple(map(NewLevel, ("rent_payment", "upkeep", "budget"), levels))
            goals.record_evaluation(
                self.file, self.who, NewEvaluation(self.household_id, day, View.WORKER, found)
            )
        self.say("Deux objectifs fixés ; autonomie évaluée à deux dates.")

    def write_budget(self) -> None:
        """Write the budget of the month."""
        from caseworker_app.features.budget import service as budget
        from caseworker_app.features.budget.domain.indicators import indicators
        from caseworker_app.features.budget.domain.sheet import NewLine, NewMonth
        from caseworker_app.kernel.money import format_euros

        amounts = (
            ("net_wage", 118_240), ("apl", 20_300), ("rent", 41_230), ("service_charges", 9_850),
            ("home_insurance", 1_540), ("electricity", 6_820), ("phone_internet", 1_999), ("food", 29_000),
        )  # fmt: skip
        lines = tuple(NewLine(category, cents) for category, cents in amounts)
        budget.write_month(self.file, self.who, NewMonth(self.household_id, month_of(self.today), lines))
        with self.file.reading() as connection:
            sheet = budget.budget_of(connection, self.who, self.household_id)
        if sheet is not None:
            left = indicators(sheet).residual.value or 0
            self.say(f"Budget du mois écrit : reste à vivre {format_euros(left)}.")

    def visit(self) -> None:
        """Confirm a home visit, with what it brought."""
        from caseworker_app.features.diary import service as diary
        from caseworker_app.features.diary.domain import visit as parts
        from caseworker_app.features.diary.domain.entry import EntryZone, FactTopic, NewEntry, NewFact
        from caseworker_app.features.diary.domain.kinds import EntryKind

        started_at = datetime.combine(self.today, time(9, 30))
        entry = NewEntry(
            self.household_id,
            EntryKind.HOME_VISIT,
            started_at,
            50,
            "Logement",
            "Mme Taverlin",
            "Point sur le loyer et l’entretien",
            typeset("Logement propre et aéré. Joint de la douche à refaire, photo prise."),
            typeset("« J’ai mis le virement au 5, comme ça je n’y pense plus. »"),
            typeset("Paiement repris ; fatigue évoquée, à reprendre. Ne rien en dire au bailleur."),
        )
        new = parts.NewVisit(
            entry,
            (
                NewFact(
                    EntryZone.SAID,
                    FactTopic.PAYMENT,
                    typeset("Un virement permanent est en place, le 5 du mois."),
                ),
            ),
            tuple(parts.NewGoalTouched(goal_id) for goal_id in self.goal_ids),
            (
                parts.NewRoom("Séjour", parts.RoomState.GOOD, "Aéré et rangé", shareable=True),
                parts.NewRoom(
                    "Salle d’eau", parts.RoomState.WATCH, "Joint de la douche à refaire", shareable=True
                ),
            ),
            (parts.NewPromise("Envoyer la demande de réparation", due_on=self.today + timedelta(days=7)),),
            next_appointment=parts.NewAppointment(started_at + timedelta(days=14), "Domicile", "Visite"),
        )
        diary.confirm_visit(self.file, self.who, new)
        self.say(
            "Visite confirmée : trois zones internes, un fait proposable, prochain rendez-vous dans 14 jours."
        )

    def print_documents(self) -> list[Path]:
        """Print the visit report, which stays in the house, and the landlord review, which leaves it."""
        from caseworker_app.features.handover.domain.kinds import LANDLORD_REVIEW, VISIT_REPORT
        from caseworker_app.features.handover.service.printing import print_document

        made = []
        for kind, name in (
            (VISIT_REPORT, "compte_rendu_visite.pdf"),
            (LANDLORD_REVIEW, "bilan_bailleur.pdf"),
        ):
            period = Period(self.started_on, self.today) if kind is LANDLORD_REVIEW else None
            path = self.out / name
            printed = print_document(
                self.file, self.who, kind.code, self.household_id, path, self.renderers, period=period
            )
            self.say(f"{kind.title} : {printed.number}, {plural(printed.pages, 'page')}, {path.name}.")
            made.append(path)
        return made
