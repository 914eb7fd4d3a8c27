import { existsSync } from 'node:fs';
import type { Instance } from '../../model/events/server.ts';
import { Failure } from '../../model/failure.ts';
import { processStat } from '../../os/process-stat.ts';
import { killedText, missingText, refusedText } from './dialect.ts';
import { runTmux } from './run.ts';

/**
 * What knocking at a socket tells. `missing`: no such file; `refused`: a file nobody listens on;
 * `silent`: somebody listens and does not answer; `hangup`: somebody listens and hangs up; `unclear`: anything
 * else, in tmux's words.
 */
export type Probe =
  | { kind: 'alive'; instance: Instance; version: string }
  | { kind: 'missing' | 'refused' | 'silent' | 'hangup' }
  | { kind: 'unclear'; text: string };

const readAnswer = (stdout: string): Probe => {
  const [pid = '', version = ''] = stdout.trim().split(' ');
  const stat = processStat(Number(pid));
  if (!stat) return { kind: 'unclear', text: `the server named pid ${pid.slice(0, 20)}` };
  return { kind: 'alive', instance: { pid: stat.pid, startTime: stat.startTime }, version };
};

/** Asks the server on `socket` who it is. Never throws, never waits longer than one tmux call may take. */
export const probe = async (socket: string): Promise<Probe> => {
  if (!existsSync(socket)) return { kind: 'missing' };
  try {
    const args = ['display-message', '-p', '#{pid} #{version}'];
    const { code, stdout, stderr } = await runTmux(socket, args);
    if (code === 0) return readAnswer(stdout);
    if (refusedText.test(stderr)) return { kind: 'refused' };
    if (missingText.test(stderr)) return { kind: 'missing' };
    if (killedText.test(stderr)) return { kind: 'hangup' };
    return { kind: 'unclear', text: stderr.trim().slice(0, 200) };
  } catch (cause) {
    if (cause instanceof Failure && cause.code === 'tmux-timeout') return { kind: 'silent' };
    return { kind: 'unclear', text: String(cause).slice(0, 200) };
  }
};
