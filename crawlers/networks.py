"""Where accounts of private persons live beside those of outlets: not read at all, nor by detours.

Social networks, hosts of everybody's blogs and films, services that make feeds of accounts (bridges), account pages
(`/@name`) on any host. A bridge or a network on a host of its own, with addresses like anybody's, is not known from its
address: a person decides before an outlet is in the catalogue.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_NAMES = (
    # Facebook, Instagram, X, TikTok, and their short addresses
    "facebook.com fb.com fb.me fb.watch fb.gg m.me facebookcorewwwi.onion instagram.com instagr.am ig.me threads.net"
    " threads.com messenger.com whatsapp.com wa.me twitter.com x.com t.co twimg.com tiktok.com douyin.com zalo.me"
    " zaloapp.com linkedin.com lnkd.in reddit.com redd.it snapchat.com pinterest.com pin.it quora.com viber.com"
    " discord.com discord.gg line.me vk.com vk.ru ok.ru t.me telegram.me telegram.org telegram.dog telegra.ph"
    " weibo.com weibo.cn t.cn weixin.qq.com xiaohongshu.com kuaishou.com zhihu.com douban.com bsky.app bsky.social"
    " gapo.vn lotus.vn truthsocial.com gab.com"
    # networks of many servers: the large ones by name, all of them by `/@name`
    " mastodon.social mastodon.online mstdn.social mstdn.jp mas.to fosstodon.org pixelfed.social"
    # blogs and films of everybody
    " medium.com substack.com tumblr.com blogger.com blogspot.com wordpress.com livejournal.com spiderum.com"
    " vimeo.com dailymotion.com twitch.tv bilibili.com"
    # services that make feeds of accounts
    " rsshub.app rss.app fetchrss.com politepol.com nitter.net xcancel.com twstalker.com rss-bridge.org"
    " feed43.com openrss.org"
)
_NETWORKS = frozenset(_NAMES.split())
_FILMS = frozenset(("youtube.com", "youtu.be", "youtube-nocookie.com", "yt.be"))
# Programs anybody can run, as their hosts are called: nitter.example.org
_PROGRAMS = frozenset(
    (
        *("nitter", "rsshub", "rssbridge", "rss-bridge", "invidious", "piped", "libreddit", "redlib", "teddit"),
        *("bibliogram", "proxitok", "mastodon"),
    )
)
_ACCOUNT = re.compile(r"/@[^/]|/users?/[^/]+\.(?:rss|atom)$", re.IGNORECASE)  # `/@name`, `/users/name.rss`
_BRIDGE = re.compile(r"(?:^|&)bridge=[a-z]+", re.IGNORECASE)  # RSS-Bridge, on any host
_ROUTE = re.compile(
    r"^/(?:facebook|twitter|instagram|telegram|tiktok|weibo|threads|youtube)/(?:user|page|channel|group)/"
)
_INNER = re.compile(r"https?:/{1,2}([^/?#&\s]+)", re.IGNORECASE)  # an address inside of the address
NOT_READ = (
    "social networks and private accounts are not read, nor services that make feeds of them: only published coverage "
    "of outlets is, and an outlet's own YouTube channel by its id ('channels')"
)


def is_private(url: str) -> bool:
    """On a social network, a host of everybody's, an account's page, or a way round to one; not films."""
    parts = urlsplit(url)
    path, query = unquote(parts.path), unquote(parts.query)
    inner = _INNER.findall(f"{path}?{query}")
    return (
        any(map(is_network, (parts.hostname or "", *inner)))
        or any(map(is_film, inner))
        or bool(_ACCOUNT.search(path) or _ROUTE.match(path) or _BRIDGE.search(query))
    )


def is_not_read(url: str) -> bool:
    """As home, source or example of an outlet, or as what somebody asks for: private, or a film or a channel that is
    not given by its id in `channels`.
    """
    return is_private(url) or is_film(urlsplit(url).hostname or "")


def is_network(host: str) -> bool:
    """Also of its subdomains."""
    return _within(host, _NETWORKS) or not _PROGRAMS.isdisjoint(host.lower().split("."))


def is_film(host: str) -> bool:
    """Where the feed's words are all there is to read: the page is a player."""
    return _within(host, _FILMS)


def _within(host: str, names: frozenset[str]) -> bool:
    labels = host.lower().rstrip(".").split(".")
    return any(".".join(labels[start:]) in names for start in range(len(labels)))
