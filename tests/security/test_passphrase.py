"""Passphrases: the same bytes from any keyboard, the rule for a new one, and what deriving may cost."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl import bindings

from caseworker_app.security import passphrase
from caseworker_app.security.errors import DamagedHeader, NewerFormat, NotEnoughMemory, PassphraseRefused
from caseworker_app.security.passphrase import THROW_AWAY, Argon2Cost, calibrate, check_new, normalise

KDF = {"name": "argon2id", "memory_kib": 64, "time": 1, "parallelism": 1, "salt": "00" * 16}


@pytest.mark.parametrize(
    "typed",
    [
        "déjà vu à l’été",
        unicodedata.normalize("NFD", "déjà vu à l’été"),
        "déjà\u00a0vu\u202fà l’été",
        "  déjà vu à l’été \t",
        "déjà vu à l’été\r\n",
        "\ufeffdéjà vu à l’été\n",
    ],
)
def test_one_passphrase_however_typed(typed: str) -> None:
    assert normalise(typed) == "déjà vu à l’été".encode()


@pytest.mark.parametrize(
    "typed", ["Déjà vu à l’été", "deja vu a l’ete", "déjà vu à l'été", "déjà  vu à l’été"]
)
def test_case_accents_punctuation_and_inner_spaces_count(typed: str) -> None:
    assert normalise(typed) != normalise("déjà vu à l’été")


@settings(deadline=None)
@given(st.text())
def test_normalising_never_fails_and_twice_is_once(typed: str) -> None:
    once = normalise(typed)
    assert normalise(once.decode("utf-8", "surrogatepass")) == once or typed.startswith("\ufeff")


@pytest.mark.parametrize(
    "typed", ["", "   ", "\u00a0\n", "sept.77", " sept.77 ", "é" * 1025, "huit\x00huit", "huit\udc80huit"]
)
def test_a_new_passphrase_that_would_not_do_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(PassphraseRefused) as refused:
        check_new(typed)
    assert refused.value.field == "passphrase"
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize("typed", ["huit.888", "é" * 8, "é" * 1024, "🙂🙃🙂🙃🙂🙃🙂🙃"])
def test_a_new_passphrase_of_8_to_1024_characters_passes(typed: str) -> None:
    check_new(typed)


def test_letters_and_accents_in_two_pieces_count_as_one_character() -> None:
    with pytest.raises(PassphraseRefused):
        check_new("e\u0301" * 7)


def test_derivation_is_the_published_argon2id() -> None:
    # libsodium has an implementation of its own.
    salt = b"sixteen bytes ok"
    other = bindings.crypto_pwhash_alg(
        32, b"pivoine tabouret", salt, 1, 64 * 1024, bindings.crypto_pwhash_ALG_ARGON2ID13
    )
    assert passphrase.wrapping_key("pivoine tabouret", {**KDF, "salt": salt.hex()}) == other


def test_salt_and_cost_change_the_key() -> None:
    keys = {
        passphrase.wrapping_key("pivoine tabouret", kdf)
        for kdf in (KDF, {**KDF, "salt": "01" * 16}, {**KDF, "time": 2}, {**KDF, "memory_kib": 128})
    }
    assert len(keys) == 4


@pytest.mark.parametrize(
    "forged",
    [
        {"memory_kib": 1 << 30},  # a terabyte
        {"memory_kib": 1 << 20, "time": 17},
        {"time": 1 << 40},
        {"parallelism": 1 << 20},
        {"parallelism": 0},
        {"time": 0},
        {"memory_kib": 0},
        {"memory_kib": 7},
        {"memory_kib": "64"},
        {"salt": ""},
        {"salt": "zz"},
        {"salt": 12},
    ],
)
def test_forged_parameters_are_refused_before_any_work(forged: dict[str, int | str]) -> None:
    with pytest.raises(DamagedHeader):
        passphrase.wrapping_key("pivoine tabouret", {**KDF, **forged})


def test_a_missing_parameter_is_refused() -> None:
    for name in ("memory_kib", "time", "parallelism", "salt"):
        with pytest.raises(DamagedHeader):
            passphrase.wrapping_key("pivoine tabouret", {k: v for k, v in KDF.items() if k != name})


def test_a_derivation_of_later_versions_is_told_as_such() -> None:
    with pytest.raises(NewerFormat):
        passphrase.wrapping_key("pivoine tabouret", {**KDF, "name": "argon3"})


@pytest.mark.skipif(sys.platform == "win32", reason="a process limits its own memory on POSIX only")
def test_memory_the_system_refuses_is_a_sentence() -> None:
    program = (
        "import resource\n"
        "from caseworker_app.security import errors, passphrase\n"
        "kdf = {'name': 'argon2id', 'memory_kib': 64, 'time': 1, 'parallelism': 1, 'salt': '00' * 16}\n"
        "passphrase.wrapping_key('x', kdf)\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))\n"
        "try:\n"
        "    passphrase.wrapping_key('x', {**kdf, 'memory_kib': 1 << 20})\n"
        "except errors.NotEnoughMemory as error:\n"
        "    print(error.sentence)\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert told.stdout.strip() == NotEnoughMemory().sentence


def test_every_new_slot_has_its_own_salt() -> None:
    assert passphrase.new_kdf(THROW_AWAY)["salt"] != passphrase.new_kdf(THROW_AWAY)["salt"]


@pytest.mark.parametrize(
    ("seconds_per_pass", "passes"), [(1.0, 3), (0.1, 3), (0.05, 6), (0.04, 8), (0.001, 32), (0.0, 32)]
)
def test_calibration_raises_the_passes_until_the_pc_needs_long_enough(
    seconds_per_pass: float, passes: int
) -> None:
    cost = calibrate(lambda tried: tried.time * seconds_per_pass)
    assert cost == Argon2Cost(memory_kib=64 * 1024, time=passes, parallelism=4)
    assert cost.is_bearable()


def test_calibration_never_goes_below_64_mib_and_3_passes_for_real() -> None:
    cost = calibrate()
    assert cost.memory_kib == 64 * 1024
    assert 3 <= cost.time <= 32


def test_sixteen_slots_of_the_default_cost_fit_in_one_header() -> None:
    assert 16 * Argon2Cost().work_kib <= passphrase.MAXIMUM_WORK_KIB
