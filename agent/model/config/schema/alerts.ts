import * as v from 'valibot';
import { duration, mapping, namedEntries } from '../fields.ts';
import { channelKey, command, deadman, ntfy, telegram, webhook } from './channels.ts';
import { time, timezone } from './hours.ts';

const quietHours = mapping({
  from: v.pipe(time(), v.description('When they begin.'), v.examples(['23:00'])),
  to: v.pipe(
    time(),
    v.description('When they end; earlier than `from` is the next morning.'),
    v.examples(['07:00']),
  ),
  timezone: v.pipe(
    v.optional(timezone()),
    v.description('Whose clock it is. Without it: that of the machine.'),
    v.examples(['Europe/Berlin']),
  ),
});

/** What people are told, and where. */
export const alerts = mapping({
  repeat: v.pipe(
    v.optional(duration('1m', '7d'), '4h'),
    v.description('How often something that goes on is told again.'),
  ),
  quietHours: v.pipe(
    v.nullish(quietHours),
    v.description('Between these times only what is critical is told.'),
    v.examples([{ from: '23:00', to: '07:00', timezone: 'Europe/Berlin' }]),
  ),
  telegram: v.pipe(
    v.nullish(telegram, {}),
    v.description('In use where there is a credential `telegram-token`.'),
  ),
  webhooks: v.pipe(
    namedEntries(channelKey, webhook, 'a mapping of NAME: {url: …}'),
    v.description('Receivers of alerts as JSON, by name.'),
    v.examples([
      {
        ops: {
          url: 'https://example.org/hooks/holdfast',
          minSeverity: 'info' as const,
          screens: true,
        },
      },
    ]),
  ),
  ntfy: v.pipe(
    namedEntries(channelKey, ntfy, 'a mapping of NAME: {url: …}'),
    v.description('Topics of ntfy, by name.'),
    v.examples([
      { phone: { urlCredential: 'ntfy-phone', minSeverity: 'warning' as const, screens: false } },
    ]),
  ),
  commands: v.pipe(
    namedEntries(channelKey, command, 'a mapping of NAME: {command: …}'),
    v.description('Commands to run for alerts, by name.'),
    v.examples([
      { log: { command: 'cat >>~/alerts.log', minSeverity: 'warning' as const, screens: false } },
    ]),
  ),
  deadman: v.pipe(
    v.nullish(deadman),
    v.description(
      'Somebody else who notices when the pings stop: Healthchecks, or what has addresses like it. They stop when Holdfast cannot do its job.',
    ),
    v.examples([{ urlCredential: 'deadman-url', interval: '60s' }]),
  ),
});

export type AlertsEntry = v.InferOutput<typeof alerts>;
