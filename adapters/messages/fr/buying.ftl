# Acheter : de la réservation au reçu. « ∅ » seul sur une ligne : la ligne disparaît.

button =
    .pay = ✅ PAYER
    .cancel = ❌ ANNULER
    .change = 🔄 CHANGER
    .wave = 🔵 WAVE
    .orange-money = 🟠 ORANGE MONEY
    .card = 💳 CARTE
    .purchases = 📜 MES ACHATS
    .catalogue = 🛍️ CATALOGUE
    .help = ❓ AIDE
    .again = 🔁 REPRENDRE
    .take = ✅ PRENDRE { $count }
    .open = VOIR LES ARTICLES
    .choose = CHOISIR

span = { $minutes ->
    [0] moins d'une minute
   *[other] { $minutes } min
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
        [one] … et { $count } autre article
       *[other] … et { $count } autres articles
    }
    .simple = - et { $count ->
        [one] { $count } autre article
       *[other] { $count } autres articles
    }

held =
    { $known ->
        [first] { $name ->
            [none] 👋 Bienvenue chez { $shop } !
           *[other] 👋 Bienvenue { $name } !
        }
        [vip] { $name ->
            [none] ⭐ C'est réservé en priorité pour toi !
           *[other] ⭐ { $name }, c'est réservé en priorité pour toi !
        }
       *[returning] { $name ->
            [none] 👋 Content de te revoir !
           *[other] 👋 Salut { $name } !
        }
    }

    { $lines }
    💰 { $total }
    { $scarcity ->
        [last] 🔥 C'est le dernier, et il est pour toi !
        [few] ⚡ Plus que { $left } !
       *[plenty] 📦 Stock : encore { $left }
    }
    ⏱️ Réservé { $minutes } pour toi, jusqu'à { $until }

    Touche ✅ PAYER et c'est à toi.
    { $known ->
        [first] ∅
       *[other] { $purchases ->
            [one] ⭐ Tu as { $purchases } achat réussi chez { $shop }
           *[other] ⭐ Tu as { $purchases } achats réussis chez { $shop }
        }
    }
    .simple =
        { $name ->
            [none] Réservé pour toi chez { $shop } :
           *[other] { $name }, réservé pour toi chez { $shop } :
        }
        { $lines }
        Total { $total }
        Tu as { $minutes }, jusqu'à { $until }.
        Pour payer : PAYER.

ask-method =
    💳 Choisis ton mode de paiement pour { $total } :

    ⏱️ Il te reste { $minutes } pour finaliser
    .simple = { $total } à payer. Choisis comment. Il te reste { $minutes }.

link-coming = ⏳ Ton lien de paiement arrive, encore quelques secondes. Ta réservation ne bouge pas, reste ici.
    .simple = Ton lien de paiement arrive. Reste ici.

payment-link =
    🔗 Touche ici pour payer { $total } :
    { $link }

    💡 Tu passes par { $method ->
        [wave] Wave
        [orange_money] Orange Money
       *[card] la page carte bancaire
    } : valide, puis reviens ici
    ⏱️ Lien valide { $minutes }

    Autre moyen de paiement ? Touche 🔄 CHANGER.
    .simple =
        Paie { $total } par { $method ->
            [wave] Wave
            [orange_money] Orange Money
           *[card] carte bancaire
        } ici :
        { $link }
        Il te reste { $minutes }. Autre moyen : CHANGER.

payment-failed =
    😕 Le paiement n'est pas passé, et rien n'est perdu : ta réservation tient encore.

    💳 Choisis un autre moyen pour { $total }
    ⏱️ Il te reste { $minutes }
    .simple = Paiement non passé. Ta réservation tient encore { $minutes }. Choisis un autre moyen pour { $total }.

paid =
    🎉 *PAIEMENT CONFIRMÉ !*

    { $lines }
    💰 { $total }
    🧾 Réf : #{ $receipt }

    📞 { $shop } te contacte pour la livraison. Garde bien cette référence.

    { $known ->
        [vip] { $name ->
            [none] ⭐ { $purchases }ᵉ achat ! Tu es client VIP 🌟
           *[other] ⭐ { $purchases }ᵉ achat, { $name } ! Tu es client VIP 🌟
        }
       *[other] { $purchases ->
            [1] { $name ->
                [none] ⭐ Ton premier achat : jërëjëf !
               *[other] ⭐ Ton premier achat : jërëjëf { $name } !
            }
           *[other] { $name ->
                [none] ⭐ { $purchases }ᵉ achat ! Jërëjëf pour ta fidélité
               *[other] ⭐ { $purchases }ᵉ achat ! Jërëjëf { $name }
            }
        }
    }
    .simple =
        Paiement confirmé.
        { $lines }
        Total { $total }
        Réf : #{ $receipt }
        { $shop } te contacte pour la livraison. Garde cette référence.

reminder =
    { $name ->
        [none] ⏰ Ta réservation t'attend encore { $minutes }.
       *[other] ⏰ { $name }, ta réservation t'attend encore { $minutes }.
    }

    💰 { $total }
    Touche ✅ PAYER pour la garder, ou ❌ ANNULER pour laisser la place.
    .simple = { $name ->
            [none] Il te reste { $minutes } pour payer { $total }.
           *[other] { $name }, il te reste { $minutes } pour payer { $total }.
        } Choisis PAYER ou ANNULER.

expired =
    ⌛ Le temps est passé, ta réservation est libérée :

    { $lines }

    { $again ->
        [yes] Il en reste ! Touche 🔁 REPRENDRE pour le réserver encore.
       *[no] Regarde ce qu'il reste : touche 🛍️ CATALOGUE.
    }
    .simple =
        Temps passé, ta réservation est libérée :
        { $lines }
        { $again ->
            [yes] Pour la refaire : REPRENDRE.
           *[no] Pour voir le reste : CATALOGUE.
        }

cancelled =
    👌 C'est annulé, comme tu l'as demandé :

    { $lines }

    Rien à payer. Envie d'autre chose ? Touche 🛍️ CATALOGUE.
    .simple =
        Annulé comme demandé :
        { $lines }
        Rien à payer. Autre chose ? CATALOGUE.

cancelled-by-vendor =
    🙏 { $shop } a dû annuler ta commande, et s'en excuse :

    { $lines }

    Ce que tu aurais déjà payé te revient. Regarde le reste : touche 🛍️ CATALOGUE.
    .simple =
        { $shop } a dû annuler ta commande, pardon :
        { $lines }
        Ce que tu aurais déjà payé te revient. Pour voir le reste : CATALOGUE.

refund-promised =
    💸 *{ $amount }* te reviennent (commande LP-{ $order }).

    { $note ->
        [second-charge] Cette commande était déjà payée : le deuxième paiement t'est rendu.
        [surplus] Tu as payé plus que prévu : le surplus t'est rendu.
        [underpaid] Tu as payé moins que le prix : la commande n'a pas pu être confirmée.
        [late] Ton paiement est arrivé après la fin de la réservation.
       *[cancelled] Ton paiement est arrivé après l'annulation.
    }
    { $shop } s'en occupe et te prévient. Garde ce message, tu n'as rien d'autre à faire.
    .simple =
        { $amount } te reviennent (commande LP-{ $order }).
        { $note ->
            [second-charge] Elle était déjà payée.
            [surplus] Tu as payé trop.
            [underpaid] Tu as payé moins que le prix.
            [late] Paiement arrivé trop tard.
           *[cancelled] Paiement arrivé après l'annulation.
        }
        { $shop } s'en occupe et te prévient.
