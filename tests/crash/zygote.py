"""`python -m tests.crash.zygote LOG`: imports the product once, forks a life for each order.

Orders come as JSON lines on standard input; of each life two lines go out: `{"born": pid}` and
`{"ended": status}`, as `os.waitstatus_to_exitcode` has it (-9: killed). No thread and no event loop
runs here, so that a fork is whole.
"""

import gc
import json
import os
import signal
import sys
import threading

from tests.crash.life import Order, live

LIFE_S_MAX = 120


def main(log: str) -> None:
    """Fork lives until the input ends."""
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    gc.collect()
    gc.freeze()
    _say({"ready": os.getpid()})
    for line in sys.stdin:
        order = Order(**json.loads(line))
        assert threading.active_count() == 1
        pid = os.fork()
        if pid == 0:
            _be_born(order, out)
        _say({"born": pid})
        _, status = os.waitpid(pid, 0)
        _say({"ended": os.waitstatus_to_exitcode(status)})


def _be_born(order: Order, out: int) -> None:
    # Nobody may be left over when the parent dies without a word.
    signal.alarm(LIFE_S_MAX)
    for standard in (1, 2):
        os.dup2(out, standard)
    status = 1
    try:
        live(order)
        status = 0
    finally:
        sys.stderr.flush()
        if status:
            sys.excepthook(*sys.exc_info())
        os._exit(status)


def _say(words: dict[str, int]) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
