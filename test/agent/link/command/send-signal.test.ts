import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { sendSignal } from '../../../../agent/link/command/send-signal.ts';
import { createSession } from '../../../../agent/link/command/session.ts';
import { startServer } from '../../../../agent/link/command/start-server.ts';
import { eventually } from '../../../e2e/sampled.ts';
import { temporarySocket } from '../temporary-server.ts';

t.test('a signal goes to the program that handles it, and to no other', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'hfs-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const socket = temporarySocket(t);
  const instance = await startServer(socket, null);
  const created = (session: string, command: string) =>
    createSession(socket, { server: 'main', session, command, cwd: directory, env: {} });
  const said = (): string => {
    try {
      return readFileSync(join(directory, 'said'), 'utf8');
    } catch {
      return '';
    }
  };
  const hears = await created(
    'hears',
    "trap 'echo told >> said' USR1; echo ready >> said; while :; do sleep 0.1; done",
  );
  const deaf = await created('deaf', 'exec sleep 1000');
  await eventually('it is ready', async () => said().includes('ready') || undefined);

  await sendSignal(socket, instance, hears, 'USR1');
  await eventually('it was told', async () => said().includes('told') || undefined);
  await t.rejects(sendSignal(socket, instance, hears, 'USR2'), { code: 'not-handled' });
  await t.rejects(sendSignal(socket, instance, deaf, 'USR1'), { code: 'not-handled' });
  const other = { ...instance, pid: instance.pid + 1 };
  await t.rejects(sendSignal(socket, other, hears, 'USR1'), { code: 'other-server' });
  await t.rejects(sendSignal(socket, instance, '$99', 'USR1'), { name: 'TmuxFailure' });
});
