"""The log: one line an event to standard error, instants in UTC, secrets masked."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

__all__ = ["configure_logs", "masked"]

_SECRETS = re.compile(r"\d{6,}:[\w-]{30,}|Bearer\s+\S+|/hooks/crm/[^\s/]+|start=[hi]_[\w-]+")


def configure_logs(level: int = logging.INFO) -> None:
    """Set the log up, for events of `level` and above; standard output is never written to."""
    # A tick that finds the last one still at work is nothing to report.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _mask,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=_to_stderr,
    )


def masked(text: str) -> str:
    """A text without bot tokens, bearer tokens, hook secrets and link tokens."""
    return _SECRETS.sub("***", text)


def _to_stderr(*_: Any) -> structlog.PrintLogger:
    # Asked for at every event: a stream that was standard error once may be closed by now.
    return structlog.PrintLogger(sys.stderr)


def _mask(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {
        key: masked(value) if isinstance(value, str) else value for key, value in event.items()
    }
