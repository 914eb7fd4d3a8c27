import { closeSync, openSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { startAnnouncer } from '../../../../agent/link/tmux/announcer.ts';
import { createReadyClient } from '../../../../agent/link/tmux/ready-client.ts';
import { runTmux } from '../../../../agent/link/tmux/run.ts';
import { runScript } from '../../../../agent/link/tmux/script.ts';
import { startSentinel } from '../../../../agent/link/tmux/waiting-client.ts';
import { watchServer } from '../../../../agent/link/watch/watcher.ts';
import { processStat } from '../../../../agent/os/process-stat.ts';
import { createListener } from '../watch/told.ts';

/**
 * A process of its own for `descriptors.test.ts`, with few descriptors: SCENARIO SOCKET. Prints what comes of the
 * scenario, and ends with 0 unless something was thrown that nobody caught.
 */

const taken: number[] = [];
const takeAll = (): void => {
  try {
    for (;;) taken.push(openSync('/dev/null', 'r'));
  } catch {
    // There is none left.
  }
};
const giveBack = (): void => taken.splice(0).forEach(closeSync);

const [scenario = '', socket = ''] = process.argv.slice(2);
const hello = [['display-message', '-p', 'hello']];
const codeOf = (cause: unknown): string => (cause as { code?: string }).code ?? String(cause);

/** How a call ends while there is no descriptor. */
const without = async (call: () => unknown): Promise<string> => {
  takeAll();
  try {
    await call();
    return 'done';
  } catch (cause) {
    return codeOf(cause);
  } finally {
    // What was started may say a moment later that it could not be.
    await turn();
    giveBack();
  }
};

const scenarios: Record<string, () => Promise<string[]>> = {
  async calls() {
    return [
      await without(() => runTmux(socket, ['list-sessions'])),
      await without(() => runScript(socket, hello)),
      await without(() => startSentinel(socket, () => undefined)),
      await without(() => processStat(process.pid)),
    ];
  },
  async 'ready client'() {
    const client = createReadyClient(socket);
    const kept = await without(() => client.keep());
    const first = await client.run(hello);
    const refused = await without(() => client.run(hello));
    // Answered by the client that waits, while another cannot be started.
    const answer = client.run(hello);
    takeAll();
    const last = await answer;
    takeAll();
    await turn();
    giveBack();
    const again = await client.run(hello);
    client.release();
    return [kept, first.trim(), refused, last.trim(), again.trim()];
  },
  async announcer() {
    takeAll();
    const { promise, resolve } = Promise.withResolvers<string>();
    const end = startAnnouncer(socket, hello, async (printed) => resolve(printed));
    await turn();
    giveBack();
    const printed = await promise;
    end();
    return [printed.trim()];
  },
  async watcher() {
    const { tell, until, told } = createListener();
    const watcher = watchServer({ server: 'main', socket, managed: true }, tell);
    const named = (method: string, after: number) =>
      until(method, (one) => (told.indexOf(one) >= after && one.method === method) || undefined);
    await named('server.listing', 0);
    // Whatever ends gives its descriptors back.
    const timer = setInterval(takeAll, 1);
    await named('link.trouble', 0);
    clearInterval(timer);
    giveBack();
    const before = told.length;
    await watcher.resync();
    await named('server.listing', before);
    watcher.close();
    return [...new Set(told.map(({ method }) => method))].sort();
  },
};

console.log(JSON.stringify(await scenarios[scenario]?.()));
