import { execFileSync } from 'node:child_process';
import t from 'tap';
import { createSession } from '../../../../agent/link/command/session.ts';
import { startServer } from '../../../../agent/link/command/start-server.ts';
import { createScreens } from '../../../../agent/link/screen/capture.ts';
import type { CapturedScreen } from '../../../../agent/protocol/link.ts';
import { eventually } from '../../../e2e/sampled.ts';
import { temporarySocket } from '../temporary-server.ts';

t.test('a captured screen says how much of it is on the terminal', async (t) => {
  const socket = temporarySocket(t);
  await startServer(socket, null);
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-S', socket, ...args], { encoding: 'utf8' }).trim();
  await createSession(socket, {
    ...{ server: 'main', session: 'shown', cwd: '/', env: {} },
    command: `seq 100; read -r _; printf '\\033[H\\033[2Jalone\\n'; exec cat`,
  });
  const pane = tmux('list-panes', '-a', '-F', '#{pane_id}');
  const height = Number(tmux('display-message', '-p', '#{pane_height}'));

  const capture = async (): Promise<CapturedScreen | undefined> => {
    const captured: CapturedScreen[] = [];
    const rows = [{ id: pane, activityAt: 1 }] as never;
    await createScreens().refresh(socket, rows, Date.now, (screens) => captured.push(...screens));
    return captured[0];
  };
  const until = (last: string) =>
    eventually(`it ends with ${last}`, async () => {
      const screen = await capture();
      return screen?.text.endsWith(`\n${last}`) ? screen : undefined;
    });

  // The row of the cursor is below the last one that says something.
  t.match(await until('100'), { pane, shown: height - 1 });
  tmux('send-keys', 'Enter');
  const cleared = await until('alone');
  t.equal(cleared.shown, 1, 'the rest has scrolled away');
  t.match(cleared.text, /^100$/m);
});
