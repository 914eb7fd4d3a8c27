import { plural } from '../../../../agent/model/text/plural.ts';
import { bold, italic, type Rich } from '../format/rich.ts';

export const incidentTexts = {
  none: 'There has been no incident.',
  title: (count: number): Rich => bold(`The last ${plural(count, 'incident')}`),
  evidence: bold('Evidence'),
  notSeen: bold('Not seen'),
  before: bold('Just before'),
  prevent: 'To prevent it: ',
  done: bold('What Holdfast did'),
  nothingDone: 'Nothing: it is not declared, or not to be brought back.',
  nothingOfUnit: 'Nothing: what becomes of a unit is its Restart=, and up to systemd.',
  more: (count: number): Rich => italic(`and ${count} more: holdfast why`),
  noVerdict: 'The verdict is not reached yet.',
  button: (number: number): string => `Why ${number}`,
  lived: (time: string): string => `lived ${time}`,
  bySignal: (signal: number): string => `killed by signal ${signal}`,
  withStatus: (status: number): string => `exit status ${status}`,
  exitUnknown: 'exit not known',
  lastCommand: 'Last command: ',
} as const;
