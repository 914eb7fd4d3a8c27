/** Of `name value` lines, as in memory.stat; 0 where there is none. */
export const entry = (text: string | null, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text ?? '')?.[1] ?? 0);

/** A file that is one number; null also for `max`. */
export const amount = (text: string | null): number | null => {
  const value = text?.trim() ?? '';
  return /^\d+$/.test(value) ? Number(value) : null;
};
