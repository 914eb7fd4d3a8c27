import * as v from 'valibot';
import { severities } from '../../severity.ts';
import { duration, mapping, textLike, yesOrNo } from '../fields.ts';
import { expecting } from '../message.ts';
import { credentialName, isCommand, serverName } from '../shapes.ts';
import { isWebAddress } from '../web-address.ts';

export const channelKey = v.pipe(
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

/** What is on a screen leaves the machine where somebody wants that. */
const screens = () =>
  v.pipe(
    v.optional(yesOrNo(), false),
    v.description('Whether alerts have the last lines of screens there, redacted.'),
  );

export const telegram = mapping({
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

export const webhook = mapping({
  ...addressOf('https://example.org/hooks/holdfast'),
  secretCredential: v.pipe(
    v.optional(credential()),
    v.description(
      'The credential that holds the key of the signature (Standard Webhooks, `whsec_…`).',
    ),
  ),
  minSeverity: minSeverity('info'),
  screens: screens(),
});

export const ntfy = mapping({
  ...addressOf('https://ntfy.sh/TOPIC'),
  tokenCredential: v.pipe(
    v.optional(credential()),
    v.description('The credential that holds an access token, for a topic that needs one.'),
  ),
  minSeverity: minSeverity('warning'),
  screens: screens(),
});

export const command = mapping(
  {
    command: v.pipe(
      v.string(expecting('a command')),
      v.check(isCommand, expecting('a command')),
      v.description('Run by /bin/sh for each alert, which is on its standard input, as JSON.'),
      v.examples(['cat >>~/alerts.log']),
    ),
    minSeverity: minSeverity('info'),
    screens: screens(),
  },
  'a mapping, such as {command: …}',
);

export const deadman = mapping({
  ...addressOf('https://hc-ping.com/UUID'),
  interval: v.pipe(
    v.optional(duration('10s', '24h'), '60s'),
    v.description('How often it is pinged.'),
  ),
});

/** Of a webhook, a topic, a dead man's switch. */
export type AddressEntry = Pick<v.InferOutput<typeof webhook>, 'url' | 'urlCredential'>;
