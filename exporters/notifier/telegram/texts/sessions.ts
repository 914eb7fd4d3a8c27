import { plural } from '../../../../agent/model/text/plural.ts';
import { code, type Rich } from '../format/rich.ts';

export const sessionTexts = {
  signs: { up: '🟢', waiting: '🟡', dead: '⚫', stopped: '⚪' },
  deaths: (count: number): string => plural(count, 'death'),
  more: (count: number): string => `and ${count} more`,
  none: 'There are no sessions and no units.',
  which: 'Which one?',
  exactName: 'Only the exact name will do here. Which one?',
  unknown: (name: string): Rich => ['There is no session or unit ', code(name), '.'],
  gone: 'That is not known any more.',
} as const;
