import { setTimeout as wait } from 'node:timers/promises';
import { type Receiver, startWebhookReceiver } from '../../exporters/notifier/webhook-receiver.ts';
import type { Effort } from '../part.ts';
import type { Row } from '../row.ts';
import { type Stack, withStack } from '../stack.ts';
import { waitFor } from '../wait-for.ts';
import { fillOutbox } from './fill-outbox.ts';
import { watchMemory } from './watch-memory.ts';

const queued = 10_000;

/** How long the receiver is away after the start of a notifier with a full outbox, ms. */
const downMs = 6000;

/** What a webhook is told at most (exporters/notifier/channel/webhook.ts), /s. */
const allowed = 10;

const note =
  `the outbox is filled with ${queued.toLocaleString('en-GB')} alerts by the code of the notifier while that is stopped; ` +
  'it starts, finds the receiver down, then up; a part of the drain is measured';

/** From the first to the last of them, /s. */
const rateOf = ({ deliveries }: Receiver): number => {
  const times = deliveries.map(({ receivedAt }) => receivedAt);
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  return (times.length - 1) / seconds;
};

const measureDrain = async (stack: Stack, port: number, effort: Effort): Promise<Row[]> => {
  effort.progress(`filling the outbox with ${queued} alerts`);
  await stack.end('notifier');
  fillOutbox(stack.paths, 'webhook:all', queued);
  await stack.launch('notifier');
  const largestMb = watchMemory(stack.pid('notifier'));
  await wait(downMs);
  effort.progress('draining');
  const receiver = await startWebhookReceiver({ port });
  try {
    await waitFor('a delivery', async () => receiver.deliveries[0]);
    await wait(effort.quick ? 20_000 : 60_000);
    const row = (
      what: string,
      budget: number | null,
      measured: number,
      unit: Row['unit'],
    ): Row => ({
      ...{ what, budget, measured, unit, note },
    });
    const of = `of ${queued.toLocaleString('en-GB')} queued alerts`;
    return [
      row(`drain ${of} at a webhook`, allowed, rateOf(receiver), '/s'),
      row(`anonymous memory of the notifier, drain ${of}`, 80, largestMb(), 'MB'),
    ];
  } finally {
    await receiver.close();
  }
};

/** What a long time without network leaves behind, and how it goes away. */
export const benchDrain = async (effort: Effort): Promise<Row[]> => {
  const { url, close } = await startWebhookReceiver();
  await close();
  return withStack(
    () => JSON.stringify({ alerts: { webhooks: { all: { url: url.href } } } }),
    (stack) => measureDrain(stack, Number(url.port), effort),
    { run: ['agent', 'link', 'notifier'] },
  );
};
