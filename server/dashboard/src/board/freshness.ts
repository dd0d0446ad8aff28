// How good the link is, in one word, and whether what is shown has grown old.
import type { LinkState } from './socket';

export type Quality = 'connecting' | 'good' | 'slow' | 'polling' | 'offline';

/** A ping comes every 10 s; two seconds of grace, then the link is slow. */
const SLOW_AFTER_MS = 12_000;
/** From this age on the figures are shown as old. */
export const STALE_AFTER_MS = 20_000;

/** `silentMs` is the time since the last frame of any kind. */
export function quality(state: LinkState, silentMs: number): Quality {
  switch (state) {
    case 'live':
      return silentMs > SLOW_AFTER_MS ? 'slow' : 'good';
    case 'polling':
      return 'polling';
    case 'connecting':
      return 'connecting';
    case 'offline':
    case 'signed_out':
      return 'offline';
  }
}

/**
 * Server time minus this device's, in ms. Phone clocks are often minutes wrong and the timers
 * must not be. A frame is always a little late, never early, so the greatest guess is the best;
 * `fresh` frames (ping, snapshot) start over, because a device's clock may be set meanwhile.
 */
export function offset(known: number | null, at: string, now: number, fresh: boolean): number {
  const guess = Date.parse(at) - now;
  return known === null || fresh ? guess : Math.max(known, guess);
}
