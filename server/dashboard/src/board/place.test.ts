import { expect, it } from 'vitest';
import { place } from './place';

it('finds the page that an address names', () => {
  expect(place('')).toEqual({ page: 'live' });
  expect(place('#orders')).toEqual({ page: 'live' });
  expect(place('#desk')).toEqual({ page: 'desk', tab: 'refunds' });
  expect(place('#desk/cancellations')).toEqual({ page: 'desk', tab: 'cancellations' });
  expect(place('#desk/x')).toEqual({ page: 'desk', tab: 'refunds' });
  expect(place('#lives')).toEqual({ page: 'lives' });
  expect(place('#live/12')).toEqual({ page: 'summary', live: 12 });
  expect(place('#live/1e3')).toEqual({ page: 'live' });
});
