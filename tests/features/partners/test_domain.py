"""Partners: what a directory's faults become, themes by their national codes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.partners.domain.partner import (
    WRONG_EMAIL,
    WRONG_SIRET,
    WRONG_SITE,
    NewPartner,
    NewPartnerContact,
    checked_contact,
    checked_partner,
    hours_words,
    is_siret,
    plain_siret,
    plain_site,
)
from caseworker_app.features.partners.domain.themes import theme_labels, theme_of, themes_on
from caseworker_app.kernel.errors import InvalidEntry, NotFound

TODAY = date(2026, 11, 24)


def test_a_partner_is_kept_clean() -> None:
    kept, cautions = checked_partner(
        NewPartner(
            "  CCAS   de Hem ",
            siret="265 906 719 00018",
            phones=("02 61 91 00 01", "+33261910001", "02 61 91 00 02"),
            email="Accueil@CCAS-hem.example",
            website="ccas-hem.example/accueil",
            themes=("logement-hebergement--reduire-les-impayes-de-loyer",),
        ),
        TODAY,
    )
    assert (kept.name, kept.email, kept.website) == (
        "CCAS de Hem",
        "accueil@ccas-hem.example",
        "https://ccas-hem.example/accueil",
    )
    assert kept.phones == ("+33261910001", "+33261910002")
    assert {caution.field for caution in cautions} <= {"siret"}


def test_what_looks_wrong_is_kept_and_told() -> None:
    kept, cautions = checked_partner(
        NewPartner("CCAS", siret="12345678901234", email="accueil.example", website="voir la mairie"), TODAY
    )
    assert (kept.siret, kept.email) == ("12345678901234", "accueil.example")
    assert [caution.sentence for caution in cautions] == [WRONG_SIRET, WRONG_EMAIL, WRONG_SITE]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("00000000000000", None),
        ("", None),
        (None, None),
        ("22930008201453", "22930008201453"),
        ("5580113000 32", "00558011300032"),
        ("78267888200021.0", "78267888200021"),
        ("à venir", None),
        ("123", "123"),
    ],
)
def test_a_siret_is_kept_by_its_digits(text: str | None, kept: str | None) -> None:
    assert plain_siret(text) == kept


@given(st.text(max_size=30))
def test_any_siret_is_kept_or_nothing(text: str) -> None:
    kept = plain_siret(text)
    assert kept is None or 0 < len(kept) <= 20
    assert not is_siret(kept or "") or len(kept or "") == 14


@given(st.text(max_size=60))
def test_any_site_is_bounded_and_written_twice_alike(text: str) -> None:
    once = plain_site(text)
    assert once is None or len(once) <= 300
    assert plain_site(once) == once


@pytest.mark.parametrize(
    "new", [NewPartner(" "), NewPartner("CCAS", phones=("12",)), NewPartner("C", themes=("x",))]
)
def test_what_no_directory_could_use_is_refused(new: NewPartner) -> None:
    with pytest.raises(InvalidEntry):
        checked_partner(new, TODAY)


def test_a_contact_needs_a_name() -> None:
    assert checked_contact(NewPartnerContact(" Zoé  Petit ", phone="0261910001")).phone == "+33261910001"
    with pytest.raises(InvalidEntry):
        checked_contact(NewPartnerContact(" "))


def test_themes_are_those_of_the_national_list() -> None:
    themes = themes_on(TODAY)
    assert len({theme.code for theme in themes}) == len(themes) == 69
    rent = theme_of("Réduire les impayés de loyer", TODAY)
    assert rent is not None
    assert (rent.code, rent.group) == (
        "logement-hebergement--reduire-les-impayes-de-loyer",
        "Logement et hébergement",
    )
    assert theme_of(rent.code, TODAY) == rent
    assert theme_of("chanter", TODAY) is None
    assert theme_labels([rent.code, "gone--away"], TODAY) == [rent.label, "gone--away"]
    with pytest.raises(NotFound):
        themes_on(date(1999, 1, 1))


def test_opening_hours_are_read_in_french() -> None:
    assert hours_words("Tu-Fr 09:00-12:00; Sa 09:00-12:00") == "mar.-ven. 09:00-12:00; sam. 09:00-12:00"
