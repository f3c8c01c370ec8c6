"""The header of the vault as a value and as bytes: key slots, MACs, checksum, format version.

The bytes are one canonical JSON object. Three of its fields keep their meaning in every format to come, so
that any version of the program can tell a damaged header from a newer one: `format`, `generation`,
`checksum`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any

from caseworker_app.security import passphrase
from caseworker_app.security.data_key import KEY_BYTES, DataKey, derive
from caseworker_app.security.errors import AlteredHeader, DamagedHeader, NewerFormat
from caseworker_app.security.folder_look import MAXIMUM_HEADER_BYTES

FORMAT = 1
MAXIMUM_SLOTS = 16
PASSPHRASE = "passphrase"  # noqa: S105  the name of a kind of slot
RECOVERY = "recovery"
KEYRING = "keyring"

# How a slot is sealed is numbered apart from the header: a later format can then take over the slots it
# finds, although nobody is there to type the recovery key again.
SEALING = 1

_NONCE_BYTES = 24
_SEALED_BYTES = _NONCE_BYTES + KEY_BYTES + 16
_HEX = re.compile(r"(?:[0-9a-f]{2})+")
_NAME = re.compile(r"[a-z0-9_+-]{1,40}")
_MAXIMUM_TEXT = 400


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the data key (« façon d’ouvrir le coffre »).

    `kind`: passphrase, recovery, keyring, or one of a later version, which is kept as it is. `label`: a word
    for the list of slots, never a name. `data_key`: fingerprint of the key inside. `kdf`: how the wrapping
    key is made. `sealed`: nonce and ciphertext in hexadecimal. `made_at`: UTC.
    """

    id: str
    kind: str
    label: str
    data_key: str
    sealing: int
    kdf: Mapping[str, int | str]
    sealed: str
    made_at: str

    def open(self, wrapping_key: bytes, file_id: str) -> DataKey | None:
        """Return the data key, or None if `wrapping_key` is not the one or if any bound field was changed."""
        from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt
        from nacl.exceptions import CryptoError

        if self.sealing != SEALING:
            raise NewerFormat
        sealed = bytes.fromhex(self.sealed)
        if len(sealed) != _SEALED_BYTES:
            return None
        nonce, secret = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            key = DataKey(decrypt(secret, self.bound_fields(file_id), nonce, wrapping_key))
        except CryptoError:
            return None
        return key if key.fingerprint() == self.data_key else None

    def bound_fields(self, file_id: str) -> bytes:
        """Return what the sealing binds: the AEAD opens only if none of these was changed."""
        names = ("id", "kind", "data_key", "sealing", "kdf")
        return canonical({"file_id": file_id, **{name: _plain(getattr(self, name)) for name in names}})


