"""What a parcel is known by, on whatever way it leaves."""

from __future__ import annotations

import hashlib

from diembao.core.alert import Parcel


def key_of(parcel: Parcel) -> str:
    """The same for each try of this outbox row, and for no other row, also where another installation counts its rows
    from 1: of the Message-ID of a mail, of the idempotency key of a webhook.
    """
    if parcel.message is not None:
        its = parcel.message
        told = (its.province, its.key, its.at.isoformat(), parcel.to.channel, parcel.to.address)
        return f"desk-{parcel.id}.{digest('|'.join(told))}"
    first = parcel.alerts[0]
    kind = "trial" if parcel.trial else "storm" if len(parcel.alerts) > 1 else "alert"
    row = (parcel.subscription, first.article_id, first.at.isoformat(), parcel.to.channel, parcel.to.address)
    return f"{kind}-{parcel.id}.{digest('|'.join(row))}"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
