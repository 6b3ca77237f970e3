import-card =
    Выписка <b>{ $name }</b>
    Новых строк: { $lines }, ждут разбора: { $waiting }
key-explain = Разобрать
import-doubtful =
    { $count ->
        [one] Сомнительна { $count } строка: возможно, она уже внесена. Пока не внесена второй раз.
        [few] Сомнительны { $count } строки: возможно, они уже внесены. Пока не внесены второй раз.
       *[other] Сомнительных строк { $count }: возможно, они уже внесены. Пока не внесены второй раз.
    }
key-doubts = Решить о сомнительных
doubts-head =
    { $count ->
        [one] Сомнительна { $count } строка:
        [few] Сомнительны { $count } строки, первая:
       *[other] Сомнительных строк { $count }, первая:
    }
doubts-none = Сомнительных строк нет.
doubt-may-be = Возможно, это уже внесённая строка:
key-doubt-same = Та же: № { $number }, { $name }
key-doubt-other = Другая, внести
doubt-decided = Решено
statement-doubtful =
    { $count ->
        [one] ⚠ Сомнительна { $count } строка: возможно, она уже внесена из другого файла или от банка. Решите на карточке выписки.
        [few] ⚠ Сомнительны { $count } строки: возможно, они уже внесены из другого файла или от банка. Решите на карточке выписки.
       *[other] ⚠ Сомнительных строк { $count }: возможно, они уже внесены из другого файла или от банка. Решите на карточке выписки.
    }
statement-member = <b>{ $name }</b>: новых строк { $new }, уже были { $known }
channel-tbank = Т-Банк
channel-modulbank = Модульбанк
line-card = <b>{ $sign }{ $amount }</b> · { $day } · № { $number }
line-counterparty = { $name }{ $inn }
line-inn = , ИНН { $inn }
line-purpose = «{ $purpose }»
line-looks-like = Похоже на:
line-fee = удержана комиссия { $fee }
line-reason = · { $reason }
key-line-first =
    { $count ->
        [1] ✓ Подтвердить: { $who }, { $amount }
        [few] ✓ Подтвердить: { $count } платежа, { $amount }
       *[other] ✓ Подтвердить: { $count } платежей, { $amount }
    }
key-line-other =
    { $count ->
        [1] { $who }, { $amount }
        [few] { $count } платежа, { $amount }
       *[other] { $count } платежей, { $amount }
    }
key-line-refund = Возврат { $amount }: { $reason }
key-leave = Пропустить
key-split = Разделить
key-line-article = Не клиент / статья
key-line-article-first = ✓ Статья: { $article }
key-line-reject = Отклонить предложение
key-line-undo = ↩ Отменить разнесение
key-teach = Запомнить: { $what }
lesson-payer = ИНН { $pattern } = { $title }
lesson-wording = «{ $pattern }» = статья { $title }
line-looks-like-article = Похоже на статью: <b>{ $article }</b>
line-choose = Подходят несколько, выберите:
line-taken-back = ↩ Разнесение отменено: { $by }, { $at }
part-article = • <b>{ $amount }</b> — статья { $article }
part-refund = • <b>{ $amount }</b> — возврат клиенту: { $reason }
part-balance = • <b>{ $amount }</b> — лишнее, на баланс клиента

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
statement-control = ⚠ Счёт { $account }: { $name }, расхождение { $difference }
statement-control-day = ⚠ Счёт { $account }, { $day }: { $name }, расхождение { $difference }
control-equation = начало и обороты не дают конечного остатка
control-chain = остатки дней не стыкуются
control-turnover = обороты не равны сумме документов
control-previous = остаток не равен прежней выписке
statement-closing = Счёт { $account }: остаток <b>{ $closing }</b>
statement-problem = • строка { $line }: { $text }
statement-problem-whole = • { $text }

