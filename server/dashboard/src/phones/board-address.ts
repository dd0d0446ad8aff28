// Where the vendor's page is: the sandbox knows, or the address bar says `?board=…`, or it is
// this host's usual port.
import { safe } from './markup';

/** LivePay's port when nothing else is said. */
const USUAL_PORT = '8080';

export function boardAddress(told: string | null, here: Location): string {
  const asked = told ?? new URLSearchParams(here.search).get('board');
  if (asked !== null && safe(asked)) return asked;
  return `http://${here.hostname}:${USUAL_PORT}/board`;
}
