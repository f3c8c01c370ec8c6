"""What the vault refuses, each with the sentence that says what to do; none tells why a secret is wrong."""

from __future__ import annotations

from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry


class VaultMissing(CaseworkerError):
    """There is no vault in this folder."""

    def __init__(self) -> None:
        super().__init__(
            "Il n’y a pas de coffre dans ce dossier\u00a0: vérifiez le dossier choisi, ou créez votre coffre."
        )


class VaultAlreadyExists(CaseworkerError):
    """A vault, or what is left of one, lies where a new one was to be made."""

    def __init__(self) -> None:
        super().__init__(
            "Un coffre existe déjà dans ce dossier\u00a0: ouvrez-le, ou choisissez un autre dossier pour le "
            "nouveau."
        )


class DamagedHeader(CaseworkerError):
    """Neither copy of the header can be believed."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(
            sentence
            or "L’en-tête du coffre et sa copie sont abîmés ou absents\u00a0: remettez les fichiers "
            "«\u00a0passerelle.cle\u00a0» et «\u00a0passerelle.cle.copie\u00a0» de la dernière sauvegarde. "
            "N’effacez pas «\u00a0passerelle.db\u00a0»."
        )


class AlteredHeader(DamagedHeader):
    """The header opened, but something other than this program has changed, added or removed a part of it."""

    def __init__(self) -> None:
        super().__init__(
            "L’en-tête du coffre a été modifié en dehors de Passerelle, rien n’a été ouvert\u00a0: prévenez "
            "la personne qui administre ce PC, puis restaurez la dernière sauvegarde."
        )


class NewerFormat(CaseworkerError):
    """The header was written by a later version of the program."""

    def __init__(self) -> None:
        super().__init__(
            "Ce coffre a été enregistré par une version plus récente de Passerelle\u00a0: "
            "installez cette version pour l’ouvrir."
        )


class HeaderUnreadable(CaseworkerError):
    """The system refuses to read the header (rights, a disk that has gone)."""

    def __init__(self) -> None:
        super().__init__(
            "L’en-tête du coffre ne peut pas être lu\u00a0: vérifiez que le disque est branché "
            "et que vous avez le droit de lire ce dossier, puis recommencez."
        )


class HeaderNotWritten(CaseworkerError):
    """The system refused the new header; the one that was there is still good."""

    def __init__(self) -> None:
        super().__init__(
            "L’en-tête du coffre n’a pas pu être enregistré, rien n’a changé\u00a0: libérez de la place sur "
            "le disque ou vérifiez que vous avez le droit d’écrire dans ce dossier, puis recommencez."
        )


class CopyNotWritten(CaseworkerError):
    """The new header is in force, but its second copy is still the former one."""

    def __init__(self) -> None:
        super().__init__(
            "Le changement est fait, mais la copie de l’en-tête du coffre n’a pas pu être enregistrée\u00a0: "
            "libérez de la place sur le disque, puis rouvrez Passerelle, qui la refera."
        )


class WrongSecret(CaseworkerError):
    """What was given opens no slot of this vault."""


class WrongPassphrase(WrongSecret):
    """The passphrase opens nothing; no hint is given about it."""

    def __init__(self) -> None:
        super().__init__(
            "Cette phrase secrète n’ouvre pas le coffre\u00a0: recommencez, ou utilisez votre clé de secours."
        )


class WrongRecoveryKey(WrongSecret):
    """A well-formed recovery key that does not belong to this vault, or belongs to it no longer."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(
            sentence
            or "Cette clé de secours n’ouvre pas ce coffre\u00a0: vérifiez que c’est la dernière imprimée "
            "pour lui, ou utilisez votre phrase secrète."
        )


class MistypedRecoveryKey(WrongRecoveryKey):
    """The text is no recovery key; `group` (from 1) is the one to read again, 0 for the whole."""

    def __init__(self, sentence: str, group: int = 0) -> None:
        super().__init__(sentence)
        self.group = group


class WrongPin(WrongSecret):
    """The PIN (« code court ») opens nothing; `tries_left` before it is put out of use."""

    def __init__(self, tries_left: int = 0) -> None:
        if tries_left > 1:
            sentence = f"Ce code n’ouvre pas le coffre\u00a0: il reste {tries_left}\u00a0essais."
        elif tries_left:
            sentence = "Ce code n’ouvre pas le coffre\u00a0: il reste un essai."
        else:
            sentence = "Ce code ne sert plus, après trop d’essais\u00a0: ouvrez avec votre phrase secrète."
        super().__init__(sentence)
        self.tries_left = tries_left


