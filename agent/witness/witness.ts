import { Failure, messageOf } from '../model/failure.ts';
import { version } from '../model/version.ts';
import type { SeenBy } from '../model/witnessed.ts';
import type { Listener } from '../wire/listen.ts';
import type { Breathe } from './breather.ts';
import { createIntake } from './intake/intake.ts';
import { createRecentFile } from './memory/recent-file.ts';
import { createRecollection, type Recalled } from './memory/recollection.ts';
import { createTidying } from './memory/tidy.ts';
import { createLives } from './process/lives.ts';
import { createSelfTest, type SelfTestOptions } from './self-test.ts';
import { serveEvidence } from './server.ts';
import type { SystemCalls } from './system-calls.ts';
import { argumentEvents, lifeEvents, signalEvents } from './trace/parse/instance-events.ts';
import type { TraceRecord } from './trace/parse/record.ts';
import { createRecordReader, type IsWhole } from './trace/parse/record-reader.ts';
import { drain, follow } from './trace/pipe.ts';
import type { Probes } from './trace/probe/probes.ts';

/** Descriptors of the pipes of the instances; null: there is none. */
export interface Pipes {
  signals: number;
  lives: number | null;
  arguments: number | null;
}

export interface WitnessOptions {
  socket: string;
  socketMode: number;
  directory: string;
  pipes: Pipes;
  probes: Probes | null;
  /** When the kernel began to record, ms since the epoch. */
  since: number;
  calls: SystemCalls;
  selfTest?: Pick<SelfTestOptions, 'limit' | 'everyMs'>;
  onTrouble(what: string, cause: unknown): void;
}

/** A spinning witness is killed after so long without a pause, ms of RLIMIT_RTTIME. */
const spinLimitMs = 500;

/** More than a buffer of ours holds, of all processors, in chunks of two pages; more comes while it is read. */
const mostChunks = 1024;

/** Reads all there is of a pipe into records. */
const createTakeAll = (fd: number | null, events: ReadonlyMap<string, IsWhole>) => {
  let records: TraceRecord[] = [];
  const reader = createRecordReader(events, {
    onRecord: (record) => records.push(record),
    // An overwritten life is one that was not asked for in time: what is missing of it is null then.
    onLost: () => undefined,
  });
  return (breathe: Breathe): TraceRecord[] => {
    if (fd === null) return [];
    drain(fd, reader.feed, mostChunks, breathe);
    reader.flush();
    const all = records;
    records = [];
    return all;
  };
};

export const startWitness = async (options: WitnessOptions) => {
  const { pipes, probes, calls, onTrouble, since } = options;
  for (const fd of Object.values(pipes)) if (fd !== null) calls.setNonBlocking(fd);

  const recollection = createRecollection(since);
  const file = createRecentFile(options.directory, (cause) =>
    onTrouble('evidence is not kept on disk', cause),
  );
  for (const entry of await file.read(Date.now())) recollection.remember(entry);
  const remember = (entry: Recalled): void => {
    recollection.remember(entry);
    // Of what is gone nobody asks who its clients were.
    if (entry.kind !== 'client') file.keep(entry);
  };

  const takeLives = createTakeAll(pipes.lives, lifeEvents);
  const takeArguments = createTakeAll(pipes.arguments, argumentEvents(probes?.names ?? []));
  const intake = createIntake({
    lives: createLives(),
    telling: probes?.kind === 'entries' ? 'entered' : 'asked',
    // In this order a beginning is read no later than what it was given.
    readLives: (breathe) => [...takeArguments(breathe), ...takeLives(breathe)],
    remember,
  });
  const selfTest = createSelfTest({
    ...options.selfTest,
    onSight: () => recollection.blindUntil(Date.now()),
  });
  const reader = createRecordReader(signalEvents, {
    onRecord: (record) => {
      if (!selfTest.recognise(record)) intake.notice(record);
    },
    onLost: (count) => remember({ kind: 'lost', fact: { at: Date.now(), count } }),
  });
  const tidying = createTidying();
  const stream = follow(pipes.signals, calls, reader.feed, () => {
    reader.flush();
    intake.settle();
    tidying.later();
  });
  stream.ended.catch((cause) => onTrouble('the kernel cannot be read', cause));
  const realTime = calls.becomeRealTime(spinLimitMs);
  await selfTest.run();
  const method: SeenBy = probes ? 'probe' : 'proc';

  const listener: Listener = await serveEvidence(
    options.socket,
    options.socketMode,
    {
      testify: ({ pids, since: from, until }) => {
        const blind = selfTest.blind();
        if (blind !== null) throw new Failure('blind', blind);
        intake.catchUp();
        return { ...recollection.testify(pids, from, until), method };
      },
      health: () => ({
        ...{ version, pid: process.pid, since: recollection.since(), blind: selfTest.blind() },
        ...{ method, realTime, ...recollection.count() },
      }),
    },
    onTrouble,
  );
  return {
    /** Rejects when the kernel cannot be read any more. */
    reading: stream.ended,
    async stop(): Promise<void> {
      listener.close();
      selfTest.stop();
      tidying.stop();
      stream.stop();
      await stream.ended.catch(messageOf);
      await file.close();
    },
  };
};
