"""Whole lists analysed: what is proposed, what is wrong, who is known already."""

from __future__ import annotations

import pickle
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from caseworker_app.features.households.domain import (
    Civility,
    NewHousehold,
    NewMember,
    Relation,
    check_household,
)
from caseworker_app.features.intake.domain import values
from caseworker_app.features.intake.domain.deciding import count, decide
from caseworker_app.features.intake.domain.decision import Action, OnDuplicate
from caseworker_app.features.intake.domain.duplicates import KnownPerson
from caseworker_app.features.intake.domain.list_kind import ListKind, NotThisKind
from caseworker_app.features.intake.domain.places import address_key
from caseworker_app.features.intake.domain.plan import ImportPlan, analyse
from caseworker_app.features.intake.domain.plan_report import to_report
from caseworker_app.sheets.refusals import UnreadableFile
from tests.ground import SHARED

TODAY = date(2026, 11, 22)
DATA = SHARED / "data"
real_files = pytest.mark.skipif(not DATA.is_dir(), reason="the shared real files are not on this machine")


def plan_of(tmp_path: Path, content: str, known: tuple[KnownPerson, ...] = ()) -> ImportPlan:
    path = tmp_path / "liste.csv"
    path.write_text(content, encoding="utf-8", newline="")
    return analyse(path, known, TODAY)


def people(plan: ImportPlan, position: int = 0) -> list[tuple[str, str | None, Relation]]:
    return [(m.last_name, m.first_name, m.relation) for m in plan.households[position].household.members]


def told(plan: ImportPlan) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.severity) for p in plan.problems]


def test_a_tenants_row_gives_people_home_lease_and_ways_to_reach_them(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "N° Bail;Civilité;Nom locataire;Prénom;Né(e) le;Co-titulaire;Nb occupants;"
        "Adresse logement;Complément;CP;Ville;Tél. domicile;Tél. portable;Courriel;Date d'entrée;Type;"
        "Surface hab.;Loyer HC;Charges;APL versée;Solde compte;Observations\n"
        "71.000002;Mme;DENIS;Émile;18/11/1964;Ahmed Denis;4;"
        "125 BIS PL DE LA RÉPUBLIQUE;ESC 2;34000;MONTPELLIER CEDEX;"
        "0261910001;639981247;néant;01/12/2023;F2;41,1;400,33;142,12 €;0,00;1 001,87;plan d'apurement\n",
    )
    found = plan.households[0]
    holder = found.household.members[0]
    assert (plan.kind, plan.header_row, plan.separator, plan.problems) == (ListKind.TENANTS, 1, ";", ())
    assert people(plan) == [
        ("DENIS", "Émile", Relation.REFERENCE_PERSON),
        ("Denis", "Ahmed", Relation.PARTNER),
    ]
    assert (holder.civility, holder.birth_date) == (Civility.MRS, date(1964, 11, 18))
    address = found.household.addresses[0]
    assert (address.street, address.city) == ("125 BIS PL DE LA RÉPUBLIQUE", "MONTPELLIER")
    assert address.from_date == date(2023, 12, 1)
    assert [c.value for c in found.household.contacts] == ["+33639981247", "+33261910001"]
    assert not any(c.safe for c in found.household.contacts)
    assert found.tenancy is not None
    assert (found.tenancy.reference, found.tenancy.rent_cents, found.tenancy.balance_cents) == (
        "71.000002",
        40033,
        100187,
    )
    assert found.dwelling is not None
    assert (found.dwelling.typology, found.dwelling.living_area_tenths) == ("T2", 411)
    assert found.occupants == 4
    assert found.household.note is not None
    assert "plan d'apurement" in found.household.note


def test_a_bad_phone_costs_its_field_and_not_the_household(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "Nom;Prénom;Téléphone;CP\nDupont;Jean;071234567;ABCDE\n")
    note = plan.households[0].household.note or ""
    assert sorted(told(plan)) == [(2, "CP", "warning"), (2, "Téléphone", "warning")]
    assert all(text in note for text in ("071234567", "ABCDE"))
    assert count(plan, decide(plan, OnDuplicate.SKIP)).created == 1


