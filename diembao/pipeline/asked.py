"""Subscriptions of one province as its people ask for them."""

from __future__ import annotations

from diembao.pipeline.wiring import Installation
from diembao.response.subscribing import Subscribing


def subscribing(house: Installation) -> Subscribing:
    """Checks what is asked for against the profile, the saved searches and the catalogue."""
    countries = {name: outlet.country for name, outlet in house.outlets.items()}
    channels = {name: chosen.kind for name, chosen in house.settings.channels.items()}
    return Subscribing(house.profile, house.vocabulary, countries, channels, house.settings.mail)
