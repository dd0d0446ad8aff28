# To the vendor: what happened, what to do, by when.

vendor-paid =
    { $about ->
        [none] 💰 *{ $total }* received · LP-{ $order }
       *[other] 💰 { $about } paid *{ $total }* · LP-{ $order }
    }

    { $lines ->
        [none] ∅
       *[other] { $lines }
    }

    { $paid ->
        [one] 📊 { $paid } paid order, { $collected } in all
       *[other] 📊 { $paid } paid orders, { $collected } in all
    }
    { $low ->
        [none] ∅
       *[other] ⚠️ Low stock: { $low }
    }
    👉 Prepare the order and contact your client for the delivery.
    .simple =
        { $about ->
            [none] { $total } received, LP-{ $order }
           *[other] { $about } paid { $total }, LP-{ $order }
        }
        { $lines ->
            [none] ∅
           *[other] { $lines }
        }
        { $paid ->
            [one] { $paid } paid order, { $collected } in all.
           *[other] { $paid } paid orders, { $collected } in all.
        }
        { $low ->
            [none] ∅
           *[other] Low stock: { $low }
        }
        Contact your client for the delivery.

vendor-refund-due =
    { $about ->
        [none] 💸 To return: *{ $note ->
            [other-currency] the whole payment
           *[other] { $amount }
        }* (LP-{ $order })
       *[other] 💸 To return to { $about }: *{ $note ->
            [other-currency] the whole payment
           *[other] { $amount }
        }* (LP-{ $order })
    }

    { $note ->
        [second-charge] The order was already paid.
        [surplus] More came than the price: only the surplus goes back, the order stands.
        [underpaid] The client paid only a part, and the time is over.
        [other-currency] The money came in another currency: see the sum in your payment account.
        [late] The money came after the hold had ended.
        [vendor-cancelled] You cancelled a paid order.
       *[cancelled] The order is cancelled.
    }
    { $automatic ->
        [yes] ✅ Nothing to do: the money goes back by itself. I tell you if it does not work.
       *[no] { $until ->
            [none] 👉 Refund, then note it on your board: I tell your client.
           *[other] 👉 Refund before { $until }, then note it on your board: I tell your client.
        }
    }
    .simple =
        { $about ->
            [none] To return: { $note ->
                [other-currency] the payment
               *[other] { $amount }
            } (LP-{ $order })
           *[other] To return to { $about }: { $note ->
                [other-currency] the payment
               *[other] { $amount }
            } (LP-{ $order })
        }
        { $note ->
            [second-charge] Order already paid.
            [surplus] Paid too much, the order stands.
            [underpaid] Only partly paid.
            [other-currency] In another currency.
            [vendor-cancelled] A paid order, cancelled by you.
            [late] Money came too late.
           *[cancelled] Order cancelled.
        }
        { $automatic ->
            [yes] Nothing to do, it goes back by itself.
           *[no] { $until ->
                [none] Refund, then note it on your board.
               *[other] Refund before { $until }, then note it on your board.
            }
        }

vendor-refund-late =
    { $about ->
        [none] ⏰ *{ $amount }* is not returned yet (LP-{ $order })
       *[other] ⏰ { $about } still waits for *{ $amount }* (LP-{ $order })
    }

    { $reason ->
        [none] The refund is not confirmed.
       *[other] The automatic refund did not work: { $reason }
    }
    { $reason ->
        [none] 👉 First see in your payment account whether it is sent already. If not, refund and note it on your board.
       *[other] 👉 Refund by Wave, Orange Money or otherwise, then note it on your board.
    }
    .simple =
        { $about ->
            [none] { $amount } not returned yet (LP-{ $order })
           *[other] { $about } waits for { $amount } (LP-{ $order })
        }
        { $reason ->
            [none] See whether it is sent already. If not, refund and note it.
           *[other] Did not work: { $reason }
        }
        { $reason ->
            [none] ∅
           *[other] Refund and note it on your board.
        }

