# Payer : du moyen de paiement au reçu.

ask-method =
    💳 Choisis ton mode de paiement pour { $total } :

    ⏱️ Il te reste { $minutes } pour finaliser
    .simple = { $total } à payer. Choisis comment. Il te reste { $minutes }.

link-coming = ⏳ Ton lien de paiement arrive, encore quelques secondes. Ta réservation ne bouge pas, reste ici.
    .simple = Ton lien de paiement arrive. Reste ici.

payment-link =
    🔗 Touche ici pour payer { $total } :
    { $link }

    💡 Tu passes par { $method ->
        [wave] Wave
        [orange_money] Orange Money
       *[card] la page carte bancaire
    } : valide, puis reviens ici
    ⏱️ Lien valide { $minutes }

    Autre moyen de paiement ? Touche 🔄 CHANGER.
    .simple =
        Paie { $total } par { $method ->
            [wave] Wave
            [orange_money] Orange Money
           *[card] carte bancaire
        } ici :
        { $link }
        Il te reste { $minutes }. Autre moyen : CHANGER.

payment-failed =
    😕 Le paiement n'est pas passé, et rien n'est perdu : ta réservation tient encore.

    💳 Choisis un autre moyen pour { $total }
    ⏱️ Il te reste { $minutes }
    .simple = Paiement non passé. Ta réservation tient encore { $minutes }. Choisis un autre moyen pour { $total }.

paid =
    🎉 *PAIEMENT CONFIRMÉ !*

    { $lines }
    💰 { $total }
    🧾 Réf : #{ $receipt }
    { $late ->
        [yes] ⏰ L'argent est arrivé tard, mais c'est bien à toi
       *[no] ∅
    }
    { $surplus ->
        [none] ∅
       *[other] 💸 { $surplus } de plus que le prix : ils te reviennent
    }

    📞 { $shop } te contacte pour la livraison. Garde bien cette référence.

    { $known ->
        [vip] { $name ->
            [none] ⭐ { $purchases }ᵉ achat ! Tu es client VIP 🌟
           *[other] ⭐ { $purchases }ᵉ achat, { $name } ! Tu es client VIP 🌟
        }
       *[other] { $purchases ->
            [1] { $name ->
                [none] ⭐ Ton premier achat : jërëjëf !
               *[other] ⭐ Ton premier achat : jërëjëf { $name } !
            }
           *[other] { $name ->
                [none] ⭐ { $purchases }ᵉ achat ! Jërëjëf pour ta fidélité
               *[other] ⭐ { $purchases }ᵉ achat ! Jërëjëf { $name }
            }
        }
    }
    { $badges ->
        [none] ∅
       *[other] { $badges }
    }
    { $reached ->
        [none] ∅
       *[other] 🎊 Tu passes au niveau { $reached } ! Écris POURQUOI pour voir ta note.
    }
    .simple =
        Paiement confirmé.
        { $lines }
        Total { $total }
        Réf : #{ $receipt }
        { $surplus ->
            [none] ∅
           *[other] { $surplus } de trop te reviennent.
        }
        { $shop } te contacte pour la livraison. Garde cette référence.
        { $badges ->
            [none] ∅
           *[other] { $badges }
        }
        { $reached ->
            [none] ∅
           *[other] Niveau { $reached }.
        }

underpaid =
    🧩 Il manque encore *{ $missing }*.

    { $received } sont bien arrivés, merci !
    { $until ->
        [none] 👉 Touche ✅ PAYER LE RESTE et ta commande est réglée.
       *[other] 👉 Touche ✅ PAYER LE RESTE avant { $until } et c'est à toi. Sinon, ton argent te revient.
    }
    .simple =
        { $received } reçus, il manque { $missing }.
        { $until ->
            [none] Pour finir : PAYER LE RESTE.
           *[other] Paie le reste avant { $until }, sinon ton argent te revient.
        }

checking-payment =
    🔎 Merci ! Je demande à l'opérateur où est ton paiement (commande LP-{ $order }).
    Ne paie pas une deuxième fois : je te réponds dès que je le sais.
    .simple = Je vérifie ton paiement (LP-{ $order }). Ne paie pas une deuxième fois, je te réponds.

not-paid-yet =
    🤔 L'opérateur n'a pas encore ton paiement pour la commande LP-{ $order }.

    Si ton compte a été débité, pas d'inquiétude : ça prend parfois du temps, et je t'écris dès que ça arrive.
    { $due ->
        [none] Une question ? Écris ici à { $shop }.
       *[other] 👉 Sinon, touche ✅ PAYER : { $due } avant { $until }.
    }
    .simple =
        Paiement pas encore arrivé (LP-{ $order }). Si ton compte est débité, je t'écris dès qu'il arrive.
        { $due ->
            [none] ∅
           *[other] Sinon, paie { $due } avant { $until } : PAYER.
        }

taken-back =
    😕 Ton opérateur a repris les *{ $amount }* de la commande LP-{ $order } : elle n'est plus payée.

    👉 Pour la garder, touche ✅ PAYER. Une question ? Écris ici à { $shop }.
    .simple = Ton opérateur a repris { $amount } (LP-{ $order }). Pour garder la commande : PAYER, ou écris à { $shop }.
