# Au vendeur : ce qui s'est passé, quoi faire, avant quand.

vendor-paid =
    { $about ->
        [none] 💰 *{ $total }* encaissés · LP-{ $order }
       *[other] 💰 { $about } a payé *{ $total }* · LP-{ $order }
    }

    { $lines ->
        [none] ∅
       *[other] { $lines }
    }

    { $paid ->
        [one] 📊 { $paid } commande payée, { $collected } au total
       *[other] 📊 { $paid } commandes payées, { $collected } au total
    }
    { $low ->
        [none] ∅
       *[other] ⚠️ Stock bas : { $low }
    }
    👉 Prépare la commande et contacte ton client pour la livraison.
    .simple =
        { $about ->
            [none] { $total } encaissés, LP-{ $order }
           *[other] { $about } a payé { $total }, LP-{ $order }
        }
        { $lines ->
            [none] ∅
           *[other] { $lines }
        }
        { $paid ->
            [one] { $paid } commande payée, { $collected } au total.
           *[other] { $paid } commandes payées, { $collected } au total.
        }
        { $low ->
            [none] ∅
           *[other] Stock bas : { $low }
        }
        Contacte ton client pour la livraison.

vendor-refund-due =
    { $about ->
        [none] 💸 À rendre : *{ $note ->
            [other-currency] tout le paiement
           *[other] { $amount }
        }* (LP-{ $order })
       *[other] 💸 À rendre à { $about } : *{ $note ->
            [other-currency] tout le paiement
           *[other] { $amount }
        }* (LP-{ $order })
    }

    { $note ->
        [second-charge] La commande était déjà payée.
        [surplus] L'argent reçu dépasse le prix : seul le surplus revient au client, la commande tient.
        [underpaid] Le client n'a payé qu'une partie, et le temps est passé.
        [other-currency] L'argent est arrivé dans une autre monnaie : regarde la somme dans ton compte de paiement.
        [late] L'argent est arrivé après la fin de la réservation.
        [vendor-cancelled] Tu as annulé une commande payée.
       *[cancelled] La commande est annulée.
    }
    { $automatic ->
        [yes] ✅ Rien à faire : l'argent repart tout seul. Je te préviens si ça ne passe pas.
       *[no] { $until ->
            [none] 👉 Rembourse, puis note-le sur ton tableau de bord : je préviens ton client.
           *[other] 👉 Rembourse avant { $until }, puis note-le sur ton tableau de bord : je préviens ton client.
        }
    }
    .simple =
        { $about ->
            [none] À rendre : { $note ->
                [other-currency] le paiement
               *[other] { $amount }
            } (LP-{ $order })
           *[other] À rendre à { $about } : { $note ->
                [other-currency] le paiement
               *[other] { $amount }
            } (LP-{ $order })
        }
        { $note ->
            [second-charge] Commande déjà payée.
            [surplus] Payé en trop, la commande tient.
            [underpaid] Payé en partie seulement.
            [other-currency] Dans une autre monnaie.
            [vendor-cancelled] Commande payée, annulée par toi.
            [late] Argent arrivé trop tard.
           *[cancelled] Commande annulée.
        }
        { $automatic ->
            [yes] Rien à faire, ça repart tout seul.
           *[no] { $until ->
                [none] Rembourse, puis note-le sur ton tableau.
               *[other] Rembourse avant { $until }, puis note-le sur ton tableau.
            }
        }

vendor-refund-late =
    { $about ->
        [none] ⏰ *{ $amount }* ne sont pas encore rendus (LP-{ $order })
       *[other] ⏰ { $about } attend toujours ses *{ $amount }* (LP-{ $order })
    }

    { $reason ->
        [none] Le remboursement n'est pas confirmé.
       *[other] Le remboursement automatique n'est pas passé : { $reason }
    }
    { $reason ->
        [none] 👉 Regarde d'abord dans ton compte de paiement s'il est déjà parti. Sinon, rembourse et note-le sur ton tableau de bord.
       *[other] 👉 Rembourse par Wave, Orange Money ou autre, puis note-le sur ton tableau de bord.
    }
    .simple =
        { $about ->
            [none] { $amount } pas encore rendus (LP-{ $order })
           *[other] { $about } attend { $amount } (LP-{ $order })
        }
        { $reason ->
            [none] Regarde s'ils sont déjà partis. Sinon, rembourse et note-le.
           *[other] Pas passé : { $reason }
        }
        { $reason ->
            [none] ∅
           *[other] Rembourse et note-le sur ton tableau.
        }

