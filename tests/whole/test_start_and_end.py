"""It starts, says where to go, and ends cleanly whoever is listening."""

from pathlib import Path

from tests.product import running
from tests.whole.people import Somebody
from tests.whole.test_processes import INES, LIVING_ROOM


def test_it_says_where_to_go_and_ends_cleanly_with_a_stream_open():
    with running() as product:
        stream = Somebody(product, INES).listen(LIVING_ROOM)
        printed = Path(product.log.name).read_text()

    assert f"{product.address}{LIVING_ROOM}" in printed
    assert product.process.returncode == 0
    # A stream that was left open would time out here.
    assert "event: message" not in stream.wait_for_the_end()
