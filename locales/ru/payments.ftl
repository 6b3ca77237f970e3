payment-card = Платёж <b>{ $amount }</b> — { $who }, { $method }
payment-taken-back = ↩ Подтверждение снято: { $by }, { $at }
payment-waits = Ждём ещё { $left }
difference-card = ⚠ CRM разошлась с деньгами: { $who }
difference-books = Подтверждено или сдаётся: { $amount } { $method }
difference-crm = В CRM сейчас: { $says }
difference-unchanged = В учёте ничего не изменилось. Исправьте CRM или оформите возврат.

refund-card = Возврат <b>{ $amount }</b> — { $who }
refund-reason = Причина: { $reason }
refund-waits = Деньги ещё не выданы: ждём кассу или строку выписки.
key-refund-paid = ✓ Выдал из кассы

refund-usage = Напишите номер договора или сделки, например: /refund К-101
refund-nothing = По «{ $text }» нет подтверждённых платежей, возвращать нечего. Проверьте номер договора: /refund К-101
refund-which-payment = Какой платёж возвращаем?
refund-how-much = Платёж { $amount }. Сколько вернуть? Напишите сумму.
refund-why = Возврат { $amount }. Напишите одной строкой причину.
refund-asked = Возврат { $amount } записан и ждёт денег: его подтвердит касса или строка выписки.
refund-too-much = Столько вернуть нельзя, осталось { $left }. Ничего не записано. Напишите сумму не больше.
refund-not-confirmed = Этот платёж ещё не подтверждён, возвращать нечего. Ничего не записано.
refund-none = Такого возврата нет, ничего не изменилось.
refund-paid-toast = Выдано { $amount }
refunds-none = Возвратов, которые ждут выдачи, нет.
payment-none = Такого ожидаемого платежа нет, ничего не изменилось.
key-payment = { $amount } { $method } — { $who }

cards-none = Переводов на карту не ждём.
cards-expected =
    { $count ->
        [one] Ждём { $count } перевод на карту. Пришёл — нажмите.
        [few] Ждём { $count } перевода на карту. Пришёл — нажмите.
       *[other] Ждём { $count } переводов на карту. Пришёл — нажмите.
    }
key-card-payment = ✓ { $amount } — { $who }
card-confirmed = Подтверждено: { $amount }

balance-usage = Напишите номер договора или сделки, например: /balance К-101
deal-none = Сделки «{ $text }» нет. Проверьте номер договора: /balance К-101
balance =
    { $who }
    На балансе клиента: <b>{ $balance }</b>, по сделке осталось: <b>{ $due }</b>
balance-no-price =
    { $who }
    На балансе клиента: <b>{ $balance }</b>. Бюджет сделки в CRM не заполнен, зачесть нельзя.
key-balance-apply = Зачесть { $amount }
balance-applied = Зачтено { $amount }
balance-nothing = Зачесть нечего: на балансе { $balance } или сделка уже оплачена. Ничего не изменилось.
