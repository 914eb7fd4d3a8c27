import { strict as assert } from 'node:assert';
import { assertNoGap, deathsIn } from '../deployed/log.ts';
import { clockOf, eventsSince, livesOf, statusOf, untilWell } from '../deployed/say.ts';
import { serverPidsOf, tmuxSocketsOf } from '../deployed/sockets.ts';
import type { Machine } from '../machine.ts';
import type { Check, Suite } from '../suite.ts';
import { deploy } from './deploy.ts';

const ours = 'holdfast-agent holdfast-link@deploy holdfast-link@alice holdfast-exporter';

/** Runs something to our processes; afterwards no session, socket or event may have suffered. */
const unharmed = async (machine: Machine, command: string, limitMs: number): Promise<number> => {
  await untilWell(machine);
  const before = await statusOf(machine);
  const [sockets, pids, began] = [
    await tmuxSocketsOf(machine),
    await serverPidsOf(machine),
    await clockOf(machine),
  ];
  await machine.must(command, { limitMs });
  await untilWell(machine);
  assert.deepEqual(livesOf(await statusOf(machine)), livesOf(before));
  assert.equal(await tmuxSocketsOf(machine), sockets);
  assert.equal(await serverPidsOf(machine), pids);
  assert.deepEqual(deathsIn(await eventsSince(machine, began)), [], 'no false death');
  return assertNoGap(machine, before.seq);
};

const restarts: Check = {
  name: 'restarting each unit of ours 50 times under load touches no session and loses no event',
  async run({ machine, measure }) {
    const began = performance.now();
    const loop = `for i in $(seq 50); do systemctl restart ${ours} || exit; done; systemctl reset-failed`;
    const events = await unharmed(machine, loop, 1_200_000);
    measure('50 restarts of four units', (performance.now() - began) / 1000, 's');
    measure('events recorded over them, none missing', events);
  },
};

const kills: Check = {
  name: 'kill -9 of every process of ours, 20 times: nothing lost, no false death',
  async run({ machine, measure }) {
    const began = performance.now();
    const loop = `for i in $(seq 20); do
        for unit in ${ours}; do
          until systemctl is-active --quiet $unit; do sleep 0.1; done
          systemctl kill --kill-whom=all --signal=KILL $unit || exit
        done
        sleep 1
      done; systemctl reset-failed`;
    const events = await unharmed(machine, loop, 900_000);
    measure('20 times kill -9 of four processes', (performance.now() - began) / 1000, 's');
    measure('events recorded meanwhile, none missing', events);
  },
};

/** ms from the kill to a server that answers. */
const killServer = `
  socket=/run/holdfast/tmux/deploy/tmux.sock
  old=$(systemctl show -P MainPID holdfast-tmux@deploy)
  start=$(date +%s%N)
  kill -9 $old
  for i in $(seq 300); do
    new=$(runuser -u deploy -- tmux -S $socket display-message -p '#{pid}' 2>/dev/null) && [ "$new" != "$old" ] && break
    sleep 0.02
  done
  echo $(( ($(date +%s%N) - start) / 1000000 ))`;

const serverKills: Check = {
  name: 'kill -9 of a tmux server with a pane that ignores HUP and TERM, 20 times: it is back',
  async run({ machine, measure }) {
    const times: number[] = [];
    for (let i = 0; i < 20; i += 1) {
      await untilWell(machine);
      times.push(Number(await machine.must(killServer, { limitMs: 60_000 })));
    }
    await untilWell(machine);
    const sorted = times.toSorted((a, b) => a - b);
    measure('a killed tmux server answers again, median', (sorted[10] ?? 0) / 1000, 's');
    measure('the slowest of 20', (sorted.at(-1) ?? 0) / 1000, 's');
    assert.ok((sorted.at(-1) ?? 0) <= 2000, `${times.join(' ')} ms`);
  },
};

export const killing: Suite = {
  name: 'kills',
  about: 'restarts and kill -9 of what is ours, and of the tmux servers',
  after: deploy,
  checks: [restarts, kills, serverKills],
};
