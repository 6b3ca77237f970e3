invite-which-role = Whom do we invite?
invite-which-user = Who is it in the CRM? Payments of that manager's deals will be on them.
key-without-crm = Not in the CRM
invite-usage = There is no role “{ $text }”. This would do: /invite, /invite cashier, /invite manager amocrm:7001
invite-link = Invitation, { $role }. Send the link to the person: it works once and lives for a day. { $link }
people-head = <b>People</b>
people-row = • { $name } — { $role }, CRM: { $crm }
people-row-unreachable = • { $name } — { $role }, CRM: { $crm } (stopped the bot)

close-usage = Write the month: /close 2026-02
reopen-usage = Write the month and the reason: /reopen 2026-02 an invoice was forgotten
period-closed = { $month }: the month is closed with all before it. Nothing will be recorded in it.
month-not-over = { $month }: the month is not over, it cannot be closed yet. Nothing has changed.
period-reopened = { $month }: the month is open until { $until }, then it closes by itself.
period-not-closed = { $month }: the month is open anyway, nothing has changed.

check-asked = Checking the spreadsheet, it takes up to a minute. What I find I will put right and write here.
check-no-sheet = There is no spreadsheet: the settings of the bot have no part [sheet]. Nothing to check.
check-agrees = <b>{ $where }</b>: checked, all agrees with the books. Rows of the journal: { $rows }, cells: { $cells }.
check-found = <b>{ $where }</b>: there were changes
check-line = • { $text }

dead-none = Everything is delivered.
dead-head = Not delivered: <b>{ $count }</b>
dead-row = • { $channel }: { $entity }
dead-update = • a message, incident { $number }
key-revive = Send again
revived = Queued again: { $count }
