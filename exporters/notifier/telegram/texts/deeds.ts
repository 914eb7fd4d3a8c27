import { bold, code, lines, type Rich } from '../format/rich.ts';

export type Deed = 'restart' | 'start' | 'stop';

const warnings: Readonly<Record<Deed, string>> = {
  restart: 'What runs there now ends, and it begins anew.',
  start: 'It begins as the configuration says.',
  stop: 'What runs there now ends, and stays ended.',
};

const doing: Readonly<Record<Deed, string>> = {
  restart: 'Restarting',
  start: 'Starting',
  stop: 'Stopping',
};

const did: Readonly<Record<Deed, string>> = {
  restart: 'Restarted',
  start: 'Started',
  stop: 'Stopped',
};

const capital = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`;

export const deedTexts = {
  ask: (deed: Deed, name: string): Rich =>
    lines([bold(`${capital(deed)} `), code(name), bold('?')], warnings[deed]),
  yes: (deed: Deed): string => `Yes, ${deed}`,
  no: 'No',
  cancelled: (deed: Deed, name: string): Rich => [`Not done: ${deed} `, code(name), '.'],
  expired: 'Too late to confirm: ask again.',
  answered: 'Answered already.',
  notYours: 'Only who asked may confirm.',
  doing: (deed: Deed, name: string): Rich => [`⏳ ${doing[deed]} `, code(name), '…'],
  done: (deed: Deed, name: string): Rich => [`✅ ${did[deed]} `, code(name), '.'],
  failed: (deed: Deed, name: string, why: Rich): Rich => [
    `❌ ${capital(deed)} `,
    code(name),
    ': ',
    why,
  ],
} as const;
