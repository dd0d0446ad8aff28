// The summary's own words, in both languages: they come with it, not with the board.
import type { Language } from '../words/language.svelte';
import type { Adjustment, LiveRow } from './types';

const s = (n: number): string => (n > 1 ? 's' : '');

const fr = {
  back: 'Retour au live',
  lives: 'Lives passés',
  noLives: 'Aucun live pour l’instant.',
  more: 'Voir les suivants',
  states: {
    scheduled: 'Prévu',
    live: 'En direct',
    paused: 'En pause',
    closing: 'Se termine',
    ended: 'Terminé',
    settled: 'Définitif',
  } satisfies Record<LiveRow['state'], string>,
  loading: 'Lecture du résumé…',
  stale: 'Pas de réponse : ce que tu vois date peut-être. Nouvel essai…',
  soon: 'Le résumé vient quand la dernière commande en attente est payée ou expirée.',
  gone: 'Ce live n’existe pas ici.',
  hot: 'À chaud',
  final: 'Définitif',
  hotAbout: (when: string) => `Tel que compté le ${when}. Les chiffres définitifs viennent un jour après la fin.`,
  finalAbout: (when: string) => `Compté le ${when}. L’argent qui bouge ensuite est listé comme ajustement.`,
  which: 'Quel résumé ?',
  share: 'Partager l’image',
  sharing: 'Image…',
  shareFailed: 'L’image n’a pas pu être faite. Réessaie.',
  saved: 'Image enregistrée dans tes téléchargements.',
  veiled: 'Les montants sont cachés : l’image ne les montrera pas.',
  net: 'Net encaissé',
  figures: {
    net: 'Net encaissé',
    gross: 'Ventes brutes',
    placed: 'Commandes',
    paid: 'Payées',
    expired: 'Expirées',
    cancelled: 'Annulées',
    open: 'Encore ouvertes',
    conversion: 'Conversion',
    duration: 'Durée',
    clients: 'Clientes',
    speed: 'Paiement en',
    peak: 'Pic',
    lost: 'Demande manquée',
  },
  about: {
    net:
      'Ventes brutes moins ce que l’opérateur a repris et ce qui est à rendre. Avant les frais '
      + 'du prestataire.',
    gross: 'Total des commandes payées.',
    placed: 'Paniers commencés dans ce live, et offres de liste d’attente acceptées.',
    paid: 'Commandes confirmées par de l’argent que l’opérateur n’a pas repris.',
    expired: 'Commandes dont le temps est passé, sans paiement tardif accepté.',
    cancelled: 'Commandes annulées sans avoir été payées.',
    open: 'Commandes ni payées, ni expirées, ni annulées à ce moment-là.',
    conversion:
      'Payées ÷ (payées + expirées + annulées). Les commandes encore ouvertes ne comptent pas.',
    duration: 'Du début jusqu’à FIN, pauses comprises.',
    clients: 'Qui a payé : nouvelles (aucune commande payée avant ce live) et déjà clientes.',
    speed:
      'De la commande à l’heure de paiement du prestataire : la moitié a payé plus vite, et '
      + '9 sur 10 ont payé plus vite que le second temps.',
    peak: 'La minute avec le plus de commandes, et ce que tu montrais.',
    lost:
      'Ce que les personnes qui ont demandé en vain auraient payé. C’est un maximum : certaines '
      + 'ont acheté plus tard.',
  },
  split: (fresh: number, back: number) => `${fresh} nouvelle${s(fresh)}, ${back} déjà cliente${s(back)}`,
  p90: (time: string) => `9 sur 10 en ${time}`,
  peakShown: (n: number, keyword: string | null) =>
    `${n} commandes${keyword === null ? '' : `, ${keyword} montré`}`,
  best: (keyword: string, n: number) => `Meilleure vente : ${keyword}, ${n} pièce${s(n)}`,
  products: 'Produits',
  sold: (n: number, of: number) => (of > 0 ? `${n} vendu${s(n)} sur ${of}` : `${n} vendu${s(n)}`),
  outAt: (time: string, length: string) => `épuisé à ${time}, ${length} sans stock`,
  missed: (sum: string) => `jusqu’à ${sum} manqués`,
  adjustments: 'Ajustements après coup',
  adjustment: {
    paid_late: 'Payée tard, acceptée',
    taken_back: 'Reprise par l’opérateur',
    given_back: 'Rendue',
  } satisfies Record<Adjustment['kind'], string>,
  order: (n: number) => `n° ${n}`,
  advice: 'Pour la prochaine fois',
  moreStock: (keyword: string, minutes: number, lost: string) =>
    `Apporte plus de ${keyword} : épuisé en ${minutes} min, jusqu’à ${lost} demandés en vain.`,
  morePayment: (expired: number, resolved: number) =>
    `${expired} commandes sur ${resolved} n’ont pas été payées à temps : rappelle-le à l’antenne, `
    + 'ou passe à « premier payé, premier servi ».',
  showAgain: (keyword: string, orders: number) =>
    `${keyword} a fait venir ${orders} commandes en une minute : montre-le plus tôt, et encore.`,
  again: (keyword: string, units: number) =>
    `${keyword} s’est le mieux vendu (${units}) : reprends-le.`,
  card: { paid: 'commandes payées', conversion: 'de conversion', best: 'Meilleure vente', peak: 'Pic', foot: 'Vendu en live avec LivePay' },
};

