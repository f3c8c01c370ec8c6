"""An older backup brings an erased household back: it is told, planned to go again, and somebody decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from caseworker_app.bootstrap.backups import back_up, restore_backup
from caseworker_app.bootstrap.office import Office, create_office, open_office
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.retention import service
from caseworker_app.features.retention.domain.standing import ChoiceKind, State
from caseworker_app.features.retention.service import RetentionQuery
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.kernel.clock import FixedClock, today
from caseworker_app.kernel.french import typeset
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.security.vault import open_with_passphrase
from caseworker_app.storage.backups.manifest import ASKED
from caseworker_app.storage.erased_ids import FILE_NAME
from tests.ground import NOW

PASSPHRASE = "quatre mots sans rapport"
CLOCK = FixedClock(NOW)


@pytest.fixture
def folder(tmp_path: Path, _stores: None) -> Path:
    folder = tmp_path / "data"
    new = NewOffice("Les Amarres", "Claire Lenoir")
    create_office(folder, PASSPHRASE, new, clock=CLOCK, kdf=THROW_AWAY)[0].close()
    return folder


def opened(folder: Path) -> Office:
    return open_office(folder, PASSPHRASE, clock=CLOCK)


def backed_up_then(folder: Path, end: Callable[..., object]) -> tuple[str, Callable[[], None]]:
    """A household is backed up, then ended; return its id, and how to restore that backup."""
    with opened(folder) as office:
        made, _ = households.create_household(office.file, office.who, NewHousehold((NewMember("Ane"),)))
        backup = back_up(office.file.access, ASKED).backup
        end(office.file, office.who, made, office.drafts)

    def restore() -> None:
        restore_backup(folder, backup, lambda each: open_with_passphrase(each, PASSPHRASE), CLOCK)

    return made, restore


def states(office: Office) -> dict[str, tuple[State, ChoiceKind | None]]:
    with office.file.reading() as connection:
        page = service.households_due(connection, office.who, RetentionQuery(), today(CLOCK))
    return {s.clock.household_id: (s.state, s.ending.kind if s.ending else None) for s in page.standings}


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        (service.erase_at_request, ChoiceKind.ERASE),
        (service.anonymise_at_request, ChoiceKind.ANONYMISE),
    ],
)
def test_it_is_told_once_and_waits_to_be_confirmed(folder: Path, end, kind: ChoiceKind) -> None:
    made, restore = backed_up_then(folder, end)
    restore()
    with opened(folder) as office:
        assert len(office.notices) == 1
        assert office.notices[0].startswith("1\u00a0dossier déjà effacé est revenu")
        assert typeset(office.notices[0]) == office.notices[0]
        assert states(office) == {made: (State.READY, kind)}
    with opened(folder) as office:
        assert office.notices == []
        ended, _ = service.carry_out(office.file, office.who, [made], office.drafts)
        assert ended.cleaned
        assert made not in states(office)


def test_who_calls_it_off_is_not_asked_again_until_the_next_restore(folder: Path) -> None:
    made, restore = backed_up_then(folder, service.erase_at_request)
    restore()
    with opened(folder) as office:
        service.call_off(office.file, office.who, [made])
    with opened(folder) as office:
        assert (office.notices, states(office)) == ([], {})
    restore()
    with opened(folder) as office:
        assert len(office.notices) == 1


def test_a_backup_made_since_brings_nobody_back(folder: Path) -> None:
    backed_up_then(folder, service.erase_at_request)
    with opened(folder) as office:
        backup = back_up(office.file.access, ASKED).backup
    restore_backup(folder, backup, lambda each: open_with_passphrase(each, PASSPHRASE), CLOCK)
    with opened(folder) as office:
        assert office.notices == []


def test_the_list_beside_the_file_names_nobody(folder: Path) -> None:
    made, _ = backed_up_then(folder, service.erase_at_request)
    content = (folder / FILE_NAME).read_text()
    assert made in content
    assert "ane" not in content.lower().replace(made, "")


def test_a_full_disk_puts_the_list_off_to_the_next_opening(folder: Path, monkeypatch) -> None:
    from caseworker_app.features.retention.service import cleaning

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(cleaning, "keep_beside", full)
        with opened(folder) as office:
            made, _ = households.create_household(office.file, office.who, NewHousehold((NewMember("Ane"),)))
            ended, _ = service.erase_at_request(office.file, office.who, made, office.drafts)
            assert not ended.cleaned
    assert not (folder / FILE_NAME).exists()
    opened(folder).close()
    assert made in (folder / FILE_NAME).read_text()
