payment-card = Платёж <b>{ $amount }</b> — { $who }, { $method }
payment-waits = Ждём ещё { $left }
difference-card = ⚠ CRM разошлась с деньгами: { $who }
difference-books = Подтверждено или сдаётся: { $amount } { $method }
difference-crm = В CRM сейчас: { $says }
difference-unchanged = В учёте ничего не изменилось. Исправьте CRM или оформите возврат.

refund-card = Возврат <b>{ $amount }</b> — { $who }
refund-reason = Причина: { $reason }
refund-waits = Деньги ещё не выданы: ждём кассу или строку выписки.
key-refund-paid = ✓ Выдал из кассы
