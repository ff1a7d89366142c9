"""Several record stores on one server: each is reached by its own name, and none knows of the others."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator

import pytest

from lms.client import VERSION, Client, ask
from lms.examples import OTHER, PLAIN
from scormpack.lms import RecordStore, Stores, answer, delay

STATEMENT = {**PLAIN, "id": OTHER}
LOST = (http.client.RemoteDisconnected, ConnectionError)


@pytest.fixture
def stores() -> Iterator[Stores]:
    with Stores() as stores:
        yield stores


def test_each_keeps_its_own(stores: Stores) -> None:
    first, second = RecordStore(among=(stores, "first")), RecordStore(among=(stores, "second"))
    assert Client(first).put(STATEMENT).status == 204
    assert [len(store.statements()) for store in (first, second)] == [1, 0]
    assert [len(store.log) for store in (first, second)] == [1, 0]
    assert first.address == f"{stores.server.address}/first"


def test_each_has_its_own_key_and_its_own_trouble(stores: Stores) -> None:
    first, second = RecordStore(among=(stores, "first")), RecordStore(among=(stores, "second"))
    assert Client(first, second.auth).put(STATEMENT).status == 401
    second.faults.append(answer(503))
    assert Client(first).put(STATEMENT).status == 204


def test_more_is_where_the_store_is(stores: Stores) -> None:
    store = RecordStore(among=(stores, "first"))
    client = Client(store)
    for number in range(3):
        client.put({**PLAIN, "id": f"{OTHER[:-1]}{number}"})
    more = client.ask("GET", "statements", {"limit": "2"}).json["more"]
    assert more.startswith("/first/xapi/more/")


def put_in_vain(client: Client) -> None:
    with pytest.raises(LOST):
        client.put(STATEMENT)


def test_what_waits_goes_on_when_the_server_ends() -> None:
    with Stores() as stores:
        store = RecordStore(among=(stores, "first"))
        trouble = delay(600)
        store.faults.append(trouble)
        asking = threading.Thread(target=put_in_vain, args=[Client(store)])
        asking.start()
        store.wait_for(lambda: trouble.seen)
    asking.join(timeout=10)
    assert not asking.is_alive()


def test_a_store_that_nobody_holds_is_gone(stores: Stores) -> None:
    address = RecordStore(among=(stores, "first")).address
    assert ask(f"{address}/xapi/about", headers=VERSION).status == 404
