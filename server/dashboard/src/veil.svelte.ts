// She is on camera: one switch hides every sum of money on this device. Prices stay, for she says
// them aloud.
import { money } from './format/money';
import { recall, remember } from './memory';

/** As long for every sum: its length says nothing. */
const HIDDEN = '• • •';

class Veil {
  down = $state(recall('veil') === 'down');

  toggle(): void {
    this.down = !this.down;
    remember('veil', this.down ? 'down' : 'up');
  }

  /** A sum as it may be shown now. */
  sum(amount: number, currency: string): string {
    return this.down ? HIDDEN : money(amount, currency);
  }
}

export const veil = new Veil();
