import { createHash } from 'node:crypto';
import type { ScreenRef } from '../model/events/death.ts';

const tailLines = 12;
const tailCharacters = 600;

/** What an event says of a screen: it is stored as a blob, under that name. @param text redacted @param takenAt ms since the epoch */
export const screenRef = (pane: string, text: string, takenAt: number): ScreenRef => ({
  pane,
  blob: createHash('sha256').update(text).digest('hex'),
  lines: text.split('\n').length,
  bytes: Buffer.byteLength(text),
  takenAt,
  tail: text.split('\n').slice(-tailLines).join('\n').slice(-tailCharacters),
});
