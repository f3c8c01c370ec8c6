"""From what is proposed and what a person chose to the review as it will print; nothing else can print."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from caseworker_app.features.consents.domain import TOPIC_LABELS, Topic
from caseworker_app.features.handover.domain.choices import Addition, ReviewChoices
from caseworker_app.features.handover.domain.masking import Mask, masked_whole
from caseworker_app.features.handover.domain.proposal import (
    ItemText,
    PlanFact,
    ProposedItem,
    ProposedOption,
    ReviewProposal,
    Section,
)
from caseworker_app.features.handover.domain.review_content import (
    Deadline,
    Duty,
    FrameLine,
    GoalProgress,
    KeyFact,
    LandlordReview,
    Meeting,
    Option,
    RentRecord,
    RoomCondition,
)
from caseworker_app.features.housing.domain.occupant_duty import DUTY_STATE_LABELS, DutyState
from caseworker_app.kernel.dates import format_long_date, month_of
from caseworker_app.kernel.french import capital, join_words
from caseworker_app.kernel.money import format_euros

PREVIEW_REFERENCE = "APERÇU"


def compose(
    proposal: ReviewProposal, choices: ReviewChoices, *, reference: str = PREVIEW_REFERENCE
) -> LandlordReview:
    """Return the review as it will print, under its number or as a preview.

    The home and phones of a protected household are masked in every text, even in what was kept knowingly.
    """
    whole = _composed(proposal, choices, reference)
    return masked_whole(whole, Mask(proposal.people.hidden))


def _composed(proposal: ReviewProposal, choices: ReviewChoices, reference: str) -> LandlordReview:
    kept = _Kept(proposal, choices)
    return LandlordReview(
        title=proposal.title,
        reference=reference,
        day=proposal.day,
        period=proposal.period,
        household=proposal.household,
        household_short=proposal.household_short,
        recipient=proposal.recipient.lines,
        worker=proposal.worker,
        worker_phone=proposal.worker_phone,
        template=proposal.template,
        key_facts=tuple(_key_facts(kept)),
        frame=tuple(kept.frame()),
        meetings=tuple(kept.meetings()),
        meetings_comment=kept.paragraphs(Section.MEETINGS),
        rent=kept.rent(),
        duties=tuple(kept.duties()),
        rooms=tuple(kept.rooms()),
        rooms_seen_on=kept.rooms_seen_on(),
        goals=tuple(kept.goals()),
        goals_before_on=proposal.goals_before_on,
        goals_now_on=proposal.goals_now_on,
        options=tuple(_options(kept)),
        reasons=kept.reasons(),
        calendar=tuple(kept.calendar()),
        opinion=choices.opinion.strip(),
        consent=_consent(proposal),
        signatories=proposal.signatories,
    )


def written_texts(proposal: ReviewProposal, choices: ReviewChoices) -> tuple[ItemText, ...]:
    """Return every text of a person's making that will print: what the second check reads.

    The frame and the calendar are read too: they may have been rewritten.
    """
    kept = _Kept(proposal, choices)
    texts = [ItemText(text.key, text.label, choices.text(text)) for item in kept.items for text in item.texts]
    texts += [
        ItemText(f"addition:{index}", "Texte ajouté", addition.text)
        for index, addition in enumerate(choices.additions)
        if proposal.may_tell(addition.section)
    ]
    if proposal.may_tell(Section.PROPOSAL):
        texts += [
            ItemText("option_detail", "Précision sur la proposition", choices.option_detail),
            ItemText("reasons", "Motifs", choices.reasons),
        ]
    texts.append(ItemText("opinion", "Avis du ménage", choices.opinion))
    return tuple(text for text in texts if text.text.strip())


class _Kept:
    """What is kept of a proposal, part by part, its texts as rewritten."""

    def __init__(self, proposal: ReviewProposal, choices: ReviewChoices) -> None:
        self.proposal, self.choices = proposal, choices
        self.items = [item for item in proposal.items if choices.keeps(item)]

    def of(self, section: Section) -> list[ProposedItem]:
        return [item for item in self.items if item.section is section]

    def first_text(self, item: ProposedItem) -> str:
        return self.text(item, 0)

    def text(self, item: ProposedItem, index: int) -> str:
        return self.choices.text(item.texts[index]).strip() if index < len(item.texts) else ""

    def sentences(self, section: Section) -> Iterable[str]:
        """Yield the sentences of a part: facts kept, then what the writer added there."""
        for item in self.of(section):
            if item.value is None or isinstance(item.value, PlanFact):
                yield self.first_text(item)
        yield from (each.text.strip() for each in self.additions(section))

    def additions(self, section: Section) -> list[Addition]:
        told = self.proposal.may_tell(section)
        return [each for each in self.choices.additions if told and each.section is section]

    def paragraphs(self, section: Section) -> str:
        return "\n".join(text for text in self.sentences(section) if text)

    def frame(self) -> Iterable[FrameLine]:
        for item in self.of(Section.FRAME):
            if isinstance(item.value, FrameLine) and (text := self.first_text(item)):
                yield FrameLine(item.value.label, text, item.value.emphasis)

    def meetings(self) -> Iterable[Meeting]:
        for item in self.of(Section.MEETINGS):
            if isinstance(value := item.value, Meeting):
                yield Meeting(value.day, value.purpose, value.place, value.presence, self.first_text(item))

    def rent(self) -> RentRecord | None:
        """Return the payments: the table when it is kept, the sentences alone otherwise."""
        sentences = self.paragraphs(Section.PAYMENT)
        for item in self.of(Section.PAYMENT):
            if isinstance(value := item.value, RentRecord):
                comment = "\n".join(part for part in (self.first_text(item), sentences) if part)
                return RentRecord(
                    value.payee, value.months, comment, value.remaining, value.remaining_on, value.remark
                )
        return RentRecord(self.proposal.payee, (), sentences) if sentences else None

    def duties(self) -> Iterable[Duty]:
        for item in self.of(Section.DUTIES):
            if isinstance(value := item.value, Duty):
                yield Duty(value.what, value.proof, value.state, self.first_text(item))
            elif text := self.first_text(item):
                yield Duty("Constat", _seen(item), "Noté", f": {text}")

    def rooms(self) -> Iterable[RoomCondition]:
        for item in self.of(Section.ROOMS):
            if isinstance(value := item.value, RoomCondition):
                yield RoomCondition(value.room, self.first_text(item), self.text(item, 1))
            elif text := self.first_text(item):
                yield RoomCondition("Logement", text)
        for addition in self.additions(Section.ROOMS):
            yield RoomCondition("Logement", addition.text.strip())

    def rooms_seen_on(self) -> date | None:
        """Return the day the rooms were seen, when it is one day for all."""
        days = {item.origin.day for item in self.of(Section.ROOMS)}
        return days.pop() if len(days) == 1 and not self.additions(Section.ROOMS) else None

    def goals(self) -> Iterable[GoalProgress]:
        for item in self.of(Section.GOALS):
            if isinstance(value := item.value, GoalProgress):
                yield GoalProgress(self.first_text(item), value.before, value.now, self.text(item, 1))

    def reasons(self) -> str:
        """Return the sentences under the proposal: requests, facts about goals, and the writer's reasons."""
        parts = [*self.sentences(Section.PROPOSAL), *self.sentences(Section.GOALS)]
        if self.proposal.may_tell(Section.PROPOSAL):
            parts.append(self.choices.reasons.strip())
        return "\n".join(part for part in parts if part)

    def calendar(self) -> Iterable[Deadline]:
        for item in self.of(Section.CALENDAR):
            if isinstance(value := item.value, Deadline) and (text := self.first_text(item)):
                yield Deadline(value.day, text, value.reached)


