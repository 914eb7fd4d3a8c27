import type { Way } from '../way.ts';
import { sent } from './ways/sent.ts';
import { servers } from './ways/servers.ts';
import { tmux } from './ways/tmux.ts';
import { unsent } from './ways/unsent.ts';

/** Ways to end that were recorded, and what has to be said of each. */
export const ways: readonly Way[] = [...sent, ...unsent, ...tmux, ...servers];
