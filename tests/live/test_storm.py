"""Nothing lost, nothing doubled, nothing out of order: while everybody writes, and listeners come and go."""

import os
import random
import threading
from functools import partial

import pytest

from meetup.live.frames import Cursor
from meetup.live.reading import MOST_REPLAYED
from meetup.live.sources import Topic
from tests.live.ears import LIMIT, eventually

TOPIC = Topic("notebook", 7)


def follow(listen, dice, heard, until):
    """Hear everything up to a seq, hanging up and coming back by the last id all the while."""
    ears = listen(Cursor("g1", 0))
    while not heard or heard[-1] < until:
        event = ears.next(limit=3 * LIMIT)
        assert event.name in ("message", "beat"), event
        if event.name == "message":
            heard.append(int(event.data))
        if dice.random() < 0.03:
            ears.close()
            ears = listen(Cursor("g1", heard[-1] if heard else 0))


@pytest.mark.soak
def test_every_listener_hears_everything_once_and_in_order(notebook, hub, join):
    messages, listeners = (20_000, 20) if os.environ.get("MEETUP_SOAK") else (2_000, 8)
    seed = int(os.environ.get("MEETUP_SEED", random.randrange(10**6)))
    print(f"MEETUP_SEED={seed}")  # pytest shows it when the test fails
    notebook.may_hear = {"": set(range(listeners))}
    heard = [[] for _ in range(listeners)]
    threads = [
        threading.Thread(target=follow, args=(partial(join, n), random.Random(seed + n), heard[n], messages))
        for n in range(listeners)
    ]
    for thread in threads:
        thread.start()

    for number in range(1, messages + 1):
        notebook.write(str(number))
        hub.wake(TOPIC)
        # Further behind, and they would be reset.
        eventually(lambda number=number: all(number - len(words) < MOST_REPLAYED for words in heard), 3 * LIMIT)
    for thread in threads:
        thread.join(3 * LIMIT)

    assert [words == list(range(1, messages + 1)) for words in heard] == [True] * listeners
