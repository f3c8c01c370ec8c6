"""Filling a fresh file with invented households, in batches of one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from caseworker_app.features.demonstration.domain.agenda import team_times
from caseworker_app.features.demonstration.domain.chance import shuffled
from caseworker_app.features.demonstration.domain.setting import INTENTION, Setting
from caseworker_app.features.demonstration.domain.vocabulary import words
from caseworker_app.features.demonstration.service.agreement_terms import write_rules
from caseworker_app.features.demonstration.service.batch import Batch
from caseworker_app.features.demonstration.service.cases import case_names, write_case
from caseworker_app.features.diary import service as diary
from caseworker_app.features.housing.domain.landlord import LandlordKind, NewLandlord, NewLandlordContact
from caseworker_app.features.housing.service.landlords import add_landlord_contacts, add_landlords
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import NewAgreement
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import (
    NewPartner,
    NewPartnerContact,
    PartnerKind,
    checked_partner,
)
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import NewOffice, Right, Role, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import add_months
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

# The word stands in the name, so that every paper printed from the demonstration says what it is.
DEMONSTRATION_OFFICE = NewOffice(
    association="Les Amarres – DÉMONSTRATION",
    worker="Claire Lenoir",
    activity="Association et ménages inventés",
    street="14, quai des Tilleuls",
    postal_code="35990",
    city="Valmère",
    phone="02 61 91 04 12",
    email="contact@lesamarres.example",
    job_title="Conseillère en économie sociale et familiale",
)
BATCH = 500
# A worker leads some forty-five measures; the colleagues written out come before those made up.
MEASURES_A_WORKER = 45


def fill(
    file: EncryptedFile,
    who: Who,
    *,
    households: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> Changes:
    """Fill a fresh file with so many invented households; equal numbers, seeds and days give equal content.

    The first dozen are written by hand (« cas »), the rest is drawn. `progress` hears how many are done, of
    how many, after each transaction. Raises NotAllowed.
    """
    who.require(Right.MANAGE_OFFICE)
    who.require(Right.WRITE_FILES)
    tables: set[str] = set()
    touched: set[str] = set()
    setting = _settle(file, who, households, seed)
    for write, done in _parts(file, setting):
        changes = write()
        tables |= changes.tables
        touched |= changes.households
        if progress is not None:
            progress(done, households)
    return Changes(frozenset(tables), frozenset(touched))


def _parts(file: EncryptedFile, setting: Setting) -> Iterator[tuple[Callable[[], Changes], int]]:
    """Yield what to write next, with the number of households there are after it."""
    cases = case_names()[: setting.households]
    for number, name in enumerate(cases, start=1):
        yield partial(write_case, file, setting, name), number
    for first in range(len(cases), setting.households, BATCH):
        end = min(first + BATCH, setting.households)
        yield partial(_write_batch, file, setting, range(first, end)), end


def _write_batch(file: EncryptedFile, setting: Setting, numbers: range) -> Changes:
    with file.unit_of_work(setting.who.worker_id, INTENTION) as uow:
        Batch(setting, numbers).write(uow)
        return uow.changes


def _settle(file: EncryptedFile, who: Who, households: int, seed: int) -> Setting:
    """Write what households stand on: colleagues, landlords with their people, agreements."""
    workers = _colleagues(file, who, households, seed)
    with file.unit_of_work(who.worker_id, INTENTION) as uow:
        landlords = _landlords(uow)
        agreements = _agreements(uow, landlords)
        _partners(uow)
        _team_times(uow, tuple(workers.values()))
        setting = Setting(seed, households, uow.today, who, workers, landlords, agreements)
    write_rules(file, setting, _agreements_start(setting.today))
    return setting


def _agreements_start(today: date) -> date:
    return add_months(today.replace(day=1), -30)


def _team_times(uow: UnitOfWork, workers: tuple[str, ...]) -> None:
    """Write what the team has in its agenda beside visits."""
    rows = [
        diary.time_row(each.form, each.worker_id, each.series, each.repeats) | {"worker_id": each.worker_id}
        for each in team_times(uow.today, workers)
    ]
    diary.put_in_agenda(uow, rows)


def _partners(uow: UnitOfWork) -> None:
    """Write the partners of the town: a small directory."""
    for each in words("partners")["partners"]:
        told = {name: value for name, value in each.items() if name not in ("contacts", "kind")}
        several: dict[str, Any] = {
            name: tuple(told.pop(name, ())) for name in ("phones", "services", "themes")
        }
        new = NewPartner(
            **told, **several, kind=PartnerKind(each["kind"]), source="Annuaire inventé", updated_on=uow.today
        )
        key = partners.add_checked_partners(uow, [checked_partner(new, uow.today)[0]])[0]
        partners.add_contacts(uow, key, [NewPartnerContact(**person) for person in each.get("contacts", ())])


def _colleagues(file: EncryptedFile, who: Who, households: int, seed: int) -> dict[str, str]:
    found = {who.name: who.worker_id}
    known = words("places")["workers"]
    for each in known:
        found[each["name"]], _ = team.add_worker(
            file, who, each["name"], Role(each["role"]), each["job_title"]
        )
    people = words("people")
    names = zip(
        shuffled(seed, "workers", people["women"] * 4),
        shuffled(seed, "teams", people["last_names"] * 3),
        strict=False,
    )
    needed = households // 11 // MEASURES_A_WORKER - 2
    for first, last in list(names)[: max(0, needed)]:
        name = f"{first} {last}"
        found[name], _ = team.add_worker(file, who, name, Role.CASEWORKER, "Travailleuse sociale")
    return found


def _landlords(uow: UnitOfWork) -> tuple[tuple[str, str], ...]:
    entries = words("places")["landlords"]
    fields = ("street", "postal_code", "city", "phone", "email")
    news = [NewLandlord(e["name"], LandlordKind(e["kind"]), **{f: e[f] for f in fields}) for e in entries]
    ids = add_landlords(uow, news)
    for landlord_id, entry in zip(ids, entries, strict=True):
        add_landlord_contacts(uow, landlord_id, [NewLandlordContact(**person) for person in entry["people"]])
    return tuple((landlord_id, new.name) for landlord_id, new in zip(ids, news, strict=True))


def _agreements(uow: UnitOfWork, landlords: tuple[tuple[str, str], ...]) -> dict[str, str]:
    start = _agreements_start(uow.today)
    end = add_months(uow.today.replace(day=1), 16)
    first, second = landlords[0], landlords[2]
    news = {
        "supported_housing": NewAgreement(
            f"Logement accompagné – {first[1]}", start, end, first[0], quota_new=12, quota_existing=20
        ),
        "hlm_supported": NewAgreement(
            f"HLM accompagné – {second[1]}", start, end, second[0], quota_new=8, quota_existing=15
        ),
        "dedicated_residence": NewAgreement(
            "Résidence des Embruns", start, end, first[0], quota_new=6, quota_existing=24
        ),
        "avdl_in_place": NewAgreement(
            "AVDL de la métropole de Valmère",
            start,
            end,
            funder="FNAVDL",
            quota_new=40,
            grant_cents=8_400_000,
        ),
    }
    ids = measures.add_agreements(uow, list(news.values()))
    return dict(zip(news, ids, strict=True))
