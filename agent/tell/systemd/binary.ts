import { promisify } from 'node:util';
import type { Transport } from './message.ts';

/** Loaded where it is needed: to load what starts programs costs the agent memory. */
const run = async (program: string, args: string[]): Promise<void> => {
  const { execFile } = await import('node:child_process');
  await promisify(execFile)(program, args);
};

const statusOf = (lines: readonly string[]): string => lines.join(' ').replace(/^STATUS=/, '');

/**
 * The way where no FFI loads: the package `systemd-notify`, which spawns the program of that name and
 * knows READY and STATUS. The rest goes to the same program directly: a watchdog that hears nothing
 * would kill us. The sender is a child, so the unit needs `NotifyAccess=all`; the program takes the
 * address from the environment of this process.
 */
export const openBinary = (): Transport => ({
  async send({ kind, lines }) {
    const { default: notify } = await import('systemd-notify');
    if (kind === 'READY') await notify({ ready: true });
    else if (kind === 'STATUS') await notify({ status: statusOf(lines) });
    else await run('systemd-notify', [...lines]);
  },
});
