import type { Fault } from '../../../model/source-fact/kernel.ts';
import type { KernelLine } from './kernel-line.ts';
import { named, said } from './said.ts';

/** `show_signal_msg` in arch/x86/mm/fault.c. */
const segfault = /^(.{0,15})\[(\d{1,10})\]: segfault at [0-9a-f]+ ip /s;

/** `do_trap` and `exc_general_protection` in arch/x86/kernel/traps.c. */
const trap =
  /^traps: (.{0,15})\[(\d{1,10})\] (?:general protection fault|trap [a-z0-9 ]{1,30}?) ip:/s;

/** arch/arm64/kernel/traps.c, `arm64_show_signal`: the cause comes in words. */
const unhandled = /^(.{0,15})\[(\d{1,10})\]: unhandled exception: /s;

const faultOf = ({ at, text }: KernelLine, source: string): Fault | null => {
  const memory = segfault.exec(text);
  const match = memory ?? trap.exec(text) ?? unhandled.exec(text);
  if (!match) return null;
  const comm = named(match[1] ?? '');
  const what = memory ? 'segfault' : 'trap';
  return { kind: 'fault', at, source, pid: Number(match[2]), comm, what, text: said(text) };
};

/** Crashes that the kernel wrote about. It does not do so where a program handles them itself. */
export const faults = (lines: readonly KernelLine[], source: string): Fault[] =>
  lines.flatMap((line) => faultOf(line, source) ?? []);