def test_a_date_or_amount_that_cannot_be_puts_its_row_aside(tmp_path: Path) -> None:
    rows = (
        "Dupont;Jean;31/02/1980;400,00;",
        "Durand;Zoé;01/02/1980;5l2,30;",
        "Petit;Luc;01/02/1981;400,00;=1+1",
    )
    plan = plan_of(tmp_path, "Nom;Prénom;Né(e) le;Loyer;Commentaires\n" + "\n".join(rows) + "\n")
    assert told(plan) == [(2, "Né(e) le", "error"), (3, "Loyer", "error"), (4, "Commentaires", "error")]
    assert {p.message for p in plan.problems} >= {values.NO_SUCH_DAY}
    counts = count(plan, decide(plan, OnDuplicate.SKIP))
    assert (counts.rows, counts.created, counts.in_error) == (3, 0, 3)


def test_rows_without_a_readable_name_are_left_out_and_told(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "Nom;Prénom;Ville\n;Jean;Sète\n12345;Jean;Sète\n=1+1;Jean;Sète\nDup\0ont;Jean;Sète\nNéant;Jean;Sète\n"
        f"{'x' * 400_000};Jean;Sète\nTrop;Jean;Sète;de;cellules\n{'Nom' * 50};Jean;Sète\nDupont;Jean;Sète\n",
    )
    counts = count(plan, decide(plan, OnDuplicate.SKIP))
    assert [p.row for p in plan.problems if p.severity == "error"] == list(range(2, 10))
    assert (counts.rows, counts.created, counts.in_error) == (9, 1, 8)


def test_lost_letters_and_control_characters_are_kept_and_told(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path, "Nom;Prénom;Ville;Adresse\nNGUY?N;Linh;Sète;1 rue A\nDupont;Zoé;S\0ète;1 rue A\n"
    )
    assert people(plan)[0][0] == "NGUY?N"
    assert told(plan) == [(2, "Nom", "warning"), (3, "Ville", "error")]
    assert len(plan.households) == 1


def test_a_social_security_number_never_gets_in(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "Nom;Prénom;NIR;Observations\nDupont;Jean;180023400000012;son n° 1 80 02 34 000 000 12, à jour\n",
    )
    assert "80023" not in repr(plan.households).replace(" ", "")
    assert "80023" not in repr(to_report(plan, count(plan, decide(plan, OnDuplicate.SKIP)))).replace(" ", "")
    assert "numéro retiré" in (plan.households[0].household.note or "")


def test_dependants_and_second_holders_become_members(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "Nom;Prénom;Nom Ayant-Droit 1;Prénom Ayant-Droit 1;Date de Naissance Ayant-Droit 1;"
        "Lien de parenté Ayant-Droit 1;Enfant 2\nDupont;Jean;Durand;Léa;01/02/1990;CONJOINT;Hugo\n",
    )
    assert people(plan) == [
        ("Dupont", "Jean", Relation.REFERENCE_PERSON),
        ("Durand", "Léa", Relation.PARTNER),
        ("Dupont", "Hugo", Relation.CHILD),
    ]


def test_rows_of_one_household_are_joined_when_reference_and_home_agree(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "N° ménage;Nom;Prénom;Né(e) le;Lien de parenté;Adresse;CP\n"
        "M1;Diallo;Ali;03/04/2015;Enfant;1 rue A;34000\n"
        "M1;Diallo;Awa;01/02/1985;Demandeur;1 R. A;34000\n"
        "M1;Barry;Moussa;03/04/1983;Conjoint;1 rue A;34000\n"
        "M1;Autre;Personne;03/04/1963;Demandeur;99 rue Z;34000\n"
        "M2;Roux;Léa;03/04/1990;Demandeur;2 rue A;34000\n",
    )
    assert [p.rows for p in plan.households] == [(2, 3, 4), (5,), (6,)]
    assert people(plan) == [
        ("Diallo", "Awa", Relation.REFERENCE_PERSON),
        ("Diallo", "Ali", Relation.CHILD),
        ("Barry", "Moussa", Relation.PARTNER),
    ]
    counts = count(plan, decide(plan, OnDuplicate.SKIP))
    assert (counts.created, counts.merged, counts.skipped, counts.in_error) == (3, 2, 0, 0)


