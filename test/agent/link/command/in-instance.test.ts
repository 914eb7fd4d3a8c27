import { execFileSync } from 'node:child_process';
import t from 'tap';
import { sendKeys } from '../../../../agent/link/command/keys.ts';
import { createSession, killSession } from '../../../../agent/link/command/session.ts';
import { startServer } from '../../../../agent/link/command/start-server.ts';
import { eventually } from '../../../e2e/sampled.ts';
import { temporarySocket } from '../temporary-server.ts';

const hostile = `it's "a" \\ $HOME #{pid} ; kill-server ~ \u{1F600}`;

t.test('keys reach the session of the server that is meant, as they stand', async (t) => {
  const socket = temporarySocket(t);
  const instance = await startServer(socket, null);
  const tmux = (...args: string[]) =>
    execFileSync('tmux', ['-u', '-S', socket, ...args], { encoding: 'utf8' });
  const tmuxId = await createSession(socket, {
    server: 'main',
    session: 'cat',
    command: 'exec cat',
    cwd: '/',
    env: {},
  });
  const screen = (): string => tmux('capture-pane', '-p', '-J', '-t', `${tmuxId}:`);

  const other = { ...instance, pid: instance.pid + 1 };
  await t.rejects(sendKeys(socket, other, tmuxId, { text: 'a secret', enter: true }), {
    code: 'other-server',
  });
  await t.rejects(killSession(socket, other, tmuxId), { code: 'other-server' });
  await sendKeys(socket, instance, tmuxId, { text: hostile, enter: true });
  await sendKeys(socket, instance, tmuxId, { text: '', enter: true });
  await eventually('the keys', async () => (screen().includes(hostile) ? true : undefined));
  t.notMatch(screen(), /a secret/);

  await killSession(socket, instance, tmuxId);
  t.notMatch(tmux('list-sessions', '-F', '#{session_id}', '-f', '1').split('\n'), [tmuxId]);
});
