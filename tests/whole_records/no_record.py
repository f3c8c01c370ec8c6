"""The forms that open no record whole, and why: they add, or write only the columns they ask for.

A form missing here and in the cases fails by its name.
"""

ADDS = "adds rows, or writes none"
ASKS = "writes only the columns it asks for, each by its name"
PARTS = "a part of a page or a list, whose forms stand here under their own names"
PREFERENCE = "a setting of this PC or a list of words: no column but those it shows"

REASONS = {
    ADDS: (
        "agenda.screens.exchange.ExportDialog agenda.screens.exchange.ImportDialog "
        "diary.screens.quick_note_form.QuickNoteForm diary.screens.record_forms.addition_form "
        "dossier.screens.review_forms.asking_form "
        "directory.screens.asking.NameDialog directory.screens.columns_dialog.ColumnsDialog "
        "directory.screens.new_household.NewHouseholdDialog directory.screens.selection_dialogs.ExportDialog "
        "directory.screens.selection_dialogs.PrintDialog goals.screens.evaluation_form.EvaluationForm "
        "goals.screens.library_dialog.LibraryDialog handover.screens.consent_dialog.ConsentDialog "
        "housing.screens.duty_forms.duty_form housing.screens.home_forms.contact_form "
        "housing.screens.home_forms.lodge_form housing.screens.home_forms.new_home_form "
        "housing.screens.rent_forms.charge_form housing.screens.rent_forms.correction_form "
        "housing.screens.rent_forms.payment_form housing.screens.rent_forms.plan_form "
        "housing.screens.sliding_forms.agreement_form housing.screens.sliding_forms.renewal_form "
        "housing.screens.sliding_forms.transfer_form intake.screens.goals_dialog.GoalsDialog "
        "intake.screens.name_dialog.NameDialog "
        "measures.screens.reserved_card.ReserveDialog procedures.screens.taking_out.ForWhomDialog "
        "procedures.screens.taking_out.KeepDialog "
        "measures.screens.forms.renew_form measures.screens.forms.suspend_form "
        "measures.screens.grant_dialogs.SpendingDialog measures.screens.grant_dialogs.SpendingsDialog "
        "measures.screens.open_form.OpenForm referrals.screens.forms.attempt_form "
        "referrals.screens.forms.measure_form "
        "directory.screens.watching.WatchDialog veille.screens.forms.contact_form veille.screens.forms.opening_form"
    ),
    ASKS: (
        "budget.screens.line_form.LineForm budget.screens.month_form.MonthForm "
        "dossier.screens.review_forms.answering_form "
        "directory.screens.selection_dialogs.AssignDialog goals.screens.state_forms.HoldForm "
        "goals.screens.state_forms.ReasonForm households.screens.people.LeadForm "
        "households.screens.people.LeavingForm housing.screens.lease_forms.end_lease_form "
        "housing.screens.rent_forms.end_plan_form housing.screens.sliding_forms.answer_form "
        "housing.screens.sliding_forms.criterion_form housing.screens.sliding_forms.plan_review_form "
        "measures.screens.forms.call_off_form measures.screens.figures_card.ChooseDialog "
        "measures.screens.reserved_card.GiveBackDialog procedures.screens.forms.dates_form "
        "measures.screens.forms.end_form measures.screens.forms.hand_over_form measures.screens.forms.resume_form "
        "measures.screens.grant_dialogs.ActionDialog retention.screens.dialogs.CarryOutDialog "
        "retention.screens.dialogs.EndDialog retention.screens.dialogs.ReasonDialog rights.screens.forms.RightsForm "
        "veille.screens.forms.ending_form week.screens.put_off_dialog.PutOffDialog"
    ),
    PARTS: (
        "accesses.screens.section.AccessesSection budget.screens.form_dialog.FormDialog "
        "diary.screens.form.VisitForm dossier.screens.merge_dialog.MergeDialog "
        "dossier.screens.people_dialog.PeopleDialog dossier.screens.split_dialog.SplitDialog "
        "dossier.screens.work_dialog.WorkDialog goals.screens.grid_section.GridSection "
        "goals.screens.inline_form.InlineForm households.screens.addresses.AddressesSection "
        "households.screens.around.LinksSection households.screens.contacts.ContactsSection "
        "households.screens.forms.SectionForm households.screens.people.PeopleSection "
        "households.screens.section.Section households.screens.texts.TextSection "
        "procedures.screens.lists_section.ChecklistsSection retention.screens.section.RetentionSection"
    ),
    PREFERENCE: (
        "agenda.screens.publication_section.PublicationSection diary.screens.dictionary_section.DictionarySection "
        "diary.screens.sentences_section.SentencesSection goals.screens.library_section.LibrarySection "
        "handover.screens.own_words_section.OwnWordsSection retention.screens.delays_card.DelayDialog"
    ),
}
NO_RECORD = {name for names in REASONS.values() for name in names.split()}
