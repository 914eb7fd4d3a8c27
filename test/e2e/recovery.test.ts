import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { EventOf } from '../../agent/model/event.ts';
import { startRig } from './rig.ts';
import { eventually } from './sampled.ts';
import { tmuxOn } from './tmux.ts';

/** A server each: what befalls one is no matter of the others. */
const config = `
recovery: {maxRestarts: 10, firstWait: 300ms, longestWait: 2s}
servers: {main: {}, done: {}, sick: {}, broken: {}, ordered: {}}
sessions:
  api:
    command: echo first prompt; sleep 11001
    resumeCommand: echo continued; sleep 11002
    health: {interval: 1s, grace: 0s, failAfter: 1, outOf: 1, screen: {mustMatch: first prompt}}
  done: {server: done, command: sleep 1; exit 0}
  again: {command: read -r line, restart: always}
  sick:
    server: sick
    command: echo login expired; sleep 11007
    resumeCommand: echo well again; sleep 11008
    health: {interval: 1s, grace: 1s, failAfter: 1, outOf: 1, screen: {mustNotMatch: [login expired]}, onFailure: restart}
  broken: {server: broken, command: exit 3, recovery: {maxRestarts: 3}}
  web: {server: ordered, command: sleep 11003, after: [db]}
  db: {server: ordered, command: sleep 11004, after: [cache]}
  cache: {server: ordered, command: sleep 11005}
`;

const rig = await startRig(t, { config });

const decisions = (session: string): string[] =>
  rig
    .of('decision.made')
    .filter(({ data }) => data.target.session === session)
    .map(({ data }) => `${data.decision} ${data.reason}`);

const requests = (session: string): EventOf<'action.requested'>[] =>
  rig.of('action.requested').filter(({ data }) => data.target.session === session);

const statusOf = async (session: string) => {
  const { sessions } = await rig.client.call('status', {});
  return sessions.find((one) => one.session === session);
};

const screenOf = (session: string): Promise<string> =>
  tmuxOn(rig.socket(), 'capture-pane', '-pJ', '-S', '-100', '-t', `=${session}:`);

t.test('what was killed comes back with its screen, and goes on with its work', async (t) => {
  await rig.up('api');
  await eventually('the first screen', async () =>
    (await screenOf('api')).includes('first prompt') ? true : undefined,
  );
  await rig.until('the screen to be known', () =>
    rig.of('health.changed').find(({ data }) => data.session === 'api' && data.to === 'healthy'),
  );
  const pid = Number(
    await tmuxOn(rig.socket(), 'display-message', '-p', '-t', '=api:', '#{pane_pid}'),
  );
  process.kill(pid, 'SIGKILL');
  const screen = await eventually('the new life', async () => {
    const text = await screenOf('api').catch(() => '');
    return text.includes('continued') ? text : undefined;
  });
  t.match(screen, /first prompt\n-- Holdfast: ended \d\d:\d\d:\d\d: .*; back .* --\ncontinued/);
  // The screen is there before the agent knows of the life.
  await rig.until('its supervision', () =>
    rig
      .of('supervision.started')
      .filter(({ data }) => data.session === 'api')
      .at(1),
  );
  t.same(decisions('api'), ['start declared', 'recover died']);
  t.match(await statusOf('api'), { status: 'up', restarts: 1, breaker: 'closed', held: null });
});

t.test('a program that is done stays so, and says why', async (t) => {
  const left = await rig.until('the decision', () =>
    rig.of('decision.made').find(({ data }) => data.decision === 'leave'),
  );
  t.match(left.data, { reason: 'clean-exit', target: { session: 'done' } });
  t.match(await statusOf('done'), { held: { reason: 'clean-exit', until: null } });
  t.equal(requests('done').length, 1);
  const [life] = await rig.up('again');
  await tmuxOn(rig.socket(), 'send-keys', '-t', '=again:', 'Enter');
  await eventually('another life', async () =>
    (await rig.up('again'))[0] === life ? undefined : true,
  );
  t.same(decisions('again'), ['start declared', 'recover exited']);
});

