import { managedSettings } from '../tmux/dialect.ts';
import { runScript } from '../tmux/script.ts';

/** Set for the panes only, once the server runs without them. */
const busSettings = (): string[][] =>
  ['XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'].flatMap((key) => {
    const value = process.env[key];
    return value ? [['set-environment', '-g', key, value]] : [];
  });

/** Makes a server record how its panes end. Repeating it changes nothing. */
export const applyManagedSettings = async (socket: string): Promise<void> => {
  await runScript(socket, [...managedSettings, ...busSettings()]);
};
