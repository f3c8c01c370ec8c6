"""The first look at a file: kinds, columns with their confidence, profiles; keys never kept."""

from __future__ import annotations

import base64
import json
import pickle
from datetime import date
from pathlib import Path

import pytest

from caseworker_app.features.households import service as households
from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices
from caseworker_app.features.intake.domain.column_reading import LEFT_OUT, TO_CHOOSE
from caseworker_app.features.intake.domain.columns import SURE
from caseworker_app.features.intake.domain.field_choices import field_choices, field_label
from caseworker_app.features.intake.domain.fixes import rows_to_check
from caseworker_app.features.intake.domain.keys import REMOVED, without_keys
from caseworker_app.features.intake.domain.list_kind import (
    IMPORTABLE,
    KIND_HELP,
    KIND_LABELS,
    ListKind,
    NotThisKind,
)
from caseworker_app.features.intake.domain.mapping import CHOSEN, heading_of
from caseworker_app.features.intake.domain.plan import analyse
from caseworker_app.features.intake.domain.preview import preview
from caseworker_app.features.intake.domain.profile import fingerprint_of, ready_profiles
from caseworker_app.features.intake.domain.recognition import (
    Understanding,
    understand,
    with_column,
    with_kind,
    with_profile,
)
from caseworker_app.features.intake.service import importing, profiles
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.features.intake.trackers import write_workbook
from tests.ground import SHARED

TODAY = date(2026, 11, 24)
DATA = SHARED / "data"
real_files = pytest.mark.skipif(not DATA.is_dir(), reason="the shared real files are not on this machine")
KEY = base64.b64encode(bytes(range(7, 39))).decode()

# File, kind, profile that fits, rows.
UNDERSTOOD = (
    ("landlords/liste_locataires_synthetique.csv", ListKind.TENANTS, None, 306),
    ("people/import_beneficiaires.csv", ListKind.PEOPLE, "carnet-de-bord-beneficiaires", 4),
    ("people/import_beneficiaires_partial.csv", ListKind.PEOPLE, "carnet-de-bord-beneficiaires", 4),
    ("people/extract_spie_principal.csv", ListKind.PEOPLE, "spie-extraction", 4),
    ("people/domifa_import_ok.xlsx", ListKind.PEOPLE, "domifa-domicilies", 4),
    ("people/domifa_import_ko.xlsx", ListKind.PEOPLE, "domifa-domicilies", 3),
    ("people/domifa_modele.xlsx", ListKind.PEOPLE, "domifa-domicilies", 3),
    ("people/import_charges_orientation.xls", ListKind.PARTNERS, "carnet-de-bord-charges", 2),
    ("people/import_charges_orientation.xlsx", ListKind.PARTNERS, "carnet-de-bord-charges", 2),
    ("people/import_structures.csv", ListKind.PARTNERS, "carnet-de-bord-structures", 2),
    ("people/import_structures_missing_key.csv", ListKind.PARTNERS, None, 2),
    (
        "partners/cartographie_nationale_source.json",
        ListKind.PARTNERS,
        "cartographie-mediation-numerique",
        687,
    ),
    ("partners/mednum_gironde.json", ListKind.PARTNERS, "mednum-gironde", 347),
    ("landlords/listing_bailleur_ok.xlsx", ListKind.LANDLORDS, "apilos-bailleurs", 3),
    ("landlords/listing_bailleur_missing_nom_bailleur.xlsx", ListKind.LANDLORDS, None, 1),
    ("landlords/bailleurs_hlm_siret.csv", ListKind.LANDLORDS, "bailleurs-hlm-siret", 1403),
    ("dwellings/RPLS_narbonne.csv", ListKind.DWELLINGS, "rpls", 1170),
    ("dwellings/export_sisal_13.csv", ListKind.DWELLINGS, "sisal-operations", 1866),
)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "liste.csv"
    path.write_text(text, encoding="utf-8")
    return path


def read_as(found: Understanding) -> dict[str, str]:
    return {column.theirs: column.ours for column in found.columns}


@real_files
@pytest.mark.parametrize(("name", "kind", "profile", "rows"), UNDERSTOOD)
def test_a_real_file_is_understood(name: str, kind: ListKind, profile: str | None, rows: int) -> None:
    found = understand(DATA / name, TODAY, ready_profiles())
    assert (found.kind, found.profile and found.profile.id, found.row_count) == (kind, profile, rows)
    assert all(column.ours or column.why or column.confidence == TO_CHOOSE for column in found.columns)
    assert pickle.loads(pickle.dumps(found)) == found


