import type { Way } from '../way.ts';
import { clients } from './composed/clients.ts';
import { clocks } from './composed/clocks.ts';
import { codes } from './composed/codes.ts';
import { gaps } from './composed/gaps.ts';
import { oddCodes } from './composed/odd-codes.ts';
import { outlived } from './composed/outlived.ts';
import { signalsPassedOn } from './composed/passed-on.ts';
import { requests } from './composed/requests.ts';
import { serverEnds } from './composed/server-ends.ts';
import { several } from './composed/several.ts';
import { targets } from './composed/targets.ts';
import { units } from './composed/units.ts';
import { unknownPanes } from './composed/unknown-panes.ts';
import { wrappers } from './composed/wrappers.ts';

/** Made in the format of recorded traces: what no recording holds by itself. */
export const composed: readonly Way[] = [
  ...requests,
  ...signalsPassedOn,
  ...outlived,
  ...wrappers,
  ...codes,
  ...oddCodes,
  ...several,
  ...units,
  ...clients,
  ...targets,
  ...clocks,
  ...gaps,
  ...serverEnds,
  ...unknownPanes,
];
