"""The folder: a Maildir in the home, which any mail reader opens. Where nobody gave an address, alerts go here."""

from __future__ import annotations

import mailbox
from pathlib import Path

from diembao.core.alert import Parcel
from diembao.core.errors import Misconfigured
from diembao.response.mail import Letters


class MaildirNotifier:
    """One file for each message."""

    def __init__(self, path: Path, letters: Letters) -> None:
        self._path = path
        self._letters = letters

    def deliver(self, parcel: Parcel) -> str:
        try:
            mailbox.Maildir(self._path, create=True).add(self._letters.letter(parcel))
        except OSError as error:
            msg = (
                f"không ghi được thư mục cảnh báo {self._path}: {error}"
                f" (the alert folder {self._path} cannot be written: {error})"
            )
            raise Misconfigured(msg) from error
        return self._path.name  # a receipt is shown: where the home lies is nobody's business

    def close(self) -> None:
        """Nothing stays open."""
