import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { WitnessStatus } from '../../../../agent/model/status/evidence-status.ts';
import { createWitnessClient } from '../../../../agent/observe/witness/witness-client.ts';
import { createWitnessStatus } from '../../../../agent/observe/witness/witness-status.ts';
import type { WitnessHealth } from '../../../../agent/protocol/witness.ts';
import type { Answers } from '../../../../agent/witness/answers.ts';
import { serveEvidence } from '../../../../agent/witness/server.ts';

const health: WitnessHealth = {
  ...{ version: '0.1.0', pid: 7, since: 1000, blind: null },
  ...{ method: 'probe', realTime: true, signals: 4, lost: 3 },
};
const question = { pids: [1], since: 0, until: 1 };

const socketFor = (t: Test): string => {
  const directory = mkdtempSync(join(tmpdir(), 'hfw-'));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'w.sock');
};

/** A witness that answers what it is given, and counts how often it is asked how it fares. */
const served = async (t: Test, more: Partial<Answers> = {}) => {
  const path = socketFor(t);
  let asked = 0;
  let told: WitnessHealth = health;
  const listener = await serveEvidence(
    path,
    0o600,
    {
      testify: () => {
        throw new Error('blind');
      },
      commands: async () => [],
      ...more,
      health: () => {
        asked += 1;
        return told;
      },
    },
    () => undefined,
  );
  t.teardown(() => listener.close());
  return {
    path,
    listener,
    asked: () => asked,
    tell: (next: Partial<WitnessHealth>) => {
      told = { ...told, ...next };
    },
  };
};

const watching = (path: string) => {
  const changes: [WitnessStatus, WitnessStatus | null][] = [];
  const witness = createWitnessClient(path);
  const status = createWitnessStatus({
    witness,
    onChange: (...change) => changes.push(change),
  });
  return { status, changes };
};

t.test('a word that came in time counts, however busy whoever asked was meanwhile', async (t) => {
  const testimony = { signals: [], clients: [], ooms: [], lost: [], since: 1, readUntil: 2 };
  const { path } = await served(t, {
    testify: async () => {
      // What is answered leaves at once; then nobody has the processor for longer than that is waited for.
      setImmediate(() => {
        const until = performance.now() + 1600;
        while (performance.now() < until);
      });
      return { ...testimony, method: 'probe' as const };
    },
  });
  const told = await createWitnessClient(path).testify(question, 1500);
  t.match(told, { testimony: { readUntil: 2 } });
});

t.test('a witness that sees, is blind, and is gone', async (t) => {
  const { path, listener, tell } = await served(t);
  const { status, changes } = watching(path);
  t.equal(status.current(), null, 'nobody was asked');
  await status.look();
  const sees = { method: 'probe', realTime: true, since: 1000, lost: 3 } as const;
  t.strictSame(status.current(), { state: 'sees', why: null, ...sees });
  await status.look();
  t.equal(changes.length, 1, 'the same again is no change');

  tell({ blind: 'its trace instance was switched off', lost: 5 });
  await status.look();
  t.match(status.current(), {
    ...{ state: 'blind', why: 'its trace instance was switched off', lost: 5 },
  });

  listener.close();
  await status.look();
  t.strictSame(status.current(), {
    ...{ state: 'absent', why: 'no witness is running' },
    ...{ method: null, realTime: null, since: null, lost: 5 },
  });
  t.strictSame(
    changes.map(([after, before]) => [before?.state, after.state]),
    [
      [undefined, 'sees'],
      ['sees', 'blind'],
      ['blind', 'absent'],
    ],
  );
});

t.test('where nothing was ever there', async (t) => {
  const { status, changes } = watching(socketFor(t));
  await status.look();
  t.equal(status.current(), null, 'it may just be starting');
  t.strictSame(changes, []);
  await status.look();
  t.match(status.current(), { state: 'absent', why: 'no witness is running', lost: 0 });
});

t.test('one that does not answer is given up', async (t) => {
  const path = socketFor(t);
  const server = await new Promise<Server>((resolve) => {
    const listening = createServer(() => undefined).listen(path, () => resolve(listening));
  });
  t.teardown(() => server.close());
  const { status } = watching(path);
  await status.look();
  t.equal(status.current(), null, 'it may just be starting');
  await status.look();
  t.match(status.current(), { state: 'absent', why: /does not answer/ });
});

t.test('asked twice at once it is asked once', async (t) => {
  const { path, asked } = await served(t);
  const { status } = watching(path);
  await Promise.all([status.look(), status.look()]);
  t.equal(asked(), 1);
  await status.look();
  t.equal(asked(), 2);
});

t.test('one that sees is asked at every sixth turn, another at each', async (t) => {
  const { path, asked, tell } = await served(t);
  const { status } = watching(path);
  for (let turn = 1; turn <= 12; turn++) await status.turn();
  t.equal(asked(), 3, 'the first, the sixth and the twelfth');
  tell({ blind: 'switched off' });
  for (let turn = 1; turn <= 12; turn++) await status.turn();
  t.equal(asked(), 3 + 7, 'from the one on that found it blind');
});

t.test('where it does not testify it is asked how it fares', async (t) => {
  const { path, asked } = await served(t);
  const { status } = watching(path);
  t.match(await status.testify(question), { untold: /.+/ });
  await status.look();
  t.equal(asked(), 1, 'the look was under way');
  t.equal(status.current()?.state, 'sees');

  const testimony = {
    ...{ since: 0, lost: [], signals: [], ooms: [], clients: [], readUntil: 7 },
    method: 'proc' as const,
  };
  const other = await served(t, { testify: async () => testimony });
  const telling = watching(other.path);
  t.strictSame(await telling.status.testify(question), { testimony });
  t.equal(telling.status.current(), null, 'nobody asks a witness that tells');
});
