# Au vendeur, plusieurs choses à la fois : des paiements qui vont vite, le stock qui baisse.

vendor-paid-many =
    💰 *{ $count } paiements* : *{ $amount }*

    { $orders }

    { $paid ->
        [one] 📊 { $paid } commande payée, { $collected } au total
       *[other] 📊 { $paid } commandes payées, { $collected } au total
    }
    { $low ->
        [none] ∅
       *[other] ⚠️ Stock bas : { $low }
    }
    👉 Prépare les commandes et contacte tes clients pour la livraison.
    .simple =
        { $count } paiements : { $amount }
        { $orders }
        { $paid ->
            [one] { $paid } commande payée, { $collected } au total.
           *[other] { $paid } commandes payées, { $collected } au total.
        }
        { $low ->
            [none] ∅
           *[other] Stock bas : { $low }
        }
        Contacte tes clients pour la livraison.

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
    } : { $total }

more-paid = { $count ->
        [one] … et { $count } autre paiement
       *[other] … et { $count } autres paiements
    }
    .simple = - et { $count ->
        [one] { $count } autre paiement
       *[other] { $count } autres paiements
    }

vendor-stock-low =
    ⚠️ *STOCK BAS*

    { $products }

    👉 Il t'en reste de côté ? Ajoute-les sur ton tableau de bord : je continue à les vendre.
    .simple =
        Stock bas :
        { $products }
        Il t'en reste ? Ajoute-les sur ton tableau.

low-item = { $left ->
    [0] { $keyword } (épuisé)
   *[other] { $keyword } ({ $left })
}

low-line = { $left ->
        [0] 🔴 *{ $keyword }* · { $item } · épuisé
        [1] 🟠 *{ $keyword }* · { $item } · plus que 1
       *[other] 🟠 *{ $keyword }* · { $item } · plus que { $left }
    }
    .simple = { $left ->
        [0] - { $keyword } : épuisé
       *[other] - { $keyword } : plus que { $left }
    }

percent = { $count } %
