// The page against the API: the four numbers, every order and its state, every variant's count.

const SHOWN = ['collected', 'paid', 'paying', 'expired'];

/** What a person sees, read at one instant. */
export function shown(page) {
  return page.evaluate((names) => {
    const value = (name) => {
      const at = document.querySelector(`[data-test=figure-${name}]`);
      return Number(at?.getAttribute('data-value'));
    };
    const rows = (test) => [...document.querySelectorAll(`[data-test=${test}]`)];
    return {
      figures: Object.fromEntries(names.map((name) => [name, value(name)])),
      orders: rows('order')
        .map((row) => `${row.dataset.order} ${row.dataset.state}`)
        .slice(0, 100),
      stock: rows('stock-row').map((row) => `${row.dataset.keyword} ${row.dataset.available}`),
    };
  }, SHOWN);
}

/** The same of the API. */
export async function told(base, cookie) {
  const answer = await fetch(`${base}/api/v1/board`, { headers: { cookie } });
  if (!answer.ok) throw new Error(`the board answers ${answer.status}`);
  const board = await answer.json();
  return {
    figures: Object.fromEntries(SHOWN.map((name) => [name, board.figures[name]])),
    orders: board.orders.map((row) => `${row.order} ${row.state}`),
    stock: board.stock.map((row) => `${row.keyword} ${row.available}`),
  };
}

function differs(one, other) {
  for (const part of ['figures', 'orders', 'stock']) {
    const [a, b] = [one, other].map((whole) => JSON.stringify(sorted(whole[part])));
    if (a !== b) return `${part}: page ${a}\napi ${b}`;
  }
  return null;
}

const sorted = (part) => (Array.isArray(part) ? [...part].sort() : part);

/**
 * Waits until the page shows what the API tells. While people buy both move on, so a reading of
 * the API counts if the page showed the very same just before or just after it.
 */
export async function agree(page, base, cookie, most = 20_000) {
  const end = Date.now() + most;
  let last = null;
  while (Date.now() < end) {
    const before = await shown(page);
    const api = await told(base, cookie);
    last = differs(before, api) && differs(await shown(page), api);
    if (last === null) return;
    await new Promise((wake) => setTimeout(wake, 60));
  }
  throw new Error(`the page is not what the API tells after ${most} ms: ${last}`);
}
