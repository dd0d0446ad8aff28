import { describe, expect, it } from 'vitest';
import { better, figures, percent, span } from './figures';
import type { Summary } from './types';
import { summaryWords } from './words';

const SUMMARY: Summary = {
  live: 1,
  title: 'Live du samedi',
  started_at: '2026-11-21T14:00:00Z',
  finished_at: '2026-11-21T15:20:00Z',
  as_of: '2026-11-21T15:28:00Z',
  settled: false,
  seconds: 4800,
  placed: 31,
  paid: 21,
  expired: 8,
  cancelled: 2,
  open: 0,
  conversion: 677,
  gross: 412_000,
  net: 400_000,
  best: null,
  products: [],
  new_clients: 12,
  returning_clients: 6,
  pay_median: 95,
  pay_p90: 480,
  peak: { minute: '2026-11-21T14:32:00Z', orders: 7, shown: 'ROBE1' },
  lost: 30_000,
  advice: null,
};
const words = summaryWords('fr');
const sum = (amount: number): string => `${amount} F`;
const all = (of: Summary): Record<string, string> =>
  Object.fromEntries(
    figures(of, words, 'Africa/Dakar', sum).map((one) => [
      one.name,
      one.beside === null ? one.value : `${one.value} (${one.beside})`,
    ]),
  );

describe('the figures of a summary', () => {
  it('are written as people say them', () => {
    expect(all(SUMMARY)).toMatchObject({
      placed: '31',
      conversion: '68\u202f%',
      duration: '1\u00a0h\u00a020',
      clients: '18 (12 nouvelles, 6 déjà clientes)',
      speed: '1\u00a0min\u00a035 (9 sur 10 en 8\u00a0min)',
      peak: '14:32 (7 commandes, ROBE1 montré)',
      lost: '30000 F',
    });
  });

  it('say nothing where nothing is known', () => {
    const none = { ...SUMMARY, conversion: null, pay_median: null, pay_p90: null, peak: null };
    expect(all(none)).toMatchObject({ conversion: '–', speed: '–', peak: '–' });
  });

  it('have a definition each, in both languages', () => {
    for (const language of ['fr', 'en'] as const) {
      const { figures: names, about } = summaryWords(language);
      expect(Object.keys(about).sort()).toEqual(Object.keys(names).sort());
    }
  });

  it('round shares and spans', () => {
    expect([percent(0), percent(1000), percent(664)]).toEqual(['0\u202f%', '100\u202f%', '66\u202f%']);
    expect([span(40), span(120), span(3700)]).toEqual(['40\u00a0s', '2\u00a0min', '1\u00a0h\u00a001']);
  });

  it('end with one advice', () => {
    const said = better({ kind: 'more_stock', keyword: 'ROBE1', minutes: 12, lost: 45_000 }, words, sum);
    expect(said).toBe('Apporte plus de ROBE1 : épuisé en 12 min, jusqu’à 45000 F demandés en vain.');
  });
});
