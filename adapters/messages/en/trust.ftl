# Trust: levels, badges, and why this score.

tier = { $tier ->
        [silver] Silver 🥈
        [gold] Gold 🥇
        [diamond] Diamond 💎
       *[bronze] Bronze 🥉
    }
    .simple = { $tier ->
        [silver] Silver
        [gold] Gold
        [diamond] Diamond
       *[bronze] Bronze
    }

badge = { $badge ->
        [first-buyer] ⚡ Badge *First of the live*: nobody was faster!
        [loyal] 🔥 Badge *Loyal*: thank you for coming back!
        [fast-payer] 💨 Badge *Fast payer*: that was quick!
       *[verified] 🛡️ Badge *Verified*: you can be counted on!
    }
    .simple = { $badge ->
        [first-buyer] Badge: First of the live
        [loyal] Badge: Loyal
        [fast-payer] Badge: Fast payer
       *[verified] Badge: Verified
    }

reason = { $reason ->
        [start] • { $points } to start with
        [paid] • { $points } your paid orders
        [pays-fast] • { $points } you pay fast
        [spent] • { $points } you buy a lot
        [expired] • { $points } holds left unpaid
        [suspected-fake-buyer] • { $points } nearly all left unpaid
       *[honour-rate] • { $points } your share of paid holds
    }
    .simple = { $reason ->
        [start] { $points } to start with
        [paid] { $points } paid orders
        [pays-fast] { $points } you pay fast
        [spent] { $points } you buy a lot
        [expired] { $points } holds left unpaid
        [suspected-fake-buyer] { $points } nearly all unpaid
       *[honour-rate] { $points } share of paid holds
    }

why =
    🔎 Your score at { $shop }: *{ $score }/100*, level { $tier }

    { $reasons ->
        [none] ∅
       *[other] { $reasons }
    }
    { $overridden ->
        [yes] ✍️ { $shop } knows you and has set this score.
       *[no] ∅
    }
    { $holds ->
        [blocked] 🚫 { $shop } does not take your orders for now.
        [unheld] 🏃 Nothing is held beforehand: it is yours once you choose how to pay.
       *[held] ⏱️ Your holds last { $minutes }.
    }
    { $flagged ->
        [yes] 🔒 Too many holds were left unpaid.
       *[no] ∅
    }

    { $way ->
        [seller] 👉 Write here to { $shop } to talk about it.
        [orders] { $back ->
            [one] 👉 { $back } more paid order, and there is no limit any more.
           *[other] 👉 { $back } more paid orders, and there is no limit any more.
        }
       *[none] 👉 Pay in time and your score rises. Changed your mind? Tap ❌ CANCEL, it does not fall.
    }
    .simple =
        Your score at { $shop }: { $score }/100, level { $tier }.
        { $reasons ->
            [none] ∅
           *[other] { $reasons }
        }
        { $overridden ->
            [yes] Score set by { $shop }.
           *[no] ∅
        }
        { $holds ->
            [blocked] { $shop } does not take your orders for now.
            [unheld] Nothing is held before you choose how to pay.
           *[held] Your holds: { $minutes }.
        }
        { $way ->
            [seller] Write to { $shop } to talk about it.
            [orders] { $back ->
                [one] To lift the limit: pay { $back } more order.
               *[other] To lift the limit: pay { $back } more orders.
            }
           *[none] Pay in time or cancel: it does not fall.
        }
