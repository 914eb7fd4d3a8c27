/** `12.3 s`; clocks jump, so a time below none is none. */
export const seconds = (ms: number): string => `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