def test_the_same_person_twice_under_one_lease_is_a_duplicate_and_not_a_member(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "N° Bail;Nom;Prénom;Né(e) le;Adresse\n"
        "B1;Diallo;Awa;01/02/1985;1 rue A\nB1;DIALLO;AWA;01/02/1985;1 rue A\n",
    )
    assert [p.rows for p in plan.households] == [(2,), (3,)]
    assert [(d.row, d.other_row) for d in plan.duplicates] == [(3, 2)]


KNOWN = (
    KnownPerson(
        "h1",
        "MEN-1",
        "Lefebvre",
        "Anne",
        date(1985, 2, 1),
        ("+33639981247",),
        "B9",
        address_key("27 bis rue de l’Église", "34000", "Sète"),
    ),
    KnownPerson("h2", "MEN-2", "Petit", "Paul", date(1950, 2, 1)),
)


def test_people_already_followed_are_found_and_explained(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "Nom;Prénom;Né(e) le;Tél\n"
        "LEFEVRE;Anne;01/02/1985;06 39 98 12 47\nPetit;Paul;01/02/1980;\nNeuf;Zoé;01/02/1985;\n",
        KNOWN,
    )
    assert [(d.row, d.household_id, d.reference) for d in plan.duplicates] == [(2, "h1", "MEN-1")]
    assert plan.duplicates[0].why == (
        "une lettre d’écart\u00a0: Lefebvre / LEFEVRE",
        "même date de naissance",
        "même téléphone 06\u00a039\u00a098\u00a012\u00a047",
    )


@pytest.mark.parametrize(
    ("on_duplicate", "actions", "figures"),
    [
        (OnDuplicate.SKIP, [Action.SKIP, Action.SKIP, Action.CREATE], (1, 0, 2)),
        (OnDuplicate.MERGE, [Action.MERGE, Action.MERGE, Action.CREATE], (1, 2, 0)),
        (OnDuplicate.CREATE, [Action.CREATE, Action.CREATE, Action.CREATE], (3, 0, 0)),
    ],
)
def test_what_becomes_of_duplicates_is_decided_once(
    tmp_path: Path, on_duplicate: OnDuplicate, actions: list[Action], figures: tuple[int, int, int]
) -> None:
    plan = plan_of(
        tmp_path,
        "Nom;Prénom;Né(e) le\nLEFEVRE;Anne;01/02/1985\nLefevre;ANNE;01/02/1985\nNeuf;Zoé;03/04/1990\n",
        KNOWN,
    )
    decisions = decide(plan, on_duplicate)
    counts = count(plan, decisions)
    assert [d.action for d in decisions] == actions
    assert (counts.created, counts.merged, counts.skipped) == figures
    if on_duplicate is not OnDuplicate.CREATE:
        # The second row is like the first, which is somebody followed: both go to that household.
        assert {d.household_id for d in decisions[:2]} == {"h1"}


def test_the_report_says_everything_a_script_needs(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "Titre\n\nNom;Prénom;Né(e) le\nA;Zoé;31/02/1980\nB;Luc;03/04/1990\nb;LUC;03/04/1990\nTOTAL;;\n",
    )
    report = to_report(plan, count(plan, decide(plan, OnDuplicate.SKIP)), {5: "MEN-7"})
    assert report["header_row"] == 3
    assert report["columns"] == {"last_name": "Nom", "first_name": "Prénom", "birth_date": "Né(e) le"}
    assert report["errors"] == [
        {
            "row": 4,
            "column": "Né(e) le",
            "value": "31/02/1980",
            "message": values.NO_SUCH_DAY,
            "severity": "error",
        }
    ]
    assert report["warnings"] == []
    assert [(d["row"], d["reference"]) for d in report["duplicates"]] == [(6, "MEN-7")]
    assert (
        report["rows"]
        == report["created"] + report["merged"] + report["skipped"] + report["rows_in_error"]
        == 3
    )
    assert report["rows_aside"] == [7]


