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
        [one] ✓ { $who }, { $amount }
        [few] ✓ { $count } платежа, { $amount }
       *[other] ✓ { $count } платежей, { $amount }
    }
key-line-other =
    { $count ->
        [one] { $who }, { $amount }
        [few] { $count } платежа, { $amount }
       *[other] { $count } платежей, { $amount }
    }
key-line-refund = Возврат { $amount }: { $reason }
key-leave = Оставить
