import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { stringify } from 'yaml';
import type { Config } from '../../../../agent/model/config/config.ts';
import { hashConfig } from '../../../../agent/model/config/hash.ts';
import { parseConfig } from '../../../../agent/model/config/parse.ts';
import { ConfigProblems } from '../../../../agent/model/config/problem.ts';
import { noAlerts } from './sample-alerts.ts';
import { usualRecovery } from './sample-recovery.ts';

const home = '/home/bob';
const main = { kind: 'managed', tmuxConfig: null, owner: null };

const parse = (...texts: string[]) =>
  parseConfig(
    texts.map((text, index) => ({ path: index === 0 ? 'holdfast.yaml' : `s${index}.yaml`, text })),
    { home },
  );
const configOf = (...texts: string[]): Config => parse(...texts).config;

const defaults = {
  servers: { main },
  autoAdopt: false,
  serversAreUnits: false,
  sessions: {},
  log: { level: 'info', sessions: {} },
  retention: { maxAgeMs: 30 * 86_400_000, maxBytes: 256 * 1024 * 1024 },
  recovery: usualRecovery,
  health: { intervalMs: 30_000 },
  alerts: noAlerts,
};

t.test('everything has a default', async (t) => {
  t.same(parse(), { config: defaults, warnings: [] });
  const empty = 'servers:\nsessions:\nlog:\nretention:\nrecovery:\nhealth:\nalerts:\n';
  for (const text of ['', '# nothing\n', '{}', '---\n', '\ufeff', empty]) {
    t.same(parse(text), { config: defaults, warnings: [] }, JSON.stringify(text));
  }
});

const full = `
servers:
  main: {tmuxConfig: ~/tmux.conf}
  empty:
  default: {adopt: default}
  other: {adopt: ~/sock}
adopt: auto
sessions:
  api: {command: "node bot.js", cwd: ~/bot, env: {TZ: UTC, EMPTY: ""}, server: main, restart: false}
  "my bot.1: 'quoted' 😀": {server: empty}
  shell:
log: {level: warn, sessions: {api: debug}}
retention: {maxAge: 24h, maxSize: 1GB}
recovery: {maxRestarts: 0, window: 5m}
health: {interval: 90s}
`;

t.test('every key', async (t) => {
  const plain = { server: 'main', command: null, cwd: null, env: {}, restart: 'on-failure' };
  t.same(configOf(full), {
    servers: {
      main: { kind: 'managed', tmuxConfig: '/home/bob/tmux.conf', owner: null },
      empty: main,
      default: { kind: 'adopted', adopt: 'default', owner: null },
      other: { kind: 'adopted', adopt: '/home/bob/sock', owner: null },
    },
    autoAdopt: true,
    serversAreUnits: false,
    sessions: {
      api: {
        ...{ server: 'main', command: 'node bot.js', cwd: '/home/bob/bot', restart: 'never' },
        env: { TZ: 'UTC', EMPTY: '' },
      },
      "my bot.1: 'quoted' 😀": { ...plain, server: 'empty' },
      shell: plain,
    },
    log: { level: 'warn', sessions: { api: 'debug' } },
    retention: { maxAgeMs: 86_400_000, maxBytes: 1e9 },
    recovery: { ...usualRecovery, maxRestarts: 0, windowMs: 300_000 },
    health: { intervalMs: 90_000 },
    alerts: noAlerts,
  });
});

t.test('importance is there only where it is not normal', async (t) => {
  const session = (text: string) => configOf(`sessions: {a: ${text}}`).sessions['a'] ?? {};
  t.match(session('{importance: high}'), { importance: 'high' });
  for (const text of ['', '{importance: normal}']) t.notOk('importance' in session(text));
});

