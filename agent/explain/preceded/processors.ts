import type { MachinePoint } from '../../model/events/measures.ts';

/**
 * From these on things are late, in percent of the time in which something had to wait (PSI of the kernel's documentation).
 * Programs hardly ever wait for memory where there is enough; for processors and disks many do.
 */
const kinds = [
  { kind: 'memory', name: 'memory', from: 10 },
  { kind: 'cpu', name: 'CPU', from: 40 },
  { kind: 'io', name: 'I/O', from: 40 },
] as const;

/** Where the kernel does not say who waits: hardly a tick was left, for longer than a program takes to start. */
const busy = 0.95;
const busyMs = 20_000;

const pressureText = (points: readonly MachinePoint[]): string | null => {
  const texts = kinds.flatMap(({ kind, name, from }) => {
    const highest = Math.max(0, ...points.map(({ pressure }) => pressure?.[kind] ?? 0));
    return highest >= from ? [`${name} pressure ${Math.round(highest)} %`] : [];
  });
  return texts.length > 0 ? texts.join(', ') : null;
};

const busyText = (points: readonly MachinePoint[]): string | null => {
  const calm = points.findLastIndex(({ cpuBusy }) => cpuBusy < busy);
  const since = points.slice(calm + 1);
  const forMs = (since.at(-1)?.at ?? 0) - (since[0]?.at ?? 0);
  return forMs >= busyMs ? `all processors were busy for ${Math.round(forMs / 1000)} s` : null;
};

/** `memory pressure 31 %, CPU pressure 45 %`, at its highest; null: hardly anything had to wait. */
export const waiting = (points: readonly MachinePoint[]): string | null =>
  points.some(({ pressure }) => pressure) ? pressureText(points) : busyText(points);
