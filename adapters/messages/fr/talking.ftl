# Regarder, demander, parler.

catalogue =
    { $count ->
        [0] 🛍️ { $shop } n'a encore rien mis en vente. Repasse au prochain live, ou touche ❓ AIDE.
       *[other] { $live ->
            [yes] 🔴 { $shop } est en live ! Voici ce qui se vend :
           *[no] 🛍️ Voici ce que vend { $shop } :
        }
    }
    { $count ->
        [0] ∅
       *[other] Ouvre la liste et choisis : une touche, et je m'en occupe.
    }
    { $more ->
        [yes] Il y en a d'autres : écris le mot-clé que tu vois au live.
       *[no] ∅
    }
    .simple =
        { $count ->
            [0] { $shop } n'a encore rien mis en vente. Repasse au prochain live.
           *[other] { $live ->
                [yes] { $shop } est en live. Ouvre la liste et choisis.
               *[no] { $shop } : ouvre la liste et choisis.
            }
        }
        { $more ->
            [yes] Il y en a d'autres : écris le mot-clé vu au live.
           *[no] ∅
        }

purchases =
    { $count ->
        [0] 📜 { $shop } : tu n'as pas encore d'achat. Touche 🛍️ CATALOGUE pour le premier !
        [one] 📜 { $shop } : ton achat
       *[other] 📜 { $shop } : tes { $count } achats, les derniers d'abord
    }
    { $count ->
        [0] ∅
       *[other] { $orders }
    }
    { $known ->
        [vip] ⭐ Tu es client VIP, on te réserve en priorité 🌟
       *[other] ∅
    }
    { $count ->
        [0] ∅
       *[other] Encore une envie ? Touche 🛍️ CATALOGUE.
    }
    .simple =
        { $count ->
            [0] { $shop } : pas encore d'achat. Pour choisir : CATALOGUE.
            [one] { $shop }, ton achat :
           *[other] { $shop }, tes { $count } achats, les derniers d'abord :
        }
        { $count ->
            [0] ∅
           *[other] { $orders }
        }

help =
    🤝 { $shop } : acheter, c'est simple.

    { $example ->
        [none] 1️⃣ Écris le mot-clé de l'article (tu le vois au live)
       *[other] 1️⃣ Écris le mot-clé de l'article, par exemple { $example }, ou « 2 { $example } » pour en prendre deux
    }
    2️⃣ Je te le réserve quelques minutes
    3️⃣ Touche ✅ PAYER : Wave, Orange Money ou carte

    { $open ->
        [yes] 👉 Tu as une réservation en cours : écris PAYER ou ANNULER.
       *[no] 👉 Pour voir les articles, touche 🛍️ CATALOGUE.
    }
    Tu peux aussi écrire J'AI PAYÉ, MES ACHATS, POURQUOI ou STOP. Connexion lente ? Écris SIMPLE. Prefer English? Write ENGLISH.
    .simple =
        { $shop }, pour acheter :
        { $example ->
            [none] Écris le mot-clé vu au live.
           *[other] Écris le mot-clé, par exemple { $example }.
        }
        { $open ->
            [yes] Réservation en cours : écris PAYER ou ANNULER.
           *[no] Pour voir les articles : CATALOGUE.
        }
        Messages complets : NORMAL.

stopped = 🔕 C'est noté : plus de nouvelles de notre part, sauf pour tes commandes en cours. Pour revenir, écris simplement le mot-clé d'un article.
    .simple = C'est noté, plus de nouvelles sauf pour tes commandes. Pour revenir, écris un mot-clé.

hint =
    👋 Ici { $shop } ! Ton message est bien arrivé, on te répond dès qu'on peut.
    { $example ->
        [none] Pour acheter tout de suite, écris le mot-clé vu au live, ou touche 🛍️ CATALOGUE.
       *[other] Pour acheter tout de suite, écris un mot-clé comme { $example }, ou touche 🛍️ CATALOGUE.
    }
    .simple = { $shop } a bien reçu ton message. { $example ->
            [none] Pour acheter, écris le mot-clé vu au live.
           *[other] Pour acheter, écris un mot-clé comme { $example }.
        }

please-write =
    🙉 Je ne sais lire que les mots, pardon !
    { $example ->
        [none] Écris-moi le mot-clé de l'article, ou touche 🛍️ CATALOGUE.
       *[other] Écris-moi le mot-clé de l'article, par exemple { $example }, ou touche 🛍️ CATALOGUE.
    }
    .simple = { $example ->
            [none] Je ne lis que les mots. Écris le mot-clé de l'article.
           *[other] Je ne lis que les mots. Écris le mot-clé, par exemple { $example }.
        }

language-changed = 🇫🇷 C'est fait, on se parle en français. Écris un mot-clé pour acheter, ou AIDE.
    .simple = C'est fait, on se parle en français. Écris un mot-clé, ou AIDE.

style-changed = { $style ->
        [simple] 📶 C'est noté : messages courts. Pour les messages complets, écris NORMAL.
       *[normal] 📶 C'est noté : messages complets. Pour les messages courts, écris SIMPLE.
    }
    .simple = { $style ->
        [simple] C'est noté : messages courts. Pour revenir, écris NORMAL.
       *[normal] C'est noté : messages complets.
    }
