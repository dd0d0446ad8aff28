# Pieces: buttons, times, lines. A line with "∅" alone disappears.

button =
    .pay = ✅ PAY
    .complete = ✅ PAY THE REST
    .cancel = ❌ CANCEL
    .decline = ❌ NO THANKS
    .change = 🔄 CHANGE
    .wave = 🔵 WAVE
    .orange-money = 🟠 ORANGE MONEY
    .card = 💳 CARD
    .wait = ⏳ WAIT
    .leave = 🚫 STOP WAITING
    .swap = 🛍️ SOMETHING ELSE
    .refund = 💸 REFUND
    .keep = ✅ KEEP IT
    .grant = ✅ ACCEPT
    .deny = ❌ REFUSE
    .reopen = 🔁 REOPEN
    .purchases = 📜 MY PURCHASES
    .catalogue = 🛍️ CATALOGUE
    .help = ❓ HELP
    .again = 🔁 TAKE IT AGAIN
    .take = ✅ TAKE { $count }
    .want = ✅ I TAKE IT
    .open = SEE THE ITEMS
    .choose = CHOOSE

span = { $unit ->
    [none] under a minute
    [seconds] { $count } s
    [hours] { $count } h
    [both] { $count } h { $rest }
    [days] { $count } days
   *[minutes] { $count } min
}

moment = { $when ->
    [today] { $clock }
    [tomorrow] tomorrow { $clock }
    [yesterday] yesterday { $clock }
   *[other] { $weekday ->
        [1] Mon { $day }, { $clock }
        [2] Tue { $day }, { $clock }
        [3] Wed { $day }, { $clock }
        [4] Thu { $day }, { $clock }
        [5] Fri { $day }, { $clock }
        [6] Sat { $day }, { $clock }
       *[7] Sun { $day }, { $clock }
    }
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

product-row = { $left ->
    [0] { $item } · sold out
    [1] { $item } · only 1 left
   *[other] { $item } · { $left } left
}

choice-row = { $left ->
    [1] Only 1 left
   *[other] { $left } available
}

swap-row = { $price } · { $item }{ $label ->
    [none] {""}
   *[other] {" "}({ $label })
}

purchase-line = 🧾 { $day } · { $total } · #{ $receipt }
    .simple = - { $day }: { $total }, #{ $receipt }

place = { $item } (place { $position })

option = { $option ->
        [wait] ⏳ WAIT: if some come back, you are first
        [swap] 🛍️ SOMETHING ELSE: another item for this money
        [refund] 💸 REFUND: your money comes back to you
        [keep] ✅ KEEP IT: it is yours, if there is some left
       *[complete] ✅ PAY THE REST: and it is yours, if there is some left
    }
    .simple = { $option ->
        [wait] - WAIT: if some come back, you are first
        [swap] - SOMETHING ELSE: another item
        [refund] - REFUND: your money comes back
        [keep] - KEEP IT: yours, if there is some left
       *[complete] - PAY THE REST: yours, if there is some left
    }
