import { LogFailure } from '../model/failure.ts';

/** Failures of the log that are not an error of the disk. */

export const queueFull = (): LogFailure =>
  new LogFailure('log-queue-full', 'too many events wait for the disk: new ones are given up', {
    retryable: true,
  });

export const stalled = (ms: number): LogFailure =>
  new LogFailure('log-stalled', `the disk has not taken a commit for ${ms / 1000} s`, {
    retryable: true,
  });

export const logClosed = (): LogFailure => new LogFailure('log-closed', 'the log is closed');

export const diverged = (): LogFailure =>
  new LogFailure(
    'log-diverged',
    'the log that is there now is not the one this run has read; restart the agent to go on with it',
  );
