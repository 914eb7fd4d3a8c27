import { code, type Rich } from '../format/rich.ts';

export const statusTexts = {
  sessions: 'Sessions: ',
  units: 'Units: ',
  dead: '⚫ Dead: ',
  failed: '⚫ Units that systemd gave up or does not have: ',
  unseen: '⚠️ systemd cannot be asked how units are: ',
  server: (server: string, status: string): Rich => [
    '⚠️ tmux server ',
    code(server),
    ` is ${status}`,
  ],
  link: (owner: string): Rich => ['⚠️ No link of ', code(owner)],
  log: (why: string): Rich => ['⚠️ The disk does not take events: ', code(why)],
  config: '⚠️ The newest configuration was refused; the one before is in force',
  silences: (count: string): string => `🔕 ${count}: /silence`,
  machine: (load: string, free: string, all: string): string =>
    `Load ${load}, ${free} of ${all} memory free`,
  lastIncident: 'Last incident: ',
  noIncident: 'No incident so far.',
} as const;
