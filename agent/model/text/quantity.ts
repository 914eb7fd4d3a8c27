const units = ['B', 'K', 'M', 'G', 'T', 'P'];

/** `12.3M` in units of 1024, as `systemctl status` prints memory. */
export const size = (bytes: number): string => {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit > 0 && value < 99.95 ? 1 : 0;
  return `${value.toFixed(digits)}${units[unit]}`;
};

/** A fraction of one processor, or of all memory, as a percentage. */
export const percent = (fraction: number): string => {
  const value = Math.max(0, fraction) * 100;
  return `${value.toFixed(value < 9.95 ? 1 : 0)}%`;
};
