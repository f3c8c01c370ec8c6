"""The recovery key's sheet: readable by hand, and silent about whose file it opens."""

from __future__ import annotations

from datetime import date

from pypdf import PdfReader

from caseworker_app.features.team.documents import write_recovery_sheet
from caseworker_app.security.recovery_key import RecoveryKey


def test_the_key_on_the_sheet_is_the_key(tmp_path):
    key = RecoveryKey.generate()
    out = tmp_path / "cle.pdf"
    write_recovery_sheet(key.text, date(2026, 11, 24), out)
    words = PdfReader(out).pages[0].extract_text().split()
    printed = [word for word in words if word in key.text.split("-")]
    assert RecoveryKey.parse("-".join(printed)) == key
    assert "24" in words
    assert "groupe" in words
