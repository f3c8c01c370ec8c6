"""Rows of a follow-up table read: the household as in any list, then its measure, debts and dated notes.

A table kept by hand never puts a household aside for a word: what cannot be read is told, stays in the note, and the
measure waits for its date. Only a day that cannot be (31/02) holds the row back, as in every list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from caseworker_app.features.intake.domain import values
from caseworker_app.features.intake.domain.columns import Matching
from caseworker_app.features.intake.domain.dated_notes import DatedNote, kind_of, split_notes
from caseworker_app.features.intake.domain.follow_up_words import (
    KindOfMeasure,
    debt_named,
    exit_label,
    exit_named,
    kinds_on,
    measure_named,
)
from caseworker_app.features.intake.domain.joining import join_repeated
from caseworker_app.features.intake.domain.keys import KEY_REMOVED, without_keys
from caseworker_app.features.intake.domain.loose_dates import Precision, parse_loose
from caseworker_app.features.intake.domain.proposal import ERROR, WARNING, ProposedHousehold, ProposedTenancy
from caseworker_app.features.intake.domain.row_cells import Place
from caseworker_app.features.intake.domain.row_reader import RowReader
from caseworker_app.features.intake.domain.rows import place_of
from caseworker_app.features.intake.domain.tracker_columns import MONTH
from caseworker_app.features.intake.domain.tracking import ProposedDebt, ProposedMeasure, ProposedTracking
from caseworker_app.kernel.dates import MONTHS, add_months
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.money import MAX_CENTS
from caseworker_app.sheets.sheet import Sheet, SheetRow

NO_START = (
    "Mesure sans date de début\u00a0: elle n’est pas créée. Donnez la date, ou laissez le ménage sans mesure."
)
NO_KIND = "Sorte de mesure non reconnue\u00a0: elle n’est pas créée. Choisissez-en une de la liste."
DOUBTFUL_KIND = "Sorte de mesure incertaine\u00a0: «\u00a0{label}\u00a0» retenue."
ENDS_FIRST = "La fin précède le début de la mesure\u00a0: cette date n’est pas reprise."
NO_REASON = "Motif de sortie non indiqué ou non reconnu\u00a0: «\u00a0{label}\u00a0» retenu."
TOO_LONG = "Cette mesure dépasserait les {months}\u00a0mois que la loi permet\u00a0: sa fin est ramenée à cette limite."
TOO_EARLY = "Cette mesure commence dans plus d’un an ou avant 1980\u00a0: vérifiez l’année."
NOT_AN_AMOUNT = "Ce montant n’est pas lisible\u00a0: la dette n’est pas reprise, le texte reste dans la note."

_NOTHING = frozenset(
    {"ras", "rien", "rien a signaler", "neant", "non", "aucune", "aucun", "0", "pas de dette", "soldee"}
)
_AMOUNT = re.compile(r"\d[\d\s\u00a0\u202f'’.]*(?:[.,]\d{1,2})?\s*(?:k\s?€|€|euros?|eur)?", re.IGNORECASE)
_SHEET_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_IDEM = frozenset({"idem", "id", "id.", "dito", "//", '"', "''", "’’", "”", "″", '-"-', "---", '" "'})
_FILLED_DOWN = frozenset(
    {"worker", "landlord", "measure_kind", "prescriber", "city", "postal_code", "street", "postal_city"}
)
_SECTION = re.compile(
    r"\b(?:sort(?:i|ie)s?|en cours|termine\w*|archiv\w*|en attente|entrees?|annee|mesures?|avdl|asll|masp|iml|secteur"
    r"|referente?s?|suivi\w*|file active|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre"
    r"|decembre|trimestre|20\d\d)\b"
)
_WORKER_SHEET = re.compile(
    r"(?!(?i:feuil|sheet|liste|tableau|total|notice|data|archive))[^\W\d_][^\d_]{1,40}"
)
_DATES = ("measure_start_date", "measure_planned_end_date", "measure_end_date")
_DATE_WORDS = ("depuis le", "fin prévue", "sorti le")


class TrackerReader(RowReader):
    """Reads the rows of one follow-up table, in their order; `tracked` grows as it goes.

    `without_kind`: rows that give dates of a measure and nowhere say which.
    """

    def __init__(
        self,
        sheet: Sheet,
        matching: Matching,
        today: date,
        sheet_names: Sequence[str],
        usual_kind: str | None,
    ) -> None:
        """Prepare the columns; `usual_kind`: code of the measure where neither the row nor its sheet names one."""
        super().__init__(sheet, matching, today)
        self._sheet_names, self._titles, self._usual_kind = sheet_names, sheet.titles, usual_kind
        self._today = today
        self.tracked: list[ProposedTracking] = []
        self.without_kind = 0
        self._names = [place[0] for key in _NAMES for place in self._cells.columns.get(key, ())]
        self._leader: ProposedHousehold | None = None
        self._told_by_row: list[ProposedTracking] = []

    def read(self, row: SheetRow, *, aside: bool = False) -> ProposedHousehold | None:
        """Return the household of a row; None when it is in error, or goes on with the household before it.

        A row put `aside` for what is in a column that is not imported gives nothing, and nothing goes on with it.
        """
        if aside:
            self._leader = self._leader if self._goes_on(row) else None
            return None
        if self._goes_on(row) and self._leader is not None:
            self._continue(row, self._leader)
            return None
        self._told_by_row = []
        found = self.household(row)
        if found is None:
            self._leader = None
            return None
        self._leader = found = self._lodged(found)
        self.tracked += self._told_by_row
        return found

    def joined(self, households: Sequence[ProposedHousehold]) -> list[ProposedHousehold]:
        """Return the households with the rows that went on with them, those told on several rows made one."""
        rows: dict[int, list[int]] = {}
        for each in self.tracked:
            if each.row != each.household_row:
                rows.setdefault(each.household_row, []).append(each.row)
        whole = [
            replace(h, joined_rows=(*h.joined_rows, *rows[h.row])) if h.row in rows else h for h in households
        ]
        begun = {each.row: each.measure.starts_on for each in self.tracked if each.measure is not None}
        return join_repeated([self._opened(household, begun) for household in whole])

    def _opened(self, proposal: ProposedHousehold, begun: dict[int, date]) -> ProposedHousehold:
        """Return the household opened when its first measure began: a file taken over is not a new one."""
        starts = [begun[row] for row in proposal.rows if row in begun]
        if not starts or min(starts) > self._today:
            return proposal
        return replace(proposal, household=replace(proposal.household, opened_on=min(starts)))

    def also_read(self) -> None:
        """Read what only a follow-up table tells, while the note of the household is open."""
        told = self._tracking(self._cells.row)
        self._told_by_row = [told]
        self._keep_told(told)

    def _keep_told(self, own: ProposedTracking) -> None:
        """Keep in the note what has no place of its own: nothing the table said is lost."""
        cells = self._cells
        if state := cells.plain("measure_state"):
            cells.notes.append(f"{cells.first['measure_state'][1]}\u00a0: {state[:200]}")
        if own.measure is None and (prescriber := cells.plain("prescriber")):
            cells.notes.append(f"{cells.first['prescriber'][1]}\u00a0: {prescriber[:200]}")
        if (landlord := cells.plain("landlord")) and not (
            cells.plain("street") or cells.plain("street_name")
        ):
            cells.notes.append(f"{cells.first['landlord'][1]}\u00a0: {landlord[:200]}")

    def _goes_on(self, row: SheetRow) -> bool:
        """Say whether a row without any name goes on with the household above: merged cells are read so."""
        return bool(self._names) and not any(row.cells[index] for index in self._names)

    def _continue(self, row: SheetRow, leader: ProposedHousehold) -> None:
        self._cells.begin(row)
        told = self._tracking(leader.row)
        if self._cells.in_error:
            return
        notes = [DatedNote(n.day, n.kind, n.text) for n in told.notes]
        free = "\n".join(self._cells.notes)
        if free:
            # The note of the household is closed: what no date stands before goes to the diary of today.
            notes += split_notes(f"{self._today.isoformat()} : {free}", self._today).dated
        self.tracked.append(replace(told, notes=tuple(notes)))

    def _lodged(self, found: ProposedHousehold) -> ProposedHousehold:
        """Return the household with its dwelling where the table names the landlord of an address."""
        address = found.household.addresses[0] if found.household.addresses else None
        landlord = self._cells.plain("landlord")
        if found.dwelling is not None or not landlord or address is None or not address.street:
            return found
        return replace(
            found, dwelling=self._places.dwelling(address), tenancy=found.tenancy or ProposedTenancy()
        )

    def _tracking(self, household_row: int) -> ProposedTracking:
        notes = self._notes()
        return ProposedTracking(
            self._cells.row, household_row, self._worker(), self._measure(notes), self._debts(), notes
        )

    def _worker(self) -> str:
        told = " ".join(self._cells.plain("worker").split())[:100]
        if not told and "worker" not in self._cells.columns and len(self._sheet_names) > 1:
            told = self._sheet_names[place_of(self._cells.row)[0]]  # a sheet a worker
            return told if _WORKER_SHEET.fullmatch(told) and not _SECTION.search(fold(told)) else ""
        return told if any(c.isalpha() for c in told) else ""

    def _notes(self) -> tuple[DatedNote, ...]:
        found: list[DatedNote] = []
        for place in self._cells.columns.get("diary", ()):
            text = self._told(place)
            if not text or fold(text) in _NOTHING:
                continue
            notes = split_notes(text, self._today, self._year(), title=place[1])
            found += notes.dated
            if notes.free and MONTH.fullmatch(fold(place[1])):
                found += split_notes(f"{self._month(place[1])} : {notes.free}", self._today).dated
            elif notes.free:
                self._cells.notes.append(f"{place[1]}\u00a0: {notes.free}")
        found += self._row_note()
        return tuple(found)

    def _month(self, title: str) -> str:
        """Return the month a column is about, with its year: that told, the sheet's, or the latest."""
        day = parse_loose(title, self._today, self._year()).day
        return f"{MONTHS[day.month - 1]} {day.year}"

    def _row_note(self) -> list[DatedNote]:
        """Return the note a whole row is, in exports that hold one a row: its date, title and texts."""
        cells = self._cells
        places = [cells.first[key] for key in ("note_title",) if key in cells.first]
        places += cells.columns.get("note_text", [])
        texts = [
            f"{place[1]}\u00a0: {text}" if i else text
            for i, place in enumerate(places)
            if (text := self._told(place))
        ]
        day = self._day("note_date")
        if not texts:
            return []
        if day is not None and day <= self._today:
            text = "\n".join(texts)
            return [DatedNote(day, kind_of(text), text)]
        due = self._day("note_due_date") or day
        told = f"À faire le {due:%d/%m/%Y}" if due else "À faire"
        cells.notes.append(f"{told}\u00a0: {', '.join(texts)}")
        return []

    def _told(self, place: Place) -> str:
        text = self._cells.text(place)
        bare = without_keys(text)
        if bare != text:
            self._cells.tell(WARNING, place[1], "", KEY_REMOVED)
        return bare

    def _year(self) -> int | None:
        """Return the year of the sheet of this row, where it is one that is over."""
        place = place_of(self._cells.row)[0]
        names = [self._sheet_names[place]] if place < len(self._sheet_names) else []
        for text in (*names, *(self._titles if len(self._sheet_names) < 2 else ())):
            years = {int(year) for year in _SHEET_YEAR.findall(text)}
            if len(years) == 1:
                year = years.pop()
                return year if year < self._today.year else None
        return None

    def _measure(self, notes: Sequence[DatedNote]) -> ProposedMeasure | None:
        days = {key: self._day(key) for key in _DATES}
        start, planned, ended = (days[key] for key in _DATES)
        code = self._kind_code(any_date=any(days.values()))
        if code is None:
            if any(days.values()):
                self.without_kind += 1
                told = [
                    f"{name} {day:%d/%m/%Y}"
                    for name, day in zip(_DATE_WORDS, days.values(), strict=True)
                    if day
                ]
                self._cells.notes.append(f"Suivi d’après le tableau\u00a0: {', '.join(told)}")
            return None
        if self._cells.in_error:
            return None  # the row waits to be corrected: its measure is read then
        if start is None:
            place = self._cells.first.get("measure_start_date")
            self._cells.tell(WARNING, place[1] if place else "", "", NO_START)
            self._keep_measure(code, planned, ended)
            return None
        return self._fitting(code, start, planned, ended)

    def _keep_measure(self, code: str, planned: date | None, ended: date | None) -> None:
        """Keep in the note what is known of a measure that is not created."""
        label = kinds_on(self._today)[code].label if code in kinds_on(self._today) else code
        told = [
            f"fin prévue {planned:%d/%m/%Y}" if planned else "",
            f"sortie {ended:%d/%m/%Y}" if ended else "",
        ]
        self._cells.notes.append(", ".join(filter(None, (f"Mesure du tableau\u00a0: {label}", *told))))

    def _day(self, key: str) -> date | None:
        place = self._cells.first.get(key)
        text = self._cells.text(place) if place else ""
        if not text or place is None or fold(text) in _NOTHING:
            return None
        try:
            loose = parse_loose(text, self._today, self._year())
        except InvalidEntry as error:
            if error.sentence == values.NO_SUCH_DAY:
                self._cells.tell(ERROR, place[1], text, error.sentence)
            else:
                self._cells.keep_aside(place[1], text, error.sentence)
            return None
        if loose.precision is not Precision.DAY:
            self._cells.tell(
                WARNING, place[1], text, f"{loose.words().capitalize()}. Corrigez si ce n’est pas ce jour."
            )
        if loose.rest and any(c.isalpha() for c in loose.rest):
            self._cells.notes.append(f"{place[1]}\u00a0: {values.shorten(text)}")
        return loose.day

    def _kind_code(self, *, any_date: bool) -> str | None:
        place = self._cells.first.get("measure_kind")
        text = self._cells.text(place) if place else ""
        if text and place is not None:
            named = measure_named(text, self._today)
            if named is None:
                self._cells.keep_aside(place[1], text, NO_KIND)
                return self._usual_kind
            if named.probable:
                label = kinds_on(self._today)[named.code].label
                self._cells.tell(WARNING, place[1], text, DOUBTFUL_KIND.format(label=label))
            return named.code
        if not any_date:
            return None
        return self._usual_kind or self._kind_of_sheet()

    def _kind_of_sheet(self) -> str | None:
        place = place_of(self._cells.row)[0]
        names = self._sheet_names[place : place + 1]
        for text in (*names, *self._titles):
            named = measure_named(text, self._today)
            if named is not None:
                return named.code
        return None

    def _fitting(
        self, code: str, start: date, planned: date | None, ended: date | None
    ) -> ProposedMeasure | None:
        """Return the measure as its room will take it, what it would refuse told here."""
        kind = kinds_on(start).get(code)
        if kind is None or not date(1980, 1, 1) <= start <= add_months(self._today, 12):
            self._cells.tell(WARNING, self._cells.first["measure_start_date"][1], "", TOO_EARLY)
            self._keep_measure(code, planned, ended)
            return None
        planned = self._after_start("measure_planned_end_date", start, planned) or self._planned(kind, start)
        planned = self._within_law(kind, start, planned)
        ended = self._after_start("measure_end_date", start, ended)
        if ended is not None and ended > self._today:
            # A table that gives a day to come means when the measure should end.
            planned, ended = ended, None
        reason = self._reason(ended) if ended else None
        prescriber = " ".join(self._cells.plain("prescriber").split())[:200] or None
        return ProposedMeasure(code, start, planned, ended, reason, prescriber)

    def _after_start(self, key: str, start: date, day: date | None) -> date | None:
        if day is None or day >= start:
            return day
        self._cells.keep_aside(self._cells.first[key][1], f"{day:%d/%m/%Y}", ENDS_FIRST)
        return None

    def _planned(self, kind: KindOfMeasure, start: date) -> date | None:
        months = self._cells.read("measure_months", values.parse_count) or kind.default_months
        return add_months(start, min(months, 120)) - timedelta(days=1) if months else None

    def _within_law(self, kind: KindOfMeasure, start: date, planned: date | None) -> date | None:
        if planned is None or kind.max_months is None:
            return planned
        limit = add_months(start, kind.max_months) - timedelta(days=1)
        if planned <= limit:
            return planned
        place = self._cells.first.get("measure_planned_end_date")
        self._cells.tell(
            WARNING, place[1] if place else "", f"{planned:%d/%m/%Y}", TOO_LONG.format(months=kind.max_months)
        )
        return limit

    def _reason(self, ended: date) -> str:
        place = self._cells.first.get("exit_reason")
        text = self._cells.text(place) if place else ""
        code = exit_named(text) if text else None
        if code is None:
            code = "term_reached"
            message = NO_REASON.format(label=exit_label(code, ended))
            if text and place is not None:
                self._cells.keep_aside(place[1], text, message)
            else:
                self._cells.tell(WARNING, place[1] if place else "", text, message)
        return code

    def _debts(self) -> tuple[ProposedDebt, ...]:
        return tuple(
            debt for place in self._cells.columns.get("debt", ()) if (debt := self._debt(place)) is not None
        )

    def _debt(self, place: Place) -> ProposedDebt | None:
        text = self._told(place)
        folded = fold(text)
        if not text or folded in _NOTHING or folded.startswith(("solde ", "soldee", "pas de ")):
            return None
        amount = _first_amount(text)
        if amount is None:
            self._cells.keep_aside(place[1], text, NOT_AN_AMOUNT)
            return None
        cents, rest = amount
        if cents == 0:
            return None
        nature = debt_named(rest) or debt_named(place[1]) or "rent"
        landlord = self._cells.plain("landlord")[:200]
        note = (
            f"{place[1]}\u00a0: {text}"
            if any(c.isalpha() for c in re.sub(r"(?i)euros?|eur", "", rest))
            else None
        )
        return ProposedDebt(nature, cents, (landlord or None) if nature == "rent" else None, note)


