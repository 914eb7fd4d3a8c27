const durationUnits: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Decimal and binary prefixes of IEC 80000-13. */
const sizeUnits: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** At most nine digits, so that no product leaves the safe integers. */
export const durationPattern = /^(\d{1,9})(ms|s|m|h|d)$/;
export const sizePattern = /^(\d{1,9})([kKMGT]B|[KMGT]iB|B)$/;

const parse = (
  text: string,
  pattern: RegExp,
  units: Readonly<Record<string, number>>,
): number | null => {
  const [, digits, unit] = pattern.exec(text) ?? [];
  const factor = unit === undefined ? undefined : units[unit];
  return factor === undefined ? null : Number(digits) * factor;
};

/** `90s`, `5m`, `24h`, `30d` in milliseconds; null for anything else. */
export const parseDuration = (text: string): number | null =>
  parse(text, durationPattern, durationUnits);

/** `256MiB`, `1GB`, `512B` in bytes; null for anything else. */
export const parseSize = (text: string): number | null => parse(text, sizePattern, sizeUnits);

/** As a configuration would have it, in the largest unit that gives a whole number: `90s`. */
export const formatDuration = (ms: number): string => {
  const unit = ['d', 'h', 'm', 's'].find((name) => ms % (durationUnits[name] ?? 1) === 0);
  return unit === undefined || ms === 0 ? `${ms}ms` : `${ms / (durationUnits[unit] ?? 1)}${unit}`;
};

/** As a configuration would have it, in the largest unit that gives a whole number: `512MiB`. */
export const formatSize = (bytes: number): string => {
  const unit = ['TiB', 'GiB', 'MiB', 'KiB'].find((name) => bytes % (sizeUnits[name] ?? 1) === 0);
  return unit === undefined || bytes === 0
    ? `${bytes}B`
    : `${bytes / (sizeUnits[unit] ?? 1)}${unit}`;
};
