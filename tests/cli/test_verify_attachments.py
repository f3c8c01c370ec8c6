"""`verify` reads the contents of attachments through and tells which are damaged, without naming anybody."""

from __future__ import annotations

from caseworker_app.cli.answers.verified import verification_json, verification_text
from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import NewAttachment, usual_form
from caseworker_app.storage.integrity import verify
from tests.features.attachments.pictures import pdf


def test_a_damaged_content_is_told_by_reference(file, who, household) -> None:
    kept, _ = attachments.keep_file(file, who, pdf(), "Quittance Marchadier.pdf")
    made = attachments.add_attachments(file, who, household, [NewAttachment(kept, usual_form(kept))])[0][0]
    with file.reading() as connection:
        sound = verify(connection), attachments.damaged_attachments(file, connection)
    assert verification_json(*sound)["sound"] is True
    assert verification_json(*sound)["attachments"] == []
    (path,) = file.contents.folder.iterdir()
    path.write_bytes(path.read_bytes()[:-3])
    with file.reading() as connection:
        found = verify(connection), attachments.damaged_attachments(file, connection)
    answer, text = verification_json(*found), verification_text(*found)
    assert answer["sound"] is False
    assert [(each["id"], each["missing"]) for each in answer["attachments"]] == [(made, False)]
    assert "1\u00a0pièce abîmée ou absente" in text
    assert "Marchadier" not in text
