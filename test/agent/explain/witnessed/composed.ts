import { clients } from './composed/clients.ts';
import { clocks } from './composed/clocks.ts';
import { codes } from './composed/codes.ts';
import { gaps } from './composed/gaps.ts';
import { oddCodes } from './composed/odd-codes.ts';
import { requests } from './composed/requests.ts';
import { several } from './composed/several.ts';
import { units } from './composed/units.ts';
import type { Way } from './ways/way.ts';

/** Made in the format of recorded traces: what no recording holds by itself. */
export const composed: readonly Way[] = [
  ...requests,
  ...codes,
  ...oddCodes,
  ...several,
  ...units,
  ...clients,
  ...clocks,
  ...gaps,
];
