"""Settings of collecting (part of `settings`)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

_STRICT = ConfigDict(frozen=True, extra="forbid")


class CrawlSettings(BaseModel):
    """Collecting. Seconds, bytes and days."""

    model_config = _STRICT
    contact: str = ""  # a page or an address that outlets can write to; part of the user agent
    catalogue: str = ""  # a YAML file of outlets; empty: the catalogue that comes with the program
    outlets: tuple[str, ...] = ()  # ids to crawl; empty: all of the catalogue
    interval: float = Field(900, ge=5)  # seconds between two runs of `diembao up`, and the shortest rhythm of a source
    max_interval: float | None = Field(None, ge=5)  # seconds; the longest rhythm; none: four times ``interval``
    processes: int = Field(1, ge=1, le=16)  # that collect at the same time; a host is read by one of them at a time
    daily_requests: int = Field(5_000, ge=1)  # to one host:port in a day (UTC); the rest waits for the next
    proxy: str = Field("", pattern=r"^(http://[^\s/?#]+/?)?$")  # http://user:password@host:port; empty: none
    delay: float = Field(1.0, ge=0)  # seconds between two requests to one host:port
    timeout: float = Field(30, gt=0)  # seconds for one request
    run_time: float = Field(3600, gt=0)  # seconds for one run; what is left stays pending
    max_feed_bytes: int = Field(10_000_000, gt=0)
    max_page_bytes: int = Field(5_000_000, gt=0)
    max_entries: int = Field(10_000, gt=0)  # of one feed; the rest is refused by name
    max_age_days: float = Field(60, gt=0, le=100_000)  # an entry older than this is refused: too-old
    max_redirects: int = Field(5, ge=0)
    allow_private: tuple[str, ...] = ()  # exact host:port of inside addresses that may be read

    @property
    def longest_interval(self) -> float:
        """Seconds; a source is asked at least so often, however little it brings."""
        return max(self.interval, 4 * self.interval if self.max_interval is None else self.max_interval)


class DiscoverySettings(BaseModel):
    """Where outlets outside the catalogue are looked for. An empty address switches it off."""

    model_config = _STRICT
    gdelt: str = Field("https://api.gdeltproject.org/api/v2/doc/doc", pattern=r"^(https?://[^\s?#]+)?$")
    google: str = Field("https://news.google.com/rss/search", pattern=r"^(https?://[^\s?#]+)?$")
    bing: str = Field("https://www.bing.com/news/search", pattern=r"^(https?://[^\s?#]+)?$")
    days: int = Field(1, ge=1, le=30)  # back from now
    interval: float = Field(21_600, ge=0)  # seconds between two looks of the loop; 0: it never looks by itself
    daily_questions: int = Field(120, ge=1)  # that the loop may ask in a day (UTC), over all three
