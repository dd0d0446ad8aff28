# Au vendeur.

vendor-paid =
    { $about ->
        [none] 💰 *{ $total }* encaissés · LP-{ $order }
       *[other] 💰 { $about } a payé *{ $total }* · LP-{ $order }
    }

    { $lines }

    { $paid ->
        [one] 📊 { $paid } commande payée, { $collected } au total
       *[other] 📊 { $paid } commandes payées, { $collected } au total
    }
    { $low ->
        [none] ∅
       *[other] ⚠️ Stock bas : { $low }
    }
    👉 Prépare la commande et contacte ton client pour la livraison.
    .simple =
        { $about ->
            [none] { $total } encaissés, LP-{ $order }
           *[other] { $about } a payé { $total }, LP-{ $order }
        }
        { $lines }
        { $paid ->
            [one] { $paid } commande payée, { $collected } au total.
           *[other] { $paid } commandes payées, { $collected } au total.
        }
        { $low ->
            [none] ∅
           *[other] Stock bas : { $low }
        }
        Contacte ton client pour la livraison.

vendor-refund-due =
    { $about ->
        [none] 💸 À rendre : *{ $note ->
            [other-currency] tout le paiement
           *[other] { $amount }
        }* (LP-{ $order })
       *[other] 💸 À rendre à { $about } : *{ $note ->
            [other-currency] tout le paiement
           *[other] { $amount }
        }* (LP-{ $order })
    }

    { $note ->
        [second-charge] La commande était déjà payée.
        [surplus] Le client a payé plus que demandé : la commande n'est pas payée.
        [underpaid] Le client a payé moins que demandé : la commande n'est pas payée.
        [other-currency] L'argent est arrivé dans une autre monnaie : regarde la somme dans ton compte de paiement.
        [late] L'argent est arrivé après la fin de la réservation.
        [vendor-cancelled] Tu as annulé une commande payée.
       *[cancelled] L'argent est arrivé après l'annulation.
    }
    👉 Rembourse et préviens ton client : il sait que ça arrive.
    .simple =
        { $about ->
            [none] À rendre : { $note ->
                [other-currency] le paiement
               *[other] { $amount }
            } (LP-{ $order })
           *[other] À rendre à { $about } : { $note ->
                [other-currency] le paiement
               *[other] { $amount }
            } (LP-{ $order })
        }
        { $note ->
            [second-charge] Commande déjà payée.
            [surplus] Payé en trop : commande pas payée.
            [underpaid] Payé trop peu : commande pas payée.
            [other-currency] Dans une autre monnaie.
            [vendor-cancelled] Commande payée, annulée par toi.
            [late] Argent arrivé trop tard.
           *[cancelled] Argent arrivé après l'annulation.
        }
        Rembourse et préviens ton client.

keyword-taken = ✋ Le mot « { $keyword } » est déjà pris. Choisis-en un autre, par exemple avec un chiffre derrière.
    .simple = « { $keyword } » est déjà pris. Choisis un autre mot.

product-unknown = 🤔 Je ne trouve pas cet article. Vérifie le mot-clé dans ta liste et renvoie.
    .simple = Article introuvable. Vérifie le mot-clé.

stock-unknown = 🤔 Cet article n'a pas cette taille ou cette couleur. Vérifie dans ta liste et renvoie.
    .simple = Taille ou couleur introuvable. Vérifie dans ta liste.

stock-protected =
    🔒 Tu peux retirer { $free } au plus : le reste est réservé ou déjà payé.
    { $count ->
        [0] Attends la fin des réservations, puis recommence.
       *[other] Annule d'abord ces commandes : { $orders }
    }
    .simple = { $free } au plus. { $count ->
            [0] Attends la fin des réservations.
           *[other] Annule d'abord : { $orders }
        }

out-of-bounds = ✋ Ce nombre doit être entre { $least } et { $most }. Renvoie-le.
    .simple = Entre { $least } et { $most }. Renvoie le nombre.

live-already-on = 🔴 Un live est déjà en cours. Termine-le avec FIN avant d'en ouvrir un autre.
    .simple = Un live est déjà en cours. Termine-le avec FIN.

no-live = 🎥 Aucun live ne peut faire ça maintenant. Ouvre-le avec LIVE, puis recommence.
    .simple = Aucun live en cours. Ouvre-le avec LIVE.

attempt-unknown = 🤔 Je ne trouve pas ce paiement. Vérifie la référence et renvoie.
    .simple = Paiement introuvable. Vérifie la référence.
