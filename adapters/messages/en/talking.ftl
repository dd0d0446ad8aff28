# Looking, asking, talking.

catalogue =
    { $count ->
        [0] 🛍️ { $shop } has nothing on sale yet. Come to the next live, or tap ❓ HELP.
       *[other] { $live ->
            [yes] 🔴 { $shop } is live! This is on sale:
           *[no] 🛍️ This is what { $shop } sells:
        }
    }
    { $count ->
        [0] ∅
       *[other] Open the list and choose: one tap, and I take care of it.
    }
    { $more ->
        [yes] There is more: write the keyword you see in the live.
       *[no] ∅
    }
    .simple =
        { $count ->
            [0] { $shop } has nothing on sale yet. Come to the next live.
           *[other] { $live ->
                [yes] { $shop } is live. Open the list and choose.
               *[no] { $shop }: open the list and choose.
            }
        }
        { $more ->
            [yes] There is more: write the keyword seen in the live.
           *[no] ∅
        }

purchases =
    { $count ->
        [0] 📜 You have no purchase at { $shop } yet. Tap 🛍️ CATALOGUE for the first!
        [one] 📜 Your purchase at { $shop }:
       *[other] 📜 Your { $count } purchases at { $shop }, newest first:
    }
    { $count ->
        [0] ∅
       *[other] { $orders }
    }
    { $known ->
        [vip] ⭐ You are a VIP client, you come first 🌟
       *[other] ∅
    }
    { $count ->
        [0] ∅
       *[other] Fancy something else? Tap 🛍️ CATALOGUE.
    }
    .simple =
        { $count ->
            [0] No purchase at { $shop } yet. To choose: CATALOGUE.
            [one] Your purchase at { $shop }:
           *[other] Your { $count } purchases at { $shop }, newest first:
        }
        { $count ->
            [0] ∅
           *[other] { $orders }
        }

help =
    🤝 Buying at { $shop } is simple:

    { $example ->
        [none] 1️⃣ Write the keyword of the item (you see it in the live)
       *[other] 1️⃣ Write the keyword of the item, for example { $example }, or "2 { $example }" to take two
    }
    2️⃣ I hold it for you for some minutes
    3️⃣ Tap ✅ PAY: Wave, Orange Money or card

    { $open ->
        [yes] 👉 You have a hold: write PAY or CANCEL.
       *[no] 👉 To see the items, tap 🛍️ CATALOGUE.
    }
    You may also write I HAVE PAID, MY PURCHASES, WHY or STOP. Slow connection? Write LIGHT. Tu préfères le français ? Écris FRANÇAIS.
    .simple =
        Buying at { $shop }:
        { $example ->
            [none] Write the keyword seen in the live.
           *[other] Write the keyword, for example { $example }.
        }
        { $open ->
            [yes] You have a hold: write PAY or CANCEL.
           *[no] To see the items: CATALOGUE.
        }
        Full messages: NORMAL.

stopped = 🔕 Noted: no more news from us, except about your open orders. To come back, just write the keyword of an item.
    .simple = Noted, no more news except about your orders. To come back, write a keyword.

hint =
    👋 This is { $shop }! Your message is here, we answer as soon as we can.
    { $example ->
        [none] To buy right now, write the keyword seen in the live, or tap 🛍️ CATALOGUE.
       *[other] To buy right now, write a keyword such as { $example }, or tap 🛍️ CATALOGUE.
    }
    .simple = { $shop } got your message. { $example ->
            [none] To buy, write the keyword seen in the live.
           *[other] To buy, write a keyword such as { $example }.
        }

please-write =
    🙉 Sorry, I can only read words!
    { $example ->
        [none] Write me the keyword of the item, or tap 🛍️ CATALOGUE.
       *[other] Write me the keyword of the item, for example { $example }, or tap 🛍️ CATALOGUE.
    }
    .simple = { $example ->
            [none] I can only read words. Write the keyword of the item.
           *[other] I can only read words. Write the keyword, for example { $example }.
        }

language-changed = 🇬🇧 Done, we speak English now. Write a keyword to buy, or HELP.
    .simple = Done, we speak English now. Write a keyword, or HELP.

style-changed = { $style ->
        [simple] 📶 Noted: short messages. For the full ones, write NORMAL.
       *[normal] 📶 Noted: full messages. For the short ones, write LIGHT.
    }
    .simple = { $style ->
        [simple] Noted: short messages. To go back, write NORMAL.
       *[normal] Noted: full messages.
    }
