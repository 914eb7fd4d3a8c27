/** ms since the epoch of a time in the zone of the machine, without one written. The month is 1 to 12. */
export type LocalTime = (
  ...parts: [year: number, month: number, day: number, hour: number, minute: number, second: number]
) => number;

/** In the zone of this process, which a service has from the machine. An hour that comes twice is the first. */
export const localTime: LocalTime = (year, month, day, ...time) =>
  new Date(year, month - 1, day, ...time).getTime();

const written = /^(\d{4})-(\d\d)-(\d\d) {1,2}(\d\d):(\d\d):(\d\d)/;

/** `2026-11-22 04:42:44`, as apt (with two spaces) and dpkg write it; null: it does not begin so. */
export const parseLocalTime = (text: string, toTime: LocalTime = localTime): number | null => {
  const match = written.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map(Number);
  const at = toTime(year, month, day, hour, minute, second);
  return Number.isFinite(at) ? at : null;
};
