payment-card = Payment <b>{ $amount }</b> — { $who }, { $method }
payment-taken-back = ↩ The confirmation was taken back: { $by }, { $at }
payment-waits = { $left } is still to come
difference-card = ⚠ The CRM differs from the money: { $who }
difference-books = Confirmed or being handed over: { $amount } { $method }
difference-crm = The CRM says now: { $says }
difference-unchanged = The books have not changed. Correct the CRM or make a refund.

refund-card = Refund <b>{ $amount }</b> — { $who }
refund-reason = Reason: { $reason }
refund-waits = The money has not left: waiting for the desk or a statement line.
key-refund-paid = ✓ Paid from the desk

refund-usage = Write the number of the contract or the deal, for example: /refund K-101
refund-nothing = There are no confirmed payments of “{ $text }”, nothing to give back. Check the number: /refund K-101
refund-which-payment = Which payment goes back?
refund-how-much = Payment { $amount }. How much goes back? Write the sum.
refund-why = Refund { $amount }. Write the reason in one line.
refund-asked = The refund of { $amount } is recorded and waits for its money: the desk or a statement line confirms it.
refund-too-much = That is too much, { $left } is left. Nothing was recorded. Write a sum not above it.
refund-not-confirmed = This payment is not confirmed, there is nothing to give back. Nothing was recorded.
refund-none = There is no such refund, nothing has changed.
refund-paid-toast = Paid { $amount }
refunds-none = No refunds wait to be paid.
payment-none = No such payment is expected, nothing has changed.
key-payment = { $amount } { $method } — { $who }

cards-none = No card transfers are expected.
cards-expected =
    { $count ->
        [one] { $count } card transfer is expected. Press it when it came.
       *[other] { $count } card transfers are expected. Press one when it came.
    }
key-card-payment = ✓ { $amount } — { $who }
card-confirmed = Confirmed: { $amount }

balance-usage = Write the number of the contract or the deal, for example: /balance K-101
deal-none = There is no deal “{ $text }”. Check the number: /balance K-101
balance =
    { $who }
    On the client's balance: <b>{ $balance }</b>, due of the deal: <b>{ $due }</b>
balance-no-price =
    { $who }
    On the client's balance: <b>{ $balance }</b>. The deal has no price in the CRM, nothing can be applied.
key-balance-apply = Apply { $amount }
balance-applied = Applied { $amount }
balance-nothing = Nothing to apply: the balance is { $balance } or the deal is paid. Nothing has changed.
