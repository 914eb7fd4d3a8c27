/** What Telegram takes as a photo (Bot API, sendPhoto): width and height together, pixels. */
export const maxPhotoSides = 10_000;

/** The longer side in relation to the shorter. */
export const maxPhotoRatio = 20;

export const maxPhotoBytes = 10_000_000;

/** Longest side of the largest copy Telegram keeps of a photo: what is larger loses its letters. */
export const maxSharpSide = 2560;

export interface PictureSize {
  width: number;
  height: number;
  bytes: number;
}

/** From the header of a PNG (RFC 2083, 3 and 4.1.1). */
export const sizeOf = (png: Uint8Array): PictureSize => {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20), bytes: png.byteLength };
};

/** As a photo it is seen at once and fits the limits; anything else is better sent as a document, which is left as it is. */
export const isPhoto = ({ width, height, bytes }: PictureSize): boolean =>
  bytes <= maxPhotoBytes &&
  width + height <= maxPhotoSides &&
  Math.max(width, height) <= Math.min(maxSharpSide, maxPhotoRatio * Math.min(width, height));
