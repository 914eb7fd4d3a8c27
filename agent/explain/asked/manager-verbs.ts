/** Verbs of systemctl(1) that stop the units they name, rare forms and old names among them. */
export const stopVerbs: ReadonlySet<string> = new Set([
  ...['stop', 'restart', 'try-restart', 'reload-or-restart'],
  ...['condrestart', 'try-reload-or-restart', 'force-reload'],
]);

/** Those that do so with `--now`. */
export const nowVerbs: ReadonlySet<string> = new Set(['disable', 'mask']);

/** The verb by which a signal is sent to a unit. */
export const killVerb = 'kill';

/** Verbs that take the machine down. */
export const downVerbs = ['reboot', 'poweroff', 'halt', 'kexec', 'soft-reboot'] as const;
