"""Who may do what: the right each function of each service asks for. A function missing here fails by its name."""

from __future__ import annotations

from collections.abc import Mapping

from caseworker_app.features.handover.domain.kinds import DOCUMENT_KINDS
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.team.domain import Right

# By the rights asked for (all of them), then by room. Nothing asked: every role may.
RULES: Mapping[frozenset[Right], Mapping[str, str]] = {
    frozenset({Right.WRITE_FILES}): {
        "attachments": "add_attachments describe_attachment remove_attachment",
        "budget": (
            "write_month change_amounts describe_line describe_month copy_previous_month remove_month "
            "add_debt change_debt remove_debt"
        ),
        "consents": "give_consent withdraw_consent",
        "diary": (
            "ask_report_review answer_report_review put_away_report_review withdraw_report_review report_readers"
        ),
        "directory": "assign_lead_worker add_from_form",
        "dossier": "merge_households merge_people split_household",
        "goals": (
            "record_evaluation record_evaluations change_level correct_evaluation remove_evaluation "
            "add_goal reword_goal change_goal_state move_goal move_step add_step change_step "
            "complete_step reopen_step drop_step write_model retire_model keep_as_model"
        ),
        "households": (
            "move_house add_address change_address remove_address add_contact change_contact "
            "remove_contact create_household add_member change_member change_reference_person "
            "leave_household return_to_household remove_member set_visit_instructions change_note "
            "set_protected"
        ),
        "housing": (
            "record_eviction_step change_eviction_step remove_eviction_step judge_criterion "
            "move_joint_review add_landlord change_landlord add_landlord_contact "
            "retire_landlord_contact add_dwelling change_dwelling add_lease change_lease "
            "add_head_lease change_rent_terms end_lease sign_sliding_lease renew_examination_period "
            "plan_joint_review hold_joint_review record_duty_proof record_rent_entry "
            "take_back_rent_entry write_month_amounts charge_rent agree_repayment_plan "
            "end_repayment_plan settle_home change_home write_head_lease record_landlord_answer "
            "record_transfer_steps transfer_lease"
        ),
        "intake": "read_goal_export bring_goals bring_models",
        "measures": (
            "open_measure renew_measure change_lead_worker change_lead_workers change_intensity end_measure "
            "suspend_measure resume_measure add_part change_part call_off_relay "
            "add_meeting change_meeting add_task change_task"
        ),
        "orientations": "propose_orientation change_orientation agree_to_orientation rest_on_agreement",
        "procedures": (
            "begin_procedure change_procedure take_newer_list remove_procedure receive_paper receive_files "
            "set_not_concerned clear_paper date_paper"
        ),
        "referrals": "receive_referral change_referral write_diagnosis decide_referral open_measure_from",
        "veille": "open_watch open_watches change_watch end_watch",
        "partners": (
            "add_partner change_partner retire_partner add_partner_contact change_partner_contact "
            "retire_partner_contact"
        ),
        "rights": (
            "record_request extend_request answer_request link_correction keep_statement "
            "set_restriction lift_restriction"
        ),
    },
    frozenset({Right.READ_FILES}): {
        "agenda": "home_named outgoing read_form read_span require_seen seen_by shown",
        "attachments": "attachments_of attachments_of_visit attachment content_of",
        "budget": "budget_of sheets_of months_of debts_of",
        "consents": "consents_of",
        "diary": (
            "goal_proofs entries_of meeting_days missed_days visits_of visit last_visit open_promises appointments_of "
            "last_contacts agenda planned_times planned_time times_of_series known_outside known_times "
            "find_writings report_reviews_of"
        ),
        "directory": (
            "find_listing page_of count_found selectable filter_choices count_listed page_of_list "
            "preview rows_of masks_of list_desk save_filter rename_filter update_filter delete_filter open_on "
            "choose_columns every_saved_filter search search_close list_found "
            "search_writings note_extracts household_words"
        ),
        "dossier": (
            "merge_candidates probable_duplicates history_of readers_of former_ids propose_merge open_dossier "
            "people_of propose_people_merge open_overview neighbours propose_split undoable_changes"
        ),
        "goals": "evaluations_of progress_between goals_of",
        "handover": (
            "note_printed propose_review usual_period read_material preview_review register_of transmitted_review "
            "visit_report draft_report"
        ),
        "households": (
            "former_of separations_of open_household find_by_reference count_households "
            "page_of_households summaries"
        ),
        "housing": (
            "housing_of current_home streets_of open_housing list_landlords open_landlord open_dwelling "
            "dwelling_references rent_account rent_entries find_dwellings found_dwelling"
        ),
        "measures": (
            "list_agreements measures_of measures_of_households measures_ending open_tab parts_of bodies_like "
            "figures_of figures_of_landlord reserved_under dwellings_to_reserve"
        ),
        "orientations": "orientations_page partners_like partner_named",
        "procedures": "procedures_page procedures_of standings_of open_standings papers_to_bring newest_with_pieces",
        "referrals": (
            "list_referrals every_referral counted_under open_referral referrals_of form_choices bodies_like "
            "household_name write_blank_sheet attached_to"
        ),
        "intake": "likely_households",
        "partners": "open_partner search_partners near_partners list_partners",
        "rights": (
            "requests_of pending_requests possible_corrections corrections_of restriction_of restrictions_of "
            "all_held disclosures_of rights_page"
        ),
        "week": "read_week households_named",
        "veille": "list_watches open_watch_file watches_of watches_running form_choices",
    },
    frozenset({Right.MANAGE_OFFICE, Right.WRITE_FILES}): {"demonstration": "fill"},
    frozenset({Right.MANAGE_OFFICE}): {
        "goals": "edit_grid",
        "procedures": "edit_checklist",
        "diary": "add_sentence add_starter_sentences change_sentence remove_sentence",
        "handover": "add_own_word change_own_word remove_own_word",
        "measures": (
            "add_agreement change_agreement add_grant_action change_grant_action remove_grant_action "
            "record_grant_spending remove_grant_spending add_rule change_rule remove_rule choose_indicators "
            "reserve_dwelling give_back_dwelling"
        ),
        "team": "add_worker add_from_form change_association change_logo change_worker set_worker_active",
    },
    frozenset({Right.IMPORT_LISTS, Right.WRITE_FILES, Right.WRITE_DIARY, Right.TRANSMIT, Right.PRINT}): {
        "demonstration": "play_main_job",
    },
    frozenset({Right.WRITE_FILES, Right.WRITE_DIARY}): {"referrals": "attach_files"},
    frozenset({Right.WRITE_DIARY}): {
        "agenda": "plan change move remove settle preview_import import_times",
        "attachments": "keep_file keep_path kept_content",
        "diary": (
            "settle_promise plan_appointment change_appointment_state add_note add_group_note "
            "correct_entry sign_entry add_addition mark_fact withdraw_fact write_note confirm_visit "
            "add_spelling_word remove_spelling_word"
        ),
        "referrals": "note_attempt",
        "week": "put_off take_up",
        "veille": "note_contact",
    },
    frozenset({Right.READ_FILES, Right.PRINT}): {
        "agenda": "export_times print_day_sheet change_settings publish",
        "attachments": "open_copy",
        "directory": "export_households print_households",
        "veille": "print_call_sheet",
        "handover": "drawn_follow_up follow_up_material household_paper diagnosis_of end_of_measure",
        "measures": "export_figures print_figures",
    },
    frozenset({Right.READ_FILES, Right.TRANSMIT}): {
        "handover": (
            "answer_referral send_orientation_letter preview_answer preview_orientation_letter "
            "hand_part_sheet preview_part_sheet bodies_for_pieces finds_in_pieces register_pieces"
        ),
        "procedures": "put_pieces_together take_out_pieces",
        "rights": "prepare_disclosure hand_over print_disclosure",
    },
    frozenset({Right.PRINT}): {
        "directory": "exports_made",
        "handover": "mark_copies",
    },
    frozenset({Right.READ_ACCESSES}): {"accesses": "accesses accesses_of_household people_in_log"},
    frozenset({Right.MANAGE_RETENTION}): {
        "retention": (
            "archive call_off keep_longer plan_ending take_out_of_archive change_delay delays_now carry_out "
            "erase_at_request anonymise_at_request erase_member households_due what_goes erasures_made standings_of"
        ),
    },
    frozenset(): {
        "dossier": "worker_names",
        "diary": "reused_sentences spelling_words",
        "handover": "preview_mark own_words",
        "measures": "take_relays",
        "team": "the_association list_workers",
    },
    frozenset({Right.TRANSMIT}): {
        "attachments": "export_copy",
        "handover": "transmit_review reprint finish_transmissions register_leaving",
    },
    frozenset({Right.IMPORT_LISTS}): {
        "households": "references count_members known_members known_contacts known_addresses",
        "housing": "known_dwellings known_landlords lease_references",
        "intake": (
            "analyse_list check_list write_list sides_of import_list known_people list_profiles "
            "find_profile remember_profile rename_profile forget_profile interrupted_import start "
            "match_the_workers undo_import undo_interrupted imports_made households_made"
        ),
        "partners": "known_partners",
    },
}

