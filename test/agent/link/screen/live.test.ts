import { execFileSync } from 'node:child_process';
import t, { type Test } from 'tap';
import { createSession } from '../../../../agent/link/command/session.ts';
import { startServer } from '../../../../agent/link/command/start-server.ts';
import { captureLive } from '../../../../agent/link/screen/live.ts';
import { redact } from '../../../../agent/model/redaction.ts';
import { readLiveScreen } from '../../../../agent/observe/link/live-screen.ts';
import { eventually } from '../../../e2e/sampled.ts';
import { temporarySocket } from '../temporary-server.ts';

const columns = 40;
const rows = 12;

/** A real server with one session, whose screen has what `print` writes. */
const showing = async (t: Test, print: string) => {
  const socket = temporarySocket(t);
  const instance = await startServer(socket, null);
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-u', '-S', socket, ...args], { encoding: 'utf8' });
  const create = (session: string, command: string) =>
    createSession(socket, {
      server: 'main',
      session,
      command,
      cwd: '/',
      env: { LC_ALL: 'C.UTF-8' },
    });
  const tmuxId = await create('shown', 'exec cat');
  tmux('set-option', '-t', tmuxId, 'window-size', 'manual');
  tmux('resize-window', '-t', tmuxId, '-x', `${columns}`, '-y', `${rows}`);
  const command = `printf '${print}'; printf 'the end'; exec cat`;
  tmux('respawn-pane', '-k', '-t', `${tmuxId}:`, command);
  const capture = () => captureLive(socket, instance, tmuxId);
  const shown = await eventually('the screen', async () => {
    const screen = await capture();
    return screen.text.includes('the end') ? screen : undefined;
  });
  return { socket, instance, tmuxId, tmux, create, shown };
};

const asPeopleSee = (answer: unknown): string =>
  readLiveScreen(answer, (text, options) => redact(text, options).text).text;

t.test('the screen as it looks: colours, wide characters, lines, its size', async (t) => {
  const { shown } = await showing(t, '\\033[1;31mred\\033[0m 漢字 🎉\\n\\033(0lqk\\033(B\\n');
  t.match(shown, { columns, rows });
  const [first = '', second = ''] = asPeopleSee(shown).split('\n');
  t.match(first, /^(?:\x1b\[1m\x1b\[31m|\x1b\[1;31m)red(?:\x1b\[[0-9;]*m)+ 漢字 🎉$/);
  t.match(second.replace(/\x1b\[[0-9;]*m/g, ''), /^┌─┐$/);
  t.equal(asPeopleSee(shown).split('\n').length, rows, 'a line for each row');
});

t.test('a secret does not leave, whatever colours and lines it is spread over', async (t) => {
  const head = 'export API_TOKEN=Zx9Yw8Vu7Ts6';
  const print = `${head}\\033[31mRq5Po4Nm3Lk2Ji1\\033[0mHg0FeDc9Ba8\\n`;
  const { shown } = await showing(t, print);
  t.match(shown.text, /Zx9Yw8/, 'the link tells it as it is');
  const seen = asPeopleSee(shown);
  t.notMatch(seen, /Zx9Yw8|Rq5|Hg0Fe|DcBa|c9Ba8/);
  t.match(seen, /API_TOKEN=\[redacted\]/);
  t.match(seen, /the end/);
});

t.test('nor one that began on a line that is no longer on the screen', async (t) => {
  const lines = Array.from({ length: 30 }, (_, i) => `MIIEpAIBAAKCAQEA${i}q83vEjRW`);
  const key = ['-----BEGIN RSA PRIVATE KEY-----', ...lines, '-----END RSA PRIVATE KEY-----', ''];
  const { shown, tmux, tmuxId } = await showing(t, ['key:', ...key].join('\\n'));
  t.match(tmux('capture-pane', '-p', '-t', `${tmuxId}:`), /^MIIE/, 'the rest of it is');
  const seen = asPeopleSee(shown);
  t.notMatch(seen, /MIIE|q83v/);
  t.match(seen, /the end/);
});

t.test('titles and links of the terminal are not part of it', async (t) => {
  const print =
    '\\033]0;title\\007a\\033]8;;https://evil.example\\033\\\\link\\033]8;;\\033\\\\\\n';
  const { shown } = await showing(t, print);
  t.notMatch(asPeopleSee(shown), /evil|title|\x1b\]/);
  t.match(asPeopleSee(shown), /^alink/);
});

t.test('of several panes the active one', async (t) => {
  const { tmux, tmuxId, socket, instance } = await showing(t, 'first ');
  tmux('split-window', '-t', `${tmuxId}:`, "printf 'second'; exec cat");
  const shown = await eventually('the second', async () => {
    const screen = await captureLive(socket, instance, tmuxId);
    return screen.text.includes('second') ? screen : undefined;
  });
  t.notMatch(shown.text, /first/);
  t.ok(shown.rows < rows);
});

t.test('of another server, or a session that went, there is none', async (t) => {
  const { socket, instance } = await showing(t, '');
  const other = { ...instance, pid: instance.pid + 1 };
  await t.rejects(captureLive(socket, other, '$0'), { code: 'other-server' });
  await t.rejects(captureLive(socket, instance, '$77'), { code: 'tmux-refused' });
});

t.test('of a screen larger than an answer may be, the last lines', async (t) => {
  const { tmux, tmuxId, socket, instance } = await showing(t, '');
  tmux('resize-window', '-t', tmuxId, '-x', '400', '-y', '200');
  const program =
    "i=0; while [ $i -lt 79000 ]; do printf '\\033[38;2;%d;%d;%dmx' $((i % 250)) $((i % 240)) 200; i=$((i+1)); done";
  tmux('respawn-pane', '-k', '-t', `${tmuxId}:`, `${program}; printf '\\033[0m the end'; exec cat`);
  const shown = await eventually('the screen', async () => {
    const screen = await captureLive(socket, instance, tmuxId);
    return screen.text.includes('the end') ? screen : undefined;
  });
  t.ok(Buffer.byteLength(shown.text) <= 256 * 1024);
  t.ok(Buffer.byteLength(shown.text) > 200 * 1024);
  t.match(shown.text.trimEnd(), /the end$/);
});