@real_files
@pytest.mark.parametrize(("name", "kind", "profile", "rows"), UNDERSTOOD)
def test_a_real_file_is_imported_as_understood_and_its_rows_add_up(
    file: EncryptedFile, who: Who, name: str, kind: ListKind, profile: str | None, rows: int
) -> None:
    found = understand(DATA / name, TODAY, ready_profiles())
    if any("Aucune colonne de nom" in warning for warning in found.warnings):
        with pytest.raises(NotThisKind):
            importing.import_list(file, who, DATA / name, choices=found.choices)
        return
    counts = importing.import_list(file, who, DATA / name, choices=found.choices).counts
    assert counts.rows == rows == counts.created + counts.merged + counts.skipped + counts.in_error
    again = importing.import_list(file, who, DATA / name, choices=found.choices).counts
    assert (again.created, again.rows) == (0, rows)


@real_files
@pytest.mark.parametrize("entry", UNDERSTOOD[:11])
def test_the_preview_of_a_real_file_reads_as_its_import(entry: tuple[str, ListKind, str | None, int]) -> None:
    found = understand(DATA / entry[0], TODAY, ready_profiles())
    shown = preview(found, 5)
    plan = analyse(DATA / entry[0], (), TODAY, found.choices) if shown else None
    proposed = {row for row, _ in plan.proposed()} if plan else set()
    assert all(row.cells for row in shown if row.row in proposed)


@real_files
def test_every_real_file_is_understood_or_refused_in_one_sentence() -> None:
    from caseworker_app.sheets.refusals import UnreadableFile

    for path in sorted(DATA.rglob("*.*")):
        try:
            understand(path, TODAY, ready_profiles())
        except UnreadableFile as refusal:
            assert path.name in refusal.sentence  # noqa: PT017 - most files are understood


def test_each_column_says_how_sure_it_is(tmp_path: Path) -> None:
    found = understand(
        written(
            tmp_path, "Nom;Prénom;Né(e) le;Zzz;Yyy;Médecin\nDupont;Jean;01/02/1980;0639981247;x;Dr Roux\n"
        ),
        TODAY,
    )
    by_name = {column.theirs: column for column in found.columns}
    assert (by_name["Nom"].ours, by_name["Nom"].confidence, by_name["Nom"].label) == (
        "last_name",
        SURE,
        "nom",
    )
    assert (by_name["Zzz"].confidence, by_name["Zzz"].alternatives[0]) == (TO_CHOOSE, "phone")
    assert by_name["Zzz"].samples == ("0639981247",)
    assert by_name["Médecin"].confidence == LEFT_OUT
    assert found.to_choose == 1


def test_a_choice_of_column_changes_the_reading_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, "Nom;Zzz;Commune\nDupont;0639981247;Roubaix\nDurand;;Hem\n")
    found = understand(path, TODAY)
    assert ("Téléphones", "06\u00a039\u00a098\u00a012\u00a047") not in preview(found)[0].cells
    chosen = with_column(found, 1, "phone")
    assert ("Téléphones", "06\u00a039\u00a098\u00a012\u00a047") in preview(chosen)[0].cells
    assert chosen.columns[1].confidence == CHOSEN
    left = with_column(chosen, 2, "")
    assert read_as(left) == {"Nom": "last_name", "Zzz": "phone", "Commune": ""}
    plan = analyse(path, (), TODAY, left.choices)
    assert plan.households[0].household.contacts[0].value == "+33639981247"
    assert plan.households[0].household.addresses == ()


def test_one_column_feeds_one_field_and_the_choice_goes_before(tmp_path: Path) -> None:
    path = written(tmp_path, "Nom;Autre;Né(e) le\nDupont;Durand;01/02/1980\nMartin;Petit;02/03/1981\n")
    chosen = with_column(understand(path, TODAY), 1, "last_name")
    assert (read_as(chosen)["Nom"], read_as(chosen)["Autre"]) == ("", "last_name")
    assert chosen.columns[0].why == "une autre colonne a été choisie à sa place"


def test_another_kind_is_answered_from_memory(tmp_path: Path) -> None:
    found = understand(written(tmp_path, "Nom;Adresse;Ville\nCCAS;1 rue A;Hem\nCAF;2 rue B;Hem\n"), TODAY)
    partners = with_kind(found, ListKind.PARTNERS)
    assert (partners.kind, read_as(partners)["Nom"]) == (ListKind.PARTNERS, "body_name")
    assert dict(preview(partners)[0].cells)["Nom"] == "CCAS"
    assert partners.choices.kind is ListKind.PARTNERS


