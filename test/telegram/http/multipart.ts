import { badRequest } from '../api-error.ts';

export interface Part {
  name: string;
  /** Files have one. */
  fileName: string | undefined;
  content: Buffer;
}

const readPart = (bytes: Buffer): Part => {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) throw badRequest("can't parse multipart/form-data");
  const header = bytes.subarray(0, end).toString();
  // grammY writes `form-data;name="photo";filename=a.png`; others put blanks and quotes.
  const disposition = /^content-disposition:\s*form-data(.*)$/im.exec(header)?.[1] ?? '';
  const name = /;\s*name="([^"]*)"/i.exec(disposition)?.[1];
  if (name === undefined) throw badRequest("can't parse multipart/form-data");
  const quoted = /;\s*filename="([^"]*)"/i.exec(disposition)?.[1];
  const bare = /;\s*filename=([^";\r\n]+)/i.exec(disposition)?.[1];
  return { name, fileName: quoted ?? bare, content: bytes.subarray(end + 4) };
};

/** The parts of a multipart/form-data body (RFC 7578). */
export const splitParts = (bytes: Buffer, boundary: string): Part[] => {
  const parts: Part[] = [];
  const first = `--${boundary}`;
  const next = `\r\n--${boundary}`;
  let start = bytes.indexOf(first);
  if (start < 0) throw badRequest("can't parse multipart/form-data");
  start += first.length;
  while (bytes.subarray(start, start + 2).toString() !== '--') {
    const end = bytes.indexOf(next, start);
    if (end < 0) throw badRequest("can't parse multipart/form-data");
    // Without parameters, grammY's first part is empty.
    if (end > start + 2) parts.push(readPart(bytes.subarray(start + 2, end)));
    start = end + next.length;
  }
  return parts;
};
