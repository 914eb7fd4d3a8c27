import * as v from 'valibot';
import { compilePattern, maxPatternLength } from '../../screen-pattern.ts';
import { severities } from '../../severity.ts';
import { duration, mapping, size, wholeNumber, yesOrNo } from '../fields.ts';
import type { SessionHealth } from '../health.ts';
import { expecting } from '../message.ts';
import { isCommand } from '../shapes.ts';

const why = (input: unknown): string | null =>
  typeof input === 'string' ? compilePattern(input).problem : null;

const expectedPattern = 'a pattern of RE2: no backreferences, no looking around, not too long';

const pattern = () =>
  v.pipe(
    v.string(expecting(expectedPattern)),
    v.check((text) => why(text) === null, expecting(expectedPattern, why)),
    v.title(`a pattern of RE2, at most ${maxPatternLength} characters`),
  );

const asList = (input: unknown) =>
  typeof input === 'string' ? `write it as a list: [${JSON.stringify(input).slice(0, 60)}]` : null;

const patterns = () => {
  const expected = expecting('a list of at most 20 patterns', asList);
  return v.pipe(
    v.optional(v.pipe(v.array(pattern(), expected), v.maxLength(20, expected)), []),
    v.title('a list of patterns'),
  );
};

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

const onThisMachine = (text: string): boolean => {
  const url = URL.parse(text);
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  );
};

const address = expecting('an address that begins with http:// or https://, without a password');

const within = v.pipe(
  duration('1s', '30d'),
  v.description('Nothing for longer than this is a failure.'),
);

const output = v.pipe(
  mapping({ within }),
  v.description('Something is printed. It does not count while the screen waits for a person.'),
);

const screen = v.pipe(
  mapping({
    lines: v.pipe(
      v.optional(wholeNumber(1, 200), 24),
      v.description('So many of the last lines are looked at.'),
    ),
    mustMatch: v.pipe(
      v.optional(pattern()),
      v.description('Missing, it is a failure.'),
      v.examples(['^> ']),
    ),
    mustNotMatch: v.pipe(
      patterns(),
      v.description('Any of them is a failure.'),
      v.examples([['(?i)login expired', '(?i)session expired']]),
    ),
    degraded: v.pipe(
      patterns(),
      v.description('Any of them means that it works, and not well.'),
      v.examples([['(?i)rate limit']]),
    ),
    waiting: v.pipe(
      patterns(),
      v.description('Any of them means that it waits for a person, which is no failure.'),
      v.examples([['Do you want to proceed\\?']]),
    ),
  }),
  v.description('What the screen says.'),
);

const http = v.pipe(
  mapping({
    url: v.pipe(
      v.string(address),
      v.maxLength(2000, address),
      v.check(onThisMachine, address),
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
} satisfies Record<keyof SessionHealth['checks'], v.GenericSchema>;

/** `health` of a session. */
export const sessionHealth = mapping({
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
  waitingSeverity: v.pipe(
    v.optional(v.picklist(severities, expecting(`one of ${severities.join(', ')}`)), 'warning'),
    v.description('How serious an alert is that says that it waits for a person.'),
  ),
  ...checks,
});

export type HealthEntry = v.InferOutput<typeof sessionHealth>;
