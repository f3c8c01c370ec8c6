"""Rows of a landlord's referrals read: the household as in any list, then who asks for what, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.features.intake.domain import values
from caseworker_app.features.intake.domain.columns import Matching
from caseworker_app.features.intake.domain.follow_up_words import measure_named
from caseworker_app.features.intake.domain.proposal import WARNING, ProposedHousehold
from caseworker_app.features.intake.domain.row_reader import RowReader
from caseworker_app.features.referrals.domain.referral import (
    PRODUCT_LABELS,
    URGENCY_LABELS,
    Given,
    NewReferral,
    Product,
    Sender,
    Urgency,
    Way,
    checked_referral,
)
from caseworker_app.features.referrals.domain.tables import protects, reason_words, reasons
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.money import format_euros
from caseworker_app.sheets.sheet import Sheet, SheetRow

NO_REASON = "Motif non indiqué\u00a0: «\u00a0Autre motif\u00a0» retenu."
OTHER_REASON = "Motif non reconnu\u00a0: «\u00a0Autre motif\u00a0» retenu, le texte reste dans la demande."
TO_COME = "Ce jour n’est pas encore passé\u00a0: la demande est datée d’aujourd’hui."
# Who sends a list that does not name its landlord.
UNNAMED = "Bailleur à préciser"

_REASONS: tuple[tuple[str, str], ...] = (
    ("violence", r"violen|\bvif\b|victime|feminicid|conjugal"),
    ("eviction", r"expuls|commandement|assignation|resili|concours de la force"),
    ("unpaid_rent", r"impaye|dette|loyer|arriere"),
    ("neighbours", r"voisin|nuisance|bruit|tapage|trouble|conflit"),
    ("hygiene", r"hygien|encombr|syllogoman|diogene|incur|entretien|insalubr"),
    ("isolation", r"isol|solitude"),
    ("ageing", r"vieill|senior|perte d autonomie|personne agee|grand age"),
    ("transfer", r"mutation|relogement|echange|inadapt|surocc|sousocc|sur occ|sous occ"),
    ("energy", r"energi|electric|\bgaz\b|chauffage|coupure"),
    ("budget", r"budget|surendett|financ"),
    ("housing_exit", r"hebergement|chrs|sortant|residence sociale"),
    ("first_home", r"premier logement|acces au logement|installation|entree dans"),
    ("separation", r"separation|divorce|rupture"),
    ("health", r"sante|handicap|psy|addict|alcool"),
)
_COMPILED = tuple((code, re.compile(pattern)) for code, pattern in _REASONS)
_YES = frozenset(
    {"oui", "o", "x", "1", "ok", "yes", "vrai", "recueilli", "signe", "ecrit", "oral", "favorable"}
)
_NO = frozenset({"non", "n", "0", "no", "faux", "refus", "refuse", "defavorable"})
_URGENT = re.compile(r"\b(?:oui|urgen\w*|tres|immediat\w*|prioritaire|haute?|elevee?|forte?|x|1)\b")
_MEASURE, _WATCH, _DIAGNOSIS = Product.MEASURE, Product.WATCH, Product.DIAGNOSIS


@dataclass(frozen=True)
class ProposedReferral:
    """What one row asks for; `household_row`: the row whose household it is; `landlord`: as the row names it."""

    row: int
    household_row: int
    referral: NewReferral
    landlord: str | None = None


class ReferralReader(RowReader):
    """Reads the rows of a landlord's referrals, in their order; `asked` grows as it goes."""

    def __init__(self, sheet: Sheet, matching: Matching, today: date) -> None:
        """Prepare the columns."""
        super().__init__(sheet, matching, today)
        self.asked: list[ProposedReferral] = []

    def read(self, row: SheetRow) -> ProposedHousehold | None:
        """Return the household of a row, None when the row is in error."""
        found = self.household(row)
        if found is None:
            return None
        referral = self._referral(found)
        self.asked.append(
            ProposedReferral(row.number, row.number, referral, self._cells.plain("landlord") or None)
        )
        protected = protects(referral.reasons, referral.received_on)
        household = replace(found.household, protected=True) if protected else found.household
        # Nothing is let before somebody decides: what the landlord says of the lease stays with the referral.
        return replace(found, household=household, dwelling=None)

    def _referral(self, found: ProposedHousehold) -> NewReferral:
        cells, today = self._cells, self._cells.today
        received = self._received()
        codes, other = self._reasons(received)
        product, kind = _product(cells.plain("asked_product"), received)
        agreed, agreed_on = self._agreed(received)
        new = NewReferral(
            received,
            Sender.LANDLORD,
            codes,
            Way.LIST,
            body=cells.plain("landlord") or UNNAMED,
            contact_name=cells.plain("asked_contact")[:200] or None,
            contact_reach=cells.plain("asked_reach")[:200] or None,
            their_reference=cells.plain("asked_reference")[:200] or None,
            product=product,
            kind_code=kind,
            urgency=_urgency(cells.plain("asked_urgency")),
            agreed=agreed,
            agreed_on=agreed_on,
            given=self._given(found, received, other),
        )
        return _fitting(new, today)

    def _received(self) -> date:
        cells = self._cells
        day = cells.read("asked_date", lambda text: values.parse_date(text, cells.today))
        if day is not None and day > cells.today:
            cells.tell(WARNING, cells.first["asked_date"][1], cells.plain("asked_date"), TO_COME)
            return cells.today
        return day or cells.today

    def _reasons(self, day: date) -> tuple[tuple[str, ...], str]:
        """Return the codes of the reasons told, and the text none of which was recognised."""
        text = self._cells.plain("asked_reason")
        codes = reasons_named(text, day)
        if codes:
            return codes, ""
        place = self._cells.first.get("asked_reason")
        if text:
            self._cells.tell(WARNING, place[1] if place else "", text, OTHER_REASON)
        elif place is not None:
            self._cells.tell(WARNING, place[1], "", NO_REASON)
        return ("other",), text

    def _agreed(self, received: date) -> tuple[bool | None, date | None]:
        cells = self._cells
        on = cells.read("asked_agreed_date", lambda text: values.parse_date(text, cells.today))
        text = cells.plain("asked_agreed")
        if text and on is None:
            try:
                on = values.parse_date(text, cells.today)
            except InvalidEntry:
                on = None
        on = on if on is not None and on <= cells.today else None
        word = fold(text).split(" ")[0] if text else ""
        agreed = True if on is not None or word in _YES else False if word in _NO else None
        return agreed, on if agreed else None

    def _given(self, found: ProposedHousehold, received: date, other: str) -> Given:
        cells, tenancy = self._cells, found.tenancy
        unpaid = cells.read("asked_unpaid_date", lambda text: values.parse_date(text, cells.today))
        address = found.household.addresses[0].one_line() if found.household.addresses else ""
        texts = [cells.text(place) for place in cells.columns.get("asked_statement", ())]
        told = [part for part in (other, *texts) if part]
        typology = found.dwelling.typology if found.dwelling else None
        return Given(
            people=f"{found.occupants}\u00a0personnes" if found.occupants else None,
            dwelling=", ".join(part for part in (typology, address) if part) or None,
            lease_reference=tenancy.reference if tenancy else None,
            lease_since=tenancy.entry_date if tenancy else None,
            rent_cents=(tenancy.rent_cents or tenancy.rent_with_charges_cents) if tenancy else None,
            charges_cents=tenancy.service_charges_cents if tenancy else None,
            benefit_cents=tenancy.housing_benefit_cents if tenancy else None,
            balance_cents=tenancy.balance_cents if tenancy else None,
            unpaid_since=unpaid if unpaid is not None and unpaid <= received else None,
            procedure=cells.plain("asked_procedure")[:200] or None,
            statement="\n".join(told) or None,
            steps_taken=cells.plain("asked_steps") or None,
            answer_expected=cells.plain("asked_answer")[:200] or None,
        )


