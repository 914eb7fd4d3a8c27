import { strict as assert } from 'node:assert';
import type { Verdict } from '../../../agent/model/events/incident.ts';
import type { Testimony } from '../../../agent/model/witnessed.ts';
import { deathsIn, eventsAfter } from '../deployed/events.ts';
import { untilWell } from '../deployed/status.ts';
import { healthOf, testimonyOn } from '../deployed/witness.ts';
import type { Machine } from '../machine.ts';
import type { Check, Lab, Suite } from '../suite.ts';
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
    const printed = await machine.must(`bash -c '${script}' 2>/dev/null`, { limitMs: 900_000 });
    const pids = printed.split('\n').map(Number);
    assert.equal(pids.length, kills);
    const unnamedIn = ({ signals }: Testimony): number[] =>
      pids.filter(
        (pid) =>
          !signals.some(
            ({ signal, victim, sender }) =>
              signal === 9 && victim.pid === pid && sender.cmdline === `/bin/kill -9 ${pid}`,
          ),
      );
    // An emulated processor now and then loses one; how many, the table at the end says.
    const most = kills * 0.03;
    // What is not read by the time it has to answer, it tells the next time.
    const told = async (): Promise<Testimony> => {
      const testimony = await testimonyOn(machine, pids);
      const unnamed = unnamedIn(testimony);
      if (unnamed.length <= most) return testimony;
      const seen = testimony.signals.filter(({ victim }) => unnamed.includes(victim.pid));
      const { readUntil, lost } = testimony;
      throw new Error(`${unnamed.length}: ${JSON.stringify({ readUntil, lost, seen })}`);
    };
    const testimony = await until('all but a few are named', told, 120_000);
    const named = kills - unnamedIn(testimony).length;
    measure('killers captured with their command line', `${named} of ${kills}`);
    const wrong = testimony.signals.filter(
      ({ sender }) => !(sender.cmdline ?? '/bin/kill').startsWith('/bin/kill'),
    );
    assert.deepEqual(wrong, []);
  },
};

/** A verdict on the end of that session which is so: on a busy machine one comes before it that knows less. */
const verdictAfter = async (
  machine: Machine,
  { seq, session }: { seq: number; session: string },
  isSo: (verdict: Verdict) => boolean,
): Promise<Verdict> => {
  const find = async (): Promise<Verdict> => {
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
    const found = verdicts.findLast(isSo);
    if (found) return found;
    throw new Error(`of ${[...own]}: ${JSON.stringify(verdicts)}`);
  };
  return until(`a verdict on ${session} that names who did it`, find, 240_000);
};

/** Put there whole: cron reads by the second at which a file was changed. */
const job = `
  cat >/usr/local/sbin/tidy-up && chmod +x /usr/local/sbin/tidy-up
  echo '* * * * * root rm -f /etc/cron.d/tidy-up; /usr/local/sbin/tidy-up' >/etc/lab-tidy-up
  mv /etc/lab-tidy-up /etc/cron.d/tidy-up`;

const isOfJob = ({ actor, cause, scope, signal }: Verdict): boolean =>
  [cause, scope, signal?.name].join() === 'signal,server,SIGKILL' &&
  actor?.cmdline === 'pkill -9 tmux' &&
  actor.unit === 'cron.service' &&
  actor.ancestry.some(({ cmdline }) => cmdline?.includes('/usr/local/sbin/tidy-up') === true);

const killByCron = async ({ machine }: Lab): Promise<void> => {
  const { seq } = await untilWell(machine);
  await machine.must(job, { stdin: '#!/bin/sh\npkill -9 tmux\n' });
  await verdictAfter(machine, { seq, session: 'worker-1' }, isOfJob);
  const page = await machine.must('holdfast why worker-1');
  for (const word of [/pkill -9 tmux/, /tidy-up/, /cron/]) assert.match(page, word);
  await untilWell(machine);
};

const cronJob: Check = {
  name: 'a cron job that runs pkill -9 tmux is named, and so is the job',
  run: killByCron,
};

const isDrill = /drill --session worker-2/;

const drillOnce = async ({ machine }: Lab): Promise<void> => {
  const { seq } = await untilWell(machine);
  const shown = await machine.must('holdfast drill --session worker-2 --yes', { limitMs: 240_000 });
  assert.match(shown, /noticed after/);
  const isItself = ({ cause, actor }: Verdict): boolean =>
    cause === 'signal' && isDrill.test(actor?.cmdline ?? '');
  await verdictAfter(machine, { seq, session: 'worker-2' }, isItself);
  // On a busy machine its own page may be of a verdict that knew less.
  assert.match(await machine.must('holdfast why worker-2'), isDrill);
  assert.deepEqual(deathsIn(await eventsAfter(machine, seq)), ['worker-2']);
  await untilWell(machine);
};

const drill: Check = {
  name: 'holdfast drill names itself as the killer',
  run: drillOnce,
};

const killWitness = async ({ machine }: Lab): Promise<void> => {
  const { pid } = await healthOf(machine);
  const script = `/bin/kill -9 ${pid}; sleep 1000 & p=$!; /bin/kill -9 $p; wait $p 2>/dev/null; echo $p`;
  const victim = Number(await machine.must(`bash -c '${script}' 2>/dev/null`));
  const isBack = async () =>
    (await machine.run('systemctl is-active holdfast-witness')).stdout.trim() === 'active' &&
    (await healthOf(machine).catch(() => null))?.blind === null;
  await until('it is back', isBack, 180_000);
  const tellsBoth = async (): Promise<boolean> => {
    const { signals, lost, since, readUntil } = await testimonyOn(machine, [pid, victim]);
    const told = signals.map(({ victim: { pid: hit }, sender }) => [hit, sender.cmdline]);
    const untold = [pid, victim].filter(
      (one) => !told.some(([hit, line]) => hit === one && line === `/bin/kill -9 ${one}`),
    );
    if (untold.length === 0) return true;
    throw new Error(`${untold} in ${JSON.stringify({ told, lost, since, readUntil })}`);
  };
  await until('it tells of both', tellsBoth, 60_000);
};

const restart: Check = {
  name: 'a witness that is killed reads on: who killed it, and what happened meanwhile',
  run: killWitness,
};

export const witness: Suite = {
  name: 'witness',
  about: 'who killed it, by the kernel’s word',
  after: deploy,
  checks: [sees, captured, drill, cronJob, restart],
};
