"""Invented follow-up tables (« tableaux de suivi »), as messy as those people keep: for the tests of this room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

HEADER = (
    "N°", "Ménage", "Né(e) le", "Adresse", "CP", "Ville", "Tél", "Bailleur", "Mesure", "Début mesure",
    "Fin prévue", "Date de sortie", "Motif sortie", "Référente", "Orienté par", "Dette loyer", "Dette EDF",
    "Observations",
)  # fmt: skip

_NAMES = ("Marchadier", "Le Goff", "Dubœuf", "N’Guessan", "Tiberghien", "Kaboré", "Okonski", "Van Hecke")
_GIVEN = ("Solène", "Idriss", "Maëlle", "Joris", "Anaïs", "Gaspard", "Édith")
_MEASURES = ("ASLL", "AVDL dans le logement", "asll maintien", "MASP 2", "Bail glissant", "AVDL", "idem")
_STARTS = ("01/03/2026", "mars 26", "12.03.26", "S12", "2025", "15/01/2026", "1er avril 2026")
_NOTES = (
    "12/03/2026 : VAD, le chauffe-eau est réparé. 02/04/26 : tel CAF, dossier complet",
    "VAD 05/05 : RAS\nTel 15/05 : laisse message\n- 20/05 – absente à la VAD",
    "RAS",
    "Famille connue du service.\n10/06/2026 : courrier au bailleur\njuin 26 : plan d’apurement signé",
    "",
    "S20 : appel de l’assistante sociale",
    "le 3 juillet 2026, réunion tripartite avec le bailleur ; 15/12/2026 : VAD prévue",
)
_DEBTS = ("1 250 €", "", "soldée", "850,40", "?", "2000€ (plan 50€/mois)", "RAS")


def tracker_row(number: int) -> list[str]:
    """Return the row of an invented household, unlike any other number."""
    name = f"{_NAMES[number % 8].upper()}{'' if number < 56 else number // 56} {_GIVEN[number % 7]}"
    ended = number % 11 == 10
    return [
        str(number + 1),
        name,
        f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/{1940 + number}",
        f"{number + 1} rue du Gué",
        "59100",
        "Roubaix",
        f"06 39 98 {number // 100:02d} {number % 100:02d}",
        ("Valmère Habitat", "idem", "")[number % 3],
        "ASLL" if not number else _MEASURES[number % 7],
        _STARTS[number % 7],
        "31/12/2026" if number % 2 else "",
        "30/06/2026" if ended else "",
        "relogement" if ended else "",
        ("Claire L.", "Zoé Marchand", "CL")[number % 3],
        ("CCAS", "Département", "?")[number % 3],
        _DEBTS[number % 7],
        "320" if number % 5 == 0 else "",
        _NOTES[number % 7],
    ]


def write_workbook(path: Path, sheets: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> Path:
    """Write sheets as a spreadsheet would keep them: a merged title, a blank line, colours, then the table."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        red, title = book.add_format({"bg_color": "#FFC7CE"}), book.add_format({"bold": True})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            sheet.merge_range(0, 0, 0, len(rows[0]) - 1, f"TABLEAU DE SUIVI – {name}", title)
            for line, row in enumerate(rows, 2):
                for column, cell in enumerate(row):
                    sheet.write_string(line, column, cell, red if line % 3 == 0 else None) if cell else None
    return path


def sixty(path: Path) -> Path:
    """Write a table of 60 households on one sheet, with a section and a total."""
    rows: list[list[str]] = [list(HEADER), *(tracker_row(number) for number in range(40))]
    rows.append(["", "SORTIS ET EN ATTENTE", *[""] * (len(HEADER) - 2)])
    rows += [tracker_row(number) for number in range(40, 60)]
    rows.append(["", "TOTAL", *[""] * 13, "12 300 €", "", ""])
    return write_workbook(path, [("Suivi 2026", rows)])


def live_sixty(path: Path) -> Path:
    """Write 60 live measures as a spreadsheet keeps them for years: headings under merged ones, some dates that are
    dates and some that are words, amounts that are numbers or words, coloured lines, a section, a total.
    """
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        bold, red = book.add_format({"bold": True}), book.add_format({"bg_color": "#FFC7CE"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Suivi 2026")
        sheet.merge_range(0, 0, 0, 17, "TABLEAU DE SUIVI DES MESURES – mis à jour le 20/11/26", bold)
        for first, last, words in ((1, 6, "MÉNAGE"), (8, 13, "MESURE"), (15, 16, "DETTES")):
            sheet.merge_range(2, first, 2, last, words, bold)
        sheet.write_row(3, 0, HEADER, bold)
        for number in range(60):
            line = 4 + number + (number >= 40)
            row = tracker_row(number)
            # Nobody has left.
            row[11] = row[12] = ""
            for column, cell in enumerate(row):
                if column in (2, 10) and number % 3 == 0 and cell:
                    sheet.write_datetime(line, column, datetime.strptime(cell, "%d/%m/%Y"), day)  # noqa: DTZ007
                elif column == 16 and cell:
                    sheet.write_number(line, column, float(cell))
                elif cell:
                    sheet.write_string(line, column, cell, red if number % 7 == 3 else None)
        sheet.merge_range(44, 0, 44, 17, "NOUVELLES ENTRÉES", bold)
        sheet.write(65, 1, "TOTAL", bold)
        sheet.write(65, 15, "12 300 €", bold)
    return path