line-choose-article = { $amount }, { $name }, { $day }: выберите статью
line-explained = Разнесено
line-rejected = Больше не предложу это для этой строки
line-undone = Отменено, строка снова ждёт разбора
already-undone = Уже отменено: { $by }, { $when }
line-not-explained = Эта строка сейчас не разнесена или разнесена иначе, ничего не изменилось. Откройте её ещё раз.
line-refund-stands = По этому платежу оформлен возврат { $amount }. Ничего не изменилось: сначала отмените строку возврата.
line-balance-used = Лишнее по этой строке уже зачтено в другую сделку, на балансе клиента { $left }. Ничего не изменилось.

automatic-head =
    { $count ->
        [one] Разнесена без вас { $count } строка. Неверное отмените.
        [few] Разнесены без вас { $count } строки. Неверное отмените.
       *[other] Разнесено без вас { $count } строк. Неверное отмените.
    }
automatic-none = Разнесённых без вас строк в этой выписке нет.
key-automatic = Разнесено само: { $count }
key-automatic-undo = ↩ { $amount }, { $name }

split-begin =
    Строка <b>{ $amount }</b>. Напишите части, каждую с новой строки:
    15000 К-1027
    300 Обслуживание счёта
    или выберите платёж и напишите сумму.
split-begin-out =
    Строка <b>{ $amount }</b>. Напишите части, каждую с новой строки, например:
    300 Обслуживание счёта
    или выберите статью и напишите сумму.
split-left = Осталось разделить: <b>{ $left }</b>
split-whole = Всё разделено. Записать?
split-saved = Записано. Отменить можно на карточке строки.
split-how-much = { $name }: сколько? Напишите сумму.
split-unclear = Не понял «{ $text }», ничего не записано. Подойдёт: 15000 К-1027
split-not-found = По «{ $text }» нет ни ожидаемых платежей, ни статьи. Ничего не записано, напишите иначе.
split-owes-less = По «{ $text }» ждём только { $owed }. Ничего не записано, напишите не больше.
split-too-much = Частей на { $explained }, а строка на { $line }. Последнее не записано, напишите меньше.
key-split-payment = { $amount } — { $who }
key-split-article = Статья
key-split-rest = Весь остаток: { $amount }
key-split-save = ✓ Записать

rule-taught = Запомнил: { $pattern } = { $title }
rule-known = Это уже запомнено: { $by }, { $at }
rule-nothing = Запоминать нечего: строка разнесена иначе. Ничего не изменилось.
rule-none = Такого правила больше нет, ничего не изменилось. Список: /rules
rule-changed = Готово
rule-deleted = Правило удалено. Что оно разнесло, осталось
rules-none = Правил пока нет. Разнесите строку, и на её карточке будет «Запомнить».
rules-head = Правил: <b>{ $count }</b>. Нажмите, чтобы изменить.
rules-row = • { $what } — { $state }
rule-card = <b>{ $what }</b> — { $state }
rule-off = выключено
rule-asks =
    { $count ->
        [0] предлагает, ещё не сработало
        [one] предлагает, сработало { $count } раз
        [few] предлагает, сработало { $count } раза
       *[other] предлагает, сработало { $count } раз
    }
rule-alone =
    { $count ->
        [0] разносит само, ещё не сработало
        [one] разносит само, сработало { $count } раз
        [few] разносит само, сработало { $count } раза
       *[other] разносит само, сработало { $count } раз
    }
rule-taught-by = Научил: { $by }, { $at }
rule-fired =
    { $count ->
        [one] Сработало { $count } раз, в последний раз { $at }
        [few] Сработало { $count } раза, в последний раз { $at }
       *[other] Сработало { $count } раз, в последний раз { $at }
    }
rule-never-fired = Ещё не сработало
key-rule-on = Включить
key-rule-off = Выключить
key-rule-ask = Только предлагать
key-rule-alone = Разносить сам
key-rule-delete = Удалить
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
doubt-unknown = Такой сомнительной строки больше нет, ничего не изменилось. Откройте карточку выписки ещё раз.
