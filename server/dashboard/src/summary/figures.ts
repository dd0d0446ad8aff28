// The figures of a summary as words to show, each with its definition. Pure.
import { grouped } from '../format/money';
import { duration, timeOfDay } from '../format/time';
import type { Advice, Summary } from './types';
import type { summaryWords } from './words';

type Words = ReturnType<typeof summaryWords>;
export type Name = keyof Words['figures'];

export interface Shown {
  name: Name;
  value: string;
  beside: string | null;
}

/** `680` → `68 %`; thousandths, rounded to a whole percent. */
export function percent(thousandths: number): string {
  return `${Math.round(thousandths / 10)}\u202f%`;
}

/** `95` → `1 min 35`, `40` → `40 s`. */
export function span(seconds: number): string {
  if (seconds < 60) return `${seconds}\u00a0s`;
  const rest = seconds % 60;
  if (seconds >= 3600 || rest === 0) return duration(seconds * 1000);
  return `${Math.floor(seconds / 60)}\u00a0min\u00a0${String(rest).padStart(2, '0')}`;
}

/** All but the net, which stands large above them. `sum` writes money, hidden or not. */
export function figures(
  of: Summary,
  words: Words,
  zone: string,
  sum: (amount: number) => string,
): Shown[] {
  const one = (name: Name, value: string, beside: string | null = null): Shown => ({
    name,
    value,
    beside,
  });
  const list = [
    one('placed', grouped(of.placed)),
    one('paid', grouped(of.paid)),
    one('conversion', of.conversion === null ? '–' : percent(of.conversion)),
    one('expired', grouped(of.expired)),
    one('cancelled', grouped(of.cancelled)),
    one('open', grouped(of.open)),
    one('gross', sum(of.gross)),
    one('lost', sum(of.lost)),
    one('duration', duration(of.seconds * 1000)),
    one(
      'clients',
      grouped(of.new_clients + of.returning_clients),
      words.split(of.new_clients, of.returning_clients),
    ),
    one(
      'speed',
      of.pay_median === null ? '–' : span(of.pay_median),
      of.pay_p90 === null ? null : words.p90(span(of.pay_p90)),
    ),
  ];
  if (of.peak === null) return [...list, one('peak', '–')];
  const time = timeOfDay(of.peak.minute, zone, false);
  return [...list, one('peak', time, words.peakShown(of.peak.orders, of.peak.shown))];
}

/** The one thing to do better. */
export function better(advice: Advice, words: Words, sum: (amount: number) => string): string {
  switch (advice.kind) {
    case 'more_stock':
      return words.moreStock(advice.keyword, advice.minutes, sum(advice.lost));
    case 'more_payment':
      return words.morePayment(advice.expired, advice.resolved);
    case 'show_again':
      return words.showAgain(advice.keyword, advice.orders);
    case 'again':
      return words.again(advice.keyword, advice.units);
  }
}
