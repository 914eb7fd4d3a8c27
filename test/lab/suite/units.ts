import { strict as assert } from 'node:assert';
import {
  clockOf,
  eventsSince,
  livesOf,
  statusOf,
  untilStatus,
  untilWell,
} from '../deployed/say.ts';
import type { Check, Suite } from '../suite.ts';
import { deploy } from './deploy.ts';

/** At most so exposed, by `systemd-analyze security`. */
const exposure = {
  'holdfast-agent.service': 1.2,
  'holdfast-exporter.service': 1.5,
  'holdfast-witness.service': 1.5,
  'holdfast-notifier.service': 1.5,
};

const verifies: Check = {
  name: 'systemd-analyze verify has nothing to say',
  async run({ machine }) {
    const units =
      'cd /usr/lib/systemd/system && ls holdfast*.service holdfast*.target holdfast*.slice';
    const names = (await machine.must(units))
      .split('\n')
      .map((name) => name.replace('@.', '@deploy.'));
    const { code, stdout, stderr } = await machine.run(`systemd-analyze verify ${names.join(' ')}`);
    assert.deepEqual({ code, said: `${stdout}${stderr}`.trim() }, { code: 0, said: '' });
  },
};

const security: Check = {
  name: 'systemd-analyze security finds little',
  async run({ machine, measure }) {
    for (const [unit, limit] of Object.entries(exposure)) {
      const text = await machine.must(`systemd-analyze security --no-pager ${unit} | tail -n 1`);
      const level = Number(/: ([\d.]+) /.exec(text)?.[1]);
      measure(`exposure of ${unit}`, level);
      assert.ok(level <= limit, text);
    }
  },
};

const reloads: Check = {
  name: 'a good reload is applied; a broken one keeps the old configuration and says so',
  async run({ machine }) {
    const file = '/etc/holdfast/sessions.d/lab.yaml';
    const lives = livesOf(await statusOf(machine));
    await machine.must(`cat >${file}`, { stdin: 'sessions: {lab-extra: {command: sleep 9999}}\n' });
    await machine.must('systemctl reload holdfast-agent');
    const isUp = ({ sessions }: { sessions: { session: string; status: string }[] }) =>
      sessions.some(({ session, status }) => session === 'lab-extra' && status === 'up');
    await untilStatus(machine, 'the new session is up', isUp);
    await machine.must(`cat >${file}`, { stdin: 'sessions: {lab-extra: {comand: oops}}\n' });
    await machine.must('systemctl reload holdfast-agent');
    await untilStatus(machine, 'the refusal is shown', ({ agent }) => agent.refused !== null);
    assert.match(await machine.must('systemctl show -P StatusText holdfast-agent'), /refused/);
    assert.match(await machine.must('holdfast status'), /configuration was refused/);
    await machine.must(`rm ${file} && systemctl reload holdfast-agent`);
    await untilStatus(machine, 'no refusal any more', ({ agent }) => agent.refused === null);
    await machine.as('deploy').must('tmux kill-session -t lab-extra');
    const gone = untilStatus(
      machine,
      'the extra session is gone',
      ({ sessions }) => !sessions.some(({ session }) => session === 'lab-extra'),
    );
    assert.deepEqual(livesOf(await gone), lives, 'no other session was touched');
  },
};

const watchdog: Check = {
  name: 'an agent that is stopped is killed by the watchdog and started again; sessions live on',
  async run({ machine, measure }) {
    await machine.must('systemctl reset-failed holdfast-agent');
    const lives = livesOf(await statusOf(machine));
    const seconds = await machine.must(
      `pid=$(systemctl show -P MainPID holdfast-agent); kill -STOP $pid; start=$(date +%s%N)
       for i in $(seq 400); do
         now=$(systemctl show -P MainPID holdfast-agent)
         [ "$now" != "$pid" ] && [ "$now" != 0 ] && break; sleep 0.1
       done; echo $(( ($(date +%s%N) - start) / 1000000 ))`,
      { limitMs: 90_000 },
    );
    const interval = await machine.must('systemctl show -P WatchdogUSec holdfast-agent');
    measure(`a stopped agent is replaced (WatchdogSec=${interval})`, Number(seconds) / 1000, 's');
    assert.ok(Number(seconds) <= (Number.parseFloat(interval) + 2) * 1000, `${seconds} ms`);
    await untilWell(machine);
    assert.deepEqual(livesOf(await statusOf(machine)), lives);
  },
};

