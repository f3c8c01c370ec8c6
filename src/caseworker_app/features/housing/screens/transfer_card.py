"""The way to a lease in the household's name: landlord's answer, housing application, commission, transfer."""

from __future__ import annotations

from collections.abc import Callable

from caseworker_app.features.housing.domain.shown_housing import ShownHome
from caseworker_app.features.housing.domain.transfer_rows import TransferRow, transfer_rows
from caseworker_app.features.housing.screens import sliding_forms
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.screens.housing_card import HousingCard
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.side_form import SideForm
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_TONES = {"done": ("ok", "circle-check"), "due": ("warn", "clock"), "late": ("danger", "alert-circle")}


class TransferCard(HousingCard):
    """Its rows, each opening its form."""

    def __init__(self, desk: HousingDesk) -> None:
        """Make it empty."""
        super().__init__(desk, "Vers le bail à son nom")
        self._home: ShownHome | None = None
        self.renew = self.action("&Renouveler la convention", "refresh")
        self.renew.clicked.connect(lambda: self.open("renewal"))
        self.rows = RowList("Étapes du glissement", fit=True)
        self.rows.opened.connect(self.open)
        self.reasons = Label("", 13, wrap=True)
        self.reasons.setContentsMargins(16, px(8), 16, px(10))
        self.add_rows(self.rows)
        self._why = self.add_ruled(self.reasons)
        self.add_stretch()

    def show_home(self, home: ShownHome) -> None:
        """Show where the transfer stands."""
        self._home = home
        sliding = home.file.sliding
        if sliding is None:
            return
        self.rows.set_rows(
            [_row(each) for each in transfer_rows(sliding, self.desk.today, home.application_due)]
        )
        period = sliding.last_period()
        reasons = (period.landlord_reasons or "") if period else ""
        self.reasons.setText(f"Motifs du bailleur\u00a0: {reasons}")
        self._why.setVisible(bool(reasons))
        self.renew.setVisible(sliding.agreement.new_lease_id is None)

    def open(self, key: str) -> None:
        """Open the form of a row."""
        home = self._home
        sliding = home.file.sliding if home else None
        if home is None or sliding is None:
            return
        forms: dict[str, Callable[[], SideForm]] = {
            "answer": lambda: sliding_forms.answer_form(self.desk, sliding),
            "application": lambda: sliding_forms.steps_form(self.desk, sliding),
            "caleol": lambda: sliding_forms.steps_form(self.desk, sliding),
            "transfer": lambda: sliding_forms.transfer_form(self.desk, home.file, sliding),
            "renewal": lambda: sliding_forms.renewal_form(self.desk, sliding),
        }
        done = key == "transfer" and sliding.agreement.new_lease_id is not None
        if key in forms and not done:
            self.form_asked.emit(forms[key]())


def _row(row: TransferRow) -> Row:
    tone, icon = _TONES.get(row.state, ("muted", ""))
    return Row(
        row.key,
        row.title,
        row.detail,
        State(row.mark, tone, icon) if row.mark else None,
        chevron=not row.closed,
    )
