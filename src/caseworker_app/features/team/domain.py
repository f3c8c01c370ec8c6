"""Who works here and what each role may do."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from caseworker_app.kernel.entries import one_line
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry, NotAllowed

MAX_NAME = 200
# A picture made small for letters weighs a tenth of this.
MAX_LOGO = 1_000_000
_PNG = b"\x89PNG\r\n\x1a\n"


class Role(StrEnum):
    """What a worker is in the association."""

    CASEWORKER = "caseworker"  # intervenant·e social·e
    VOLUNTEER = "volunteer"  # bénévole
    SUPERVISOR = "supervisor"  # chef·fe de service
    COORDINATOR = "coordinator"  # coordination: figures
    ADMINISTRATOR = "administrator"  # people and settings


class Right(StrEnum):
    """What a service may ask of a role."""

    READ_FILES = "read_files"  # open households and search them
    WRITE_FILES = "write_files"  # create and change households, measures, goals, budgets
    WRITE_DIARY = "write_diary"  # visits, calls, notes
    IMPORT_LISTS = "import_lists"
    PRINT = "print"  # print and export inside the association
    TRANSMIT = "transmit"  # send documents outside
    MANAGE_OFFICE = "manage_office"  # people, association, lists
    READ_ACCESSES = "read_accesses"  # who read what (« journal des accès »)
    MANAGE_RETENTION = "manage_retention"  # archive, erase and anonymise households, read the archived ones


_EVERYTHING = frozenset(Right)
_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CASEWORKER: _EVERYTHING - {Right.MANAGE_OFFICE, Right.READ_ACCESSES, Right.MANAGE_RETENTION},
    Role.VOLUNTEER: frozenset({Right.READ_FILES, Right.WRITE_DIARY}),
    Role.SUPERVISOR: _EVERYTHING,
    Role.COORDINATOR: frozenset({Right.PRINT}),
    Role.ADMINISTRATOR: frozenset({Right.MANAGE_OFFICE, Right.IMPORT_LISTS}),
}

ROLE_LABELS = {
    Role.CASEWORKER: "Intervenant·e social·e",
    Role.VOLUNTEER: "Bénévole",
    Role.SUPERVISOR: "Chef·fe de service",
    Role.COORDINATOR: "Coordination",
    Role.ADMINISTRATOR: "Administration",
}

# What each right lets somebody do, in the order it is told.
RIGHT_LABELS = {
    Right.READ_FILES: "lire les dossiers",
    Right.WRITE_FILES: "créer et modifier les dossiers",
    Right.WRITE_DIARY: "écrire au journal",
    Right.IMPORT_LISTS: "importer des listes",
    Right.PRINT: "imprimer",
    Right.TRANSMIT: "remettre des documents à l’extérieur",
    Right.MANAGE_OFFICE: "gérer l’association et les personnes",
    Right.READ_ACCESSES: "lire le journal des accès",
    Right.MANAGE_RETENTION: "archiver et effacer des dossiers",
}


def rights_of(role: Role) -> tuple[Right, ...]:
    """Return what a role may do, in the order it is told."""
    return tuple(right for right in RIGHT_LABELS if right in _RIGHTS[role])


@dataclass(frozen=True, slots=True)
class Who:
    """The worker acting: the first argument of every service.

    `refused` hears of each right that was asked for and not held; it stays in this process.
    """

    worker_id: str
    name: str
    role: Role
    refused: Callable[[Right], None] | None = field(default=None, compare=False, repr=False)

    def __reduce__(self) -> tuple[type[Who], tuple[str, str, Role]]:
        """Travel to another process without who hears of refusals."""
        return Who, (self.worker_id, self.name, self.role)

    def may(self, right: Right) -> bool:
        """Say whether the role holds the right: what a screen offers; services decide with `require`."""
        return right in _RIGHTS[self.role]

    def require(self, right: Right) -> None:
        """Raise NotAllowed unless the role holds the right."""
        if not self.may(right):
            if self.refused is not None:
                self.refused(right)
            role = ROLE_LABELS[self.role]
            raise NotAllowed(
                f"Le rôle «\u00a0{role}\u00a0» ne permet pas cette action\u00a0: "
                "demandez à votre chef·fe de service."
            )


@dataclass(frozen=True, slots=True)
class Worker:
    """A person who accompanies households (« travailleur social », « conseillère ESF », « bénévole »)."""

    id: str
    version: str
    name: str
    job_title: str | None
    role: Role
    phone: str | None
    email: str | None
    active: bool

    def as_who(self) -> Who:
        """Return this worker as the one acting."""
        return Who(self.id, self.name, self.role)


@dataclass(frozen=True, slots=True)
class Association:
    """The association that follows the households: what heads its letters."""

    id: str
    version: str
    name: str
    activity: str | None
    street: str | None
    postal_code: str | None
    city: str | None
    phone: str | None
    email: str | None
    logo: str | None

    @property
    def logo_png(self) -> bytes | None:
        """The picture that heads the letters; None when there is none."""
        return base64.b64decode(self.logo) if self.logo else None


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What is asked when a file is founded; the worker's role is that of a supervisor of their own file.

    `logo_png`: the picture as `pdf.logo_picture` makes it.
    """

    association: str
    worker: str
    activity: str | None = None
    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    phone: str | None = None
    email: str | None = None
    job_title: str | None = None
    logo_png: bytes | None = field(default=None, repr=False)


def kept_logo(png: bytes | None) -> str | None:
    """Return a logo as it is kept in a row, None for none. Raises InvalidEntry for one that was not made small."""
    if png is None:
        return None
    if not png.startswith(_PNG) or len(png) > MAX_LOGO:
        raise InvalidEntry("Ce logo ne convient pas\u00a0: choisissez une image PNG ou JPEG.", "logo")
    return base64.b64encode(png).decode("ascii")


@dataclass(frozen=True, slots=True)
class AssociationForm:
    """What may be changed of the association: what heads its letters."""

    name: str
    activity: str | None = None
    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class WorkerForm:
    """What may be changed of a worker."""

    name: str
    role: Role
    job_title: str | None = None
    phone: str | None = None
    email: str | None = None


def check_own_role(role: Role) -> None:
    """Refuse that somebody takes from themselves the right to give it back. Raises InvalidEntry for « role »."""
    if Right.MANAGE_OFFICE not in _RIGHTS[role]:
        raise InvalidEntry(
            "Avec ce rôle, vous ne pourriez plus revenir ici\u00a0: gardez un rôle qui gère les personnes.",
            "role",
        )


class AlreadyFounded(CaseworkerError):
    """The file already belongs to a worker."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Ce fichier a déjà son intervenant·e\u00a0: ouvrez-le, ou choisissez un autre dossier."
        )


def checked_name(text: str, what: str, field: str = "name") -> str:
    """Return a name on one line; `what`: how French calls it, `field`: where the form shows the sentence.

    Raises InvalidEntry when nothing is left, or beyond 200 characters.
    """
    name = one_line(text, MAX_NAME, field)
    if not name:
        raise InvalidEntry(f"Indiquez {what}.", field)
    return name
