key-today = Today
key-month = Month
key-unconfirmed = Not received
key-unexplained = Not explained
key-my-cash = My cash
key-hand-over = Hand over
key-awaiting = To accept
key-refunds = Refunds
key-card-transfers = Card transfers

today-head = <b>{ $day }</b>
today-moves = Came <b>{ $came }</b>, went <b>{ $went }</b>
today-place = • { $name }: { $amount }
today-person = • in hands, { $name }: { $amount }
today-waiting =
    { $count ->
        [0] No payments are expected
        [one] { $count } payment is expected, { $amount }
       *[other] { $count } payments are expected, { $amount }
    }
today-unexplained =
    { $count ->
        [0] All statement lines are explained
        [one] { $count } statement line is not explained
       *[other] { $count } statement lines are not explained
    }

month-head = <b>{ $month }</b>
month-unclear = I did not understand the month “{ $text }”. This would do: /month 2026-02
month-basis = By money (cash basis), VAT not set apart.
pnl-revenue = Revenue: <b>{ $amount }</b>
pnl-production = Production costs: { $amount }
pnl-gross-profit = Gross profit: { $amount }
pnl-selling = Selling costs: { $amount }
pnl-administrative = Administrative costs: { $amount }
pnl-bank-fees = Bank and acquiring: { $amount }
pnl-ebitda = EBITDA: { $amount }
pnl-other-income = Other income: { $amount }
pnl-other-expense = Other expense: { $amount }
pnl-before-net-profit = Depreciation, interest, taxes: { $amount }
pnl-net-profit = Net profit: <b>{ $amount }</b>
pnl-after-net-profit = Taken by the owner: { $amount }
pnl-retained = Retained: { $amount }

unconfirmed-none = Everything that was expected has come.
unconfirmed-head = Payments not received: <b>{ $count }</b>, <b>{ $amount }</b> in all
unconfirmed-row =
    { $days ->
        [0] • <b>{ $amount }</b> { $method } — { $who } ({ $manager }), due today or later
        [one] • <b>{ $amount }</b> { $method } — { $who } ({ $manager }), { $days } day
       *[other] • <b>{ $amount }</b> { $method } — { $who } ({ $manager }), { $days } days
    }
unexplained-none = All statement lines are explained.
unexplained-head = Lines not explained: <b>{ $count }</b>
unexplained-account =
    { $count ->
        [one] Account { $account }: { $count } line
       *[other] Account { $account }: { $count } lines
    }
unexplained-row =
    { $days ->
        [0] • <b>{ $sign }{ $amount }</b> — { $name }, { $day }
        [one] • <b>{ $sign }{ $amount }</b> — { $name }, { $day }, waits { $days } day
       *[other] • <b>{ $sign }{ $amount }</b> — { $name }, { $day }, waits { $days } days
    }
place-desk = desk
place-bank = bank account
place-card = card
place-clearing = acquiring on its way