vendor-reversed =
    { $about ->
        [none] ⚠️ The operator took *{ $amount }* back (LP-{ $order })
       *[other] ⚠️ The operator took *{ $amount }* back ({ $about }, LP-{ $order })
    }

    { $lines ->
        [none] ∅
       *[other] { $lines }
    }
    { $handed ->
        [yes] 👉 The order is handed over already: contact your client to be paid.
       *[no] 👉 Do not deliver: the order is no longer paid. Contact your client.
    }
    .simple =
        { $about ->
            [none] The operator took { $amount } back (LP-{ $order })
           *[other] The operator took { $amount } back ({ $about }, LP-{ $order })
        }
        { $lines ->
            [none] ∅
           *[other] { $lines }
        }
        { $handed ->
            [yes] Handed over already: contact your client.
           *[no] Do not deliver, it is no longer paid.
        }

vendor-cancellation-asked =
    { $about ->
        [none] 🙏 Somebody would like to cancel the paid order LP-{ $order } (*{ $amount }*)
       *[other] 🙏 { $about } would like to cancel the paid order LP-{ $order } (*{ $amount }*)
    }

    { $lines }

    ✅ ACCEPT: the order is cancelled and the money returned
    ❌ REFUSE: the order stands
    Without an answer before { $until }, it stands.
    .simple =
        { $about ->
            [none] Cancel the paid order LP-{ $order } ({ $amount })?
           *[other] { $about } would like to cancel LP-{ $order } ({ $amount }):
        }
        { $lines }
        ACCEPT: the money is returned. REFUSE: it stands.
        Without an answer before { $until }, it stands.

vendor-decided = { $granted ->
        [yes] 👌 Noted: LP-{ $order } is cancelled, its money goes back, and your client is told.
       *[no] 👌 Noted: LP-{ $order } stands, and your client is told.
    }
    .simple = { $granted ->
        [yes] LP-{ $order } is cancelled, your client is told.
       *[no] LP-{ $order } stands, your client is told.
    }

keyword-taken = ✋ The word "{ $keyword }" is taken. Choose another, for example with a digit at its end.
    .simple = "{ $keyword }" is taken. Choose another word.

product-unknown = 🤔 I cannot find this item. Check the keyword in your list and send it again.
    .simple = Item not found. Check the keyword.

stock-unknown = 🤔 This item has no such size or colour. Check your list and send it again.
    .simple = Size or colour not found. Check your list.

stock-protected =
    🔒 You can take out { $free } at most: the rest is held or paid.
    { $count ->
        [0] Wait for the holds to end, then try again.
       *[other] First cancel these orders: { $orders }
    }
    .simple = { $free } at most. { $count ->
            [0] Wait for the holds to end.
           *[other] First cancel: { $orders }
        }

out-of-bounds = ✋ This number must be between { $least } and { $most }. Send it again.
    .simple = Between { $least } and { $most }. Send the number again.

live-already-on = 🔴 A live is on already. End it with FIN before you open another.
    .simple = A live is on already. End it with FIN.

no-live = 🎥 No live can do that now. Open it with LIVE, then try again.
    .simple = No live is on. Open it with LIVE.

reopen-too-late = ⏰ This live is over for too long: it could be reopened until { $until }. Open a new one with LIVE.
    .simple = Over: it could be reopened until { $until }. Open a new one.

attempt-unknown = 🤔 I cannot find this payment. Check the reference and send it again.
    .simple = Payment not found. Check the reference.

order-not-paid = ✋ Order LP-{ $order } is not paid yet: keep it with you. I tell you as soon as the money comes.
    .simple = LP-{ $order } is not paid yet. I tell you as soon as the money comes.

no-request = 🤔 Nobody asks to cancel order LP-{ $order }, or it is decided already. See it on your board.
    .simple = No cancellation to decide for LP-{ $order }. See your board.

refund-unknown = 🤔 I cannot find this refund. See the list on your board.
    .simple = Refund not found. See your board.

refund-elsewhere = ✋ This refund is sent already, received, or with the operator. See where it is on your board before you refund again.
    .simple = This refund is sent already or with the operator. See your board first.
