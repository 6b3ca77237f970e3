# Everybody: who you are here, what cannot be done, what nobody understood.

role-owner = owner
role-manager = manager
role-cashier = cashier
role-accountant = accountant

placeholder-owner = 500 taxi
placeholder-manager = My cash
placeholder-cashier = To accept
placeholder-accountant = 500 stationery

welcome-owner =
    Hello, { $name }! You are the { $role } here.
    Write an expense in one line, for example: <b>500 taxi</b>.
    To invite people: /invite
welcome-manager =
    Hello, { $name }! You are a { $role } here.
    “My cash” shows the cash you hold, “Hand over” gives it to the cashier.
welcome-cashier =
    Hello, { $name }! You are a { $role } here.
    When a manager hands cash over, a card comes here: count the money and press “Accept”.
welcome-accountant =
    Hello, { $name }! You are an { $role } here.
    Send a statement file here (1C, .txt) and its lines find their payments. An expense is one line: <b>500 stationery</b>.

stranger = Hello! This bot is for the company's staff. Ask the owner for an invitation. Your number: { $id }
access-closed = Access is closed. If that is a mistake, ask the owner.
invite-dead = The invitation was used or has lapsed. Ask the owner for a new one.
invite-works-here-already = { $name }, you work here already: the invitation was not needed and stays valid.
code-wrong = The code does not fit. It is printed in the window where the bot runs and works while there is no owner.

hint-owner = An expense is one line: <b>500 taxi</b>. Commands: /today, /month, /unconfirmed, /unexplained, /invite, /people, /close, /reopen, /check, /dead
hint-manager = Press “My cash” or “Hand over”. Commands: /cash, /handover
hint-cashier = Press “To accept” or “Refunds”. Commands: /awaiting, /refunds
hint-accountant = Send a statement file or an expense in one line: <b>500 stationery</b>. Commands: /explain, /rules, /cards, /refund, /balance, /unconfirmed, /today, /month

unknown-command =
    There is no command { $text }, nothing has changed.
    { $hint }
unknown-text =
    I did not understand “{ $text }”, nothing was recorded.
    { $hint }
unknown-kind =
    I cannot read such a message{ $text }, nothing was recorded.
    { $hint }
stale-button = This button is out of date, nothing has changed. Open what you need from the menu below.
cancelled = Cancelled, nothing has changed.
card-moved = ↓ The card is below
repeat = (repeat)
nobody = —
and-more = … and { $count } more

not-allowed = { $what } It is not open to you, nothing has changed.
verb-record-expense = Expenses are recorded by the owner and the accountant.
verb-see-own-cash = Own cash is for managers and the owner.
verb-hand-over = Cash is handed over by managers.
verb-accept-handover = Money is accepted by the cashier and the owner.
verb-import-statement = Statements are loaded by the accountant and the owner.
verb-explain-line = Statement lines are explained by the accountant and the owner.
verb-confirm-card-payment = Card transfers are confirmed by the accountant and the owner.
verb-refund = Refunds are made by the accountant and the owner.
verb-pay-refund-from-desk = Refunds are paid from the desk by the cashier and the owner.
verb-apply-balance = Overpayments are applied by the accountant and the owner.
verb-see-reports = Reports are for the owner and the accountant.
verb-see-exceptions = Open payments are for the owner and the accountant.
verb-invite = People are invited by the owner.
verb-close-period = Months are closed and opened by the owner.
verb-see-dead-letters = What was not delivered is for the owner.
verb-check-sheet = The spreadsheet is checked by the owner.

month-closed = The month { $month } is closed, nothing was recorded. The owner may open it: /reopen

bad-amount-empty = there is no sum. Write, for example: 500
bad-amount-negative = the sum has a minus. Write it without: 500
bad-amount-zero = the sum is zero. Write how much was spent: 500
bad-amount-too-large = the sum is larger than sums are. Check the number: 1 500,50
bad-amount-ambiguous = “{ $text }” may be read in two ways. Write 1500 or 1,50
bad-amount-unclear = “{ $text }” does not look like a sum. This would do: 500, 1 500 or 1 500,50
bad-day-no-such-day = there is no day { $text } in the calendar. This would do: 20.11
bad-day-future = the day { $text } has not come. Record the expense when it happens
sum-unclear = Not recorded: { $why }

key-cancel = Cancel
key-back = ← Back
key-on = More →

method-cash = in cash
method-card-transfer = by card transfer
method-terminal = by terminal
method-bank-transfer = by bank transfer
method-credit-agreement = on credit
client-unnamed = no name
client-contract = { $client }, contract { $contract }
crm-says = { $amount } { $method }
crm-says-nothing = no sum
listed-payment = • <b>{ $amount }</b> — { $who }
listed-difference = ⚠ the CRM says now: { $says }

ended-confirmed = ✓ Confirmed: { $by }, { $at }
ended-rejected = ✗ Rejected: { $by }, { $at }
ended-cancelled = Cancelled: { $by }, { $at }
ended-expired = Lapsed: { $at }
ended-replaced = Replaced by a new one: { $by }, { $at }
already-confirmed = Accepted already: { $by }, { $when }
already-rejected = Rejected already: { $by }, { $when }
already-cancelled = Cancelled already: { $by }, { $when }
already-expired = Lapsed already: { $when }. { $by }
already-replaced = Replaced already: { $by }, { $when }

joined-card = <b>{ $name }</b> works with the bot now: { $role }

incident-person = Not recorded, the administrator is told. Incident: { $number }. Try later or in other words.
incident-owner = ⚠ A message ({ $name }) could not be worked after several tries. Incident: { $number }, details are in the log.
poller-conflict = Another program listens to this bot (or a webhook is set). Stop it and start again: together they would lose messages.
poller-unauthorized = Telegram does not accept the bot's token. Take the valid one from @BotFather and put it into the settings.
lost-contact = ⚠ { $name } receives no more messages: the bot is stopped. Let them open it and press “Start”.
