import { execFileSync } from 'node:child_process';
import t, { type Test } from 'tap';
import { startServer } from '../../../agent/link/command/start-server.ts';
import { runScript } from '../../../agent/link/tmux/script.ts';
import { parseTmuxLog, readTmuxLog } from '../../../agent/link/tmux-log.ts';
import { checkTmuxLog } from '../../../agent/observe/link/tmux-log.ts';
import { readEntries } from '../../../agent/observe/sources/parse/tmux-log.ts';
import { attachControl } from '../../e2e/control-client.ts';
import { temporarySocket } from './temporary-server.ts';

const start = async (t: Test) => {
  const socket = temporarySocket(t);
  const instance = await startServer(socket, null);
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-u', '-S', socket, ...args], { encoding: 'utf8' });
  tmux('new-session', '-d', '-s', 'shown', 'exec sleep 10000');
  return { socket, instance, tmux, read: () => readTmuxLog(socket, instance) };
};

/** Words that tmux prints with quotes, escapes or both. */
const words = [
  ...['plain', 'two words', '', '"', "'", 'a"b\'c', '$HOME', '~', '~a', ';', 'a;', '#{pid}', '%1'],
  ...['a\\b', 'a\nb', 'a\tb', 'a\x1b[31mb', 'a\x7fb', 'ünï', '漢字', '🎉', '{', '}', '#', '-t=x'],
];

t.test('what a server was told, with every word as it was given', async (t) => {
  const { socket, read } = await start(t);
  const client = await attachControl(t, socket, 'shown');
  await runScript(
    socket,
    words.map((word) => ['set-buffer', '-b', 'b', '--', word]),
  );
  const log = checkTmuxLog({ log: await read() });
  if (!log) throw new Error('somebody is attached');
  t.ok(Math.abs(log.at - Date.now()) < 60_000);
  t.match(log, { cut: false, limit: 1000, clients: [{ name: `client-${client.pid}` }] });
  const entries = readEntries(log.lines, log.clock).filter(({ name }) => name === 'set-buffer');
  t.same(
    entries.toReversed().map(({ args }) => args.at(-1)),
    words,
  );
  t.ok(entries.every(({ minutesAgo, key, user }) => minutesAgo <= 1 && key === null && !user));
});

t.test('before 3.6 only where somebody is attached', async (t) => {
  const { socket, tmux, read } = await start(t);
  tmux('kill-session', '-t', 'shown');
  tmux('new-session', '-d', '-s', 'again', 'exec sleep 10000');
  const alone = await read();
  t.ok(alone === null || alone.lines.some((line) => line.endsWith('kill-session -t shown')));
  await attachControl(t, socket, 'again');
  t.ok((await read())?.lines.some((line) => line.endsWith('kill-session -t shown')));
});

t.test('nobody is attached to a server without a session', async (t) => {
  const { tmux, read } = await start(t);
  tmux('set-option', '-s', 'exit-empty', 'off');
  tmux('kill-session', '-t', 'shown');
  const log = await read();
  t.ok(log === null || log.clients.length === 0, 'null before 3.6');
});

t.test('another server is not read', async (t) => {
  const { socket } = await start(t);
  await t.rejects(readTmuxLog(socket, { pid: 1, startTime: 1 }), { code: 'other-server' });
});

t.test('what is not as asked for is none', async (t) => {
  const good = '1795342064 10:07 1000\n12 client-12\nodd client\nMARK\n10:07: x\n';
  t.same(parseTmuxLog(good, 'MARK'), {
    ...{ at: 1795342064000, clock: '10:07', limit: 1000, cut: false },
    ...{ lines: ['10:07: x'], clients: [{ pid: 12, name: 'client-12' }] },
  });
  for (const bad of ['', 'MARK', good.replace('10:07 ', '10 '), good.replace('MARK', 'mark')]) {
    t.equal(parseTmuxLog(bad, 'MARK'), null, bad);
  }
  const long = parseTmuxLog(`1 10:07 9999\nMARK\n${`${'x'.repeat(999)}\n`.repeat(3000)}`, 'MARK');
  t.match([long?.lines.length, long?.lines[0]?.length, long?.cut], [2000, 400, true]);
});
