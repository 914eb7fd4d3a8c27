import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import type { Test } from 'tap';
import {
  createHttpClient,
  type HttpClient,
  type HttpOptions,
} from '../../../../exporters/notifier/channel/http.ts';
import type { Fault } from '../webhook-fault.ts';
import { type Receiver, type ReceiverOptions, startWebhookReceiver } from '../webhook-receiver.ts';

export type Limits = Pick<HttpOptions, 'limitMs' | 'bodyMs'>;

/** What comes is waited for, however long a loaded machine takes. ms */
export const patient: Limits = { limitMs: 60_000, bodyMs: 60_000 };
/** For what never comes. ms */
export const hasty: Limits = { limitMs: 400, bodyMs: 200 };
/** For an answer whose body never ends. ms */
export const hastyBody: Limits = { ...patient, bodyMs: 200 };

/** A signal that never aborts. */
export const never = (): AbortSignal => new AbortController().signal;

export const httpFor = (t: Test, options: Partial<HttpOptions> = {}): HttpClient => {
  const http = createHttpClient({ env: {}, now: Date.now, ...options });
  t.teardown(() => http.close());
  return http;
};

/** A receiver that misbehaves as the list says, one fault for each request, and then accepts. */
export const receiving = async (
  t: Test,
  faults: (Fault | null)[] = [],
  options: ReceiverOptions = {},
): Promise<Receiver> => {
  const left = [...faults];
  const chooseFault = () => left.shift() ?? null;
  const receiver = await startWebhookReceiver({ chooseFault, ...options });
  t.teardown(() => receiver.close());
  return receiver;
};

/** A port where nobody listens, nor can meanwhile: it is the near end of a connection. */
export const closedPort = async (t: Test): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const held = connect((server.address() as AddressInfo).port, '127.0.0.1');
  t.teardown(() => {
    held.destroy();
    server.close();
  });
  await once(held, 'connect');
  return `http://127.0.0.1:${held.localPort}`;
};
