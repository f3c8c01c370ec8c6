"""Nothing *interne* reaches the printed review: such fields hold a word of their own, none is printed."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import Text

from caseworker_app.features.consents.domain import Topic
from caseworker_app.features.handover.documents.review import render_review
from caseworker_app.features.handover.domain.choices import ReviewChoices
from caseworker_app.features.handover.domain.composing import compose
from caseworker_app.features.handover.domain.proposal import OptionCode
from caseworker_app.features.handover.domain.proposing import propose
from caseworker_app.features.handover.domain.review_material import ReviewMaterial
from caseworker_app.features.handover.domain.transmission import ReviewRequest
from caseworker_app.features.handover.domain.written_form import written
from caseworker_app.features.handover.service.proposals import read_material
from caseworker_app.features.team.domain import Who
from caseworker_app.pdf.identity import Identity
from caseworker_app.storage.declarations import declared_tables
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.features.handover.rich_household import DAY, EVERY_TOPIC, PERIOD, build

IDENTITY = Identity("Les Amarres")
# Words of a closed list, which a canary would not fit into: their French words are looked for instead.
CLOSED = {("household_member", "legal_protection"), ("household_member", "reading")}
# Not declared *interne*, yet never a landlord's business: whole columns, or rows by a condition.
NEVER = (
    ("household_member", "birth_name", "1"),
    ("household_member", "first_name", "relation IN ('child', 'parent')"),
    ("contact", "value", "1"),
    ("contact", "label", "1"),
    ("goal", "title", "domain IN ('health', 'children', 'budget')"),
    ("goal_step", "title", "1"),
    ("goal_step", "actor_name", "1"),
    ("promise", "text", "shareable = 0"),
    ("promise", "actor_name", "1"),
    ("room_condition", "observation", "shareable = 0"),
    ("room_condition", "follow_up", "shareable = 0"),
    ("consent", "purpose", "1"),
)
HOME = (
    ("address", "street"), ("address", "complement"), ("dwelling", "street"), ("dwelling", "complement"),
    ("dwelling", "building"), ("dwelling", "city"),
)  # fmt: skip
WORDS_OF_CLOSED = ("curatelle", "tutelle", "ne lit pas")


def plant(file: EncryptedFile, who: Who) -> tuple[list[str], list[str]]:
    """Write a word of its own into every field that must not leave; return them, and those of the home."""
    numbers = count(100)
    fields = [(table, name, "1") for table, name in internal_fields()] + list(NEVER)
    with file.unit_of_work(who.worker_id, "plant") as uow:
        planted = [w for each in fields for w in plant_column(uow, *each, numbers)]
        home = [w for table, name in HOME for w in plant_column(uow, table, name, "1", numbers)]
    return planted, home


def internal_fields() -> list[tuple[str, str]]:
    return [
        (name, field)
        for name, declared in declared_tables().items()
        for field, declaration in declared.fields().items()
        if declaration.internal
        and isinstance(declared.table.c[field].type, Text)
        and (name, field) not in CLOSED
    ]


def plant_column(uow, table: str, column: str, condition: str, numbers) -> list[str]:
    raw = uow.connection.connection.driver_connection
    words = []
    for (row_id,) in raw.execute(f'SELECT id FROM "{table}" WHERE {condition}').fetchall():
        word = f"Qzx{next(numbers)}"
        uow.update(declared_tables()[table].table, row_id, {column: word})
        words.append(word)
    return words


def read(file: EncryptedFile, who: Who, household_id: str) -> ReviewMaterial:
    with file.reading() as connection:
        return read_material(connection, who, ReviewRequest(household_id, PERIOD), DAY)


def printed(material: ReviewMaterial, choices: ReviewChoices) -> str:
    content = compose(propose(material), choices)
    pages = PdfReader(BytesIO(render_review(content, IDENTITY))).pages
    # The content too: a word cut by the end of a line is whole there.
    return "\n".join(page.extract_text() for page in pages) + str(written(content))


def every_item(material: ReviewMaterial) -> ReviewChoices:
    choices = ReviewChoices(option=OptionCode.END)
    for item in propose(material).items:
        choices = choices.with_item(item, kept=True)
    return choices


@pytest.mark.slow
# Not shrunk: each example prints a document, and the word that leaked tells its field by itself.
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(data=st.data())
def test_no_interne_word_is_ever_on_the_page(
    data: st.DataObject, planted: tuple[ReviewMaterial, list[str], list[str]]
) -> None:
    material, words, home = planted
    topics = data.draw(st.frozensets(st.sampled_from(list(Topic))))
    protected = data.draw(st.booleans())
    consents = tuple(replace(each, topics=topics) for each in material.consents) if topics else ()
    varied = replace(material, consents=consents, household=replace(material.household, protected=protected))
    ids = [item.id for item in propose(varied).items]
    chosen = st.lists(st.sampled_from(ids), unique=True).map(tuple)
    choices = ReviewChoices(
        removed=data.draw(chosen),
        added=data.draw(chosen),
        option=data.draw(st.sampled_from([None, *OptionCode])),
    )
    text = printed(varied, choices)
    assert [word for word in words if word in text] == []
    assert [word for word in WORDS_OF_CLOSED if word in text.lower()] == []
    if protected:
        assert [word for word in home if word in text] == []


@pytest.fixture
def planted(file: EncryptedFile, who: Who) -> tuple[ReviewMaterial, list[str], list[str]]:
    rich = build(file, who)
    words, home = plant(file, who)
    return read(file, who, rich.household_id), words, home


def test_with_everything_kept_nothing_leaks_and_the_canaries_do_sing(
    planted: tuple[ReviewMaterial, list[str], list[str]],
) -> None:
    material, words, home = planted
    assert len(words) > 40
    text = printed(material, every_item(material))
    assert [word for word in words if word in text] == []
    # The address of an unprotected household is the landlord's own: the page does print what is planted.
    assert any(word in text for word in home)
    assert "virement permanent" in text


def test_a_protected_household_shows_no_home(planted: tuple[ReviewMaterial, list[str], list[str]]) -> None:
    material, _, home = planted
    hidden = replace(material, household=replace(material.household, protected=True))
    text = printed(hidden, every_item(hidden))
    assert [word for word in home if word in text] == []
    assert "protégé" not in text


def test_without_agreement_only_the_frame_prints(
    planted: tuple[ReviewMaterial, list[str], list[str]],
) -> None:
    material, _, _ = planted
    text = printed(replace(material, consents=()), every_item(material))
    for word in ("Payé", "Visites et rencontres", "virement", "Séjour", "Objectifs liés", "Assurance"):
        assert word not in text


@pytest.mark.parametrize("kind", ["masp_1", "violence_protocol", "maesf", "isolation_watch"])
def test_a_measure_that_tells_of_private_life_is_not_named(file: EncryptedFile, who: Who, kind: str) -> None:
    rich = build(file, who, kind=kind, topics=EVERY_TOPIC)
    material = read(file, who, rich.household_id)
    text = printed(material, every_item(material))
    assert material.measure is not None
    assert material.measure.measure.kind_label not in text
    assert "violence" not in text.lower()
    assert "MASP" not in text
