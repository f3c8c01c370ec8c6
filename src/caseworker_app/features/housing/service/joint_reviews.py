"""What the three parties say of each criterion at a joint review, and its date when it moves."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.housing import store
from caseworker_app.features.housing.domain.joint_review import Judgement, check_judgement, criteria_on
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.entries import paragraphs
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.encrypted_file import EncryptedFile


def judge_criterion(file: EncryptedFile, who: Who, review_id: str, judgement: Judgement) -> Changes:
    """Write what the parties say of one criterion at one review, in place of what was said before.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "judge_criterion") as uow:
        check_judgement(judgement, criteria_on(uow.today))
        review = store.joint_reviews.one(uow.connection, review_id)
        row = {**store.row_of(judgement), "remark": paragraphs(judgement.remark, "remark")}
        before = [
            each
            for each in store.criteria_of(uow.connection, review.household_id)
            if (each.joint_review_id, each.criterion) == (review_id, judgement.criterion)
        ]
        if before:
            uow.update(store.review_criterion, before[0].id, row)
        else:
            keys = {"household_id": review.household_id, "joint_review_id": review_id}
            uow.insert(store.review_criterion, {**keys, **row})
        return uow.changes


def move_joint_review(file: EncryptedFile, who: Who, review_id: str, planned_on: date) -> Changes:
    """Plan a review for another day. Raises InvalidEntry once it was held, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "plan_joint_review") as uow:
        if store.joint_reviews.one(uow.connection, review_id).held_on is not None:
            raise InvalidEntry("Cet examen a déjà eu lieu\u00a0: prévoyez le suivant.", "planned_on")
        uow.update(store.joint_review, review_id, {"planned_on": planned_on})
        return uow.changes
