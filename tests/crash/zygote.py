"""`python -m tests.crash.zygote LOG`: imports the product once, forks a life for each order.

Orders come as JSON lines on standard input; of each life two lines go out: `{"born": pid}` and
`{"ended": status}`, a signal as a negative number (-9: killed). No thread and no event loop
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
    dead = 0
    for line in sys.stdin:
        order = Order(**json.loads(line))
        assert threading.active_count() == 1
        if dead:
            os.waitpid(dead, 0)
        pid = os.fork()
        if pid == 0:
            _be_born(order, out)
        _say({"born": pid})
        # It stays unburied until the next order, so that its id is nobody else's meanwhile.
        ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert ended is not None
        exited = ended.si_code == os.CLD_EXITED
        _say({"ended": ended.si_status if exited else -ended.si_status})
        dead = pid


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
