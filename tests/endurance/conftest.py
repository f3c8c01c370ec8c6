"""A temporary folder of their own: pieces that another program has open in the system's are nobody's leftovers here."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", autouse=True)
def _own_temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give this process and those it begins a folder that the other half of the tests does not use."""
    # Where these tests come first, pytest's own folder would else be made in this one, and go with it.
    tmp_path_factory.getbasetemp()
    usual, asked = tempfile.tempdir, os.environ.get("TMPDIR")
    with tempfile.TemporaryDirectory(prefix="endurance-") as own:
        tempfile.tempdir = os.environ["TMPDIR"] = own
        try:
            yield
        finally:
            tempfile.tempdir = usual
            if asked is None:
                del os.environ["TMPDIR"]
            else:
                os.environ["TMPDIR"] = asked
