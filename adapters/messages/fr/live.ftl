# Au vendeur, sur son live : fermé tout seul, rouvert, et ce qu'il a donné.

vendor-live-closed-itself =
    { $title ->
        [none] 🎬 Ton live s'est fermé tout seul : rien depuis { $silence }.
       *[other] 🎬 Ton live « { $title } » s'est fermé tout seul : rien depuis { $silence }.
    }

    Les réservations en cours restent valables.
    👉 Tu es encore en direct ? Touche 🔁 ROUVRIR avant { $until }.
    .simple =
        { $title ->
            [none] Ton live s'est fermé tout seul : rien depuis { $silence }.
           *[other] Live « { $title } » fermé tout seul : rien depuis { $silence }.
        }
        Encore en direct ? Touche ROUVRIR avant { $until }.

vendor-live-reopened =
    { $title ->
        [none] 🔴 C'est reparti : ton live est de nouveau ouvert.
       *[other] 🔴 C'est reparti : « { $title } » est de nouveau ouvert.
    }
    Qui attendait un article le redemande.
    .simple = { $title ->
        [none] Ton live est rouvert.
       *[other] « { $title } » est rouvert.
    }

vendor-live-summary =
    { $settled ->
        [yes] 🧾 *LES CHIFFRES DÉFINITIFS DE TON LIVE*
       *[no] 📊 *RÉSUMÉ DE TON LIVE*
    }
    { $title ->
        [none] ∅
       *[other] 🎬 { $title }
    }

    { $state ->
        [known] { $figures }
        [empty] Aucune commande cette fois. Ça arrive aux meilleures : montre tes articles un par un, avec leur mot-clé bien visible, et recommence !
       *[unknown] Bravo, c'est fini ! Les chiffres t'attendent sur ton tableau de bord.
    }

    { $advice ->
        [none] ∅
       *[other] 💡 { $advice }
    }

    👉 { $link }
    .simple =
        { $settled ->
            [yes] Chiffres définitifs de ton live
           *[no] Résumé de ton live
        }
        { $title ->
            [none] ∅
           *[other] { $title }
        }
        { $state ->
            [known] { $figures }
            [empty] Aucune commande cette fois. Montre bien tes mots-clés.
           *[unknown] Les chiffres sont sur ton tableau.
        }
        { $advice ->
            [none] ∅
           *[other] Conseil : { $advice }
        }
        { $link }

summary-figures = ⏱️ Durée : { $duration }
    💰 Ventes : *{ $gross }*{ $net ->
        [none] {""}
       *[other] , dont { $net } te restent
    }
    📦 Commandes : { $placed } ({ $paid ->
        [one] { $paid } payée
       *[other] { $paid } payées
    }{ $expired ->
        [0] {""}
        [one] , { $expired } expirée
       *[other] , { $expired } expirées
    }{ $cancelled ->
        [0] {""}
        [one] , { $cancelled } annulée
       *[other] , { $cancelled } annulées
    }{ $open ->
        [0] {""}
       *[other] , { $open } en cours
    })
    { $conversion ->
        [none] ∅
       *[other] ✅ Conversion : { $conversion }
    }
    { $best ->
        [none] ∅
       *[other] 🏆 Meilleure vente : { $best }
    }
    👥 Nouveaux clients : { $new } · déjà clients : { $returning }
    { $median ->
        [none] ∅
       *[other] ⏳ La moitié a payé en { $median }, 9 sur 10 en { $slow }
    }
    { $peak ->
        [none] ∅
       *[other] 🔥 { $peak }
    }
    { $lost ->
        [none] ∅
       *[other] 📉 Manqué faute de stock : { $lost } au plus
    }
    .simple = Durée : { $duration }
    Ventes : { $gross }{ $net ->
        [none] {""}
       *[other] , dont { $net } te restent
    }
    Commandes : { $placed } ({ $paid ->
        [one] { $paid } payée
       *[other] { $paid } payées
    }{ $expired ->
        [0] {""}
        [one] , { $expired } expirée
       *[other] , { $expired } expirées
    }{ $cancelled ->
        [0] {""}
        [one] , { $cancelled } annulée
       *[other] , { $cancelled } annulées
    }{ $open ->
        [0] {""}
       *[other] , { $open } en cours
    })
    { $conversion ->
        [none] ∅
       *[other] Conversion : { $conversion }
    }
    { $best ->
        [none] ∅
       *[other] Meilleure vente : { $best }
    }
    Nouveaux clients : { $new }, déjà clients : { $returning }
    { $median ->
        [none] ∅
       *[other] La moitié a payé en { $median }, 9 sur 10 en { $slow }
    }
    { $peak ->
        [none] ∅
       *[other] { $peak }
    }
    { $lost ->
        [none] ∅
       *[other] Manqué faute de stock : { $lost } au plus
    }

summary-sold = { $units ->
    [one] { $keyword } ({ $units } vente)
   *[other] { $keyword } ({ $units } ventes)
}

summary-peak = Pic à { $minute } : { $orders ->
        [one] { $orders } commande
       *[other] { $orders } commandes
    } en une minute{ $shown ->
        [none] {""}
       *[other] , avec { $shown } à l'écran
    }

summary-advice = { $kind ->
    [more-stock] { $more ->
        [none] { $keyword } épuisé en { $span }, prévois plus de stock
       *[other] { $keyword } épuisé en { $span }, prévois plus de stock : jusqu'à { $more } de ventes manquées
    }
    [more-payment] { $count } commandes sur { $more } ont expiré : rappelle en direct de payer tout de suite, ou passe en « premier payé, premier servi »
    [show-again] { $count } commandes dans la minute où tu as montré { $keyword } : montre-le plus tôt, et plusieurs fois
   *[again] { $keyword } plaît (ventes : { $count }) : remets-le au prochain live
}
