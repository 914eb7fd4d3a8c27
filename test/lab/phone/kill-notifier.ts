import { strict as assert } from 'node:assert';
import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../../../agent/model/failure.ts';
import { lastOrder } from '../../telegram/phone.ts';
import { alertsAfter, calmAfterMs, tellingMs, textOf } from '../deployed/phone.ts';
import { untilWell } from '../deployed/status.ts';
import type { Machine } from '../machine.ts';
import type { Check } from '../suite.ts';
import { until } from '../until.ts';
import { pidOf } from './session.ts';

const victims = ['worker-4', 'worker-6'];

/** At another moment of what the notifier does about a death, each time; then until the agent has heard of the next one. */
const killBoth = (pid: string, i: number): string => `
  kill -9 ${pid}
  sleep ${i + 1}
  systemctl kill --signal=KILL holdfast-notifier
  for i in $(seq 300); do
    pid=$(systemctl show -P MainPID holdfast-notifier)
    [ "$pid" != 0 ] && [ "$(jq .notifier.pid /var/lib/holdfast/state.json)" = "$pid" ] && break
    sleep 0.2
  done`;

/** For each, how many messages name it. Those about deaths in one moment are one, and so are those that are too many. */
const timesTold = (machine: Machine, order: number): number[] => {
  const texts = alertsAfter(machine, order).map(textOf);
  return victims.map((name) => texts.filter((text) => new RegExp(`${name}\\b`).test(text)).length);
};

export const killNotifier: Check = {
  name: 'kill -9 of the notifier while sessions die: none is lost, and no crash tells more than one twice',
  async run({ machine, measure }) {
    await untilWell(machine);
    // Else both may be two of many in the message of a storm, which names a few.
    await wait(calmAfterMs(machine, victims.length));
    const order = lastOrder(machine.telegram);
    const pids = await Promise.all(victims.map((name) => pidOf(machine, name)));
    await machine.must(pids.map(killBoth).join(''), { limitMs: 600_000 });
    const all = async () => timesTold(machine, order).every((times) => times > 0);
    await until('all deaths are told', all, tellingMs).catch((cause: unknown) => {
      const texts = alertsAfter(machine, order).map(textOf).join('\n--\n');
      throw new Error(`${messageOf(cause)}; what the phone shows:\n${texts}`);
    });
    await untilWell(machine);
    const times = timesTold(machine, order);
    const twice = times.reduce((sum, count) => sum + count - 1, 0);
    measure(`of ${victims.length} deaths with a crash of the notifier each, told twice`, twice);
    assert.ok(twice <= victims.length, `${times}`);
  },
};
