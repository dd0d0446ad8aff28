// The summary as a picture, 1080 × 1350: the size that WhatsApp statuses and Instagram show whole.
// The shop and its figures only: no client's name ever enters it.
import type { Shop } from '../board/types';
import { grouped } from '../format/money';
import { dayAndTime, duration, timeOfDay } from '../format/time';
import { percent } from './figures';
import type { Summary } from './types';
import type { summaryWords } from './words';

const [WIDE, HIGH, EDGE] = [1080, 1350, 84];
const CLOTH = '#1d1b54';
const DEEP = '#141240';
const MANGO = '#f2a516';
const SOFT = '#c9c8ec';
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

export interface Told {
  shop: Shop;
  summary: Summary;
  words: ReturnType<typeof summaryWords>;
  language: string;
  /** The net as it may be shown, and null while sums are hidden. */
  net: string | null;
  /** The best seller's picture, if it has one. */
  photo: HTMLImageElement | null;
}

/** The rows under the large number: a figure, what it is, whether the picture belongs to it. */
export function rows({ summary, words, shop }: Told): [string, string, boolean?][] {
  const list: [string, string, boolean?][] = [[grouped(summary.paid), words.card.paid]];
  if (summary.conversion !== null) list.push([percent(summary.conversion), words.card.conversion]);
  if (summary.best !== null) {
    list.push([`${summary.best.keyword} × ${summary.best.units}`, words.card.best, true]);
  }
  if (summary.peak !== null) {
    list.push([timeOfDay(summary.peak.minute, shop.zone, false), words.card.peak]);
  }
  return list;
}

export function draw(told: Told): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = WIDE;
  canvas.height = HIGH;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('no canvas');
  cloth(pen);
  const { shop, summary, words } = told;
  pen.fillStyle = '#ffffff';
  line(pen, shop.name, 'bold', 56, 150);
  pen.fillStyle = SOFT;
  line(pen, summary.title, 'normal', 44, 216);
  const when = dayAndTime(summary.started_at, shop.zone, told.language);
  line(pen, `${when}, ${duration(summary.seconds * 1000)}`, 'normal', 36, 270);
  let top = 470;
  if (told.net !== null) {
    line(pen, words.figures.net, 'normal', 40, top - 80);
    pen.fillStyle = MANGO;
    line(pen, told.net, 'bold', 150, top + 60);
    top += 160;
  }
  for (const [figure, what, picture] of rows(told)) {
    pen.fillStyle = 'rgb(255 255 255 / 22%)';
    pen.fillRect(EDGE, top - 14, WIDE - 2 * EDGE, 3);
    pen.fillStyle = '#ffffff';
    line(pen, figure, 'bold', 64, top + 64);
    pen.fillStyle = SOFT;
    line(pen, what, 'normal', 36, top + 108);
    if (picture === true && told.photo !== null) stamp(pen, told.photo, top + 4);
    top += 144;
  }
  pen.fillStyle = SOFT;
  line(pen, summary.settled ? words.final : words.hot, 'bold', 32, HIGH - 64);
  pen.textAlign = 'right';
  line(pen, words.card.foot, 'normal', 32, HIGH - 64, WIDE - EDGE);
  return canvas;
}

/** A picture of our own, or null where it cannot be read: the card is made without it then. */
export async function load(address: string | null | undefined): Promise<HTMLImageElement | null> {
  if (address == null) return null;
  const photo = new Image();
  photo.src = address;
  return photo.decode().then(
    () => photo,
    () => null,
  );
}

/** The picture, square and rounded, at the right end of its row. */
function stamp(pen: CanvasRenderingContext2D, photo: HTMLImageElement, y: number): void {
  const side = 116;
  const x = WIDE - EDGE - side;
  const [wide, high] = [photo.naturalWidth || side, photo.naturalHeight || side];
  const cut = Math.min(wide, high);
  pen.save();
  pen.beginPath();
  pen.roundRect(x, y, side, side, 20);
  pen.clip();
  pen.drawImage(photo, (wide - cut) / 2, (high - cut) / 2, cut, cut, x, y, side, side);
  pen.restore();
}

/** One line of text, made smaller until it fits. */
function line(
  pen: CanvasRenderingContext2D,
  text: string,
  weight: 'bold' | 'normal',
  size: number,
  y: number,
  x = EDGE,
): void {
  let px = size;
  do {
    pen.font = `${weight} ${px}px ${FONT}`;
    px -= 2;
  } while (px > 20 && pen.measureText(text).width > WIDE - 2 * EDGE);
  pen.fillText(text, x, y, WIDE - 2 * EDGE);
}

/** Indigo with a faint print of circles, as on the board. */
function cloth(pen: CanvasRenderingContext2D): void {
  const shade = pen.createLinearGradient(0, 0, 0, HIGH);
  shade.addColorStop(0, CLOTH);
  shade.addColorStop(1, DEEP);
  pen.fillStyle = shade;
  pen.fillRect(0, 0, WIDE, HIGH);
  pen.strokeStyle = 'rgb(255 255 255 / 5%)';
  pen.lineWidth = 3;
  for (let y = 0; y <= HIGH; y += 90) {
    for (let x = (y / 90) % 2 === 0 ? 0 : 45; x <= WIDE; x += 90) {
      for (const radius of [14, 26, 38]) {
        pen.beginPath();
        pen.arc(x, y, radius, 0, 2 * Math.PI);
        pen.stroke();
      }
    }
  }
  pen.fillStyle = MANGO;
  pen.fillRect(0, 0, WIDE, 18);
}

/** Gives the picture to another app, or to the downloads where the browser cannot. */
export async function share(canvas: HTMLCanvasElement, name: string): Promise<'shared' | 'saved'> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob === null) throw new Error('no picture');
  const file = new File([blob], `${name}.png`, { type: 'image/png' });
  if (navigator.canShare?.({ files: [file] }) === true) {
    try {
      await navigator.share({ files: [file] });
      return 'shared';
    } catch (error) {
      // She closed the list of apps: that is an answer, not a failure.
      if (error instanceof DOMException && error.name === 'AbortError') return 'shared';
    }
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = file.name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return 'saved';
}
