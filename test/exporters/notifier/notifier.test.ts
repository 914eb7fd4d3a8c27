import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { homePaths } from '../../../agent/paths.ts';
import type { AgentMethod } from '../../../agent/protocol/agent.ts';
import { startNotifier } from '../../../exporters/notifier/notifier.ts';
import { takeLock } from '../../../exporters/notifier/outbox/lock.ts';
import { type Answers, type FakeAgent, startFakeAgent } from '../../agent/cli/fake-agent.ts';
import { statusOf } from '../../agent/cli/sample.ts';
import { settings, Tale } from './classify/sample-events.ts';
import { until } from './telegram/until.ts';

const answers: Answers = {
  status: () => statusOf(),
  'alert.settings': () => settings,
  'notifier.attach': () => ({}),
  'notifier.report': () => ({}),
  'notifier.record': () => ({}),
};

const rigFor = async (t: Test, more: Answers = {}) => {
  const agent = await startFakeAgent(t, { ...answers, ...more });
  const said: string[] = [];
  const asked = new AbortController();
  let ready = 0;
  const start = () =>
    startNotifier({
      paths: agent.paths,
      env: {},
      say: (level, message, { why } = {}) => said.push(`${level}: ${message}: ${why}`),
      signal: asked.signal,
      onReady: () => {
        ready += 1;
      },
    });
  const isReady = (times: number) =>
    until(
      `ready ${times} times`,
      () => ready === times,
      () => `${ready}, ${said.join('\n')}`,
    );
  return { agent, said, asked, start, isReady };
};

const asks = ({ calls }: FakeAgent, wanted: AgentMethod): number =>
  calls.filter(({ method }) => method === wanted).length;

/** @throws Failure `outbox-in-use` */
const lockOnce = (home: string): void =>
  takeLock(join(homePaths(home).notifierDir, 'outbox.db')).close();

t.test('it has the lock until it has stopped', async (t) => {
  const { agent, said, start, isReady } = await rigFor(t);
  const notifier = await start();
  await isReady(1);
  t.ok(asks(agent, 'notifier.attach'));
  t.throws(() => lockOnce(agent.home), { code: 'outbox-in-use' });
  await notifier.stop();
  lockOnce(agent.home);
  t.same(said, []);
});

t.test('given up before the agent answers it leaves nothing open', async (t) => {
  const { agent, asked, start } = await rigFor(t, {
    status: () => {
      asked.abort();
      throw new Error('not yet');
    },
  });
  await t.rejects(start(), { name: 'AbortError' });
  lockOnce(agent.home);
});

t.test('where a part cannot be opened it leaves nothing open', async (t) => {
  const { agent, start } = await rigFor(t, {
    'alert.settings': () => ({ host: 'vps-1', sessions: {} }) as never,
  });
  await t.rejects(start(), TypeError);
  lockOnce(agent.home);
});

t.test('a secret that changed while the agent was away is noticed, and said once', async (t) => {
  const { agent, said, start, isReady } = await rigFor(t);
  const token = join(agent.home, 'etc/credentials/telegram-token');
  mkdirSync(join(token, '..'), { recursive: true });
  const notifier = await start();
  await isReady(1);
  writeFileSync(token, 'secret');
  chmodSync(token, 0o644);
  agent.drop();
  await isReady(2);
  const bad = () => said.filter((line) => line.includes('token of the Telegram bot'));
  t.match(bad(), [/can be read by everybody/]);

  const tale = new Tale();
  const apply = () =>
    agent.tell(tale.event('config.applied', { hash: '', source: '', sessions: 0, servers: [] }));
  const before = asks(agent, 'alert.settings');
  apply();
  await until(
    'the settings are asked for',
    () => asks(agent, 'alert.settings') > before,
    () => said.join('\n'),
  );
  rmSync(token);
  mkdirSync(token);
  apply();
  await until(
    'another failure is said',
    () => bad().length > 1,
    () => said.join('\n'),
  );
  await notifier.stop();
  t.match(bad(), [/can be read by everybody/, /is no file/]);
  t.equal(bad().length, 2);
});
