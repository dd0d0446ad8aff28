import { describe, expect, it } from 'vitest';
import { offset, quality } from './freshness';

describe('the link in one word', () => {
  it('is good while pings come, slow when one is late', () => {
    expect(quality('live', 0)).toBe('good');
    expect(quality('live', 11_999)).toBe('good');
    expect(quality('live', 12_001)).toBe('slow');
    expect(quality('polling', 0)).toBe('polling');
    expect(quality('offline', 0)).toBe('offline');
  });
});

describe('the server’s clock', () => {
  const at = '2026-11-21T14:32:10Z';
  const now = Date.parse(at) + 90_000;

  it('is found on a phone whose own clock is 90 s ahead', () => {
    expect(offset(null, at, now, true)).toBe(-90_000);
  });

  it('is not set back by a row that speaks of an older moment', () => {
    expect(offset(-90_000, '2026-11-21T14:31:00Z', now, false)).toBe(-90_000);
    expect(offset(-90_000, '2026-11-21T14:31:00Z', now, true)).toBe(-160_000);
  });
});
