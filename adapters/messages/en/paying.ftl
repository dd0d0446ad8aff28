# Paying: from the method to the receipt.

ask-method =
    💳 How do you want to pay { $total }?

    ⏱️ You have { $minutes } left
    .simple = { $total } to pay. Choose how. You have { $minutes } left.

link-coming = ⏳ Your payment link is coming in a few seconds. Your hold is safe, stay here.
    .simple = Your payment link is coming. Stay here.

payment-link =
    🔗 Tap here to pay { $total }:
    { $link }

    💡 You go through { $method ->
        [wave] Wave
        [orange_money] Orange Money
       *[card] the bank card page
    }: confirm there, then come back
    ⏱️ The link is valid for { $minutes }

    Another way to pay? Tap 🔄 CHANGE.
    .simple =
        Pay { $total } by { $method ->
            [wave] Wave
            [orange_money] Orange Money
           *[card] bank card
        } here:
        { $link }
        You have { $minutes } left. Another way: CHANGE.

payment-failed =
    😕 The payment did not go through, and nothing is lost: your hold is still on.

    💳 Choose another way for { $total }
    ⏱️ You have { $minutes } left
    .simple = Payment did not go through. Your hold is on for { $minutes } more. Choose another way for { $total }.

paid =
    🎉 *PAYMENT CONFIRMED!*

    { $lines }
    💰 { $total }
    🧾 Ref: #{ $receipt }
    { $late ->
        [yes] ⏰ The money came late, but it is yours
       *[no] ∅
    }
    { $surplus ->
        [none] ∅
       *[other] 💸 { $surplus } more than the price: it comes back to you
    }

    📞 { $shop } will contact you for the delivery. Keep this reference.

    { $known ->
        [vip] { $name ->
            [none] ⭐ Purchase no. { $purchases }! You are a VIP client 🌟
           *[other] ⭐ Purchase no. { $purchases }, { $name }! You are a VIP client 🌟
        }
       *[other] { $purchases ->
            [1] { $name ->
                [none] ⭐ Your first purchase: jërëjëf, thank you!
               *[other] ⭐ Your first purchase: jërëjëf, thank you { $name }!
            }
           *[other] { $name ->
                [none] ⭐ Purchase no. { $purchases }! Jërëjëf, thank you for coming back
               *[other] ⭐ Purchase no. { $purchases }! Jërëjëf, thank you { $name }
            }
        }
    }
    { $badges ->
        [none] ∅
       *[other] { $badges }
    }
    { $reached ->
        [none] ∅
       *[other] 🎊 You reach level { $reached }! Write WHY to see your score.
    }
    .simple =
        Payment confirmed.
        { $lines }
        Total { $total }
        Ref: #{ $receipt }
        { $surplus ->
            [none] ∅
           *[other] { $surplus } too much comes back.
        }
        { $shop } will contact you for the delivery. Keep this reference.
        { $badges ->
            [none] ∅
           *[other] { $badges }
        }
        { $reached ->
            [none] ∅
           *[other] Level { $reached }.
        }

underpaid =
    🧩 *{ $missing }* still missing.

    { $received } arrived safely, thank you!
    { $until ->
        [none] 👉 Tap ✅ PAY THE REST and your order is settled.
       *[other] 👉 Tap ✅ PAY THE REST before { $until } and it is yours. If not, your money comes back to you.
    }
    .simple =
        { $received } arrived, { $missing } missing.
        { $until ->
            [none] To finish: PAY THE REST.
           *[other] Pay the rest before { $until }, or your money comes back to you.
        }

checking-payment =
    🔎 Thank you! I am asking the operator where your payment is (order LP-{ $order }).
    Do not pay twice: I answer as soon as I know.
    .simple = I am checking your payment (LP-{ $order }). Do not pay twice, I will answer.

not-paid-yet =
    🤔 The operator does not have your payment for order LP-{ $order } yet.

    If your account was charged, do not worry: it can take a while, and I write as soon as it arrives.
    { $due ->
        [none] A question? Write here to { $shop }.
       *[other] 👉 If not, tap ✅ PAY: { $due } before { $until }.
    }
    .simple =
        Payment not here yet (LP-{ $order }). If you were charged, I write as soon as it arrives.
        { $due ->
            [none] ∅
           *[other] If not, pay { $due } before { $until }: PAY.
        }

taken-back =
    😕 Your operator took the *{ $amount }* of order LP-{ $order } back: it is no longer paid.

    👉 To keep it, tap ✅ PAY. A question? Write here to { $shop }.
    .simple = Your operator took { $amount } back (LP-{ $order }). To keep the order: PAY, or write to { $shop }.
