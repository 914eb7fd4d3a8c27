/** Levels of pino that a person at the terminal should see, as labels and as numbers. */
const shownLabels = new Set(['warn', 'error', 'fatal']);
const shownFrom = 40;

const isShown = (level: unknown): boolean =>
  typeof level === 'number' ? level >= shownFrom : shownLabels.has(String(level));

const detailOf = (fields: Record<string, unknown>): string => {
  const error = (fields['err'] ?? {}) as { message?: unknown };
  const detail = error.message ?? fields['message'] ?? fields['reason'];
  return typeof detail === 'string' && detail !== fields['msg'] ? `: ${detail}` : '';
};

/**
 * What a child said on stdout or stderr, if it is worth a person's attention: a warning or an error of its
 * process log, or anything that is no log line, such as a crash. Null for the rest.
 */
export const notableLine = (line: string): string | null => {
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch {
    return line.trim() === '' ? null : line;
  }
  if (typeof fields !== 'object' || fields === null) return line;
  const log = fields as Record<string, unknown>;
  return isShown(log['level']) ? `${String(log['msg'] ?? 'trouble')}${detailOf(log)}` : null;
};