vendor-reversed =
    { $about ->
        [none] ⚠️ L'opérateur a repris *{ $amount }* (LP-{ $order })
       *[other] ⚠️ L'opérateur a repris *{ $amount }* ({ $about }, LP-{ $order })
    }

    { $lines ->
        [none] ∅
       *[other] { $lines }
    }
    { $handed ->
        [yes] 👉 La commande est déjà remise : contacte ton client pour te faire payer.
       *[no] 👉 Ne livre pas : la commande n'est plus payée. Contacte ton client.
    }
    .simple =
        { $about ->
            [none] L'opérateur a repris { $amount } (LP-{ $order })
           *[other] L'opérateur a repris { $amount } ({ $about }, LP-{ $order })
        }
        { $lines ->
            [none] ∅
           *[other] { $lines }
        }
        { $handed ->
            [yes] Déjà remise : contacte ton client.
           *[no] Ne livre pas, elle n'est plus payée.
        }

vendor-cancellation-asked =
    { $about ->
        [none] 🙏 On te demande d'annuler la commande payée LP-{ $order } (*{ $amount }*)
       *[other] 🙏 { $about } voudrait annuler sa commande payée LP-{ $order } (*{ $amount }*)
    }

    { $lines }

    ✅ ACCEPTER : la commande est annulée et l'argent est rendu
    ❌ REFUSER : la commande tient
    Sans réponse avant { $until }, elle tient.
    .simple =
        { $about ->
            [none] Annuler la commande payée LP-{ $order } ({ $amount }) ?
           *[other] { $about } voudrait annuler LP-{ $order } ({ $amount }) :
        }
        { $lines }
        ACCEPTER : l'argent est rendu. REFUSER : elle tient.
        Sans réponse avant { $until }, elle tient.

vendor-decided = { $granted ->
        [yes] 👌 C'est noté : LP-{ $order } est annulée, l'argent est à rendre, et ton client est prévenu.
       *[no] 👌 C'est noté : LP-{ $order } tient, et ton client est prévenu.
    }
    .simple = { $granted ->
        [yes] LP-{ $order } est annulée, ton client est prévenu.
       *[no] LP-{ $order } tient, ton client est prévenu.
    }

keyword-taken = ✋ Le mot « { $keyword } » est déjà pris. Choisis-en un autre, par exemple avec un chiffre derrière.
    .simple = « { $keyword } » est déjà pris. Choisis un autre mot.

product-unknown = 🤔 Je ne trouve pas cet article. Vérifie le mot-clé dans ta liste et renvoie.
    .simple = Article introuvable. Vérifie le mot-clé.

stock-unknown = 🤔 Cet article n'a pas cette taille ou cette couleur. Vérifie dans ta liste et renvoie.
    .simple = Taille ou couleur introuvable. Vérifie dans ta liste.

stock-protected =
    🔒 Tu peux retirer { $free } au plus : le reste est réservé ou déjà payé.
    { $count ->
        [0] Attends la fin des réservations, puis recommence.
       *[other] Annule d'abord ces commandes : { $orders }
    }
    .simple = { $free } au plus. { $count ->
            [0] Attends la fin des réservations.
           *[other] Annule d'abord : { $orders }
        }

out-of-bounds = ✋ Ce nombre doit être entre { $least } et { $most }. Renvoie-le.
    .simple = Entre { $least } et { $most }. Renvoie le nombre.

live-already-on = 🔴 Un live est déjà en cours. Termine-le avec FIN avant d'en ouvrir un autre.
    .simple = Un live est déjà en cours. Termine-le avec FIN.

no-live = 🎥 Aucun live ne peut faire ça maintenant. Ouvre-le avec LIVE, puis recommence.
    .simple = Aucun live en cours. Ouvre-le avec LIVE.

reopen-too-late = ⏰ Ce live est fini depuis trop longtemps : on pouvait le rouvrir jusqu'à { $until }. Ouvre-en un nouveau avec LIVE.
    .simple = Live fini : on pouvait le rouvrir jusqu'à { $until }. Ouvre-en un nouveau.

attempt-unknown = 🤔 Je ne trouve pas ce paiement. Vérifie la référence et renvoie.
    .simple = Paiement introuvable. Vérifie la référence.

order-not-paid = ✋ La commande LP-{ $order } n'est pas encore payée : garde-la avec toi. Je te préviens dès que l'argent arrive.
    .simple = LP-{ $order } n'est pas encore payée. Je te préviens dès que l'argent arrive.

no-request = 🤔 Personne ne demande d'annuler la commande LP-{ $order }, ou c'est déjà décidé. Regarde-la sur ton tableau de bord.
    .simple = Pas d'annulation à décider pour LP-{ $order }. Regarde ton tableau de bord.

refund-unknown = 🤔 Je ne trouve pas ce remboursement. Regarde la liste sur ton tableau de bord.
    .simple = Remboursement introuvable. Regarde ton tableau de bord.

refund-elsewhere = ✋ Ce remboursement est déjà parti, reçu, ou chez l'opérateur. Regarde où il en est sur ton tableau de bord avant d'en refaire un.
    .simple = Ce remboursement est déjà parti ou chez l'opérateur. Regarde d'abord ton tableau de bord.
