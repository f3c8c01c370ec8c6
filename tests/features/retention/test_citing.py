"""Texts of other households that name somebody erased: told before, left or redacted as asked, never in silence."""

from __future__ import annotations

import pytest

from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.retention import service
from caseworker_app.features.retention.domain.shown import citing_words, done_words
from caseworker_app.kernel.french import typeset
from caseworker_app.storage.encrypted_file import FILE_NAME, EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.replay import replay_into, snapshot
from tests.features.retention.conftest import Ground
from tests.features.retention.pages import plain_bytes
from tests.features.retention.test_service import TODAY
from tests.ground import KEY

NAME = "Qvortimelza"


@pytest.fixture
def cited(ground: Ground) -> Ground:
    """The household that goes gets a name that two others' notes hold, one of them archived, and a namesake's."""
    file, who = ground.file, ground.who
    going, _ = households.create_household(file, who, NewHousehold((NewMember(NAME, "Ane"),)))
    ground.going.household_id = going
    notes = {
        "Boa": f"Hébergée par Mme {NAME.upper()} depuis mai",
        "Cossé": f"Voisin de {NAME}",
        NAME: f"{NAME} est là",
        "Dax": "rien à dire",
    }
    for name, note in notes.items():
        made, _ = households.create_household(file, who, NewHousehold((NewMember(name, "Ola"),)))
        households.change_note(file, who, made, note)
        if name == "Cossé":
            service.archive(file, who, [made], "Sans nouvelles")
    return ground


def notes(file: EncryptedFile) -> set[str]:
    with file.reading() as connection:
        raw = connection.connection.driver_connection
        return {
            row[0] for row in raw.execute("SELECT note FROM household WHERE note IS NOT NULL AND note <> ''")
        }


def test_they_are_told_before_anything_goes(cited: Ground) -> None:
    with cited.file.reading() as connection:
        going = service.what_goes(connection, cited.who, [cited.going.household_id], TODAY, cited.drafts)
    assert {(name.split()[-1], excerpt) for name, excerpt in going.citing} == {
        ("Boa", f"Hébergée par Mme {NAME.upper()} depuis mai"),
        ("Cossé", f"Voisin de {NAME}"),
    }
    words = citing_words(going)
    assert words.startswith("2\u00a0écrits d’autres dossiers citent")
    first = words.partition("\n")[0]
    assert typeset(first) == first


def test_left_they_are_counted(cited: Ground) -> None:
    before = notes(cited.file)
    ended, _ = service.erase_at_request(cited.file, cited.who, cited.going.household_id, cited.drafts)
    assert (ended.citing, ended.redacted) == (2, 0)
    assert "2\u00a0écrits d’autres dossiers citent encore un nom effacé" in done_words(
        ended, anonymised=False
    )
    assert notes(cited.file) == before


def test_redacted_the_name_is_in_no_page_and_the_rest_stays(cited: Ground, tmp_path) -> None:
    namesake = f"{NAME} est là"
    ended, _ = service.erase_at_request(
        cited.file, cited.who, cited.going.household_id, cited.drafts, redact=True
    )
    assert (ended.citing, ended.redacted) == (0, 2)
    found = notes(cited.file)
    assert {"Hébergée par Mme [nom effacé] depuis mai", "Voisin de [nom effacé]", namesake} <= found
    pages = plain_bytes(cited.file.folder / FILE_NAME, KEY).lower()
    for gone in (f"{NAME} depuis mai", f"voisin de {NAME}"):
        assert gone.lower().encode() not in pages
    assert f"{NAME} est l".lower().encode() in pages
    (tmp_path / "copy").mkdir()
    with EncryptedFile.create(tmp_path / "copy", KEY) as copy, cited.file.reading() as source:
        assert verify(source).sound
        replay_into(source, copy)
        with copy.reading() as replayed:
            assert snapshot(replayed) == snapshot(source)


def test_nobody_cited_says_nothing(ground: Ground) -> None:
    with ground.file.reading() as connection:
        going = service.what_goes(connection, ground.who, [ground.going.household_id], TODAY)
    assert (going.citing, citing_words(going)) == ((), "")