type SummaryWords = typeof fr;

const e = (n: number): string => (n === 1 ? '' : 's');

const en: SummaryWords = {
  back: 'Back to the live',
  lives: 'Past lives',
  noLives: 'No live yet.',
  more: 'Show the next ones',
  states: {
    scheduled: 'Planned',
    live: 'Live now',
    paused: 'Paused',
    closing: 'Closing',
    ended: 'Over',
    settled: 'Final',
  },
  loading: 'Reading the summary…',
  stale: 'No answer: what you see may be old. Trying again…',
  soon: 'The summary comes when the last waiting order is paid or expired.',
  gone: 'There is no such live here.',
  hot: 'Fresh',
  final: 'Final',
  hotAbout: (when) => `As counted on ${when}. The final figures come one day after the end.`,
  finalAbout: (when) => `Counted on ${when}. Money that moves later is listed as an adjustment.`,
  which: 'Which summary?',
  share: 'Share the picture',
  sharing: 'Picture…',
  shareFailed: 'The picture could not be made. Try again.',
  saved: 'Picture saved in your downloads.',
  veiled: 'The sums are hidden: the picture will not show them.',
  net: 'Net collected',
  figures: {
    net: 'Net collected',
    gross: 'Gross sales',
    placed: 'Orders',
    paid: 'Paid',
    expired: 'Expired',
    cancelled: 'Cancelled',
    open: 'Still open',
    conversion: 'Conversion',
    duration: 'Length',
    clients: 'Clients',
    speed: 'Paid within',
    peak: 'Peak',
    lost: 'Missed demand',
  },
  about: {
    net:
      'Gross sales less what the operator took back and what has to be given back. Before the '
      + 'provider’s fees.',
    gross: 'The total of the paid orders.',
    placed: 'Carts begun in this live, and waitlist offers accepted.',
    paid: 'Orders confirmed by money that the operator did not take back.',
    expired: 'Orders whose time ran out, with no late payment honoured.',
    cancelled: 'Orders cancelled without having been paid.',
    open: 'Orders neither paid nor expired nor cancelled by then.',
    conversion: 'Paid ÷ (paid + expired + cancelled). Orders still open do not count.',
    duration: 'From the start to END, breaks included.',
    clients: 'Who paid: new (no paid order before this live) and returning.',
    speed:
      'From the order to the provider’s time of payment: half paid faster, and 9 in 10 paid '
      + 'faster than the second time.',
    peak: 'The minute with the most orders, and what you were showing.',
    lost:
      'What those who asked in vain would have paid. It is a maximum: some of them bought later.',
  },
  split: (fresh, back) => `${fresh} new, ${back} returning`,
  p90: (time) => `9 in 10 within ${time}`,
  peakShown: (n, keyword) => `${n} orders${keyword === null ? '' : `, ${keyword} shown`}`,
  best: (keyword, n) => `Best seller: ${keyword}, ${n} unit${e(n)}`,
  products: 'Products',
  sold: (n, of) => (of > 0 ? `${n} sold of ${of}` : `${n} sold`),
  outAt: (time, length) => `sold out at ${time}, ${length} without stock`,
  missed: (sum) => `up to ${sum} missed`,
  adjustments: 'Adjustments since',
  adjustment: {
    paid_late: 'Paid late, honoured',
    taken_back: 'Taken back by the operator',
    given_back: 'Given back',
  },
  order: (n) => `no. ${n}`,
  advice: 'For next time',
  moreStock: (keyword, minutes, lost) =>
    `Bring more ${keyword}: sold out in ${minutes} min, up to ${lost} asked for in vain.`,
  morePayment: (expired, resolved) =>
    `${expired} of ${resolved} orders were not paid in time: remind them on air, or switch to `
    + '“first paid, first served”.',
  showAgain: (keyword, orders) =>
    `${keyword} brought ${orders} orders in one minute: show it earlier, and again.`,
  again: (keyword, units) => `${keyword} sold best (${units}): bring it again.`,
  card: { paid: 'paid orders', conversion: 'conversion', best: 'Best seller', peak: 'Peak', foot: 'Sold live with LivePay' },
};

/** The words in a language. */
export function summaryWords(language: Language): SummaryWords {
  return language === 'en' ? en : fr;
}
