"""Furniture shared by every screen: theme, controls, lists, forms, background work.

Import from the modules; this package re-exports nothing, so that a window loads only what it shows.

**Look.** `dress.prepare()` before the application is made, `dress.dress(app, appearance, scale)` after.
Colours are tokens (`theme.colour("warn_soft")`); texts and states have a *tone* (text, muted, accent, danger,
warn, ok, note). Violet `note` is only for what is *interne* or protected. Measures are given at 100 % and
pass through `theme.px`, fonts through `fonts.font(size, weight, tabular=…)`. Colours follow the system at
once; sizes hold for widgets made afterwards (the window rebuilds its pages). Controls paint themselves and
labels take their colour from a palette role: no style sheets,
menus aside.

**Pages.** A screen is a `page.Page`: built once, `enter(route)` fills it for a household, `leave()` keeps the
draft, `focus_first()`. It goes elsewhere with `Navigator.open(page, household, subject, tab)` and `.back()`,
and says what was done with `.confirm(sentence, undo)`. Usually: a `card.Band` (header, fixed), then a
`scroll.ScrollBody` whose content has `scroll.PAGE_INSETS` and gaps of 16, and a `Band(top=True)` foot if
needed. What stands side by side goes in `flow.Columns(weights=…)`, what stands in a row in `flow.Flow`: both
go to the next line at large text. A page must live at 1366 × 690 and at 150 %: `tests/ui_kit/inspection.py`
has the checks (`cut_words`, `nameless`, `unreachable`), `tests/ui_kit/samples.py` has whole pages to copy
from.

**Words.** `text.Label(words, size, weight, tone, wrap=, tabular=)`, `text.ElidedLabel` (gives way, tooltip),
`mark.Mark(icon, size, tone)`, `facts.Fact(icon, label).show_answer(answer, detail or State)`.
**Buttons.** `buttons.Button(words, kind, icon, compact=)`, kind primary (one a page), secondary, ghost,
quiet, danger; `&` marks the letter; `buttons.IconButton(icon, name)`; `menu.Menu`.
**Surfaces.** `card.Card(title, remark)`: `add`, `add_rows` (edge to edge), `add_action`, `add_stretch`,
`add_foot(FoldRow(words))`; `card.Surface`, `card.Band`, `card.Rule`.
**States.** `states.State(words, tone, icon)` shown by `states.Pill`, `states.StateLabel` or inside rows;
`states.INTERNAL`, `states.SHAREABLE`, `states.Avatar(initials)`, `states.Progress(name)`.
**Choices.** `tabs.Tabs(name)` with `add(key, words, count)` and `chosen`; `choices.Segment`, `FilterChips`,
`RemovableChip`, `Check`, `ActionRow`.
**Levels.** `radar.Radar(name)` of `RadarAxis`, two dates told by line, mark and colour; put a table beside it.
**Figures.** `figures.FigureTile(Figure(label, value, unit, trend=State(…), series=…, drawing="line"))`.
How one was made: `explain.Explain(kernel.explanation.Explanation(…), self).open_under(tile)`; a small figure in a card
that does so by itself: `explain.ExplainedValue(label).show_value("529,96 €", explanation)`.
**Time.** `stage_timeline.StageTimeline(name).show_times(Times(…))`; `rent_chart.RentChart(name).show_bars(…)`.
`trend_chart.TrendChart().show_trend(Trend(title, points, write))`, read point by point with the arrows.
**Sheets.** `sheet_view.SheetView(name, check)` of `SheetRow` of `SheetCell` under `SheetColumn`s, edited like a
spreadsheet; `entered` gives the confirmed cells; `sheet_total.SheetTotal(view)` keeps a total in sight.
**Lists.** `row_list.RowList(name)` of `Row(key, title, detail, mark=State(…), icon=, pill=, trailing=)`;
`timeline.Timeline()` of `Event(key, day, title, sentence, icon, tone, pill)`. `fit=True` in a scrolling page.
**Tables.** `row_table.RowTable(name, rows)` of `Cell(words, detail, …)`, on rows fetched page by page:

    rows = LazyRows(cells_of, key_of, [Column("Ménage", 196, "name"), Column("Alerte")])
    rows.page_wanted.connect(lambda generation, first, count: tasks.read(
        lambda: service.page(query, first, count), lambda page: rows.fill(generation, first, page)))
    rows.start(total, first_page)  # a new query: late pages of the old one are dropped

**Lists beside one.** A page that searches a list and shows one of it, or its form, at the side is a
`searched_page.SearchedPage` under a `searched_head.SearchedHead` (filters by `add_filter`), its detail a
`side_detail.SideDetail`: the room fills in what is read and said (`features/partners/screens` is the model).

**Forms.** `form.Field(label, editor, hint=)` around `entries.Entry`, `PassphraseEntry`, `Choice`. Errors:
`field.refuse(sentence)`, or `form.place_error(error, fields, rest)` which puts a CaseworkerError beside the
field it names, in a place kept free. `text_zone.TextZone(title, hint, icon)` for long text, violet while
*interne*. **Messages.** `messages.EmptyState`, `messages.Banner`; the window has the one
`messages.Confirmation`. **Files.** `saving.ask_place(parent, title, name, kind)` asks where one goes.

**Over a page.** `sheet.Sheet` floats in the window's corner while one goes on reading behind it
(`MainWindow.show_sheet`). **Settings.** A room brings a `settings_section.SettingsSection`, listed in
`bootstrap.settings`.

**Work.** Never touch the file from the window's thread:

    tasks.run(lambda: service.record_visit(who, draft), self._recorded, self._refused, owner=self)
    tasks.read(lambda: service.overview(who, household), self._show, owner=self)
    tasks.run_long(lambda progress: …, words="Import de la liste")  # shown after 300 ms, may be stopped
    tasks.compute(module.function, argument, then=…, words="Lecture du fichier")  # function(progress,
    argument) self._found = tasks.latest(self._show_results, owner=self)
    self._found.ask(lambda: service.search(words))  # of several questions only the last is answered

Without `failed`, the window shows the sentence of a CaseworkerError; anything else becomes a crash notice.
A service returns `Changes`: `changes.announce(them)`; a screen says once
`changes.listen(self, lambda c: c.concerns(household=self.household), self.read_again)`.
"""
