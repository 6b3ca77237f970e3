"""The Russian sentences about what is wrong with a statement, and what would work, in one place."""

from banking.formats.records import Problem, ProblemCode

__all__ = ["problem"]

_DOWNLOAD = "Скачайте выписку в банке ещё раз в формате «1С» (обычно файл kl_to_1c.txt)"

_SHORT, _LONG = 80, 500

_SENTENCES: dict[ProblemCode, str] = {
    ProblemCode.EMPTY_FILE: f"Файл пустой. {_DOWNLOAD}.",
    ProblemCode.TOO_LARGE: (
        "Файл больше {fact} МБ, это не похоже на выписку. Выгрузите её за меньший период."
    ),
    ProblemCode.NOT_A_STATEMENT: (
        f"Это не банковская выписка{{fact}}. {_DOWNLOAD}. Читаются также MT940 (.sta), camt.053 "
        "(.xml), клиент-банк Беларуси, CSV и XLSX банков и ZIP с такими файлами."
    ),
    ProblemCode.ENCODING_DESTROYED: (
        "Русский текст в файле испорчен: его открыли и сохранили в чужой кодировке, прочитать его "
        f"нельзя. {_DOWNLOAD} и пришлите, не открывая в редакторе."
    ),
    ProblemCode.STRUCTURE_DAMAGED: (
        f"Файл повреждён: {{fact}}. Ничего не загружено. {_DOWNLOAD}."
    ),
    ProblemCode.TRUNCATED: (
        f"Файл скачан не до конца: в нём нет {{fact}}. Ничего не загружено. {_DOWNLOAD}."
    ),
    ProblemCode.SEVERAL_FILES: (
        "В одном файле склеено несколько выписок. Пришлите каждую отдельным файлом."
    ),
    ProblemCode.OUTGOING_ORDERS: (
        "Это похоже на платёжные поручения для банка (1c_to_kl), а не на выписку: нет ни остатков "
        "по счёту, ни дат списания и поступления. Нужна выгрузка из банка, файл kl_to_1c.txt."
    ),
    ProblemCode.NO_PROFILE: (
        "Это таблица, но описания её колонок нет, а знак сумм не угадывается. Найдены колонки: "
        "{fact}. Нужно описание (несколько строк TOML), где сказано, какая колонка дата, какая "
        "сумма и как узнать приход и расход, либо выписка в формате «1С» (файл kl_to_1c.txt)."
    ),
    ProblemCode.NOTHING_INSIDE: (
        f"В файле только заголовок: ни остатков, ни документов. {_DOWNLOAD} за нужный период."
    ),
    ProblemCode.XML_ENTITIES: (
        "В файле XML есть раздел DOCTYPE, в выписках его не бывает: так подсовывают вредные файлы. "
        "Ничего не загружено. Скачайте выписку camt.053 в банке ещё раз."
    ),
    ProblemCode.ARCHIVE_DAMAGED: (
        "Архив прочитать нельзя: {fact}. Распакуйте его и пришлите сами выписки."
    ),
    ProblemCode.ARCHIVE_TOO_LARGE: (
        "Архив слишком велик: {fact}. Распакуйте его и пришлите сами выписки."
    ),
    ProblemCode.BAD_LINE: (
        "Строку «{fact}» прочитать нельзя. Операция не загружена, внесите её вручную или скачайте "
        "выписку заново."
    ),
    ProblemCode.BALANCE_MISSING: (
        "По счёту {fact} в файле нет остатка {document}: проверить суммы нельзя, файл испорчен."
    ),
    ProblemCode.COUNT_DIFFERS: "По счёту {fact} банк насчитал операций {document}.",
    ProblemCode.BAD_AMOUNT: (
        "Документ {document}: сумму «{fact}» прочитать нельзя. Документ не загружен, внесите его "
        "вручную или скачайте выписку заново."
    ),
    ProblemCode.BAD_DATE: (
        "Документ {document}: дату «{fact}» прочитать нельзя. Документ не загружен, внесите его "
        "вручную или скачайте выписку заново."
    ),
    ProblemCode.NO_DATE: "Документ {document}: нет даты. Документ не загружен.",
    ProblemCode.DIRECTION_UNKNOWN: (
        "Документ {document}: ни плательщик, ни получатель не ваш счёт, и даты не говорят, пришли "
        "деньги или ушли. Добавьте свой счёт в настройки и загрузите выписку ещё раз."
    ),
    ProblemCode.OTHER_CURRENCY: (
        "Валюта счёта {fact}, а книги ведутся в {document}. Ничего не записано; выгрузите счета "
        "в {document} отдельным файлом."
    ),
    ProblemCode.CURRENCY_UNKNOWN: (
        "Счёт {fact} в валюте, в которой учёт не ведётся: {document} не загружено. Ведите его "
        "отдельно."
    ),
    ProblemCode.BAD_BALANCE: "Остаток или оборот «{fact}» прочитать нельзя, сверить его не с чем.",
    ProblemCode.BAD_SECTION_DATE: "Дату «{fact}» в разделе остатков прочитать нельзя.",
    ProblemCode.SECTION_WITHOUT_ACCOUNT: (
        "В разделе остатков не указан номер счёта, сверить его не с чем."
    ),
    ProblemCode.DOCUMENTS_MISSING: (
        "По счёту {fact} банк показывает обороты, но документов в файле нет. Скачайте выписку "
        "вместе с документами."
    ),
    ProblemCode.BAD_ROW: (
        "Документ {document}: {fact}. Документ не загружен, внесите его вручную или скачайте "
        "выписку заново."
    ),
    ProblemCode.ACCOUNT_UNKNOWN: (
        "В файле нет номера вашего счёта, поэтому в учёт его не взять. Пришлите выписку в формате "
        "«1С» или впишите первой строкой файла «Номер счета» и сам номер."
    ),
    ProblemCode.ACCOUNT_ASSUMED: (
        "В файле нет номера вашего счёта; взят единственный счёт из настроек, {fact}. Проверьте."
    ),
    ProblemCode.FOREIGN_ACCOUNT: (
        "Документ {document}: счёта {fact} нет среди ваших счетов, направление взято по датам. "
        "Проверьте его."
    ),
    ProblemCode.NO_CONTROL: (
        "По счёту {fact} в файле нет остатков или оборотов: загрузить можно, проверить суммы "
        "нельзя."
    ),
    ProblemCode.ZERO_AMOUNT: "Документ {document}: сумма ноль, денег не движет, пропущен.",
    ProblemCode.DAMAGED_TEXT: (
        "Часть букв в тексте испорчена ({fact}). Суммы, даты и счета прочитаны целиком."
    ),
    ProblemCode.LISTED_TWICE: (
        "Документ {document} записан в файле дважды, как выписка и как платёжка; взят один раз."
    ),
    ProblemCode.NOT_BOOKED: "Операция {document} ещё не проведена банком ({fact}), она пропущена.",
    ProblemCode.PAGE_TWICE: "Выписка по счёту {fact} записана в файле дважды, взята один раз.",
    ProblemCode.TEXT_AFTER_END: "После конца файла есть лишний текст, он пропущен.",
    ProblemCode.TEXT_OUTSIDE: "Строка «{fact}» стоит вне разделов, она пропущена.",
}


def problem(line: int, code: ProblemCode, fact: str = "", document: str = "") -> Problem:
    """The problem with its sentence; `fact` and `document` are put into it where it has room."""
    room = _LONG if code is ProblemCode.NO_PROFILE else _SHORT
    text = _SENTENCES[code].format(fact=fact[:room], document=document[:_SHORT])
    return Problem(line, code, text)
