import t from 'tap';
import type { KnownEvidence } from '../../../agent/cli/doctor/check.ts';
import { sources } from '../../../agent/cli/doctor/checks/sources.ts';
import { witness } from '../../../agent/cli/doctor/checks/witness.ts';
import type { WitnessStatus } from '../../../agent/model/status/evidence-status.ts';
import { machineWith, only, server, statuses } from './doctor-machine.ts';

const mounted = { '/proc/mounts': 'tracefs /sys/kernel/tracing tracefs rw 0 0\n' };
const bare = { '/proc/mounts': 'proc /proc proc rw 0 0\n' };
const container = { '/run/.containerenv': '' };
const mount = 'sudo mount -t tracefs nodev /sys/kernel/tracing';

const sees: WitnessStatus = {
  ...{ state: 'sees', why: null, method: 'probe', realTime: true, since: 1, lost: 0 },
};
const absent: WitnessStatus = {
  ...{ state: 'absent', why: 'no witness is running', method: null, realTime: null, since: null },
  lost: 0,
};

const evidence = (told: WitnessStatus | null, more: Partial<KnownEvidence> = {}) => ({
  ...{ embedded: false, witness: told, sources: [] },
  ...more,
});

t.test('a witness that sees, and how well', async (t) => {
  const machine = machineWith(t, mounted);
  const at = (told: WitnessStatus | null) => statuses(witness, machine, [server], evidence(told));
  t.equal(await at(sees), 'ok ok ok');
  t.equal(await at({ ...sees, method: 'proc' }), 'ok warn ok');
  t.equal(await at({ ...sees, realTime: false }), 'ok ok warn');
  t.equal(await at(null), 'unknown', 'an agent that does not say');
});

t.test('as a service: the unit is to be started', async (t) => {
  const at = (files: Record<string, string>, told: WitnessStatus) =>
    only(witness, machineWith(t, files), [server], evidence(told));
  const start = 'sudo systemctl start holdfast-witness';
  t.match(await at(mounted, absent), {
    ...{ id: 'witness', status: 'warn', title: 'who sends a signal is not seen' },
    ...{ detail: 'no witness is running', fix: start },
  });
  t.equal((await at(bare, absent)).fix, `${mount} && ${start}`);
  const blind: WitnessStatus = { ...sees, state: 'blind', why: 'switched off' };
  t.match(await at(mounted, blind), {
    ...{ detail: 'switched off', fix: 'sudo systemctl restart holdfast-witness' },
  });
  t.match(await at({ ...bare, ...container }, absent), { detail: /a container/, fix: null });
});

t.test('under holdfast up it takes root', async (t) => {
  const at = (uid: number) =>
    only(witness, machineWith(t, mounted, { uid }), [server], evidence(absent, { embedded: true }));
  t.match(await at(1000), {
    ...{ status: 'warn', detail: /only root may read .* under holdfast up as root/, fix: null },
  });
  t.match(await at(0), { status: 'warn', detail: /log\/witness\.log/, fix: null });
});

t.test('without an agent: what the machine shows', async (t) => {
  const at = (files: Record<string, string>, uid: number) =>
    only(witness, machineWith(t, files, { uid }));
  t.match(await at(bare, 0), { status: 'warn', title: 'tracefs is missing', fix: mount });
  t.match(await at({ ...bare, ...container }, 0), { detail: /in most containers/ });
  t.match(await at(mounted, 0), { status: 'ok' });
  t.match(await at(mounted, 1000), { status: 'unknown', detail: /only root may read/ });
});

t.test('the other sources, as the agent names them', async (t) => {
  const machine = machineWith(t, {});
  t.equal(await statuses(sources, machine), '', 'no agent, no sources');
  const told = [
    { name: 'logind', ok: true, why: null, advice: null },
    { name: 'audit', ok: false, why: 'no auditd runs', advice: 'sudo apt install auditd' },
  ];
  const [first, second] = await sources(machine, [], evidence(sees, { sources: told }));
  t.match(first, { id: 'sources', status: 'ok', title: 'logind is read as evidence' });
  t.match(second, {
    ...{ id: 'sources', status: 'unknown', title: 'what audit would tell of a death', fix: null },
    detail: 'no auditd runs; what to do: sudo apt install auditd',
  });
});
