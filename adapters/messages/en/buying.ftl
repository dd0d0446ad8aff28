# Buying: from the hold to the receipt. A line with "∅" alone disappears.

button =
    .pay = ✅ PAY
    .cancel = ❌ CANCEL
    .change = 🔄 CHANGE
    .wave = 🔵 WAVE
    .orange-money = 🟠 ORANGE MONEY
    .card = 💳 CARD
    .purchases = 📜 MY PURCHASES
    .catalogue = 🛍️ CATALOGUE
    .help = ❓ HELP
    .again = 🔁 TAKE IT AGAIN
    .take = ✅ TAKE { $count }
    .want = ✅ I TAKE IT
    .open = SEE THE ITEMS
    .choose = CHOOSE

span = { $minutes ->
    [0] under a minute
   *[other] { $minutes } min
}

line = 🛍️ *{ $item }*{ $label ->
        [none] {""}
       *[other] {" "}({ $label })
    }{ $quantity ->
        [1] {""}
       *[other] {" "}× { $quantity }
    }{ $amount ->
        [none] {""}
       *[other] {" "}· { $amount }
    }
    .simple = - { $item }{ $label ->
        [none] {""}
       *[other] {" "}({ $label })
    }{ $quantity ->
        [1] {""}
       *[other] {" "}x { $quantity }
    }{ $amount ->
        [none] {""}
       *[other] : { $amount }
    }

more-lines = { $count ->
        [one] … and { $count } more item
       *[other] … and { $count } more items
    }
    .simple = - and { $count ->
        [one] { $count } more item
       *[other] { $count } more items
    }

held =
    { $known ->
        [changed] { $name ->
            [none] 👌 Noted!
           *[other] 👌 Noted, { $name }!
        }
        [first] { $name ->
            [none] 👋 Welcome to { $shop }!
           *[other] 👋 Welcome { $name }!
        }
        [vip] { $name ->
            [none] ⭐ Held for you first!
           *[other] ⭐ { $name }, held for you first!
        }
       *[returning] { $name ->
            [none] 👋 Good to see you again!
           *[other] 👋 Hi { $name }!
        }
    }

    { $lines }
    💰 { $total }
    { $scarcity ->
        [last] 🔥 It is the last one, and it is yours!
        [last-ones] 🔥 They are the last ones, and they are yours!
        [few] ⚡ Only { $left } left!
       *[plenty] 📦 In stock: { $left } more
    }
    ⏱️ Held { $minutes } for you, until { $until }

    Tap ✅ PAY and it is yours.
    { $known ->
        [changed] ∅
        [first] ∅
       *[other] { $purchases ->
            [one] ⭐ You have { $purchases } successful purchase at { $shop }
           *[other] ⭐ You have { $purchases } successful purchases at { $shop }
        }
    }
    .simple =
        { $name ->
            [none] Held for you at { $shop }:
           *[other] { $name }, held for you at { $shop }:
        }
        { $lines }
        Total { $total }
        You have { $minutes }, until { $until }.
        To pay: PAY.

live-over =
    🎬 The live is over, but there is some left!

    { $lines }
    💰 { $total }
    { $left ->
        [one] ⚡ { $left } left
       *[other] 📦 { $left } left
    }

    Tap ✅ I TAKE IT, and I hold it for you at once.
    .simple =
        The live is over, { $left } left:
        { $lines }
        Total { $total }
        To hold it: I TAKE IT.

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
    .simple =
        Payment confirmed.
        { $lines }
        Total { $total }
        Ref: #{ $receipt }
        { $shop } will contact you for the delivery. Keep this reference.

reminder =
    { $name ->
        [none] ⏰ Your hold waits { $minutes } more.
       *[other] ⏰ { $name }, your hold waits { $minutes } more.
    }

    💰 { $total }
    Tap ✅ PAY to keep it, or ❌ CANCEL to let it go.
    .simple = { $name ->
            [none] You have { $minutes } left to pay { $total }.
           *[other] { $name }, you have { $minutes } left to pay { $total }.
        } Choose PAY or CANCEL.

expired =
    ⌛ Time is up, your hold is free again:

    { $lines }

    { $again ->
        [yes] If there is some left, tap 🔁 TAKE IT AGAIN and I hold it again.
       *[no] See what is left: tap 🛍️ CATALOGUE.
    }
    .simple =
        Time is up, your hold is free again:
        { $lines }
        { $again ->
            [yes] To hold it again: TAKE IT AGAIN.
           *[no] To see the rest: CATALOGUE.
        }

cancelled =
    👌 Cancelled, as you asked:

    { $lines }

    Nothing to pay. Something else? Tap 🛍️ CATALOGUE.
    .simple =
        Cancelled as you asked:
        { $lines }
        Nothing to pay. Something else? CATALOGUE.

cancelled-by-vendor =
    🙏 { $shop } had to cancel your order, and is sorry:

    { $lines }

    Whatever you may have paid comes back to you. See the rest: tap 🛍️ CATALOGUE.
    .simple =
        { $shop } had to cancel your order, sorry:
        { $lines }
        Whatever you may have paid comes back to you. To see the rest: CATALOGUE.

refund-promised =
    { $note ->
        [other-currency] 💸 Your payment comes back to you in full (order LP-{ $order }).
       *[other] 💸 *{ $amount }* comes back to you (order LP-{ $order }).
    }

    { $note ->
        [second-charge] This order was already paid: the second payment is returned.
        [surplus] You paid more than asked: all of it is returned, the order is not paid.
        [underpaid] You paid less than asked: all of it is returned, the order is not paid.
        [other-currency] It came in another currency: the order is not paid.
        [late] Your payment came after the hold had ended: all of it is returned.
        [vendor-cancelled] Your paid order had to be cancelled, sorry: all of it is returned.
       *[cancelled] Your payment came after the cancellation: all of it is returned.
    }
    { $shop } takes care of it and will tell you. Keep this message.
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
            [surplus] You paid too much.
            [underpaid] You paid less than asked.
            [other-currency] It is in another currency.
            [late] Your payment came too late.
            [vendor-cancelled] { $shop } had to cancel, sorry.
           *[cancelled] Your payment came after the cancellation.
        }
        { $shop } takes care of it and will tell you.
        { $next ->
            [pay] { $due } to pay until { $until }: PAY.
            [again] To order again: write the keyword.
           *[none] ∅
        }
