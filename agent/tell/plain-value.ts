/** Replaces secrets in a text. */
export type Redact = (text: string) => string;

export interface PlainLimits {
  /** Characters of one string. */
  text: number;
  /** Entries of one array or object. */
  entries: number;
  depth: number;
}

/** Room enough for any event (at most 8 KiB) to come out whole. */
export const roomy: PlainLimits = { text: 8192, entries: 1000, depth: 12 };

const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit).toWellFormed()}…`;

/** Redacts before it cuts: half a secret no longer looks like one. */
const plainText = (text: string, redact: Redact, limits: PlainLimits): string => {
  try {
    return cut(redact(text), limits.text);
  } catch {
    return '[not redactable]';
  }
};

/** An error's own fields are not enumerable, and the stack is what helps most. */
const errorFields = (error: Error): Record<string, unknown> => ({
  name: error.name,
  message: error.message,
  ...('code' in error ? { code: error.code } : {}),
  stack: error.stack,
  ...(error.cause === undefined ? {} : { cause: error.cause }),
});

const plainObject = (value: object, redact: Redact, limits: PlainLimits): unknown => {
  if (limits.depth <= 0) return '…';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  const inner = { ...limits, depth: limits.depth - 1 };
  if (Array.isArray(value)) {
    return value.slice(0, limits.entries).map((item) => toPlain(item, redact, inner));
  }
  const entries = Object.entries(value instanceof Error ? errorFields(value) : value);
  return Object.fromEntries(
    entries
      .slice(0, limits.entries)
      .map(([key, item]) => [plainText(key, redact, limits), toPlain(item, redact, inner)]),
  );
};

/**
 * A copy that `JSON.stringify` takes without surprises: every string and key redacted and bounded,
 * cycles cut by the depth, errors with their stack. Never throws, whatever the getters do.
 */
export const toPlain = (value: unknown, redact: Redact, limits: PlainLimits): unknown => {
  try {
    if (typeof value === 'string') return plainText(value, redact, limits);
    if (typeof value === 'object' && value !== null) return plainObject(value, redact, limits);
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
    return typeof value === 'function' ? undefined : value;
  } catch {
    return '[not readable]';
  }
};
