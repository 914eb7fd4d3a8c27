import type { AlertDocument } from '../../../exporters/notifier/channel/document.ts';
import { accepts, type Fault } from '../../exporters/notifier/webhook-fault.ts';
import { type Delivery, startWebhookReceiver } from '../../exporters/notifier/webhook-receiver.ts';

/** A program that is told, over a line that fails in one of ten requests. */
export interface Hook {
  /** For `alerts.webhooks`, and its credential. */
  readonly config: { url: string; secretCredential: string };
  readonly secret: string;
  deliveries(): readonly Delivery[];
  /** The signature of everything that came was right. */
  isSigned(): boolean;
  /** By incident: how its alert was told last. */
  told(): Map<string, AlertDocument['data']>;
  /** How often something came again, and how often what came was not answered: nobody can know then that it did. */
  twice(): { twice: number; unanswered: number };
  /** The ids of what came after something newer of the same alert. */
  late(): string[];
  calm(): void;
  close(): Promise<void>;
}

const faults: readonly Fault[] = [
  { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'tear-before' },
  { kind: 'tear-after' },
  { kind: 'garbage', bytes: Buffer.from('no HTTP\r\n\r\n') },
];

const dataOf = ({ document }: Delivery) => (document as AlertDocument).data;

export const startHook = async (random: () => number): Promise<Hook> => {
  const secret = `whsec_${Buffer.from('for tests only, long enough').toString('base64')}`;
  let isFlaky = true;
  const receiver = await startWebhookReceiver({
    secret,
    chooseFault: () =>
      isFlaky && random() < 0.1 ? (faults[Math.floor(random() * faults.length)] ?? null) : null,
  });
  const { deliveries, requests } = receiver;

  return {
    config: { url: receiver.url.href, secretCredential: 'hook' },
    secret,
    deliveries: () => deliveries,
    isSigned: () => requests.every(({ verified }) => verified === true),
    told: () =>
      new Map(
        deliveries
          .map(dataOf)
          .flatMap((data) => data.incidents.map((incident) => [incident, data] as const)),
      ),
    twice: () => ({
      twice: deliveries.length - new Set(deliveries.map(({ id }) => id)).size,
      unanswered: deliveries.filter(({ fault }) => fault !== null && accepts(fault)).length,
    }),
    late: () => {
      const newest = new Map<string, number>();
      const late = deliveries.filter((delivery) => {
        const { alert, revision } = dataOf(delivery);
        const before = newest.get(alert) ?? 0;
        newest.set(alert, Math.max(before, revision));
        return revision < before;
      });
      return late.map(({ id }) => id);
    },
    calm: () => {
      isFlaky = false;
    },
    close: receiver.close,
  };
};
