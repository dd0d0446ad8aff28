# Les « non » : toujours la raison, toujours la suite.

shop-unknown = 🤔 Cette boutique n'existe pas encore. Demande son lien au vendeur et touche-le.
    .simple = Cette boutique n'existe pas encore. Demande son lien au vendeur.

shop-already-open = 👍 Ta boutique est déjà ouverte. Tu peux ajouter tes articles.
    .simple = Ta boutique est déjà ouverte. Ajoute tes articles.

shop-closed = 😴 { $shop } est fermé pour le moment. Repasse un peu plus tard, ou au prochain live !
    .simple = { $shop } est fermé pour le moment. Repasse plus tard.

client-blocked = 🚫 { $shop } ne prend pas tes commandes pour le moment. Écris au vendeur ici même pour en parler.
    .simple = { $shop } ne prend pas tes commandes pour le moment. Écris au vendeur ici.

client-unknown = 🤔 On ne se connaît pas encore. Écris le mot-clé d'un article et c'est parti !
    .simple = On ne se connaît pas encore. Écris le mot-clé d'un article.

too-old =
    🕰️ Ton message ({ $at }) vient seulement d'arriver, alors je n'ai rien réservé.
    Ça te dit toujours ? Renvoie-le, ou touche 🛍️ CATALOGUE.
    .simple = Ton message ({ $at }) arrive trop tard, rien n'est réservé. Renvoie-le si tu veux.

keyword-unknown =
    🤔 Je ne trouve pas « { $asked } ».
    { $count ->
        [0] Touche 🛍️ CATALOGUE pour voir les articles.
       *[other] Tu voulais peut-être dire 👇
    }
    .simple = « { $asked } » introuvable. { $count ->
            [0] Voir les articles : CATALOGUE.
           *[other] Tu voulais dire :
        }

quantity-absurd = 🤔 « { $asked } », je ne comprends pas combien tu en veux. Écris par exemple « 2 » devant le mot-clé : un nombre entier, 1 ou plus.
    .simple = « { $asked } » : combien en veux-tu ? Écris un nombre entier devant le mot-clé.

variant-missing =
    { $count ->
        [0] 😕 *{ $item }* n'a plus rien de disponible. Regarde le reste : touche 🛍️ CATALOGUE.
       *[other] 👉 *{ $item }* : quelle taille ou couleur te va ? Touche CHOISIR, je réserve aussitôt.
    }
    .simple = { $count ->
            [0] { $item } : plus rien de disponible. Voir le reste : CATALOGUE.
           *[other] { $item } : choisis dans la liste.
        }

variant-unknown =
    { $count ->
        [0] 😕 *{ $item }* n'existe pas comme ça, et il n'en reste plus. Regarde le reste : touche 🛍️ CATALOGUE.
       *[other] 😕 *{ $item }* n'existe pas comme ça. Voici ce qu'il y a : touche CHOISIR.
    }
    .simple = { $count ->
            [0] { $item } : pas comme ça, et plus rien. Voir le reste : CATALOGUE.
           *[other] { $item } n'existe pas comme ça. Choisis dans la liste.
        }

product-archived = 😕 *{ $item }* ne se vend plus. Il y a sûrement mieux : touche 🛍️ CATALOGUE.
    .simple = { $item } ne se vend plus. Voir le reste : CATALOGUE.

only-during-live = 🎥 { $shop } : *{ $item }* se vend pendant les lives seulement. Viens au prochain, ou touche 🛍️ CATALOGUE pour le reste.
    .simple = { $shop } : { $item } se vend pendant les lives seulement. Voir le reste : CATALOGUE.

too-many-open-lines = { $most ->
        [one] ✋ Tu as déjà { $most } article en attente. Écris PAYER ou ANNULER, puis reprends un mot-clé.
       *[other] ✋ Tu as déjà { $most } articles en attente. Écris PAYER ou ANNULER, puis reprends un mot-clé.
    }
    .simple = Déjà { $most } en attente. Écris d'abord PAYER ou ANNULER.

quantity-over-most = ✋ C'est { $most } au plus par personne pour cet article. Renvoie le mot-clé avec un nombre plus petit.
    .simple = { $most } au plus par personne. Renvoie le mot-clé avec moins.

