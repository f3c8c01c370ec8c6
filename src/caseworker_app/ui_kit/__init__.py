"""Furniture shared by every screen: theme, controls, lists, forms, background work.

Import from the modules; this package re-exports nothing, so that a window loads only what it shows.

**Look.** `dress.dress(app, appearance, scale)` once. Colours are tokens (`theme.colour("warn_soft")`), text and
states have a *tone* (text, muted, accent, danger, warn, ok, note). Violet `note` is only for what is *interne* or
protected. Measures are given at 100 % and pass through `theme.px`; fonts through `fonts.font(size, weight,
tabular=…)`. Colours follow the system at once; sizes hold for widgets made after a change of scale (the window
rebuilds its pages). No style sheets: controls paint themselves, labels take their colour from a palette role.

**Pages.** A screen is a `page.Page`: built once, `enter(route)` fills it for a household, `leave()` keeps the draft,
`focus_first()`. It goes elsewhere with `Navigator.open(page, household, subject, tab)`, `.back()`, and says what was
done with `.confirm(sentence, undo)`. A page is usually a `card.Band` (header, fixed), a `scroll.ScrollBody`
(inset 24, gaps 16) and, for an assistant, a `Band(top=True)` foot.

**Words** `text.Label(words, size, weight, tone, wrap=, tabular=)`, `text.ElidedLabel`; `mark.Mark(icon, size, tone)`.
**Buttons** `buttons.Button(words, kind, icon, compact=)` with kind primary (one a page), secondary, ghost, quiet,
danger; `buttons.IconButton(icon, name)`; `menu.Menu`.
**Surfaces** `card.Card(title, remark)` with `add`, `add_rows`, `add_action`, `add_foot(FoldRow(words))`;
`card.Surface`, `card.Band`, `card.Rule`.
**States** `states.State(words, tone, icon)` shown by `states.Pill`, `states.StateLabel`, or inside rows;
`states.INTERNAL`, `states.SHAREABLE`; `states.Avatar(initials)`, `states.Progress(name)`.
**Choices** `tabs.Tabs` (`add(key, words, count)`, `chosen`), `choices.Segment`, `choices.FilterChips`,
`choices.RemovableChip`, `choices.Check`, `choices.ActionRow`; `flow.Flow` lays them on several lines.
**Figures** `figures.FigureTile(Figure(label, value, unit, trend=State(…), series=…, drawing="line"|"bars"))`.
**Rows** `row_list.RowList(name)` of `Row(key, title, detail, mark=State, icon=, pill=, trailing=)`;
`timeline.Timeline()` of `Event(key, day, title, sentence, icon, tone, pill)`; `fit=True` inside a scrolling page.
**Table** `row_table.RowTable(name, LazyRows(cells, key, columns, ticks=))` of `Cell(words, detail, …)`.

    rows = LazyRows(cells_of, key_of, [Column("Ménage", 196, "name"), Column("Alerte")])
    rows.page_wanted.connect(lambda generation, first, count: tasks.read(
        lambda: service.page(query, first, count), lambda page: rows.fill(generation, first, page)))
    rows.start(total, first_page)          # a new query: late pages of the old one are dropped

**Forms** `form.Field(label, editor, hint=)` around `entries.Entry`, `PassphraseEntry`, `Choice`; `field.refuse(sentence)`
and `form.place_error(error, fields, rest)` put a CaseworkerError beside its field, in a place kept free;
`text_zone.TextZone(title, hint, icon)` for long text, violet while *interne*.
**Messages** `messages.EmptyState`, `messages.Banner`, `messages.Confirmation` (the window has one: `Navigator.confirm`).

**Work.** Never touch the file from the window's thread:

    tasks.run(lambda: service.record_visit(who, draft), then=self._recorded, failed=self._refused, owner=self)
    tasks.read(lambda: service.overview(who, household), then=self._show, owner=self)
    tasks.run_long(lambda progress: …, words="Import de la liste")      # shown after 300 ms, may be cancelled
    tasks.compute(module.function, argument, then=…, words="Lecture du fichier")   # function(progress, argument)
    found = tasks.latest(self._show_results); found.ask(lambda: service.search(words))   # only the last answers

Without `failed`, the sentence of a CaseworkerError is shown by the window; anything else becomes a crash notice.
A service returns `Changes`: `changes.announce(them)`; a screen says once
`changes.listen(self, lambda c: c.concerns(household=self.household), self.read_again)`.
"""