def reasons_named(text: str, day: date) -> tuple[str, ...]:
    """Return the codes of the reasons a text names, by their labels or by their words; none where it names none."""
    words = fold(text)
    labels = [each.code for each in reasons(day) if each.code != "other" and fold(each.label) in words]
    by_words = [code for code, pattern in _COMPILED if pattern.search(words)]
    known = {each.code for each in reasons(day)}
    return tuple(code for code in dict.fromkeys([*labels, *by_words]) if code in known)


def asking_fields(asked: Iterable[ProposedReferral]) -> dict[str, str]:
    """Return what rows ask for, in words, by label."""
    rows = [each.referral for each in asked]
    amounts = [
        format_euros(each.given.balance_cents) for each in rows if each.given.balance_cents is not None
    ]
    return {
        "Motif": "\n".join(dict.fromkeys(reason_words(each.reasons) for each in rows)),
        "Demande": "\n".join(
            f"{PRODUCT_LABELS[each.product]}, reçue le {format_date(each.received_on)}" for each in rows
        ),
        "Urgence": "\n".join(URGENCY_LABELS[each.urgency] for each in rows if each.urgency is Urgency.URGENT),
        "Accord du ménage": "\n".join(
            "oui" if each.agreed else "non" for each in rows if each.agreed is not None
        ),
        "Solde": "\n".join(amounts),
    }


def _product(text: str, day: date) -> tuple[Product, str | None]:
    words = fold(text)
    if "diagnostic" in words or "evaluation" in words:
        return _DIAGNOSIS, None
    if "veille" in words or "convivial" in words:
        return _WATCH, None
    named = measure_named(text, day) if text else None
    return _MEASURE, named.code if named else None


def _urgency(text: str) -> Urgency:
    words = fold(text)
    urgent = bool(_URGENT.search(words)) and not words.startswith(("non", "pas"))
    return Urgency.URGENT if urgent else Urgency.NORMAL


def _fitting(new: NewReferral, today: date) -> NewReferral:
    """Return a referral that its room takes; what does not fit it is left out rather than stop the import."""
    known = frozenset(each.code for each in reasons(new.received_on))
    try:
        return checked_referral(new, known, today)
    except InvalidEntry as error:
        if error.field in Given.__dataclass_fields__:
            return _fitting(replace(new, given=replace(new.given, **{error.field: None})), today)
        return checked_referral(
            NewReferral(today, Sender.LANDLORD, ("other",), Way.LIST, body=new.body), known, today
        )
