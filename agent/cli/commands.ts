import type { Command } from './command.ts';
import { acting } from './table/acting.ts';
import { alerting } from './table/alerting.ts';
import { looking } from './table/looking.ts';
import { other } from './table/other.ts';
import { settingUp } from './table/setting-up.ts';
import { speaking } from './table/speaking.ts';

/** Every sub-command, in the order of help. What each one runs is imported when it runs. */
export const commands: readonly Command[] = [
  ...looking,
  ...acting,
  ...alerting,
  ...settingUp,
  ...speaking,
  ...other,
];
