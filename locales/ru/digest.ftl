day-head = Книги за день закрыты печатью: операций { $count }, печать { $hash }. Сохраните это сообщение: по нему видно, если историю перепишут.
channel-sheet = Google-таблица
channel-sheet-of = Google-таблица «{ $label }»
channel-crm = CRM
channel-telegram = Telegram
trouble = <b>{ $where }</b>: записи не доходят, попытки продолжаются. { $reason }
trouble-dead =
    { $count ->
        [one] Не доставлена { $count } запись, попытки прекращены. Список и повтор: /dead
        [few] Не доставлены { $count } записи, попытки прекращены. Список и повтор: /dead
       *[other] Не доставлено { $count } записей, попытки прекращены. Список и повтор: /dead
    }
morning-head = <b>Незакрытое на утро</b>
morning-none-late = Просроченных платежей нет.
