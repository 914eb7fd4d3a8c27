import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import type { CommandProbe } from '../../model/config/health.ts';
import { expandHome } from '../../model/config/home.ts';
import type { Finding } from '../../model/health.ts';
import { printable } from '../../model/text/printable.ts';
import { errorName, failed, tooSlow } from './outcome.ts';

/** Of what it prints, characters. The rest is read and thrown away: a full pipe would keep it waiting. */
const maxKept = 4096;
const maxFirstLine = 150;

/** What left the process group may hold the pipe open for ever; what was printed before is read by then. ms */
const lingeringMs = 500;

const firstLine = (text: string): string =>
  printable(text.split('\n')[0] ?? '')
    .trim()
    .slice(0, maxFirstLine);

/** As Nagios and Consul have it: 0 is well, 1 a warning, anything else a failure. */
const judge = (status: number | null, signal: string | null, printed: string): Finding => {
  const line = firstLine(printed);
  const ended = signal === null ? `exit status ${status}` : `ended by ${signal}`;
  const reason = line === '' ? ended : `${ended}: ${line}`;
  if (status === 0) return { status: 'ok', reason };
  return status === 1 ? { status: 'degraded', reason } : failed(reason);
};

/** What it started goes with it: nobody else would end that. */
const endGroup = (pid: number | undefined): void => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
};

/**
 * Runs a check of the operator's, in a process group of its own that is gone when this resolves. Where the link is killed
 * meanwhile, timeout(1) ends it. Its text is in the environment: arguments can be read by every user.
 */
export const probeCommand = (
  { run, cwd, timeoutMs }: CommandProbe,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Finding> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(failed('the link ends'));
    const longest = String(Math.ceil(timeoutMs / 1000) + 1);
    const words = ['-s', 'KILL', longest, '/bin/sh', '-c', 'eval "$HOLDFAST_CHECK"'];
    const child = spawn('timeout', words, {
      cwd: expandHome(cwd ?? homedir(), homedir()),
      env: { ...env, HOLDFAST_CHECK: run },
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let printed = '';
    let lingering: NodeJS.Timeout | undefined;
    let settled = false;
    const settle = (finding: Finding): void => {
      // Later its number may be another's.
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      clearTimeout(lingering);
      signal.removeEventListener('abort', stop);
      endGroup(child.pid);
      child.stdout.destroy();
      resolve(finding);
    };
    const stop = (): void => settle(failed('the link ends'));
    const timer = setTimeout(() => settle(tooSlow(timeoutMs)), timeoutMs);
    signal.addEventListener('abort', stop);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(0, maxKept);
    });
    child.on('error', (cause) => settle(failed(`it cannot be run: ${errorName(cause)}`)));
    child.on('exit', (status, by) => {
      // What it left in the background would hold the pipe open.
      endGroup(child.pid);
      const judged = (): void => settle(judge(status, by, printed));
      child.once('close', judged);
      lingering = setTimeout(judged, lingeringMs);
    });
  });
