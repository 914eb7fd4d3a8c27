/** One entry of the journal. Fields whose name begins with `_` are the journal's own word, others the sender's. */
export interface JournalEntry {
  /** ms since the epoch. */
  at: number;
  fields: ReadonlyMap<string, string>;
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};

const isByte = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < 256;

/**
 * A value is a text, or an array of bytes where it is no UTF-8. A field that was sent more than once is an array of
 * texts, a very long one null: neither has a meaning to us (systemd.io, JOURNAL_EXPORT_FORMATS).
 */
const textOf = (value: unknown): string | null => {
  if (typeof value === 'string') return value;
  const isBytes = Array.isArray(value) && value.every(isByte);
  return isBytes ? Buffer.from(value).toString('utf8') : null;
};

/** Microseconds since the epoch, as the journal writes them; what is no time is null. */
const timeOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,17}$/.test(text) ? Number(text) / 1000 : null;

const entryOf = (line: string): JournalEntry | null => {
  const document = parsed(line);
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return null;
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(document)) {
    const text = textOf(value);
    if (text !== null) fields.set(name, text);
  }
  // When it was sent, where the journal knows; else when it arrived.
  const at =
    timeOf(fields.get('_SOURCE_REALTIME_TIMESTAMP')) ?? timeOf(fields.get('__REALTIME_TIMESTAMP'));
  return at === null ? null : { at, fields };
};

/** What `journalctl --output=json` printed, one object in a line. Lines that are torn or are none are left out. */
export const parseEntries = (text: string): JournalEntry[] =>
  text.split('\n').flatMap((line) => entryOf(line) ?? []);
