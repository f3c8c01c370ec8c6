"""The libraries of this room stay out of the start of the program until they are used."""

from __future__ import annotations

import subprocess
import sys

MODULES = ("vault", "single_use", "keystore", "recovery_key", "data_key")


def test_importing_the_room_imports_none_of_its_libraries() -> None:
    program = (
        "import sys\n"
        + "".join(f"import caseworker_app.security.{name}\n" for name in MODULES)
        + "print({'nacl', 'argon2', 'filelock', 'keyring', 'cffi', 'ctypes'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert told.stdout.strip() == "set()"
