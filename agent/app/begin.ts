import { readUnexplained } from '../act/verdict/left-unexplained.ts';
import { version } from '../model/version.ts';
import { previousRun, rebootEnds } from '../observe/life/previous-run.ts';
import { readLastScreens } from '../observe/machine/last-screens/read-last-screens.ts';
import { unitRebootEnds } from '../observe/units/reboot-ends.ts';
import type { Acting } from './acting.ts';
import type { Observing } from './observing.ts';
import type { Recording } from './recording.ts';
import type { Telling } from './telling.ts';

/** The first events of a run: what the log was found to be, what went meanwhile, who we are, what is wanted. */
export const begin = async (
  { log, before, quarantined, record, keeper }: Recording,
  { configuration, world, samples, lastLines }: Observing,
  { verdicts }: Acting,
  { onTrouble }: Telling,
  run: { startedAt: number; bootId: string; embedded: boolean; screensFile: string },
): Promise<void> => {
  const { startedAt, bootId, embedded, screensFile } = run;
  if (quarantined) keeper.quarantined(quarantined, startedAt);
  samples.screensBefore = await readLastScreens(screensFile, before);
  for (const { screens, events } of rebootEnds(before, bootId, world)) {
    for (const text of screens) log.putBlob(text);
    record(events);
  }
  record(unitRebootEnds(before, bootId, startedAt));
  const previous = previousRun(before);
  const data = { version, pid: process.pid, bootId, embedded, previous };
  record([{ at: startedAt, type: 'agent.started', data }]);
  configuration.begin();
  try {
    for await (const events of readUnexplained(before, log)) {
      verdicts.take(events);
      lastLines.take(events);
    }
  } catch (cause) {
    onTrouble('old incidents stay unexplained', cause);
  }
};
