// What the live page says while it is on, in English.
import type { BoardWords } from './fr';

const s = (n: number): string => (n === 1 ? '' : 's');

export const en: BoardWords = {
  define: (name) => `${name}: what does this number mean?`,
  veil: { hide: 'Hide the sums', show: 'Show the sums' },
  signal: {
    off: 'Payments: no sound, no vibration',
    buzz: 'Payments: vibration',
    sound: 'Payments: sound and vibration',
  },
  control: {
    title: 'Run the live',
    pause: 'Pause',
    resume: 'Go on',
    finish: 'End',
    reopen: 'Reopen',
    left: (time) => `${time} left`,
  },
  finish: {
    title: 'End the live?',
    grace: (n) =>
      n === 0
        ? 'No order waits for its payment: it ends at once.'
        : `${n} order${s(n)} still wait${n === 1 ? 's' : ''}: the promised time and the payment `
          + 'links stay valid to the end.',
    after: 'Who writes after that learns that the live is over, and may still take what is left.',
    undo: 'You can reopen it for two minutes.',
    yes: 'End it',
    no: 'Go on with the live',
  },
  closing: {
    title: 'The live is closing',
    open: (n) =>
      n === 0
        ? 'No order waits any more.'
        : `${n} order${s(n)} can still be paid. The summary comes after that.`,
    itself: 'Six hours without anything: it closed by itself.',
  },
  ended: {
    title: (name) => `“${name}” is over`,
    when: (from, to) => `from ${from} to ${to}`,
    itself: 'It closed by itself, after six hours without anything.',
    settled: 'Its figures are final.',
    hot: 'Its figures are final one day after the end.',
    summary: 'See the summary',
  },
  start: {
    title: 'Start a live',
    name: 'Title',
    default: (day) => `Live of ${day}`,
    go: 'Start',
    text: 'Orders that come from then on count for this live.',
    past: 'Past lives',
  },
  figures: {
    title: 'Figures of the live',
    today: 'Today',
    collected: 'Collected',
    paid: 'Paid',
    paying: 'Paying',
    expired: 'Expired',
    about: {
      collected:
        'The sum of the paid orders that count: neither taken back by the operator nor to be '
        + 'given back. Before the provider’s fees.',
      paid: 'Orders whose money has come, confirmed by the provider.',
      paying: 'Orders whose client chose how to pay, and whose money is not there yet.',
      expired: 'Orders whose time ran out without a payment. Their units are free.',
    },
  },
  todo: {
    title: 'To do now',
    count: (n) => (n === 0 ? 'nothing' : `${n} thing${s(n)}`),
    none: 'Nothing waits for you right now.',
    someone: 'A forgotten client',
    what: {
      owed: (who) => `${who}’s money was taken back`,
      refund: (who) => `Refund ${who}`,
      cancellation: (who) => `${who} wants to cancel`,
      paid_late: (who) => `${who} paid too late`,
      waitlist: (n, keyword) => `${n} wait${n === 1 ? 's' : ''} for ${keyword}`,
    },
    act: {
      owed: 'Look',
      refund: 'Refund',
      cancellation: 'Decide',
      paid_late: 'Look',
      waitlist: '+1',
    },
    addOne: (keyword) => `Add one ${keyword}`,
    atRisk: 'at stake',
  },
  ideas: {
    title: 'Ideas',
    tab: (n) => `${n} idea${s(n)}`,
    stock_out: (keyword, n) => `${keyword}: sold out in about ${n} order${s(n)}`,
    stock_out_why: (free, units, from, to) =>
      `${free} free, ${units} asked for in 10 min: in ${from} to ${to} min at this pace.`,
    show_again: (keyword) => `Show ${keyword} again`,
    show_again_why: (n, time, free) =>
      `${n} orders in the 3 min after ${time}, and ${free} still free.`,
    never_shown: (keyword) => `Show ${keyword}`,
    never_shown_why: (free) => `Not shown in this live yet, ${free} free.`,
    loyal: (names) => `${names} are here: say their names`,
    loyal_one: (name) => `${name} is here: say her name`,
    loyal_why: (keyword, sold) =>
      'Loyal, active in the last 15 minutes.'
      + (keyword === null ? '' : ` ${keyword} sells best (${sold}) and is not out.`),
    and: ' and ',
    tiers: { silver: 'silver', gold: 'gold', diamond: 'diamond' },
  },
  products: {
    title: 'Products',
    available: (n) => `${n} free`,
    held: (n) => `${n} held`,
    sold: (n) => `${n} sold`,
    blocked: (n) => `${n} blocked`,
    waiting: (n, people) => `${n} awaited (${people} people)`,
    about:
      'Free: can be ordered now. Held: in an order that waits for its payment. Sold: paid in '
      + 'this live (or today, outside one). Awaited: asked for by the people on the waitlist.',
    counts: (keyword) => `${keyword}: what do these numbers mean?`,
    low: 'Running low',
    out: 'Sold out',
    range: (from, to) =>
      from < 1 ? `sold out in less than ${to} min` : `sold out in ${from} to ${to} min`,
    far: (from) => `sold out in ${from} min at the earliest`,
    farther: 'not sold out within the hour',
    calm: 'calm',
    rangeAbout: (units) =>
      `${units} unit${s(units)} ordered in the last 10 minutes. If it goes on like that, it is `
      + 'sold out within this range 8 times out of 10. Calm: fewer than 3 units.',
    plus: (what) => `One more ${what}`,
    minus: (what) => `One ${what} less`,
    show: 'I am showing this one',
    showing: 'You are showing it',
    photo: (keyword) => `Change the photo of ${keyword}`,
    addPhoto: (keyword) => `Add a photo of ${keyword}`,
    picture: 'photo',
    firstPaid: 'First paid, first served',
    firstPaidAbout:
      'Nothing is held before the client chooses how to pay. For this live only.',
    on: 'yes',
    off: 'no',
    empty: 'No product.',
  },
  curve: {
    tab: 'Pace',
    title: 'Orders and payments',
    per: (step) => (step === 1 ? 'per minute' : `per ${step} minutes`),
    orders: 'orders',
    payments: 'payments',
    shown: 'product shown',
    peak: (time, n, keyword) =>
      `Peak at ${time}: ${n} orders in one minute`
      + (keyword === null ? '.' : `, you were showing ${keyword}.`),
    noPeak: 'No peak yet.',
    empty: 'The curve draws itself with the first orders.',
    table: 'As a table',
    time: 'Time',
    amount: 'Amount',
    about:
      'Orders: placed in this live. Payments: confirmed by the provider, in the minute they '
      + 'arrive. A peak is named after the last product shown within 5 minutes.',
  },
  trouble: {
    lost: 'LivePay did not answer. Try again: nothing will be done twice.',
    photo: 'This picture cannot be read. Take another one.',
    close: 'Close',
  },
  tabs: {
    orders: 'Orders',
    stock: 'Products',
    open: (n) => `${n} open`,
    low: (n) => `${n} low`,
  },
};
