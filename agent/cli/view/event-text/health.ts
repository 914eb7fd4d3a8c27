import type { HealthEvents } from '../../../model/events/health.ts';
import type { Texts } from './texts.ts';

export const healthTexts: Texts<HealthEvents> = {
  'health.changed': ({ from, to, check, reason }) =>
    `health ${from === null ? '' : `${from} -> `}${to}${check === null ? '' : ` by ${check}`}: ${reason}`,
};
