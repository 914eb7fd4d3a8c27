import { duration } from '../../../model/duration.ts';
import type { RefreshEvents } from '../../../model/events/refresh.ts';
import { heldTexts } from '../refresh-lines.ts';
import { whoText } from '../who-text.ts';
import type { Texts } from './texts.ts';

export const refreshTexts: Texts<RefreshEvents> = {
  'refresh.started': ({ refresh, way, reason, by }) =>
    `refresh ${refresh} of its login by ${way} (${reason})${by ? ` by ${whoText(by)}` : ''}`,
  'refresh.done': ({ refresh, tookMs, ageMs }) =>
    `refresh ${refresh}: its login is new after ${duration(tookMs)}; the old one was ${duration(ageMs)} old`,
  'refresh.failed': ({ refresh, message, code }) =>
    `refresh ${refresh} failed: ${message} (${code})`,
  'refresh.held': ({ reason }) => `its login ${heldTexts[reason]}`,
  'refresh.released': ({ reason, why }) => `its login is no longer held (${reason}): ${why}`,
};
