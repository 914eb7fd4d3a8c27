import { wallOf } from './clock.ts';
import { createGarbageCollection } from './garbage-collection.ts';
import { createIntake, type IntakePorts } from './intake/intake.ts';
import type { Memory } from './memory/memory.ts';
import { type CommandsAsked, commandsNaming } from './process/commands.ts';
import { createLives, type Lives } from './process/lives.ts';
import { createSight } from './process/sight.ts';
import { isClientNow, standingClients } from './process/standing-clients.ts';
import type { SelfTest } from './self-test.ts';
import type { SystemCalls } from './system-calls.ts';
import { tracedArguments, tracedLives, tracedSignals, wholeByName } from './trace/events.ts';
import type { Pipes } from './trace/open-pipes.ts';
import { createRecordReader } from './trace/parse/record-reader.ts';
import { follow } from './trace/pipe.ts';
import type { Probes } from './trace/probe/probes.ts';
import { createReadAll } from './trace/read-all.ts';

/** What the kernel tells, and how. */
export interface Kernel {
  pipes: Pipes;
  probes: Probes | null;
  calls: SystemCalls;
  onTrouble(what: string, cause: unknown): void;
}

/** The kernel keeps beginnings until newer ones take their place: a client that lasts longer than this is known anyway, ms. */
const lookEveryMs = 60_000;

const createKernelIntake = (
  { pipes, probes }: Kernel,
  lives: Lives,
  told: Pick<IntakePorts, 'remember' | 'missedClients' | 'noticedUntil'>,
) => {
  const readArguments = createReadAll(pipes.arguments, (probes?.names ?? []).map(tracedArguments));
  const readLives = createReadAll(pipes.lives, tracedLives, { marksLoss: true });
  const { promise: failed, reject: onFailure } = Promise.withResolvers<never>();
  const intake = createIntake({
    lives,
    telling: probes?.kind === 'entries' ? 'entered' : 'asked',
    // In this order a beginning is read no later than what it was given.
    readLives: async (breathe) => [
      ...(await readArguments(breathe)),
      ...(await readLives(breathe)),
    ],
    ...told,
    onFailure,
  });
  const commands = (asked: CommandsAsked) => commandsNaming(lives, asked, createSight());
  return { ...intake, commands, failed };
};

/** Reads signals as they come, and beginnings and ends when they are asked for. */
export const startReading = (
  kernel: Kernel,
  selfTest: Pick<SelfTest, 'recognise'>,
  { remember, blindToClientsUntil }: Pick<Memory, 'remember' | 'blindToClientsUntil'>,
) => {
  const { pipes, calls, onTrouble } = kernel;
  const lives = createLives({ isAskedFor: isClientNow });
  const lookForClients = (): void => {
    for (const client of standingClients()) lives.stands(client);
  };
  lookForClients();
  const looking = setInterval(lookForClients, lookEveryMs).unref();
  const intake = createKernelIntake(kernel, lives, {
    remember,
    missedClients: (until) => blindToClientsUntil(wallOf(until)),
    noticedUntil: () => stream.readUntil(),
  });
  const reader = createRecordReader(wholeByName(tracedSignals), {
    onRecord: (record) => {
      if (!selfTest.recognise(record)) intake.notice(record);
    },
    onLost: (count) => remember({ kind: 'lost', fact: { at: Date.now(), count } }),
  });
  const garbage = createGarbageCollection({ giveBack: calls.giveBackMemory });
  const stream = follow(pipes.signals, calls, (chunk) => {
    reader.feed(chunk);
    reader.flush();
    garbage.collectLater();
    return intake.settle();
  });
  const ended = Promise.race([stream.ended, intake.failed]);
  ended.catch((cause) => onTrouble('the kernel cannot be read', cause));
  return {
    /** Rejects when the kernel cannot be read any more. */
    ended,
    commands: intake.commands,
    /** Resolves when all that happened before is remembered: in a storm of processes that takes a while. */
    catchUp(): Promise<void> {
      stream.readNow();
      return intake.catchUp();
    },
    /** All that happened before is remembered, ms on the monotonic clock. */
    readUntil: intake.readUntil,
    async stop(): Promise<void> {
      clearInterval(looking);
      garbage.stop();
      stream.stop();
      await stream.ended.catch(() => undefined);
      await intake.idle();
    },
  };
};