too-many-orders = { $most ->
        [one] ✋ C'est { $most } commande au plus par personne. Tes achats : écris MES ACHATS.
       *[other] ✋ C'est { $most } commandes au plus par personne. Tes achats : écris MES ACHATS.
    }
    .simple = { $most } au plus par personne. Écris MES ACHATS.

trust-too-low = 🔒 { $shop } demande une note de confiance de { $least }/100 et la tienne est { $score }. Une commande payée dans les temps la fait remonter : écris POURQUOI, ou parle au vendeur ici.
    .simple = { $shop } demande une note de { $least }/100, la tienne est { $score }. Écris POURQUOI.

not-enough-left =
    { $left ->
        [0] 😢 *{ $item }*, tout est parti pour le moment !
       *[other] ⚡ Tu en voulais { $asked }, il reste { $left } *{ $item }*. Tu les prends ?
    }
    { $wait ->
        [yes] { $left ->
            [0] Touche ⏳ ATTENDRE : s'il en revient, je te préviens. Ou regarde le reste : 🛍️ CATALOGUE.
           *[other] Ou touche ⏳ ATTENDRE : s'il en revient, je te préviens.
        }
       *[no] { $left ->
            [0] Regarde le reste : touche 🛍️ CATALOGUE.
           *[other] ∅
        }
    }
    .simple = { $left ->
            [0] { $item } : tout est parti.
           *[other] Demandé { $asked }, il reste { $left } { $item }. Tu prends ?
        } { $wait ->
            [yes] Pour attendre : ATTENDRE.
           *[no] { $left ->
                [0] Voir le reste : CATALOGUE.
               *[other] {""}
            }
        }

sum-too-large = 🤯 Le total est trop grand pour nous. Renvoie le mot-clé avec un nombre plus petit.
    .simple = Total trop grand. Renvoie le mot-clé avec un nombre plus petit.

nothing-open = 🛒 Tu n'as rien en attente. Écris un mot-clé, ou touche 🛍️ CATALOGUE.
    .simple = Rien en attente. Écris un mot-clé, ou CATALOGUE.

order-unknown = 🤔 Je ne trouve pas cette commande chez toi. Regarde 📜 MES ACHATS, ou reprends un mot-clé.
    .simple = Commande introuvable. Regarde MES ACHATS, ou écris un mot-clé.

order-expired = ⌛ La réservation LP-{ $order } est terminée, tu n'as rien à payer. Renvoie le mot-clé, ou touche 🛍️ CATALOGUE.
    .simple = Réservation LP-{ $order } terminée, rien à payer. Renvoie le mot-clé.

order-cancelled = 👌 La commande LP-{ $order } est déjà annulée, tu n'as rien à payer. Envie d'autre chose ? Touche 🛍️ CATALOGUE.
    .simple = LP-{ $order } est déjà annulée, rien à payer. Autre chose : CATALOGUE.

order-paid = ✅ La commande LP-{ $order } est déjà payée, tout va bien ! { $shop } te contacte pour la livraison. Touche 📜 MES ACHATS pour la revoir.
    .simple = LP-{ $order } est déjà payée. { $shop } te contacte pour la livraison.

order-frozen = ⏸️ Le paiement de LP-{ $order } est en cours. Touche ✅ PAYER pour retrouver ton lien, ou 🔄 CHANGER pour un autre moyen. Déjà payé ? Écris J'AI PAYÉ.
    .simple = Paiement de LP-{ $order } en cours. PAYER pour ton lien, CHANGER pour un autre moyen.

too-many-attempts = 😕 Le paiement de LP-{ $order } n'a pas abouti plusieurs fois. Si tu as déjà payé, écris J'AI PAYÉ et je vérifie. Sinon touche ❌ ANNULER, ou écris ici à { $shop }.
    .simple = Paiement de LP-{ $order } pas abouti. Si tu as payé, écris J'AI PAYÉ. Sinon ANNULER, ou écris à { $shop }.

button-unknown = 🕰️ Ce bouton est trop ancien pour moi. Écris le mot-clé de l'article, ou touche 🛍️ CATALOGUE.
    .simple = Ce bouton est trop ancien. Écris le mot-clé, ou CATALOGUE.

no-choice = 🤔 Il n'y a plus rien à choisir pour la commande LP-{ $order } : c'est déjà décidé, ou le temps est passé. Touche 📜 MES ACHATS, ou 🛍️ CATALOGUE.
    .simple = Plus rien à choisir pour LP-{ $order }. Regarde MES ACHATS ou CATALOGUE.
