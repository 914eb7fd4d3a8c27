import type { Server } from 'node:http';
import { codeOf, Failure } from '../../agent/model/failure.ts';
import type { Log } from '../log.ts';
import { type Address, formatAddress } from './address.ts';

export interface HttpOptions {
  server: Server;
  address: Address;
  retryMs: number;
  log: Log;
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already; stop it or choose another --listen',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'not permitted; ports below 1024 need a privilege',
};

const failure = (address: Address, cause: unknown): Failure => {
  const code = codeOf(cause) ?? String(cause);
  const message = `cannot listen on ${formatAddress(address)}: ${reasons[code] ?? code}`;
  return new Failure('listen', message, { cause, retryable: true });
};

const listen = (server: Server, { host, port }: Address): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('listening', resolve).once('error', reject);
  server.listen({ port, ...(host && { host }) });
  return promise.finally(() => server.off('listening', resolve).off('error', reject));
};

/** How long answers under way may take when we stop. */
const stopGraceMs = 500;

/** Listens, or keeps trying to, until stopped. */
export class HttpOutput {
  readonly #options: HttpOptions;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: HttpOptions) {
    this.#options = options;
    // Errors of listening are awaited where it is tried; without this a later one would end the process.
    options.server.on('error', () => {});
  }

  get listening(): boolean {
    return this.#options.server.listening;
  }

  /** The port in use; null while not listening. */
  get port(): number | null {
    const address = this.#options.server.address();
    return typeof address === 'object' && address ? address.port : null;
  }

  /** Tries once. @returns why it does not listen; null when it does. */
  async start(): Promise<Failure | null> {
    const { server, address } = this.#options;
    try {
      await listen(server, address);
      return null;
    } catch (cause) {
      return failure(address, cause);
    }
  }

  /** Tries again every `retryMs` until it listens, and says so then. */
  keepTrying(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(async () => {
      if (await this.start()) this.keepTrying();
      else this.#options.log.info({ port: this.port }, 'listening now');
    }, this.#options.retryMs);
  }

  async stop(): Promise<void> {
    const { server } = this.#options;
    this.#stopped = true;
    clearTimeout(this.#timer);
    if (!server.listening) return;
    const cutOff = setTimeout(() => server.closeAllConnections(), stopGraceMs);
    await new Promise((resolve) => server.close(resolve));
    clearTimeout(cutOff);
  }
}
