import { strict as assert } from 'node:assert';
import type { Verdict } from '../../../agent/model/events/incident.ts';
import { deathsIn, eventsAfter } from '../deployed/events.ts';
import { statusOf, untilWell } from '../deployed/status.ts';
import { healthOf, testimonyOn } from '../deployed/witness.ts';
import type { Machine } from '../machine.ts';
import type { Check, Suite } from '../suite.ts';
import { until } from '../until.ts';
import { deploy } from './deploy.ts';

const sees: Check = {
  name: 'the witness sees, with no right of root and before all ordinary processes',
  async run({ machine, measure }) {
    const health = await healthOf(machine);
    assert.deepEqual([health.blind, health.method, health.realTime], [null, 'probe', true]);
    const status = await machine.must(`cat /proc/${health.pid}/status`);
    assert.match(status, /^CapPrm:\t0+$/m);
    assert.match(status, /^CapEff:\t0+$/m);
    assert.match(
      await machine.must(`ps -o user:20=,cls= -p ${health.pid}`),
      /holdfast-witness +FF/,
    );
    const notes = JSON.parse(await machine.must('cat /run/holdfast/trace/notes.json'));
    measure('arguments are copied at', notes.probes.kind);
    for (const user of ['deploy', 'alice'] as const) {
      const door = await machine.as(user).run('cat /run/holdfast/trace/notes.json');
      assert.notEqual(door.code, 0, `${user} cannot read the names of its probes`);
    }
  },
};

const kills = 200;

const captured: Check = {
  name: 'of 200 runs of /bin/kill nearly all are named with their command lines, and none wrongly',
  async run({ machine, measure }) {
    const script = `for i in $(seq ${kills}); do sleep 1000 & p=$!; /bin/kill -9 $p; wait $p 2>/dev/null; echo $p; done`;
    const pids = (await machine.must(`bash -c '${script}' 2>/dev/null`)).split('\n').map(Number);
    assert.equal(pids.length, kills);
    const { signals } = await testimonyOn(machine, pids);
    const named = pids.filter((pid) =>
      signals.some(
        ({ signal, victim, sender }) =>
          signal === 9 && victim.pid === pid && sender.cmdline === `/bin/kill -9 ${pid}`,
      ),
    );
    measure('killers captured with their command line', `${named.length} of ${kills}`);
    const unnamed = pids.filter((pid) => !named.includes(pid));
    const seen = signals.filter(({ victim }) => unnamed.includes(victim.pid));
    // An emulated processor now and then loses one; how many, the table at the end says.
    assert.ok(named.length >= kills * 0.97, JSON.stringify(seen));
    const wrong = signals.filter(
      ({ sender }) => !(sender.cmdline ?? '/bin/kill').startsWith('/bin/kill'),
    );
    assert.deepEqual(wrong, []);
  },
};

/** The first verdict on the end of that session that names somebody: on a busy machine one comes before that. */
const namedAfter = async (machine: Machine, seq: number, session: string): Promise<Verdict> => {
  const find = async () => {
    const events = await eventsAfter(machine, seq);
    const own = new Set(
      events.flatMap((event) =>
        (event.type === 'incident.opened' || event.type === 'incident.grew') &&
        event.data.sessions.includes(session)
          ? [event.data.incident]
          : [],
      ),
    );
    const verdicts = events.flatMap((event) =>
      event.type === 'verdict.reached' && own.has(event.data.incident) ? [event.data.verdict] : [],
    );
    return verdicts.find(({ actor }) => actor) ?? null;
  };
  return until('a verdict that names somebody', find, 180_000);
};

const cronJob: Check = {
  name: 'a cron job that runs pkill -9 tmux is named, and so is the job',
  async run({ machine }) {
    await untilWell(machine);
    const { seq } = await statusOf(machine);
    await machine.must('cat >/usr/local/sbin/tidy-up && chmod +x /usr/local/sbin/tidy-up', {
      stdin: '#!/bin/sh\npkill -9 tmux\n',
    });
    await machine.must('cat >/etc/cron.d/tidy-up', {
      stdin: '* * * * * root rm -f /etc/cron.d/tidy-up; /usr/local/sbin/tidy-up\n',
    });
    const { actor, cause, scope, signal } = await namedAfter(machine, seq, 'worker-1');
    assert.deepEqual([cause, scope, signal?.name], ['signal', 'server', 'SIGKILL']);
    assert.equal(actor?.cmdline, 'pkill -9 tmux');
    assert.equal(actor?.unit, 'cron.service', JSON.stringify(actor));
    assert.ok(actor.ancestry.some(({ cmdline }) => cmdline?.includes('/usr/local/sbin/tidy-up')));
    const page = await machine.must('holdfast why worker-1');
    assert.match(page, /pkill -9 tmux/);
    assert.match(page, /tidy-up/);
    assert.match(page, /cron/);
    await untilWell(machine);
  },
};

const drill: Check = {
  name: 'holdfast drill names itself as the killer',
  async run({ machine }) {
    const { seq } = await statusOf(machine);
    const page = await machine.must('holdfast drill --session worker-2 --yes', {
      limitMs: 180_000,
    });
    assert.match(page, /drill --session worker-2/);
    const { actor, cause } = await namedAfter(machine, seq, 'worker-2');
    assert.equal(cause, 'signal');
    assert.match(actor?.cmdline ?? '', /drill --session worker-2/);
    assert.deepEqual(deathsIn(await eventsAfter(machine, seq)), ['worker-2']);
    await untilWell(machine);
  },
};

const restart: Check = {
  name: 'a witness that is killed reads on: who killed it, and what happened meanwhile',
  async run({ machine }) {
    const { pid } = await healthOf(machine);
    const script = `/bin/kill -9 ${pid}; sleep 1000 & p=$!; /bin/kill -9 $p; wait $p 2>/dev/null; echo $p`;
    const victim = Number(await machine.must(`bash -c '${script}' 2>/dev/null`));
    const isBack = async () =>
      (await machine.run('systemctl is-active holdfast-witness')).stdout.trim() === 'active' &&
      (await healthOf(machine).catch(() => null))?.blind === null;
    await until('it is back', isBack, 60_000);
    const { signals, lost, since, readUntil } = await testimonyOn(machine, [pid, victim]);
    const told = signals.map(({ victim: { pid: hit }, sender }) => [hit, sender.cmdline]);
    for (const one of [pid, victim]) {
      assert.ok(
        told.some(([hit, cmdline]) => hit === one && cmdline === `/bin/kill -9 ${one}`),
        `${one} is in ${JSON.stringify({ told, lost, since, readUntil })}`,
      );
    }
  },
};

export const witness: Suite = {
  name: 'witness',
  about: 'who killed it, by the kernel’s word',
  after: deploy,
  checks: [sees, captured, drill, cronJob, restart],
};
