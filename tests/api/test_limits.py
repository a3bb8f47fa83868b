from __future__ import annotations

import pytest

from diembao.api import limits
from diembao.api.limits import OF_ADDRESS, Limits, network
from tests.api.doors import Clock


def test_a_minutes_worth_comes_at_once_and_then_in_time() -> None:
    clock = Clock()
    asked = Limits(60, clock.count)
    assert [asked.of_asker("key:1") for _ in range(60)] == [0.0] * 60
    assert asked.of_asker("key:1") == pytest.approx(1.0)
    assert asked.of_asker("key:2") == 0
    clock.wait(seconds=1)
    assert asked.of_asker("key:1") == 0
    assert asked.of_asker("key:1") == pytest.approx(1.0)


def test_an_address_has_room_for_several_keys() -> None:
    asked = Limits(10, Clock().count)
    assert sum(not asked.of_address("192.0.2.1") for _ in range(100)) == 10 * OF_ADDRESS


def test_memory_is_bounded_and_whoever_asks_most_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "KEPT", 100)
    asked = Limits(1, Clock().count)
    asked.of_asker("busy")
    for n in range(1000):
        assert asked.of_asker("busy") > 0
        asked.of_asker(f"key:{n}")
    assert len(asked._buckets) == 100


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::2"),
        ("not an address", ""),
    ],
)
def test_addresses_of_one_line_count_as_one(address: str, same: str) -> None:
    assert network(address) == network(same)