_NAMES = ("full_name", "last_name", "first_name", "birth_name", "co_holder_full_name", "co_holder_last_name")


def filled_down(sheet: Sheet, matching: Matching) -> Sheet:
    """Return the sheet with « idem » and its signs replaced by what stands above."""
    indexes = [
        m.index for m in matching.matches if m.heading.field in _FILLED_DOWN or m.heading.field in _DATES
    ]
    above: dict[int, str] = {}
    rows = []
    for row in sheet.rows:
        cells = row.cells
        for index in indexes:
            cell = cells[index]
            if cell.lower() in _IDEM and index in above:
                cells = [*cells[:index], above[index], *cells[index + 1 :]]
            elif cell:
                above[index] = cell
        rows.append(row if cells is row.cells else SheetRow(row.number, cells))
    return replace(sheet, rows=rows)


def without_sections(sheet: Sheet, matching: Matching) -> Sheet:
    """Return the sheet, lines that only head a part of the table (« SORTIS 2025 », a worker's name) put aside.

    What stands after a worker's name is that worker's.
    """
    if len(sheet.header) < 4:
        return sheet
    worker = next((m.index for m in matching.matches if m.heading.field == "worker"), None)
    workers = {fold(row.cells[worker]) for row in sheet.rows} if worker is not None else set[str]()
    rows, aside, under = [], list(sheet.aside), ""
    for row in sheet.rows:
        filled = [cell for cell in row.cells if cell]
        folded = fold(filled[0][:80]) if len(filled) == 1 else ""
        if folded and (folded in workers or (_SECTION.search(folded) and len(folded.split()) <= 6)):
            aside.append(row)
            under = filled[0] if folded in workers else ""
        elif under and worker is not None and not row.cells[worker]:
            rows.append(SheetRow(row.number, [*row.cells[:worker], under, *row.cells[worker + 1 :]]))
        else:
            rows.append(row)
    return replace(sheet, rows=rows, aside=tuple(sorted(aside, key=lambda row: row.number)))


def _first_amount(text: str) -> tuple[int, str] | None:
    """Return the first amount of a cell in cents, and the rest of it; None where there is none."""
    from caseworker_app.kernel.money import parse_cents

    for match in _AMOUNT.finditer(text[:300]):
        written = match[0].strip().rstrip(".")
        before, after = text[: match.start()], text[match.end() :]
        if re.search(r"[/\d]$", before) or re.match(r"\s?[/%]\s?\d?", after):
            continue  # a date, a share
        thousands = "k" in written.lower()
        try:
            cents = parse_cents(re.sub(r"(?i)\s*k\s?€", "", written)) * (1000 if thousands else 1)
        except InvalidEntry:
            continue
        if 0 <= cents <= MAX_CENTS:
            return cents, f"{before} {after}".strip()
    return None