t.test('limits', async (t) => {
  const limits = (text: string) =>
    configOf(`sessions: {a: {limits: ${text}}}`).sessions['a']?.limits;
  const none = { memoryMax: null, memoryHigh: null, tasksMax: null, cpuWeight: null };
  t.strictSame(limits('{memoryMax: 2GiB, memoryHigh: 1536MiB, tasksMax: 512, cpuWeight: 50}'), {
    ...{ memoryMax: 2 ** 31, memoryHigh: 1536 * 2 ** 20, tasksMax: 512, cpuWeight: 50 },
  });
  t.strictSame(limits('{memoryMax: 64MiB}'), { ...none, memoryMax: 2 ** 26 });
  t.strictSame(limits('{memoryHigh: 1GB, memoryMax: 1GB}'), {
    ...{ ...none, memoryHigh: 1e9, memoryMax: 1e9 },
  });
  t.strictSame(limits('{}'), none);
  t.notOk('limits' in (configOf('sessions: {a: }').sessions['a'] ?? {}), 'no key where none is');
  const wrong = [
    ...['{memoryMax: 1023KiB}', '{memoryMax: max}', '{memoryMax: 2TiB}', '{memoryMax: -1GiB}'],
    ...['{tasksMax: 0}', '{tasksMax: 1.5}', '{cpuWeight: 10001}', '{cpu: 50}', '[]', '512MiB'],
    '{memoryMax: 1GiB, memoryHigh: 1025MiB}',
  ];
  for (const text of wrong) t.throws(() => limits(text), { name: 'ConfigFailure' }, text);
  const hash = (text: string) => hashConfig(configOf(`sessions: {a: {limits: ${text}}}`));
  t.equal(hash('{memoryMax: 1GiB}'), hash('{memoryMax: 1024MiB}'));
  t.not(hash('{memoryMax: 1GiB}'), hash('{memoryMax: 2GiB}'));
});

t.test('main is there by itself while nothing else is managed', async (t) => {
  const servers = (text: string) => Object.keys(configOf(text).servers).sort();
  t.same(servers('adopt: [default, work]'), ['default', 'main', 'work']);
  t.same(servers('servers: {default: {adopt: default}}'), ['default', 'main']);
  t.same(servers('servers: {bots: {}}'), ['bots']);
  t.same(servers('servers: {main: {adopt: default}}'), ['main']);
  t.same(servers('adopt: [main]'), ['main']);
  t.same(servers('adopt: [constructor]'), ['constructor', 'main']);
});

t.test('adopt: a word or a list', async (t) => {
  t.match(configOf('adopt: auto'), { autoAdopt: true, servers: { main } });
  t.match(configOf('adopt: none'), { autoAdopt: false });
  t.match(configOf('adopt: [work]'), {
    autoAdopt: false,
    serversAreUnits: false,
    servers: { work: { kind: 'adopted', adopt: 'work', owner: null } },
  });
  const both = 'adopt: [default]\nservers: {default: {adopt: default}}';
  t.same(configOf(both).servers['default'], { kind: 'adopted', adopt: 'default', owner: null });
});

t.test('only ~/ at the start means home', async (t) => {
  const cwd = (text: string) => configOf(`sessions: {a: {cwd: ${text}}}`).sessions['a']?.cwd;
  t.equal(cwd('~/a/~/b'), '/home/bob/a/~/b');
  t.equal(cwd('~/'), '/home/bob/');
  t.equal(cwd('/srv/$HOME/~'), '/srv/$HOME/~');
  const { config } = parseConfig([{ path: 'a', text: 'sessions: {a: {cwd: ~/x}}' }], { home: '/' });
  t.equal(config.sessions['a']?.cwd, '/x');
});

t.test('the sessions of all files', async (t) => {
  const files = ['sessions: {a: }', 'sessions: {b: {command: x}}', '', 'sessions:\n  c: {}\n'];
  t.same(Object.keys(configOf(...files).sessions), ['a', 'b', 'c']);
});

t.test('keys that look like numbers and words of YAML are names', async (t) => {
  const { sessions } = configOf('sessions: {1: , 1.50: , true: , null: , 2026-01-01: }');
  t.same(new Set(Object.keys(sessions)), new Set(['1', '1.50', 'true', 'null', '2026-01-01']));
});

t.test('aliases work, an older YAML does not come back', async (t) => {
  const { sessions } = configOf('sessions: {a: &x {cwd: /srv}, b: *x}');
  t.same(sessions['b'], sessions['a']);
  t.throws(() => configOf('%YAML 1.1\n---\nsessions: {a: {restart: yes}}'), {
    name: 'ConfigFailure',
  });
});

t.test('names with a slip, and variables tmux sets itself, are worth a warning', async (t) => {
  const { warnings } = parse(
    'sessions: {api: {env: {TMUX: x, TMUX_PANE: y}}}\nlog: {sessions: {apl: debug, theirs: warn, api: info}}',
  );
  t.same(warnings, [
    'log.sessions.apl: no session of this name is declared; did you mean api?',
    'sessions.api.env.TMUX: tmux sets this itself',
    'sessions.api.env.TMUX_PANE: tmux sets this itself',
  ]);
});

t.test('names may be alike in tmux on different servers', async (t) => {
  const text = 'servers: {main: , bots: }\nsessions: {a.b: , "a:b": {server: bots}}';
  t.equal(Object.keys(configOf(text).sessions).length, 2);
});