def test_a_list_of_dwellings_creates_dwellings_only(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "NUMVOIE;INDREP;TYPVOIE;NOMVOIE;CODEPOSTAL;LIBCOM;NUMAPPT;ETAGE;NBPIECE;SURFHAB;nb\n"
        "2;BIS;R;VOLTAIRE;11100;NARBONNE;12;RC;3;1184.0;19.0\n2;BIS;RUE;VOLTAIRE;11100;NARBONNE;12;RC;3;1184.0;19.0\n",
    )
    first = plan.dwellings[0]
    assert (plan.kind, plan.households) == (ListKind.DWELLINGS, ())
    assert (first.street, first.complement) == ("2 BIS RUE VOLTAIRE", "RDC, porte 12")
    assert (first.typology, first.living_area_tenths, first.dwelling_count) == ("T3", 1184, 19)
    assert [(d.row, d.other_row) for d in plan.duplicates] == [(3, 2)]


def test_american_dates_are_read_where_the_whole_column_is(tmp_path: Path) -> None:
    rows = "A;Jean;12/25/1980\nB;Léa;01/31/1990\nC;Hugo;05/20/1991\nD;Zoé;03/04/1992\n"
    plan = plan_of(tmp_path, "Nom;Prénom;Né(e) le\n" + rows)
    assert plan.households[3].household.members[0].birth_date == date(1992, 3, 4)


