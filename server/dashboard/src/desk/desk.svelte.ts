// The desk's memory: the four lists as the server last told them, read again every few seconds
// and right after each command, with the command's place in the log.
import { Keys } from './keys';
import { pause, persist } from './persist';
import type {
  CancellationRow,
  Finding,
  Listed,
  Problem,
  Reconciliation,
  RefundRow,
  Waitlist,
} from './types';
import { newKey, read, undecided, type Answer, type Fetch } from './wire';

const POLL_MS = 5_000;
/** The comparison with the provider's list is dear and moves once a minute at most. */
const MONEY_MS = 30_000;
const ask: Fetch = (path, init) => fetch(path, init);

/** How a wish went: done, refused with the server's problem, or nobody answered. */
export type Outcome = 'done' | 'lost' | Problem;

class Desk {
  refunds = $state.raw<RefundRow[] | null>(null);
  more = $state(false);
  cancellations = $state.raw<CancellationRow[] | null>(null);
  unmatched = $state.raw<Finding[] | null>(null);
  waitlists = $state.raw<Waitlist[] | null>(null);
  /** The last round of reads failed: what stands there may be old. */
  stale = $state(false);
  #after: string | null = null;
  #keys = new Keys(newKey);
  #timer = 0;
  #round = 0;
  #moneyAt = -MONEY_MS;

  /** Reads now and from then on; gives what stops it. */
  open(): () => void {
    void this.#again();
    const seen = (): void => {
      if (document.visibilityState === 'visible') void this.#again();
    };
    document.addEventListener('visibilitychange', seen);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      window.clearTimeout(this.#timer);
      this.#round += 1;
    };
  }

  /** Brings a command and reads the lists that know it. */
  async wish(path: string, body: unknown = null): Promise<Outcome> {
    const answer = await persist(ask, pause, path, this.#keys.of(path, body), body);
    if (!undecided(answer)) this.#keys.decided(path, body);
    if (answer.ok) this.#after = answer.value.after;
    await this.#again();
    if (answer.ok) return 'done';
    return answer.problem ?? 'lost';
  }

  async #again(): Promise<void> {
    window.clearTimeout(this.#timer);
    this.#round += 1;
    const round = this.#round;
    const wantsMoney = performance.now() - this.#moneyAt >= MONEY_MS;
    const got = await Promise.all([
      read<Listed<RefundRow>>(ask, '/api/v1/refunds?limit=100', this.#after),
      read<Listed<CancellationRow>>(ask, '/api/v1/cancellations?limit=100', this.#after),
      wantsMoney
        ? read<Reconciliation | null>(ask, '/api/v1/payments/reconciliation', this.#after)
        : { ok: true as const, value: null },
      read<Listed<Waitlist>>(ask, '/api/v1/waitlists', this.#after),
    ]);
    // A later round has begun: its answers are newer than these.
    if (round !== this.#round) return;
    const [refunds, cancellations, money, waitlists] = got;
    this.refunds = known(refunds)?.items ?? this.refunds;
    this.more = known(refunds)?.next !== undefined;
    this.cancellations = known(cancellations)?.items ?? this.cancellations;
    if (wantsMoney && money.ok) this.#moneyAt = performance.now();
    this.unmatched = known(money)?.findings.filter(lost) ?? this.unmatched;
    this.waitlists = known(waitlists)?.items ?? this.waitlists;
    this.stale = got.some((one) => !one.ok);
    this.#timer = window.setTimeout(() => void this.#again(), POLL_MS);
  }
}

function known<T>(answer: Answer<T>): T | null {
  return answer.ok ? answer.value : null;
}

/** What one side has and the other does not; the rest has found its order. */
function lost(finding: Finding): boolean {
  return ['theirs_only', 'ours_only', 'amount_differs'].includes(finding.verdict);
}

export const desk = new Desk();
