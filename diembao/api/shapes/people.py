"""Who works at the desk."""

from __future__ import annotations

from pydantic import BaseModel

from diembao.api.shapes.common import Next, example
from diembao.core.accounts import Role

_PERSON = {
    "id": "person:7",
    "name": "lan",
    "shown": "Nguyễn Thị Lan",
    "roles": ["officer"],
    "units": [],
    "active": True,
}


class Person(BaseModel):
    """`id` is what stands in cases, `name` what is typed to call them (`@lan`). `active`: they can still come in."""

    model_config = example(**_PERSON)
    id: str
    name: str
    shown: str
    roles: list[Role]
    units: list[str]
    active: bool


class People(BaseModel):
    """By name. Those who worked at the desk once and were erased are not told."""

    model_config = example(people=[_PERSON], next=None)
    people: list[Person]
    next: Next
