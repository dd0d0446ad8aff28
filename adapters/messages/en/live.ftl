# To the vendor, about her live: closed by itself, open again, and what it came to.

vendor-live-closed-itself =
    { $title ->
        [none] 🎬 Your live closed by itself: nothing for { $silence }.
       *[other] 🎬 Your live "{ $title }" closed by itself: nothing for { $silence }.
    }

    What is held stays held.
    👉 Are you still on air? Tap 🔁 REOPEN before { $until }.
    .simple =
        { $title ->
            [none] Your live closed by itself: nothing for { $silence }.
           *[other] Live "{ $title }" closed by itself: nothing for { $silence }.
        }
        Still on air? Tap REOPEN before { $until }.

vendor-live-reopened =
    { $title ->
        [none] 🔴 Off we go: your live is open again.
       *[other] 🔴 Off we go: "{ $title }" is open again.
    }
    Who waited for an item asks for it again.
    .simple = { $title ->
        [none] Your live is open again.
       *[other] "{ $title }" is open again.
    }

vendor-live-summary =
    { $settled ->
        [yes] 🧾 *THE FINAL FIGURES OF YOUR LIVE*
       *[no] 📊 *YOUR LIVE IN FIGURES*
    }
    { $title ->
        [none] ∅
       *[other] 🎬 { $title }
    }

    { $state ->
        [known] { $figures }
        [empty] No order this time. It happens to the best: show your items one by one, with their keyword in plain sight, and try again!
       *[unknown] Well done, it is over! The figures wait for you on your board.
    }

    { $advice ->
        [none] ∅
       *[other] 💡 { $advice }
    }

    👉 { $link }
    .simple =
        { $settled ->
            [yes] Final figures of your live
           *[no] Your live in figures
        }
        { $title ->
            [none] ∅
           *[other] { $title }
        }
        { $state ->
            [known] { $figures }
            [empty] No order this time. Show your keywords clearly.
           *[unknown] The figures are on your board.
        }
        { $advice ->
            [none] ∅
           *[other] Advice: { $advice }
        }
        { $link }

summary-figures = ⏱️ Length: { $duration }
    💰 Sales: *{ $gross }*{ $net ->
        [none] {""}
       *[other] , of which { $net } are yours to keep
    }
    📦 Orders: { $placed } ({ $paid } paid{ $expired ->
        [0] {""}
       *[other] , { $expired } expired
    }{ $cancelled ->
        [0] {""}
       *[other] , { $cancelled } cancelled
    }{ $open ->
        [0] {""}
       *[other] , { $open } open
    })
    { $conversion ->
        [none] ∅
       *[other] ✅ Conversion: { $conversion }
    }
    { $best ->
        [none] ∅
       *[other] 🏆 Best seller: { $best }
    }
    👥 New clients: { $new } · returning: { $returning }
    { $median ->
        [none] ∅
       *[other] ⏳ Half of them paid within { $median }, 9 of 10 within { $slow }
    }
    { $peak ->
        [none] ∅
       *[other] 🔥 { $peak }
    }
    { $lost ->
        [none] ∅
       *[other] 📉 Missed for lack of stock: { $lost } at most
    }
    .simple = Length: { $duration }
    Sales: { $gross }{ $net ->
        [none] {""}
       *[other] , of which { $net } are yours to keep
    }
    Orders: { $placed } ({ $paid } paid{ $expired ->
        [0] {""}
       *[other] , { $expired } expired
    }{ $cancelled ->
        [0] {""}
       *[other] , { $cancelled } cancelled
    }{ $open ->
        [0] {""}
       *[other] , { $open } open
    })
    { $conversion ->
        [none] ∅
       *[other] Conversion: { $conversion }
    }
    { $best ->
        [none] ∅
       *[other] Best seller: { $best }
    }
    New clients: { $new }, returning: { $returning }
    { $median ->
        [none] ∅
       *[other] Half of them paid within { $median }, 9 of 10 within { $slow }
    }
    { $peak ->
        [none] ∅
       *[other] { $peak }
    }
    { $lost ->
        [none] ∅
       *[other] Missed for lack of stock: { $lost } at most
    }

summary-sold = { $keyword } ({ $units } sold)

summary-peak = Peak at { $minute }: { $orders ->
        [one] { $orders } order
       *[other] { $orders } orders
    } in one minute{ $shown ->
        [none] {""}
       *[other] , while you showed { $shown }
    }

summary-advice = { $kind ->
    [more-stock] { $more ->
        [none] { $keyword } sold out in { $span }, bring more of it
       *[other] { $keyword } sold out in { $span }, bring more of it: up to { $more } of sales missed
    }
    [more-payment] { $count } orders of { $more } expired: ask on air to pay at once, or switch to "first paid, first served"
    [show-again] { $count } orders in the minute you showed { $keyword }: show it earlier, and again
   *[again] { $keyword } is liked ({ $count } sold): bring it to your next live
}
