import { dirname } from 'node:path';
import t, { type Test } from 'tap';
import type { Verdict } from '../../agent/model/events/incident.ts';
import { attach, keys } from './attached-client.ts';
import { attachControl } from './control-client.ts';
import { type Rig, startRig } from './rig.ts';
import { startServer, tmuxOn } from './tmux.ts';
import { startWitnessChild, whereTraced } from './witness-child.ts';

const config = `
servers:
  main: {}
  friend: {adopt: friend}
sessions:
  looked-at: {command: sleep 10000, restart: false}
`;

const start = async (t: Test): Promise<Rig> => {
  const rig = await startRig(t, { config });
  await rig.up('looked-at');
  return rig;
};

/** The first verdict on the death of a session that names somebody. */
const named = (rig: Rig, session: string): Promise<Verdict> =>
  rig.until(`who ended ${session}`, () => {
    const death = rig.of('session.died').find(({ data }) => data.session === session);
    return rig
      .of('verdict.reached')
      .map(({ data }) => data)
      .find(({ incident, verdict }) => incident === death?.data.incident && verdict.actor)?.verdict;
  });

const victimOn = async (rig: Rig, socket: string, session: string): Promise<void> => {
  await tmuxOn(socket, 'new-session', '-d', '-s', session, 'exec sleep 10001');
  await rig.up(session);
};

t.test('without tracing, the log of the server names who told it', async (t) => {
  const rig = await start(t);
  const friend = rig.ownSocket('friend');
  await startServer(friend, 'pal');

  for (const [socket, session] of [
    [rig.socket(), 'looked-at'],
    [friend, 'pal'],
  ] as const) {
    await rig.up(session);
    const client = await attachControl(t, socket, session);
    const victim = `of-${session}`;
    await victimOn(rig, socket, victim);
    client.tell(`kill-session -t ${victim}`);
    const { cause, confidence, actor, summary, evidence, missing } = await named(rig, victim);
    t.match({ cause, confidence }, { cause: 'tmux-command', confidence: 'likely' });
    t.match(actor, { pid: client.pid, comm: 'tmux: client', cmdline: /-C attach-session/ });
    t.match(actor?.ancestry[0], { pid: process.pid });
    t.ok(summary.endsWith(`: "kill-session -t ${victim}"`), summary);
    t.ok(evidence.some(({ source, text }) => source === 'tmux-log' && text.includes(victim)));
    t.match(missing, [/to the minute/]);
  }
});

t.test('one who pressed a key has a terminal', async (t) => {
  const rig = await start(t);
  await victimOn(rig, rig.socket(), 'by-key');
  await rig.tmux('bind-key', '-n', 'F12', 'kill-session -t by-key');
  const client = await attach(rig.socket(), 'looked-at');
  t.teardown(() => client.type(keys.detach));
  client.type(keys.f12);
  const { actor, summary } = await named(rig, 'by-key');
  t.equal(actor?.pid, client.pid);
  t.match(summary, / at \/dev\/pts\/\d+, by the key F12: "kill-session -t by-key"$/);
});

/** A verdict that the witness was heard for: on a busy machine its answer may come too late for one, which then says so. */
const withWitness = async (rig: Rig, kill: (session: string) => void): Promise<Verdict> => {
  for (const session of ['traced', 'traced-again', 'traced-at-last']) {
    await victimOn(rig, rig.socket(), session);
    kill(session);
    const verdict = await named(rig, session);
    if (verdict.evidence.some(({ source }) => source === 'kernel')) return verdict;
  }
  throw new Error('the witness was never heard in time');
};

t.test('with tracing, a client that does not end with it is named', whereTraced, async (t) => {
  const rig = await start(t);
  const witness = await startWitnessChild(t, dirname(rig.paths.witnessSocket));
  t.equal(witness.socket, rig.paths.witnessSocket);
  const client = await attachControl(t, rig.socket(), 'looked-at');
  const { cause, confidence, actor, evidence } = await withWitness(rig, (session) =>
    client.tell(`kill-session -t ${session}`),
  );
  t.match({ cause, confidence }, { cause: 'tmux-command', confidence: 'likely' });
  t.equal(actor?.pid, client.pid);
  t.match(
    evidence.map(({ source }) => source),
    ['tmux-log', 'kernel'],
  );
  t.equal(evidence.at(-1)?.text, 'logged-client');
});
