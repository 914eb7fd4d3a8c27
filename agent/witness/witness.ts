import { createAnswers } from './answers.ts';
import { openMemory } from './memory/memory.ts';
import { type Kernel, startReading } from './reading.ts';
import { createSelfTest, type SelfTestOptions } from './self-test.ts';
import { serveEvidence } from './server.ts';

export interface WitnessOptions extends Kernel {
  socket: string;
  socketMode: number;
  directory: string;
  /** When the kernel began to record, ms since the epoch. */
  since: number;
  selfTest?: Pick<SelfTestOptions, 'limit' | 'everyMs'>;
}

/**
 * A spinning witness is killed after so long without a pause, ms of RLIMIT_RTTIME. What a machine shares its processors
 * with counts as ours (steal time): there a piece of work of moments takes many times as long.
 */
const spinLimitMs = 2000;

export const startWitness = async (options: WitnessOptions) => {
  const { pipes, probes, calls, onTrouble, since } = options;
  for (const fd of Object.values(pipes)) if (fd !== null) calls.setNonBlocking(fd);
  const memory = await openMemory(options.directory, since, (cause) =>
    onTrouble('evidence is not kept on disk', cause),
  );
  const selfTest = createSelfTest({
    ...options.selfTest,
    onSight: () => memory.blindUntil(Date.now()),
  });
  const reading = startReading(options, selfTest, memory);
  const realTime = calls.becomeRealTime(spinLimitMs);
  await selfTest.run();
  const answers = createAnswers({
    ...{ memory, commands: reading.commands, catchUp: reading.catchUp },
    ...{ readUntil: reading.readUntil, blind: selfTest.blind },
    ...{ method: probes ? 'probe' : 'proc', realTime },
  });
  const listener = await serveEvidence(options.socket, options.socketMode, answers, onTrouble);
  return {
    /** Rejects when the kernel cannot be read any more. */
    reading: reading.ended,
    async stop(): Promise<void> {
      listener.close();
      selfTest.stop();
      await reading.stop();
      await memory.close();
    },
  };
};
