import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Event } from '../../../agent/model/event.ts';
import type { EventLog, Opening } from '../../../agent/model/event-log.ts';
import type { StorePaths } from '../../../agent/store/messages.ts';
import { type LogOptions, openLog } from '../../../agent/store/open.ts';

export const pathsIn = (dir: string): StorePaths => ({
  eventsDb: join(dir, 'state/events.db'),
  blobsDir: join(dir, 'state/blobs'),
});

export const temporaryDir = async (t: Test): Promise<string> => {
  const dir = await mkdtemp(join(tmpdir(), 'holdfast-store-'));
  t.teardown(() => rm(dir, { recursive: true, force: true }));
  return dir;
};

/** Opens a log that is closed at the end of the test, whatever state it is in then. */
export const openFor = async (
  t: Test,
  paths: StorePaths,
  options?: LogOptions,
): Promise<{ log: EventLog; opening: Opening }> => {
  const opened = await openLog(paths, options);
  t.teardown(() => opened.log.close().catch(() => undefined));
  return opened;
};

export const temporaryLog = async (t: Test, options?: LogOptions) => {
  const paths = pathsIn(await temporaryDir(t));
  return { paths, ...(await openFor(t, paths, options)) };
};

export const readAll = (log: EventLog): Promise<Event[]> =>
  log.read({ limit: Number.MAX_SAFE_INTEGER });

export const seqs = (events: readonly Event[]): number[] => events.map(({ seq }) => seq);

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Resolves when the log's health first satisfies `wanted`. */
export const healthOf = (
  log: EventLog,
  wanted: (health: ReturnType<EventLog['health']>) => boolean,
): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (wanted(log.health())) resolve();
    };
    log.onHealth = look;
    look();
  });
