import { code, type Rich } from '../format/rich.ts';

export const screenTexts = {
  off: 'Screens are turned off: alerts.telegram.screens in the configuration.',
  none: (session: string): Rich => ['No screen of ', code(session), ' was kept.'],
  onePicture: 'The picture before is still being made, so here is the text.',
  onlyText: 'The picture could not be made, so here is the text.',
  now: (session: string, when: string): Rich => [code(session), ` at ${when}`],
  last: (session: string, when: string): Rich => ['Last screen of ', code(session), `, ${when}`],
} as const;
