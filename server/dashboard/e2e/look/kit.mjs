// What every look needs: a page that complains aloud, pictures, and checks a person would make.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { launch } from '../browser.mjs';

export const OUT = process.argv[2] ?? new URL('../out', import.meta.url).pathname;
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

await mkdir(OUT, { recursive: true });
const browser = await launch();
/** What the browser's console said, and may be emptied where it must say something. */
export const complaints = [];

export async function open(url, viewport, { colorScheme = 'light', language } = {}) {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
  if (language !== undefined) {
    const script = `localStorage.setItem('livepay.language', '${language}')`;
    await context.addInitScript(script);
  }
  const page = await context.newPage();
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') complaints.push(line.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  return page;
}

export async function close(page, mock) {
  await page.context().close();
  mock?.stop();
}

/** Runs each, says how it went, and gives how many failed. */
export async function runAll(looks) {
  let failed = 0;
  for (const [name, run] of Object.entries(looks)) {
    complaints.length = 0;
    try {
      await run();
      assert.deepEqual(complaints, [], 'the browser complained');
      console.log(`ok    ${name}`);
    } catch (error) {
      failed += 1;
      console.error(`FAIL  ${name}\n${error.stack}`);
    }
  }
  await browser.close();
  console.log(failed === 0 ? `Pages look right. Pictures: ${OUT}` : `${failed} failed`);
  return failed;
}

export async function text(page, name) {
  return (await page.locator(`[data-test=${name}]`).first().innerText()).trim();
}

export async function rowTop(page, n) {
  return Math.round((await page.locator(`[data-order="${n}"]`).boundingBox()).y);
}

export async function noSideScroll(page) {
  const [inner, scroll] = await page.evaluate(() => [
    document.documentElement.clientWidth,
    document.documentElement.scrollWidth,
  ]);
  assert.ok(scroll <= inner, `the page scrolls sideways: ${scroll} > ${inner}`);
}

/** Everything she taps in the page's body is at least 44 px high. */
export async function fingers(page) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('main button, main a, nav button, header a')]
      .filter((one) => one.checkVisibility())
      .filter((one) => Math.round(one.getBoundingClientRect().height) < 44)
      .map((one) => one.outerHTML),
  );
  assert.deepEqual(small, []);
}

export async function shot(page, name, fullPage = false) {
  await page.screenshot({ path: `${OUT}/${name}.png`, fullPage });
}

/** WCAG 2.2 AA as far as a machine can tell. The debugger is not bound by the page's policy. */
export async function axe(page, where) {
  // As tall as the page: what is half under the fixed bar now is free after a scroll.
  const size = page.viewportSize();
  const [height, top] = await page.evaluate(() => [document.body.scrollHeight, window.scrollY]);
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, height + 80) });
  await page.evaluate(AXE);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await page.evaluate((values) => {
    return window.axe.run({ runOnly: { type: 'tag', values } });
  }, tags);
  await page.setViewportSize(size);
  await page.evaluate((y) => window.scrollTo(0, y), top);
  const lines = found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} ${node.failureSummary}`),
  );
  assert.deepEqual(lines, [], `axe on ${where}`);
}
