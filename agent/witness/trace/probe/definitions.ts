import { arch } from 'node:os';
import { findLikelyKillers } from './likely-killers.ts';

/** Arguments that a probe copies. */
const copied = 12;

/** Fetches of Documentation/trace/kprobetrace.rst, one for each argument. */
const slots = (place: (i: number) => string, type: string): string =>
  Array.from({ length: copied }, (_, i) => `a${i}=+0(${place(i)}):${type}`).join(' ');

/**
 * The entries of execve and execveat, and where their second and third argument lies in the `struct pt_regs` they are
 * given (asm/ptrace.h).
 */
const entries: Readonly<Record<string, readonly { entry: string; argv: string }[]>> = {
  x64: [
    { entry: '__x64_sys_execve', argv: '+104(%di)' },
    { entry: '__x64_sys_execveat', argv: '+96(%di)' },
  ],
  arm64: [
    { entry: '__arm64_sys_execve', argv: '+8(%x0)' },
    { entry: '__arm64_sys_execveat', argv: '+16(%x0)' },
  ],
};

/** At the entry of these alone: no other system call becomes slower. */
const onFunction = (name: string): string[] =>
  (entries[arch()] ?? []).map(
    ({ entry, argv }, i) =>
      `p:${name}_${i} ${entry} ${slots((slot) => `+u${8 * slot}(${argv})`, 'ustring')}`,
  );

/** At their tracepoints, which makes every system call of the machine a little slower. */
const onTracepoint = (name: string): string[] =>
  ['execve', 'execveat'].map(
    (call, i) =>
      `e:${name}_${i} syscalls.sys_enter_${call} ${slots((slot) => `+u${8 * slot}($argv)`, 'ustring')}`,
  );

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
