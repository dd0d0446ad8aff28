# Acheter : de la réservation à sa fin, tant qu'aucun argent n'est venu.

held =
    { $known ->
        [changed] { $name ->
            [none] 👌 C'est noté !
           *[other] 👌 C'est noté, { $name } !
        }
        [first] { $name ->
            [none] 👋 Bienvenue ! Ici { $shop }.
           *[other] 👋 Bienvenue { $name } !
        }
        [vip] { $name ->
            [none] ⭐ C'est réservé en priorité pour toi !
           *[other] ⭐ { $name }, c'est réservé en priorité pour toi !
        }
       *[returning] { $name ->
            [none] 👋 Quel plaisir de te revoir !
           *[other] 👋 Salut { $name } !
        }
    }

    { $lines }
    💰 { $total }
    { $scarcity ->
        [last] 🔥 C'est la dernière pièce, et elle est pour toi !
        [last-ones] 🔥 Ce sont les dernières pièces, et elles sont pour toi !
        [few] ⚡ Plus que { $left } !
       *[plenty] 📦 Stock : encore { $left }
    }
    ⏱️ Réservé { $minutes } pour toi, jusqu'à { $until }
    { $waits ->
        [none] ∅
       *[other] ⏳ Épuisé pour l'instant : { $waits }. S'il en revient, je te préviens.
    }

    Touche ✅ PAYER et c'est à toi.
    { $known ->
        [changed] ∅
        [first] ∅
       *[other] { $purchases ->
            [one] ⭐ { $shop } : déjà { $purchases } achat réussi
           *[other] ⭐ { $shop } : déjà { $purchases } achats réussis
        }
    }
    .simple =
        { $name ->
            [none] { $shop }, réservé pour toi :
           *[other] { $shop }, réservé pour { $name } :
        }
        { $lines }
        Total { $total }
        Tu as { $minutes }, jusqu'à { $until }.
        { $waits ->
            [none] ∅
           *[other] Épuisé, je te préviens : { $waits }
        }
        Pour payer : PAYER.

first-paid =
    🏃 Premier payé, premier servi !

    { $lines }
    💰 { $total }
    { $left ->
        [0] ∅
        [one] ⚡ Plus que { $left } !
       *[other] 📦 Stock : encore { $left }
    }
    { $waits ->
        [none] ∅
       *[other] ⏳ Épuisé pour l'instant : { $waits }. S'il en revient, je te préviens.
    }

    Rien n'est encore réservé. Touche ✅ PAYER et choisis ton moyen : c'est alors à toi, le temps de payer ({ $minutes }).
    .simple =
        Premier payé, premier servi :
        { $lines }
        Total { $total }
        { $waits ->
            [none] ∅
           *[other] Épuisé, je te préviens : { $waits }
        }
        Pas encore réservé. PAYER, et c'est à toi { $minutes }.

live-over =
    🎬 Le live est terminé, mais il en reste encore !

    { $lines }
    💰 { $total }
    { $left ->
        [one] ⚡ Il en reste { $left }
       *[other] 📦 Il en reste { $left }
    }

    Touche ✅ JE PRENDS, je te le réserve tout de suite.
    .simple =
        Live terminé, il en reste { $left } :
        { $lines }
        Total { $total }
        Pour réserver : JE PRENDS.

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
    ⌛ Le temps est passé, ta réservation est libérée :

    { $lines }

    { $again ->
        [yes] S'il en reste, touche 🔁 REPRENDRE et je te le réserve encore.
       *[no] Regarde ce qu'il reste : touche 🛍️ CATALOGUE.
    }
    .simple =
        Temps passé, ta réservation est libérée :
        { $lines }
        { $again ->
            [yes] Pour la refaire : REPRENDRE.
           *[no] Pour voir le reste : CATALOGUE.
        }

cancelled =
    👌 C'est annulé, comme tu l'as demandé :

    { $lines }

    Rien à payer. Envie d'autre chose ? Touche 🛍️ CATALOGUE.
    .simple =
        Annulé comme demandé :
        { $lines }
        Rien à payer. Autre chose ? CATALOGUE.

cancelled-by-vendor =
    🙏 { $shop } a dû annuler ta commande, et s'en excuse :

    { $lines }

    Si un paiement est déjà parti, il te revient. Regarde le reste : touche 🛍️ CATALOGUE.
    .simple =
        { $shop } a dû annuler ta commande, pardon :
        { $lines }
        Si un paiement est déjà parti, il te revient. Pour voir le reste : CATALOGUE.

released =
    🙏 Pardon ! { $shop } en avait moins que prévu, je dois te retirer :

    { $lines }

    { $rest ->
        [yes] Le reste est toujours à toi :
       *[no] Tu n'as rien à payer, et ta note ne change pas. Regarde le reste : touche 🛍️ CATALOGUE.
    }
    { $rest ->
        [yes] { $kept }
       *[no] ∅
    }
    { $rest ->
        [yes] 💰 { $total }
       *[no] ∅
    }
    { $rest ->
        [yes] Touche ✅ PAYER pour le garder.
       *[no] ∅
    }
    .simple =
        { $shop } en avait moins que prévu, pardon. Retiré :
        { $lines }
        { $rest ->
            [yes] Toujours à toi :
           *[no] Rien à payer. Pour voir le reste : CATALOGUE.
        }
        { $rest ->
            [yes] { $kept }
           *[no] ∅
        }
        { $rest ->
            [yes] Total { $total }. Pour payer : PAYER.
           *[no] ∅
        }
