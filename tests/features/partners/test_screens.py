"""The page « Partenaires » on a real file: searched, filtered, walked through, written on, undone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from time import process_time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.palette import Around, answer
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.partners import service
from caseworker_app.features.partners.domain.partner import (
    NewPartner,
    NewPartnerContact,
    PartnerKind,
    checked_partner,
)
from caseworker_app.features.partners.screens.desk import PartnersDesk
from caseworker_app.features.partners.screens.page import PartnersPage
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.shell.palette_found import Group, Query
from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.form_place import UNFINISHED
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.ground import NOW, SHARED
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

RENT = "logement-hebergement--reduire-les-impayes-de-loyer"
HERE = Route("partners")
REAL = SHARED / "data" / "partners" / "mednum_gironde.json"


@pytest.fixture
def make_page(
    qtbot: Any, qapp: QApplication, file: Any, who: Any, drafts: Drafts, tasks: Tasks
) -> Iterator[Callable[..., PartnersPage]]:
    """Make a page of its own, at a size, shown as its route asks."""
    kept: list[Any] = []

    def made(
        route: Route = HERE, *, wide: int = 1150, tall: int = 690, scale: int = 100, look: str = "light",
        acting: Any = None,
    ) -> PartnersPage:  # fmt: skip
        dress(qapp, look, scale)  # type: ignore[arg-type]
        navigator, changes = Navigator(), ChangeBroadcast()
        kept.extend((navigator, changes))
        page = PartnersPage(
            PartnersDesk(file, acting or who, drafts, tasks, changes, navigator, take_back_last)
        )
        page.resize(wide, tall)
        bring_up(qtbot, page)
        page.enter(route)
        settled(qtbot, page)
        return page

    yield made
    dress(qapp, "light", 100)


def settled(qtbot: Any, page: PartnersPage) -> None:
    for _ in range(4):
        qtbot.waitUntil(lambda: not page.desk.tasks.busy)
        QApplication.processEvents()


def names(page: PartnersPage) -> list[str]:
    rows = page.list.rows
    return [rows.row_at(place).title for place in range(rows.rowCount())]


@pytest.fixture
def ccas(file: Any, who: Any) -> str:
    new = NewPartner(
        "CCAS de Hem", PartnerKind.PUBLIC_SERVICE, city="Hem", postal_code="59510", phones=("02 61 91 00 01",),
        services=("Aide alimentaire", "Domiciliation"), themes=(RENT,), source="DORA", opening_hours="Tu 09:00-12:00",
    )  # fmt: skip
    service.add_partner(
        file, who, NewPartner("Épicerie La Passerelle bleue", PartnerKind.ASSOCIATION, city="Roubaix")
    )
    service.add_partner(file, who, NewPartner("Maître Tavernel", PartnerKind.LEGAL, city="Lille"))
    return service.add_partner(file, who, new)[0]


def test_an_empty_directory_leads_to_the_import(qtbot, make_page):
    page = make_page()
    asked: list[Route] = []
    page.desk.navigator.asked.connect(asked.append)
    assert page.nobody.isVisible()
    assert not page.head.search.isVisible()
    page.import_first.click()
    assert asked == [Route("import")]


def test_the_cursor_goes_neither_with_the_search_nor_with_the_button_of_the_first_one(qtbot, make_page):
    page = make_page()
    page.head.show_filled(filled=True, may_add=True, may_import=True)
    page.bodies.setCurrentIndex(0)
    page.focus_first()  # as on arriving, before anything is read
    assert page.head.search.hasFocus()
    page.read_again()
    settled(qtbot, page)
    assert page.nobody.button.hasFocus()
    page.nobody.button.click()
    page.place.form.show_content({"name": "Mission locale"})
    page.place.form.save.click()
    settled(qtbot, page)
    assert page.list.hasFocus()


def test_the_list_is_searched_and_filtered(qtbot, make_page, ccas):
    page = make_page()
    assert names(page) == ["CCAS de Hem", "Épicerie La Passerelle bleue", "Maître Tavernel"]
    page.head.search.setText("domicil hem")
    settled(qtbot, page)
    assert names(page) == ["CCAS de Hem"]
    assert page.head.count.text() == "1 sur 3"
    page.head.search.setText("introuvable")
    settled(qtbot, page)
    assert page.nothing.isVisible()
    page.nothing.button.click()
    settled(qtbot, page)
    assert page.list.rows.rowCount() == 3
    page.head.kind.choose(PartnerKind.LEGAL)
    settled(qtbot, page)
    assert names(page) == ["Maître Tavernel"]
    page.head.clearing.click()
    for code in (RENT, "logement-hebergement--"):
        page.head.theme.choose(code)
        settled(qtbot, page)
        assert names(page) == ["CCAS de Hem"]


def test_one_walks_from_the_search_and_reads_what_is_known(qtbot, make_page, ccas):
    page = make_page()
    assert page.detail.name.text() == "CCAS de Hem"
    told = "\n".join(label.text() for label in page.detail.findChildren(type(page.detail.name)))
    assert "02\u00a061\u00a091\u00a000\u00a001" in told
    assert "mar. 09:00-12:00" in told
    assert "DORA" in told
    qtbot.keyClick(page.head.search, Qt.Key.Key_Down)
    settled(qtbot, page)
    assert page.detail.name.text() == "Épicerie La Passerelle bleue"


def test_a_route_stands_on_its_partner_whatever_was_searched(qtbot, make_page, ccas):
    page = make_page()
    page.head.search.setText("tavernel")
    settled(qtbot, page)
    page.enter(Route("partners", subject=ccas))
    settled(qtbot, page)
    assert page.detail.name.text() == "CCAS de Hem"
    assert page.head.search.text() == ""


def test_the_palette_leads_to_the_right_partner(file, who, ccas):
    found = answer(file, who, Query("epicerie"), Around(None, ())).found
    (line,) = [each for each in found if each.group is Group.PARTNERS]
    assert line.title == "Épicerie La Passerelle bleue"
    assert line.route is not None
    with file.reading() as connection:
        opened = service.open_partner(connection, who, line.route.subject)
    assert (line.route.page, opened.partner.name) == ("partners", line.title)


def test_a_partner_is_added_changed_retired_and_brought_back(qtbot, make_page, ccas):
    page = make_page()
    page.head.adding.click()
    form = page.place.form
    assert form is not None
    form.save.click()
    settled(qtbot, page)
    assert form.fields["name"].sentence
    form.show_content(
        {"name": "Mission locale", "phones": "02 61 91 00 02 ; 06 39 98 12 47", "services": "CV ; Stages"}
    )
    form.save.click()
    settled(qtbot, page)
    assert page.place.form is None
    assert page.detail.shown.partner.services == ("CV", "Stages")
    assert len(page.detail.shown.partner.phones) == 2
    page.detail.edit.click()
    page.place.form.show_content({"city": "Wattrelos", "theme": RENT})
    page.place.form.save.click()
    settled(qtbot, page)
    changed = page.detail.shown.partner
    assert (changed.city, changed.themes, changed.services) == ("Wattrelos", (RENT,), ("CV", "Stages"))
    page.detail.retire.click()
    settled(qtbot, page)
    assert "Mission locale" not in names(page)
    page.desk.undo()
    settled(qtbot, page)
    assert "Mission locale" in names(page)


def test_a_change_keeps_what_the_form_does_not_show(qtbot, make_page, file, who, ccas):
    page = make_page(Route("partners", subject=ccas))
    before = page.detail.shown.partner
    page.detail.edit.click()
    page.place.form.show_content({"email": "accueil@hem"})
    page.place.form.save.click()
    settled(qtbot, page)
    after = page.detail.shown.partner
    for name in ("opening_hours", "services", "themes", "source", "phones", "siret", "complement"):
        assert getattr(after, name) == getattr(before, name)
    assert after.email == "accueil@hem"


def test_people_of_a_partner_are_written(qtbot, make_page, file, who, ccas):
    page = make_page(Route("partners", subject=ccas))
    page.detail.person.click()
    page.place.form.show_content({"name": "Zoé Petit", "phone": "12"})
    page.place.form.save.click()
    settled(qtbot, page)
    assert page.place.form.fields["phone"].sentence
    page.place.form.show_content({"phone": "06 39 98 12 47", "job_title": "accueil"})
    page.place.form.save.click()
    settled(qtbot, page)
    (contact,) = page.detail.shown.contacts
    page.detail.person_asked.emit(contact.id)
    page.place.form.show_content({"job_title": "direction"})
    page.place.form.save.click()
    settled(qtbot, page)
    assert [each.job_title for each in page.detail.shown.contacts] == ["direction"]
    page.detail.person_retired.emit(contact.id)
    settled(qtbot, page)
    assert page.detail.shown.contacts == ()


def test_nothing_typed_is_lost(qtbot, make_page, ccas):
    page = make_page()
    page.begin_new()
    page.place.form.show_content({"name": "À moitié"})
    page.detail.edit.click()
    assert page.place.form.rest.sentence == UNFINISHED
    page.leave()
    settled(qtbot, page)
    again = make_page()
    again.begin_new()
    settled(qtbot, again)
    assert again.place.form.text("name") == "À moitié"


def test_who_may_not_write_is_offered_nothing_to_write(qtbot, make_page, who, ccas):
    acting = Who(who.worker_id, who.name, Role.VOLUNTEER)
    page = make_page(acting=acting)
    assert not page.head.adding.isVisible()
    assert not page.detail.edit.isVisible()
    page = make_page(acting=Who(who.worker_id, who.name, Role.COORDINATOR))
    assert page.said.text()
    assert page.list.rows.rowCount() == 0


@pytest.mark.parametrize(
    "look",
    [
        (1150, 690, 100, "light"),
        (1150, 690, 150, "light"),
        (1704, 950, 100, "dark"),
        (1704, 950, 150, "dark"),
    ],
)
def test_it_reads_well_at_every_size(qtbot, make_page, file, who, ccas, look):
    service.add_partner_contact(file, who, ccas, NewPartnerContact("Zoé Petit", "accueil", "02 61 91 00 01"))
    wide, tall, scale, shade = look
    page = make_page(Route("partners", subject=ccas), wide=wide, tall=tall, scale=scale, look=shade)
    for _ in range(2):
        assert cut_words(page) == []
        assert nameless(page) == []
        assert unreachable(page) == []
        page.detail.edit.click()
        settled(qtbot, page)


def test_ten_thousand_partners_are_searched_within_a_frame_or_few(file, who):
    """The floor is the same reading of a handful: what more it costs stays bounded a row."""
    if not REAL.exists():
        pytest.skip("the open directory is not here")
    told = json.loads(REAL.read_text(encoding="utf-8"))
    batch = [
        checked_partner(
            NewPartner(
                f"{told[n % len(told)]['Lieu'] or 'Lieu'} {n}", city=told[n % len(told)]["Commune"],
                description=told[n % len(told)]["Description"],
            ),
            NOW.date(),
        )[0]
        for n in range(10_000)
    ]  # fmt: skip
    with file.unit_of_work(who.worker_id, "import_list") as uow:
        service.add_checked_partners(uow, batch)
    with file.reading() as connection:
        service.list_partners(connection, who)
        started = process_time()
        whole = service.list_partners(connection, who)
        spent = process_time() - started
        found = service.list_partners(connection, who, "bordeaux numer")
    assert whole.in_directory == len(whole.lines) == 10_000
    assert 0 < len(found.lines) < 10_000
    # CPU, not the clock: far from what a person waits for even on a slow machine.
    assert spent < 2
