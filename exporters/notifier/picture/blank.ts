import type { PictureSize } from './photo.ts';
import { createPng } from './png.ts';

/** A white PNG, pixels wide and high: the place of a picture that is not there yet. */
export const blankPicture = async ({
  width,
  height,
}: Pick<PictureSize, 'width' | 'height'>): Promise<Uint8Array> => {
  const png = createPng(width, height);
  const row = new Uint8Array(4 * width).fill(255);
  for (let y = 0; y < height; y++) await png.add(row);
  return png.finish();
};
