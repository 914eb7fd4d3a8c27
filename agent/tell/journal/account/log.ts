import type { LogEvents } from '../../../model/events/log.ts';
import { plural } from '../../../model/text/plural.ts';
import type { Accounts } from './account.ts';
import { seconds } from './seconds.ts';

const subject = () => ({});

export const logAccounts: Accounts<LogEvents> = {
  'log.quarantined': {
    sentence: ({ reason, salvaged }) =>
      `The log of events was damaged or removed (${reason}); ${plural(salvaged, 'event')} saved`,
    subject,
  },
  'log.degraded': {
    sentence: ({ message, code }) => `The disk took no events: ${message} (${code})`,
    subject,
  },
  'log.recovered': {
    sentence: ({ afterMs, queued }) =>
      `The disk takes events again after ${seconds(afterMs)}; ${queued} had waited`,
    subject,
  },
};
