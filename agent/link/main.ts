import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../model/failure.ts';
import { version } from '../model/version.ts';
import { currentUser } from '../os/current-user.ts';
import { createJournalLine } from '../os/journal-line.ts';
import { loadCollector } from '../os/spare-memory.ts';
import { startLink } from './link.ts';

const usage = 'usage: holdfast-link --socket FILE --run-dir DIR [--server-socket FILE]';

const { values } = parseArgs({
  options: {
    socket: { type: 'string' },
    'run-dir': { type: 'string' },
    'server-socket': { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (values.help || !values.socket || !values['run-dir']) {
  console.error(usage);
  process.exit(values.help ? 0 : 64);
}

const tmuxVersion = (): string => {
  try {
    return execFileSync('tmux', ['-V'], { encoding: 'utf8', timeout: 2000 }).trim().slice(5, 40);
  } catch {
    return '';
  }
};

const owner = currentUser();
const { say, tellCrashes } = createJournalLine(process.env, {
  component: 'link',
  owner: owner.username,
});
tellCrashes();
let said = '';
const link = startLink({
  socket: values.socket,
  runDir: values['run-dir'],
  serverSocket: values['server-socket'] ?? null,
  hello: { version, owner: owner.username, uid: owner.uid, pid: process.pid, tmux: tmuxVersion() },
  // Beside the bundle, as it is beside this file.
  launcher: join(import.meta.dirname, 'pane-shell'),
  env: process.env,
  onConnected: () => {
    said = '';
    say('info', 'connected to the agent');
    process.send?.({ ready: true });
  },
  // Each second again: one line for the same trouble.
  onTrouble: (cause) => {
    const text = messageOf(cause);
    if (text !== said) say('error', 'the agent cannot be greeted', { why: text.slice(0, 400) });
    said = text;
  },
});

/** By then it has connected and listed its servers, and most of what it took for that is garbage. */
const settledMs = 1000;
const collectEveryMs = 300_000;

// malloc has little to give back here, and the FFI that asks it costs more.
const collect = loadCollector();
setTimeout(collect, settledMs).unref();
setInterval(collect, collectEveryMs).unref();

const stop = (): void => {
  link.close();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// Under `holdfast up` the parent's end is ours: nothing is left behind.
if (process.connected) process.once('disconnect', stop);
