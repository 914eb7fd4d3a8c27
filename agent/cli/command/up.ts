import { userInfo } from 'node:os';
import { join } from 'node:path';
import { version } from '../../model/version.ts';
import type { Context } from '../command.ts';
import { exitCode } from '../frame/exit.ts';
import { readConfig } from '../frame/read-config.ts';
import { watchSignals } from '../frame/signals.ts';
import { type Display, displayFor } from '../up/display.ts';
import { writeFirstConfig } from '../up/first-config.ts';
import { isNotifierWanted } from '../up/notifier-wanted.ts';
import { prepareHome } from '../up/prepare-home.ts';
import { startSupervisor } from '../up/supervisor.ts';
import { refuseRunningAgent, takeLock } from '../up/up-lock.ts';

export interface UpValues {
  'stop-sessions': boolean;
  'no-exporter': boolean;
  'no-notifier': boolean;
  'no-witness': boolean;
  listen: string | undefined;
}

const usualListen = '127.0.0.1:9798';

/** A uid without an entry in the user database, as in a container, has no name. */
const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.()}`;
  }
};

const isRoot = (): boolean => process.getuid?.() === 0;

const sayHello = (
  display: Display,
  home: string,
  wroteConfig: boolean,
  warnings: string[],
): void => {
  display.say({
    kind: 'started',
    style: 'bold',
    text: `holdfast ${version} in ${home}; without systemd everything runs as ${userName()}`,
    fields: { version, home },
  });
  if (wroteConfig) {
    const text = `wrote etc/holdfast.yaml: two demo sessions, and your own tmux servers watched`;
    display.say({ kind: 'started', text });
  }
  if (!isRoot()) {
    const text = 'without root the kernel does not tell who sends a signal: no witness is started';
    display.say({ kind: 'started', text });
  }
  for (const text of warnings) display.say({ kind: 'warning', style: 'yellow', text });
};

/** Read again each time: a token or a webhook may have come since. */
const wantsNotifier = async ({ paths }: Context, refused: boolean): Promise<boolean> =>
  !refused && isNotifierWanted(paths, (await readConfig(paths)).config.alerts);

const supervise = async (
  context: Context,
  home: string,
  values: UpValues,
  display: Display,
): Promise<void> => {
  const { asked, hurry } = watchSignals();
  const supervisor = startSupervisor({
    home,
    paths: context.paths,
    env: context.env,
    listen: values.listen ?? usualListen,
    exporter: !values['no-exporter'],
    witness: isRoot() && !values['no-witness'],
    wantsNotifier: () => wantsNotifier(context, values['no-notifier']),
    display,
    terminal: context.stdout,
    now: context.now,
  });
  await asked;
  display.show([]);
  display.say({ kind: 'stopped', text: 'stopping' });
  const sessions = values['stop-sessions'];
  await supervisor.stop({ sessions, hurry });
  const text = sessions ? 'stopped, with its sessions' : 'stopped; sessions live on';
  display.say({ kind: 'stopped', text });
};

/** The foreground supervisor for those without root or systemd. */
export const up = async (context: Context, values: UpValues): Promise<number> => {
  const { paths } = context;
  const home = context.home ?? '';
  prepareHome(home, paths, process.getuid?.() ?? 0);
  await refuseRunningAgent(paths.agentSocket, home);
  const release = takeLock(join(home, 'run/up.lock'), home);
  try {
    const wroteConfig = writeFirstConfig(paths.config);
    const { warnings } = await readConfig(paths);
    const display = displayFor(context.stdout, context.json, context.now);
    sayHello(display, home, wroteConfig, warnings);
    await supervise(context, home, values, display);
    display.close();
    return exitCode.ok;
  } finally {
    release();
  }
};