def seal(
    data_key: DataKey,
    wrapping_key: bytes,
    *,
    file_id: str,
    kind: str,
    kdf: Mapping[str, int | str],
    made_at: str,
) -> Slot:
    """Wrap the data key (XChaCha20-Poly1305), bound to the file and to the slot's id, kind and parameters."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt

    parameters = MappingProxyType(dict(kdf))
    empty = Slot(secrets.token_hex(8), kind, "", data_key.fingerprint(), SEALING, parameters, "", made_at)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = encrypt(data_key.raw(), empty.bound_fields(file_id), nonce, wrapping_key)
    return replace(empty, sealed=(nonce + sealed).hex())


@dataclass(frozen=True, slots=True)
class Header:
    """What lies beside the encrypted file: whose it is (a random id), its slots, and one MAC per data key.

    `generation` grows by one at each writing and tells which copy is newer. `data_key` is the fingerprint of
    the key in force; slots of a second key may stand beside it while the data key is being changed.
    """

    file_id: str
    generation: int
    data_key: str
    slots: tuple[Slot, ...]
    macs: Mapping[str, str]

    def authenticate(self, data_key: DataKey) -> None:
        """Check the whole header with a key that a slot has given. Raises AlteredHeader.

        It also makes up for the AEAD, which does not commit to one key: only one data key has the MAC.
        """
        expected = self.macs.get(data_key.fingerprint(), "")
        if self.data_key != data_key.fingerprint() or not hmac.compare_digest(expected, _mac(self, data_key)):
            raise AlteredHeader

    def signed(self, *data_keys: DataKey) -> Header:
        """Return the next generation of this header, with the MAC of each key that its slots hold."""
        unsigned = replace(self, generation=self.generation + 1, macs=MappingProxyType({}))
        macs = {key.fingerprint(): _mac(unsigned, key) for key in data_keys}
        return replace(unsigned, macs=MappingProxyType(macs))


def encode(header: Header) -> bytes:
    """Return the bytes to write: canonical JSON ending with a line feed."""
    content = {"format": FORMAT, **_body(header), "macs": dict(header.macs)}
    return canonical({**content, "checksum": _checksum(content)}) + b"\n"


def decode(data: bytes) -> Header:
    """Read a header; nothing in it is authenticated before `Header.authenticate`.

    Raises DamagedHeader for anything but the exact bytes a program wrote, NewerFormat for those of a later
    version.
    """
    content = read_envelope(data)
    if content["format"] != FORMAT:
        raise NewerFormat
    try:
        header = _read_body(content)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DamagedHeader from error
    if encode(header) != data:
        raise DamagedHeader
    return header


def read_envelope(data: bytes) -> dict[str, Any]:
    """Return the fields of a header of any format, once its checksum is found right. Raises DamagedHeader."""
    try:
        content = json.loads(data) if len(data) <= MAXIMUM_HEADER_BYTES else None
        if not isinstance(content, dict) or content.pop("checksum", "") != _checksum(content):
            raise DamagedHeader
    except (ValueError, RecursionError) as error:
        raise DamagedHeader from error
    if not _is_count(content.get("format")) or not _is_count(content.get("generation")):
        raise DamagedHeader
    return content


def canonical(content: Mapping[str, Any]) -> bytes:
    """Return the only JSON bytes for this content: sorted keys, no spaces, ASCII. ValueError for NaN."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def _checksum(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def _mac(header: Header, data_key: DataKey) -> str:
    content = canonical({"format": FORMAT, **_body(header)})
    return hashlib.blake2b(content, digest_size=32, key=derive(data_key, "header")).hexdigest()


def _body(header: Header) -> dict[str, Any]:
    return {
        "file_id": header.file_id,
        "generation": header.generation,
        "data_key": header.data_key,
        "slots": [
            {field.name: _plain(getattr(slot, field.name)) for field in fields(Slot)} for slot in header.slots
        ],
    }


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def _read_body(content: dict[str, Any]) -> Header:
    slots = tuple(_read_slot(slot) for slot in content["slots"])
    work = sum(
        passphrase.read_cost(slot.kdf).work_kib for slot in slots if slot.kdf["name"] == passphrase.ARGON2ID
    )
    macs = {_hexadecimal(name, 8): _hexadecimal(value, 32) for name, value in content["macs"].items()}
    if len(slots) > MAXIMUM_SLOTS or len(macs) > MAXIMUM_SLOTS or work > passphrase.MAXIMUM_WORK_KIB:
        raise DamagedHeader
    return Header(
        file_id=_hexadecimal(content["file_id"], 16),
        generation=content["generation"],
        data_key=_hexadecimal(content["data_key"], 8),
        slots=slots,
        macs=MappingProxyType(macs),
    )


def _read_slot(slot: dict[str, Any]) -> Slot:
    if set(slot) != {field.name for field in fields(Slot)} or not _is_count(slot["sealing"]):
        raise DamagedHeader
    return Slot(
        id=_hexadecimal(slot["id"], 8),
        kind=_name(slot["kind"]),
        label=_text(slot["label"]),
        data_key=_hexadecimal(slot["data_key"], 8),
        sealing=slot["sealing"],
        kdf=_read_kdf(slot["kdf"]),
        sealed=_hexadecimal(slot["sealed"]),
        made_at=_text(slot["made_at"]),
    )


def _read_kdf(kdf: dict[str, Any]) -> Mapping[str, int | str]:
    _name(kdf["name"])
    for name, value in kdf.items():
        _name(name)
        if not _is_count(value):
            _text(value)
    return MappingProxyType(dict(kdf))


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value < 2**53


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MAXIMUM_TEXT:
        raise DamagedHeader
    return value


def _name(value: object) -> str:
    if not _NAME.fullmatch(_text(value)):
        raise DamagedHeader
    return str(value)


def _hexadecimal(value: object, size: int | None = None) -> str:
    text = _text(value)
    if not _HEX.fullmatch(text) or (size is not None and len(text) != 2 * size):
        raise DamagedHeader
    return text
