import { plural } from '../../../../agent/model/plural.ts';
import { code, type Rich } from '../format/rich.ts';

export const sessionTexts = {
  signs: { up: '🟢', waiting: '🟡', dead: '⚫', stopped: '⚪' },
  deaths: (count: number): string => plural(count, 'death'),
  more: (count: number): string => `and ${count} more`,
  none: 'There are no sessions.',
  which: 'Which session?',
  exactName: 'Only the exact name will do here. Which one?',
  unknown: (name: string): Rich => ['There is no session ', code(name), '.'],
  gone: 'That session is not known any more.',
} as const;
