"""A look at a data folder: it may say too much of a PIN, which is then read, never too little."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app.security.folder_look import COPY_NAME, HEADER_NAME, MAXIMUM_HEADER_BYTES, may_name_kind
from caseworker_app.security.header import KEYRING, encode
from caseworker_app.security.header_files import names_kind
from tests.security.test_header import make_header, make_slot


@pytest.mark.parametrize("name", [HEADER_NAME, COPY_NAME])
@pytest.mark.parametrize(
    "kinds", [("passphrase", "recovery"), ("passphrase", "recovery", KEYRING), (KEYRING,)]
)
def test_a_kind_that_a_header_names_is_seen_in_either_copy(
    tmp_path: Path, name: str, kinds: tuple[str, ...]
) -> None:
    (tmp_path / name).write_bytes(encode(make_header(*(make_slot(kind=kind) for kind in kinds))))
    assert may_name_kind(tmp_path, KEYRING) == names_kind(tmp_path, KEYRING) == (KEYRING in kinds)


def test_a_folder_without_a_header_or_with_another_thing_in_its_place_names_none(tmp_path: Path) -> None:
    assert not may_name_kind(tmp_path / "absent", KEYRING)
    (tmp_path / HEADER_NAME).mkdir()
    assert not may_name_kind(tmp_path, KEYRING)


def test_what_is_longer_than_any_header_is_not_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / HEADER_NAME).write_bytes(b" " * MAXIMUM_HEADER_BYTES + b'"keyring"')
    assert not may_name_kind(tmp_path, KEYRING)