def test_a_list_without_names_can_be_told_which_column_holds_them(tmp_path: Path) -> None:
    path = written(tmp_path, "Xxx;Yyy\nDupont Jean;59100\nDurand Zoé;59510\n")
    found = understand(path, TODAY)
    assert (found.kind_sure, preview(found), len(found.warnings)) == (False, (), 1)
    chosen = with_column(found, 0, "full_name")
    assert chosen.warnings == ()
    assert len(analyse(path, (), TODAY, chosen.choices).households) == 2
    with pytest.raises(NotThisKind):
        analyse(path, (), TODAY, found.choices)


def test_a_sheet_of_the_workbook_can_be_chosen(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "deux.xlsx",
        [
            ("Nord", [["Nom", "Prénom", "Né(e) le"], ["Dupont", "Jean", "01/02/1980"]]),
            ("Sud", [["Nom", "Prénom", "Né(e) le"], ["Durand", "Zoé", "02/03/1981"]]),
        ],
    )
    assert (understand(path, TODAY).sheet, understand(path, TODAY).other_sheets) == ("Nord", ("Sud",))
    chosen = understand(path, TODAY, sheet="Sud")
    assert (chosen.sheet, chosen.other_sheets, chosen.choices.sheets) == ("Sud", ("Nord",), ("Sud",))
    assert analyse(path, (), TODAY, chosen.choices).households[0].household.members[0].last_name == "Durand"


# Keys


