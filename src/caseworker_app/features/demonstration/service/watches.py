"""Writing the veille of a case: who comes by on which day, and what was said there the last times."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from caseworker_app.features.demonstration.domain.moments import Calendar
from caseworker_app.features.demonstration.domain.setting import INTENTION, Setting
from caseworker_app.features.veille import service as veille
from caseworker_app.features.veille.domain.contact import NewContact, Outcome, Way
from caseworker_app.features.veille.domain.rhythm import Rhythm, Unit
from caseworker_app.features.veille.domain.watch import Near, NewWatch
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.french import typeset
from caseworker_app.storage.encrypted_file import EncryptedFile

_WEEK = timedelta(days=7)


def write_watch(
    file: EncryptedFile, setting: Setting, calendar: Calendar, household_id: str, told: dict[str, Any]
) -> Changes:
    """Open a weekly veille of visits, those of the last weeks made; `weekday`: 0 for Monday."""
    worker, weekday, visits = setting.workers[told["worker"]], int(told["weekday"]), told["visits"]
    # Never today: what is due today is still to be done.
    last = calendar.today - timedelta(days=(calendar.today.weekday() - weekday - 1) % 7 + 1)
    start = last - (len(visits) - 1) * _WEEK
    new = NewWatch(
        Way.VISIT, Rhythm(start, 1, Unit.WEEKS, weekday), worker, reason=typeset(told["reason"]),
        near=Near(**told["near"]),
    )  # fmt: skip
    days = [start + number * _WEEK for number in range(len(visits))]
    said = [
        NewContact(Outcome.VISITED, day, typeset(words), worker_id=worker)
        for day, words in zip(days, visits, strict=True)
    ]
    with file.unit_of_work(setting.who.worker_id, INTENTION) as uow:
        (key,) = veille.add_watches(uow, [(household_id, new)])
        veille.add_contacts(uow, [(key, each) for each in said])
        return uow.changes
