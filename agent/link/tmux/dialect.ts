/**
 * Everything that depends on the version of tmux. Tried with 3.3a; where something came later than 2.6, its
 * entry says when, by tmux's own list of changes. What needs most is `headFormat`.
 */

/**
 * Sent to every tmux we run. `-u`: without it a client whose locale is not UTF-8 gets `_` for every
 * character outside ASCII. No command but `start-server` starts a server, so none needs `-N`.
 */
export const clientFlags = ['-u'];

/**
 * First line of each listing: whose it is, and how many sessions must follow. The number is the length of
 * one `x` a session: 3.3a has no variable for it. `n:` since 3.2, `next_session_id` since 3.3.
 */
export const headFormat = '#{pid} #{n:#{S:x}} #{next_session_id} #{version}';

/** Our own option, printed only when it is what we write: base64url, so it cannot break a line. `m/r:` since 3.0. */
export const declaredFormat = '#{?#{m/r:^[A-Za-z0-9_-]+$,#{@holdfast}},#{@holdfast},}';

/** Options by which tmux ends things by itself: a name is what the option is for that session, inherited or its own. */
export const endingOptionsFormat = '#{destroy-unattached},#{exit-unattached},#{exit-empty}';

/** The user option in which a managed server's own hook keeps how its panes ended, newest last. */
export const exitsOption = '@holdfast-exits';

/** Our slot in the array of hooks, out of the way of a user's own. */
const hookSlot = 9798;

/** How much of `exitsOption` is kept: about 250 ends of 60 bytes. */
const exitsKept = 16_000;

/** The channel on which a managed server's hooks tell that sessions came, went or were renamed. */
export const changedChannel = 'holdfast-changed';

const announced = ['session-created', 'session-closed', 'session-renamed'].map((hook) => [
  'set-hook',
  '-g',
  `${hook}[${hookSlot}]`,
  `wait-for -S ${changedChannel}`,
]);

/**
 * Settings of a managed server, as tmux commands. A pane that ends would vanish with its exit status, so
 * it is kept (`remain-on-exit`), its status written down by the server itself, and only then removed: the
 * record survives a link or an agent that is not there. The pane is removed from outside the hook
 * (`run-shell -bC`): what a hook itself does runs no other hook. `exit-empty` since 2.7, `-C` since 3.2.
 */
export const managedSettings: readonly (readonly string[])[] = [
  ['set-option', '-s', 'exit-empty', 'off'],
  ['set-option', '-g', 'destroy-unattached', 'off'],
  ['set-option', '-g', 'remain-on-exit', 'on'],
  ...announced,
  [
    'set-hook',
    '-g',
    `pane-died[${hookSlot}]`,
    `set-option -gF ${exitsOption} "#{=/-${exitsKept}/:#{${exitsOption}}}` +
      '#{session_id},#{hook_pane},#{pane_pid},#{?pane_start_command,0,1},' +
      `#{window_panes},#{session_windows},${declaredFormat},` +
      '#{pane_dead_status},#{pane_dead_signal},#{pane_dead_time};"' +
      ' ; run-shell -bC "kill-pane -t #{hook_pane}"',
  ],
];

/**
 * The server's log of messages, in which every command is since 3.2, newest first; above it who is attached. Times in
 * it are to the minute (`%H:%M`, of older ones a date), so what time it is there stands first, in the zone of the
 * server. A mark stands between the parts.
 */
export const logListing = (mark: string): readonly (readonly string[])[] => [
  ['display-message', '-p', '%s %H:%M #{message-limit}'],
  ['list-clients', '-F', '#{client_pid} #{client_name}'],
  ['display-message', '-p', mark],
  ['show-messages'],
];

/** What `show-messages` says before 3.6 where nobody is attached, and `display-message` where there is no session either. */
export const nobodyText = /no current (?:client|target)/;

/** What a client prints when nobody listens on the socket, and when the socket file is not there. */
export const refusedText = /no server running on|Connection refused/;
export const missingText = /No such file or directory/;

/** A client's last words when its server went without a goodbye. */
export const killedText = /server exited unexpectedly|lost server/;
