"""What Temporal keeps can be read with the right key, and by nobody else."""

import base64

import pytest
from temporalio.api.common.v1 import Payload

from services.kit.running.codec import BadKeys, SealedPayloads, parse_keys

OLD, NEW = base64.b64encode(b"o" * 32).decode(), base64.b64encode(b"n" * 32).decode()
SECRET = Payload(metadata={"encoding": b"json/plain"}, data='"高要区某加油站"'.encode())


def codec(keys: str) -> SealedPayloads:
    return SealedPayloads(parse_keys(keys))


async def test_a_payload_comes_back_as_it_went_and_is_sealed_between() -> None:
    [sealed] = await codec(f"new:{NEW}").encode([SECRET])

    assert SECRET.data not in sealed.SerializeToString()
    assert sealed.metadata["encryption-key-id"] == b"new"
    assert await codec(f"new:{NEW}").decode([sealed]) == [SECRET]


async def test_what_is_long_takes_a_fraction_of_its_length() -> None:
    long = Payload(metadata={"encoding": b"json/plain"}, data=SECRET.data * 300)

    [sealed] = await codec(f"new:{NEW}").encode([long])

    assert len(sealed.data) < len(long.data) / 10
    assert await codec(f"new:{NEW}").decode([sealed]) == [long]


async def test_after_a_change_of_keys_what_was_sealed_before_is_still_read() -> None:
    before = await codec(f"old:{OLD}").encode([SECRET])
    both = codec(f"new:{NEW},old:{OLD}")

    assert await both.decode(before) == [SECRET]
    assert (await both.encode([SECRET]))[0].metadata["encryption-key-id"] == b"new"


async def test_the_same_payload_is_sealed_differently_each_time() -> None:
    first, second = await codec(f"new:{NEW}").encode([SECRET, SECRET])

    assert first.data != second.data


async def test_without_its_key_or_with_another_a_payload_is_not_read() -> None:
    sealed = await codec(f"old:{OLD}").encode([SECRET])

    with pytest.raises(BadKeys, match="no key"):
        await codec(f"new:{NEW}").decode(sealed)
    with pytest.raises(BadKeys, match="not sealed"):
        await codec(f"old:{NEW}").decode(sealed)


async def test_a_key_id_cannot_be_exchanged_for_another() -> None:
    [sealed] = await codec(f"old:{OLD}").encode([SECRET])
    sealed.metadata["encryption-key-id"] = b"new"

    with pytest.raises(BadKeys, match="not sealed"):
        await codec(f"new:{OLD},old:{OLD}").decode([sealed])


async def test_what_was_never_sealed_is_read_as_it_is() -> None:
    assert await codec(f"new:{NEW}").decode([SECRET]) == [SECRET]


@pytest.mark.parametrize(
    "spelled", ["", "new", "new:", f":{NEW}", "new:c2hvcnQ=", "new:???", f"a:{NEW},a:{OLD}"]
)
def test_keys_that_are_no_keys_are_refused(spelled: str) -> None:
    with pytest.raises(BadKeys):
        parse_keys(spelled)


def test_a_key_that_stands_without_its_id_is_not_repeated() -> None:
    key = base64.b64encode(b"k" * 32).decode()

    with pytest.raises(BadKeys) as refused:
        parse_keys(key)

    assert key not in str(refused.value)
