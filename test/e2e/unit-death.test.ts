import { dirname } from 'node:path';
import t from 'tap';
import { deathsOf } from '../../agent/model/death-in.ts';
import type { Verdict } from '../../agent/model/events/incident.ts';
import type { UnitLine } from '../../agent/model/status/unit-line.ts';
import { startFakeSystemd } from './fake-systemctl.ts';
import { type Rig, startRig } from './rig.ts';
import { eventually } from './sampled.ts';
import { run } from './witness/killers.ts';
import { startWitnessChild, whereTraced } from './witness-child.ts';

const unit = 'voice-gateway.service';

const killed = {
  ...{ ActiveState: 'activating', SubState: 'auto-restart', Result: 'signal' },
  ...{ ExecMainCode: '2', ExecMainStatus: '9' },
};

const unitThat = (rig: Rig, what: string, is: (one: UnitLine) => boolean): Promise<UnitLine> =>
  eventually(`the unit that ${what}`, async () => {
    const [one] = (await rig.client.call('status', {})).units ?? [];
    return one && is(one) ? one : undefined;
  });

const start = async (t: Parameters<typeof startRig>[0]) => {
  const systemd = startFakeSystemd(t, unit);
  const config = JSON.stringify({ units: { voice: { unit } } });
  const rig = await startRig(t, { config, env: systemd.env, link: false });
  await unitThat(rig, 'is stopped', ({ status }) => status === 'stopped');
  const begin = async (): Promise<number> => {
    systemd.start('sleep', ['10007'], { cwd: '/', env: {} });
    return (await unitThat(rig, 'is up', ({ status }) => status === 'up')).pid ?? 0;
  };
  /** The first verdict on this death, counted from 1, of which that is true: one may be known better later. */
  const verdicts = (count: number, is: (verdict: Verdict) => boolean = () => true) =>
    rig.until(`verdict ${count}`, () => {
      const ended = rig.of('unit.ended')[count - 1];
      return rig
        .of('verdict.reached')
        .filter(({ data }) => data.incident === ended?.data.death?.incident)
        .find(({ seq, data }) => seq > (ended?.seq ?? 0) && is(data.verdict));
    });
  return { systemd, rig, begin, verdicts };
};

t.test('who killed a unit is named', whereTraced, async (t) => {
  const { systemd, rig, begin, verdicts } = await start(t);
  await startWitnessChild(t, dirname(rig.paths.witnessSocket));
  const pid = await begin();
  const killer = run('/bin/kill', '-9', String(pid));
  await systemd.gone();
  await systemd.end('SIGKILL', killed);
  // The answer of a busy witness comes too late for the first.
  const { data, trace } = await verdicts(1, ({ actor }) => Boolean(actor));
  t.match(data.verdict, {
    ...{ cause: 'signal', confidence: 'certain', signal: { name: 'SIGKILL' } },
    actor: { pid: killer.pid, cmdline: `/bin/kill -9 ${pid}` },
  });
  const [ended] = rig.of('unit.ended');
  t.match(ended, { trace, data: { how: 'died', death: { incident: data.incident } } });
  const report = await rig.client.call('incident', { session: 'voice' });
  t.match(report.incident, { sessions: ['voice'], server: 'systemd.system' });
  t.ok(report.events.some(({ type }) => type === 'unit.ended'));
  const { totals } = await rig.client.call('status', {});
  t.match(totals, { died: 0, diedByCause: {}, unitsDiedByCause: { signal: 1 } });
});

t.test(
  'without a witness the signal alone is known, and an agent that was away asks too',
  async (t) => {
    const { systemd, rig, begin, verdicts } = await start(t);
    await begin();
    await systemd.end('SIGKILL', killed);
    t.match((await verdicts(1)).data.verdict, { cause: 'signal', actor: null });
    await begin();
    await rig.agent.kill('SIGKILL');
    await systemd.end('SIGTERM', {
      ...killed,
      Result: 'exit-code',
      ExecMainCode: '1',
      ExecMainStatus: '3',
    });
    await rig.startAgent();
    const { data } = await verdicts(2);
    t.match(data.verdict, { cause: 'program-exit', exitStatus: 3 });
    t.match(rig.of('unit.ended').at(-1)?.data.death, { watched: 'agent-down' });
  },
);

const entry = (MESSAGE: unknown): string =>
  JSON.stringify({ __REALTIME_TIMESTAMP: String(Date.now() * 1000), MESSAGE });

const output = (rig: Rig, count: number) =>
  rig.until(`output ${count}`, () => rig.of('unit.output')[count - 1]);

t.test('what a unit wrote last is kept beside its incident, redacted', async (t) => {
  const { systemd, rig, begin, verdicts } = await start(t);
  await begin();
  const token = `ghp_${'a1'.repeat(18)}`;
  const bytes = [...Buffer.from('\x1b[2Jbytes')];
  systemd.wrote([entry('listening'), '{"torn', entry(`token ${token}`), entry(bytes), entry(null)]);
  await systemd.end('SIGKILL', killed);
  const { trace, data } = await output(rig, 1);
  await verdicts(1);
  const report = await rig.client.call('incident', { session: 'voice' });
  t.equal(trace, report.incident.trace);
  const [death] = deathsOf(report.events);
  const { text } = await rig.client.call('screen.read', { blob: String(data.output?.blob) });
  t.equal(text, 'listening\ntoken [redacted]\nbytes\n(a line too long for journalctl to show)');
  t.match(death?.screens, [{ tail: text, lines: 4 }]);
});

t.test('a journal that does not answer holds up nothing', async (t) => {
  const { systemd, rig, begin, verdicts } = await start(t);
  await begin();
  systemd.wrote(null);
  await systemd.end('SIGKILL', killed);
  const verdict = await verdicts(1);
  const { seq, data } = await output(rig, 1);
  t.ok(verdict.seq < seq, 'the verdict came first');
  t.match(data, {
    ...{ session: 'voice', output: null },
    why: 'they could not be read: it took longer than 3000 ms',
  });
});
