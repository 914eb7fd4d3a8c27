import type { Pattern } from '../../../../agent/model/pattern.ts';
import { noon } from '../sample.ts';

/** What a nightly job does. */
export const patternOf = (more: Partial<Pattern> = {}): Pattern => ({
  ...{ count: 3, since: noon - 5 * 24 * 3_600_000, sameCause: true },
  text: 'Third time in 6 days, always within 5 minutes of 14:05, always by cleanup.sh (cron.service)',
  traits: [
    { kind: 'time-of-day', text: 'always within 5 minutes of 14:05' },
    { kind: 'killer', text: 'always by cleanup.sh (cron.service)' },
  ],
  prevention: 'narrow mux in what cron.service runs: systemctl cat cron.service',
  ...more,
});
