import { describe, expect, it } from 'vitest';
import { fit, smallest } from './photo';

describe('a photo', () => {
  it('fits 800 px on its longer side and is never enlarged', () => {
    expect(fit(4000, 3000)).toEqual([800, 600]);
    expect(fit(1080, 1920)).toEqual([450, 800]);
    expect(fit(300, 200)).toEqual([300, 200]);
    expect(fit(9000, 2)).toEqual([800, 1]);
  });

  it('loses quality until it is small enough, and says when it never is', async () => {
    const asked: number[] = [];
    const draw = (quality: number): Promise<Blob> => {
      asked.push(quality);
      return Promise.resolve(new Blob([new Uint8Array(Math.round(quality * 1000))]));
    };
    expect((await smallest(draw, 700)).size).toBe(700);
    expect(asked).toEqual([0.82, 0.7]);
    await expect(smallest(draw, 10)).rejects.toThrow('too large');
  });
});