def test_a_departure_before_the_entry_is_told_and_not_kept(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path, "Nom;Date d'entrée;Date de sortie;Adresse\nDupont;01/02/2020;01/02/2019;1 rue A\n"
    )
    check_household(plan.households[0].household, TODAY)
    assert told(plan) == [(2, "Date de sortie", "warning")]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=20),
            min_size=4,
            max_size=4,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_cells_are_counted_once_and_give_households_the_house_accepts(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    import csv

    # With more of them, a file this short is refused whole as no text.
    assume(sum(unicodedata.category(c) == "Cc" for cells in rows for cell in cells for c in cell) <= 8)
    path = tmp_path_factory.getbasetemp() / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writerow(["Nom", "Prénom", "Né(e) le", "Téléphone"])
        writer.writerow(["Dupont", "Jean", "01/02/1980", "0639981247"])
        writer.writerows(rows)
    plan = analyse(path, (), TODAY)
    for mode in OnDuplicate:
        counts = count(plan, decide(plan, mode))
        assert min(counts.created, counts.merged, counts.skipped, counts.in_error) >= 0
        assert counts.rows == counts.created + counts.merged + counts.skipped + counts.in_error
    for proposal in plan.households:
        check_household(proposal.household, TODAY)
        assert proposal.household.members[0].relation is Relation.REFERENCE_PERSON
    assert pickle.loads(pickle.dumps(plan)) == plan


def test_many_rows_find_each_other_and_nobody_else() -> None:
    from caseworker_app.features.intake.domain.duplicates import DuplicateFinder
    from caseworker_app.features.intake.domain.proposal import ProposedHousehold

    def household(row: int, last: str, first: str, birth: date) -> ProposedHousehold:
        return ProposedHousehold(row, NewHousehold((NewMember(last, first, birth_date=birth),)))

    proposals = [household(n, f"Nom{n:04d}x", "Zoé", date.fromordinal(715_000 + n)) for n in range(500)]
    known = [
        KnownPerson(f"h{n}", f"M{n}", f"NOM{n:04d}X", "ZOÉ", date.fromordinal(715_000 + n))
        for n in range(0, 500, 10)
    ]
    found = DuplicateFinder(proposals, TODAY).find(known)
    assert [d.household_id for d in found.duplicates] == [person.household_id for person in known]


REFUSED = {
    "dwellings/export_sisal_13.csv": "opérations de construction",
    "dwellings/logements.xlsx": "que la ligne d’en-tête",
    "dwellings/foyer_residence_logements.xlsx": "que la ligne d’en-tête",
    "landlords/bailleurs_hlm_siret.csv": "liste de bailleurs",
    "landlords/listing_bailleur_ok.xlsx": "liste de bailleurs",
    "landlords/listing_bailleur_missing_nom_bailleur.xlsx": "liste de bailleurs",
    "people/import_structures.csv": "structures partenaires",
    "people/import_structures_missing_key.csv": "structures partenaires",
    "people/categorisation_des_actions_du_fichier_PE.csv": "liste de codes",
    "people/export_notebook.json": "JSON",
    "people/caf_infos_foyer.json": "JSON",
    "partners/thematiques_v1.csv": "liste de codes",
    "partners/publics_v1.csv": "liste de codes",
    "spreadsheets/CATEG-JURID-v1.csv": "liste de codes",
    "spreadsheets/without_row.csv": "que la ligne d’en-tête",
    "spreadsheets/sample.ansi.csv": "Aucune colonne de nom",
    "spreadsheets/csv-detective_file.ods": "Aucune colonne de nom",
    "forms/domiciliation_demande.pdf": "document PDF",
    "templates/gabarit_all_keys.docx": "bureautique",
}


@real_files
@pytest.mark.parametrize("name", REFUSED)
def test_real_files_that_are_no_list_of_ours(name: str) -> None:
    with pytest.raises((UnreadableFile, NotThisKind)) as refusal:
        analyse(DATA / name, (), TODAY)
    assert REFUSED[name] in refusal.value.sentence
    assert pickle.loads(pickle.dumps(refusal.value)).sentence == refusal.value.sentence


@real_files
@pytest.mark.parametrize(
    ("name", "kind", "header_row", "figures"),
    [
        ("landlords/liste_locataires_synthetique.csv", ListKind.TENANTS, 4, (306, 300, 0, 6, 0)),
        ("people/import_beneficiaires.csv", ListKind.PEOPLE, 1, (4, 3, 0, 1, 0)),
        ("people/import_beneficiaires_partial.csv", ListKind.PEOPLE, 1, (4, 3, 0, 1, 0)),
        ("people/extract_spie_principal.csv", ListKind.PEOPLE, 1, (4, 4, 0, 0, 0)),
        ("people/import_charges_orientation.xls", ListKind.PEOPLE, 1, (2, 2, 0, 0, 0)),
        ("people/import_charges_orientation.xlsx", ListKind.PEOPLE, 1, (2, 2, 0, 0, 0)),
        ("people/domifa_import_ok.xlsx", ListKind.PEOPLE, 1, (4, 4, 0, 0, 0)),
        ("people/domifa_import_ko.xlsx", ListKind.PEOPLE, 1, (3, 2, 0, 0, 1)),
        ("people/domifa_modele.xlsx", ListKind.PEOPLE, 1, (3, 3, 0, 0, 0)),
        ("dwellings/RPLS_narbonne.csv", ListKind.DWELLINGS, 1, (1170, 1170, 0, 0, 0)),
    ],
)
def test_real_lists(name: str, kind: ListKind, header_row: int, figures: tuple[int, ...]) -> None:
    plan = analyse(DATA / name, (), TODAY)
    counts = count(plan, decide(plan, OnDuplicate.SKIP))
    assert (plan.kind, plan.header_row) == (kind, header_row)
    assert (counts.rows, counts.created, counts.merged, counts.skipped, counts.in_error) == figures


@real_files
def test_the_people_twice_in_the_landlords_list_are_all_found() -> None:
    plan = analyse(DATA / "landlords/liste_locataires_synthetique.csv", (), TODAY)
    assert (plan.encoding, len(plan.matching.matches), plan.rows_aside) == ("cp1252", 22, (311,))
    # The list marks them itself: a letter after the reference of the lease.
    marked = {
        proposal.row
        for proposal in plan.households
        if proposal.tenancy and (proposal.tenancy.reference or "").endswith("A")
    }
    assert len(marked) == 6
    assert all(len(marked & {d.row, d.other_row}) == 1 for d in plan.duplicates)
    assert len(plan.duplicates) == 6
    assert Counter(p.severity for p in plan.problems) == {"warning": 16}


@real_files
def test_impossible_days_are_told_even_in_columns_that_are_not_imported() -> None:
    plan = analyse(DATA / "people/domifa_import_ko.xlsx", (), TODAY)
    assert [(p.row, p.value) for p in plan.problems] == [(2, "29/02/2018")] * 2


@real_files
def test_dependants_of_a_real_list_become_members() -> None:
    plan = analyse(DATA / "people/domifa_import_ok.xlsx", (), TODAY)
    assert [relation for _, _, relation in people(plan)] == [
        Relation.REFERENCE_PERSON,
        Relation.CHILD,
        Relation.CHILD,
    ]
    assert people(plan, 1)[1] == ("Karamoko", "Mauricette", Relation.PARTNER)
