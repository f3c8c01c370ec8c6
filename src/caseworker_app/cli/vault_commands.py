"""The commands that list and change the ways into a file; who asks proves each time that they know one."""

from __future__ import annotations

import argparse

from caseworker_app.bootstrap.office import has_office
from caseworker_app.cli.session import answer, data_folder, new_passphrase, passphrase
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.security.errors import VaultMissing
from caseworker_app.security.single_use import hold_folder
from caseworker_app.security.ways_in import WayIn, WaysIn


def ways_in(options: argparse.Namespace) -> int:
    """List the ways in, or remove one."""
    ways = _ways(options)
    if options.remove is not None:
        with hold_folder(ways.folder):
            ways.remove(passphrase(options), options.remove)
    found = ways.read()
    answer(options, [_json(way) for way in found], "\n".join(_text(way) for way in found))
    return 0


def change_passphrase(options: argparse.Namespace) -> int:
    """Change the passphrase; the data is not encrypted again."""
    ways = _ways(options)
    with hold_folder(ways.folder):
        ways.change_passphrase(passphrase(options), new_passphrase(options))
    answer(options, {"folder": str(ways.folder)}, "Phrase secrète changée.")
    return 0


def new_recovery_key(options: argparse.Namespace) -> int:
    """Make another recovery key and print it, once; the former one opens nothing any more."""
    ways = _ways(options)
    with hold_folder(ways.folder):
        proof = passphrase(options)
        ways.check(proof)
        key = ways.new_recovery_key()
        ways.replace_recovery_key(proof, key)
    answer(options, {"folder": str(ways.folder), "recovery_key": key}, _key_text(key))
    return 0


def change_data_key(options: argparse.Namespace) -> int:
    """After a theft: encrypt the file again under another key, another passphrase, another recovery key."""
    from caseworker_app.bootstrap.new_key import change_open_office
    from caseworker_app.bootstrap.office import open_office
    from caseworker_app.security.recovery_key import RecoveryKey

    folder = _ways(options).folder
    proof = passphrase(options)
    new, key = new_passphrase(options), RecoveryKey.generate()
    office, refused = change_open_office(open_office(folder, proof), proof, new, key)
    office.close()
    if refused is not None:
        raise refused
    answer(options, {"folder": str(folder), "recovery_key": key.text}, _key_text(key.text))
    return 0


def _ways(options: argparse.Namespace) -> WaysIn:
    folder = data_folder(options)
    if not has_office(folder):
        raise VaultMissing  # before anybody is asked for a passphrase
    return WaysIn(folder)


def _json(way: WayIn) -> dict[str, object]:
    return {
        "id": way.id,
        "kind": way.kind,
        "made_at": way.made_at.isoformat(),
        "removable": way.removable,
        "works_here": way.works_here,
    }


def _text(way: WayIn) -> str:
    note = "" if way.works_here else ", à refaire sur cette session"
    return f"{way.id}  {way.words}, depuis le {format_long_date(way.made_at.date())}{note}"


def _key_text(key: str) -> str:
    return (
        f"Clé de secours, à imprimer ou recopier maintenant (elle ne sera plus montrée)\u00a0:\n\n    {key}\n"
    )
