import { userInfo } from 'node:os';

const shellOfUser = (): string => {
  try {
    return userInfo().shell ?? '';
  } catch {
    // A user without an entry: tmux takes /bin/sh then.
    return '';
  }
};

/** A service user's shell that refuses to run anything: tmux would run every command with it (nologin(8)). */
const usableShell = (): NodeJS.ProcessEnv => {
  const shell = process.env['SHELL'] || shellOfUser();
  return /\/(nologin|false)$/.test(shell) ? { SHELL: '/bin/sh' } : {};
};

/** What the panes of a managed server inherit: nothing of ours, and no outer tmux. */
export const serverEnvironment = (): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(
    // With a user bus in its environment Debian's tmux moves every pane into a user scope.
    ([key]) =>
      !/^(TMUX|TMUX_PANE|HOLDFAST_.*|NODE_.*|XDG_RUNTIME_DIR|DBUS_SESSION_BUS_ADDRESS)$/.test(key),
  );
  return { ...Object.fromEntries(kept), ...usableShell() };
};
