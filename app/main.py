"""The command line: finds a command, imports it alone, runs it, turns every refusal into words.

A command is a module of app/commands/ with a function `command` in Typer's manner; the function
returns its exit status (None is 0) or raises `Refused`. To add one, add its row to COMMANDS. What
a command needs it imports itself: the reports start without the bot's libraries.
"""

import importlib
import logging
import os
import sys
from collections.abc import Sequence

import typer

from app.logs import configure_logs
from app.output import complain
from app.refusals import Refused, Status

__all__ = ["COMMANDS", "main"]

# Name as typed -> what it does; the module is app.commands.<name with _ for ->.
COMMANDS = {
    "demo": "показать всё на вымышленной компании; с --check — сыграть и сверить",
    "sandbox": "одни заменители Telegram, Google Sheets, amoCRM и банка",
    "run": "запустить бота",
    "doctor": "проверить все подключения и права и сказать, как исправить",
    "statement": "прочитать банковские выписки и показать, что в них",
    "match": "сопоставить выписку с ожидаемыми платежами, без базы",
    "import-statement": "внести выписки в книги",
    "import-operations": "внести таблицу операций (CSV или XLSX) целиком или ничего",
    "report": "отчёты: pnl, cash-flow, accountable, receivables, unconfirmed, unexplained",
    "export": "книга Excel с формулами или журнал hledger",
    "audit": "сходятся ли пять книг: журнал, таблица, CRM, банк, сказанное людям",
    "rebuild-sheet": "записать таблицу Google заново из книг",
    "backup": "проверенная копия книг в папку",
    "restore": "вернуть книги из копии",
    "close-period": "закрыть месяц и все до него",
    "reopen-period": "на время открыть закрытый месяц",
}
_HELP = {"--help", "-h", "help"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status. `arguments` default to those of the process."""
    _speak_utf8()
    configure_logs(logging.WARNING)
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = _run(given)
        sys.stdout.flush()
    except Refused as refused:
        for sentence in refused.sentences:
            complain(sentence)
        return int(refused.status)
    except typer.TyperException as error:
        complain(f"{_usage_sentence(error)} Подсказка: bot.py {given[0]} --help")
        return int(Status.UNUSABLE)
    except BrokenPipeError:
        # The reader of our output has gone (`bot.py report … | head`); nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Status.ANSWER_IS_NO)
    return status


def _run(given: Sequence[str]) -> int:
    if not __debug__:
        raise Refused("Проверки книг выключены (python -O): запустите без -O.")
    if not given or given[0] in _HELP:
        _list_commands()
        return int(Status.DONE if given else Status.UNUSABLE)
    name, rest = given[0], given[1:]
    if name not in COMMANDS:
        raise Refused(f"Нет команды «{name}»; есть: {', '.join(COMMANDS)}.")
    module = importlib.import_module(f"app.commands.{name.replace('-', '_')}")
    runner = typer.Typer(
        add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
    )
    runner.command(name, help=COMMANDS[name])(module.command)
    status = runner(args=rest, prog_name=f"bot.py {name}", standalone_mode=False)
    return int(status or Status.DONE)


def _list_commands() -> None:
    print("Копейка. Команды: python bot.py КОМАНДА …, подробно — с --help.\n")
    width = max(map(len, COMMANDS))
    for name, does in COMMANDS.items():
        print(f"  {name:<{width}}  {does}")


def _usage_sentence(error: typer.TyperException) -> str:
    option = getattr(error, "option_name", "")
    parameter = getattr(error, "param", None)
    shown_name = getattr(parameter, "display_name_raw", None) or getattr(parameter, "name", "")
    match type(error).__name__:
        case "NoSuchOption":
            return f"Параметра {option} у этой команды нет."
        case "BadOptionUsage":
            return f"Параметр {option} задан неверно: ему нужно ровно одно значение."
        case "MissingParameter":
            return f"В команде не хватает {shown_name}."
        case "BadParameter":
            return f"Значение {shown_name} не подходит."
        case _:
            return "Команда набрана неверно."


def _speak_utf8() -> None:
    """UTF-8 whatever the locale; a file name that is not text is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