@pytest.mark.parametrize(
    "name",
    [
        "Clé de chiffrement", "clé de déchiffrement de l’organisation", "orgEncryptionKey", "encryptedEntityKey",
        "Mot de passe", "Clé privée", "hashedOrgEncryptionKey", "Phrase secrète",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [None, ListKind.PARTNERS, ListKind.TRACKER])
def test_a_column_of_keys_is_dropped_and_told_whatever_the_kind(
    tmp_path: Path, name: str, kind: ListKind | None
) -> None:
    path = written(
        tmp_path, f"Nom;Prénom;{name};Observations\nDupont;Jean;ma clé 123;ok\nDurand;Zoé;autre 456;ok\n"
    )
    found = understand(path, TODAY, (), kind)
    column = found.columns[2]
    assert (column.withheld, column.ours, column.samples) == (True, "", ())
    assert any(name in warning for warning in found.warnings)
    assert with_column(found, 2, "remarks").columns[2].ours == ""
    assert "ma clé 123" not in repr(analyse(path, (), TODAY, with_column(found, 2, "remarks").choices))


def test_a_key_without_a_name_is_known_by_its_shape(tmp_path: Path) -> None:
    found = understand(written(tmp_path, f"Nom;Prénom;Notes\nDupont;Jean;{KEY}\nDurand;Zoé;{KEY}\n"), TODAY)
    assert found.columns[2].withheld


def test_no_byte_of_a_key_enters_the_file(file: EncryptedFile, who: Who, tmp_path: Path) -> None:
    rows = [
        [f"Clé de chiffrement : {KEY}", "", ""],
        ["Nom", "Mesure", "Observations"],
        ["Dupont Jean", "ASLL", f"12/03/2026 : VAD\nclé de déchiffrement : Sésame-des-Amarres\n{KEY}"],
        ["Durand Zoé", "ASLL", "RAS"],
    ]
    path = tmp_path / "cle.csv"
    path.write_text("\n".join(";".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8")
    for kind in (ListKind.TRACKER, ListKind.PEOPLE):
        report = importing.import_list(
            file, who, path, choices=Choices(kind=kind), dry_run=kind is ListKind.PEOPLE
        )
        told = json.dumps(report.as_json(), ensure_ascii=False) + repr(
            rows_to_check(report.plan, NO_CHOICES, TODAY)
        )
        assert KEY not in told
        assert "Sésame" not in told
    with file.reading() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        tables = raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()  # type: ignore[attr-defined]
        dump = "\n".join(
            repr(raw.execute(f'SELECT * FROM "{name}"').fetchall())  # type: ignore[attr-defined]
            for (name,) in tables
        )
    assert "Dupont" in dump
    assert KEY not in dump
    assert "Sésame" not in dump


def test_what_is_no_key_stays() -> None:
    for text in (
        "Clé du logement : gardien",
        "clef 12",
        "dossier 0123456789abcdef",
        "il a perdu sa clé : à refaire",
    ):
        assert without_keys(text) == text
    assert without_keys(f"voir {KEY} ici") == f"voir {REMOVED} ici"


# Profiles


def test_a_remembered_profile_reads_the_next_file_of_its_shape(
    file: EncryptedFile, who: Who, tmp_path: Path
) -> None:
    first = understand(written(tmp_path, "Nom;Zzz\nDupont;0639981247\n"), TODAY)
    profiles.remember_profile(file, who, with_column(first, 1, "mobile_phone"), "  Liste du CCAS ")
    next_one = tmp_path / "autre.csv"
    next_one.write_text("ZZZ;Nom\n0639981200;Durand\n", encoding="utf-8")
    with file.reading() as connection:
        known = profiles.list_profiles(connection, who)
    assert (known[0].name, known[0].ready) == ("Liste du CCAS", False)
    found = understand(next_one, TODAY, known)
    assert found.profile is not None
    assert (found.profile.name, read_as(found)["ZZZ"]) == ("Liste du CCAS", "mobile_phone")
    assert read_as(with_profile(found, None))["ZZZ"] == ""


def test_a_shape_has_one_profile_that_can_be_renamed_and_forgotten(
    file: EncryptedFile, who: Who, tmp_path: Path
) -> None:
    found = understand(written(tmp_path, "Nom;Zzz\nDupont;0639981247\n"), TODAY)
    first, _ = profiles.remember_profile(file, who, found, "Un")
    second, _ = profiles.remember_profile(file, who, with_column(found, 1, "phone"), "Deux")
    assert first == second
    profiles.rename_profile(file, who, first, "Trois")
    with file.reading() as connection:
        assert profiles.find_profile(connection, who, "trois").columns == (
            ("nom", "last_name"),
            ("zzz", "phone"),
        )
    profiles.forget_profile(file, who, first)
    with file.reading() as connection:
        assert all(profile.ready for profile in profiles.list_profiles(connection, who))
        with pytest.raises(profiles.UnknownProfile):
            profiles.find_profile(connection, who, "Trois")
    with pytest.raises(InvalidEntry):
        profiles.remember_profile(file, who, found, "  ")


def test_a_profile_keeps_names_of_columns_and_nothing_of_what_stands_in_them(
    file: EncryptedFile, who: Who, tmp_path: Path
) -> None:
    found = understand(written(tmp_path, "Nom;Mot de passe\nDupont;secret-12\n"), TODAY)
    profiles.remember_profile(file, who, found, "Un")
    with file.reading() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        kept = raw.execute("SELECT columns FROM import_profile").fetchone()[0]  # type: ignore[attr-defined]
    assert json.loads(kept) == {"nom": "last_name"}


def test_the_fingerprint_is_that_of_the_names_whatever_their_order() -> None:
    assert fingerprint_of(["Nom", "Prénom"]) == fingerprint_of(["PRENOM", "nom"])
    assert fingerprint_of(["Nom"]) != fingerprint_of(["Nom", "Prénom"])


@pytest.mark.parametrize("profile", ready_profiles(), ids=lambda profile: profile.id)
def test_a_ready_profile_reads_only_columns_we_have(profile: object) -> None:
    ours = {choice.ours for choice in field_choices(profile.kind)}  # type: ignore[attr-defined]
    assert {name for _, name in profile.columns if name} <= ours  # type: ignore[attr-defined]
    assert profile.about.endswith(".")  # type: ignore[attr-defined]


def test_domifa_with_eight_dependants_gives_nine_people(
    file: EncryptedFile, who: Who, tmp_path: Path
) -> None:
    profile = next(p for p in ready_profiles() if p.id == "domifa-domicilies")
    header = ["Civilité", "Nom de naissance", "Prénom", "Date de naissance", "Statut de la domiciliation"]
    row = ["F", "Kaboré", "Awa", "01/02/1980", "VALIDE"]
    for rank in range(1, 9):
        header += [
            f"{what} Ayant-Droit {rank}" for what in ("Nom", "Prénom", "Date de naissance", "Lien de parenté")
        ]
        row += ["Kaboré", f"Enfant{chr(64 + rank)}", f"0{rank}/01/2015", "ENFANT"]
    path = write_workbook(tmp_path / "domifa.xlsx", [("DOMICILIES", [header, row])])
    found = understand(path, TODAY, ready_profiles())
    assert found.profile is not None
    assert found.profile.id == profile.id
    importing.import_list(file, who, path, choices=found.choices)
    with file.reading() as connection:
        [household] = households.page_of_households(connection, who, offset=0, limit=5)
        assert len(households.open_household(connection, who, household).members) == 9


# Words


def test_every_field_offered_has_a_french_name_and_a_meaning() -> None:
    for kind in IMPORTABLE:
        assert KIND_LABELS[kind]
        assert KIND_HELP[kind].endswith(".")
        for choice in field_choices(kind):
            assert heading_of(choice.ours) is not None
            assert choice.label == field_label(choice.ours) != choice.ours
            assert fold(choice.label)
