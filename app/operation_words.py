"""What the program says of a table of operations that cannot be brought in."""

from ledger.money import BadAmountReason
from usecases.operation_table.grid import UnreadableReason
from usecases.operation_table.problems import ProblemCode, RowProblem

__all__ = ["problem_reason", "problem_sentence", "unreadable_sentence"]

_COLUMNS = (
    "key, paid_on, accrued_on, kind, article, article_type, activity, amount, account, to_account, "
    "manager, product, salon, city, deal, counterparty, comment и настроенные измерения"
)
_UNREADABLE = {
    UnreadableReason.EMPTY: "в файле ничего нет.",
    UnreadableReason.TOO_LARGE: "файл слишком велик: до 50 МБ, разделите его.",
    UnreadableReason.TOO_MANY_ROWS: "строк больше 200 000, разделите файл.",
    UnreadableReason.OLD_EXCEL: "это старый Excel (.xls); сохраните таблицу как .xlsx или .csv.",
    UnreadableReason.NOT_A_TABLE: "это не таблица; нужен файл CSV или XLSX.",
    UnreadableReason.DAMAGED_TEXT: "текст не читается; сохраните файл как CSV в UTF-8.",
    UnreadableReason.DAMAGED_QUOTES: "кавычки в CSV не закрыты или стоят не на месте.",
    UnreadableReason.DAMAGED_WORKBOOK: "книга Excel повреждена; сохраните её ещё раз как .xlsx.",
}
_AMOUNTS = {
    BadAmountReason.EMPTY: "суммы нет",
    BadAmountReason.NEGATIVE: "сумма должна быть больше нуля: направление задаёт kind",
    BadAmountReason.ZERO: "сумма должна быть больше нуля",
    BadAmountReason.TOO_LARGE: "сумма слишком велика",
    BadAmountReason.AMBIGUOUS: "сумму можно прочесть двояко, напишите её вида 1500.00",
    BadAmountReason.UNCLEAR: "это не сумма; нужен вид 12 500,50",
}
_REASONS = {
    ProblemCode.UNKNOWN_COLUMN: f"такого столбца нет; есть {_COLUMNS}",
    ProblemCode.COLUMN_TWICE: "столбец {0} встречается дважды",
    ProblemCode.COLUMN_MISSING: "нет нужного столбца {0}",
    ProblemCode.NO_ROWS: "под заголовком нет ни одной строки",
    ProblemCode.EXTRA_CELL: "значение «{0}» стоит вне столбцов с заголовком",
    ProblemCode.FORMULA_WITHOUT_VALUE: (
        "у формулы нет посчитанного значения; откройте файл в Excel и сохраните"
    ),
    ProblemCode.ERROR_VALUE: "в ячейке ошибка формулы",
    ProblemCode.BAD_TEXT: "в тексте есть непечатаемые знаки",
    ProblemCode.TOO_LONG: "текст длиннее {0} знаков",
    ProblemCode.EMPTY: "значение нужно",
    ProblemCode.NOT_EMPTY: "заполняется только у перемещений",
    ProblemCode.BAD_KIND: "«{0}»: бывает income, expense, transfer, refund "
    "(доход, расход, перемещение, возврат)",
    ProblemCode.BAD_DATE: "«{0}» — не день; нужен вид 2026-01-31 или 31.01.2026",
    ProblemCode.NO_DATE: "нужна хотя бы одна дата: оплаты или начисления",
    ProblemCode.BAD_TYPE: (
        "«{0}»: бывает выручка, производственные, коммерческие, управленческие, расходы на услуги "
        "банков, прочие, до чистой прибыли, после чистой прибыли, не учитывать"
    ),
    ProblemCode.BAD_ACTIVITY: "«{0}»: бывает операционная, инвестиционная, финансовая",
    ProblemCode.UNKNOWN_ARTICLE: "статьи «{0}» ещё нет; укажите её article_type и activity",
    ProblemCode.TYPE_DOES_NOT_FIT: "такого типа у статьи вида «{0}» не бывает",
    ProblemCode.WRONG_DIRECTION: "это статья вида «{0}», строке она не подходит",
    ProblemCode.ARTICLE_OFF: "статья «{0}» выключена",
    ProblemCode.NOT_MONEY: "«{0}» — не место денег",
    ProblemCode.SAME_ACCOUNT: "перемещение на тот же счёт",
    ProblemCode.MONTH_CLOSED: "месяц дня {0} закрыт",
    ProblemCode.DIFFERS: "с ключом «{0}» в книгах другое значение этого столбца",
}


def unreadable_sentence(file: str, reason: UnreadableReason) -> str:
    """Why a file is not a table."""
    return f"{file}: {_UNREADABLE[reason]}"


def problem_reason(problem: RowProblem) -> str:
    """Why a cell cannot be used."""
    if problem.code is ProblemCode.BAD_AMOUNT:
        return _AMOUNTS[BadAmountReason(problem.fact)]
    return _REASONS[problem.code].format(problem.fact)


def problem_sentence(problem: RowProblem) -> str:
    """Row, column and reason on one line."""
    column = f", столбец {problem.column}" if problem.column else ""
    return f"Строка {problem.row}{column}: {problem_reason(problem)}."
