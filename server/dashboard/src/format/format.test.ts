import { describe, expect, it } from 'vitest';
import { grouped, money } from './money';
import { dayAndTime, duration, timeOfDay, timer, weekday } from './time';

describe('money', () => {
  it('groups by three with narrow no-break spaces and glues the unit', () => {
    expect(money(15000, 'XOF')).toBe('15\u202f000\u202fF');
    expect(money(1234567, 'XOF')).toBe('1\u202f234\u202f567\u202fF');
    expect(money(0, 'XOF')).toBe('0\u202fF');
    expect(money(999, 'XAF')).toBe('999\u202fF');
    expect(money(10, 'NGN')).toBe('10\u202fNGN');
    expect(grouped(-1500)).toBe('\u22121\u202f500');
  });
});

describe('time', () => {
  it('shows an instant in the shop’s zone, not the phone’s', () => {
    expect(timeOfDay('2026-11-21T14:32:07.123456Z', 'Africa/Dakar', true)).toBe('14:32:07');
    expect(timeOfDay('2026-11-21T14:32:07.123456Z', 'Africa/Lagos', false)).toBe('15:32');
    expect(timeOfDay('2026-11-21T00:05:00Z', 'Africa/Dakar', true)).toBe('00:05:00');
  });

  it('shows some time even for an unknown zone', () => {
    expect(timeOfDay('2026-11-21T14:32:07Z', 'Mars/Olympus', false)).toMatch(/^\d\d:\d\d$/);
  });

  it('names the day in the reader’s language and the shop’s zone', () => {
    const at = '2026-11-24T23:30:00Z';
    expect(dayAndTime(at, 'Africa/Dakar', 'fr')).toBe('24 nov.\u00a023:30');
    expect(dayAndTime(at, 'Africa/Lagos', 'en')).toBe('25 Nov\u00a000:30');
  });

  it('names the day of a live', () => {
    const at = Date.parse('2026-11-21T23:30:00Z');
    expect(weekday(at, 'Africa/Dakar', 'fr')).toBe('samedi 21/11');
    expect(weekday(at, 'Africa/Lagos', 'en')).toBe('Sunday 22/11');
  });

  it('counts down to zero and stops there', () => {
    expect(timer(587_000)).toBe('9:47');
    expect(timer(400)).toBe('0:01');
    expect(timer(0)).toBe('0:00');
    expect(timer(-5000)).toBe('0:00');
    expect(timer(3_723_000)).toBe('1:02:03');
  });

  it('says how long the live has lasted', () => {
    expect(duration(47 * 60_000 + 59_000)).toBe('47\u00a0min');
    expect(duration(83 * 60_000)).toBe('1\u00a0h\u00a023');
    expect(duration(-1)).toBe('0\u00a0min');
  });
});
