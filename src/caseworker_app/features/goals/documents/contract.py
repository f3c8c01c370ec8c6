"""The contract of accompaniment (« contrat d’accompagnement »): who, what each does, what is shared, signatures."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.features.goals.documents.signing import signatures
from caseworker_app.features.goals.domain.papers import SharedWith, SupportContract
from caseworker_app.kernel.french import in_sentence
from caseworker_app.pdf.document import render
from caseworker_app.pdf.fonts import shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, Together
from caseworker_app.pdf.paper import LONGEST_NAME, meta_of, opening
from caseworker_app.pdf.story import numbered
from caseworker_app.pdf.styles import BODY, BULLET, LEAD
from caseworker_app.pdf.tables import Column, DataTable, key_values
from caseworker_app.pdf.text import Text, bullets

TITLE = "Contrat d’accompagnement"
TEMPLATE = "modèle « Contrat d’accompagnement », n° 1"
_NO_GOAL = "Les objectifs seront choisis ensemble au premier rendez-vous et notés dans le plan d’objectifs."
_STEPS = "Les étapes, et qui fait quoi, sont dans le plan d’objectifs remis avec ce contrat."
_SHARED = "Vous êtes d’accord pour que ces informations, et elles seules, soient données\u00a0:"
_NOTHING_SHARED = (
    "À ce jour, aucune information n’est donnée à personne\u00a0: votre accord serait demandé d’abord."
)
_WITHDRAW = "Vous pouvez retirer un accord à tout moment, sans avoir à dire pourquoi."


def render_contract(content: SupportContract, identity: Identity) -> bytes:
    """Return the contract as the bytes of a tagged PDF; nothing is written on disk."""
    sections = numbered(
        [
            ("Qui s’engage", _parties(content, identity)),
            ("L’accompagnement", [key_values([fact for fact in content.facts if fact[1]])]),
            ("Les objectifs", _goals(content)),
            ("L’association s’engage à", _bullets(content.ours)),
            ("Le ménage s’engage à", _bullets(content.theirs)),
            ("Ce qui est partagé, et avec qui", _shared(content.shared)),
            ("Vos recours", _bullets((*content.appeals, *content.data))),
            ("Fin anticipée", _bullets(content.early_end)),
        ]
    )
    signed = Together([Text("Fait en deux exemplaires, relu ensemble.", LEAD), *signatures(content.head, 46)])
    story = [*opening(content.head, identity, TITLE, internal=False), *sections, signed]
    return render(story, meta_of(content.head, identity, TITLE, TEMPLATE, internal=False))


def _parties(content: SupportContract, identity: Identity) -> list[Block]:
    head = content.head
    who = " et ".join(shorten(each, LONGEST_NAME) for each in head.signers)
    worker = ", ".join(part for part in (head.worker, in_sentence(head.worker_title)) if part)
    rows = [("Le ménage", who), ("L’association", identity.name), ("Représentée par", worker)]
    if head.protector:
        rows.insert(1, ("Mesure de protection", head.protector))
    return [key_values([row for row in rows if row[1]])]


def _goals(content: SupportContract) -> list[Block]:
    if not content.goals:
        return [Text(_NO_GOAL, BODY)]
    told = any(each.indicator for each in content.goals)
    columns = [Column(0.42 if told else 0.7, "Objectif"), Column(0.22 if told else 0.3, "Échéance")]
    columns += [Column(0.36, "On saura que c’est atteint")] if told else []
    rows = [
        [shorten(each.title, 200), each.due or "–", *([each.indicator or "–"] if told else [])]
        for each in content.goals
    ]
    return [DataTable(columns, rows, head_columns=(0,)), Text(_STEPS, BODY)]


def _bullets(lines: Sequence[str]) -> list[Block]:
    return bullets(list(lines), BULLET)


def _shared(shared: Sequence[SharedWith]) -> list[Block]:
    if not shared:
        return [Text(_NOTHING_SHARED, BODY)]
    columns = [Column(0.3, "À qui"), Column(0.48, "Quoi"), Column(0.22, "Jusqu’au")]
    rows = [[shorten(each.recipient, LONGEST_NAME), each.topics, each.until] for each in shared]
    return [Text(_SHARED, LEAD), DataTable(columns, rows, head_columns=(0,)), Text(_WITHDRAW, BODY)]