def _seen(item: ProposedItem) -> str:
    return f"Rencontre du {format_long_date(item.origin.day)}" if item.origin.day else ""


def _key_facts(kept: _Kept) -> Iterable[KeyFact]:
    rent = kept.rent()
    if rent is not None and rent.months:
        yield from _rent_fact(rent, kept.proposal.period.start)
    for item in kept.items:
        if isinstance(plan := item.value, PlanFact):
            left = f"reste dû\u00a0: {format_euros(plan.remaining)}"
            yield KeyFact(
                "Plan d’apurement",
                f"{plan.kept} sur {plan.instalments} réglées",
                left,
                plan.kept >= plan.expected,
            )
    for item in kept.of(Section.DUTIES):
        if item.id == "duty:home_insurance" and isinstance(duty := item.value, Duty):
            current = duty.state.casefold() == DUTY_STATE_LABELS[DutyState.UP_TO_DATE]
            yield KeyFact("Assurance", duty.state.lower(), kept.first_text(item), current)
    chosen = _chosen(kept)
    if chosen is not None:
        yield KeyFact("Proposition", chosen.key_fact, kept.choices.option_detail.strip())


def _rent_fact(rent: RentRecord, start: date) -> Iterable[KeyFact]:
    due = [month for month in rent.months if month.due and month.month >= month_of(start)]
    if due:
        paid = sum(not month.missing for month in due)
        late = sum(month.late for month in due)
        note = f"dont {late} en retard" if late else ""
        yield KeyFact("Loyer courant", f"{paid} mois sur {len(due)}", note, paid == len(due))


def _chosen(kept: _Kept) -> ProposedOption | None:
    return next((o for o in kept.proposal.options if o.code is kept.choices.option), None)


def _options(kept: _Kept) -> Iterable[Option]:
    """Yield the ways to propose once one is chosen; three empty boxes would propose nothing."""
    chosen = _chosen(kept)
    for option in kept.proposal.options if chosen else ():
        more = kept.choices.option_detail.strip() if option is chosen else ""
        yield Option(
            option.action, ", ".join(part for part in (option.detail, more) if part), option is chosen
        )


def _consent(proposal: ReviewProposal) -> str:
    """Return what the household agreed to, until when, and that it may take it back; empty without."""
    if not proposal.consents:
        return ""
    topics = join_words([TOPIC_LABELS[topic] for topic in Topic if topic in proposal.agreed])
    given = format_long_date(min(consent.given_on for consent in proposal.consents))
    ends = [consent.until for consent in proposal.consents]
    last = max((end for end in ends if end is not None), default=None)
    until = f", jusqu’au {format_long_date(last)}" if last and None not in ends else ""
    who = capital(proposal.household_short)
    return (
        f"{who} a donné son accord le {given}{until} pour que soient transmis à {proposal.recipient.name}"
        f"\u00a0: {topics}. Cet accord peut être retiré à tout moment."
    )
