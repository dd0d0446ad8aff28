# Every "no": always the reason, always what comes next.

shop-unknown = 🤔 This shop does not exist yet. Ask the seller for the link and tap it.
    .simple = This shop does not exist yet. Ask the seller for the link.

shop-already-open = 👍 Your shop is open already. You can add your items.
    .simple = Your shop is open already. Add your items.

shop-closed = 😴 { $shop } is closed for now. Come back a little later, or at the next live!
    .simple = { $shop } is closed for now. Come back later.

client-blocked = 🚫 { $shop } does not take your orders for now. Write to the seller right here to talk about it.
    .simple = { $shop } does not take your orders for now. Write to the seller here.

client-unknown = 🤔 We have not met yet. Write the keyword of an item and off we go!
    .simple = We have not met yet. Write the keyword of an item.

too-old =
    🕰️ Your message ({ $at }) has only just arrived, so I held nothing.
    Still want it? Send it again, or tap 🛍️ CATALOGUE.
    .simple = Your message ({ $at }) came too late, nothing is held. Send it again if you like.

keyword-unknown =
    🤔 I cannot find "{ $asked }".
    { $count ->
        [0] Tap 🛍️ CATALOGUE to see the items.
       *[other] Perhaps you meant 👇
    }
    .simple = "{ $asked }" not found. { $count ->
            [0] See the items: CATALOGUE.
           *[other] Perhaps you meant:
        }

quantity-absurd = 🤔 "{ $asked }": I do not understand how many you want. Write for example "2" before the keyword: a whole number, 1 or more.
    .simple = "{ $asked }": how many? Write a whole number before the keyword.

variant-missing =
    { $count ->
        [0] 😕 *{ $item }* has nothing left. See the rest: tap 🛍️ CATALOGUE.
       *[other] 👉 *{ $item }*: which size or colour? Tap CHOOSE, I hold it at once.
    }
    .simple = { $count ->
            [0] { $item }: nothing left. See the rest: CATALOGUE.
           *[other] { $item }: choose in the list.
        }

variant-unknown =
    { $count ->
        [0] 😕 *{ $item }* does not come like that, and nothing is left. See the rest: tap 🛍️ CATALOGUE.
       *[other] 😕 *{ $item }* does not come like that. This is what there is: tap CHOOSE.
    }
    .simple = { $count ->
            [0] { $item }: not like that, and nothing left. See the rest: CATALOGUE.
           *[other] { $item } does not come like that. Choose in the list.
        }

product-archived = 😕 *{ $item }* is no longer sold. There is surely better: tap 🛍️ CATALOGUE.
    .simple = { $item } is no longer sold. See the rest: CATALOGUE.

only-during-live = 🎥 *{ $item }* is sold only during the lives of { $shop }. Come to the next one, or tap 🛍️ CATALOGUE for the rest.
    .simple = { $item } is sold only during the lives of { $shop }. See the rest: CATALOGUE.

too-many-open-lines = { $most ->
        [one] ✋ You already have { $most } item waiting. Write PAY or CANCEL, then send a keyword again.
       *[other] ✋ You already have { $most } items waiting. Write PAY or CANCEL, then send a keyword again.
    }
    .simple = Already { $most } waiting. Write PAY or CANCEL first.

quantity-over-most = ✋ It is { $most } at most per person for this item. Send the keyword again with a smaller number.
    .simple = { $most } at most per person. Send the keyword again with fewer.

too-many-orders = { $most ->
        [one] ✋ It is { $most } order at most per person. Yours: write MY PURCHASES.
       *[other] ✋ It is { $most } orders at most per person. Yours: write MY PURCHASES.
    }
    .simple = { $most } at most per person. Write MY PURCHASES.

trust-too-low = 🔒 { $shop } asks for a trust score of { $least }/100 and yours is { $score }. An order paid in time raises it: write WHY, or talk to the seller here.
    .simple = { $shop } asks for a score of { $least }/100, yours is { $score }. Write WHY.

not-enough-left =
    { $left ->
        [0] 😢 *{ $item }*: all gone for now!
       *[other] ⚡ You wanted { $asked }, { $left } left of *{ $item }*. Do you take what there is?
    }
    { $wait ->
        [yes] { $left ->
            [0] Tap ⏳ WAIT: if some come back, I tell you. Or see the rest: 🛍️ CATALOGUE.
           *[other] Or tap ⏳ WAIT: if more come back, I tell you.
        }
       *[no] { $left ->
            [0] See the rest: tap 🛍️ CATALOGUE.
           *[other] ∅
        }
    }
    .simple = { $left ->
            [0] { $item }: all gone.
           *[other] Asked { $asked }, { $left } left of { $item }. Take them?
        } { $wait ->
            [yes] Or wait: WAIT.
           *[no] { $left ->
                [0] The rest: CATALOGUE.
               *[other] {""}
            }
        }

sum-too-large = 🤯 The total is too large for us. Send the keyword again with a smaller number.
    .simple = Total too large. Send the keyword again with a smaller number.

nothing-open = 🛒 You have nothing waiting. Write a keyword, or tap 🛍️ CATALOGUE.
    .simple = Nothing waiting. Write a keyword, or CATALOGUE.

order-unknown = 🤔 I cannot find this order of yours. Look at 📜 MY PURCHASES, or send a keyword.
    .simple = Order not found. Look at MY PURCHASES, or write a keyword.

order-expired = ⌛ The hold LP-{ $order } is over, you have nothing to pay. Send the keyword again, or tap 🛍️ CATALOGUE.
    .simple = Hold LP-{ $order } is over, nothing to pay. Send the keyword again.

order-cancelled = 👌 Order LP-{ $order } is cancelled already, you have nothing to pay. Something else? Tap 🛍️ CATALOGUE.
    .simple = LP-{ $order } is cancelled already, nothing to pay. Something else: CATALOGUE.

order-paid = ✅ Order LP-{ $order } is paid already, all is well! { $shop } will contact you for the delivery. Tap 📜 MY PURCHASES to see it.
    .simple = LP-{ $order } is paid already. { $shop } will contact you for the delivery.

order-frozen = ⏸️ The payment of LP-{ $order } is under way. Tap ✅ PAY to get your link again, or 🔄 CHANGE for another way. Paid already? Write I HAVE PAID.
    .simple = Payment of LP-{ $order } under way. PAY for your link, CHANGE for another way.

too-many-attempts = 😕 The payment of LP-{ $order } failed several times. If you have paid already, write I HAVE PAID and I check. If not, tap ❌ CANCEL, or write here to { $shop }.
    .simple = Payment of LP-{ $order } failed. If you have paid, write I HAVE PAID. If not CANCEL, or write to { $shop }.

button-unknown = 🕰️ This button is too old for me. Write the keyword of the item, or tap 🛍️ CATALOGUE.
    .simple = This button is too old. Write the keyword, or CATALOGUE.

no-choice = 🤔 There is nothing left to choose for order LP-{ $order }: it is decided, or the time is over. Tap 📜 MY PURCHASES, or 🛍️ CATALOGUE.
    .simple = Nothing left to choose for LP-{ $order }. See MY PURCHASES or CATALOGUE.