const stoppedOnPurpose: Check = {
  name: 'an orderly stop lets a pane save its work, and stays a stop',
  async run({ machine, measure }) {
    const alice = machine.as('alice');
    await alice.run('rm -f saved');
    await alice.must(
      `tmux new-session -d -s saver "trap 'sleep 2; echo yes >~/saved; exit' HUP TERM; while :; do sleep 0.2; done"`,
    );
    const began = await clockOf(machine);
    await machine.must('systemctl stop holdfast-tmux@alice', { limitMs: 60_000 });
    measure('stopping a tmux server in order', ((await clockOf(machine)) - began) / 1000, 's');
    assert.equal(await alice.must('cat saved'), 'yes');
    await new Promise((resolve) => setTimeout(resolve, 5000));
    assert.equal(await machine.must('systemctl is-active holdfast-tmux@alice || true'), 'inactive');
    await machine.must('systemctl start holdfast-tmux@alice');
    await untilWell(machine);
  },
};

const onFailure: Check = {
  name: 'a unit of ours that fails leaves a line though agent and notifier are dead',
  async run({ machine }) {
    const began = await clockOf(machine);
    await machine.must('systemctl kill --signal=KILL holdfast-exporter');
    const line = `journalctl --since=@${Math.floor(began / 1000)} -o cat -p err`;
    await untilWell(machine);
    assert.match(
      await machine.must(`sleep 2; ${line} -t holdfast-onfailure || ${line}`),
      /holdfast-exporter\.service failed: signal/,
    );
    assert.ok(Array.isArray(await eventsSince(machine, began)));
  },
};

const costs: Check = {
  name: 'memory and processor of each unit after five minutes',
  async run({ machine, measure, progress }) {
    const seconds = Number(
      await machine.must(
        `echo $(( $(date +%s) - $(date +%s -d "$(systemctl show -P ActiveEnterTimestamp holdfast-agent)") ))`,
      ),
    );
    const rest = Math.max(0, 300 - seconds);
    progress(`waiting ${Math.round(rest)} s, until they have run for five minutes`);
    await new Promise((resolve) => setTimeout(resolve, rest * 1000));
    const units = ['agent', 'link@deploy', 'link@alice', 'exporter'].map(
      (name) => `holdfast-${name}`,
    );
    const read = async (): Promise<Map<string, { cpu: number; anon: number }>> => {
      const text = await machine.must(
        `for unit in ${units.join(' ')}; do
           dir=/sys/fs/cgroup$(systemctl show -P ControlGroup $unit)
           echo $unit $(awk '/^usage_usec/{print $2}' $dir/cpu.stat) $(awk '/^anon /{print $2}' $dir/memory.stat)
         done`,
      );
      const rows = text.split('\n').map((line) => line.split(' '));
      return new Map(
        rows.map(([unit = '', cpu, anon]) => [unit, { cpu: Number(cpu), anon: Number(anon) }]),
      );
    };
    const before = await read();
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    for (const [unit, { cpu, anon }] of await read()) {
      measure(`${unit}: anonymous memory`, anon / 1024 / 1024, 'MiB');
      const used = cpu - (before.get(unit)?.cpu ?? 0);
      measure(`${unit}: processor over 30 s, emulated`, (used / 30e6) * 100, '% of one');
    }
  },
};

export const units: Suite = {
  name: 'units',
  about: 'the units on a deployed machine: verify, sandbox, reload, watchdog, stop',
  after: deploy,
  checks: [verifies, security, costs, reloads, watchdog, stoppedOnPurpose, onFailure],
};
