# Money that came too late, money that goes back, the wish to cancel.

ask-choice =
    { $why ->
        [short] 🧩 { $amount } arrived, but the hold was over, and { $missing } is missing:
        [cancelled] 💰 Your payment of { $amount } came after you cancelled:
       *[late] 💰 Your payment of { $amount } is here, but the hold was over and there is not enough left:
    }

    { $lines }

    What would you like?
    { $options }

    Without an answer before { $until }, your money comes back to you.
    .simple =
        { $why ->
            [short] { $amount } came late, { $missing } missing:
            [cancelled] { $amount } came after you cancelled:
           *[late] { $amount } came late, not enough left:
        }
        { $lines }
        { $options }
        Without an answer before { $until }, your money comes back.

ask-swap =
    { $count ->
        [0] 😕 Nothing else can be had for your { $amount } right now.
       *[other] 🛍️ With your { $amount }, this is what you can have instead:
    }
    { $count ->
        [0] Tap ⏳ WAIT, or 💸 REFUND and your money comes back to you.
       *[other] Open the list and tap an item: you get as many as you had, as far as your money goes. What is left of it comes back to you.
    }
    .simple = { $count ->
            [0] Nothing else for { $amount }. Choose WAIT or REFUND.
           *[other] For { $amount }, choose in the list: as many as you had, if it is enough. What is left comes back to you.
        }

waits-for-units =
    🤝 We wait with you:

    { $lines }

    If some come back, you are first and I confirm. If nothing comes by { $until }, your money comes back to you.
    Changed your mind? Tap 🛍️ SOMETHING ELSE or 💸 REFUND.
    .simple =
        We wait with you:
        { $lines }
        If some come back, they are yours. If nothing comes by { $until }, your money comes back.

refund-promised =
    { $note ->
        [other-currency] 💸 Your payment comes back to you in full (order LP-{ $order }).
       *[other] 💸 *{ $amount }* comes back to you (order LP-{ $order }).
    }

    { $note ->
        [second-charge] This order was already paid: the second payment is returned.
        [surplus] You paid more than the price: what was too much is returned, your order stands.
        [underpaid] The rest did not come in time: what you paid is returned and the hold is over.
        [other-currency] It came in another currency: it cannot pay the order.
        [late] Your payment came after the hold had ended: all of it is returned.
        [vendor-cancelled] { $shop } cancelled your paid order: all of it is returned.
       *[cancelled] The order is cancelled: what you paid is returned.
    }
    { $automatic ->
        [yes] It goes back by itself, the way you paid. Keep this message.
       *[no] { $shop } takes care of it and will tell you. Keep this message.
    }
    { $next ->
        [pay] ⏳ The order still waits for its payment of { $due } until { $until }. Tap ✅ PAY.
        [again] 👉 To order again, write the keyword or tap 🛍️ CATALOGUE.
       *[none] ✅ There is nothing else to do.
    }
    .simple =
        { $note ->
            [other-currency] Your payment comes back to you (order LP-{ $order }).
           *[other] { $amount } comes back to you (order LP-{ $order }).
        }
        { $note ->
            [second-charge] It was already paid.
            [surplus] Paid too much. Your order stands.
            [underpaid] The rest did not come in time.
            [other-currency] It is in another currency.
            [late] Your payment came too late.
            [vendor-cancelled] { $shop } cancelled the order.
           *[cancelled] The order is cancelled.
        }
        { $automatic ->
            [yes] It goes back by itself, the way you paid.
           *[no] { $shop } takes care of it and will tell you.
        }
        { $next ->
            [pay] { $due } to pay until { $until }: PAY.
            [again] To order again: write the keyword.
           *[none] ∅
        }

refund-sent =
    ✅ Sent: *{ $amount }* is on its way back to you (order LP-{ $order }).

    { $method ->
        [none] 💸 The way you had paid
       *[other] 💸 By { $method }
    }
    { $evidence ->
        [none] ∅
       *[other] 🧾 Ref: { $evidence }
    }
    Nothing came? Write here to { $shop }.
    .simple =
        { $amount } is on its way back (LP-{ $order }).
        { $method ->
            [none] ∅
           *[other] By { $method }
        }
        { $evidence ->
            [none] ∅
           *[other] Ref: { $evidence }
        }
        Nothing came? Write to { $shop }.

cancellation-asked =
    📨 Your wish to cancel order LP-{ $order } is with { $shop }.

    As it is paid already, { $shop } decides. Without an answer before { $until }, the order stands.
    .simple = { $shop } has your wish to cancel LP-{ $order }. Without an answer before { $until }, the order stands.

cancellation-refused =
    { $lapsed ->
        [yes] ⌛ { $shop } did not answer in time: your order LP-{ $order } still stands.
       *[no] 📦 { $shop } cannot cancel it: your order LP-{ $order } stands, and it is paid.
    }
    Want to talk about it? Write here to { $shop }.
    .simple =
        { $lapsed ->
            [yes] No answer: order LP-{ $order } stands.
           *[no] Not cancelled: order LP-{ $order } stands.
        }
        To talk about it, write to { $shop }.
