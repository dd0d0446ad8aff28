// What the live page says while it is on, in French. `en.ts` must have the same keys.
import type { Tier, TodoKind } from '../types';

const s = (n: number): string => (n > 1 ? 's' : '');

export const fr = {
  define: (name: string) => `${name} : que veut dire ce nombre ?`,
  veil: { hide: 'Cacher les montants', show: 'Montrer les montants' },
  signal: {
    off: 'Paiements : ni son ni vibration',
    buzz: 'Paiements : vibration',
    sound: 'Paiements : son et vibration',
  },
  control: {
    title: 'Conduire le live',
    pause: 'Pause',
    resume: 'Reprendre',
    finish: 'Fin',
    reopen: 'Rouvrir',
    left: (time: string) => `encore ${time}`,
  },
  finish: {
    title: 'Terminer le live ?',
    grace: (n: number) =>
      n === 0
        ? 'Aucune commande n’attend son paiement : il se termine tout de suite.'
        : `${n} commande${s(n)} attend${n > 1 ? 'ent' : ''} encore : le temps promis et les `
          + 'liens de paiement restent valables jusqu’au bout.',
    after: 'Qui écrit ensuite apprend que le live est fini, et peut encore prendre ce qui reste.',
    undo: 'Tu pourras le rouvrir pendant deux minutes.',
    yes: 'Terminer',
    no: 'Continuer le live',
  },
  closing: {
    title: 'Le live se termine',
    open: (n: number) =>
      n === 0
        ? 'Plus aucune commande n’attend.'
        : `${n} commande${s(n)} peu${n > 1 ? 'vent' : 't'} encore être payée${s(n)}. `
          + 'Le résumé vient ensuite.',
    itself: 'Six heures sans rien : il s’est fermé tout seul.',
  },
  ended: {
    title: (name: string) => `« ${name} » est terminé`,
    when: (from: string, to: string) => `de ${from} à ${to}`,
    itself: 'Il s’est fermé tout seul, après six heures sans rien.',
    settled: 'Ses chiffres sont définitifs.',
    hot: 'Ses chiffres sont définitifs un jour après la fin.',
    summary: 'Voir le résumé',
  },
  start: {
    title: 'Commencer un live',
    name: 'Titre',
    default: (day: string) => `Live du ${day}`,
    go: 'Commencer',
    text: 'Les commandes qui arrivent à partir de là comptent pour ce live.',
    past: 'Lives passés',
  },
  figures: {
    title: 'Chiffres du live',
    today: 'Aujourd’hui',
    collected: 'Encaissé',
    paid: 'Payées',
    paying: 'En paiement',
    expired: 'Expirées',
    about: {
      collected:
        'Somme des commandes payées qui comptent : ni reprises par l’opérateur, ni à rendre. '
        + 'Avant les frais du prestataire.',
      paid: 'Commandes dont l’argent est arrivé, confirmé par le prestataire.',
      paying: 'Commandes où la cliente a choisi comment payer, et l’argent n’est pas encore là.',
      expired: 'Commandes dont le temps est passé sans paiement. Leurs pièces sont libres.',
    },
  },
  todo: {
    title: 'À faire maintenant',
    count: (n: number) => (n === 0 ? 'rien' : `${n} chose${s(n)}`),
    none: 'Rien ne t’attend pour l’instant.',
    someone: 'Une cliente oubliée',
    what: {
      owed: (who: string) => `Argent repris à ${who}`,
      refund: (who: string) => `Rendre à ${who}`,
      cancellation: (who: string) => `${who} veut annuler`,
      paid_late: (who: string) => `${who} a payé trop tard`,
      waitlist: (n: number, keyword: string) => `${n} attend${n > 1 ? 'ent' : ''} ${keyword}`,
    },
    act: {
      owed: 'Voir',
      refund: 'Rendre',
      cancellation: 'Décider',
      paid_late: 'Voir',
      waitlist: '+1',
    } satisfies Record<TodoKind, string>,
    addOne: (keyword: string) => `Ajouter une pièce de ${keyword}`,
    atRisk: 'en jeu',
  },
  ideas: {
    title: 'Idées',
    tab: (n: number) => `${n} idée${s(n)}`,
    stock_out: (keyword: string, n: number) =>
      `${keyword} : rupture dans environ ${n} commande${s(n)}`,
    stock_out_why: (free: number, units: number, from: number, to: number) =>
      `${free} libre${s(free)}, ${units} demandé${s(units)} en 10 min : `
      + `dans ${from} à ${to} min à ce rythme.`,
    show_again: (keyword: string) => `Remontre ${keyword}`,
    show_again_why: (n: number, time: string, free: number) =>
      `${n} commandes dans les 3 min après ${time}, et encore ${free} libres.`,
    never_shown: (keyword: string) => `Montre ${keyword}`,
    never_shown_why: (free: number) => `Pas encore montré dans ce live, ${free} libres.`,
    loyal: (names: string) => `${names} : dis leur nom`,
    loyal_one: (name: string) => `${name} est là : dis son nom`,
    loyal_why: (keyword: string | null, sold: number) =>
      'Fidèles, actives ces 15 dernières minutes.'
      + (keyword === null ? '' : ` ${keyword} se vend le mieux (${sold}) et il en reste.`),
    and: ' et ',
    tiers: { silver: 'argent', gold: 'or', diamond: 'diamant' } satisfies Record<Tier, string>,
  },
  products: {
    title: 'Produits',
    available: (n: number) => `${n} libre${s(n)}`,
    held: (n: number) => `${n} réservé${s(n)}`,
    sold: (n: number) => `${n} vendu${s(n)}`,
    blocked: (n: number) => `${n} bloqué${s(n)}`,
    waiting: (n: number, people: number) => `${n} attendu${s(n)} (${people} pers.)`,
    about:
      'Libre : peut être commandé maintenant. Réservé : dans une commande qui attend son '
      + 'paiement. Vendu : payé dans ce live (ou aujourd’hui, hors live). Attendu : demandé '
      + 'par les personnes de la liste d’attente.',
    counts: (keyword: string) => `${keyword} : que veulent dire ces nombres ?`,
    low: 'Bientôt épuisé',
    out: 'Épuisé',
    range: (from: number, to: number) =>
      from < 1 ? `rupture dans moins de ${to} min` : `rupture dans ${from} à ${to} min`,
    far: (from: number) => `rupture dans ${from} min au plus tôt`,
    farther: 'pas de rupture avant une heure',
    calm: 'calme',
    rangeAbout: (units: number) =>
      `${units} pièce${s(units)} commandée${s(units)} ces 10 dernières minutes. Si ce rythme `
      + 'continue, la rupture tombe dans cet intervalle 8 fois sur 10. Calme : moins de 3 pièces.',
    plus: (what: string) => `Une pièce de plus, ${what}`,
    minus: (what: string) => `Une pièce de moins, ${what}`,
    show: 'Je montre celui-ci',
    showing: 'Tu le montres',
    photo: (keyword: string) => `Changer la photo de ${keyword}`,
    addPhoto: (keyword: string) => `Ajouter une photo de ${keyword}`,
    picture: 'photo',
    firstPaid: 'Premier payé, premier servi',
    firstPaidAbout:
      'Rien n’est réservé avant que la cliente choisisse comment payer. Pour ce live seulement.',
    on: 'oui',
    off: 'non',
    empty: 'Aucun produit.',
  },
  curve: {
    tab: 'Rythme',
    title: 'Commandes et paiements',
    per: (step: number) => (step === 1 ? 'par minute' : `par ${step} minutes`),
    orders: 'commandes',
    payments: 'paiements',
    shown: 'produit montré',
    peak: (time: string, n: number, keyword: string | null) =>
      `Pic à ${time} : ${n} commandes en une minute`
      + (keyword === null ? '.' : `, tu montrais ${keyword}.`),
    noPeak: 'Pas encore de pic.',
    empty: 'La courbe se dessine avec les premières commandes.',
    table: 'En tableau',
    time: 'Heure',
    amount: 'Montant',
    about:
      'Commandes : passées dans ce live. Paiements : confirmés par le prestataire, à la minute '
      + 'où ils arrivent. Un pic est nommé d’après le dernier produit montré dans les 5 minutes.',
  },
  trouble: {
    lost: 'LivePay n’a pas répondu. Réessaie : rien ne sera fait deux fois.',
    photo: 'Cette image ne peut pas être lue. Prends-en une autre.',
    close: 'Fermer',
  },
  tabs: {
    orders: 'Commandes',
    stock: 'Produits',
    open: (n: number) => `${n} en cours`,
    low: (n: number) => `${n} bas`,
  },
};

export type BoardWords = typeof fr;
