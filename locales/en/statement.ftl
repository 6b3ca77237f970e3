import-card =
    Statement <b>{ $name }</b>
    New lines: { $lines }, to be explained: { $waiting }
key-explain = Explain
import-doubtful =
    { $count ->
        [one] { $count } line is doubtful: it may be in the books already. It is not posted again so far.
       *[other] { $count } lines are doubtful: they may be in the books already. They are not posted again so far.
    }
key-doubts = Decide the doubtful ones
doubts-head =
    { $count ->
        [one] { $count } doubtful line:
       *[other] { $count } doubtful lines, the first one:
    }
doubts-none = There are no doubtful lines.
doubt-may-be = It may be a line that is in the books:
key-doubt-same = The same: No. { $number }, { $name }
key-doubt-other = Another one, post it
doubt-decided = Decided
statement-doubtful =
    { $count ->
        [one] ⚠ { $count } line is doubtful: it may have come from another file or from the bank. Decide on the statement's card.
       *[other] ⚠ { $count } lines are doubtful: they may have come from another file or from the bank. Decide on the statement's card.
    }
statement-member = <b>{ $name }</b>: new lines { $new }, known { $known }
channel-tbank = T-Bank
channel-modulbank = Modulbank
line-card = <b>{ $sign }{ $amount }</b> · { $day } · No. { $number }
line-counterparty = { $name }{ $inn }
line-inn = , INN { $inn }
line-purpose = “{ $purpose }”
line-looks-like = Looks like:
line-fee = a fee of { $fee } was withheld
line-reason = · { $reason }
key-line-first =
    { $count ->
        [1] ✓ Confirm: { $who }, { $amount }
       *[other] ✓ Confirm: { $count } payments, { $amount }
    }
key-line-other =
    { $count ->
        [1] { $who }, { $amount }
       *[other] { $count } payments, { $amount }
    }
key-line-refund = Refund { $amount }: { $reason }
key-leave = Skip
key-split = Split
key-line-article = Not a client / article
key-line-article-first = ✓ Article: { $article }
key-line-reject = Reject the suggestion
key-line-undo = ↩ Take the explanation back
key-teach = Remember: { $what }
lesson-payer = INN { $pattern } = { $title }
lesson-wording = “{ $pattern }” = article { $title }
line-looks-like-article = Looks like the article <b>{ $article }</b>
line-choose = Several would do, choose:
line-taken-back = ↩ The explanation was taken back: { $by }, { $at }
part-article = • <b>{ $amount }</b> — article { $article }
part-refund = • <b>{ $amount }</b> — refund to the client: { $reason }
part-balance = • <b>{ $amount }</b> — above it, on the client's balance

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
statement-control = ⚠ Account { $account }: { $name }, off by { $difference }
statement-control-day = ⚠ Account { $account }, { $day }: { $name }, off by { $difference }
control-equation = opening and turnovers do not give the closing
control-chain = the days' balances do not join
control-turnover = turnovers are not the sum of the documents
control-previous = the balance is not that of the earlier statement
statement-closing = Account { $account }: balance <b>{ $closing }</b>
statement-problem = • line { $line }: { $text }
statement-problem-whole = • { $text }

line-choose-article = { $amount }, { $name }, { $day }: choose an article
line-explained = Explained
line-rejected = I will not suggest it for this line again
line-undone = Taken back, the line waits again
already-undone = Already taken back: { $by }, { $when }
line-not-explained = The line is not explained now, or explained otherwise; nothing has changed. Open it again.
line-refund-stands = A refund of { $amount } stands for this payment. Nothing has changed: take the refund's line back first.
line-balance-used = What was above was used for another deal, { $left } is left on the client's balance. Nothing has changed.

automatic-head =
    { $count ->
        [one] { $count } line was explained without you. Take back what is wrong.
       *[other] { $count } lines were explained without you. Take back what is wrong.
    }
automatic-none = No line of this statement was explained without you.
key-automatic = Explained at once: { $count }
key-automatic-undo = ↩ { $amount }, { $name }

split-begin =
    The line is <b>{ $amount }</b>. Write its parts, each on a line:
    15000 K-1027
    300 Bank charges
    or choose a payment and write the sum.
split-begin-out =
    The line is <b>{ $amount }</b>. Write its parts, each on a line, for example:
    300 Bank charges
    or choose an article and write the sum.
split-left = Left to split: <b>{ $left }</b>
split-whole = All of it is split. Record it?
split-saved = Recorded. It can be taken back on the line's card.
split-how-much = { $name }: how much? Write the sum.
split-unclear = “{ $text }” was not understood, nothing was recorded. This would do: 15000 K-1027
split-not-found = “{ $text }” is neither an expected payment nor an article. Nothing was recorded, write it otherwise.
split-owes-less = Of “{ $text }” only { $owed } is expected. Nothing was recorded, write no more than that.
split-too-much = The parts come to { $explained }, the line is { $line }. The last one was not taken, write less.
key-split-payment = { $amount } — { $who }
key-split-article = Article
key-split-rest = All that is left: { $amount }
key-split-save = ✓ Record

rule-taught = Remembered: { $pattern } = { $title }
rule-known = It is remembered already: { $by }, { $at }
rule-nothing = There is nothing to remember: the line is explained otherwise. Nothing has changed.
rule-none = There is no such rule any more, nothing has changed. The list: /rules
rule-changed = Done
rule-deleted = The rule is deleted. What it explained stays
rules-none = No rules yet. Explain a line, and its card will offer to remember it.
rules-head = Rules: <b>{ $count }</b>. Press one to change it.
rules-row = • { $what } — { $state }
rule-card = <b>{ $what }</b> — { $state }
rule-off = switched off
rule-asks =
    { $count ->
        [0] suggests, never fired
        [one] suggests, fired { $count } time
       *[other] suggests, fired { $count } times
    }
rule-alone =
    { $count ->
        [0] explains by itself, never fired
        [one] explains by itself, fired { $count } time
       *[other] explains by itself, fired { $count } times
    }
rule-taught-by = Taught by: { $by }, { $at }
rule-fired =
    { $count ->
        [one] Fired { $count } time, last on { $at }
       *[other] Fired { $count } times, last on { $at }
    }
rule-never-fired = Never fired
key-rule-on = Switch on
key-rule-off = Switch off
key-rule-ask = Only suggest
key-rule-alone = Explain by itself
key-rule-delete = Delete
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
doubt-unknown = There is no such doubtful line any more, nothing was changed. Open the statement's card again.
