import { badRequest } from '../api-error.ts';
import type { Upload } from '../http/body.ts';
import { imageSize } from '../image-size.ts';
import type { Media } from '../ledger.ts';
import type { State } from '../state.ts';
import type { Arguments } from './arguments.ts';

/** By the documents of sendPhoto. */
const maxPhotoBytes = 10 * 1024 * 1024;
const maxSides = 10_000;
const maxRatio = 20;

const checkPhoto = (bytes: Buffer): { width: number; height: number } => {
  if (bytes.length > maxPhotoBytes) {
    const limit = `the maximum size is ${maxPhotoBytes} bytes`;
    throw badRequest(`file of size ${bytes.length} bytes is too big for a photo; ${limit}`);
  }
  const size = imageSize(bytes);
  if (size === undefined) throw badRequest('IMAGE_PROCESS_FAILED');
  const { width, height } = size;
  const ratio = Math.max(width, height) / Math.min(width, height);
  if (width + height > maxSides || !(ratio <= maxRatio)) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS');
  }
  return size;
};

const keep = (state: State, kind: Media['kind'], { name, bytes }: Upload): Media => {
  if (bytes.length === 0) throw badRequest('file must be non-empty');
  const size = kind === 'photo' ? checkPhoto(bytes) : { width: 0, height: 0 };
  const fileId = `stand-in-${kind}-${state.files.size + 1}`;
  const media: Media = { kind, name, fileId, bytes: Buffer.from(bytes), ...size };
  state.files.set(fileId, media);
  return media;
};

/** A file that is sent along, or one that was sent before. Addresses are not fetched. */
export const readMedia = (
  state: State,
  given: Arguments,
  kind: Media['kind'],
  value: string,
): Media => {
  const upload = given.upload(value);
  if (upload) return keep(state, kind, upload);
  const known = state.files.get(value);
  if (known?.kind === kind) return known;
  throw badRequest('wrong file identifier/HTTP URL specified');
};
