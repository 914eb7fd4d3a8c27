import { Failure } from '../model/failure.ts';
import { version } from '../model/version.ts';
import type { SeenBy, WitnessedCommand } from '../model/witnessed.ts';
import { defaultPatienceMs, type WitnessHealth, type WitnessMethods } from '../protocol/witness.ts';
import { monotonicOf, wallOf } from './clock.ts';
import type { Memory } from './memory/memory.ts';
import type { CommandsAsked } from './process/commands.ts';

/** Of the time somebody waits this is for reading what the kernel holds; the rest is for the way, on a busy machine. */
const readingShare = 0.5;

type Question = WitnessMethods['testify']['params'];
type Naming = WitnessMethods['commands']['params'];

interface Ports {
  memory: Pick<Memory, 'testify' | 'since' | 'count'>;
  commands(asked: CommandsAsked): WitnessedCommand[];
  /** Resolves when all that happened before is remembered: a storm of processes makes it take a while. */
  catchUp(): Promise<void>;
  /** All that happened before is remembered, ms on the monotonic clock. */
  readUntil(): number;
  /** Why nothing can be said; null: all is well. */
  blind(): string | null;
  /** How command lines are come by. */
  method: SeenBy;
  realTime: boolean;
}

/** Resolves when the work is done, or after that time, ms. */
const withinTime = async (work: Promise<void>, ms: number): Promise<void> => {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** What is answered over witness.sock. */
export const createAnswers = (ports: Ports) => {
  const { memory, commands, catchUp, readUntil, blind, method, realTime } = ports;
  /** Throws where nothing can be said. */
  const mustSee = (): void => {
    const why = blind();
    if (why !== null) throw new Failure('blind', why);
  };
  const readOn = async (patienceMs = defaultPatienceMs): Promise<void> => {
    mustSee();
    await withinTime(catchUp(), patienceMs * readingShare);
  };
  return {
    /** What is not read by when somebody waits for an answer is told as missing (`readUntil`). */
    async testify({ pids, since, until, patienceMs }: Question) {
      await readOn(patienceMs);
      return { ...memory.testify(pids, since, until), readUntil: wallOf(readUntil()), method };
    },
    async commands({ naming, since, until, patienceMs }: Naming) {
      await readOn(patienceMs);
      return commands({ naming, from: monotonicOf(since), until: monotonicOf(until) });
    },
    health: (): WitnessHealth => ({
      ...{ version, pid: process.pid, since: memory.since(), blind: blind() },
      ...{ method, realTime, ...memory.count() },
    }),
  };
};

export type Answers = ReturnType<typeof createAnswers>;