# What is asked for depends on what is asked: the rights of each case.
CASES = {
    "handover.print_document": [
        ({"kind_code": kind.code}, {Right.READ_FILES, Right.TRANSMIT if kind.leaves_house else Right.PRINT})
        for kind in DOCUMENT_KINDS
    ],
    "handover.print_team": [
        ({"kind_code": kind.code}, {Right.READ_FILES, Right.TRANSMIT if kind.leaves_house else Right.PRINT})
        for kind in DOCUMENT_KINDS
    ],
    "intake.require_rights": [
        ({"kind": ListKind.TRACKER}, {Right.WRITE_FILES, Right.WRITE_DIARY}),
        ({"kind": ListKind.REFERRALS}, {Right.WRITE_FILES}),
        ({"kind": ListKind.PARTNERS}, set()),
    ],
}

# What the association's people may do, or those who write: which it is depends on what is taken back.
EITHER = {
    "measures.shown_agreements": frozenset({Right.READ_FILES, Right.MANAGE_OFFICE}),
    "measures.rules_of": frozenset({Right.READ_FILES, Right.MANAGE_OFFICE}),
    "measures.grant_of": frozenset({Right.READ_FILES, Right.MANAGE_OFFICE}),
    "goals.grids": frozenset({Right.READ_FILES, Right.MANAGE_OFFICE}),
    "goals.evaluations_by_version": frozenset({Right.READ_FILES, Right.MANAGE_OFFICE}),
    "procedures.checklists": frozenset({Right.READ_FILES, Right.MANAGE_OFFICE}),
    "goals.goal_library": frozenset({Right.READ_FILES, Right.MANAGE_OFFICE}),
    "dossier.undo_change": frozenset({Right.WRITE_DIARY, Right.MANAGE_OFFICE}),
    "dossier.take_back_last": frozenset({Right.WRITE_DIARY, Right.MANAGE_OFFICE}),
}

