import { version } from '../model/version.ts';
import { previousRun, rebootEnds } from '../observe/life/previous-run.ts';
import type { Acting } from './acting.ts';
import type { Observing } from './observing.ts';
import type { Recording } from './recording.ts';
import type { Telling } from './telling.ts';

/** The first events of a run: what the log was found to be, what went meanwhile, who we are, what is wanted. */
export const begin = async (
  { log, before, quarantined, record, keeper }: Recording,
  { configuration, world }: Observing,
  { verdicts }: Acting,
  { onTrouble }: Telling,
  run: { startedAt: number; bootId: string; embedded: boolean },
): Promise<void> => {
  const { startedAt, bootId, embedded } = run;
  if (quarantined) keeper.quarantined(quarantined, startedAt);
  for (const ends of rebootEnds(before, bootId, world)) record(ends.events);
  const previous = previousRun(before);
  const data = { version, pid: process.pid, bootId, embedded, previous };
  record([{ at: startedAt, type: 'agent.started', data }]);
  configuration.begin();
  await verdicts
    .resume(before, log)
    .catch((cause: unknown) => onTrouble('old incidents stay unexplained', cause));
};
