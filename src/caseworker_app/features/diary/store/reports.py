"""Reading which entries are given to read, of a household, of an entry, by somebody."""

from __future__ import annotations

from sqlalchemy import Connection, select

from caseworker_app.features.diary.domain.report_review import ReportReview
from caseworker_app.features.diary.store.tables import report_review, report_reviews

_OF = report_reviews.lookup("household_id", order_by=(report_review.c.asked_on, report_review.c.id))
_IN = report_reviews.lookup("entry_id", order_by=(report_review.c.asked_on, report_review.c.id))


def report_reviews_of(connection: Connection, household_id: str) -> list[ReportReview]:
    """Return every reading asked of a household's entries, the oldest first."""
    return _OF(connection, household_id)


def report_reviews_in(connection: Connection, entry_id: str) -> list[ReportReview]:
    """Return every reading asked of an entry, the oldest first."""
    return _IN(connection, entry_id)


def last_reader(connection: Connection, worker_id: str) -> str | None:
    """Return whom somebody asked last to read, None before the first time."""
    c = report_review.c
    query = select(c.reader_id).where(c.asked_by == worker_id).order_by(c.asked_on.desc(), c.id.desc())
    found = connection.execute(query.limit(1)).scalar()
    return None if found is None else str(found)
