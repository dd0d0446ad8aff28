# To the vendor.

vendor-paid =
    { $about ->
        [none] 💰 *{ $total }* received · LP-{ $order }
       *[other] 💰 { $about } paid *{ $total }* · LP-{ $order }
    }

    { $lines }

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
        { $lines }
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
        [surplus] The client paid more than asked: the order is not paid.
        [underpaid] The client paid less than asked: the order is not paid.
        [other-currency] The money came in another currency: see the sum in your payment account.
        [late] The money came after the hold had ended.
        [vendor-cancelled] You cancelled a paid order.
       *[cancelled] The money came after the cancellation.
    }
    👉 Refund and tell your client, who knows it is coming.
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
            [surplus] Paid too much: order not paid.
            [underpaid] Paid too little: order not paid.
            [other-currency] In another currency.
            [vendor-cancelled] A paid order, cancelled by you.
            [late] Money came too late.
           *[cancelled] Money came after the cancellation.
        }
        Refund and tell your client.

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

attempt-unknown = 🤔 I cannot find this payment. Check the reference and send it again.
    .simple = Payment not found. Check the reference.
