import-card =
    Выписка <b>{ $name }</b>
    Новых строк: { $lines }, ждут разбора: { $waiting }
key-explain = Разобрать
line-card = <b>{ $sign }{ $amount }</b> · { $day } · № { $number }
line-counterparty = { $name }{ $inn }
line-inn = , ИНН { $inn }
line-purpose = «{ $purpose }»
line-looks-like = Похоже на:
line-fee = удержана комиссия { $fee }
line-reason = · { $reason }
key-line-first =
    { $count ->
        [1] ✓ { $who }, { $amount }
        [few] ✓ { $count } платежа, { $amount }
       *[other] ✓ { $count } платежей, { $amount }
    }
key-line-other =
    { $count ->
        [1] { $who }, { $amount }
        [few] { $count } платежа, { $amount }
       *[other] { $count } платежей, { $amount }
    }
key-line-refund = Возврат { $amount }: { $reason }
key-leave = Оставить

statement-too-big = Файл { $name } больше 20 МБ, Telegram не отдаёт такие ботам. Выгрузите выписку за меньший срок.
statement-unreadable = Файл не получен, ничего не записано. Пришлите его ещё раз как файл.
statement-refused = Выписку <b>{ $name }</b> не загрузил, ничего не записано:
statement-advice = Подойдёт выгрузка «1С:Предприятие» (kl_to_1c.txt), сохранённая банком целиком.
statement-closed-month = Выписку <b>{ $name }</b> не загрузил: в ней новые строки закрытого месяца, ничего не записано. Открыть месяц может собственник: /reopen
statement-closed-line = • { $day }: { $amount }
statement-imported = Загружено: новых строк { $new }, уже были { $known }, разнесено само { $automatic }. Всего ждут разбора: { $left }
statement-ok = ✓ Контрольные суммы сошлись
statement-not-reconciled = ⚠ Контрольные суммы не сошлись: строки записаны, сверьте с банком
statement-not-verifiable = Контрольных сумм в файле нет, проверить его нечем
statement-control = ⚠ { $name }: расхождение { $difference }
control-equation = начало и обороты не дают конечного остатка
control-chain = остатки дней не стыкуются
control-turnover = обороты не равны сумме документов
control-previous = остаток не равен прежней выписке
statement-closing = Счёт { $account }: остаток <b>{ $closing }</b>
statement-problem = • строка { $line }: { $text }
statement-problem-whole = • { $text }

line-choose-article = { $amount }, { $name }, { $day }: выберите статью
line-explained = Разнесено
line-changed = Пока вы смотрели, ожидаемые платежи изменились. Ничего не записано, посмотрите строку ещё раз.
line-none = Такой строки нет, ничего не изменилось.
line-sum-differs = Строка на { $line }, а выбрано { $explained }. Ничего не записано.
line-wrong-thing = Этот платёж, возврат или статья уже не подходит к строке. Ничего не записано, выберите другое.
lines-none = Все строки выписки разнесены.
lines-end =
    { $count ->
        [one] Дальше строк нет, оставлена { $count }. Вернуться: /explain
        [few] Дальше строк нет, оставлено { $count }. Вернуться: /explain
       *[other] Дальше строк нет, оставлено { $count }. Вернуться: /explain
    }
