"""A cell of notes cut at its dates: « 12/03/26 : VAD, … 02/04 : appel … » becomes entries of the diary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.intake.domain.loose_dates import LooseDate, Precision, parse_loose
from caseworker_app.kernel.dates import MONTHS, format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold

# A diary entry holds 20,000 characters; a cell never holds more than 32,767.
MAX_TEXT = 15_000

_MONTH = "|".join(
    sorted(
        {*MONTHS, "janv", "févr", "fev", "fév", "avr", "juil", "aout", "sept", "oct", "nov", "déc", "dec"},
        key=len,
        reverse=True,
    )
)
_NUMERIC = r"\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:\d{4}|\d{2})(?!\d)"
_ISO = r"(?:19|20)\d{2}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?"
_SHORT = r"\d{1,2}/\d{1,2}(?![\d/])"
_WORDS = rf"\d{{1,2}}(?:er)?\s+(?:{_MONTH})\.?(?:\s+(?:\d{{4}}|\d{{2}})(?!\d))?"
_MONTH_ONLY = rf"(?:(?:début|mi|fin|courant)[ -])?(?:{_MONTH})\.?\s+(?:20\d{{2}}|\d{{2}}(?!\d))"
_WEEK = r"(?:S\s?\.?|[Ss]em(?:aine)?\.?\s?)\d{1,2}(?:\s+20\d{2})?(?!\d)"
_YEAR = r"20\d{2}(?!\d)"
# What people write before the date: « VAD du 12/03 : … », « Tel 12/03 … ».
_ACT = (
    r"(?:VAD|V\.A\.D\.?|[Vv]isite(?: [àa] domicile)?|[Rr]dv|RDV|[Rr]endez-vous|[Ee]ntretien"
    r"|[Tt][ée]l(?:[ée]phone)?\.?|[Aa]ppel"
    r"|SMS|[Mm]ail|[Cc]ourriel|[Cc]ourrier|[Rr]éunion|[Ss]ynthèse|[Pp]oint|[Pp]ermanence)"
)
_CLEAR = rf"(?:{_ISO}|{_NUMERIC}|{_WORDS})"
_VAGUE = rf"(?:{_SHORT}|{_MONTH_ONLY}|{_WEEK}|{_YEAR})"
_MARK = r"\s*[:;–—>\-]+\s*|\s*\)\s*[:–—-]?\s*|\s*,\s+"
# At the beginning of a line a clear date is enough; elsewhere the date must be followed by « : ».
_HEAD = re.compile(
    rf"(?:(?<=\n)|(?<=\A))[\s•*\-–+>(\[]*(?P<act>{_ACT}\s+(?:du\s+|le\s+)?)?(?:[Ll]e\s+|[Dd]u\s+|[Ee]n\s+)?"
    rf"(?:(?P<clear>{_CLEAR})(?:{_MARK}|\s+|(?=\n|\Z))|(?P<vague>{_VAGUE})(?:{_MARK}|(?=\n|\Z)"
    rf"|\s+(?={_ACT}\b)))"
    rf"|(?:(?<=[\s;.•|/])|(?<=\A))(?P<inner>{_CLEAR}|{_SHORT})\s*:\s*"
    rf"|(?<=[;.|•] )(?P<after>{_CLEAR}|{_SHORT})\s+(?={_ACT}\b)",
    re.IGNORECASE,
)

_KINDS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            EntryKind.MISSED_VISIT,
            (
                r"\b(?:vad|visite|rdv|rendez vous|entretien)\b.{0,60}\b(?:non honore|pas honore"
                r"|manque|porte close|lapin)"
                r"|\b(?:absent\w*|non honoree?|pas venue?"
                r"|ne s est pas presente\w*)\b.{0,20}\b(?:vad|rdv|rendez vous|visite)\b"
                r"|^(?:vad|rdv|visite|rendez vous)\b.{0,12}\b(?:absent\w*|annule\w*)\b|\bporte close\b"
            ),
        ),
        (EntryKind.THREE_PARTY_MEETING, r"^.{0,40}\btripartite"),
        (EntryKind.HOME_VISIT, r"\bv ?a ?d\b|visite a (?:son |leur )?domicile|^visite\b|\bau domicile\b"),
        (
            EntryKind.PARTNER_MEETING,
            (
                r"^(?:reunion|synthese|commission|concertation|point (?:avec|bailleur|partenaire)"
                r"|instance|ccapex|equipe)\b"
            ),
        ),
        (
            EntryKind.ACCOMPANIMENT,
            r"^accompagne\w*\b.{0,40}\b(?:a|au|aux|chez|prefecture|caf|banque|mairie|tribunal)\b",
        ),
        (EntryKind.SMS, r"^(?:envoi )?(?:d un )?(?:sms|texto)\b"),
        (EntryKind.EMAIL, r"^(?:envoi )?(?:d un )?(?:mail|e mail|courriel)\b|^echanges? (?:de )?mails?"),
        (EntryKind.LETTER, r"^(?:envoi )?(?:d un )?(?:courrier|lettre|lrar)\b"),
        (
            EntryKind.CALL,
            (
                r"^(?:tel|tels|telephone|appel\w*|message|msg|mess|laisse (?:un )?message|rappel\w*"
                r"|joint\w*|ct tel|contact tel\w*)\b"
                r"|\bpar telephone\b"
            ),
        ),
        (EntryKind.DROP_IN, r"^(?:passage|passee? |permanence|se presente|venue? )"),
        (EntryKind.OFFICE, r"^(?:rdv|rendez vous|entretien|re?cue?|rencontre)\b"),
    )
)
_AHEAD = re.compile(r"\b(?:prevue?s?|a venir|a prevoir|a faire|programme\w*|fixee?|prochaine?)\b")


@dataclass(frozen=True, slots=True)
class DatedNote:
    """One dated note; where the day is not told, the text begins by saying so."""

    day: date
    kind: EntryKind
    text: str


@dataclass(frozen=True, slots=True)
class Notes:
    """A cell cut up: dated notes in its order, and the text that no date stands before."""

    dated: tuple[DatedNote, ...]
    free: str


def split_notes(text: str, today: date, year: int | None = None, title: str = "") -> Notes:
    """Cut a cell at its dates; `year`: that of the sheet, `title`: what a date without a word is a date of.

    What is to come stays in `free`, since a diary tells what happened; so does whatever cannot be a day.
    """
    text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    heads = [(m, loose) for m in _HEAD.finditer(text) if (loose := _date_of(m, today, year)) is not None]
    heads = _with_years(heads, today, year)
    free = [text[: heads[0][0].start()] if heads else text]
    dated: list[DatedNote] = []
    for position, (match, loose) in enumerate(heads):
        end = heads[position + 1][0].start() if position + 1 < len(heads) else len(text)
        act = " ".join((match["act"] or "").split())
        body = text[match.end() : end].strip(" \n;|•-–")
        whole = (
            f"{_bare_act(act)}{' : ' if act and body else ''}{body}".replace(" : ", "\u00a0: ", 1)
            if act
            else body
        )
        if loose.day > today or (_AHEAD.search(fold(whole[:80])) and loose.day >= today):
            free.append(text[match.start() : end])
        elif whole or title:
            dated.append(_note(loose, whole or title))
    return Notes(tuple(dated), "\n".join(filter(None, (part.strip(" \n;|•") for part in free))))


def kind_of(text: str) -> EntryKind:
    """Return what happened, from what a note says first; « note » where it does not say."""
    folded = fold(text[:200])
    found = [(match.start(), kind) for kind, pattern in _KINDS if (match := pattern.search(folded))]
    # « Appel pour fixer une VAD » is a call; of two that begin alike the rarer stands first in the list.
    return min(found, key=lambda entry: entry[0])[1] if found else EntryKind.NOTE


def _note(loose: LooseDate, text: str) -> DatedNote:
    kind = kind_of(text)
    if not loose.is_exact:
        text = f"({loose.words()}) {text}"
    return DatedNote(loose.day, kind, text[:MAX_TEXT])


def _bare_act(act: str) -> str:
    words = act.split()
    return " ".join(words[:-1] if words and words[-1].lower() in ("du", "le") else words)


def _date_of(match: re.Match[str], today: date, year: int | None) -> LooseDate | None:
    told = match["clear"] or match["vague"] or match["inner"] or match["after"]
    try:
        return parse_loose(told, today, year)
    except InvalidEntry:
        return None


def _with_years(
    heads: list[tuple[re.Match[str], LooseDate]], today: date, year: int | None
) -> list[tuple[re.Match[str], LooseDate]]:
    """Give dates that tell no year that of the nearest note of the cell that does."""
    if year is not None or all(loose.precision is not Precision.YEARLESS for _, loose in heads):
        return heads
    told = [i for i, (_, loose) in enumerate(heads) if loose.precision is not Precision.YEARLESS]
    result = []
    for position, (match, loose) in enumerate(heads):
        if loose.precision is Precision.YEARLESS and told:
            near = heads[min(told, key=lambda i: abs(i - position))][1].day
            loose = LooseDate(_nearest(loose.day, near, today), loose.precision, loose.rest)  # noqa: PLW2901
        result.append((match, loose))
    return result


def _nearest(day: date, near: date, today: date) -> date:
    candidates = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            candidate = day.replace(year=year)
        except ValueError:  # 29 February
            continue
        if candidate <= today:
            candidates.append(candidate)
    return min(candidates, key=lambda each: abs((each - near).days), default=day)


def spoken(note: DatedNote) -> str:
    """Return a note on one line, as it is kept where it cannot enter the diary."""
    return f"{format_date(note.day)}\u00a0: {note.text}"
