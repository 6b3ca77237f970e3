day-head = The day's books are sealed: { $count } operations, seal { $hash }. Keep this message: it shows when history is rewritten.
channel-sheet = Google spreadsheet
channel-sheet-of = Google spreadsheet “{ $label }”
channel-crm = CRM
channel-telegram = Telegram
trouble = <b>{ $where }</b>: records do not arrive, attempts go on. { $reason }
trouble-dead =
    { $count ->
        [one] { $count } record was not delivered, attempts have ended. List and repeat: /dead
       *[other] { $count } records were not delivered, attempts have ended. List and repeat: /dead
    }
morning-head = <b>Open this morning</b>
morning-none-late = No payment is late.