class PinNotThere(CaseworkerError):
    """The PIN cannot be used now: no such slot, or a key store that is absent, locked or emptied."""

    def __init__(self) -> None:
        super().__init__(
            "Le code court n’est pas disponible sur cette session\u00a0: ouvrez avec votre phrase secrète."
        )


class KeystoreNotThere(CaseworkerError):
    """The system has no key store that keeps what it is given."""

    def __init__(self) -> None:
        super().__init__(
            "Le trousseau de ce PC est absent ou fermé\u00a0: déverrouillez-le dans votre session, ou continuez "
            "avec la phrase secrète seule."
        )


class PinRefused(InvalidEntry):
    """A new PIN that a rule refuses."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="pin")


class PassphraseRefused(InvalidEntry):
    """A new passphrase that a rule refuses."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="passphrase")


class SamePassphrase(InvalidEntry):
    """The data key is changed after a theft: the passphrase of before must not open what comes next."""

    def __init__(self) -> None:
        super().__init__(
            "Après un vol, la phrase d’avant ne protège plus rien\u00a0: choisissez-en une autre.",
            "passphrase",
        )


class ChangedMeanwhile(CaseworkerError):
    """The header was written by something else between two steps of one change."""

    def __init__(self) -> None:
        super().__init__("L’en-tête du coffre a changé entre-temps, rien n’a été fait\u00a0: recommencez.")


class NotEnoughMemory(CaseworkerError):
    """The system has not the memory that deriving the key takes."""

    def __init__(self) -> None:
        super().__init__(
            "Il n’y a pas assez de mémoire libre pour ouvrir le coffre\u00a0: fermez d’autres programmes, "
            "puis recommencez."
        )


class SlotMissing(CaseworkerError):
    """No slot of the header has this identifier."""

    def __init__(self) -> None:
        super().__init__("Cette façon d’ouvrir le coffre n’existe plus\u00a0: relisez la liste.")


class SlotNeeded(CaseworkerError):
    """The last passphrase or the last recovery key may be replaced, never removed."""

    def __init__(self) -> None:
        super().__init__(
            "Le coffre garde toujours une phrase secrète et une clé de secours\u00a0: "
            "remplacez celle-ci au lieu de la retirer."
        )


class SlotsFull(CaseworkerError):
    """The header holds as many slots as it may."""

    def __init__(self) -> None:
        super().__init__(
            "Il n’y a plus de place pour une autre façon d’ouvrir le coffre : retirez-en une d’abord."
        )


class VaultLocked(CaseworkerError):
    """The data key was wiped from memory."""

    def __init__(self) -> None:
        super().__init__("Le coffre est verrouillé\u00a0: ouvrez-le de nouveau pour continuer.")


class AlreadyOpen(CaseworkerError):
    """Another process holds this data folder."""

    def __init__(self) -> None:
        super().__init__(
            "Ce coffre est déjà ouvert sur ce PC\u00a0: revenez à la fenêtre de Passerelle qui l’utilise, "
            "ou fermez-la avant de recommencer."
        )


class HeldByAnotherPc(CaseworkerError):
    """Another PC has this data folder open, or was stopped before it let it go; `host` is its name."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"Ce fichier est ouvert sur le PC «\u00a0{host}\u00a0», ou ne s’y est pas bien fermé\u00a0: "
            "fermez-y Passerelle. Pour passer d’un PC à l’autre, restaurez une sauvegarde."
        )
        self.host = host


class FolderNotHeld(CaseworkerError):
    """The data folder could not be locked (rights, full disk, a file system without locks)."""

    def __init__(self) -> None:
        super().__init__(
            "Ce dossier ne peut pas être réservé à Passerelle\u00a0: vérifiez que vous avez le droit d’y "
            "écrire et qu’il reste de la place, ou choisissez un dossier du disque de ce PC."
        )


class OnNetworkShare(CaseworkerError):
    """The data folder lies on a network share, where an encrypted database can be torn."""

    def __init__(self) -> None:
        super().__init__(
            "Ce dossier est sur un partage réseau, où le coffre pourrait s’abîmer\u00a0: gardez-le sur le "
            "disque de ce PC. Pour travailler à plusieurs, utilisez la synchronisation de Passerelle."
        )
