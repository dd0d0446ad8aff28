# La confiance : niveaux, badges, et pourquoi cette note.

tier = { $tier ->
        [silver] Argent 🥈
        [gold] Or 🥇
        [diamond] Diamant 💎
       *[bronze] Bronze 🥉
    }
    .simple = { $tier ->
        [silver] Argent
        [gold] Or
        [diamond] Diamant
       *[bronze] Bronze
    }

badge = { $badge ->
        [first-buyer] ⚡ Badge *Premier achat du live* : personne n'a été plus rapide !
        [loyal] 🔥 Badge *Fidèle* : merci de revenir !
        [fast-payer] 💨 Badge *Paiement rapide* : c'était un éclair !
       *[verified] 🛡️ Badge *Vérifié* : on peut compter sur toi !
    }
    .simple = { $badge ->
        [first-buyer] Badge : Premier achat du live
        [loyal] Badge : Fidèle
        [fast-payer] Badge : Paiement rapide
       *[verified] Badge : Vérifié
    }

reason = { $reason ->
        [start] • { $points } au départ
        [paid] • { $points } tes commandes payées
        [pays-fast] • { $points } tu paies vite
        [spent] • { $points } tu achètes beaucoup
        [expired] • { $points } des réservations restées sans paiement
        [suspected-fake-buyer] • { $points } presque toutes sans paiement
       *[honour-rate] • { $points } ta part de réservations payées
    }
    .simple = { $reason ->
        [start] { $points } au départ
        [paid] { $points } commandes payées
        [pays-fast] { $points } tu paies vite
        [spent] { $points } tu achètes beaucoup
        [expired] { $points } réservations sans paiement
        [suspected-fake-buyer] { $points } presque toutes sans paiement
       *[honour-rate] { $points } part de réservations payées
    }

why =
    🔎 { $shop } : ta note est de *{ $score }/100*, niveau { $tier }

    { $reasons ->
        [none] ∅
       *[other] { $reasons }
    }
    { $overridden ->
        [yes] ✍️ { $shop } te connaît et a fixé cette note.
       *[no] ∅
    }
    { $holds ->
        [blocked] 🚫 { $shop } ne prend pas tes commandes pour le moment.
        [unheld] 🏃 Rien ne t'est réservé d'avance : c'est à toi quand tu choisis comment payer.
       *[held] ⏱️ Tes réservations durent { $minutes }.
    }
    { $flagged ->
        [yes] 🔒 Trop de réservations sont restées sans paiement.
       *[no] ∅
    }

    { $way ->
        [seller] 👉 Écris ici à { $shop } pour en parler.
        [orders] { $back ->
            [one] 👉 Encore { $back } commande payée, et il n'y a plus aucune limite.
           *[other] 👉 Encore { $back } commandes payées, et il n'y a plus aucune limite.
        }
       *[none] 👉 Paie dans les temps et ta note monte. Tu changes d'avis ? Touche ❌ ANNULER, elle ne baisse pas.
    }
    .simple =
        { $shop } : ta note est de { $score }/100, niveau { $tier }.
        { $reasons ->
            [none] ∅
           *[other] { $reasons }
        }
        { $overridden ->
            [yes] Note fixée par { $shop }.
           *[no] ∅
        }
        { $holds ->
            [blocked] { $shop } ne prend pas tes commandes pour le moment.
            [unheld] Rien n'est réservé avant le choix du paiement.
           *[held] Tes réservations : { $minutes }.
        }
        { $way ->
            [seller] Écris à { $shop } pour en parler.
            [orders] { $back ->
                [one] Pour lever la limite : paie encore { $back } commande.
               *[other] Pour lever la limite : paie encore { $back } commandes.
            }
           *[none] Paie dans les temps ou annule : elle ne baisse pas.
        }
