import { once } from 'node:events';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { generator } from '../../e2e/random.ts';
import { accepts, type Fault, misbehave } from './webhook-fault.ts';

export interface Delivery {
  /** The header webhook-id. */
  id: string;
  receivedAt: number;
  path: string;
  headers: IncomingHttpHeaders;
  /** As it came. */
  text: string;
  /** Parsed; null where it is no JSON. */
  document: unknown;
  /** By the package standardwebhooks; null where nobody gave a secret. */
  verified: boolean | null;
  fault: Fault | null;
}

export interface ReceiverOptions {
  /** 0: any. */
  port?: number;
  /** Who signs otherwise is answered 401. */
  secret?: string;
  /** What to do with the next request; null: accept it. */
  chooseFault?: () => Fault | null;
  /** Each accepted delivery is appended as a line of JSON, and durable before it is answered. */
  file?: string;
  /** What an accepted delivery is answered with. */
  answer?: (delivery: Delivery) => string;
}

export interface Receiver {
  url: URL;
  /** All that came, accepted or not. */
  requests: Delivery[];
  /** What was accepted, in its order. */
  deliveries: Delivery[];
  close(): Promise<void>;
}

const verify = (secret: string | undefined, headers: IncomingHttpHeaders, text: string) => {
  if (secret === undefined) return null;
  try {
    new Webhook(secret).verify(text, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const deliveryOf = (
  { headers, url = '/' }: IncomingMessage,
  text: string,
  secret: string | undefined,
  fault: Fault | null,
): Delivery => ({
  id: String(headers['webhook-id'] ?? ''),
  receivedAt: Date.now(),
  path: url,
  headers,
  text,
  document: parsed(text),
  verified: verify(secret, headers, text),
  fault,
});

/** A receiver of webhooks on loopback, which verifies what comes, keeps it, and misbehaves as it is told. */
export const startWebhookReceiver = async ({
  port = 0,
  secret,
  chooseFault = () => null,
  file,
  answer = () => 'ok',
}: ReceiverOptions = {}): Promise<Receiver> => {
  const requests: Delivery[] = [];
  const deliveries: Delivery[] = [];
  const fd = file === undefined ? null : openSync(file, 'a');

  const accept = (delivery: Delivery): void => {
    deliveries.push(delivery);
    if (fd === null) return;
    writeSync(fd, `${JSON.stringify(delivery)}\n`);
    fsyncSync(fd);
  };

  const server = createServer(async (request, response) => {
    const text = (await request.setEncoding('utf8').toArray()).join('');
    const fault = chooseFault();
    const delivery = deliveryOf(request, text, secret, fault);
    requests.push(delivery);
    if (delivery.verified === false) return response.writeHead(401).end('wrong signature');
    if (accepts(fault)) accept(delivery);
    return fault === null ? response.end(answer(delivery)) : misbehave(fault, response);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`),
    requests,
    deliveries,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (fd !== null) closeSync(fd);
    },
  };
};

/** Faults as a network and a busy server have them; the rest is accepted. */
const flaky = (rate: number, random: () => number) => (): Fault | null => {
  if (random() >= rate) return null;
  const faults: Fault[] = [
    { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
    { kind: 'status', status: 500 },
    { kind: 'status', status: 503 },
    { kind: 'tear-before' },
    { kind: 'tear-after' },
  ];
  return faults[Math.floor(random() * faults.length)] ?? null;
};

/** `webhook-receiver.ts --port PORT --file FILE [--secret whsec_…] [--faults RATE --seed NUMBER]`; prints its address. */
if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      file: { type: 'string' },
      secret: { type: 'string' },
      faults: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
    },
  });
  const { url } = await startWebhookReceiver({
    port: Number(values.port),
    chooseFault: flaky(Number(values.faults), generator(Number(values.seed))),
    ...(values.file !== undefined && { file: values.file }),
    ...(values.secret !== undefined && { secret: values.secret }),
  });
  process.stdout.write(`${url}\n`);
}
