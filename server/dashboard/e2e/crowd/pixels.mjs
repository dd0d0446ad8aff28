// From the event to the pixel: when each order was first painted, in the clock the server has too.

/** Runs in the page before anything else of it. */
export function remember() {
  const seen = (globalThis.__painted = new Map());
  const look = () => {
    const fresh = [];
    for (const row of document.querySelectorAll('[data-test=order]')) {
      const name = `${row.dataset.order} ${row.dataset.state}`;
      if (!seen.has(name)) {
        seen.set(name, null);
        fresh.push(name);
      }
    }
    if (fresh.length === 0) return;
    // The frame after next is on the glass: the first one draws what the observer saw.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const at = performance.timeOrigin + performance.now();
        for (const name of fresh) seen.set(name, at);
      }),
    );
  };
  new MutationObserver(look).observe(document, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['data-state', 'data-order'],
  });
}

/** Milliseconds from placing to paint of the orders placed between two instants, sorted. */
export async function delays(page, base, cookie, [from, to]) {
  const painted = new Map(await page.evaluate(() => [...globalThis.__painted]));
  const board = await (await fetch(`${base}/api/v1/board`, { headers: { cookie } })).json();
  const times = [];
  for (const row of board.orders) {
    const placed = Date.parse(row.placed_at);
    const at = painted.get(`${row.order} held`) ?? painted.get(`${row.order} wished`);
    if (at != null && placed >= from && placed <= to) times.push(at - placed);
  }
  return times.sort((a, b) => a - b);
}

export const nth = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
