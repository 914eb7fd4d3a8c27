import type { TmuxCommand } from './tmux-arguments.ts';

/** A shortened name stands for a command it is the beginning of. */
export const isShortFor = (name: string, full: string, alias?: string): boolean =>
  name === alias || (name.length > 5 && full.startsWith(name));

export const endsServer = ({ name }: TmuxCommand): boolean => isShortFor(name, 'kill-server');

/** Whether it may take a session away, by itself or with its last window. */
export const endsSession = ({ name }: TmuxCommand): boolean =>
  isShortFor(name, 'kill-session') ||
  isShortFor(name, 'kill-window', 'killw') ||
  isShortFor(name, 'kill-pane', 'killp');

/** Whether it takes a window or a pane, and a session only with its last. */
export const takesPart = (command: TmuxCommand): boolean =>
  endsSession(command) && !isShortFor(command.name, 'kill-session');

/** Commands of tmux(1) that take nothing away, in full and as they may be shortened. */
const innocent = new Set([
  ...['bind-key', 'bind', 'unbind-key', 'unbind', 'capture-pane', 'capturep', 'clear-history'],
  ...['clearhist', 'copy-mode', 'delete-buffer', 'deleteb'],
  ...['display-message', 'display', 'display-panes', 'displayp', 'has-session', 'has', 'info'],
  ...['last-pane', 'lastp', 'last-window', 'last', 'next-layout', 'nextl', 'next-window', 'next'],
  ...['previous-layout', 'prevl', 'previous-window', 'prev', 'resize-window', 'resizew'],
  ...['rotate-window', 'rotatew', 'send-prefix', 'swap-pane', 'swapp'],
  ...['swap-window', 'swapw'],
  ...['list-buffers', 'lsb', 'list-clients', 'lsc', 'list-commands', 'lscm', 'list-keys', 'lsk'],
  ...['list-panes', 'lsp', 'list-sessions', 'ls', 'list-windows', 'lsw', 'load-buffer', 'loadb'],
  ...['new-window', 'neww', 'paste-buffer', 'pasteb', 'pipe-pane', 'pipep', 'refresh-client'],
  ...['rename-session', 'rename', 'rename-window', 'renamew', 'resize-pane', 'resizep'],
  ...['save-buffer', 'saveb', 'select-layout', 'selectl', 'select-pane', 'selectp'],
  ...['select-window', 'selectw', 'send-keys', 'send', 'set-buffer', 'setb', 'set-environment'],
  ...['setenv', 'show-buffer', 'showb', 'show-environment', 'showenv', 'show-hooks'],
  ...['show-messages', 'showmsgs', 'show-options', 'show', 'show-window-options', 'showw'],
  ...['split-window', 'splitw', 'start-server', 'start', 'wait-for', 'wait'],
]);

const setsOption = new Set(['set-option', 'set', 'set-window-option', 'setw']);

/** Options by which a session or a server goes (destroy-unattached, exit-unattached, exit-empty), and may be shortened. */
const endingOption = /^(?:des|exit)/;

/** Whether it ends nothing. What is neither innocent nor known to end something may have done it. */
export const isInnocent = ({ name, args }: TmuxCommand): boolean =>
  innocent.has(name) || (setsOption.has(name) && !args.some((word) => endingOption.test(word)));

/**
 * Whether it ends something of whatever kind, also a program alone (respawn-pane). Wider than the others, because it accuses
 * nobody, and of letters alone, because it is shown.
 */
export const endsSomething = ({ name }: TmuxCommand): boolean =>
  /^(kill|respawn)[a-z-]{0,12}$/.test(name);

/**
 * The log of tmux has names in full, and only commands that end something are read from it: those that are no kill
 * (respawn-pane -k, unlink-window) take a session away with its last window, as kill-window does.
 */
export const asKillWindow = (command: TmuxCommand): TmuxCommand =>
  command.name.startsWith('kill-') ? command : { ...command, name: 'kill-window' };