t.test('what fails its checks is ended and started anew, and that is no death', async (t) => {
  await rig.until('the new life', () =>
    rig.of('action.requested').find(({ data }) => {
      const { session } = data.target;
      return session === 'sick' && data.kind === 'session.create' && data.reason === 'unhealthy';
    }),
  );
  t.same(decisions('sick'), ['start declared', 'replace unhealthy', 'recover unhealthy']);
  const ended = rig.of('session.ended').find(({ data }) => data.session === 'sick');
  t.match(ended?.data, { reason: 'replaced' });
  // Looked at before it had printed anything, the first one may have been well, too.
  await rig.until('health', () =>
    rig
      .of('health.changed')
      .filter(({ data }) => data.session === 'sick' && data.life !== ended?.data.life)
      .find(({ data }) => data.to === 'healthy'),
  );
  t.notOk(rig.of('session.died').some(({ data }) => data.session === 'sick'));
  t.match(await statusOf('sick'), { status: 'up', restarts: 1, health: { status: 'healthy' } });
});

t.test('what fails each time is tried as often as declared, and then left', async (t) => {
  await rig.until('the breaker', () =>
    rig.of('decision.made').find(({ data }) => data.decision === 'suspend'),
  );
  const made = decisions('broken');
  t.same(
    made.filter((decision) => !decision.startsWith('wait ')),
    ['start declared', ...Array(3).fill('recover died'), 'suspend too-many-restarts'],
  );
  t.equal(requests('broken').length, 4);
  const restarts = requests('broken')
    .slice(1)
    .map(({ at }) => at);
  const deaths = rig.of('session.died').filter(({ data }) => data.session === 'broken');
  for (const [i, wait] of [0, 240, 480].entries()) {
    t.ok((restarts[i] ?? 0) - (deaths[i]?.at ?? 0) >= wait, `restart ${i + 1} waits`);
  }
  t.match(await statusOf('broken'), { status: 'dead', breaker: 'open', restarts: 3 });
});

t.test('an operator closes the breaker', async (t) => {
  await rig.client.call('session.start', { session: 'broken' }).catch(() => undefined);
  await rig.until('another end', () =>
    rig
      .of('decision.made')
      .filter(({ data }) => data.decision === 'suspend')
      .at(1),
  );
  t.equal(requests('broken').length, 8);
});

t.test('sessions come after those they are declared to come after', async (t) => {
  await rig.up('cache', 'db', 'web');
  const order = rig
    .of('supervision.started')
    .map(({ data }) => data.session)
    .filter((session) => ['cache', 'db', 'web'].includes(session));
  t.same(order, ['cache', 'db', 'web']);
  t.same(decisions('web'), ['wait waits-for-other', 'start declared']);
});

const steps = ['session.died', 'decision.made', 'action.requested'] as const;

const told = (type: (typeof steps)[number]): number =>
  rig.of(type).filter(({ data }) => JSON.stringify(data).includes('"session":"counted"')).length;

t.test(
  'an agent that is killed between decision and action neither forgets nor repeats',
  async (t) => {
    const file = join(rig.home, 'etc/holdfast.yaml');
    const marks = join(rig.home, 'marks');
    const counted = `  counted: {command: "echo $$ >>${marks}; sleep 11006"}\n`;
    writeFileSync(file, `${readFileSync(file, 'utf8')}${counted}`);
    await rig.client.call('config.reload', {});
    const [first] = await rig.up('counted');
    const started = (): number[] =>
      existsSync(marks) ? readFileSync(marks, 'utf8').trim().split('\n').map(Number) : [];
    // Its session may be known before its program has begun.
    await eventually('its program', () => started()[0] || undefined);
    for (let i = 0; i < steps.length; i += 1) {
      const step = steps[i] ?? 'session.died';
      const seen = told(step);
      // Never 0: that is everybody of this test's group.
      process.kill(started().at(-1) || Number.NaN, 'SIGKILL');
      await rig.until(`${step} of the recovery`, () => (told(step) > seen ? true : undefined));
      await rig.agent.kill('SIGKILL');
      await rig.startAgent();
      await eventually('one more life', async () =>
        started().length === i + 2 ? true : undefined,
      );
    }
    const [last] = await rig.up('counted');
    t.not(last, first);
    const panes = await tmuxOn(rig.socket(), 'list-panes', '-a', '-F', '#{session_name}');
    t.equal(panes.split('\n').filter((name) => name === 'counted').length, 1);
  },
);
