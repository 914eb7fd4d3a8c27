import { strict as assert } from 'node:assert';
import { setTimeout as wait } from 'node:timers/promises';
import { lastOrder } from '../../telegram/phone.ts';
import { alertsAfter, calmAfterMs, phoneOf, tellingMs, textOf } from '../deployed/phone.ts';
import { untilWell } from '../deployed/status.ts';
import { killVictim, victim } from '../deployed/victim.ts';
import { outside } from '../qemu.ts';
import type { Check } from '../suite.ts';

/** The way to the Bot API alone: commands go on getting through. */
const way = `unreachable ${outside.host}/32`;

const isOfVictim = new RegExp(`${victim}\\b`);

export const noWayOut: Check = {
  name: 'a death while the Bot API cannot be reached is told once, when it can',
  async run({ machine, measure }) {
    await untilWell(machine);
    await wait(calmAfterMs(machine, 1));
    const order = lastOrder(machine.telegram);
    await machine.must(`ip route add ${way}`);
    try {
      await killVictim(machine);
      await untilWell(machine);
      assert.deepEqual(alertsAfter(machine, order).map(textOf), [], 'nothing got through');
    } finally {
      await machine.must(`ip route del ${way}`);
    }
    const backAt = Date.now();
    const over = new RegExp(`Resolved[^]*${victim}`);
    await phoneOf(machine).until('that it is over', over, { after: order, limitMs: tellingMs });
    measure(
      'until the phone is told after the way is open again, emulated',
      (Date.now() - backAt) / 1000,
      's',
    );
    const told = alertsAfter(machine, order)
      .map(textOf)
      .filter((text) => isOfVictim.test(text));
    assert.equal(told.length, 1, told.join('\n\n'));
  },
};
