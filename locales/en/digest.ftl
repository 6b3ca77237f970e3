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
next-year =
    <b>There is no spreadsheet for { $year } yet.</b> Create a new empty one, share it with <code>{ $email }</code> as an editor, and add a section <code>[[sheet.years]]</code> to config.toml: <code>from = { $year }</code> and <code>spreadsheet_id</code>, the long code in its address.
    The bot carries the balances over and writes there from 1 January on. Until there is one, the present spreadsheet simply goes on: nothing is lost.
