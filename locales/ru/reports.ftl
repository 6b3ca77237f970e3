key-today = Сегодня
key-month = Месяц
key-unconfirmed = Не поступило
key-unexplained = Не разнесено
key-my-cash = Моя касса
key-hand-over = Сдать кассу
key-awaiting = Ждут приёма
key-refunds = Возвраты
key-card-transfers = Переводы на карту

today-head = <b>{ $day }</b>
today-moves = Пришло <b>{ $came }</b>, ушло <b>{ $went }</b>
today-place = • { $name }: { $amount }
today-person = • на руках, { $name }: { $amount }
today-waiting =
    { $count ->
        [0] Платежей не ждём
        [one] Ждём { $count } платёж на { $amount }
        [few] Ждём { $count } платежа на { $amount }
       *[other] Ждём { $count } платежей на { $amount }
    }
today-unexplained =
    { $count ->
        [0] Строки выписки разнесены все
        [one] Не разнесена { $count } строка выписки
        [few] Не разнесены { $count } строки выписки
       *[other] Не разнесено { $count } строк выписки
    }

month-head = <b>{ $month }</b>
month-unclear = Не понял месяц «{ $text }». Подойдёт: /month 2026-02
month-basis = По деньгам (кассовый метод), без выделения НДС.
pnl-revenue = Выручка: <b>{ $amount }</b>
pnl-production = Себестоимость: { $amount }
pnl-gross-profit = Валовая прибыль: { $amount }
pnl-selling = Коммерческие расходы: { $amount }
pnl-administrative = Административные расходы: { $amount }
pnl-bank-fees = Банк и эквайринг: { $amount }
pnl-ebitda = EBITDA: { $amount }
pnl-other-income = Прочие доходы: { $amount }
pnl-other-expense = Прочие расходы: { $amount }
pnl-before-net-profit = Амортизация, проценты, налоги: { $amount }
pnl-net-profit = Чистая прибыль: <b>{ $amount }</b>
pnl-after-net-profit = Изъято собственником: { $amount }
pnl-retained = Осталось в компании: { $amount }

unconfirmed-none = Всё, чего ждали, поступило.
unconfirmed-head = Не поступило, платежей: <b>{ $count }</b>, всего <b>{ $amount }</b>
unconfirmed-row =
    { $days ->
        [0] • <b>{ $amount }</b> { $method } — { $who } ({ $manager }), срок сегодня или позже
        [one] • <b>{ $amount }</b> { $method } — { $who } ({ $manager }), { $days } день
        [few] • <b>{ $amount }</b> { $method } — { $who } ({ $manager }), { $days } дня
       *[other] • <b>{ $amount }</b> { $method } — { $who } ({ $manager }), { $days } дней
    }
unexplained-none = Все строки выписки разнесены.
unexplained-head = Не разнесено, строк: <b>{ $count }</b>
unexplained-account =
    { $count ->
        [one] Счёт { $account }: { $count } строка
        [few] Счёт { $account }: { $count } строки
       *[other] Счёт { $account }: { $count } строк
    }
unexplained-row =
    { $days ->
        [0] • <b>{ $sign }{ $amount }</b> — { $name }, { $day }
        [one] • <b>{ $sign }{ $amount }</b> — { $name }, { $day }, ждёт { $days } день
        [few] • <b>{ $sign }{ $amount }</b> — { $name }, { $day }, ждёт { $days } дня
       *[other] • <b>{ $sign }{ $amount }</b> — { $name }, { $day }, ждёт { $days } дней
    }
place-desk = касса
place-bank = расчётный счёт
place-card = карта
place-clearing = эквайринг в пути
