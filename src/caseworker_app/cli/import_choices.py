"""What `import` is told of a list beside the file: its kind, and the profile its columns are read by."""

from __future__ import annotations

import argparse
from typing import Any

from caseworker_app.bootstrap.office import Office
from caseworker_app.cli.session import answer, open_for
from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices
from caseworker_app.features.intake.domain.list_kind import KIND_LABELS, ListKind
from caseworker_app.features.intake.domain.profile import Profile
from caseworker_app.features.intake.domain.recognition import understand, with_profile
from caseworker_app.features.intake.service import profiles
from caseworker_app.kernel.clock import today


def choices_for(options: argparse.Namespace, office: Office) -> Choices:
    """Return the choices an import begins with: none unless a kind or a profile is told.

    Raises UnknownProfile, UnreadableFile.
    """
    kind = ListKind(options.kind) if options.kind else None
    if options.profile is None:
        return NO_CHOICES if kind is None else Choices(kind=kind)
    with office.file.reading() as connection:
        profile = profiles.find_profile(connection, office.who, options.profile)
    day = today(office.file.clock)
    return with_profile(understand(options.list, day, (), kind or profile.kind), profile).choices


def list_profiles(options: argparse.Namespace) -> int:
    """Answer the profiles of the file, then those ready."""
    with open_for(options) as office, office.file.reading() as connection:
        found = profiles.list_profiles(connection, office.who)
    answer(options, [_profile_json(profile) for profile in found], "\n".join(map(_profile_text, found)))
    return 0


def _profile_json(profile: Profile) -> dict[str, Any]:
    return {
        "id": profile.id,
        "name": profile.name,
        "kind": str(profile.kind),
        "ready": profile.ready,
        "about": profile.about or None,
    }


def _profile_text(profile: Profile) -> str:
    whose = "prêt" if profile.ready else "de ce fichier"
    return f"{profile.id}\u00a0: {profile.name} ({KIND_LABELS[profile.kind].lower()}, {whose})"
