import * as v from 'valibot';
import { duration, mapping, wholeNumber } from '../fields.ts';
import { expecting } from '../message.ts';
import { refreshSignals } from '../refresh.ts';
import { isCommand } from '../shapes.ts';
import { patterns } from './screen.ts';

const command = expecting('a command');
const signal = expecting(`one of ${refreshSignals.join(', ')}`);
const ways = 'restart, {command: …} or {signal: …}';

const how = v.union(
  [
    v.picklist(['restart']),
    mapping({
      command: v.pipe(v.string(command), v.maxLength(4000, command), v.check(isCommand, command)),
    }),
    mapping({ signal: v.picklist(refreshSignals, signal) }),
  ],
  expecting(ways),
);

/** When a login is due. @param what has it: `session` or `unit` */
const due = (what: string) => ({
  maxAge: v.pipe(
    v.optional(
      v.union(
        [v.picklist(['never']), duration('1m', '365d')],
        expecting('never, or a duration from 1m to 365d'),
      ),
      '24h',
    ),
    v.description(
      `A login gets no older than this; the default suits WhatsApp Web. Age counts from when the bot says that its login was renewed or made, else from the start of the ${what}. \`never\`: only an expiry that the bot reports${what === 'session' ? ' and `screen` count' : ' counts'}.`,
    ),
  ),
  before: v.pipe(
    v.optional(duration('0s', '30d'), '1h'),
    v.description(
      'It is renewed so long before it runs out; of a login that lasts less than twice as long, at half of its time.',
    ),
  ),
});

/** @param nothing happened then */
const quiet = (nothing: string) =>
  v.pipe(
    v.optional(duration('0s', '24h'), '2m'),
    v.description(
      `It is renewed in a moment when ${nothing} for so long, but no later than it runs out.`,
    ),
  );

/** How often it is tried, and how long. */
const limits = {
  timeout: v.pipe(
    v.optional(duration('1s', '10m'), '1m'),
    v.description('A refresh that has not worked by then has failed.'),
  ),
  maxAttempts: v.pipe(
    v.optional(wholeNumber(1, 20), 3),
    v.description(
      'At most so many refreshes within `window`. When the last of them fails, Holdfast gives up and says so.',
    ),
  ),
  window: v.pipe(
    v.optional(duration('10s', '24h'), '6h'),
    v.description('The time in which refreshes are counted.'),
  ),
  firstWait: v.pipe(
    v.optional(duration('1s', '1h'), '1m'),
    v.description('After a failure it waits so long, after each further one twice as long.'),
  ),
};

/** `refresh` of a session. */
export const sessionRefresh = mapping({
  ...due('session'),
  how: v.pipe(
    v.optional(v.pipe(how, v.title(ways)), 'restart'),
    v.description(
      '`restart`: the session is started anew. `command`: run by /bin/sh in the directory of the session, as its owner; exit status 0 is well. `signal`: HUP, USR1, USR2 or WINCH to the program of the session, if it handles it.',
    ),
    v.examples([{ command: './renew.sh' }, { signal: 'USR1' }]),
  ),
  quiet: quiet('no message came or went and nothing was printed'),
  ...limits,
  screen: v.pipe(
    patterns(),
    v.description('Any of them on the screen means that the login has run out.'),
    v.examples([['(?i)session expired']]),
  ),
});

/** `refresh` of a unit, which has no terminal, and no owner to run a command as. */
export const unitRefresh = mapping({
  ...due('unit'),
  how: v.pipe(
    v.optional(
      v.picklist(
        ['restart'],
        expecting(
          'restart, for a unit has no owner as whom a command could run or a signal be sent',
        ),
      ),
      'restart',
    ),
    v.description('systemd restarts it. Commands and signals are for sessions.'),
  ),
  quiet: quiet('no message came or went'),
  ...limits,
});

export type RefreshEntry = v.InferOutput<typeof sessionRefresh>;
