# L'argent arrivé trop tard, l'argent qui revient, la demande d'annuler.

ask-choice =
    { $why ->
        [short] 🧩 { $amount } sont bien arrivés, mais la réservation était finie, et il manque { $missing } :
        [cancelled] 💰 Ton paiement de { $amount } est arrivé après ton annulation :
       *[late] 💰 Ton paiement de { $amount } est bien là, mais la réservation était finie et il n'en reste plus assez :
    }

    { $lines }

    Que veux-tu ?
    { $options }

    Sans réponse avant { $until }, ton argent te revient.
    .simple =
        { $why ->
            [short] { $amount } arrivés après l'heure, il manque { $missing } :
            [cancelled] { $amount } arrivés après ton annulation :
           *[late] { $amount } arrivés après l'heure, il n'en reste plus assez :
        }
        { $lines }
        { $options }
        Sans réponse avant { $until }, ton argent te revient.

ask-swap =
    { $count ->
        [0] 😕 Rien d'autre ne rentre dans tes { $amount } pour le moment.
       *[other] 🛍️ Avec tes { $amount }, voici ce que tu peux prendre à la place :
    }
    { $count ->
        [0] Touche ⏳ ATTENDRE, ou 💸 REMBOURSER et ton argent te revient.
       *[other] Ouvre la liste et touche un article : je t'en donne autant que tu en avais, dans la limite de ta somme. Ce qui reste te revient.
    }
    .simple = { $count ->
            [0] Rien d'autre pour { $amount }. Choisis ATTENDRE ou REMBOURSER.
           *[other] Pour { $amount }, choisis dans la liste : autant que tu en avais, si ta somme suffit. Ce qui reste te revient.
        }

waits-for-units =
    🤝 On attend avec toi :

    { $lines }

    S'il en revient, tu passes en premier et je te confirme. Si rien ne revient avant { $until }, c'est ton argent qui te revient.
    Tu changes d'avis ? Touche 🛍️ AUTRE CHOSE ou 💸 REMBOURSER.
    .simple =
        On attend avec toi :
        { $lines }
        S'il en revient avant { $until }, c'est pour toi. Sinon, ton argent te revient.

refund-promised =
    { $note ->
        [other-currency] 💸 Ton paiement te revient en entier (commande LP-{ $order }).
       *[other] 💸 *{ $amount }* te reviennent (commande LP-{ $order }).
    }

    { $note ->
        [second-charge] Cette commande était déjà payée : le deuxième paiement t'est rendu.
        [surplus] Tu as payé plus que le prix : le surplus t'est rendu, ta commande ne change pas.
        [underpaid] Le reste n'est pas arrivé à temps : ce que tu as payé t'est rendu et la réservation est libérée.
        [other-currency] Il est arrivé dans une autre monnaie : il ne peut pas payer la commande.
        [late] Ton paiement est arrivé après la fin de la réservation : tout t'est rendu.
        [vendor-cancelled] { $shop } a annulé ta commande payée : tout t'est rendu.
       *[cancelled] La commande est annulée : ce que tu as payé t'est rendu.
    }
    { $automatic ->
        [yes] Ça repart tout seul, par le moyen que tu as utilisé. Garde ce message.
       *[no] { $shop } s'en occupe et te prévient. Garde ce message.
    }
    { $next ->
        [pay] ⏳ La commande attend encore son paiement de { $due } jusqu'à { $until }. Touche ✅ PAYER.
        [again] 👉 Pour commander à nouveau, écris le mot-clé ou touche 🛍️ CATALOGUE.
       *[none] ✅ Tu n'as rien d'autre à faire.
    }
    .simple =
        { $note ->
            [other-currency] Ton paiement te revient (commande LP-{ $order }).
           *[other] { $amount } te reviennent (commande LP-{ $order }).
        }
        { $note ->
            [second-charge] Elle était déjà payée.
            [surplus] Payé en trop. La commande ne change pas.
            [underpaid] Le reste n'est pas arrivé à temps.
            [other-currency] Il est dans une autre monnaie.
            [late] Paiement arrivé trop tard.
            [vendor-cancelled] { $shop } a annulé la commande.
           *[cancelled] La commande est annulée.
        }
        { $automatic ->
            [yes] Ça repart tout seul, par où tu as payé.
           *[no] { $shop } s'en occupe et te prévient.
        }
        { $next ->
            [pay] { $due } restent à payer jusqu'à { $until } : PAYER.
            [again] Pour commander à nouveau : écris le mot-clé.
           *[none] ∅
        }

refund-sent =
    ✅ C'est envoyé : *{ $amount }* te sont rendus (commande LP-{ $order }).

    { $method ->
        [none] 💸 Par le moyen que tu avais utilisé
       *[other] 💸 Par { $method }
    }
    { $evidence ->
        [none] ∅
       *[other] 🧾 Réf : { $evidence }
    }
    Rien reçu ? Écris ici à { $shop }.
    .simple =
        { $amount } te sont rendus (LP-{ $order }).
        { $method ->
            [none] ∅
           *[other] Par { $method }
        }
        { $evidence ->
            [none] ∅
           *[other] Réf : { $evidence }
        }
        Rien reçu ? Écris à { $shop }.

cancellation-asked =
    📨 { $shop } a reçu ta demande d'annuler la commande LP-{ $order }.

    Comme elle est déjà payée, c'est { $shop } qui décide. Sans réponse avant { $until }, la commande tient.
    .simple = Demande d'annuler LP-{ $order } envoyée à { $shop }. Sans réponse avant { $until }, la commande tient.

cancellation-refused =
    { $lapsed ->
        [yes] ⌛ { $shop } n'a pas répondu à temps : ta commande LP-{ $order } tient toujours.
       *[no] 📦 { $shop } ne peut pas annuler : ta commande LP-{ $order } tient, et elle est payée.
    }
    Tu veux en parler ? Écris ici à { $shop }.
    .simple =
        { $lapsed ->
            [yes] Pas de réponse : la commande LP-{ $order } tient.
           *[no] Pas d'annulation : la commande LP-{ $order } tient.
        }
        Pour en parler, écris à { $shop }.
