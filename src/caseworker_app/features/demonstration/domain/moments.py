"""Dates written relative to the day of the demonstration, as the cases written by hand need them.

`today-12` is twelve days ago; `m-6/12` the 12th of the sixth month before the anchor month, `m-6` its first
day; ` 10:30` after either adds the hour. The anchor is the latest month of which the 6th has passed, so that
« the 5th of the anchor » is never to come. In texts, `{m-6/12}` is « 12 mai » and `{month m-5}` « juin ».
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from caseworker_app.kernel.dates import MONTHS, add_months, end_of_month, month_of

_DAY = re.compile(r"(?:today(?P<days>[+-]\d+)?|m(?P<months>[+-]\d+)?(?:/(?P<day>\d+))?)(?P<week>~)?")
_IN_TEXT = re.compile(r"\{(month )?(today[^}]*|m[^}]*)\}")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Reads relative dates, seen from one day."""

    today: date

    @property
    def anchor(self) -> date:
        """The latest month of which the 6th has passed, as its first day."""
        return month_of(self.today - timedelta(days=6))

    def day(self, text: str) -> date:
        """Return the day a text means; `~` moves a week-end day back to Friday, one to come on to Monday."""
        match = _DAY.fullmatch(text)
        if match is None:
            raise ValueError(f"not a relative date: {text}")
        if text.startswith("today"):
            found = self.today + timedelta(days=int(match["days"] or 0))
        else:
            month = add_months(self.anchor, int(match["months"] or 0))
            found = month.replace(day=min(int(match["day"] or 1), end_of_month(month).day))
        return self._worked(found) if match["week"] else found

    def moment(self, text: str) -> datetime:
        """Return the moment that « DAY HOUR:MINUTE » means."""
        day, hour = text.split(" ")
        return datetime.combine(self.day(day), time.fromisoformat(hour))

    def told(self, text: str) -> str:
        """Return a text with the dates between braces written out."""
        return _IN_TEXT.sub(self._written, text)

    def _written(self, match: re.Match[str]) -> str:
        day = self.day(match[2])
        if match[1]:
            return MONTHS[day.month - 1]
        return f"{'1er' if day.day == 1 else day.day}\u00a0{MONTHS[day.month - 1]}"

    def _worked(self, day: date) -> date:
        late = day.weekday() - 4
        if late <= 0:
            return day
        return day - timedelta(days=late) if day <= self.today else day + timedelta(days=3 - late)
