// A picture from the phone's camera, made small enough to travel: at most 800 px and 200 KB.
const LONGEST_PX = 800;
const MOST_BYTES = 200 * 1024;
const QUALITIES = [0.82, 0.7, 0.55, 0.4];

/** Width and height with the longer side at most `longest`, whole pixels, never enlarged. */
export function fit(width: number, height: number, longest = LONGEST_PX): [number, number] {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** The first of the blobs small enough, else an error: `draw` makes one of each quality. */
export async function smallest(
  draw: (quality: number) => Promise<Blob | null>,
  most = MOST_BYTES,
): Promise<Blob> {
  for (const quality of QUALITIES) {
    const blob = await draw(quality);
    if (blob !== null && blob.size <= most) return blob;
  }
  throw new Error('the picture stays too large');
}

/** A JPEG of what she chose, upright. Throws where the browser cannot read it. */
export async function shrink(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file);
  const [width, height] = fit(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('no canvas');
  // A transparent PNG would turn black as JPEG.
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, width, height);
  pen.drawImage(picture, 0, 0, width, height);
  picture.close();
  return smallest(
    (quality) => new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality)),
  );
}
