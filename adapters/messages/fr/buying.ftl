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
    .want = ✅ JE PRENDS
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
        [changed] { $name ->
            [none] 👌 C'est noté !
           *[other] 👌 C'est noté, { $name } !
        }
        [first] { $name ->
            [none] 👋 Bienvenue ! Ici { $shop }.
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
        [last] 🔥 C'est la dernière pièce, et elle est pour toi !
        [last-ones] 🔥 Ce sont les dernières pièces, et elles sont pour toi !
        [few] ⚡ Plus que { $left } !
       *[plenty] 📦 Stock : encore { $left }
    }
    ⏱️ Réservé { $minutes } pour toi, jusqu'à { $until }

    Touche ✅ PAYER et c'est à toi.
    { $known ->
        [changed] ∅
        [first] ∅
       *[other] { $purchases ->
            [one] ⭐ { $shop } : déjà { $purchases } achat réussi
           *[other] ⭐ { $shop } : déjà { $purchases } achats réussis
        }
    }
    .simple =
        { $name ->
            [none] { $shop }, réservé pour toi :
           *[other] { $shop }, réservé pour { $name } :
        }
        { $lines }
        Total { $total }
        Tu as { $minutes }, jusqu'à { $until }.
        Pour payer : PAYER.

live-over =
    🎬 Le live est terminé, mais il en reste encore !

    { $lines }
    💰 { $total }
    { $left ->
        [one] ⚡ Il en reste { $left }
       *[other] 📦 Il en reste { $left }
    }

    Touche ✅ JE PRENDS, je te le réserve tout de suite.
    .simple =
        Live terminé, il en reste { $left } :
        { $lines }
        Total { $total }
        Pour réserver : JE PRENDS.

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
        [yes] S'il en reste, touche 🔁 REPRENDRE et je te le réserve encore.
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
    { $note ->
        [other-currency] 💸 Ton paiement te revient en entier (commande LP-{ $order }).
       *[other] 💸 *{ $amount }* te reviennent (commande LP-{ $order }).
    }

    { $note ->
        [second-charge] Cette commande était déjà payée : le deuxième paiement t'est rendu.
        [surplus] Tu as payé plus que demandé : tout t'est rendu, la commande n'est pas payée.
        [underpaid] Tu as payé moins que demandé : tout t'est rendu, la commande n'est pas payée.
        [other-currency] Il est arrivé dans une autre monnaie : la commande n'est pas payée.
        [late] Ton paiement est arrivé après la fin de la réservation : tout t'est rendu.
        [vendor-cancelled] Ta commande payée a dû être annulée, pardon : tout t'est rendu.
       *[cancelled] Ton paiement est arrivé après l'annulation : tout t'est rendu.
    }
    { $shop } s'en occupe et te prévient. Garde ce message.
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
            [surplus] Tu as payé trop.
            [underpaid] Tu as payé moins que demandé.
            [other-currency] Il est dans une autre monnaie.
            [late] Paiement arrivé trop tard.
            [vendor-cancelled] { $shop } a dû annuler, pardon.
           *[cancelled] Paiement arrivé après l'annulation.
        }
        { $shop } s'en occupe et te prévient.
        { $next ->
            [pay] { $due } restent à payer jusqu'à { $until } : PAYER.
            [again] Pour commander à nouveau : écris le mot-clé.
           *[none] ∅
        }
