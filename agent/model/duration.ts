const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** `850ms`, `42s`, `3m 20s`, `3h 12m`, `5d 2h`: the two largest units. */
export const duration = (ms: number): string => {
  if (ms < second) return `${Math.max(0, Math.round(ms))}ms`;
  if (ms < minute) return `${Math.floor(ms / second)}s`;
  const [large, small, units] =
    ms < hour ? [minute, second, 'ms'] : ms < day ? [hour, minute, 'hm'] : [day, hour, 'dh'];
  const rest = Math.floor((ms % large) / small);
  const whole = `${Math.floor(ms / large)}${units[0]}`;
  return rest === 0 ? whole : `${whole} ${rest}${units[1]}`;
};
