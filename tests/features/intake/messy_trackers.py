"""Follow-up tables of sixty live measures as seven offices might keep them, each unlike the others: all invented.

One row a household, one sheet a worker, headings under merged ones, dates that are words, debts such as « 1 234,50 € »,
notes with their dates in one cell, a row a person, a column a month, exports with other separators and encodings.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

MEASURES = 60
_NAMES = (
    "Marchadier", "Le Goff", "Dubœuf", "N’Guessan", "Tiberghien", "Kaboré", "Okonski", "Van Hecke", "Bellanger",
    "Sissoko", "Pruvost", "Almeida", "Chevrolat", "Zerrouki", "Quesnoy",
)  # fmt: skip
_GIVEN = ("Solène", "Idriss", "Maëlle", "Joris", "Anaïs", "Gaspard", "Édith", "Awa", "Loïc", "Inès", "Malik")
_WORKERS = ("Claire Lenoir", "Zoé Marchand")


def one_row_a_household(path: Path) -> Path:
    """Dates and debts as words, how the household is made as « 1A+2E », several dated notes in a cell."""
    header = (
        "NOM", "PRENOM", "DDN", "Compo fam.", "Adresse complète", "Tel", "Bailleur", "Dispositif", "TS référent",
        "Date entrée", "Fin de prise en charge", "Dette locative", "Dernier contact", "Commentaires",
    )  # fmt: skip
    return _book(
        path,
        "File active",
        [["ASSOCIATION LES AMARRES - File active au 15/11/2026"], []],
        header,
        lambda i: (
            _NAMES[i % 15].upper(), _given(i), _born(i), f"{1 + i % 2}A+{i % 4}E", f"{i + 1} rue du Gué 59100 ROUBAIX",
            _phone(i, "."), ("Valmère Habitat", "Logis du Nord")[i % 2], ("ASLL", "AVDL", "MASP", "IML")[i % 4],
            _WORKERS[i % 2], f"{_start(i):%d/%m/%y}", f"{_end(i):%d/%m/%y}", ("1 234,50 €", "0 €", "", "850 €")[i % 4],
            f"{date(2026, 10, 1) + timedelta(days=i % 40):%d/%m/%Y}",
            f"{_start(i + 3):%d/%m/%Y} : VAD faite, courrier CAF\n{_start(i + 4):%d/%m/%Y} : appel du bailleur",
        ),
    )  # fmt: skip


def one_sheet_a_worker(path: Path) -> Path:
    """Three sheets named after workers, headings under merged ones, dates and amounts that are real ones."""
    import xlsxwriter

    header = (
        "Nom Prénom", "Téléphone", "Commune", "Type de mesure", "Date de début", "Echéance", "Renouvellement",
        "Impayés", "Plan d’apurement", "Observations / actions",
    )  # fmt: skip
    with xlsxwriter.Workbook(path) as book:
        day, bold = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"bold": True})
        for number, who in enumerate(("Claire", "Zoé", "Malik")):
            sheet = book.add_worksheet(who)
            sheet.merge_range(0, 0, 0, 9, f"SUIVI {who.upper()} 2026", bold)
            for first, last, words in ((0, 2, "Famille"), (3, 6, "Accompagnement"), (7, 9, "Situation")):
                sheet.merge_range(2, first, 2, last, words, bold)
            sheet.write_row(3, 0, header, bold)
            for line, i in enumerate(range(number * 20, number * 20 + 20), 4):
                _write_measure(sheet, line, i, day)
        book.add_worksheet("Listes").write_column(0, 0, ["ASLL", "AVDL", "MASP"])
    return path


def short_headings(path: Path) -> Path:
    """A CSV of an old spreadsheet (cp1252, « ; »): « Du », « Au », « Réf. », « Port. », initials for workers."""
    header = (
        "N° dossier", "Nom de famille", "Prénom", "Né le", "Nbre pers", "Adr.", "CP", "Ville", "Port.", "Mail",
        "Prescripteur", "Mesure", "Du", "Au", "Réf.", "Montant dette", "Nature dette", "Notes",
    )  # fmt: skip
    return _text(
        path,
        "cp1252",
        ";",
        header,
        lambda i: (
            f"2025-{i + 1:03d}", _NAMES[i % 15].replace("’", "'"), _given(i), _born(i).replace("/", "-"), 1 + i % 5,
            f"{i + 3} bis, av. Foch", "59200", "TOURCOING", "+33 6 39 98 " + _phone(i, " ")[9:],
            f"essai{i}@gue.example",
            ("CCAS", "UTPAS", "Bailleur")[i % 3], ("ASLL", "AVDL DALO", "MASP1")[i % 3], f"{_start(i):%d/%m/%Y}",
            f"{_end(i):%d/%m/%Y}", ("CL", "ZM")[i % 2], ("1\u00a0234,50 €", "", "450")[i % 3],
            ("loyer", "", "EDF")[i % 3], ("RAS", "12/09 VAD", "ne répond pas au tél")[i % 3],
        ),
    )  # fmt: skip


def one_row_a_person(path: Path) -> Path:
    """A row a person, the measure on the first one, children under it with the number of their household."""
    header = (
        "Ménage n°", "Lien", "Nom", "Prénom", "Date de naissance", "Adresse", "Code postal", "Ville", "Téléphone",
        "Mesure", "Début", "Fin prévisionnelle", "Intervenant social", "Dette (€)", "Suivi",
    )  # fmt: skip

    def rows(i: int) -> Sequence[Sequence[object]]:
        first = (
            i + 1, "Titulaire", _NAMES[i % 15], _given(i), _born(i), f"{i + 1} rue des Fileuses", "59510", "Hem",
            _phone(i, " "), ("ASLL", "AVDL", "MASP 1")[i % 3], f"{_start(i):%d/%m/%Y}", f"{_end(i):%d/%m/%Y}",
            _WORKERS[i % 2], ("1234.50", "", " 320,00 ")[i % 3], f"{_start(i + 2):%d/%m/%Y} - entretien au bureau",
        )  # fmt: skip
        child = (i + 1, "Enfant", _NAMES[i % 15], "Tom" if i % 4 == 1 else "Lila", "03/05/2015")
        return (first, child) if i % 2 else (first,)

    return _book(path, "Ménages", [], header, rows, several=True)


def one_column_a_month(path: Path) -> Path:
    """Headings on the seventh line under a key of colours, couples in a cell, a column a month with « x » and words."""
    header = (
        "Famille", "Logement (adresse)", "Propriétaire", "Entrée dans le logement", "Date signature contrat",
        "Date fin contrat", "Référente sociale", "Type accompagnement", "Dette loyer", "Dette énergie", "janv", "févr",
        "mars", "avr", "A FAIRE",
    )  # fmt: skip
    over = [
        ["Tableau de bord IML / AVDL"],
        ["Mis à jour par : Claire"],
        [],
        ["Légende : rouge = urgent, vert = ok"],
        [],
        [],
    ]
    return _book(
        path,
        "2026",
        over,
        header,
        lambda i: (
            f"{_NAMES[i % 15]} {_given(i)} et {_GIVEN[(i + 4) % 11]}", f"{i + 2} rue Jules-Guesde, 59150 Wattrelos",
            ("SCI Horizon", "M. Petitpas")[i % 2], f"{_start(i):%d.%m.%Y}", f"{_start(i):%d.%m.%Y}",
            f"{_end(i):%d.%m.%Y}", ("Zoé M.", "Claire L.")[i % 2],
            ("IML sous-location", "IML mandat de gestion", "AVDL")[i % 3], ("2 100,00€", "", "néant")[i % 3],
            ("", "150€", "-")[i % 3], "x" if i % 2 else "", "VAD" if i % 3 else "", "", "x",
            ("relancer CAF", "dossier FSL à faire avant le 15/12/2026", "")[i % 3],
        ),
    )  # fmt: skip


def loose_words(path: Path) -> Path:
    """Days as « janv. 2026 » or « fin 2026 », several debts in a cell, an address with its phone in one cell."""
    header = (
        "", "Bénéficiaires", "Coordonnées", "Mandat", "Mandaté le", "Jusqu’au", "Travailleur social", "Dettes",
        "Journal",
    )  # fmt: skip
    return _book(
        path,
        "Feuil1",
        [],
        header,
        lambda i: (
            i + 1, f"M. et Mme {_NAMES[i % 15].upper()} {_given(i)}",
            f"{i + 1} allée des Ormes\n59290 Wasquehal\n{_phone(i, ' ')}", ("ASLL 6 mois", "MASP 2", "AVDL")[i % 3],
            ("janv. 2026", "12/02/26", "3 mars 2026")[i % 3], ("31/12/2026", "déc. 2026", "fin 2026")[i % 3],
            ("LENOIR", "MARCHAND")[i % 2], ("1 234,50 € loyer + 300 € EDF", "0", "loyer : 560€")[i % 3],
            "• 12/03/2026 VAD\n• 02/04/2026 : tel EDF (échéancier)",
        ),
    )  # fmt: skip


def an_export(path: Path) -> Path:
    """A CSV exported by a program (UTF-8, « , »): days as 2026-01-31, many columns nobody needs, bracketed dates."""
    header = (
        "Civilité", "Nom usager", "Prénom usager", "Date naissance", "Tél. 1", "Voie", "Code postal", "Localité",
        "Organisme bailleur", "Mesure ASLL/AVDL", "Date notification", "Date début accompagnement",
        "Date fin accompagnement", "Accompagnateur", "Impayé locatif", "Montant EDF", "Compte-rendu",
    )  # fmt: skip
    return _text(
        path,
        "utf-8",
        ",",
        header,
        lambda i: (
            ("Monsieur", "Madame")[i % 2], _NAMES[i % 15], _given(i), _birth(i).isoformat(), _phone(i, "-"),
            f"{i + 1} rue Neuve", "59100", "Roubaix", "Logis du Nord", ("ASLL", "AVDL")[i % 2],
            (_start(i) - timedelta(days=12)).isoformat(), _start(i).isoformat(), _end(i).isoformat(), _WORKERS[i % 2],
            ("1234,50", "0,00", "")[i % 3], ("", "85,20", "")[i % 3],
            f"[{_start(i + 4).isoformat()}] Visite à domicile : RAS",
        ),
    )  # fmt: skip


# Each with the ending of its file.
LAYOUTS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "one row a household": (one_row_a_household, "xlsx"),
    "one sheet a worker": (one_sheet_a_worker, "xlsx"),
    "short headings": (short_headings, "csv"),
    "one row a person": (one_row_a_person, "xlsx"),
    "one column a month": (one_column_a_month, "xlsx"),
    "loose words": (loose_words, "xlsx"),
    "an export": (an_export, "csv"),
}


def _write_measure(sheet: Any, line: int, i: int, day: Any) -> None:
    sheet.write(line, 0, f"{'Mme' if i % 2 else 'M.'} {_NAMES[i % 15].upper()} {_given(i)}")
    sheet.write_row(line, 1, (_phone(i, ""), "Tourcoing"))
    sheet.write(line, 3, ("ASLL accès", "ASLL maintien", "AVDL vers le logement", "Bail glissant")[i % 4])
    sheet.write_datetime(line, 4, datetime.combine(_start(i), time()), day)
    sheet.write_datetime(line, 5, datetime.combine(_end(i), time()), day)
    sheet.write(line, 6, ("oui", "non", "")[i % 3])
    if i % 3:
        sheet.write_number(line, 7, round(100 + i * 12.5, 2))
    sheet.write(line, 8, ("oui 50€/mois", "", "en cours")[i % 3])
    notes = f"Le {_start(i + 5):%d/%m} VAD. Le {_start(i + 6):%d/%m/%Y} RDV banque postale"
    sheet.write(line, 9, notes)


def _book(
    path: Path,
    name: str,
    over: Sequence[Sequence[str]],
    header: Sequence[str],
    row: Callable[[int], Any],
    *,
    several: bool = False,
) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(name)
        lines = [*over, header]
        for i in range(MEASURES):
            lines += row(i) if several else [row(i)]
        for number, cells in enumerate(lines):
            sheet.write_row(number, 0, cells)
    return path


def _text(
    path: Path, encoding: str, separator: str, header: Sequence[str], row: Callable[[int], Any]
) -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=separator)
        writer.writerow(header)
        writer.writerows(row(i) for i in range(MEASURES))
    return path


def _given(i: int) -> str:
    return _GIVEN[(i * 3 + i // 15) % 11]


def _birth(i: int) -> date:
    return date(1950 + (i * 7) % 55, i % 12 + 1, i % 28 + 1)


def _born(i: int) -> str:
    return f"{_birth(i):%d/%m/%Y}"


def _phone(i: int, between: str) -> str:
    return between.join(("06", "39", "98", f"{i // 100:02d}", f"{i % 100:02d}"))


def _start(i: int) -> date:
    return date(2025, 1, 6) + timedelta(days=(i * 11) % 600)


def _end(i: int) -> date:
    return _start(i) + timedelta(days=720)
