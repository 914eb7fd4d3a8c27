import { existsSync } from 'node:fs';
import { managedSettings } from '../tmux/dialect.ts';
import { runScript } from '../tmux/script.ts';

/** What a person who logs in has (pam_systemd(8)); a service has it not, though his manager may run. */
const userBus = (): NodeJS.ProcessEnv => {
  const directory = `/run/user/${process.getuid?.() ?? ''}`;
  if (!existsSync(`${directory}/bus`)) return {};
  return { XDG_RUNTIME_DIR: directory, DBUS_SESSION_BUS_ADDRESS: `unix:path=${directory}/bus` };
};

/** Set for the panes only, once the server runs without them. */
const busSettings = (): string[][] => {
  const found = { ...userBus(), ...process.env };
  return ['XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'].flatMap((key) => {
    const value = found[key];
    return value ? [['set-environment', '-g', key, value]] : [];
  });
};

/** Makes a server record how its panes end. Repeating it changes nothing. */
export const applyManagedSettings = async (socket: string): Promise<void> => {
  await runScript(socket, [...managedSettings, ...busSettings()]);
};
