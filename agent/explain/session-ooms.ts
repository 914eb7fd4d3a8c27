import { formatSize } from '../model/config/quantities.ts';
import type { EvidenceLine } from '../model/events/incident.ts';
import type { Oom } from './evidence.ts';
import { line } from './evidence-lines.ts';

/** Whose limit was reached, by what the kernel counts in the cgroups of sessions. */
export const countedText = ({ whose, limitBytes }: Pick<Oom, 'whose' | 'limitBytes'>): string => {
  const limit = limitBytes === null ? '' : ` of ${formatSize(limitBytes)}`;
  return {
    session: `over its memoryMax${limit}`,
    unit: 'while the unit of its tmux server, or those of all owners together, were over their memory limit',
    machine: 'with memory to spare below its own limit and that of its unit',
    unknown:
      'below its own limit; it was never measured, and its unit has been over one, then or before',
  }[whose];
};

export const countedLine = (oom: Oom): EvidenceLine => {
  const text = `${oom.session}: the kernel killed ${oom.kills} of its processes ${countedText(oom)}`;
  return line(oom.at, 'cgroup', text);
};
