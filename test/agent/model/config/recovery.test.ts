import t from 'tap';
import { parseConfig } from '../../../../agent/model/config/parse.ts';
import { usualRecovery } from './sample-recovery.ts';

const parse = (text: string) =>
  parseConfig([{ path: 'holdfast.yaml', text }], { home: '/home/bob', perOwner: false });

t.test('a session has the policy of all, but for what it says itself', async (t) => {
  const { config } = parse(`
recovery: {maxRestarts: 7, longestWait: 2m, probeAfter: never, atOnce: 3}
sessions:
  plain: {restart: true}
  own: {restart: always, recovery: {window: 24h, probeAfter: 1h}, after: [plain], resumeCommand: go on}
  empty: {restart: false, after: []}
`);
  const forAll = { ...usualRecovery, maxRestarts: 7, longestWaitMs: 120_000, probeAfterMs: null };
  t.strictSame(config.recovery, { ...forAll, atOnce: 3 });
  const { atOnce: _, ...policy } = forAll;
  t.match(config.sessions['own'], {
    ...{ restart: 'always', after: ['plain'], resumeCommand: 'go on' },
    // Sooner a probe would be one restart too many within the window.
    recovery: { ...policy, windowMs: 86_400_000, probeAfterMs: 86_400_000 },
  });
  t.match(config.sessions['plain'], { restart: 'on-failure' });
  const { empty = {} } = config.sessions;
  t.match(empty, { restart: 'never' });
  t.notOk('after' in empty || 'recovery' in empty || 'resumeCommand' in empty);
});

t.test('a breaker that never opens is told of', async (t) => {
  const warnings = (text: string) => parse(text).warnings;
  t.strictSame(warnings('recovery: {maxRestarts: 20}'), [
    'recovery.window: 20 restarts wait longer than 10m: what always fails is tried for ever',
  ]);
  t.match(warnings('sessions: {a: {recovery: {window: 5s}}}'), [
    /^sessions\.a\.recovery\.window: 5/,
  ]);
  for (const fine of [
    '',
    'recovery: {maxRestarts: 0}',
    'sessions: {a: {recovery: {window: 1h}}}',
  ]) {
    t.strictSame(warnings(fine), [], fine);
  }
});
