import * as v from 'valibot';
import { severities } from '../../severity.ts';
import { duration, mapping, size, wholeNumber, yesOrNo } from '../fields.ts';
import type { SessionHealth } from '../health.ts';
import { expecting } from '../message.ts';
import { isCommand } from '../shapes.ts';
import { isWebAddress } from '../web-address.ts';
import { canary, messages } from './messages.ts';
import { screen } from './screen.ts';

const fraction = (to: number) => {
  const title = `a number from 0 to ${to}`;
  const expected = expecting(title);
  return v.pipe(
    v.number(expected),
    v.minValue(0, expected),
    v.maxValue(to, expected),
    v.title(title),
  );
};

/** The link is asked to wait no longer. */
const timeout = (byDefault: string) =>
  v.pipe(
    v.optional(duration('100ms', '30s'), byDefault),
    v.description('An answer that takes longer is a failure.'),
  );

const address = expecting('an address that begins with http:// or https://, without a password');

const within = v.pipe(
  duration('1s', '30d'),
  v.description('Nothing for longer than this is a failure.'),
);

const output = v.pipe(
  mapping({ within }),
  v.description('Something is printed. It does not count while the screen waits for a person.'),
);

const http = v.pipe(
  mapping({
    url: v.pipe(
      v.string(address),
      v.maxLength(2000, address),
      v.check(isWebAddress, address),
      v.description('It is asked with GET; a redirect is followed within the same origin.'),
      v.examples(['http://127.0.0.1:8080/health']),
    ),
    status: v.pipe(
      v.optional(wholeNumber(100, 599), 200),
      v.description('The answer it has to give.'),
    ),
    timeout: timeout('5s'),
  }),
  v.description('An HTTP server answers.'),
);

const host = expecting('a name or an address of a machine');

const tcp = v.pipe(
  mapping({
    port: v.pipe(wholeNumber(1, 65_535), v.description('Where it listens.')),
    host: v.pipe(
      v.optional(v.pipe(v.string(host), v.regex(/^[\w.:-]{1,253}$/, host)), '127.0.0.1'),
      v.description('On which machine.'),
    ),
    timeout: timeout('2s'),
  }),
  v.description('Somebody takes connections on a port.'),
);

const run = expecting('a command');

const command = v.pipe(
  mapping({
    run: v.pipe(
      v.string(run),
      v.maxLength(4000, run),
      v.check(isCommand, run),
      v.description(
        'Run by /bin/sh in the directory of the session, as its owner. Exit status 0 is well, 1 degraded, anything else a failure, as with Nagios and Consul; the first line it prints is the reason.',
      ),
      v.examples(['./check.sh']),
    ),
    timeout: timeout('10s'),
  }),
  v.description('A command of yours says so.'),
);

const thresholds = <V extends v.GenericSchema>(value: () => V) => ({
  degraded: v.pipe(v.optional(value()), v.description('From here on it is degraded.')),
  failed: v.pipe(v.optional(value()), v.description('From here on it has failed.')),
});

/** A key without a field in `SessionHealth` does not compile, nor the other way round. */
const checks = {
  output: v.optional(output),
  screen: v.optional(screen),
  http: v.optional(http),
  tcp: v.optional(tcp),
  command: v.optional(command),
  shell: v.pipe(
    v.optional(yesOrNo(), false),
    v.description('An interactive shell where the program should be is a failure.'),
  ),
  memory: v.pipe(
    v.optional(mapping(thresholds(() => size('1MiB', '1TiB')))),
    v.description('Resident memory of all its processes.'),
    v.examples([{ degraded: '1GiB', failed: '2GiB' }]),
  ),
  cpu: v.pipe(
    v.optional(mapping(thresholds(() => fraction(1024)))),
    v.description('Processors it uses: 1 is one of them, whole.'),
    v.examples([{ degraded: 0.9 }]),
  ),
  pressure: v.pipe(
    v.optional(
      mapping({
        of: v.pipe(
          v.optional(v.picklist(['cpu', 'memory', 'io'], expecting('cpu, memory or io')), 'memory'),
          v.description('What is short.'),
        ),
        ...thresholds(() => fraction(100)),
      }),
    ),
    v.description(
      'Share of the last ten seconds in which something on the machine had to wait for it, in percent (`some avg10`).',
    ),
    v.examples([{ of: 'memory', degraded: 20 }]),
  ),
  heartbeat: v.pipe(
    v.optional(mapping({ within })),
    v.description('A bot that says that it lives does so.'),
  ),
  messages: v.optional(messages),
  canary: v.optional(canary),
} satisfies Record<keyof SessionHealth['checks'], v.GenericSchema>;

/** When it is looked at, and what follows. */
export const looks = {
  interval: v.pipe(
    v.optional(duration('1s', '1h'), '10s'),
    v.description('How often it is looked at.'),
  ),
  grace: v.pipe(
    v.optional(duration('0s', '24h'), '30s'),
    v.description('After a start nothing counts for so long.'),
  ),
  failAfter: v.pipe(
    v.optional(wholeNumber(1, 20), 3),
    v.description('So many looks have to agree before anything changes, for better or worse,'),
  ),
  outOf: v.pipe(v.optional(wholeNumber(1, 20), 5), v.description('out of so many of the last.')),
  onFailure: v.pipe(
    v.optional(v.picklist(['restart', 'notify'], expecting('restart or notify')), 'notify'),
    v.description('`restart`: what failed is ended and started again. `notify`: people are told.'),
  ),
};

/** What needs neither a terminal nor an owner: a unit has it, too. */
export const unitChecks = {
  http: checks.http,
  tcp: checks.tcp,
  memory: checks.memory,
  cpu: checks.cpu,
  heartbeat: checks.heartbeat,
  messages: checks.messages,
};

/** `health` of a session. */
export const sessionHealth = mapping({
  ...looks,
  waitingSeverity: v.pipe(
    v.optional(v.picklist(severities, expecting(`one of ${severities.join(', ')}`)), 'warning'),
    v.description('How serious an alert is that says that it waits for a person.'),
  ),
  ...checks,
});

export type HealthEntry = v.InferOutput<typeof sessionHealth>;
