"""How the page's server reads a body and says no: JSON in, JSON out, refusals in Russian."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from aiohttp import web

from sandbox.amocrm.people import UnknownThingError
from sandbox.amocrm.values import BadField
from sandbox.bank.book import UnknownAccountError
from sandbox.bank.people import BadOrderError
from sandbox.google_sheets.errors import ApiError
from sandbox.telegram.people import PhoneError

__all__ = ["Json", "RefusedActError", "attachment", "errors", "headers", "read_object"]

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

# No script, style or picture from elsewhere: the page works without a network.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class RefusedActError(Exception):
    """Something the page cannot do now; `words` tell a person what would work."""

    def __init__(self, words: str, status: int = 409) -> None:
        self.words = words
        self.status = status
        super().__init__(words)


async def read_object(request: web.Request) -> Json:
    """The JSON object of a body; refused with 400 when it is none."""
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise RefusedActError("Страница прислала непонятный запрос, обновите её", 400)
    return body


def attachment(name: str, data: bytes) -> web.Response:
    """A file to keep; the name may be Russian (RFC 6266)."""
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return web.Response(
        body=data,
        content_type="application/octet-stream",
        headers={"Content-Disposition": disposition},
    )


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Everything that people cannot do becomes a sentence; writing is for this page alone."""
    if request.method == "POST" and not _is_own(request):
        return _refused("Изменять можно только с самой страницы", 403)
    try:
        return await handler(request)
    except RefusedActError as error:
        return _refused(error.words, error.status)
    except PhoneError:
        return _refused("С этого телефона так сделать нельзя", 409)
    except BadField as error:
        return _refused(f"CRM не приняла значение: {error.problem.detail}", 400)
    except (UnknownThingError, UnknownAccountError):
        return _refused("Этого больше нет, обновите страницу", 404)
    except BadOrderError:
        return _refused("Банк не принял платёж: нужна сумма больше нуля и не больше остатка", 400)
    except ApiError as error:
        return _refused(f"Таблица не приняла изменение: {error.message}", 400)
    except (ArithmeticError, KeyError, TypeError, ValueError):
        return _refused("Не получилось прочитать значение, проверьте числа и даты", 400)


async def headers(_request: web.Request, response: web.StreamResponse) -> None:
    """What every answer carries: nothing from outside, nothing kept."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers.setdefault("Cache-Control", "no-cache")


def _is_own(request: web.Request) -> bool:
    # A foreign page in the same browser can post here too; its origin gives it away.
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host


def _refused(words: str, status: int) -> web.Response:
    return web.json_response({"error": words}, status=status)
