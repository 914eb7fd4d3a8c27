import t from 'tap';
import { parseConfig } from '../../../../agent/model/config/parse.ts';
import { ConfigProblems, type Problem } from '../../../../agent/model/config/problem.ts';

const parse = (health: string) =>
  parseConfig(
    [{ path: 'holdfast.yaml', text: `sessions:\n  api: {cwd: ~/api, health: ${health}}\n` }],
    { home: '/home/ada' },
  ).config.sessions['api']?.health;

const problemsOf = (health: string): readonly Problem[] => {
  try {
    parse(health);
    return [];
  } catch (cause) {
    if (cause instanceof ConfigProblems) return cause.problems;
    throw cause;
  }
};

t.test('only what is named is checked, at a pace of its own', (t) => {
  t.strictSame(parse('{}'), {
    ...{ intervalMs: 10_000, graceMs: 30_000, failAfter: 3, outOf: 5, onFailure: 'notify' },
    waitingSeverity: 'warning',
    checks: {},
  });
  t.equal(
    parseConfig([{ path: 'x', text: 'sessions: {api: {}}' }], { home: '/' }).config.sessions['api']
      ?.health,
    undefined,
  );
  t.end();
});

t.test('every check, with its units turned into numbers', (t) => {
  const health = parse(`{
      interval: 1m, onFailure: restart, output: {within: 15m}, tcp: {port: 8080}, shell: true,
      screen: {mustMatch: '^> ', mustNotMatch: [expired], degraded: [slow], waiting: ['ok\\?']},
      http: {url: 'http://127.0.0.1:8080/health'}, command: {run: ./check.sh},
      memory: {degraded: 1GiB}, cpu: {failed: 1.5}, pressure: {of: io, degraded: 20},
      heartbeat: {within: 60s}, messages: {within: 30m},
      canary: {run: ./send.sh, timeout: 90s, expect: answered, bot: rain,
        hours: {from: '08:00', to: '22:00', days: 'fri-mon, wed', timezone: Europe/Rome}}}`);
  t.strictSame(health, {
    ...{ intervalMs: 60_000, graceMs: 30_000, failAfter: 3, outOf: 5, onFailure: 'restart' },
    waitingSeverity: 'warning',
    checks: {
      output: { withinMs: 900_000 },
      screen: {
        ...{ lines: 24, mustNotMatch: ['expired'], degraded: ['slow'], waiting: ['ok\\?'] },
        mustMatch: '^> ',
      },
      http: { url: 'http://127.0.0.1:8080/health', status: 200, timeoutMs: 5000 },
      tcp: { host: '127.0.0.1', port: 8080, timeoutMs: 2000 },
      command: { run: './check.sh', cwd: '/home/ada/api', timeoutMs: 10_000 },
      shell: true,
      memory: { degraded: 2 ** 30, failed: null },
      cpu: { degraded: null, failed: 1.5 },
      pressure: { of: 'io', degraded: 20, failed: null },
      heartbeat: { withinMs: 60_000 },
      messages: { withinMs: 1_800_000, atLeast: 1, hours: null, bot: null },
      canary: {
        ...{ run: './send.sh', cwd: '/home/ada/api', expect: 'answered' },
        ...{ everyMs: 900_000, timeoutMs: 90_000 },
        hours: { from: 480, to: 1320, days: [0, 1, 3, 5, 6], timezone: 'Europe/Rome' },
        bot: 'rain',
      },
    },
  });
  t.end();
});

const wrong: Record<string, [path: string, expected: RegExp]> = {
  '{screen: {mustMatch: "(a)\\\\1"}}': ['screen.mustMatch', /no backreferences/],
  '{screen: {mustNotMatch: [fine, "a(?=b)"]}}': ['screen.mustNotMatch[1]', /no looking around/],
  '{screen: {waiting: "ok"}}': ['screen.waiting', /a list/],
  '{screen: {}}': ['screen', /one of mustMatch/],
  '{failAfter: 6}': ['failAfter', /at most outOf, which is 5/],
  '{http: {url: "ftp://x/"}}': ['http.url', /http:/],
  '{http: {url: "http://ada:secret@x/"}}': ['http.url', /without a password/],
  '{tcp: {port: 0}}': ['tcp.port', /from 1 to 65535/],
  '{tcp: {port: 1, host: "a b"}}': ['tcp.host', /a name or an address/],
  '{command: {run: ""}}': ['command.run', /a command/],
  '{output: {}}': ['output.within', /a value/],
  '{memory: {degraded: 100}}': ['memory.degraded', /a size/],
  '{cpu: {degraded: -1}}': ['cpu.degraded', /a number from 0/],
  '{messages: {within: 14h, hours: {from: "08:00", to: "22:00"}}}': [
    'messages.within',
    /less than its hours last, which is 14h/,
  ],
  '{messages: {within: 1m, hours: {days: mon-fry}}}': ['messages.hours.days', /days as mon/],
  '{messages: {within: 1m, hours: {days: mon-tue-wed}}}': ['messages.hours.days', /days as mon/],
  '{messages: {within: 1m, hours: {from: 8}}}': ['messages.hours.from', /a time of day/],
  '{canary: {run: "", hours: {timezone: UTC}}}': ['canary.run', /a command/],
  '{canary: {run: x, expect: read}}': ['canary.expect', /received or answered/],
  '{outptu: {}}': ['outptu', /one of/],
};

for (const [health, [path, expected]] of Object.entries(wrong)) {
  t.test(`wrong: ${health}`, (t) => {
    const [problem, ...more] = problemsOf(health);
    t.equal(problem?.path, `sessions.api.health.${path}`);
    t.match(problem?.expected, expected);
    t.strictSame(more, []);
    t.end();
  });
}

t.test('why a pattern is none is a hint', (t) => {
  t.match(problemsOf('{screen: {mustMatch: "(open"}}'), [{ hint: /missing closing/ }]);
  t.end();
});
