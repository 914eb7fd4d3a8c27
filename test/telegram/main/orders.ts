import type { Fault } from '../faults.ts';
import { shown } from '../ledger.ts';
import { createPhone, type Phone } from '../phone.ts';
import type { BotApi } from '../server.ts';

/** What a person does, or what is to go wrong. */
interface Order {
  from?: unknown;
  name?: unknown;
  text?: unknown;
  press?: unknown;
  /** `times` calls of `method` go wrong in this way. */
  fault?: Fault;
  method?: string;
  times?: number;
  /** Whether limits of rate hold. */
  rate?: boolean;
}

const act = (phone: Phone, { text, press }: Order): void => {
  if (typeof text === 'string') phone.send(text);
  if (typeof press !== 'string') return;
  const message = phone.messages().findLast((one) =>
    shown(one)
      .keyboard?.inline_keyboard.flat()
      .some((button) => button.text.includes(press)),
  );
  if (message === undefined) throw new Error(`no message has a button ${press}`);
  phone.press(message, press);
};

const arrange = (api: BotApi, { fault, method, times, rate }: Order): void => {
  if (fault !== undefined) api.faults.next(method ?? '*', fault, times);
  if (rate === true) api.rate.switchOn();
  if (rate === false) api.rate.switchOff();
};

/** Answers a function that does what a line says. A line that makes no sense is told, and nothing else. */
export const obeyFor = (api: BotApi, say: (line: object) => void): ((line: string) => void) => {
  const phones = new Map<number, Phone>();

  const phoneOf = ({ from = 4711, name = 'Operator' }: Order): Phone => {
    const id = Number(from);
    const phone = phones.get(id) ?? createPhone(api, { id, name: String(name) });
    phones.set(id, phone);
    return phone;
  };

  return (line) => {
    try {
      const order = JSON.parse(line) as Order;
      arrange(api, order);
      act(phoneOf(order), order);
    } catch (error) {
      say({ kind: 'refused', line, error: (error as Error).message });
    }
  };
};
