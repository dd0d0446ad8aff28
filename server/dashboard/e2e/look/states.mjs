// Every state in which a vendor may find her page, on a phone and a laptop, in both languages:
// no fault that a machine can see, and a picture for the eye.
import assert from 'node:assert/strict';
import { LAPTOP, PHONE } from '../browser.mjs';
import { start } from '../mock.mjs';
import { axe, close, complaints, fingers, noSideScroll, open, shot } from './kit.mjs';

const SIZES = { phone: PHONE, laptop: LAPTOP };
const STATES = ['live', 'paused', 'closing', 'ended', 'none', 'empty', 'many'];

async function each(run) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const language of ['fr', 'en']) await run(viewport, language, `${size}-${language}`);
  }
}

export async function everyState() {
  for (const state of STATES) {
    const mock = await start({ state });
    await each(async (viewport, language, name) => {
      const page = await open(mock.url, viewport, { language });
      await page.waitForSelector('[data-test=link][data-quality=good]');
      assert.equal(await page.getAttribute('html', 'lang'), language);
      await noSideScroll(page);
      await fingers(page);
      await axe(page, `${state} ${name}`);
      await shot(page, `state-${state}-${name}`, state !== 'many');
      await close(page);
    });
    mock.stop();
  }
}

export async function everyTab() {
  const mock = await start();
  for (const language of ['fr', 'en']) {
    const page = await open(mock.url, PHONE, { language });
    for (const tab of ['stock', 'curve']) {
      await page.click(`[data-test=tab-${tab}]`);
      await noSideScroll(page);
      await fingers(page);
      await axe(page, `${tab} ${language}`);
      await shot(page, `tab-${tab}-${language}`, true);
    }
    await page.click('[data-test=curve-table] summary');
    await noSideScroll(page);
    await axe(page, `table ${language}`);
    await close(page);
  }
  mock.stop();
}

export async function withoutASocket() {
  const mock = await start({ sockets: false });
  await each(async (viewport, language, name) => {
    const page = await open(mock.url, viewport, { language });
    await page.waitForSelector('[data-test=link][data-quality=polling]');
    // A command is seen at once, not at the next poll.
    if (name === 'phone-fr') {
      complaints.length = 0;
      await page.click('[data-test=pause]');
      await page.waitForSelector('[data-test=resume]', { timeout: 3_000 });
      await page.click('[data-test=resume]');
      await page.waitForSelector('[data-test=pause]', { timeout: 3_000 });
    }
    await axe(page, `polling ${name}`);
    await shot(page, `state-polling-${name}`);
    await close(page);
  });
  complaints.length = 0; // The browser's console mentions every socket that fails.
  mock.stop();
}

export async function withoutALine() {
  const mock = await start();
  await each(async (viewport, language, name) => {
    mock.reach(true);
    const page = await open(mock.url, viewport, { language });
    await page.waitForSelector('[data-test=link][data-quality=good]');
    mock.reach(false);
    await page.waitForSelector('[data-test=link][data-quality=offline]');
    await axe(page, `offline ${name}`);
    await shot(page, `state-offline-${name}`);
    await close(page);
  });
  complaints.length = 0;
  mock.stop();
}
