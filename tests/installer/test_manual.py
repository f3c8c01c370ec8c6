"""The manual page, made from the command line's own help."""

from __future__ import annotations

import subprocess

from caseworker_app import __version__
from tests.installer.conftest import needs_program
from tools.packaging import manual


def test_every_command_is_in_it() -> None:
    page = manual.page()
    for command in ("create", "import", "print", r"self\-test", r"main\-job", "verify"):
        assert f".TP\n.B {command}\n" in page
    assert f"Passerelle {__version__}" in page
    assert "Codes de sortie" in page


def test_help_is_not_repeated_for_each_command() -> None:
    assert "--help" not in manual.page().replace("\\-", "-").split(".SH NOTES")[0]


def test_what_troff_would_read_as_its_own_is_escaped() -> None:
    assert manual._escaped(".TH \\ --out") == "\\&.TH \\e \\-\\-out"


@needs_program("groff")
def test_troff_reads_it_without_a_warning() -> None:
    command = ["groff", "-man", "-Tutf8", "-Kutf8", "-ww"]
    done = subprocess.run(command, input=manual.page().encode(), capture_output=True, check=True)
    assert done.stderr == b""
