import { strict as assert } from 'node:assert';
import type { Event } from '../../../agent/model/event.ts';
import { journalEnd } from '../deployed/journal-end.ts';
import { servicesOf } from '../deployed/services.ts';
import { untilWell } from '../deployed/status.ts';
import { undisturbed } from '../deployed/undisturbed.ts';
import type { Machine } from '../machine.ts';
import { secondsOf } from '../seconds.ts';
import type { Check, Suite } from '../suite.ts';
import { deploy } from './deploy.ts';

/** Something else that wants a processor all the time. */
const underLoad = async (machine: Machine, act: () => Promise<void>): Promise<void> => {
  await machine.must("systemd-run --quiet --collect --unit=lab-load sh -c 'while :; do :; done'");
  try {
    await act();
  } finally {
    await machine.must('systemctl stop lab-load');
  }
};

const startsIn = (events: readonly Event[]): number =>
  events.filter(({ type }) => type === 'agent.started').length;

const restarts: Check = {
  name: 'restarting each unit of ours 50 times under load touches no session and loses no event',
  async run({ machine, measure }) {
    const units = (await servicesOf(machine)).join(' ');
    const loop = `for i in $(seq 50); do systemctl restart ${units} || exit; done; systemctl reset-failed`;
    const restart = () => machine.must(loop, { limitMs: 1_500_000 });
    const seconds = await secondsOf(() =>
      underLoad(machine, async () => {
        const { events } = await undisturbed(machine, restart);
        assert.equal(startsIn(events), 50);
        measure('events recorded over 50 restarts, none missing', events.length);
      }),
    );
    measure(`50 restarts of ${units}`, seconds, 's');
  },
};

const killEach: Check = {
  name: 'kill -9 of every process of ours, 20 times: nothing lost, no false death',
  async run({ machine, measure }) {
    const units = await servicesOf(machine);
    const loop = `for i in $(seq 20); do
        for unit in ${units.join(' ')}; do
          until systemctl is-active --quiet $unit; do sleep 0.1; done
          systemctl kill --kill-whom=all --signal=KILL $unit || exit
        done
        sleep 1
      done; systemctl reset-failed`;
    const seconds = await secondsOf(async () => {
      const { events } = await undisturbed(machine, () => machine.must(loop, { limitMs: 900_000 }));
      assert.equal(startsIn(events), 20);
      measure('events recorded over 20 times kill -9, none missing', events.length);
    });
    measure(`20 times kill -9 of ${units.length} units`, seconds, 's');
  },
};

/** Measured and not asserted: how slow the emulation is depends on what else runs. */
const budgetMs = 2000;
const killLimitMs = 60_000;

/** Prints ms from the kill to a server that answers. */
const killServer = `
  socket=/run/holdfast/tmux/deploy/tmux.sock
  old=$(systemctl show -P MainPID holdfast-tmux@deploy)
  start=$(date +%s%N)
  kill -9 $old
  for i in $(seq 2000); do
    new=$(tmux -S $socket display-message -p '#{pid}' 2>/dev/null) && [ "$new" != "$old" ] && break
    sleep 0.02
  done
  [ -n "$new" ] && [ "$new" != "$old" ] || exit 1
  echo $(( ($(date +%s%N) - start) / 1000000 ))`;

const serverKills: Check = {
  name: 'kill -9 of a tmux server with a pane that ignores HUP and TERM, 20 times: it is back',
  async run({ machine, measure }) {
    const times: number[] = [];
    for (let i = 0; i < 20; i += 1) {
      await untilWell(machine);
      times.push(Number(await machine.must(killServer, { limitMs: killLimitMs })));
    }
    await untilWell(machine);
    const sorted = times.toSorted((a, b) => a - b);
    const slowest = sorted.at(-1) ?? 0;
    measure('a killed tmux server answers again, median', (sorted[10] ?? 0) / 1000, 's');
    measure('the slowest of 20', slowest / 1000, 's');
    measure(
      `of 20 kills, slower than ${budgetMs / 1000} s`,
      times.filter((ms) => ms > budgetMs).length,
    );
  },
};

/** Stops the agent's process and prints ms until systemd has another. */
const stopAgent = `
  pid=$(systemctl show -P MainPID holdfast-agent); start=$(date +%s%N)
  kill -STOP $pid
  for i in $(seq 1200); do
    now=$(systemctl show -P MainPID holdfast-agent)
    [ "$now" != "$pid" ] && [ "$now" != 0 ] && break; sleep 0.1
  done
  [ "$now" != "$pid" ] && [ "$now" != 0 ] || exit 1
  echo $(( ($(date +%s%N) - start) / 1000000 ))`;

const watchdog: Check = {
  name: 'an agent that is stopped is killed by the watchdog and started again; sessions live on',
  async run({ machine, measure }) {
    const interval = await machine.must('systemctl show -P WatchdogUSec holdfast-agent');
    const cursor = await journalEnd(machine);
    const { before, after } = await undisturbed(machine, async () => {
      const ms = Number(await machine.must(stopAgent, { limitMs: 180_000 }));
      measure(`a stopped agent is replaced (WatchdogSec=${interval})`, ms / 1000, 's');
    });
    assert.notEqual(after.agent.pid, before.agent.pid);
    const said = `journalctl --after-cursor='${cursor}' -u holdfast-agent -o cat`;
    assert.match(await machine.must(said), /^holdfast-agent\.service: Watchdog timeout/m);
    await machine.must('systemctl reset-failed');
  },
};

export const kills: Suite = {
  name: 'kills',
  about: 'restarts and kill -9 of what is ours, and of the tmux servers; the watchdog',
  after: deploy,
  long: true,
  checks: [watchdog, restarts, killEach, serverKills],
};
