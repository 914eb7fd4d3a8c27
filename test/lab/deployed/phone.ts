import { type Accepted, shown } from '../../telegram/ledger.ts';
import { createPhone, lastOrder, type Phone } from '../../telegram/phone.ts';
import type { Machine } from '../machine.ts';

/** Whoever is paired with the lab's machine. */
const owner = { id: 4711, name: 'Ada' };

/** The emulated machine has much else to do when something dies. */
export const tellingMs = 240_000;

export const phoneOf = ({ telegram }: Machine): Phone => createPhone(telegram, owner);

/** What the bot says next that looks like this; `act` makes it speak. */
export const toldAfter = async (
  machine: Machine,
  act: () => Promise<unknown>,
  looks: RegExp | ((message: Accepted) => boolean),
  limitMs = tellingMs,
): Promise<Accepted> => {
  const after = lastOrder(machine.telegram);
  await act();
  return phoneOf(machine).until(`a message like ${looks}`, looks, { after, limitMs });
};

export const hasButton =
  (button: string) =>
  (message: Accepted): boolean =>
    shown(message)
      .keyboard?.inline_keyboard.flat()
      .some(({ text }) => text.includes(button)) ?? false;

/** Presses it on the newest message that has it. @returns what the bot says then that looks like this */
export const press = (
  machine: Machine,
  button: string,
  looks: RegExp | ((message: Accepted) => boolean),
): Promise<Accepted> =>
  toldAfter(
    machine,
    async () => {
      const message = phoneOf(machine).messages().findLast(hasButton(button));
      if (message === undefined) throw new Error(`no message has a button ${button}`);
      phoneOf(machine).press(message, button);
    },
    looks,
  );

/** The alerts that came after `order`, oldest first: messages, and not the lines that make the phone ring for one of them. */
export const alertsAfter = (machine: Machine, order: number): Accepted[] =>
  phoneOf(machine)
    .messages()
    .filter(({ versions, replyTo }) => versions[0].order > order && replyTo === undefined);

export const textOf = (message: Accepted): string => shown(message).text;

/**
 * Between two alerts that are to be told one by one, ms: what is more within a minute becomes one message (outbox/storms.ts). A busy
 * notifier takes its time to write down that it told one.
 */
const stormMs = 75_000;
const mostAlone = 2;

/** The first line of what may be held back for being too much: `🟠 Error · lab`. */
const title = /^\S+ [A-Z][a-z]+ · /u;

/** How long to wait until so many alerts would be told one by one, ms. */
export const calmAfterMs = (machine: Machine, alerts: number): number => {
  const cards = alertsAfter(machine, 0).filter((message) => title.test(textOf(message)));
  const times = cards.map(({ versions }) => versions[0].at);
  const last = times.at(alerts - mostAlone - 1);
  return alerts > mostAlone || last === undefined ? 0 : Math.max(0, last + stormMs - Date.now());
};
