import type { Way } from '../way.ts';
import { crashes } from './ways/crashes.ts';
import { exits } from './ways/exits.ts';
import { killed } from './ways/killed.ts';
import { limits } from './ways/limits.ts';
import { servers } from './ways/servers.ts';

/** Ends that nobody witnessed, as they were recorded; and the same with one thing more, or less, that was known. */
export const unwitnessed: readonly Way[] = [...killed, ...servers, ...crashes, ...limits, ...exits];
