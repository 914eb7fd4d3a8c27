import { join } from 'node:path';
import type { Testimony } from '../../../agent/model/witnessed.ts';
import { mostPatienceMs, type WitnessHealth } from '../../../agent/protocol/witness.ts';
import type { Login } from '../login.ts';

const script = join(import.meta.dirname, '../guest/ask-witness.cjs');

const ask = async (root: Login, method: string, params: object): Promise<unknown> => {
  await root.put(script, '/root/ask-witness.cjs');
  const node = '/usr/lib/holdfast/bin/node';
  return JSON.parse(
    await root.must(`${node} /root/ask-witness.cjs ${method} '${JSON.stringify(params)}'`),
  );
};

export const healthOf = (root: Login): Promise<WitnessHealth> =>
  ask(root, 'health', {}) as Promise<WitnessHealth>;

/**
 * What it saw of those processes, whenever it was. One that has only begun has much to read, and an emulated processor is
 * slow: it is given the time.
 */
export const testimonyOn = (root: Login, pids: readonly number[]): Promise<Testimony> => {
  const question = { pids, since: 0, until: 1e15, patienceMs: mostPatienceMs };
  return ask(root, 'testify', question) as Promise<Testimony>;
};
