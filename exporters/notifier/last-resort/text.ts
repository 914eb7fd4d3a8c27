import { printable } from '../../../agent/model/text/printable.ts';

/** What systemd knows of the failure, where it said so (systemd.exec(5), `MONITOR_…`). */
const resultOf = (env: NodeJS.ProcessEnv): string => {
  const result = env['MONITOR_SERVICE_RESULT'];
  const status = [env['MONITOR_EXIT_CODE'], env['MONITOR_EXIT_STATUS']].filter(Boolean).join(' ');
  if (!result) return '';
  return status === '' ? ` (${result})` : ` (${result}: ${status})`;
};

const meanings: Readonly<Record<string, string>> = {
  'holdfast-agent.service': 'Nothing is watched, and nothing that dies is brought back.',
  'holdfast-notifier.service': 'No other alert of this machine arrives.',
  'holdfast-exporter.service': 'Its metrics stand still.',
};

const meaningOf = (unit: string): string | null => {
  if (unit.startsWith('holdfast-tmux@')) return 'The sessions in it are gone.';
  if (unit.startsWith('holdfast-link@')) return 'The sessions of this owner are not watched.';
  return meanings[unit] ?? null;
};

/** A plain message of a few lines, for somebody half awake. */
export const messageText = (host: string, unit: string, env: NodeJS.ProcessEnv): string =>
  [
    `🔴 ${host}: ${unit} failed${resultOf(env)} and has not come back.`,
    meaningOf(unit),
    `Look: journalctl -u ${unit} -n 50`,
    'This comes from systemd, without agent and notifier.',
  ]
    .filter((line) => line !== null)
    .map(printable)
    .join('\n');
