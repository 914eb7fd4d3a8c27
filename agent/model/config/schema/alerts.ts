import * as v from 'valibot';
import { severities } from '../../severity.ts';
import { duration, mapping, namedEntries, textLike, yesOrNo } from '../fields.ts';
import { expecting } from '../message.ts';
import { nearest } from '../nearest.ts';
import { credentialName, isCommand, isTimezone, serverName, timeOfDay } from '../shapes.ts';
import { isWebAddress } from '../web-address.ts';

const channelKey = v.pipe(
  v.string(),
  v.regex(serverName, expecting('a name: 1 to 32 of a-z, 0-9 and -')),
);

const minSeverity = (least: (typeof severities)[number]) =>
  v.pipe(
    v.optional(v.picklist(severities, expecting(`one of ${severities.join(', ')}`)), least),
    v.description('What is less serious than this is not told there.'),
  );

/** @param example of an address, for the message */
const webAddress = (example: string) => {
  const title = `an http or https address without user and password, as ${example}`;
  return v.pipe(
    v.string(expecting(title)),
    v.check(isWebAddress, expecting(title)),
    v.title(title),
  );
};

const credential = () => {
  const title = 'the name of a credential: a-z, 0-9 and -, not - first';
  return v.pipe(textLike(credentialName, title), v.title(title));
};

const addressOf = (example: string) => ({
  url: v.pipe(
    v.optional(webAddress(example)),
    v.description(
      'Where to. An address that is a secret belongs into a credential: `urlCredential`.',
    ),
    v.examples([example]),
  ),
  urlCredential: v.pipe(
    v.optional(credential()),
    v.description('The credential that holds the address, instead of `url`.'),
  ),
});

const time = () => {
  const title = 'a time of day from "00:00" to "23:59"';
  return v.pipe(textLike(timeOfDay, title), v.title(title));
};

const nearZone = (input: unknown): string | null => {
  const near = nearest(String(input), Intl.supportedValuesOf('timeZone'));
  return near === null ? null : `did you mean ${near}?`;
};

const timezone = () => {
  const title = 'the name of a time zone, as Europe/Berlin';
  return v.pipe(
    v.string(expecting(title)),
    v.check(isTimezone, expecting(title, nearZone)),
    v.title(title),
  );
};

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

const telegram = mapping({
  api: v.pipe(
    v.optional(webAddress('https://api.telegram.org'), 'https://api.telegram.org'),
    v.description('Where the Bot API answers: a server of your own can take its place.'),
  ),
  proxy: v.pipe(
    v.optional(webAddress('http://127.0.0.1:3128')),
    v.description('An HTTP proxy on the way there.'),
    v.examples(['http://127.0.0.1:3128']),
  ),
  minSeverity: minSeverity('warning'),
  screens: v.pipe(
    v.optional(yesOrNo(), true),
    v.description(
      'Whether messages have the last lines of screens, and people may ask for screens.',
    ),
  ),
});

const webhook = mapping({
  ...addressOf('https://example.org/hooks/holdfast'),
  secretCredential: v.pipe(
    v.optional(credential()),
    v.description(
      'The credential that holds the key of the signature (Standard Webhooks, `whsec_…`).',
    ),
  ),
  minSeverity: minSeverity('info'),
});

const ntfy = mapping({
  ...addressOf('https://ntfy.sh/TOPIC'),
  tokenCredential: v.pipe(
    v.optional(credential()),
    v.description('The credential that holds an access token, for a topic that needs one.'),
  ),
  minSeverity: minSeverity('warning'),
});

const command = mapping(
  {
    command: v.pipe(
      v.string(expecting('a command')),
      v.check(isCommand, expecting('a command')),
      v.description('Run by /bin/sh for each alert, which is on its standard input, as JSON.'),
      v.examples(['cat >>~/alerts.log']),
    ),
    minSeverity: minSeverity('info'),
  },
  'a mapping, such as {command: …}',
);

const deadman = mapping({
  ...addressOf('https://hc-ping.com/UUID'),
  interval: v.pipe(
    v.optional(duration('10s', '24h'), '60s'),
    v.description('How often it is pinged.'),
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
      { ops: { url: 'https://example.org/hooks/holdfast', minSeverity: 'info' as const } },
    ]),
  ),
  ntfy: v.pipe(
    namedEntries(channelKey, ntfy, 'a mapping of NAME: {url: …}'),
    v.description('Topics of ntfy, by name.'),
    v.examples([{ phone: { urlCredential: 'ntfy-phone', minSeverity: 'warning' as const } }]),
  ),
  commands: v.pipe(
    namedEntries(channelKey, command, 'a mapping of NAME: {command: …}'),
    v.description('Commands to run for alerts, by name.'),
    v.examples([{ log: { command: 'cat >>~/alerts.log', minSeverity: 'warning' as const } }]),
  ),
  deadman: v.pipe(
    v.nullish(deadman),
    v.description(
      'Somebody else who notices when the pings stop: Healthchecks, or what has addresses like it. They stop when Holdfast cannot do its job.',
    ),
    v.examples([{ urlCredential: 'deadman-url', interval: '60s' }]),
  ),
});

/** Of a webhook, a topic, a dead man's switch. */
export type AddressEntry = Pick<v.InferOutput<typeof webhook>, 'url' | 'urlCredential'>;

export type AlertsEntry = v.InferOutput<typeof alerts>;
