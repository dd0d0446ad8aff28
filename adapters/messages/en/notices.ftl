# To the vendor, several things at once: payments that come fast, stock that runs low.

vendor-paid-many =
    💰 *{ $count } payments*: *{ $amount }*

    { $orders }

    { $paid ->
        [one] 📊 { $paid } paid order, { $collected } in all
       *[other] 📊 { $paid } paid orders, { $collected } in all
    }
    { $low ->
        [none] ∅
       *[other] ⚠️ Low stock: { $low }
    }
    👉 Prepare the orders and contact your clients for the delivery.
    .simple =
        { $count } payments: { $amount }
        { $orders }
        { $paid ->
            [one] { $paid } paid order, { $collected } in all.
           *[other] { $paid } paid orders, { $collected } in all.
        }
        { $low ->
            [none] ∅
           *[other] Low stock: { $low }
        }
        Contact your clients for the delivery.

paid-line = 🧾 { $about ->
        [none] LP-{ $order }
       *[other] { $about } · LP-{ $order }
    }{ $items ->
        [none] {""}
       *[other] {" "}· { $items }
    } · *{ $total }*
    .simple = - { $about ->
        [none] LP-{ $order }
       *[other] { $about }, LP-{ $order }
    }{ $items ->
        [none] {""}
       *[other] , { $items }
    }: { $total }

more-paid = { $count ->
        [one] … and { $count } more payment
       *[other] … and { $count } more payments
    }
    .simple = - and { $count ->
        [one] { $count } more payment
       *[other] { $count } more payments
    }

vendor-stock-low =
    ⚠️ *LOW STOCK*

    { $products }

    👉 Do you have more of it? Add it on your board: I go on selling.
    .simple =
        Low stock:
        { $products }
        You have more? Add it on your board.

low-item = { $left ->
    [0] { $keyword } (sold out)
   *[other] { $keyword } ({ $left })
}

low-line = { $left ->
        [0] 🔴 *{ $keyword }* · { $item } · sold out
        [1] 🟠 *{ $keyword }* · { $item } · only 1 left
       *[other] 🟠 *{ $keyword }* · { $item } · only { $left } left
    }
    .simple = { $left ->
        [0] - { $keyword }: sold out
       *[other] - { $keyword }: { $left } left
    }

percent = { $count }%
