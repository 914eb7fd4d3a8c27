import { arch } from 'node:os';
import { findLikelyKillers } from './likely-killers.ts';

/** Arguments that a probe copies. */
const copied = 12;

/** Fetches of Documentation/trace/kprobetrace.rst, one for each argument. */
const slots = (place: (i: number) => string, type: string): string =>
  Array.from({ length: copied }, (_, i) => `a${i}=+0(${place(i)}):${type}`).join(' ');

/** The entry of execve, and where its second argument lies in the `struct pt_regs` it is given (asm/ptrace.h). */
const execve: Readonly<Record<string, { entry: string; argv: string }>> = {
  x64: { entry: '__x64_sys_execve', argv: '+104(%di)' },
  arm64: { entry: '__arm64_sys_execve', argv: '+8(%x0)' },
};

/** At the entry of execve alone: no other system call becomes slower. */
const onFunction = (name: string): string[] => {
  const place = execve[arch()];
  if (!place) return [];
  return [`p:${name} ${place.entry} ${slots((i) => `+u${8 * i}(${place.argv})`, 'ustring')}`];
};

/** At the tracepoint of execve, which makes every system call of the machine a little slower. */
const onTracepoint = (name: string): string[] => [
  `e:${name} syscalls.sys_enter_execve ${slots((i) => `+u${8 * i}($argv)`, 'ustring')}`,
];

/** At the first instruction of likely killers: there the stack holds the number of arguments, and then those. */
const onEntries = (name: string): string[] =>
  findLikelyKillers()
    .filter(({ file }) => !/\s/.test(file))
    .map(({ file, entry }, i) => {
      const args = slots((slot) => `+${8 * (slot + 1)}($stack)`, 'string');
      return `p:${name}_${i} ${file}:0x${entry.toString(16)} argc=+0($stack):u32 ${args}`;
    });

/**
 * Ways to have the kernel copy the arguments of programs as they start, the best first: what to write to
 * `dynamic_events`, one line for each event.
 */
export const definitions = {
  function: onFunction,
  tracepoint: onTracepoint,
  entries: onEntries,
} as const satisfies Readonly<Record<string, (name: string) => string[]>>;

export type ProbeKind = keyof typeof definitions;

export const probeKinds = Object.keys(definitions) as ProbeKind[];
