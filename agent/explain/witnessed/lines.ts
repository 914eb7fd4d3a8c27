import type { EvidenceLine } from '../../model/events/incident.ts';
import { fromKernel, type WitnessedOom, type WitnessedSignal } from '../../model/witnessed.ts';
import { line } from '../evidence-lines.ts';
import { processName, shortened } from '../naming.ts';
import { isSame } from '../process.ts';
import { SIGKILL, signalName } from '../signals.ts';
import { isByOthers, type Nature } from './nature.ts';

/** How a signal was sent, where that is telling. */
const manner = ({ signal, code, toGroup }: WitnessedSignal): string => {
  if (code === 0 && signal === SIGKILL && !toGroup) return ', through cgroup.kill';
  return code === -6 ? ', to one thread' : '';
};

/** SIGKILL cannot be ignored: nothing comes of it where its victim is ending (signal(7)). */
const outcome = ({ signal, result, caught }: WitnessedSignal): string => {
  if (result === 'ignored') return signal === SIGKILL ? ', which was ending' : ', which ignored it';
  if (result !== 'delivered') return `, ${result}`;
  return caught ? ', which handles it' : '';
};

const origins: Readonly<Partial<Record<Nature, string>>> = {
  memory: 'the kernel, for want of memory',
  limit: 'the kernel, for a limit of its own',
  crash: 'itself, by a fault',
  typed: 'the kernel, for its terminal',
  removed: 'the tmux server, which closed its pane',
  self: 'itself',
  kernel: 'the kernel',
};

/** Whoever was running as the kernel killed may have brought it about. */
const during = ({ signal, code, sender, victim }: WitnessedSignal, nature: Nature): string =>
  nature === 'kernel' && signal === SIGKILL && code === fromKernel && !isSame(sender, victim)
    ? `, while ${processName(sender)} was running`
    : '';

/** `SIGKILL to pid 42 (node), from "pkill -f mux" (pid 4711)` */
export const signalLine = (event: WitnessedSignal, nature: Nature): EvidenceLine => {
  const { at, signal, victim, sender } = event;
  const isSent = isByOthers(nature) && !(nature === 'memory' && event.code === fromKernel);
  const from = isSent ? processName(sender) : (origins[nature] ?? 'the kernel');
  const to = `pid ${victim.pid} (${shortened(victim.comm, 15)})`;
  const text = `${signalName(signal)} to ${to}${outcome(event)}, from ${from}${manner(event)}${during(event, nature)}`;
  return line(at, 'kernel', text);
};

const mebibyte = 2 ** 20;

export const oomLine = ({ at, victim, anonBytes }: WitnessedOom): EvidenceLine => {
  const held = anonBytes === null ? '' : `, which held ${Math.round(anonBytes / mebibyte)} MiB`;
  const who = `pid ${victim.pid} (${shortened(victim.comm, 15)})`;
  return line(at, 'kernel', `out of memory: the kernel chose ${who}${held}`);
};

/** Who started an actor, its parent first. */
export const ancestryLine = (event: WitnessedSignal, actor: WitnessedSignal['sender']) => {
  const above = actor.ancestry.slice(0, 4).map((one) => processName(one));
  return line(event.at, 'procfs', `pid ${actor.pid} was started by ${above.join(', that by ')}`);
};
