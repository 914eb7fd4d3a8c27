import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '../../agent/model/event.ts';
import type { EventLog } from '../../agent/model/event-log.ts';
import { fold } from '../../agent/model/fold.ts';
import { emptyState, type State } from '../../agent/model/state.ts';
import { openLog } from '../../agent/store/open.ts';
import { replay, stateAt } from '../../agent/store/replay.ts';
import { sampleHistory } from '../agent/store/sample-history.ts';

const total = 1_000_000;

/** Events between two fsyncs: as much as may wait in memory is never reached. */
const perSync = 5000;

/** Thirty-odd snapshots, as a month of days leaves them. */
const perSnapshot = 30_000;

export interface StoreNumbers {
  events: number;
  storedPerSecond: number;
  replayedPerSecond: number;
  /** The state at a random time of a million events, with a snapshot a day: median and worst, ms. */
  stateAtMs: { median: number; worst: number };
  bytesPerEvent: number;
  /** Opening the log with its million events, the check for damage included, ms. */
  openMs: number;
}

const seconds = (since: number): number => (performance.now() - since) / 1000;

/** Appends everything; snapshots are folded and saved outside the measured time. */
const build = async (log: EventLog): Promise<{ state: State; storeSeconds: number }> => {
  let state = emptyState();
  let storeSeconds = 0;
  let batch: Event[] = [];
  for (const event of sampleHistory(total)) {
    batch.push(event);
    if (batch.length < perSync) continue;
    const began = performance.now();
    log.append(batch);
    await log.durable();
    storeSeconds += seconds(began);
    state = fold(state, batch);
    if (event.seq % perSnapshot === 0) await log.saveSnapshot(state);
    batch = [];
  }
  return { state, storeSeconds };
};

const measureStateAt = async (log: EventLog, from: number, to: number): Promise<number[]> => {
  const times: number[] = [];
  for (let i = 0; i < 21; i += 1) {
    const at = from + (((to - from) * (i * 0.618)) % (to - from));
    const began = performance.now();
    await stateAt(log, at);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b);
};

const measure = async (dir: string): Promise<StoreNumbers> => {
  const paths = { eventsDb: join(dir, 'events.db'), blobsDir: join(dir, 'blobs') };
  const { log } = await openLog(paths);
  const { state, storeSeconds } = await build(log);
  const { bytes } = log.health();
  await log.close();

  const opened = performance.now();
  const { log: again } = await openLog(paths);
  const openMs = performance.now() - opened;
  const began = performance.now();
  const replayed = await replay(again, emptyState());
  const replaySeconds = seconds(began);
  if (replayed.seq !== total || replayed.counts.died !== state.counts.died) {
    throw new Error('replay differs from the live fold');
  }
  const [first] = await again.read({ limit: 1 });
  const times = await measureStateAt(again, first?.at ?? 0, state.at);
  await again.close();
  return {
    events: total,
    storedPerSecond: Math.round(total / storeSeconds),
    replayedPerSecond: Math.round(total / replaySeconds),
    stateAtMs: { median: times[10] ?? 0, worst: times.at(-1) ?? 0 },
    bytesPerEvent: Math.round(bytes / total),
    openMs,
  };
};

/** Stores and replays a million realistic events on the disk of the temporary directory. */
export const benchStore = async (): Promise<StoreNumbers> => {
  const dir = await mkdtemp(join(tmpdir(), 'holdfast-bench-store-'));
  try {
    return await measure(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};
