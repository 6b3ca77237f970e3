import-card =
    Statement <b>{ $name }</b>
    New lines: { $lines }, to be explained: { $waiting }
key-explain = Explain
line-card = <b>{ $sign }{ $amount }</b> · { $day } · No. { $number }
line-counterparty = { $name }{ $inn }
line-inn = , INN { $inn }
line-purpose = “{ $purpose }”
line-looks-like = Looks like:
line-fee = a fee of { $fee } was withheld
line-reason = · { $reason }
key-line-first =
    { $count ->
        [1] ✓ { $who }, { $amount }
       *[other] ✓ { $count } payments, { $amount }
    }
key-line-other =
    { $count ->
        [1] { $who }, { $amount }
       *[other] { $count } payments, { $amount }
    }
key-line-refund = Refund { $amount }: { $reason }
key-leave = Leave

statement-too-big = The file { $name } is over 20 MB, Telegram does not give such files to bots. Export a shorter period.
statement-unreadable = The file did not arrive, nothing was recorded. Send it again as a file.
statement-refused = The statement <b>{ $name }</b> was not loaded, nothing was recorded:
statement-advice = A “1C:Enterprise” export (kl_to_1c.txt), saved by the bank whole, would do.
statement-closed-month = The statement <b>{ $name }</b> was not loaded: it has new lines of a closed month, nothing was recorded. The owner may open the month: /reopen
statement-closed-line = • { $day }: { $amount }
statement-imported = Loaded: { $new } new lines, { $known } known, { $automatic } explained at once. To be explained in all: { $left }
statement-ok = ✓ The control sums agree
statement-not-reconciled = ⚠ The control sums do not agree: the lines are recorded, check with the bank
statement-not-verifiable = The file has no control sums, there is nothing to check it by
statement-control = ⚠ { $name }: off by { $difference }
control-equation = opening and turnovers do not give the closing
control-chain = the days' balances do not join
control-turnover = turnovers are not the sum of the documents
control-previous = the balance is not that of the earlier statement
statement-closing = Account { $account }: balance <b>{ $closing }</b>
statement-problem = • line { $line }: { $text }
statement-problem-whole = • { $text }

line-choose-article = { $amount }, { $name }, { $day }: choose an article
line-explained = Explained
line-changed = The expected payments changed while you looked. Nothing was recorded, look at the line again.
line-none = There is no such line, nothing has changed.
line-sum-differs = The line is { $line }, the choice comes to { $explained }. Nothing was recorded.
line-wrong-thing = That payment, refund or article does not suit the line any more. Nothing was recorded, choose another.
lines-none = All statement lines are explained.
lines-end =
    { $count ->
        [one] No more lines, { $count } is left. To come back: /explain
       *[other] No more lines, { $count } are left. To come back: /explain
    }
