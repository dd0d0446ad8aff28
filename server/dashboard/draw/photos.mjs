// Draws the demo's products in Chromium and keeps them as WebP beside the demo's seed.
//   node draw/photos.mjs        one picture is at most 8 kB
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { launch } from '../e2e/browser.mjs';
import { goods } from './goods.mjs';

const OUT = new URL('../../src/demo/photos/', import.meta.url);
const LARGEST = 8_000;

const browser = await launch();
const page = await browser.newPage();
for (const [name, inside] of Object.entries(goods)) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" viewBox="0 0 400 400">${inside}</svg>`;
  let bytes;
  for (let quality = 0.85; !bytes || bytes.length > LARGEST; quality -= 0.05) {
    assert.ok(quality > 0.4, `${name} is too large`);
    bytes = Buffer.from(await page.evaluate(draw, { svg, quality }), 'base64');
  }
  console.log(`${name}.webp  ${bytes.length} bytes`);
  await writeFile(new URL(`${name}.webp`, OUT), bytes);
}
await browser.close();

/** In the page: an SVG, painted and written as WebP. */
async function draw({ svg, quality }) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: 400, height: 400 });
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', quality).split(',')[1];
}
