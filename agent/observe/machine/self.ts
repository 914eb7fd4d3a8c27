import type { AgentStatus } from '../../model/status/agent-status.ts';
import { readProc } from './procfs.ts';

/** Our own memory and processor time. Anonymous memory is what the budget counts. */
export const ownUse = (): Pick<AgentStatus, 'rssBytes' | 'anonBytes' | 'cpuSeconds'> => {
  const status = readProc('self/status') ?? '';
  const kilobytes = (key: string): number =>
    Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  const { user, system } = process.cpuUsage();
  return {
    rssBytes: kilobytes('VmRSS') * 1024,
    anonBytes: kilobytes('RssAnon') * 1024,
    cpuSeconds: (user + system) / 1e6,
  };
};
