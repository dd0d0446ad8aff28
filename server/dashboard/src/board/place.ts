// Which page the address names after its `#`.
import type { Tab } from '../desk/types';

export type Place =
  | { page: 'live' }
  | { page: 'desk'; tab: Tab }
  | { page: 'lives' }
  | { page: 'summary'; live: number };

const TABS: Tab[] = ['refunds', 'cancellations', 'unmatched', 'waitlists'];

/** `#desk/cancellations`, `#live/12`, `#lives`; anything else is the live. */
export function place(hash: string): Place {
  const [name, rest = ''] = hash.replace(/^#/, '').split('/');
  if (name === 'desk') {
    return { page: 'desk', tab: TABS.find((one) => one === rest) ?? 'refunds' };
  }
  if (name === 'lives') return { page: 'lives' };
  if (name === 'live' && /^\d{1,15}$/.test(rest)) return { page: 'summary', live: Number(rest) };
  return { page: 'live' };
}