# Functions on the file or a connection that nobody's right stands before, with why.
WITHOUT_WHO = {
    "attachments.sweep_contents": "upkeep of the program itself: what nothing refers to any more",
    "attachments.damaged_attachments": "for `verify`, which tells no name",
    "dossier.compared_fields": "a step of `propose_merge` and `propose_people_merge`, which have checked",
    "dossier.subjects_of": "a step of the same",
    "demonstration.write_rules": "a step of `fill`, which has checked",
    "demonstration.reserve": "a step of writing a case of the demonstration",
    "demonstration.write_around": "a step of writing a case of the demonstration",
    "demonstration.write_watch": "a step of writing a case of the demonstration",
    "demonstration.keep_piece": "a step of writing a case of the demonstration",
    "demonstration.write_case": "what tests and pictures stand on: found by no screen and no command",
    "retention.citing_texts": "a step of `what_goes` and of erasing, which have checked",
    "retention.plan_returned": "upkeep of the program itself: what was decided once is proposed again to who may",
    "retention.finish_erasures": "upkeep of the program itself: the rows are gone, what lies beside them goes too",
    "intake.interrupted": "a step of `import_list`, which has checked",
    "procedures.standing_of": "a step of the reads and of `put_pieces_together`, which have checked",
    "agenda.now_of": "the hour on the wall, nothing of the file",
    "week.now_of": "the hour on the wall, nothing of the file",
    "team.found_office": "nobody is there before it",
    "team.owner": "tells whose file it is: what `who` is made from",
}


def rules() -> dict[str, frozenset[Right]]:
    """Return the rights each function asks for, by `room.function`."""
    return {
        f"{room}.{name}": asked
        for asked, rooms in RULES.items()
        for room, names in rooms.items()
        for name in names.split()
    }
