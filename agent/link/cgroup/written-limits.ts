import { chmod, mkdir } from 'node:fs/promises';
import { sessionGroup } from '../../model/cgroup.ts';
import type { SessionLimits } from '../../model/config/config.ts';
import { writeLimits } from './limits.ts';

/** Its shell may have been first. The agent, another user, reads it, whatever the umask here is. */
const makeGroup = async (group: string): Promise<void> => {
  await mkdir(group).catch(() => undefined);
  await chmod(group, 0o755).catch(() => undefined);
};

/** The limits of the sessions of one server: written when they change, for the kernel keeps them. */
export const createWrittenLimits = (unit: string) => {
  /** By session: the limits that were written, as JSON, and what of them could not be. */
  const written = new Map<string, { limits: string; failures: string[] }>();
  return {
    /** @returns what of them is not in force, in words */
    async write(tmuxId: string, limits: SessionLimits | null): Promise<string[]> {
      const text = JSON.stringify(limits);
      const before = written.get(tmuxId);
      if (before?.limits === text) return before.failures;
      const group = sessionGroup(unit, tmuxId);
      await makeGroup(group);
      const failures = await writeLimits(group, limits);
      written.set(tmuxId, { limits: text, failures });
      return failures;
    },
    forgetAllBut(alive: ReadonlySet<string>): void {
      for (const id of written.keys()) if (!alive.has(id)) written.delete(id);
    },
  };
};
