# The waitlist and the turn that comes.

waitlist-joined =
    ⏳ There is not enough for now, so I keep a place for you:

    { $lines }
    { $position ->
        [1] 🥇 You are the next on the list
       *[other] 🔢 Your place on the list: { $position }
    }
    { $others ->
        [none] ∅
       *[other] ⏳ And also: { $others }
    }

    If some come back, I tell you. Nothing to pay until then.
    .simple =
        Not enough for now, I keep a place for you:
        { $lines }
        Place { $position }. If some come back, I tell you.
        { $others ->
            [none] ∅
           *[other] And also: { $others }
        }

offer =
    { $name ->
        [none] 🎉 It is your turn, some came back!
       *[other] 🎉 { $name }, it is your turn: some came back!
    }

    { $lines }
    💰 { $total }
    { $part ->
        [yes] 📦 You wanted { $wanted }: this is all that came back
       *[no] ∅
    }
    ⏱️ Held { $minutes } for you, until { $until }

    Tap ✅ PAY and it is yours, or ❌ NO THANKS to let it go.
    .simple =
        Your turn, held for you:
        { $lines }
        Total { $total }
        { $part ->
            [yes] You wanted { $wanted }, this is all that came back.
           *[no] ∅
        }
        You have { $minutes }, until { $until }.
        Choose PAY or NO THANKS.

offer-declined =
    👌 Noted, I let it go:

    { $lines }

    { $waits ->
        [none] You wait no longer. Something else? Tap 🛍️ CATALOGUE.
       *[other] ⏳ You keep your place for the rest: { $waits }
    }
    .simple =
        Noted, I let it go:
        { $lines }
        { $waits ->
            [none] You wait no longer. Something else: CATALOGUE.
           *[other] You still wait: { $waits }
        }

offer-lapsed =
    ⌛ Your turn has passed, the place goes to the next person:

    { $lines }

    Your score does not change. Still want it? Tap ⏳ WAIT.
    .simple =
        Your turn has passed:
        { $lines }
        Still want it? WAIT.

waitlist-left = 👌 Noted, you no longer wait for *{ $item }*. Something else? Tap 🛍️ CATALOGUE.
    .simple = Noted, you no longer wait for { $item }. Something else: CATALOGUE.

waitlist-closed =
    🎬 The waitlist is closed, and nothing came back:

    { $lines }

    Thank you for waiting! See what else { $shop } has: tap 🛍️ CATALOGUE.
    .simple =
        The waitlist is closed, nothing came back:
        { $lines }
        To see what else { $shop } has: CATALOGUE.

unit-free =
    🔔 Some came back!

    { $lines }
    💰 { $total }
    { $left ->
        [one] ⚡ { $left } left
       *[other] 📦 { $left } left
    }

    First paid, first served: tap ✅ I TAKE IT, then pay.
    .simple =
        Some came back ({ $left }):
        { $lines }
        Total { $total }
        First paid, first served: I TAKE IT.
