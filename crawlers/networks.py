"""Social networks: accounts of private persons live there beside those of outlets, so they are not read at all."""

from __future__ import annotations

_NETWORKS = (
    *("facebook.com", "fb.com", "fb.watch", "instagram.com", "threads.net", "threads.com", "messenger.com"),
    *(
        "twitter.com",
        "x.com",
        "t.co",
        "tiktok.com",
        "zalo.me",
        "zaloapp.com",
        "linkedin.com",
        "reddit.com",
        "weibo.com",
    ),
    *("vk.com", "ok.ru", "t.me", "telegram.me", "telegram.org", "bsky.app", "mastodon.social", "pinterest.com"),
)
NOT_READ = (
    "social networks and private accounts are not read: only published coverage of outlets is, and an outlet's own "
    "YouTube channel by its id ('channels')"
)


def is_network(host: str) -> bool:
    """Also of its subdomains."""
    name = host.lower().rstrip(".")
    return any(name == network or name.endswith(f".{network}") for network in _NETWORKS)


def is_film(host: str) -> bool:
    """Where the feed's words are all there is to read: the page is a player."""
    return host.removeprefix("www.") in ("youtube.com", "youtu.be")
