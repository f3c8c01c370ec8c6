"""Pages made of the kit with invented people, for tests to look at and for pictures to compare."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Band, Card, FoldRow
from caseworker_app.ui_kit.choices import ActionRow, Check, FilterChips, RemovableChip
from caseworker_app.ui_kit.entries import Choice, Entry, PassphraseEntry
from caseworker_app.ui_kit.facts import Fact
from caseworker_app.ui_kit.figures import Figure, FigureTile
from caseworker_app.ui_kit.flow import Columns, Flow
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.messages import Banner, EmptyState
from caseworker_app.ui_kit.page import Page
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.row_model import Column, LazyRows
from caseworker_app.ui_kit.row_table import Cell, RowTable
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.states import INTERNAL, SHAREABLE, Avatar, Pill, Progress, State
from caseworker_app.ui_kit.tabs import Tabs
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.text_zone import TextZone
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.timeline import Event, Timeline

NB, NN = "\u00a0", "\u202f"

FIGURES = (
    Figure(
        "Reste à vivre par jour et personne",
        f"9,40{NB}€",
        trend=State(f"+{NB}0,60{NB}€ depuis août", "ok", "trending-up"),
        series=(2, 3, 1, 6, 7, 11),
        tone="ok",
    ),
    Figure(
        "Taux d’effort net",
        f"25,2{NB}%",
        trend=State(f"−{NB}2,4 points depuis août", "ok", "trending-down"),
        series=(9, 8, 6, 5, 2),
        tone="ok",
    ),
    Figure(
        "Impayé de loyer",
        f"182,40{NB}€",
        trend=State("Plan tenu, 5 mois sur 10", "ok"),
        series=(32, 28, 24, 21, 18, 15),
        drawing="bars",
    ),
    Figure(
        "Autonomie",
        "3,8",
        "sur 5",
        trend=State("2 domaines fragiles sur 14", "warn", "alert-triangle"),
        series=(2, 3, 3, 4, 4, 6),
    ),
)

STEPS = [
    Row(
        "1",
        "Signer le plan d’apurement révisé",
        "Solène, Claire",
        State(f"Aujourd’hui, 11{NB}h{NB}00", "warn"),
        "circle-dashed",
        "warn",
    ),
    Row(
        "2",
        "Examen périodique avec le bailleur",
        "à préparer",
        State("Jeudi 26 nov.", "warn"),
        "circle-dashed",
        "warn",
    ),
    Row(
        "3",
        "Avis du bailleur au préfet",
        "Habitat du Septentrion",
        State("Avant le 17 déc.", "muted"),
        "circle",
    ),
    Row(
        "4", "Déclarer les revenus, prime d’activité", "Idriss", State("Avant le 31 déc.", "muted"), "circle"
    ),
    Row(
        "5",
        "Remettre l’attestation d’assurance",
        "Solène",
        State("Faite le 18 nov.", "ok"),
        "circle-check",
        "ok",
        done=True,
    ),
]

EVENTS = [
    Event(
        "1",
        "18 nov.",
        "Attestation d’assurance reçue",
        "Valable jusqu’au 17/11/2027, rangée dans Documents.",
        "file-check",
        "ok",
        SHAREABLE,
    ),
    Event(
        "2",
        "12 nov.",
        "Visite à domicile, 50 min",
        "Chauffage réglé avec Idriss, relevé d’eau fait, plan d’apurement expliqué.",
        "home",
        "accent",
        INTERNAL,
    ),
    Event(
        "3",
        "5 nov.",
        "Loyer de novembre payé",
        f"572,50{NB}€ reçus, plus la mensualité de 40,00{NB}€ du plan.",
        "cash",
        "ok",
    ),
    Event(
        "4",
        "3 nov.",
        "Appel de Solène, 8 min",
        "Demande de mutation retirée, souhaite rester dans le quartier.",
        "phone",
        "accent",
        INTERNAL,
    ),
    Event(
        "5",
        "28 oct.",
        "Budget d’octobre arrêté",
        f"Reste à vivre 9,40{NB}€ par jour et par personne, 1{NN}128,00{NB}€ par mois.",
        "wallet",
    ),
]

TABS = (
    ("overview", "Vue d’ensemble"),
    ("members", "Composition"),
    ("housing", "Logement"),
    ("goals", "Objectifs"),
    ("budget", "Budget"),
    ("diary", "Journal"),
    ("rights", "Droits"),
    ("documents", "Documents"),
)


def dossier_header() -> Band:
    band = Band()
    column = QVBoxLayout(band)
    column.setContentsMargins(24, 16, 24, 1)
    column.setSpacing(px(12))
    top = QHBoxLayout()
    top.setSpacing(px(12))
    top.addWidget(Avatar("MK"))
    names = QVBoxLayout()
    names.setSpacing(0)
    line = Flow(gap=8)
    line.addWidget(Label("Famille Marchadier-Kaboré", 20, fonts.SEMI_BOLD))
    line.addWidget(Pill(State("Suivi en cours", "ok", "player-play")))
    line.addWidget(Pill(State(f"Visite aujourd’hui à 11{NB}h{NB}00", "accent", "calendar-event")))
    names.addLayout(line)
    names.addWidget(
        ElidedLabel(
            "Solène (34 ans), Idriss (36 ans), Lila (9 ans) et Noé (6 ans) · dossier n° 2026-0417",
            13,
            tone="muted",
        )
    )
    top.addLayout(names, 1)
    top.addWidget(Button("&Imprimer…", "secondary", "printer"))
    top.addWidget(IconButton("dots", "Autres actions", size=36, bordered=True))
    top.addWidget(Button("&Nouvelle visite", "primary", "plus"))
    column.addLayout(top)
    column.addLayout(_facts())
    tabs = Tabs("Pages du dossier")
    for key, words in TABS:
        tabs.add(key, words)
    column.addWidget(tabs)
    return band


def _facts() -> Columns:
    facts = Columns()
    for icon, label, answer, detail in (
        (
            "map-pin",
            "Logement",
            "14 rue des Tisserands, bât. B, apt 12",
            "59100 Roubaix · T3, Habitat du Septentrion",
        ),
        (
            "shield",
            "Joindre sans risque",
            "06 39 98 12 47, Solène",
            State(f"SMS après 17{NB}h, jamais de message vocal", "warn", "alert-triangle"),
        ),
        (
            "flag",
            "Mesure",
            "Bail glissant jusqu’au 17 févr. 2027",
            State("Avis du bailleur dû le 17 déc.", "warn"),
        ),
        ("user", "Suivi", "Claire Lenoir, référente", f"Relais{NB}: Samuel Okafor"),
    ):
        fact = Fact(icon, label)
        fact.show_answer(answer, detail)
        facts.addWidget(fact)
    return facts


def dossier_page() -> Page:
    page = Page()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(dossier_header())
    content = QWidget()
    body = QVBoxLayout(content)
    body.setContentsMargins(*PAGE_INSETS)
    body.setSpacing(16)
    tiles = Columns()
    for figure in FIGURES:
        tiles.addWidget(FigureTile(figure))
    body.addLayout(tiles)
    cards = Columns(weights=(392, 718))
    cards.addWidget(steps_card())
    cards.addWidget(timeline_card())
    body.addLayout(cards)
    body.addStretch(1)
    column.addWidget(ScrollBody(content), 1)
    return page


def steps_card() -> Card:
    card = Card("Prochaines étapes")
    card.add_action(Button("A&jouter", "ghost", "plus", compact=True))
    rows = RowList("Prochaines étapes", fit=True)
    rows.set_rows(STEPS)
    card.add_rows(rows)
    card.add_stretch()
    card.add_foot(FoldRow("11 étapes terminées"))
    return card


def timeline_card() -> Card:
    card = Card("Fil du dossier")
    card.add_action(IconButton("search", "Chercher dans le fil", size=28, icon_size=16))
    card.add_action(Button("&Filtrer par période", "secondary", "calendar-event", compact=True))
    chips = FilterChips("Filtrer le fil")
    for key, words, count in (
        ("all", "Tout", 48),
        ("visits", "Visites", 14),
        ("calls", "Appels", 11),
        ("budget", "Budget", 6),
    ):
        chips.add(key, words, count)
    card.add(chips)
    thread = Timeline(fit=True)
    thread.set_events(EVENTS)
    card.add_rows(thread, rule=False)
    card.add_stretch()
    card.add_foot(FoldRow("43 événements plus anciens, jusqu’au 18 févr. 2026", "chevron-down"))
    return card


COLUMNS = (
    Column("", 48),
    Column("Ménage", 196, "name"),
    Column("Commune", 112),
    Column("Mesure", 104, optional=True),
    Column("Fin de mesure", 132, "end"),
    Column("Dernier contact", 116, optional=True),
    Column("Alerte"),
)
TOWNS = ("Croix", "Wattrelos", "Roubaix", "Tourcoing", "Roubaix", "Hem", "Lys-lez-Lannoy")
NAMES = (
    "Van Hecke, Lou",
    "Hennequin, Marc et Édith",
    "Castelain, Ruben",
    "Tiberghien, Gaspard",
    "Okonski, Maëlle",
    "Verhaeghe, Joris et Anaïs",
    "Bailleul, Corentin",
    "N’Guessan, Aya",
    "Lestienne, Hugo et Mina",
)
ALERTS = (
    Cell("Bilan à rendre", tone="warn", icon="file-text"),
    Cell("Impayé en hausse", tone="danger", icon="trending-up"),
    Cell("À jour", tone="ok", icon="circle-check"),
)


def cells_of(number: int) -> tuple[Cell, ...]:
    day = f"{number % 28 + 1:02d}/12/2026"
    return (
        Cell(),
        Cell(NAMES[number % len(NAMES)], "1 adulte, 2 enfants", strong=True),
        Cell(TOWNS[number % len(TOWNS)]),
        Cell("AVDL" if number % 3 else "Bail glissant"),
        Cell(
            day,
            f"dans {number % 8 + 2} semaines",
            detail_tone="warn" if number % 4 == 0 else "muted",
            detail_icon="clock" if number % 4 == 0 else "",
            tabular=True,
        ),
        Cell("19/11/2026", "il y a 5 jours", tabular=True),
        ALERTS[number % 3],
    )


def household_rows(total: int = 55_012) -> LazyRows:
    rows = LazyRows(cells_of, str, COLUMNS, ticks=True)
    rows.page_wanted.connect(
        lambda generation, first, count: rows.fill(generation, first, range(first, first + count))
    )
    rows.start(total, range(min(64, total)))
    return rows


def households_page(total: int = 55_012) -> Page:
    page = Page()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(_households_header())
    chips = QWidget()
    line = QVBoxLayout(chips)
    line.setContentsMargins(24, 10, 24, 10)
    flow = Flow(gap=8)
    for chip in (
        RemovableChip("Équipe", "Roubaix Est, Tourcoing"),
        RemovableChip("Mesure", "AVDL, bail glissant"),
        Button("A&jouter un filtre", "quiet", "plus", compact=True),
    ):
        flow.addWidget(chip)
    line.addLayout(flow)
    column.addWidget(chips)
    table = RowTable("Ménages", household_rows(total))
    table.mark_sorted("end")
    column.addWidget(table, 1)
    foot = Band("sunken", top=True)
    foot_line = QHBoxLayout(foot)
    foot_line.setContentsMargins(16, px(10), 16, px(10))
    foot_line.addWidget(Label(f"Lignes 1 à 10 sur 55{NN}012", 13, tone="muted"))
    foot_line.addStretch(1)
    column.addWidget(foot)
    page.table = table
    return page


def _households_header() -> Band:
    band = Band()
    inside = QVBoxLayout(band)
    inside.setContentsMargins(24, 16, 24, 1)
    inside.setSpacing(px(6))
    top = QHBoxLayout()
    top.setSpacing(px(8))
    top.addWidget(Label("Ménages", 22, fonts.SEMI_BOLD))
    top.addWidget(Label(f"214 sur 55{NN}012", 13, tone="muted"), 0, Qt.AlignmentFlag.AlignBottom)
    top.addStretch(1)
    top.addWidget(Button("&Importer…", "secondary", "file-import"))
    top.addWidget(Button("&Nouveau ménage", "primary", "plus"))
    inside.addLayout(top)
    tabs = Tabs("Listes")
    for key, words, count in (
        ("mine", "Mes ménages", 22),
        ("soon", "Échéance sous 60 jours", 214),
        ("arrears", "Impayé en hausse", 96),
    ):
        tabs.add(key, words, count)
    tabs.choose("soon")
    inside.addWidget(tabs)
    return band


def visit_page() -> Page:
    content = QWidget()
    row = Columns(content, weights=(762, 372))
    row.setContentsMargins(*PAGE_INSETS)
    left = QWidget()
    zones = QVBoxLayout(left)
    zones.setContentsMargins(0, 0, 0, 0)
    zones.setSpacing(8)
    for title, hint, icon, internal, words in (
        (
            "Constaté",
            "vu, mesuré, compté",
            "eye",
            False,
            f"Logement propre et aéré, chauffé à 19{NB}°C. Détecteur de fumée essayé{NB}: il fonctionne.",
        ),
        (
            "Dit par le ménage",
            "avec ses mots",
            "message",
            False,
            f"«{NB}J’ai payé le 5, le loyer et les 60{NB}€ ensemble.{NB}»",
        ),
        (
            "Analyse",
            "mon avis de travailleuse sociale",
            "bulb",
            True,
            f"Trois mois de paiement régulier{NB}: le plan à 60{NB}€ tient, même serré.",
        ),
    ):
        zone = TextZone(title, hint, icon)
        zone.add_action(Button("Phrases", "quiet", "quote", compact=True))
        zone.set_internal(internal)
        zone.set_text(words)
        zone.setMinimumHeight(px(160))
        zones.addWidget(zone, 1)
    row.addWidget(left)
    right = QWidget()
    side = QVBoxLayout(right)
    side.setContentsMargins(0, 0, 0, 0)
    side.setSpacing(16)
    goals = Card("Objectifs travaillés", "2 sur 3")
    for words, done in (("Payer le loyer et le plan chaque mois", 75), ("Assainir la salle de bains", 50)):
        check = Check(words)
        check.setChecked(True)
        bar = Progress(words)
        bar.setValue(done)
        goals.add(check)
        goals.add(bar)
    side.addWidget(goals)
    side.addWidget(Banner("Dossier protégé\u00a0: adresse et téléphone masqués partout.", "note"))
    side.addWidget(Banner("La sauvegarde échoue depuis 3 jours\u00a0: branchez votre clé USB.", "danger"))
    side.addStretch(1)
    row.addWidget(right)
    return scrolling(content)


def scrolling(content: QWidget) -> Page:
    page = Page()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(ScrollBody(content))
    return page


def form_page() -> Page:
    content = QWidget()
    grid = Columns(content)
    grid.setContentsMargins(*PAGE_INSETS)
    card = Card("Nouveau ménage")
    name = Field("&Nom", Entry("Nom de famille"))
    birth = Field("N&é(e) le", Entry("jj/mm/aaaa", tabular=True), hint="Jour, mois, année")
    birth.editor.setText("31/02/1987")
    birth.refuse("Ce jour n’existe pas, vérifiez la date.")
    landlord = Choice()
    landlord.add("a", "Habitat du Septentrion")
    off = Entry()
    off.setText("Non modifiable")
    off.setEnabled(False)
    for field in (
        name,
        birth,
        Field("&Bailleur", landlord),
        Field("&Phrase secrète", PassphraseEntry()),
        Field("N° de dossier", off),
    ):
        card.add(field)
    card.add(Check("Le ménage a donné son accord"))
    card.add_stretch()
    grid.addWidget(card)
    right = QWidget()
    side = QVBoxLayout(right)
    side.setContentsMargins(0, 0, 0, 0)
    side.addWidget(
        ActionRow("&Essayer la démonstration", "Des ménages inventés, dans un fichier à part.", "sparkles")
    )
    line = Flow()
    for words, kind in (
        ("Enregistrer", "primary"),
        ("Annuler", "secondary"),
        ("Ajouter", "ghost"),
        ("Plus tard", "quiet"),
        ("Supprimer", "danger"),
    ):
        line.addWidget(Button(words, kind, "check" if kind == "primary" else ""))
    side.addLayout(line)
    disabled = Button("Indisponible", "primary")
    disabled.setEnabled(False)
    side.addWidget(disabled)
    side.addWidget(
        EmptyState(
            "users",
            "Aucun ménage pour l’instant",
            "Créez un ménage, ou importez la liste d’un bailleur\u00a0: ses colonnes sont reconnues.",
            "&Importer une liste",
            "file-import",
        ),
        1,
    )
    grid.addWidget(right)
    return scrolling(content)


PAGES = {"dossier": dossier_page, "households": households_page, "visit": visit_page, "form": form_page}
