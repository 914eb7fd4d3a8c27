import { duration } from '../../../model/duration.ts';
import type { LogEvents } from '../../../model/events/log.ts';
import { plural } from '../../../model/text/plural.ts';
import type { Texts } from './texts.ts';

export const logTexts: Texts<LogEvents> = {
  'log.quarantined': ({ file, reason, salvaged }) =>
    file === ''
      ? `the log was written again (${reason}); ${plural(salvaged, 'event')} saved`
      : `damaged log set aside as ${file} (${reason}); ${plural(salvaged, 'event')} saved`,
  'log.degraded': ({ code, message }) => `the log takes no events now: ${message} (${code})`,
  'log.recovered': ({ queued, afterMs }) =>
    `the log takes events again after ${duration(afterMs)}; ${queued} had waited`,
  'events.gap': ({ from, to, reason }) => `events ${from} to ${to} are gone (${reason})`,
};
