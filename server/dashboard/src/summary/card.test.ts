import { expect, it } from 'vitest';
import { rows, type Told } from './card';
import { summaryWords } from './words';

it('tells the figures of the shop and leaves out what is not known', () => {
  const summary = {
    paid: 21,
    conversion: 677,
    best: { product: 1, keyword: 'ROBE1', name: 'Robe', units: 14, amount: 1 },
    peak: { minute: '2026-11-21T14:32:00Z', orders: 7, shown: null },
  };
  const shop = { name: 'Chez Awa', zone: 'Africa/Dakar' };
  const told = { shop, summary, words: summaryWords('fr') } as unknown as Told;
  expect(rows(told)).toEqual([
    ['21', 'commandes payées'],
    ['68\u202f%', 'de conversion'],
    ['ROBE1 × 14', 'Meilleure vente', true],
    ['14:32', 'Pic'],
  ]);
  const quiet = { ...summary, paid: 0, conversion: null, best: null, peak: null };
  expect(rows({ ...told, summary: quiet } as unknown as Told)).toEqual([['0', 'commandes payées']]);
});
