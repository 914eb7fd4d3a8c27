import * as v from 'valibot';
import { severities } from '../../../agent/model/severity.ts';
import {
  channelStatuses,
  deadmanStatuses,
  pollingStatuses,
} from '../../../agent/model/status/notifier-status.ts';
import { amount, number, tally } from './fields.ts';

/** What we read of a NotifierStatus. */
export const notifier = v.object({
  startedAt: number,
  reportedAt: number,
  rssBytes: amount,
  anonBytes: amount,
  cursor: amount,
  channels: v.array(
    v.object({
      channel: v.string(),
      status: v.picklist(channelStatuses),
      queued: amount,
      oldestAt: v.nullable(number),
      lastSentAt: v.nullable(number),
      sent: amount,
      retried: amount,
      failed: amount,
    }),
  ),
  firing: v.object(v.entriesFromList(severities, amount)),
  suppressed: tally,
  telegram: v.nullable(
    v.object({
      polling: v.picklist(pollingStatuses),
      lastUpdatesAt: v.nullable(number),
      paired: amount,
      strangers: amount,
    }),
  ),
  deadman: v.nullable(
    v.object({ status: v.picklist(deadmanStatuses), lastPingAt: v.nullable(number) }),
  ),
});

export type NotifierLine = v.InferOutput<typeof notifier>;
