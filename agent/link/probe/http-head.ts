/** The head of an answer (RFC 9112), as far as it is of interest. */
export interface HttpHead {
  status: number;
  location: string | null;
}

const statusLine = /^HTTP\/1\.[01] ([1-5]\d\d)(?: [^\r\n]*)?\r?\n/;

/** Headers of one that announces another (RFC 9110, 15.2) are passed over; switching protocols is an answer. */
const isInterim = (status: number): boolean => status >= 100 && status < 200 && status !== 101;

/**
 * @param text what was read so far
 * @returns null: more has to be read; `wrong`: it is no HTTP
 */
export const readHead = (text: string): HttpHead | 'wrong' | null => {
  const end = /\r?\n\r?\n/.exec(text);
  if (!end) return text.length === 0 || 'HTTP/1.'.startsWith(text.slice(0, 7)) ? null : 'wrong';
  const head = text.slice(0, end.index + end[0].length);
  const status = Number(statusLine.exec(head)?.[1] ?? 0);
  if (status === 0) return 'wrong';
  if (isInterim(status)) return readHead(text.slice(head.length));
  return { status, location: /^location:[ \t]*([^\r\n]*)/im.exec(head)?.[1]?.trim() ?? null };
};
