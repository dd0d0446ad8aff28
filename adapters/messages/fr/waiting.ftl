# La liste d'attente et le tour qui vient.

waitlist-joined =
    ⏳ Il n'y en a pas assez pour l'instant, alors je te garde une place :

    { $lines }
    { $position ->
        [1] 🥇 C'est toi la prochaine personne sur la liste
       *[other] 🔢 Ta place sur la liste : { $position }
    }
    { $others ->
        [none] ∅
       *[other] ⏳ Et aussi : { $others }
    }

    S'il en revient, je te préviens. Rien à payer d'ici là.
    .simple =
        Pas assez pour l'instant, je te garde une place :
        { $lines }
        Place { $position }. S'il en revient, je te préviens.
        { $others ->
            [none] ∅
           *[other] Et aussi : { $others }
        }

offer =
    { $name ->
        [none] 🎉 C'est ton tour, il en est revenu !
       *[other] 🎉 { $name }, c'est ton tour : il en est revenu !
    }

    { $lines }
    💰 { $total }
    { $part ->
        [yes] 📦 Tu en voulais { $wanted } : c'est tout ce qui est revenu
       *[no] ∅
    }
    ⏱️ Réservé { $minutes } pour toi, jusqu'à { $until }

    Touche ✅ PAYER et c'est à toi, ou ❌ NON MERCI pour laisser la place.
    .simple =
        C'est ton tour, réservé pour toi :
        { $lines }
        Total { $total }
        { $part ->
            [yes] Tu en voulais { $wanted }, c'est tout ce qui est revenu.
           *[no] ∅
        }
        Tu as { $minutes }, jusqu'à { $until }.
        Choisis PAYER ou NON MERCI.

offer-declined =
    👌 C'est noté, je laisse passer :

    { $lines }

    { $waits ->
        [none] Tu n'attends plus. Envie d'autre chose ? Touche 🛍️ CATALOGUE.
       *[other] ⏳ Tu gardes ta place pour le reste : { $waits }
    }
    .simple =
        C'est noté, je laisse passer :
        { $lines }
        { $waits ->
            [none] Tu n'attends plus. Autre chose : CATALOGUE.
           *[other] Tu attends encore : { $waits }
        }

offer-lapsed =
    ⌛ Ton tour est passé, la place va à la personne suivante :

    { $lines }

    Ta note ne change pas. Tu en veux toujours ? Touche ⏳ ATTENDRE.
    .simple =
        Ton tour est passé :
        { $lines }
        Tu en veux toujours ? ATTENDRE.

waitlist-left = 👌 C'est noté, tu n'attends plus *{ $item }*. Envie d'autre chose ? Touche 🛍️ CATALOGUE.
    .simple = C'est noté, tu n'attends plus { $item }. Autre chose : CATALOGUE.

waitlist-closed =
    🎬 La liste d'attente est fermée, et il n'en est pas revenu :

    { $lines }

    Merci d'avoir attendu ! { $shop } a d'autres articles : touche 🛍️ CATALOGUE.
    .simple =
        Liste d'attente fermée, il n'en est pas revenu :
        { $lines }
        { $shop } a d'autres articles : CATALOGUE.

unit-free =
    🔔 Il en est revenu !

    { $lines }
    💰 { $total }
    { $left ->
        [one] ⚡ Il en reste { $left }
       *[other] 📦 Il en reste { $left }
    }

    Premier payé, premier servi : touche ✅ JE PRENDS, puis paie.
    .simple =
        Il en est revenu ({ $left }) :
        { $lines }
        Total { $total }
        Premier payé, premier servi : JE PRENDS.
