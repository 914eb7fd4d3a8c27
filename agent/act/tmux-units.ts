import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Failure, RequestFailure } from '../model/failure.ts';

/** The units that run the managed servers, one per owner. Allowed to us by the polkit rule, and nothing else is. */
export interface TmuxUnits {
  /** @throws Failure `unit-refused` with systemctl's own words */
  start(owner: string): Promise<void>;
  /** Makes the socket's directory and the socket again. @throws Failure `unit-refused` */
  reload(owner: string): Promise<void>;
}

/** A start waits until the directory is made and tmux runs; a busy machine takes its time. ms */
const limitMs = 20_000;

/** What may stand in a unit's name unescaped (systemd.unit(5)). */
const isInstanceName = (owner: string): boolean => /^[A-Za-z0-9_.-]+$/.test(owner);

const run = promisify(execFile);

const systemctl = async (verb: 'start' | 'reload', owner: string): Promise<void> => {
  if (!isInstanceName(owner)) {
    throw new RequestFailure('no-such-unit', `no unit can be named after the user "${owner}"`);
  }
  const unit = `holdfast-tmux@${owner}.service`;
  try {
    await run('systemctl', ['--no-ask-password', verb, unit], { timeout: limitMs });
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string };
    const said = (stderr || message).trim().slice(0, 300);
    throw new Failure('unit-refused', `systemctl ${verb} ${unit}: ${said}`, { cause });
  }
};

export const tmuxUnits: TmuxUnits = {
  start: (owner) => systemctl('start', owner),
  reload: (owner) => systemctl('reload', owner),
};
