import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { changedChannel } from '../../../../agent/link/tmux/dialect.ts';
import { startServer, tmuxOn } from '../../../e2e/tmux.ts';
import { temporarySocket } from '../temporary-server.ts';

const run = promisify(execFile);

const program = join(import.meta.dirname, 'without-descriptors.ts');

/** What a process with few descriptors prints; rejects when it ends with an error. */
const withFew = async (scenario: string, socket: string): Promise<unknown> => {
  const words = [process.execPath, program, scenario, socket];
  const limited = ['-c', 'ulimit -n 64; exec "$@"', 'sh', ...words];
  const { stdout } = await run('sh', limited, { timeout: 20_000 });
  return JSON.parse(stdout);
};

t.test('what cannot be started or read for want of a descriptor is refused', async (t) => {
  const socket = temporarySocket(t);
  await startServer(socket, 'one');
  const refusals = await withFew('calls', socket);
  t.strictSame(refusals, ['tmux-missing', 'tmux-missing', 'tmux-missing', 'EMFILE']);
});

t.test('a client is prepared when there are descriptors again', async (t) => {
  const socket = temporarySocket(t);
  await startServer(socket, 'one');
  const answers = await withFew('ready client', socket);
  t.strictSame(answers, ['done', 'hello', 'EMFILE', 'hello', 'hello']);
});

t.test('changes are announced when there are descriptors again', async (t) => {
  const socket = temporarySocket(t);
  await startServer(socket, 'one');
  // The channel remembers it until somebody waits.
  await tmuxOn(socket, 'wait-for', '-S', changedChannel);
  t.strictSame(await withFew('announcer', socket), ['hello']);
});

t.test('a server is watched on when there are descriptors again', async (t) => {
  const socket = temporarySocket(t);
  await startServer(socket, 'one');
  const told = (await withFew('watcher', socket)) as string[];
  t.ok(told.includes('link.trouble'));
  t.notOk(told.includes('server.gone'), 'nothing is said of the server');
  t.notOk(told.includes('server.unreachable'));
});
