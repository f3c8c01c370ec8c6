-- The first tables. Never edited once released: a change of a table is a revision of its own.

CREATE TABLE address (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    street TEXT,
    complement TEXT,
    postal_code TEXT,
    city TEXT,
    from_date DATE,
    to_date DATE,
    PRIMARY KEY (id)
);

CREATE INDEX ix_address_household_id ON address (household_id);

CREATE TABLE agreement (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    landlord_id TEXT,
    funder TEXT,
    starts_on DATE NOT NULL,
    ends_on DATE,
    quota_new INTEGER,
    quota_existing INTEGER,
    grant_cents INTEGER,
    PRIMARY KEY (id)
);

CREATE TABLE appointment (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    place TEXT,
    purpose TEXT,
    worker_id TEXT NOT NULL,
    state TEXT NOT NULL,
    made_in TEXT,
    entry_id TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_appointment_entry_id ON appointment (entry_id);

CREATE INDEX ix_appointment_household_id ON appointment (household_id);

CREATE INDEX ix_appointment_made_in ON appointment (made_in);

CREATE INDEX ix_appointment_starts_at ON appointment (starts_at);

CREATE TABLE association (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    activity TEXT,
    street TEXT,
    postal_code TEXT,
    city TEXT,
    phone TEXT,
    email TEXT,
    PRIMARY KEY (id)
);

CREATE TABLE autonomy_evaluation (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    evaluated_on DATE NOT NULL,
    "view" TEXT NOT NULL,
    grid_version TEXT NOT NULL,
    note TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_autonomy_evaluation_household_id ON autonomy_evaluation (household_id);

CREATE TABLE autonomy_level (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    evaluation_id TEXT NOT NULL,
    domain TEXT NOT NULL,
    level TEXT NOT NULL,
    observation TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_autonomy_level_evaluation_id ON autonomy_level (evaluation_id);

CREATE INDEX ix_autonomy_level_household_id ON autonomy_level (household_id);

CREATE TABLE budget_line (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    month DATE NOT NULL,
    position INTEGER NOT NULL,
    section TEXT NOT NULL,
    category TEXT NOT NULL,
    label TEXT,
    member_id TEXT,
    amount_cents INTEGER NOT NULL,
    paid_by_third_party BOOLEAN NOT NULL,
    debt_id TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_budget_line_debt_id ON budget_line (debt_id);

CREATE INDEX ix_budget_line_household_id ON budget_line (household_id);

CREATE INDEX ix_budget_line_member_id ON budget_line (member_id);

CREATE TABLE budget_month (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    month DATE NOT NULL,
    persons_hundredths INTEGER NOT NULL,
    residual_definition TEXT NOT NULL,
    note TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_budget_month_household_id ON budget_month (household_id);

CREATE TABLE change (
    number INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    household_id TEXT,
    kind TEXT NOT NULL,
    base_version TEXT,
    payload_hash BLOB NOT NULL,
    payload BLOB,
    PRIMARY KEY (number)
);

CREATE INDEX ix_change_household ON change (household_id);

CREATE TABLE changeset (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    space_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    schema_version TEXT NOT NULL,
    lamport INTEGER NOT NULL,
    worker_id TEXT NOT NULL,
    made_at TEXT NOT NULL,
    intention TEXT NOT NULL,
    tag TEXT,
    undoes TEXT,
    PRIMARY KEY (number),
    CONSTRAINT uq_changeset_sequence UNIQUE (device_id, space_id, sequence),
    UNIQUE (id)
);

CREATE INDEX ix_changeset_tag ON changeset (tag);

CREATE TABLE consent (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    member_id TEXT,
    recipient_kind TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    landlord_id TEXT,
    topics TEXT NOT NULL,
    purpose TEXT NOT NULL,
    form TEXT NOT NULL,
    given_on DATE NOT NULL,
    until DATE,
    withdrawn_on DATE,
    PRIMARY KEY (id)
);

CREATE INDEX ix_consent_household_id ON consent (household_id);

CREATE TABLE contact (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    member_id TEXT,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    label TEXT,
    safe BOOLEAN NOT NULL,
    instructions TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_contact_household_id ON contact (household_id);

CREATE TABLE debt (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    nature TEXT NOT NULL,
    creditor TEXT,
    initial_cents INTEGER,
    remaining_cents INTEGER NOT NULL,
    remaining_on DATE NOT NULL,
    monthly_cents INTEGER,
    first_unpaid_on DATE,
    stage TEXT NOT NULL,
    enforceable BOOLEAN NOT NULL,
    note TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_debt_household_id ON debt (household_id);

CREATE TABLE device (
    id TEXT NOT NULL,
    mark TEXT NOT NULL,
    minted_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE diary_entry (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    number TEXT,
    kind TEXT NOT NULL,
    attendance TEXT NOT NULL,
    started_at TEXT NOT NULL,
    duration_minutes INTEGER,
    place TEXT,
    present TEXT,
    purpose TEXT,
    worker_id TEXT NOT NULL,
    observed TEXT,
    said TEXT,
    analysis TEXT,
    state TEXT NOT NULL,
    signed_on DATE,
    refers_to TEXT,
    made_on DATE NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_diary_entry_household_id ON diary_entry (household_id);

CREATE INDEX ix_diary_entry_household_id_kind_started_at ON diary_entry (household_id, kind, started_at);

CREATE INDEX ix_diary_entry_refers_to ON diary_entry (refers_to);

CREATE TABLE dwelling (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    landlord_id TEXT,
    reference TEXT,
    street TEXT,
    complement TEXT,
    postal_code TEXT,
    city TEXT,
    typology TEXT,
    floor_area INTEGER,
    floor TEXT,
    building TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_dwelling_landlord_id ON dwelling (landlord_id);

CREATE TABLE examination_period (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    sliding_lease_id TEXT NOT NULL,
    starts_on DATE NOT NULL,
    months INTEGER NOT NULL,
    decided_on DATE,
    PRIMARY KEY (id)
);

CREATE INDEX ix_examination_period_household_id ON examination_period (household_id);

CREATE TABLE goal (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    title TEXT NOT NULL,
    domain TEXT NOT NULL,
    housing BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    opened_on DATE NOT NULL,
    target_on DATE,
    closed_on DATE,
    note TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_goal_household_id ON goal (household_id);

CREATE TABLE goal_step (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    goal_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    actor TEXT NOT NULL,
    actor_name TEXT,
    due_on DATE,
    done_on DATE,
    state TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_goal_step_goal_id ON goal_step (goal_id);

CREATE INDEX ix_goal_step_household_id ON goal_step (household_id);

CREATE TABLE goal_touched (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    goal_id TEXT NOT NULL,
    step_id TEXT,
    note TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_goal_touched_entry_id ON goal_touched (entry_id);

CREATE INDEX ix_goal_touched_goal_id ON goal_touched (goal_id);

CREATE INDEX ix_goal_touched_household_id ON goal_touched (household_id);

CREATE INDEX ix_goal_touched_step_id ON goal_touched (step_id);

CREATE TABLE head_lease (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    dwelling_id TEXT NOT NULL,
    reference TEXT,
    signed_on DATE,
    starts_on DATE,
    ends_on DATE,
    rent_cents INTEGER,
    service_charges_cents INTEGER,
    PRIMARY KEY (id)
);

CREATE INDEX ix_head_lease_dwelling_id ON head_lease (dwelling_id);

CREATE TABLE household (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    space_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    protected BOOLEAN NOT NULL,
    visit_instructions TEXT,
    note TEXT,
    opened_on DATE NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_household_reference ON household (reference);

CREATE INDEX ix_household_sort_name ON household (sort_name);

CREATE TABLE household_member (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    civility TEXT,
    last_name TEXT NOT NULL,
    birth_name TEXT,
    first_name TEXT,
    birth_date DATE,
    relation TEXT NOT NULL,
    legal_protection TEXT,
    protected_by TEXT,
    language TEXT,
    interpreter_needed BOOLEAN NOT NULL,
    reading TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_household_member_household_id ON household_member (household_id);

CREATE TABLE import_profile (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    kind TEXT NOT NULL,
    columns TEXT NOT NULL,
    used_on DATE,
    PRIMARY KEY (id)
);

CREATE TABLE import_run (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    duplicates TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at TEXT NOT NULL,
    day DATE NOT NULL,
    landlord TEXT,
    decisions TEXT NOT NULL,
    choices TEXT NOT NULL,
    rows INTEGER NOT NULL,
    done_row INTEGER NOT NULL,
    created INTEGER NOT NULL,
    merged INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    in_error INTEGER NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE joint_review (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    sliding_lease_id TEXT NOT NULL,
    planned_on DATE,
    held_on DATE,
    PRIMARY KEY (id)
);

CREATE INDEX ix_joint_review_household_id ON joint_review (household_id);

CREATE TABLE landlord (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    siret TEXT,
    kind TEXT NOT NULL,
    street TEXT,
    complement TEXT,
    postal_code TEXT,
    city TEXT,
    phone TEXT,
    email TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_landlord_sort_name ON landlord (sort_name);

CREATE TABLE landlord_contact (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    landlord_id TEXT NOT NULL,
    name TEXT NOT NULL,
    job_title TEXT,
    agency TEXT,
    street TEXT,
    complement TEXT,
    postal_code TEXT,
    city TEXT,
    phone TEXT,
    email TEXT,
    active BOOLEAN NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_landlord_contact_landlord_id ON landlord_contact (landlord_id);

CREATE TABLE lease (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    dwelling_id TEXT NOT NULL,
    head_lease_id TEXT,
    kind TEXT NOT NULL,
    creditor TEXT NOT NULL,
    reference TEXT,
    signed_on DATE,
    starts_on DATE,
    ends_on DATE,
    due_day INTEGER,
    rent_cents INTEGER,
    service_charges_cents INTEGER,
    solidarity_reduction_cents INTEGER,
    housing_benefit_cents INTEGER,
    benefit_paid_to TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_lease_dwelling_id ON lease (dwelling_id);

CREATE INDEX ix_lease_household_id ON lease (household_id);

CREATE TABLE local_state (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
);

CREATE TABLE measure_renewal (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    measure_id TEXT NOT NULL,
    decided_on DATE NOT NULL,
    from_date DATE NOT NULL,
    to_date DATE NOT NULL,
    reason TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_measure_renewal_household_id ON measure_renewal (household_id);

CREATE TABLE occupant_duty (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    lease_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    proof_received_on DATE NOT NULL,
    valid_until DATE,
    note TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_occupant_duty_household_id ON occupant_duty (household_id);

CREATE TABLE partner (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    siret TEXT,
    phones TEXT,
    email TEXT,
    website TEXT,
    street TEXT,
    complement TEXT,
    postal_code TEXT,
    city TEXT,
    opening_hours TEXT,
    services TEXT,
    themes TEXT,
    description TEXT,
    source TEXT,
    source_id TEXT,
    updated_on DATE,
    active BOOLEAN NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_partner_sort_name ON partner (sort_name);

CREATE TABLE partner_contact (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    partner_id TEXT NOT NULL,
    name TEXT NOT NULL,
    job_title TEXT,
    phone TEXT,
    email TEXT,
    active BOOLEAN NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_partner_contact_partner_id ON partner_contact (partner_id);

CREATE TABLE promise (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    actor TEXT NOT NULL,
    actor_name TEXT,
    due_on DATE,
    shareable BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    settled_on DATE,
    PRIMARY KEY (id)
);

CREATE INDEX ix_promise_entry_id ON promise (entry_id);

CREATE INDEX ix_promise_household_id ON promise (household_id);

CREATE TABLE promise_review (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    promise_id TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_promise_review_entry_id ON promise_review (entry_id);

CREATE INDEX ix_promise_review_household_id ON promise_review (household_id);

CREATE INDEX ix_promise_review_promise_id ON promise_review (promise_id);

CREATE TABLE rent_entry (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    lease_id TEXT NOT NULL,
    account TEXT NOT NULL,
    month DATE NOT NULL,
    kind TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    received_on DATE,
    corrects_id TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_rent_entry_household_id ON rent_entry (household_id);

CREATE TABLE repayment_plan (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    lease_id TEXT NOT NULL,
    account TEXT NOT NULL,
    signed_on DATE,
    first_month DATE NOT NULL,
    monthly_cents INTEGER NOT NULL,
    instalments INTEGER NOT NULL,
    total_cents INTEGER NOT NULL,
    ended_on DATE,
    PRIMARY KEY (id)
);

CREATE INDEX ix_repayment_plan_household_id ON repayment_plan (household_id);

CREATE TABLE room_condition (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    room TEXT NOT NULL,
    state TEXT NOT NULL,
    observation TEXT,
    shareable BOOLEAN NOT NULL,
    follow_up TEXT,
    follow_up_by TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_room_condition_entry_id ON room_condition (entry_id);

CREATE INDEX ix_room_condition_household_id ON room_condition (household_id);

CREATE TABLE search_entry (
    number INTEGER NOT NULL,
    household_id TEXT NOT NULL,
    table_name TEXT,
    row_id TEXT,
    PRIMARY KEY (number)
);

CREATE INDEX ix_search_entry_household ON search_entry (household_id);

CREATE INDEX ix_search_entry_row ON search_entry (row_id);

CREATE TABLE shareable_fact (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    zone TEXT NOT NULL,
    topic TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_shareable_fact_entry_id ON shareable_fact (entry_id);

CREATE INDEX ix_shareable_fact_household_id ON shareable_fact (household_id);

CREATE TABLE sliding_lease (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    lease_id TEXT NOT NULL,
    agreement_signed_on DATE NOT NULL,
    review_months INTEGER NOT NULL,
    landlord_notified_on DATE,
    PRIMARY KEY (id)
);

CREATE INDEX ix_sliding_lease_household_id ON sliding_lease (household_id);

CREATE TABLE space (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE support_measure (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    kind_code TEXT NOT NULL,
    kind_label TEXT NOT NULL,
    agreement_id TEXT,
    prescriber TEXT,
    lead_worker_id TEXT NOT NULL,
    intensity TEXT NOT NULL,
    visits_per_month INTEGER NOT NULL,
    starts_on DATE NOT NULL,
    planned_end_on DATE,
    ended_on DATE,
    exit_reason_code TEXT,
    exit_reason_label TEXT,
    destination TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_support_measure_household_id ON support_measure (household_id);

CREATE INDEX ix_support_measure_lead_worker_id ON support_measure (lead_worker_id);

CREATE TABLE transmission (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    landlord_id TEXT NOT NULL,
    made_on DATE NOT NULL,
    worker_id TEXT NOT NULL,
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    sha256 TEXT NOT NULL,
    pages INTEGER NOT NULL,
    topics TEXT NOT NULL,
    kept_hits TEXT NOT NULL,
    consent_ids TEXT NOT NULL,
    written_to TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_transmission_household_id ON transmission (household_id);

CREATE INDEX ix_transmission_number ON transmission (number);

CREATE TABLE transmitted_review (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    household_id TEXT NOT NULL,
    transmission_id TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_transmitted_review_household_id ON transmitted_review (household_id);

CREATE INDEX ix_transmitted_review_transmission_id ON transmitted_review (transmission_id);

CREATE TABLE worker (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    job_title TEXT,
    role TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    active BOOLEAN NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE number_series (
    device_id TEXT NOT NULL,
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (device_id, series, year),
    FOREIGN KEY(device_id) REFERENCES device (id)
);
