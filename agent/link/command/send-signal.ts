import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { RefreshSignal } from '../../model/config/refresh.ts';
import type { Instance } from '../../model/events/server.ts';
import { TmuxFailure } from '../../model/failure.ts';
import { processStat } from '../../os/process-stat.ts';
import { runInInstance } from './in-instance.ts';

/** Whether the process handles a signal (proc_pid_status(5), SigCgt): most of them end a program that does not. */
const handles = (pid: number, signal: RefreshSignal): boolean => {
  const mask = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  const bit = 1n << BigInt(constants.signals[`SIG${signal}`] - 1);
  return (BigInt(`0x${mask ?? '0'}`) & bit) !== 0n;
};

const mayHandle = (pid: number, signal: RefreshSignal): boolean => {
  try {
    return handles(pid, signal);
  } catch {
    return false;
  }
};

/**
 * Sends a signal to the program of the first pane, as its owner.
 * @throws TmuxFailure `not-handled` where it would end the program; `no-program` where nothing of the server is there
 */
export const sendSignal = async (
  socket: string,
  instance: Instance,
  tmuxId: string,
  signal: RefreshSignal,
): Promise<void> => {
  const list = ['list-panes', '-s', '-t', `${tmuxId}:`, '-F', '#{pane_dead} #{pane_pid}'];
  const printed = await runInInstance(socket, instance, [list]);
  const pid = Number(/^0 (\d+)$/m.exec(printed)?.[1] ?? Number.NaN);
  // A child of the server keeps its number until the server has seen its end.
  if (!Number.isInteger(pid) || processStat(pid)?.ppid !== instance.pid) {
    throw new TmuxFailure('no-program', 'no program runs in the first pane');
  }
  if (!mayHandle(pid, signal)) {
    throw new TmuxFailure(
      'not-handled',
      `pid ${pid} does not handle SIG${signal}: it would end it`,
    );
  }
  process.kill(pid, `SIG${signal}`);
};
