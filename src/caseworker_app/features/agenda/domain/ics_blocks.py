"""A calendar of others (iCalendar, RFC 5545) cut into its events while it is read, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from caseworker_app.kernel.errors import CaseworkerError

# Ten years of a full agenda are a tenth of it.
MAX_BYTES = 25_000_000
MAX_EVENTS = 20_000
# An event with a picture inside: its words alone would be kept, and nobody needs it to know when.
_MAX_BLOCK = 256_000
# What stands before the first event: names, colours, time zones.
_MAX_PRELUDE = 2_000_000
_LOOKED_AT = 4_096


class CalendarRefused(CaseworkerError):
    """A file that is no calendar, or too large to be one; the sentence says what to do."""


NOT_A_CALENDAR = (
    "Ce fichier n’est pas un agenda (.ics)\u00a0: exportez-le de nouveau depuis l’autre agenda, "
    "au format iCalendar."
)
TOO_BIG = (
    "Ce fichier dépasse 25\u00a0Mo\u00a0: exportez une période plus courte, une année par exemple, "
    "puis importez-la."
)
TOO_MANY = (
    "Cet agenda a plus de 20\u202f000\u00a0rendez-vous\u00a0: exportez une période plus courte, "
    "une année par exemple."
)
CUT = "Ce fichier s’arrête au milieu\u00a0: il n’a pas été copié en entier. Exportez-le de nouveau, puis recommencez."


@dataclass(slots=True)
class Blocks:
    """Cuts a calendar; `zones` fills with its time zones as they come, `dropped` counts events too large to read."""

    zones: list[bytes] = field(default_factory=list)
    dropped: int = 0
    events: int = 0
    _prelude: int = 0

    def cut(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Yield each event whole, from its BEGIN to its END. Raises CalendarRefused."""
        inside, block, size, ended, begun = b"", [], 0, False, False
        for line in lines:
            word = line.strip().upper()
            if not begun:
                begun = self._begin(word)
            elif not inside and word in (b"BEGIN:VEVENT", b"BEGIN:VTIMEZONE"):
                inside, block, size = word[6:], [line], 0
            elif inside:
                size += len(line)
                block.append(line) if size <= _MAX_BLOCK else block.clear()
                if word == b"END:" + inside:
                    if inside == b"VEVENT":
                        yield from self._event(block)
                    else:
                        self._zone(block)
                    inside = b""
            elif word == b"END:VCALENDAR":
                ended = True
        if not begun:
            raise CalendarRefused(NOT_A_CALENDAR)
        if inside or not ended:
            raise CalendarRefused(CUT)

    def _begin(self, word: bytes) -> bool:
        if not word:
            return False
        # Some programs put a mark of encoding before the first word.
        if word.removeprefix(b"\xef\xbb\xbf") != b"BEGIN:VCALENDAR":
            raise CalendarRefused(NOT_A_CALENDAR)
        return True

    def _event(self, block: list[bytes]) -> Iterator[bytes]:
        self.events += 1
        if self.events > MAX_EVENTS:
            raise CalendarRefused(TOO_MANY)
        if block:
            yield b"".join(block)
        else:
            self.dropped += 1

    def _zone(self, block: list[bytes]) -> None:
        self._prelude += sum(map(len, block))
        if self._prelude > _MAX_PRELUDE:
            raise CalendarRefused(TOO_BIG)
        self.zones.append(b"".join(block))


def looks_like_text(head: bytes) -> bool:
    """Say whether the first bytes of a file may be those of a calendar, and not of a picture or a program."""
    return b"\x00" not in head[:_LOOKED_AT]
