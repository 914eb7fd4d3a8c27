import { strict as assert } from 'node:assert';
import { setTimeout as wait } from 'node:timers/promises';
import type { Accepted } from '../../telegram/ledger.ts';
import { lastOrder } from '../../telegram/phone.ts';
import { alertsAfter, calmAfterMs, phoneOf, tellingMs, textOf } from '../deployed/phone.ts';
import { sessionCount } from '../deployed/settings.ts';
import { untilWell } from '../deployed/status.ts';
import type { Machine } from '../machine.ts';
import type { Check } from '../suite.ts';
import { until } from '../until.ts';

const killServer = 'kill -9 $(systemctl show -P MainPID holdfast-tmux@deploy)';

interface Telling {
  text: string;
  /** Rather than a change of a message that was there. */
  isNew: boolean;
}

/** What the phone was told of deaths since, in order, with every change of a message. */
const tellingsAfter = ({ telegram }: Machine, order: number): Telling[] =>
  telegram.ledger.timeline.flatMap((entry) =>
    entry.order > order && 'version' in entry && entry.version.text.includes(' died: ')
      ? [{ text: entry.version.text, isNew: entry.kind === 'sent' }]
      : [],
  );

/** What they died of, once where the next telling says the same. */
const storyOf = (tellings: readonly Telling[]): string[] => {
  const causes = tellings.flatMap(({ text }) => /killed by|shut down/.exec(text)?.[0] ?? []);
  return causes.filter((cause, i) => cause !== causes[i - 1]);
};

const isOfDeath = (message: Accepted): boolean => textOf(message).includes(' died: ');

const calm = (machine: Machine, alerts: number): Promise<void> =>
  wait(calmAfterMs(machine, alerts));

export const massDeath: Check = {
  name: 'a tmux server that is killed with all its sessions is one message',
  async run({ machine }) {
    await untilWell(machine);
    await calm(machine, 1);
    const order = lastOrder(machine.telegram);
    await machine.must(killServer);
    await untilWell(machine);
    const resolved = { after: order, limitMs: tellingMs };
    await phoneOf(machine).until('that all are back', /Resolved[\s\S]*sessions died/, resolved);
    const told = alertsAfter(machine, order).filter(isOfDeath).map(textOf);
    assert.equal(told.length, 1, told.join('\n--\n'));
  },
};

/** In the machine, where no command gets through: a mass death, and once all are back a reboot. */
const happen = `
  sleep 5
  seq=$(jq .seq /var/lib/holdfast/state.json)
  ${killServer}
  for i in $(seq 120); do
    jq --exit-status --argjson before $seq '.seq > $before + ${sessionCount} and
      ([.sessions[] | select(.declared and .status != "up")] == [])' /var/lib/holdfast/state.json && break
    sleep 1
  done
  systemctl reboot`;

const prompts = (machine: Machine): number => machine.console().split('login:').length;

/**
 * @param forMs at least so long nothing gets through
 */
export const networkGone = (span: string, forMs: number): Check => ({
  name: `the network gone for ${span}, across a mass death and a reboot: afterwards the right messages, once, in order`,
  async run({ machine, measure }) {
    await untilWell(machine);
    await calm(machine, 1);
    const [order, boots, id] = [
      lastOrder(machine.telegram),
      prompts(machine),
      await machine.bootId(),
    ];
    await machine.detach(happen);
    const cutAt = Date.now();
    await machine.setNetwork(false);
    await until('the next boot', async () => prompts(machine) > boots, 400_000);
    await wait(Math.max(0, cutAt + forMs - Date.now()));
    assert.deepEqual(tellingsAfter(machine, order), [], 'nothing got through');
    await machine.setNetwork(true);
    const backAt = Date.now();
    measure('the network was gone for', (backAt - cutAt) / 1000, 's');
    const over = { after: order, limitMs: 240_000 };
    await phoneOf(machine).until('that it is over', /Resolved[\s\S]*shut down/, over);
    measure('until the phone knows that it is over, emulated', (Date.now() - backAt) / 1000, 's');
    await untilWell(machine);
    assert.notEqual(await machine.bootId(), id, 'it was another boot');
    const tellings = tellingsAfter(machine, order);
    assert.deepEqual(storyOf(tellings), ['killed by', 'shut down']);
    const fresh = tellings.filter(({ isNew }) => isNew).map(({ text }) => text);
    assert.equal(new Set(fresh).size, fresh.length, `none twice: ${fresh.join('\n\n')}`);
  },
});
