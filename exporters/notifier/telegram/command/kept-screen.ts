import type { DeathRecord, ScreenRef } from '../../../../agent/model/events/death.ts';
import type { LiveScreen } from '../../../../agent/protocol/notifier.ts';
import type { BotContext } from '../bot/context.ts';

/** The widest and tallest that a picture is made of. */
const limits = { columns: [20, 400], rows: [1, 200] } as const;

const within = (value: number, [least, most]: readonly [number, number]): number =>
  Math.min(most, Math.max(least, value));

/** Columns, roughly: what is not of the first alphabets may take two. */
const widthOf = (line: string): number =>
  line.replace(/\x1b\[[0-9;:]*m/g, '').replace(/[^\0-\u10ff]/gu, 'xx').length;

/** Of the pane that said most at the end. */
const fullest = ({ screens }: DeathRecord): ScreenRef | null =>
  [...screens].sort((a, b) => b.lines - a.lines)[0] ?? null;

/** The screen of a session as it was when it died; null where none was kept. */
export const keptScreen = async (
  context: BotContext,
  death: DeathRecord,
): Promise<LiveScreen | null> => {
  const ref = fullest(death);
  if (ref === null) return null;
  // Old screens are removed before their incidents: their last lines stand in.
  const text = await context.agent
    .call('screen.read', { blob: ref.blob })
    .then((answer) => answer.text)
    .catch(() => ref.tail);
  if (text.trim() === '') return null;
  const all = text.split('\n');
  const rows = all.slice(0, all.findLastIndex((row) => row !== '') + 1);
  return {
    session: death.session,
    text: rows.join('\n'),
    columns: within(Math.max(...rows.map(widthOf)), limits.columns),
    rows: within(rows.length, limits.rows),
    takenAt: ref.takenAt,
  };
};
