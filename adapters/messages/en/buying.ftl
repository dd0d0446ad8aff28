# Buying: from the hold to its end, as long as no money came.

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
    { $waits ->
        [none] ∅
       *[other] ⏳ Sold out for now: { $waits }. If some come back, I tell you.
    }

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
        { $waits ->
            [none] ∅
           *[other] Sold out, I tell you: { $waits }
        }
        To pay: PAY.

first-paid =
    🏃 First paid, first served!

    { $lines }
    💰 { $total }
    { $left ->
        [0] ∅
        [one] ⚡ Only { $left } left!
       *[other] 📦 In stock: { $left }
    }
    { $waits ->
        [none] ∅
       *[other] ⏳ Sold out for now: { $waits }. If some come back, I tell you.
    }

    Nothing is held yet. Tap ✅ PAY and choose how: then it is yours while you pay ({ $minutes }).
    .simple =
        First paid, first served:
        { $lines }
        Total { $total }
        { $waits ->
            [none] ∅
           *[other] Sold out, I tell you: { $waits }
        }
        Not held yet. PAY, and it is yours for { $minutes }.

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

    If a payment is on its way, it comes back to you. See the rest: tap 🛍️ CATALOGUE.
    .simple =
        { $shop } had to cancel your order, sorry:
        { $lines }
        If a payment is on its way, it comes back to you. To see the rest: CATALOGUE.

released =
    🙏 Sorry! { $shop } had fewer than we thought, so I have to take back:

    { $lines }

    { $rest ->
        [yes] The rest is still yours:
       *[no] You have nothing to pay, and your score does not change. See the rest: tap 🛍️ CATALOGUE.
    }
    { $rest ->
        [yes] { $kept }
       *[no] ∅
    }
    { $rest ->
        [yes] 💰 { $total }
       *[no] ∅
    }
    { $rest ->
        [yes] Tap ✅ PAY to keep it.
       *[no] ∅
    }
    .simple =
        { $shop } had fewer than we thought, sorry. Taken back:
        { $lines }
        { $rest ->
            [yes] Still yours:
           *[no] Nothing to pay. To see the rest: CATALOGUE.
        }
        { $rest ->
            [yes] { $kept }
           *[no] ∅
        }
        { $rest ->
            [yes] Total { $total }. To pay: PAY.
           *[no] ∅
        }