t.test('the hash is that of the meaning', async (t) => {
  const hash = hashConfig(configOf(full));
  t.match(hash, /^[0-9a-f]{64}$/);
  t.equal(hash, hashConfig(configOf(full.replace('24h', '1d').replace('5m', '300s'))));
  t.equal(hash, hashConfig(configOf(`# a word\n${full}`)));
  const lines = full.trim().split('\n');
  const health = lines.slice(-1);
  t.equal(hash, hashConfig(configOf([...health, ...lines.slice(0, -1)].join('\n'))));
  t.not(hash, hashConfig(configOf(full.replace('24h', '25h'))));
  t.not(hash, hashConfig(configOf(full.replace('restart: false', 'restart: true'))));
});

const socketName = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
const printable = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((text) => text.trim() !== '' && !/[\p{C}\p{Zl}\p{Zp}]/u.test(text))
  .filter((text) => !(text in {}) && text !== 'prototype');
const session = fc.record(
  {
    command: printable,
    cwd: printable.map((text) => `/${text}`),
    env: fc.dictionary(fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,9}$/), fc.string(), { maxKeys: 3 }),
    restart: fc.oneof(fc.boolean(), fc.constantFrom('always', 'on-failure', 'never')),
  },
  { requiredKeys: [] },
);
const document = fc.record(
  {
    adopt: fc.oneof(fc.constantFrom('auto', 'none'), fc.uniqueArray(socketName, { maxLength: 3 })),
    sessions: fc
      .uniqueArray(printable, { selector: (name) => name.replace(/[.:]/g, '_'), maxLength: 4 })
      .chain((names) => fc.tuple(fc.constant(names), fc.array(session, { minLength: 4 })))
      .map(([names, made]) => Object.fromEntries(names.map((name, i) => [name, made[i] ?? {}]))),
  },
  { requiredKeys: [] },
);

const restartOf = (restart: boolean | string = true): string => {
  if (typeof restart === 'string') return restart;
  return restart ? 'on-failure' : 'never';
};

t.test('what is written comes back', async (t) => {
  fc.assert(
    fc.property(document, ({ adopt, sessions = {} }) => {
      if (typeof adopt === 'object' && adopt.includes('main')) return;
      const { config } = parse(stringify({ adopt: adopt ?? 'none', sessions }));
      assert.deepEqual(Object.keys(config.sessions).sort(), Object.keys(sessions).sort());
      for (const [name, { command, cwd, env, restart }] of Object.entries(sessions)) {
        assert.deepEqual(config.sessions[name], {
          ...{ server: 'main', command: command ?? null, cwd: cwd ?? null },
          ...{ env: { ...env }, restart: restartOf(restart) },
        });
      }
    }),
  );
  t.pass();
});

/** Whatever it is given, a configuration comes out or a report does. */
const isCalm = (first: string, second: string): void => {
  try {
    parse(first, second);
  } catch (error) {
    assert.ok(error instanceof ConfigProblems, String(error));
    assert.ok(error.problems.length > 0);
    for (const { line } of error.problems) assert.ok(line === undefined || line >= 1);
  }
};

t.test('any text gives a configuration or a report', async (t) => {
  const scrap = fc.constantFrom(
    ...[
      'sessions:',
      'servers:',
      'adopt:',
      'env:',
      'cwd:',
      'a',
      '{',
      '}',
      '[',
      ']',
      ',',
      ': ',
      '- ',
    ],
    ...['\n', '\n  ', '\n    ', '"', "'", '&a ', '*a', '!t ', '|', '#', '%', '? ', '~', '1', '\t'],
    ...['__proto__: ', 'constructor: ', '<<: ', '\0', '\ud800', '\u2028', '---\n', '...'],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(scrap, { maxLength: 40 }).map((parts) => parts.join('')),
  );
  fc.assert(fc.property(text, text, isCalm), { numRuns: 300 });
  t.pass();
});

t.test('any data gives a configuration or a report', async (t) => {
  const key = fc.constantFrom(
    ...['servers', 'adopt', 'sessions', 'log', 'level', 'env', 'cwd', 'command', 'main', 'window'],
    ...['recovery', 'health', 'interval', 'retention', 'maxAge', 'tmuxConfig', 'server', 'x.y'],
  );
  const { tree } = fc.letrec((tie) => ({
    leaf: fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
    tree: fc.oneof(
      { depthSize: 'small' },
      tie('leaf'),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(key, tree), tree, (first, second) =>
      isCalm(stringify(first), stringify(second)),
    ),
    { numRuns: 300 },
  );
  t.pass();
});

t.test('a server called as what every object has is not declared by that', async (t) => {
  for (const name of ['constructor', 'toString', 'valueOf']) {
    t.throws(() => parse(`sessions: {bot: {server: ${name}}}`), name);
  }
});
