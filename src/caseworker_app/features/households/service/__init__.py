"""Intentions and reads of the households room, one door for the other rooms.

Functions that take a unit of work are steps of other rooms' intentions.
"""

from caseworker_app.features.households.domain import HouseholdFile
from caseworker_app.features.households.service.addresses import (
    add_address,
    change_address,
    move_house,
    remove_address,
)
from caseworker_app.features.households.service.contacts import (
    add_contact,
    change_contact,
    remove_contact,
)
from caseworker_app.features.households.service.creating import (
    add_checked_households,
    add_household,
    add_households,
    complete_household,
    create_household,
)
from caseworker_app.features.households.service.linking import (
    add_first_address,
    add_former,
    add_separation,
    former_of,
    open_separated,
    separations_of,
    settle_members,
)
from caseworker_app.features.households.service.members import (
    add_member,
    change_member,
    change_reference_person,
    leave_household,
    remove_member,
    return_to_household,
)
from caseworker_app.features.households.service.notes import (
    change_note,
    protect,
    set_protected,
    set_visit_instructions,
)
from caseworker_app.features.households.service.reading import (
    count_households,
    count_members,
    find_by_reference,
    known_addresses,
    known_contacts,
    known_members,
    open_household,
    page_of_households,
    references,
    summaries,
)
from caseworker_app.features.households.service.retention import (
    MemberGoing,
    anonymous_fields,
    rename_for_good,
    rows_of_member,
    set_archived,
    texts_citing,
)

__all__ = [
    "HouseholdFile",
    "MemberGoing",
    "add_address",
    "add_checked_households",
    "add_contact",
    "add_first_address",
    "add_former",
    "add_household",
    "add_households",
    "add_member",
    "add_separation",
    "anonymous_fields",
    "change_address",
    "change_contact",
    "change_member",
    "change_note",
    "change_reference_person",
    "complete_household",
    "count_households",
    "count_members",
    "create_household",
    "find_by_reference",
    "former_of",
    "known_addresses",
    "known_contacts",
    "known_members",
    "leave_household",
    "move_house",
    "open_household",
    "open_separated",
    "page_of_households",
    "protect",
    "references",
    "remove_address",
    "remove_contact",
    "remove_member",
    "rename_for_good",
    "return_to_household",
    "rows_of_member",
    "separations_of",
    "set_archived",
    "set_protected",
    "set_visit_instructions",
    "settle_members",
    "summaries",
    "texts_citing",
]
