import fc from 'fast-check';
import t from 'tap';
import { parseConfig } from '../../../../agent/model/config/parse.ts';
import { ConfigProblems } from '../../../../agent/model/config/problem.ts';
import { unitName } from '../../../../agent/model/config/shapes.ts';
import { isOurs } from '../../../../agent/model/config/unit-names.ts';
import { usualRecovery } from './sample-recovery.ts';

const parse = (units: string, more = '') =>
  parseConfig([{ path: 'holdfast.yaml', text: `units: ${units}\n${more}` }], { home: '/' }).config;

const problemsOf = (units: string, more = ''): string[] => {
  try {
    parse(units, more);
    return [];
  } catch (cause) {
    if (!(cause instanceof ConfigProblems)) throw cause;
    return cause.problems.map(({ path, got, expected }) => `${path}: ${got}: ${expected}`);
  }
};

t.test('a unit is named by what it is declared as, unless it says otherwise', async (t) => {
  t.strictSame(parse('{gateway: }').units, { gateway: { unit: 'gateway.service' } });
  t.strictSame(parse('{gateway: {unit: telegram-gateway@a.b.service}}').units, {
    gateway: { unit: 'telegram-gateway@a.b.service' },
  });
  t.equal(parse('').units, undefined);
});

t.test('its health is what needs no terminal, and its restarts have a policy', async (t) => {
  const health = '{onFailure: restart, heartbeat: {within: 60s}, memory: {failed: 1GiB}}';
  const { units } = parse(`{gateway: {health: ${health}, recovery: {maxRestarts: 2}}}`);
  t.strictSame(units?.['gateway'], {
    unit: 'gateway.service',
    health: {
      ...{ intervalMs: 10_000, graceMs: 30_000, failAfter: 3, outOf: 5, onFailure: 'restart' },
      waitingSeverity: 'warning',
      checks: { memory: { degraded: null, failed: 2 ** 30 }, heartbeat: { withinMs: 60_000 } },
    },
    recovery: {
      maxRestarts: 2,
      windowMs: usualRecovery.windowMs,
      firstWaitMs: usualRecovery.firstWaitMs,
      longestWaitMs: usualRecovery.longestWaitMs,
      steadyAfterMs: usualRecovery.steadyAfterMs,
      probeAfterMs: usualRecovery.probeAfterMs,
    },
  });
  t.match(parse('{gateway: {health: {http: {url: http://127.0.0.1/}, tcp: {port: 80}}}}').units, {
    gateway: { health: { checks: { http: { status: 200 }, tcp: { port: 80 } } } },
  });
  for (const check of ['screen', 'output', 'shell', 'command', 'canary', 'waitingSeverity']) {
    t.match(problemsOf(`{gateway: {health: {${check}: true}}}`), [RegExp(`health.${check}: `)]);
  }
  t.match(problemsOf('{gateway: {health: {failAfter: 3, outOf: 2}}}'), [/failAfter: 3: at most/]);
  const hours = 'hours: {from: "08:00", to: "10:00", days: mon-fri}';
  const messages = (within: string) =>
    `{gateway: {health: {messages: {within: ${within}, ${hours}}}}}`;
  t.match(parse(messages('1h')).units?.['gateway']?.health?.checks, {
    messages: { withinMs: 3_600_000, atLeast: 1, bot: null },
  });
  t.match(problemsOf(messages('2h')), [
    /^units\.gateway\.health\.messages\.within: "2h": less than its hours last, which is 2h$/,
  ]);
});

t.test('its login is renewed as that of a session, by a restart alone', async (t) => {
  const session = parse('', 'sessions: {web: {refresh: {maxAge: 7d, timeout: 2m}}}').sessions;
  t.strictSame(
    parse('{gateway: {refresh: {maxAge: 7d, timeout: 2m}}}').units?.['gateway']?.refresh,
    session['web']?.refresh,
  );
  for (const how of ['{command: ./renew}', '{signal: HUP}', 'reload']) {
    t.match(problemsOf(`{gateway: {refresh: {how: ${how}}}}`), [
      /^units\.gateway\.refresh\.how: .*: restart, for a unit has no owner as whom/,
    ]);
  }
  t.match(problemsOf('{gateway: {refresh: {screen: [x]}}}'), [/refresh\.screen: /]);
  t.match(problemsOf('{gateway: {refresh: {timeout: 1m, window: 30s}}}'), [
    /^units\.gateway\.refresh\.window: 30s: more than timeout, which is 1m$/,
  ]);
});

t.test('one unit, one name, and no name of a session', async (t) => {
  const session = 'sessions: {gateway: {}}\n';
  t.match(problemsOf('{gateway: }', session), [/units\.gateway: .*which is a session/]);
  t.match(problemsOf('{a: {unit: b.service}, b: }'), [
    /units\.b: b\.service, which "a" is already/,
  ]);
});

t.test('units of ours, and what a machine stands on, are refused', async (t) => {
  for (const name of [
    ...['holdfast-agent', 'holdfast-tmux@deploy', 'ssh', 'sshd', 'systemd-journald', 'dbus'],
    ...['dbus-broker', 'polkit', 'getty@tty1', 'user@1000', 'NetworkManager', 'cron'],
  ]) {
    const problems = problemsOf(`{bot: {unit: ${name}.service}}`);
    t.match(problems, [/units\.bot\.unit: .*a unit of your own/], name);
  }
  t.match(problemsOf('{ssh: }'), [/units\.ssh: "ssh\.service"/]);
  t.equal(isOurs('telegram-gateway.service'), false);
});

t.test('only services, by names that mean nothing anywhere', async (t) => {
  for (const name of [
    ...['a.socket', 'a.timer', 'init.scope', 'a@.service', '-a.service', 'a b.service', '.service'],
    ...['a\\x2d.service', 'a.service/..', '../a.service', 'a;b.service', 'a', 'ä.service'],
  ]) {
    t.equal(problemsOf(JSON.stringify({ bot: { unit: name } })).length, 1, name);
  }
  for (const name of ['a b', '-a', 'a/b', 'a.', `a${'b'.repeat(100)}`, '"', 'ä']) {
    t.equal(problemsOf(JSON.stringify({ [name]: {} })).length > 0, true, name);
  }
});

t.test('a name that is taken needs no quotes in a rule of polkit', async (t) => {
  fc.assert(
    fc.property(fc.stringMatching(unitName), (name) => JSON.stringify(name) === `"${name}"`),
  );
  t.pass();
});
