# Morceaux : boutons, durées, lignes. « ∅ » seul sur une ligne : la ligne disparaît.

button =
    .pay = ✅ PAYER
    .complete = ✅ PAYER LE RESTE
    .cancel = ❌ ANNULER
    .decline = ❌ NON MERCI
    .change = 🔄 CHANGER
    .wave = 🔵 WAVE
    .orange-money = 🟠 ORANGE MONEY
    .card = 💳 CARTE
    .wait = ⏳ ATTENDRE
    .leave = 🚫 NE PLUS ATTENDRE
    .swap = 🛍️ AUTRE CHOSE
    .refund = 💸 REMBOURSER
    .keep = ✅ GARDER
    .grant = ✅ ACCEPTER
    .deny = ❌ REFUSER
    .reopen = 🔁 ROUVRIR
    .purchases = 📜 MES ACHATS
    .catalogue = 🛍️ CATALOGUE
    .help = ❓ AIDE
    .again = 🔁 REPRENDRE
    .take = ✅ PRENDRE { $count }
    .want = ✅ JE PRENDS
    .open = VOIR LES ARTICLES
    .choose = CHOISIR

span = { $unit ->
    [none] moins d'une minute
    [seconds] { $count } s
    [hours] { $count } h
    [both] { $count } h { $rest }
    [days] { $count } jours
   *[minutes] { $count } min
}

moment = { $when ->
    [today] { $clock }
    [tomorrow] demain { $clock }
    [yesterday] hier { $clock }
   *[other] { $weekday ->
        [1] lundi { $day }, { $clock }
        [2] mardi { $day }, { $clock }
        [3] mercredi { $day }, { $clock }
        [4] jeudi { $day }, { $clock }
        [5] vendredi { $day }, { $clock }
        [6] samedi { $day }, { $clock }
       *[7] dimanche { $day }, { $clock }
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
       *[other]  : { $amount }
    }

more-lines = { $count ->
        [one] … et { $count } autre article
       *[other] … et { $count } autres articles
    }
    .simple = - et { $count ->
        [one] { $count } autre article
       *[other] { $count } autres articles
    }

product-row = { $left ->
    [0] { $item } · épuisé
    [1] { $item } · plus que 1
   *[other] { $item } · { $left } dispo
}

choice-row = { $left ->
    [1] Plus que 1
   *[other] { $left } disponibles
}

swap-row = { $price } · { $item }{ $label ->
    [none] {""}
   *[other] {" "}({ $label })
}

purchase-line = 🧾 { $day } · { $total } · #{ $receipt }
    .simple = - { $day } : { $total }, #{ $receipt }

place = { $item } (place { $position })

option = { $option ->
        [wait] ⏳ ATTENDRE : s'il en revient, tu passes en premier
        [swap] 🛍️ AUTRE CHOSE : un autre article pour cette somme
        [refund] 💸 REMBOURSER : ton argent te revient
        [keep] ✅ GARDER : c'est à toi, s'il en reste
       *[complete] ✅ PAYER LE RESTE : et c'est à toi, s'il en reste
    }
    .simple = { $option ->
        [wait] - ATTENDRE : s'il en revient, c'est pour toi
        [swap] - AUTRE CHOSE : un autre article
        [refund] - REMBOURSER : ton argent te revient
        [keep] - GARDER : c'est à toi, s'il en reste
       *[complete] - PAYER LE RESTE : c'est à toi, s'il en reste
    }
